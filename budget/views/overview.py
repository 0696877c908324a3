"""All units and quarters of a year at a glance: where each stands, and what is still missing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budget.queries.completeness import QuarterCell, year_completeness
from sakip.models import RowState
from sakip.queries.searchable import ROMAN
from sakip.views.place import PortalRequest, enter
from sakip.workflow import permissions, policies


@require_safe
def overview(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    place = enter(request, agency, year)
    rows = year_completeness(place.agency, year)
    cells = [cell for row in rows for cell in row.quarters]
    context = {
        "rows": [
            {
                "unit": row.unit,
                "is_own": permissions.may_fill_in(request.user, row.unit),
                "quarters": [
                    _quarter(cell) | {"label": f"TW {roman}"}
                    for roman, cell in zip(ROMAN, row.quarters, strict=True)
                ],
            }
            for row in rows
        ],
        "is_printed": bool(cells) and all(_is_untouched(cell) for cell in cells),
        "heading": f"Realisasi {year}",
    }
    return render(request, "budget/entry/overview.html", context)


def _quarter(cell: QuarterCell | None) -> dict[str, object]:
    standing = policies.standing(cell.unit_quarter, timezone.localdate()) if cell else None
    return {"cell": cell, "standing": standing, "is_untouched": _is_untouched(cell)}


def _is_untouched(cell: QuarterCell | None) -> bool:
    """A locked quarter that nobody filled in: its figures came from a finished document."""
    return cell is not None and cell.unit_quarter.state == RowState.LOCKED and not cell.filled
