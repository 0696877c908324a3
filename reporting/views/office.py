"""The year of a request as the report reads it, and the page for a year of which nothing is known."""

from django.http import HttpResponse
from django.shortcuts import render

from reporting.year import OfficeYear
from sakip.models import ScoringPolicy
from sakip.views.place import PortalRequest, enter


def enter_office(request: PortalRequest, agency: str, year: int) -> OfficeYear | None:
    """The year, after the check of who asks; None where it was never opened or no policy covers it."""
    place = enter(request, agency, year)
    office = OfficeYear(place.agency, year)
    # The frame around the page has read them.
    office.reporting_years = tuple(row for row in place.years if row.year <= year)
    if place.reporting_year is None:
        return None
    try:
        _ = office.policy
    except ScoringPolicy.DoesNotExist:
        return None
    return office


def no_data(request: PortalRequest) -> HttpResponse:
    """Which years there are instead."""
    place = request.place
    context = {"heading": f"Belum ada data tahun {place.year}", "known_years": reversed(place.years)}
    return render(request, "reporting/dashboards/empty.html", context)
