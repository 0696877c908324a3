"""The agencies' lines of a year: read together, each one's figures kept as long as its data is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.cache import cache
from django.utils import timezone

from reporting.city.summary import Summary, summarise
from reporting.dashboards.keeping import ALSO
from reporting.dashboards.reports_due import ReportDeadline
from reporting.fingerprint import data_fingerprints
from reporting.models import Edition
from reporting.year import OfficeYear
from sakip.models import Agency, ReportingYear, Role
from sakip.models import ScoringPolicy as ScoringPolicyRow
from sakip.queries.people import Holders, holders
from sakip.scoring.policy import ScoringPolicy

# So many agencies are worked out in one request; the page asks again for the others.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Report:
    """The report of the year as it stands on a day: its `deadline`, and its last edition, if any."""

    deadline: ReportDeadline
    on: date
    number: int | None = None
    issued_on: date | None = None

    @property
    def overdue(self) -> int:
        """Days since its last day, while there is no edition."""
        return self.deadline.days_late(self.on)

    @property
    def is_in_time(self) -> bool:
        deadline = self.deadline
        return deadline.issued_on is not None and deadline.due is not None and not deadline.issued_late


@dataclass(frozen=True, slots=True)
class Line:
    """One agency. Without `report` the year was not opened, or no scoring policy covers it; then, and as long
    as it `is_pending`, there is no `summary`."""

    agency: Agency
    people: Holders
    report: Report | None = None
    summary: Summary | None = None
    is_sample: bool = False

    @property
    def is_pending(self) -> bool:
        return self.report is not None and self.summary is None


@dataclass(frozen=True, slots=True)
class CityYear:
    """The lines in the order of the agencies. `policy` is the one they share, None where they belong to
    several governments."""

    year: int
    lines: tuple[Line, ...]
    policy: ScoringPolicy | None

    @property
    def known(self) -> list[Summary]:
        return [line.summary for line in self.lines if line.summary is not None]

    @property
    def reports(self) -> list[Report]:
        return [line.report for line in self.lines if line.report is not None]

    @property
    def pending(self) -> int:
        return sum(1 for line in self.lines if line.is_pending)


def city_year(agencies: Sequence[Agency], year: int, on: date) -> CityYear:
    """In a fixed number of queries, but for at most AT_ONCE agencies whose data is new and that are worked
    out now; the caller has checked who asks, and nothing of that person goes into what is kept."""
    policies = {key: _policy(key, year) for key in {agency.government_id for agency in agencies}}
    opened = {row.agency_id: row for row in ReportingYear.objects.filter(agency__in=agencies, year=year)}
    shown = [agency for agency in agencies if agency.pk in opened and policies[agency.government_id]]
    summaries = _summaries(shown, year, on)
    people = holders(agencies, (Role.PLANNER, Role.HEAD, Role.ADMIN), on)
    issued = _editions(agencies, year)
    lines = []
    for agency in agencies:
        line = Line(agency, people[agency.pk])
        if agency in shown:
            row = opened[agency.pk]
            report = _report(row, issued.get(agency.pk, []), on)
            line = replace(line, report=report, summary=summaries.get(agency.pk), is_sample=row.is_sample)
        lines.append(line)
    shared = next(iter(policies.values())) if len(policies) == 1 else None
    return CityYear(year, tuple(lines), shared)


def _policy(government: int, year: int) -> ScoringPolicy | None:
    try:
        return ScoringPolicyRow.objects.for_year(government, year).as_policy()
    except ScoringPolicyRow.DoesNotExist:
        return None


def _summaries(agencies: Sequence[Agency], year: int, on: date) -> dict[int, Summary]:
    """Those that are kept under the agency's present data and day, and some that are worked out now."""
    fingerprints = data_fingerprints(agencies, year, ALSO)
    keys = {agency.pk: f"city:{on}:{fingerprints[agency.pk]}" for agency in agencies}
    kept: dict[str, Summary] = cache.get_many(keys.values())
    unknown = [agency for agency in agencies if keys[agency.pk] not in kept]
    for agency in unknown[:AT_ONCE]:
        kept[keys[agency.pk]] = summary = summarise(OfficeYear(agency, year), on)
        cache.set(keys[agency.pk], summary)
    return {pk: kept[key] for pk, key in keys.items() if key in kept}


def _editions(agencies: Sequence[Agency], year: int) -> dict[int, list[tuple[int, date]]]:
    """Number and day of each edition by agency, the first one first."""
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    rows = Edition.objects.filter(agency__in=agencies, year=year).order_by("number")
    for agency, number, at in rows.values_list("agency_id", "number", "issued_at"):
        found[agency].append((number, timezone.localdate(at)))
    return found


def _report(row: ReportingYear, editions: Sequence[tuple[int, date]], on: date) -> Report:
    if not editions:
        return Report(ReportDeadline(row.year, row.report_due, None), on)
    return Report(ReportDeadline(row.year, row.report_due, editions[0][1]), on, *editions[-1])
