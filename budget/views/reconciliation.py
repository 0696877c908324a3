"""The reconciliation of the two kinds of money: which lines differ, by how much, and what stands out."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budget.queries.reconciliation import FINDING_LABELS, Reconciliation, reconciliation, sums_of
from sakip.models import ScoringPolicy, Unit
from sakip.views.place import PortalRequest, enter


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """All lines, or those of one unit (?unit=slug), or only those that differ (?selisih=1)."""
    place = enter(request, agency, year)
    try:
        policy = ScoringPolicy.objects.for_year(place.agency.government_id, year).as_policy()
    except ScoringPolicy.DoesNotExist as missing:
        raise Http404 from missing
    found = reconciliation(place.agency, year, policy)
    unit = _unit(found, request.GET.get("unit", ""))
    only_differences = request.GET.get("selisih") == "1"
    lines = found.chosen(unit, only_differences=only_differences)
    context = {
        "found": found,
        "policy": policy,
        "counts": [(FINDING_LABELS[key], count) for key, count in found.counts().items()],
        "groups": [(unit, [line for line in lines if line.unit == unit]) for unit in found.units],
        "sums": sums_of(lines),
        "is_filtered": unit is not None or only_differences,
        "unit": unit,
        "only_differences": only_differences,
        "heading": "Rekonsiliasi realisasi",
        "lead": f"Realisasi resmi (LRA) dan {found.entries_word} tahun {year}, per baris anggaran.",
    }
    return render(request, "budget/reconciliation.html", context)


def _unit(found: Reconciliation, slug: str) -> Unit | None:
    """The unit that is asked for; None for all. A unit that has no line here is a 404."""
    if not slug:
        return None
    unit = next((unit for unit in found.units if unit.slug == slug), None)
    if unit is None:
        raise Http404
    return unit
