"""Addresses of the home page, the report and the figures, under /<agency>/<year>/."""

from django.urls import path

from reporting.views import (
    criterion,
    dashboard,
    download,
    editions,
    evaluation,
    figures,
    meeting_form,
    meeting_papers,
    meetings,
    narratives,
    report,
    roles,
    search,
)

CRITERION = "evaluasi/<str:code>/"
MEETING = "rapat/tw-<quarter:quarter>/"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("unit/<slug:unit>/", roles.unit_home, name="unit_home"),
    path("kelengkapan/", roles.planner_home, name="planner_home"),
    path("pengelolaan/", roles.admin_home, name="admin_home"),
    path("lkjip/", report.report, name="report"),
    path("lkjip.json", report.as_json, name="report_json"),
    path("unduhan/", download.listing, name="downloads"),
    path("unduhan/<int:download>/batal/", download.cancel, name="download_cancel"),
    path("unduhan/<int:download>/hapus/", download.delete, name="download_delete"),
    path("lkjip/unduh/", download.ask, name="report_request"),
    path("lkjip/unduh/<int:job>/", download.progress, name="report_job"),
    path("lkjip/unduh/<int:job>/berkas/", download.file, name="report_file"),
    path("lkjip/naskah/", narratives.index, name="narratives"),
    path("lkjip/naskah/<str:section>/", narratives.edit, name="narrative"),
    path("lkjip/edisi/", editions.page, name="editions"),
    path("lkjip/edisi/terbitkan/", editions.issue, name="edition_issue"),
    path("lkjip/edisi/publik/buka/", editions.open_public, name="public_open"),
    path("lkjip/edisi/publik/tutup/", editions.close_public, name="public_close"),
    path("lkjip/edisi/<int:number>/berkas/", editions.file, name="edition_file"),
    path("lkjip/edisi/<int:number>/data.json", editions.data, name="edition_data"),
    path("rapat/", meetings.index, name="meetings"),
    path(MEETING, meetings.page, name="meeting"),
    path(f"{MEETING}susun/", meeting_form.edit, name="meeting_edit"),
    path(f"{MEETING}tindak-lanjut/", meetings.agree, name="meeting_agree"),
    path(f"{MEETING}final/", meetings.finalise, name="meeting_finalise"),
    path(f"{MEETING}buka-kembali/", meetings.reopen, name="meeting_reopen"),
    path(f"{MEETING}<slug:paper>.pdf", meeting_papers.as_pdf, name="meeting_pdf"),
    path(f"{MEETING}<slug:paper>.docx", meeting_papers.as_docx, name="meeting_docx"),
    path("cari/", search.results, name="search"),
    path("evaluasi/", evaluation.page, name="evaluation"),
    path("evaluasi.xlsx", evaluation.as_xlsx, name="evaluation_xlsx"),
    path(CRITERION, criterion.page, name="criterion"),
    path(f"{CRITERION}nilai/", evaluation.judge, name="evaluation_judge"),
    path(f"{CRITERION}rekomendasi-lhe/", evaluation.take_over, name="evaluation_take_over"),
    path(f"{CRITERION}bukti/<int:evidence>/", criterion.proof, name="criterion_proof"),
    path(f"{CRITERION}bukti/<int:evidence>/lepas/", criterion.remove_proof, name="criterion_proof_remove"),
    path("angka/", figures.index, name="figures"),
    path("angka/<str:key>/", figures.figure, name="figure"),
]
