"""Addresses of entry and reconciliation, under /<agency>/<year>/."""

from django.urls import path

from budget.queries.evidence import FINDERS
from budget.views import action_plan, details, entry, overview, reconciliation, sheets, workflow
from sakip.views import evidence, evidence_files

PROVED_ROW = "realisasi/<slug:unit>/tw-<quarter:quarter>/bukti/<slug:kind>/<int:row>/"
PIECE = f"{PROVED_ROW}<int:evidence>/"
SHEETS = "realisasi/<slug:unit>/tw-<quarter:quarter>/excel/"
WITH_FINDERS = {"finders": FINDERS}

urlpatterns = [
    path("rekonsiliasi/", reconciliation.page, name="reconciliation"),
    path("rencana-aksi/", action_plan.index, name="action_plans"),
    path("rencana-aksi/<slug:unit>/", action_plan.page, name="action_plan"),
    path("realisasi/", overview.overview, name="entry_overview"),
    path("realisasi/<slug:unit>/tw-<quarter:quarter>/", entry.entry, name="entry"),
    path("realisasi/<slug:unit>/tw-<quarter:quarter>/ajukan/", workflow.submit, name="submission"),
    path("realisasi/<slug:unit>/tw-<quarter:quarter>/langkah/", workflow.take, name="quarter_step"),
    path(
        "realisasi/<slug:unit>/tw-<quarter:quarter>/kembalikan-baris/",
        workflow.give_back,
        name="rows_give_back",
    ),
    path("realisasi/<slug:unit>/tw-<quarter:quarter>/urungkan/", workflow.undo, name="undo"),
    path(SHEETS, sheets.page, name="sheets"),
    path(f"{SHEETS}unduh/", sheets.download, name="sheet_download"),
    path(f"{SHEETS}kolom/", sheets.columns, name="sheet_columns"),
    path(f"{SHEETS}pratinjau/", sheets.preview_page, name="sheet_preview"),
    path(f"{SHEETS}masalah/", sheets.problems, name="sheet_problems"),
    path(f"{SHEETS}batal/", sheets.drop, name="sheet_drop"),
    path("realisasi/<slug:unit>/tw-<quarter:quarter>/<str:group>/", entry.group, name="entry_group"),
    path(
        "realisasi/<slug:unit>/tw-<quarter:quarter>/rincian/<str:cell>/", details.details, name="cell_details"
    ),
    path(PROVED_ROW, evidence.page, WITH_FINDERS, name="evidence"),
    path(f"{PIECE}hapus/", evidence.remove, WITH_FINDERS, name="evidence_remove"),
    path(f"{PIECE}berkas/", evidence_files.download, WITH_FINDERS, name="evidence_file"),
    path(f"{PIECE}tampil/", evidence_files.show, WITH_FINDERS, name="evidence_show"),
    path(f"{PIECE}kecil/", evidence_files.thumbnail, WITH_FINDERS, name="evidence_thumbnail"),
]
