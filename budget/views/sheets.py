"""The workbook of a unit's quarter: download, upload, columns, preview, and the marked file."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budget.actions.sheets import (
    ChangedMeanwhile,
    apply_upload,
    drop_upload,
    keep_upload,
    map_columns,
    use_mapping,
)
from budget.forms.sheets import ColumnsForm, UploadForm, answers
from budget.models import ColumnMapping, SheetUpload
from budget.queries.quarter_grid import Grid
from budget.sheets import foreign
from budget.sheets.marking import marked_file
from budget.sheets.own import is_own, read_own
from budget.sheets.preview import Preview, preview
from budget.sheets.problems import Problem, UnusableFile
from budget.sheets.reading import last_row, read_book
from budget.sheets.sent import Sent
from budget.sheets.writing import Download, workbook_bytes
from budget.views.quarter import quarter_of, reader_of
from sakip import indonesian
from sakip.models import UnitQuarter
from sakip.tabular import XLSX_TYPE
from sakip.views.place import PortalRequest
from sakip.workflow import permissions, policies

SHOWN_ROWS, SHOWN_COLUMNS = 25, 40
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class _Opened:
    """An upload, its workbook, and what it says of the quarter's grid."""

    upload: SheetUpload
    book: Workbook
    preview: Preview


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """Download and upload; a file that cannot be used is refused here with its reason."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    if request.method != "POST":
        return _page(request, unit_quarter, UploadForm())
    _require_writable(request, unit_quarter)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, unit_quarter, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        book = read_book(content, file.name)
        if is_own(book):
            read_own(book, reader_of(unit_quarter).grid())
        elif not any(map(last_row, book.worksheets)):
            raise UnusableFile("Buku kerja tidak berisi apa pun.", "Pilih berkas yang berisi data.")
    except UnusableFile as unusable:
        return _refusal(request, unit_quarter, unusable, file.name)
    upload = keep_upload(
        unit_quarter=unit_quarter, name=file.name, content=content, by=request.user, at=timezone.now()
    )
    known = is_own(book) or _use_known_mapping(upload, book)
    place = reverse("sheet_preview" if known else "sheet_columns", args=[agency, year, unit, quarter])
    return HttpResponseClientRedirect(place) if request.htmx else redirect(place)


@require_safe
def download(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """The grid as a workbook; its cells are open for whoever may fill in now."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    standing = policies.standing(unit_quarter, timezone.localdate())
    editable = permissions.may_fill_in(request.user, unit_quarter.unit) and standing.is_open
    until = f"Pengisian sampai {indonesian.date_long(standing.closes)}." if standing.closes else ""
    content = workbook_bytes(
        Download(
            grid=reader_of(unit_quarter).grid(),
            editable=editable,
            is_sample=request.place.is_sample,
            at=timezone.localtime(),
            window=standing.reason or until,
        )
    )
    return _file(content, f"isian-{agency}-{unit}-{year}-tw-{quarter}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """Which columns of an office's own sheet hold what."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    _require_writable(request, unit_quarter)
    upload = _upload(request, unit_quarter)
    try:
        book = read_book(bytes(upload.content), upload.name)
    except UnusableFile as unusable:
        return _refusal(request, unit_quarter, unusable, upload.name)
    if is_own(book):
        return redirect("sheet_preview", agency, year, unit, quarter)
    asked = request.POST if request.method == "POST" else request.GET
    sheet = _asked_sheet(book, asked.get("lembar") or upload.sheet)
    guess = _guess(upload, sheet, asked.get("kepala"))
    form = ColumnsForm(sheet, guess, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        map_columns(
            upload=upload,
            sheet=sheet.title,
            header_key=foreign.header_key(sheet, guess.header_row),
            columns=form.columns,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("sheet_preview", agency, year, unit, quarter)
    shown = [(row, _shown_row(sheet, row)) for row in range(1, min(last_row(sheet), SHOWN_ROWS) + 1)]
    width = min(max((len(texts) for _, texts in shown), default=1), SHOWN_COLUMNS)
    context = {
        "form": form,
        "sheets": [found.title for found in book.worksheets],
        "sheet": sheet.title,
        "header_row": guess.header_row,
        "header_rows": range(1, min(last_row(sheet), foreign.HEADING_WITHIN) + 1),
        "letters": [get_column_letter(place + 1) for place in range(width)],
        "shown": [(row, texts + [""] * (width - len(texts))) for row, texts in shown],
        "upload": upload,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _render(request, unit_quarter, "budget/sheets/columns.html", context, "Kolom", status)


@require_http_methods(["GET", "HEAD", "POST"])
def preview_page(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """What the file would change; a POST applies it, all or nothing."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    _require_writable(request, unit_quarter)
    chosen = answers(request.POST) if request.method == "POST" else {}
    upload = _upload(request, unit_quarter)
    grid = reader_of(unit_quarter).grid()
    try:
        opened = _open(upload, grid, chosen)
    except UnusableFile as unusable:
        return _refusal(request, unit_quarter, unusable, upload.name)
    if opened is None:
        return redirect("sheet_columns", agency, year, unit, quarter)
    warning = ""
    if request.method == "POST":
        warning = _apply(request, opened)
        if not warning:
            return redirect("entry", agency, year, unit, quarter)
    context = {"preview": opened.preview, "upload": upload, "warning": warning, "most_shown": MOST_SHOWN}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if warning else HTTPStatus.OK
    return _render(request, unit_quarter, "budget/sheets/preview.html", context, "Pratinjau", status)


def _apply(request: PortalRequest, opened: _Opened) -> str:
    """Nothing once all is written, else why nothing is."""
    found, upload = opened.preview, opened.upload
    if request.POST.get("sidik") != found.fingerprint:
        return "Isian di portal atau berkasnya berubah setelah pratinjau ini dibuka. Periksa lagi."
    if found.unanswered:
        return f"{len(found.unanswered)} sel belum dipilih. Pilih isian yang dipakai, lalu terapkan."
    if not found.can_apply:
        return "Tidak ada yang dapat diterapkan."
    try:
        outcome = apply_upload(upload=upload, edits=found.edits(), by=request.user, at=timezone.now())
    except ChangedMeanwhile:
        return "Isian di portal berubah saat diterapkan; tidak ada yang tersimpan. Periksa lagi."
    messages.success(request, f"Diterapkan dari {upload.name}: {outcome.changed} baris berubah.")
    return ""


@require_safe
def problems(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """The sender's own file with its faults marked."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    _require_writable(request, unit_quarter)
    upload = _upload(request, unit_quarter)
    try:
        opened = _open(upload, reader_of(unit_quarter).grid(), {})
    except UnusableFile:
        opened = None
    if opened is None or not opened.preview.problems:
        raise Http404
    stem = upload.name.rpartition(".")[0] or upload.name
    return _file(marked_file(opened.book, opened.preview.problems), f"periksa-{stem}.xlsx")


@require_POST
def drop(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """Forget the file without applying it."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    permissions.require_fill_in(request.user, unit_quarter.unit)
    drop_upload(upload=_upload(request, unit_quarter))
    messages.info(request, "Berkas dibatalkan; tidak ada yang berubah.")
    return redirect("sheets", agency, year, unit, quarter)


# ---------------------------------------------------------------- fetching
def _require_writable(request: PortalRequest, unit_quarter: UnitQuarter) -> None:
    permissions.require_fill_in(request.user, unit_quarter.unit)
    policies.require_enter(unit_quarter, timezone.localdate())


def _upload(request: PortalRequest, unit_quarter: UnitQuarter) -> SheetUpload:
    """The one file of this person that waits; 404 without."""
    found = SheetUpload.objects.select_related("mapping").filter(unit_quarter=unit_quarter, by=request.user)
    upload = found.first()
    if upload is None:
        raise Http404
    upload.unit_quarter = unit_quarter
    return upload


def _open(upload: SheetUpload, grid: Grid, chosen: dict[str, str]) -> _Opened | None:
    """None while a foreign sheet's columns are not known."""
    book = read_book(bytes(upload.content), upload.name)
    if is_own(book):
        sent: Sent = read_own(book, grid)
    elif upload.mapping is not None:
        mapping = upload.mapping
        sent = foreign.read_foreign(
            _asked_sheet(book, upload.sheet), foreign.Columns(mapping.header_row, mapping.columns), grid
        )
    else:
        return None
    return _Opened(upload, book, preview(grid, sent, chosen))


def _use_known_mapping(upload: SheetUpload, book: Workbook) -> bool:
    """Whether a sheet of the workbook has a heading that the agency has mapped before."""
    agency = upload.unit_quarter.unit.agency
    known = {mapping.header_key: mapping for mapping in ColumnMapping.objects.filter(agency=agency)}
    for sheet, _row, key in foreign.header_keys(book) if known else ():
        if key in known:
            use_mapping(upload=upload, sheet=sheet.title, mapping=known[key])
            return True
    return False


def _asked_sheet(book: Workbook, title: str | None) -> Worksheet:
    found = {sheet.title: sheet for sheet in book.worksheets}
    return found.get(title or "", book.worksheets[0])


def _guess(upload: SheetUpload, sheet: Worksheet, heading: str | None) -> foreign.Columns:
    """The heading row that was asked for, else what is known of this upload, else what its words suggest."""
    if heading and heading.isdecimal() and 1 <= int(heading) <= foreign.HEADING_WITHIN:
        return foreign.guessed_in(sheet, int(heading))
    if upload.mapping is not None and upload.sheet == sheet.title:
        return foreign.Columns(upload.mapping.header_row, upload.mapping.columns)
    return foreign.guessed(sheet)


def _shown_row(sheet: Worksheet, row: int) -> list[str]:
    texts = foreign.texts_of(sheet, row)
    width = min(max(texts, default=-1) + 1, SHOWN_COLUMNS)
    return [texts.get(place, "")[:80] for place in range(width)]


# ---------------------------------------------------------------- answering
def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(
    request: PortalRequest,
    unit_quarter: UnitQuarter,
    form: UploadForm,
    *,
    refused: Problem | None = None,
    name: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    waiting = SheetUpload.objects.filter(unit_quarter=unit_quarter, by=request.user).defer("content").first()
    standing = policies.standing(unit_quarter, timezone.localdate())
    may_fill_in = permissions.may_fill_in(request.user, unit_quarter.unit)
    context: dict[str, object] = {
        "form": form,
        "refused": refused,
        "refused_name": name,
        "waiting": waiting,
        "standing": standing,
        "may_fill_in": may_fill_in,
        "editable": may_fill_in and standing.is_open,
    }
    return _render(request, unit_quarter, "budget/sheets/page.html", context, "", status)


def _refusal(
    request: PortalRequest, unit_quarter: UnitQuarter, unusable: UnusableFile, name: str
) -> HttpResponse:
    return _page(
        request,
        unit_quarter,
        UploadForm(),
        refused=unusable.problem,
        name=name,
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _render(
    request: PortalRequest,
    unit_quarter: UnitQuarter,
    template: str,
    context: dict[str, object],
    step: str,
    status: int,
) -> HttpResponse:
    unit = unit_quarter.unit
    place = [unit.agency.slug, unit_quarter.year, unit.slug, unit_quarter.quarter]
    trail = [
        {"label": "Realisasi", "url": reverse("entry_overview", args=place[:2])},
        {"label": f"{unit.name} TW {unit_quarter.roman}", "url": reverse("entry", args=place)},
        {"label": "Excel", "url": reverse("sheets", args=place)} if step else {"label": "Excel"},
        *([{"label": step}] if step else []),
    ]
    context |= {
        "unit_quarter": unit_quarter,
        "unit": unit,
        "eyebrow": f"{unit.name}, triwulan {unit_quarter.roman} tahun {unit_quarter.year}",
        "breadcrumbs": trail,
    }
    return render(request, template, context, status=status)
