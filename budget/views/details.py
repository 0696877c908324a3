"""The details of one cell: a panel beside the entry grid, or a page of its own."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from budget.actions.comments import add_comment
from budget.forms.comments import LONGEST_COMMENT, CommentForm
from budget.queries.cell_details import CellDetails, CellRef, cell_details, comment_counts
from budget.queries.quarter_grid import LineCells
from budget.views.quarter import quarter_of, reader_of
from sakip.views.place import PortalRequest
from sakip.workflow import permissions
from sakip.workflow.wording import waiting_text


@require_http_methods(["GET", "HEAD", "POST"])
def details(
    request: PortalRequest, agency: str, year: int, unit: str, quarter: int, cell: str
) -> HttpResponse:
    """Everything about a cell; a POST adds a comment to it."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    ref = CellRef.read(cell)
    if ref is None:
        raise Http404
    grid = reader_of(unit_quarter).grid()
    found = cell_details(grid, ref)
    if request.method != "POST":
        return _show(request, found, CommentForm())
    permissions.require_comment(request.user, unit_quarter.unit)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    add_comment(
        unit_quarter=unit_quarter,
        subject=found.cells.line if isinstance(found.cells, LineCells) else found.cells.indicator,
        cell=ref.cell,
        text=form.cleaned_data["text"],
        by=request.user,
        at=timezone.now(),
    )
    said = "Komentar ditambahkan."
    if request.htmx:
        return _show(request, cell_details(grid, ref), CommentForm(), said=said)
    messages.success(request, said)
    return redirect(request.path)


def _show(
    request: PortalRequest,
    found: CellDetails,
    form: CommentForm,
    *,
    said: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    unit_quarter = found.cells.row.unit_quarter
    unit = unit_quarter.unit
    address = [unit.agency.slug, unit_quarter.year, unit.slug, unit_quarter.quarter]
    kind = "anggaran" if found.ref.is_line else "indikator"
    context = {
        "details": found,
        "unit": unit,
        "unit_quarter": unit_quarter,
        "tabs": [
            {
                "label": sibling.cell.label,
                "url": reverse("cell_details", args=[*address, sibling]),
                "active": sibling == found.ref,
            }
            for sibling in found.siblings
        ],
        "waiting": waiting_text(found.row.state, unit.agency) if found.row.pk else "",
        "may_comment": permissions.may_comment(request.user, unit),
        "form": form,
        "longest": LONGEST_COMMENT,
        "said": said,
        "comment_count": comment_counts(unit_quarter)[found.ref.row] if said else 0,
        "here": reverse("cell_details", args=[*address, found.ref]),
        "entry_url": reverse("entry", args=address),
        "evidence_url": reverse("evidence", args=[*address, kind, found.ref.key]),
        "eyebrow": f"{unit.name}, triwulan {unit_quarter.roman} tahun {unit_quarter.year}",
        "breadcrumbs": [
            {"label": "Realisasi", "url": reverse("entry_overview", args=address[:2])},
            {"label": f"{unit.name}, TW {unit_quarter.roman}", "url": reverse("entry", args=address)},
            {"label": "Rincian"},
        ],
    }
    part = "#panel" if request.htmx else ""
    return render(request, f"budget/entry/details.html{part}", context, status=status)
