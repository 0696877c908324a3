"""The page on which a unit enters its quarter, whole or one group of rows at a time."""

from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from budget.actions.entry import Outcome, save_entries
from budget.actions.undo import has_change
from budget.forms.entry import EntryEdits, GroupForms
from budget.queries.cell_details import comment_counts
from budget.queries.evidence import quarter_proofs
from budget.queries.journey import journey
from budget.queries.quarter_grid import Branch, Grid
from budget.views.autosave import save_group
from budget.views.journey import workflow_context
from budget.views.quarter import quarter_of, reader_of
from sakip import indonesian
from sakip.models import UnitQuarter
from sakip.views.place import PortalRequest
from sakip.workflow import permissions, policies


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """The whole grid; a POST saves every row that can be understood and shows the others again."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    reader = reader_of(unit_quarter)
    grid = reader.grid()
    if request.method != "POST":
        return _page(request, grid, {})
    _require_writable(request, unit_quarter)
    sent = {key: GroupForms.of(group, request.POST) for key, group in grid.by_key.items()}
    outcome = _save(request, unit_quarter, sent)
    if any(forms.errors or forms.conflicts for forms in sent.values()):
        fresh = reader.grid()
        kept = {key: replace(forms, group=fresh.by_key[key]) for key, forms in sent.items()}
        return _page(request, fresh, kept, changed=outcome.changed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if outcome.changed:
        messages.success(request, f"Tersimpan: {outcome.changed} baris.")
    else:
        messages.info(request, "Tidak ada yang berubah.")
    return redirect("entry", agency, year, unit, quarter)


@require_POST
def group(
    request: PortalRequest, agency: str, year: int, unit: str, quarter: int, group: str
) -> HttpResponse:
    """Cells of one group of rows, sent as they are left; the answer holds what changed on the page around
    them."""
    saved = save_group(request.user, (agency, year, unit, quarter), group, request.POST, timezone.now())
    if saved is None:
        raise Http404
    unit_quarter = saved.reader.quarter
    grid = saved.reader.grid_with(row.row for row in saved.outcome.all if row.changed)
    context = {
        "grid": grid,
        "forms": replace(saved.forms, group=grid.by_key[group]),
        "above": grid.above(group),
        "agency": unit_quarter.unit.agency,
        "year": year,
        "editable": True,
        "undoable": saved.outcome.changed,
        "oob": True,
    }
    page = render_to_string("budget/entry/saved.html", context | _addresses(unit_quarter))
    is_wrong = saved.forms.errors or saved.forms.conflicts
    return HttpResponse(page, status=HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK)


def _require_writable(request: PortalRequest, unit_quarter: UnitQuarter) -> None:
    """A refusal with its reason; the action asks again within its transaction."""
    permissions.require_fill_in(request.user, unit_quarter.unit)
    policies.require_enter(unit_quarter, timezone.localdate())


def _save(request: PortalRequest, unit_quarter: UnitQuarter, sent: dict[str, GroupForms]) -> Outcome:
    edits = EntryEdits({}, {})
    for forms in sent.values():
        edits |= forms.edits()
    if not edits:
        return Outcome()
    outcome = save_entries(
        unit_quarter=unit_quarter,
        realisations=edits.realisations,
        measurements=edits.measurements,
        by=request.user,
        at=timezone.now(),
    )
    for forms in sent.values():
        forms.take(outcome)
    return outcome


def _page(
    request: PortalRequest,
    grid: Grid,
    sent: dict[str, GroupForms],
    *,
    changed: int = 0,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """`sent` holds the groups that were sent and keep what was typed."""
    unit_quarter = grid.unit_quarter
    unit, agency = unit_quarter.unit, unit_quarter.unit.agency
    forms = {key: sent.get(key) or GroupForms.of(found) for key, found in grid.by_key.items()}
    today = timezone.localdate()
    standing = policies.standing(unit_quarter, today)
    may_fill_in = permissions.may_fill_in(request.user, unit)
    context = {
        "grid": grid,
        "proofs": quarter_proofs(unit_quarter),
        "comment_counts": comment_counts(unit_quarter),
        "outcomes": [forms[found.key] for found in grid.outcomes],
        "rows": [
            {"branch": row} if isinstance(row, Branch) else {"forms": forms[row.key]} for row in grid.rows
        ],
        "problems": [form for form in forms.values() if form.errors or form.conflicts],
        "first_empty": next(filter(None, (found.first_empty for found in forms.values())), ""),
        "changed": changed,
        "standing": standing,
        "may_fill_in": may_fill_in,
        "editable": may_fill_in and standing.is_open,
        "undoable": may_fill_in and standing.is_open and has_change(unit_quarter, request.user),
        "tabs": _tabs(unit_quarter),
        "breadcrumbs": [
            {"label": "Realisasi", "url": reverse("entry_overview", args=[agency.slug, unit_quarter.year])},
            {"label": unit.name},
        ],
    }
    context |= {
        "eyebrow": f"Realisasi triwulan {unit_quarter.roman} tahun {unit_quarter.year}",
        "lead": _window(standing),
    }
    context |= workflow_context(journey(grid, request.user), unit_quarter, standing, today)
    return render(request, "budget/entry/page.html", context | _addresses(unit_quarter), status=status)


def _window(standing: policies.Standing) -> str:
    """Until when the quarter takes entries, in words."""
    if not standing.is_open or standing.closes is None:
        return ""
    left = f"{standing.days_left} hari lagi" if standing.days_left else "hari terakhir"
    return f"Pengisian sampai {indonesian.date_long(standing.closes)}, {left}."


def _addresses(unit_quarter: UnitQuarter) -> dict[str, object]:
    """What every part of the page names; `before_label` heads the column of the quarters before."""
    return {
        "unit_quarter": unit_quarter,
        "unit": unit_quarter.unit,
        "before_label": f"s.d. TW {('I', 'II', 'III')[unit_quarter.quarter - 2]}"
        if unit_quarter.quarter > 1
        else "",
    }


def _tabs(unit_quarter: UnitQuarter) -> list[dict[str, object]]:
    unit = unit_quarter.unit
    known = UnitQuarter.objects.filter(unit=unit, year=unit_quarter.year).order_by("quarter")
    return [
        {
            "label": f"TW {found.roman}",
            "url": reverse("entry", args=[unit.agency.slug, found.year, unit.slug, found.quarter]),
            "active": found.quarter == unit_quarter.quarter,
        }
        for found in known
    ]
