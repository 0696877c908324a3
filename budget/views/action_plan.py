"""The targets of the quarters (rencana aksi), unit by unit: read by everybody, written by the perencana."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from budget.queries.action_plan import ActionPlan, PlannedRow, action_plan
from sakip.actions.targets import CELLS, PlanSaved, write_action_plan
from sakip.forms.measurement import Cell
from sakip.forms.targets import QuarterTargetsForm
from sakip.models import Indicator, Unit
from sakip.queries.agreement_targets import REMARKS
from sakip.scoring.quarters import ROMAN
from sakip.views.place import Place, PortalRequest, enter
from sakip.workflow import permissions

Forms = dict[Indicator, QuarterTargetsForm]


@require_safe
def index(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """The first unit's; 404 for an agency without units."""
    first = next(iter(_units(enter(request, agency, year))), None)
    if first is None:
        raise Http404
    return redirect("action_plan", agency, year, first.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PortalRequest, agency: str, year: int, unit: str) -> HttpResponse:
    """A POST saves every cell that can be understood and shows the others again."""
    place = enter(request, agency, year)
    found = next((known for known in _units(place) if known.slug == unit), None)
    if found is None:
        raise Http404
    place.unit = found
    plan = action_plan(found, year)
    if request.method != "POST":
        return _page(request, found, plan, {})
    permissions.require_write_action_plan(request.user, place.agency)
    forms = _forms(plan, request.POST)
    saved = _save(request, found, forms)
    for indicator, conflicts in saved.conflicts.items():
        forms[indicator].take(conflicts)
    if saved.conflicts or any(form.errors or form.too_late for form in forms.values()):
        return _page(request, found, action_plan(found, year), forms, saved.changed)
    if saved.changed:
        messages.success(request, f"Rencana aksi {found.name}: {saved.changed} target tersimpan.")
    else:
        messages.info(request, "Tidak ada yang berubah.")
    return redirect("action_plan", agency, year, unit)


def _units(place: Place) -> list[Unit]:
    units = list(Unit.objects.filter(agency=place.agency, is_active=True).order_by("sort_order", "name"))
    for unit in units:
        unit.agency = place.agency
    return units


def _forms(plan: ActionPlan, data: Mapping | None = None) -> Forms:
    return {
        row.version.indicator: QuarterTargetsForm(
            row.version, row.quarters, plan.settled, data=data, prefix=f"m{row.version.indicator_id}"
        )
        for row in plan.rows
    }


def _save(request: PortalRequest, unit: Unit, forms: Forms) -> PlanSaved:
    edits = {indicator: form.edits() for indicator, form in forms.items()}
    return write_action_plan(
        unit=unit,
        year=request.place.year,
        edits={indicator: cells for indicator, cells in edits.items() if cells},
        by=request.user,
        at=timezone.now(),
    )


def _page(
    request: PortalRequest, unit: Unit, plan: ActionPlan, sent: Forms, changed: int = 0
) -> HttpResponse:
    """`sent` keep what was typed; without them the page shows what is stored."""
    place = request.place
    may_write = permissions.may_write_action_plan(request.user, place.agency)
    forms = sent or _forms(plan)
    context = {
        "unit": unit,
        "groups": [
            {
                "node": group.node,
                "rows": [_row(row, forms[row.version.indicator], may_write) for row in group.rows],
            }
            for group in plan.groups
        ],
        "editable": may_write and len(plan.settled) < len(CELLS),
        "settled": [ROMAN[quarter - 1] for quarter in sorted(plan.settled)],
        "problems": [
            (row.version.name, cell)
            for row in plan.rows
            for cell in forms[row.version.indicator].cells.values()
            if cell.errors or cell.theirs is not None
        ],
        "too_late": [
            (row.version.name, label, typed)
            for row in plan.rows
            for label, typed in forms[row.version.indicator].too_late.items()
        ],
        "changed": changed,
        "romans": ROMAN,
        "tabs": [
            {
                "label": known.name,
                "url": reverse("action_plan", args=[place.agency.slug, place.year, known.slug]),
                "active": known.pk == unit.pk,
            }
            for known in _units(place)
        ],
        "heading": f"Rencana aksi {place.year}",
        "lead": "Target setiap triwulan, yang menjadi pembanding realisasinya.",
        "breadcrumbs": [
            {"label": "Kelengkapan", "url": reverse("planner_home", args=[place.agency.slug, place.year])},
            {"label": "Rencana aksi"},
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "budget/action_plan.html", context, status=status)


def _row(row: PlannedRow, form: QuarterTargetsForm, may_write: bool) -> dict[str, object]:
    cells: dict[str, Cell] = form.cells if may_write else {}
    return {
        "row": row,
        "quarters": [
            {"roman": ROMAN[quarter - 1], "value": row.quarters[quarter], "cell": cells.get(name)}
            for name, quarter in CELLS.items()
        ],
        "remark": REMARKS[row.remark] if row.remark else "",
    }
