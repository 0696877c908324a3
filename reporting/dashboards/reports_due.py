"""When the report about a year is due, and whether it was issued by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from reporting.models import Edition
from reporting.year import OfficeYear


@dataclass(frozen=True, slots=True)
class ReportDeadline:
    """The report about a year: the last day for it, and the day on which its first edition was issued."""

    year: int
    due: date | None
    issued_on: date | None

    def days_late(self, on: date) -> int:
        """How many days the report is late on a day without an edition; 0 where it is not."""
        if self.due is None or self.issued_on is not None:
            return 0
        return max((on - self.due).days, 0)

    @property
    def issued_late(self) -> int:
        """How many days after its last day the first edition came; 0 where it did not."""
        if self.due is None or self.issued_on is None:
            return 0
        return max((self.issued_on - self.due).days, 0)


def report_deadlines(office: OfficeYear) -> tuple[ReportDeadline, ...]:
    """The report about the year before, which is due in this one, and that about this year; one query."""
    years = [row for row in office.reporting_years if office.year - 1 <= row.year]
    issued: dict[int, date] = {}
    found = Edition.objects.filter(agency=office.agency, year__in=[row.year for row in years])
    for year, at in found.order_by("-number").values_list("year", "issued_at"):
        issued[year] = timezone.localdate(at)
    return tuple(ReportDeadline(row.year, row.report_due, issued.get(row.year)) for row in years)
