"""Fetching the unit's quarter that an address names, and the reader of its grid."""

from django.core.exceptions import PermissionDenied

from budget.queries.quarter_reader import QuarterReader
from sakip.models import ScoringPolicy, UnitQuarter
from sakip.views.place import PortalRequest, enter
from sakip.workflow import permissions


def quarter_of(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> UnitQuarter:
    """404 for whoever may not read it; keeps its place for the frame around the page."""
    place = enter(request, agency, year)
    found = permissions.get_unit_quarter(request.user, place.agency, year, unit, quarter)
    place.unit = found.unit
    return found


def reader_of(unit_quarter: UnitQuarter) -> QuarterReader:
    """Raises PermissionDenied, with its reason, in a year without a scoring policy."""
    try:
        return QuarterReader(unit_quarter)
    except ScoringPolicy.DoesNotExist as missing:
        raise PermissionDenied(str(missing)) from missing
