"""What tests of the comparison share: agencies side by side, and what is read of them."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from reporting.city.lines import city_year
from reporting.models import Edition
from sakip.models import Agency, ReportingYear, Role
from tests.palaran import SLUG
from tests.recipes import make
from tests.world import YEAR, make_office

TODAY = date(2026, 11, 25)


def beside(office, count: int):
    """That many more agencies of the same government."""
    return [make_office(f"lain-{n}", government=office.agency.government) for n in range(count)]


def read(on: date = TODAY, year: int = YEAR, **which):
    """Of the agencies made by `make_office`, which have people."""
    agencies = Agency.objects.select_related("government").order_by("name")
    made_here = agencies.filter(memberships__role=Role.HEAD).exclude(slug=SLUG)
    return city_year(list(agencies.filter(**which) if which else made_here), year, on)


def page(client, user, year: int = YEAR, **query) -> str:
    client.force_login(user)
    answer = client.get(reverse("city", args=[year]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def due(day: date | None, *agencies: Agency) -> None:
    ReportingYear.objects.filter(agency__in=agencies, year=YEAR).update(report_due=day)


def issue(agency: Agency, number: int, at: date) -> None:
    moment = timezone.make_aware(timezone.datetime(at.year, at.month, at.day, 9))
    make(Edition, agency=agency, year=YEAR, number=number, issued_at=moment)
