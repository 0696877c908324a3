"""Where a request is: the agency and the year of its address, fetched with the check of who asks."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

from sakip.models import Agency, ReportingYear, Unit, User
from sakip.workflow import permissions

YEARS = range(2000, 2101)


@dataclass(slots=True)
class Place:
    """`years` are those the agency has data of, the oldest first; `unit` is set on a unit's page."""

    agency: Agency
    year: int
    years: tuple[ReportingYear, ...]
    unit: Unit | None = None

    @property
    def reporting_year(self) -> ReportingYear | None:
        return next((row for row in self.years if row.year == self.year), None)

    @property
    def is_sample(self) -> bool:
        return bool(self.reporting_year and self.reporting_year.is_sample)


class PortalRequest(HttpRequest):
    """A request behind the log-in, which the middleware asks for on every address but the public ones."""

    user: User
    place: Place
    htmx: HtmxDetails


def enter(request: PortalRequest, agency_slug: str, year: int) -> Place:
    """The place of this request, kept on it for the frame around the page. 404 for an agency that the user
    does not know, and for a year that cannot be."""
    agency = permissions.get_agency(request.user, agency_slug)
    if year not in YEARS:
        raise Http404
    years = tuple(ReportingYear.objects.filter(agency=agency).order_by("year"))
    place = Place(agency, year, years)
    request.place = place
    return place
