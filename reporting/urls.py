"""Addresses of the home page, the report and the figures, under /<agency>/<year>/."""

from django.urls import path

from reporting.views import dashboard, download, editions, figures, report

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("lkjip/", report.report, name="report"),
    path("lkjip.json", report.as_json, name="report_json"),
    path("lkjip.xlsx", report.as_xlsx, name="report_xlsx"),
    path("lkjip/unduh/", download.ask, name="report_request"),
    path("lkjip/unduh/<int:job>/", download.progress, name="report_job"),
    path("lkjip/unduh/<int:job>/berkas/", download.file, name="report_file"),
    path("lkjip/edisi/", editions.page, name="editions"),
    path("lkjip/edisi/terbitkan/", editions.issue, name="edition_issue"),
    path("lkjip/edisi/<int:number>/berkas/", editions.file, name="edition_file"),
    path("lkjip/edisi/<int:number>/data.json", editions.data, name="edition_data"),
    path("angka/", figures.index, name="figures"),
    path("angka/<str:key>/", figures.figure, name="figure"),
]
