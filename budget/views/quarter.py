"""Fetching the unit's quarter that an address names, and the reader of its grid."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied

from budget.queries.quarter_plan import fresh_plan, recent_plan
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
    return _read(lambda: QuarterReader(unit_quarter))


def recent_reader_of(unit_quarter: UnitQuarter) -> QuarterReader:
    """The same with lines, ceilings and targets as they were moments ago; for saving cell by cell."""
    return _read(lambda: QuarterReader(unit_quarter, recent_plan(unit_quarter)))


def fresh_reader_of(unit_quarter: UnitQuarter) -> QuarterReader:
    """The same with what `recent_reader_of` will use from now on read anew."""
    return _read(lambda: QuarterReader(unit_quarter, fresh_plan(unit_quarter)))


def _read(make: Callable[[], QuarterReader]) -> QuarterReader:
    try:
        return make()
    except ScoringPolicy.DoesNotExist as missing:
        raise PermissionDenied(str(missing)) from missing
