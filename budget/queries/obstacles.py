"""Obstacles that the units' rows report in a quarter, and those that keep coming back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from budget.models import QuarterlyRealisation
from sakip.models import Agency, Measurement, RowKind, ScoringPolicy, Unit
from sakip.scoring.policy import ScoringPolicy as Policy
from sakip.scoring.recurrence import is_chronic, quarters_in_a_row, says_something

# A row is the same in another year where unit, kind and owner are: an indicator, or the sub-activity and
# funding source of a budget line, for the line itself is a new one every year.
Owner = tuple[int, RowKind, int, int | None]
YearQuarter = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """What one row said in one quarter."""

    year: int
    quarter: int
    obstacle: str
    solution: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle of a quarter with the quarters before that reported one without a gap.

    `name` is that of the sub-activity or the indicator; `reports` are the oldest first, the last being that
    of the quarter asked for; as many as the look back allows.
    """

    unit: Unit
    kind: RowKind
    name: str
    reports: tuple[Report, ...]
    is_chronic: bool

    @property
    def text(self) -> str:
        return self.reports[-1].obstacle

    @property
    def solution(self) -> str:
        return self.reports[-1].solution

    @property
    def quarters(self) -> tuple[YearQuarter, ...]:
        """The quarters in a row, the oldest first: ((2026, 1), (2026, 2), (2026, 3))."""
        return tuple((report.year, report.quarter) for report in self.reports)


def quarter_obstacles(
    agency: Agency, year: int, quarter: int, policy: Policy | None = None
) -> tuple[Obstacle, ...]:
    """Every obstacle that a row of the quarter reports, in the order of units and of the form; the budget
    lines of a unit come before its indicators.

    Four queries whatever the size (three with a `policy`). *Nihil*, a dash or nothing is no obstacle. Raises
    ScoringPolicy.DoesNotExist for a year without a policy.
    """
    rules = policy or ScoringPolicy.objects.for_year(agency.government_id, year).as_policy()
    asked = _back_from(year, quarter, rules.chronic_quarters)
    rows: dict[Owner, dict[YearQuarter, Report]] = defaultdict(dict)
    places: dict[Owner, tuple[Unit, str]] = {}
    for owner, unit, name, report in (*_of_lines(agency, asked), *_of_indicators(agency, asked)):
        when = (report.year, report.quarter)
        rows[owner][when] = report
        if when == asked[-1]:
            places[owner] = (unit, name)
    return tuple(
        _obstacle(unit, owner[1], name, reports, rules)
        for owner, (unit, name) in sorted(places.items(), key=lambda item: _order(item[1][0]))
        if (reports := [rows[owner].get(when) for when in asked])
        and reports[-1] is not None
        and says_something(reports[-1].obstacle)
    )


def chronic_obstacles(
    agency: Agency, year: int, quarter: int, policy: Policy | None = None
) -> tuple[Obstacle, ...]:
    """The obstacles of a quarter that the same row has reported for as many quarters on end as the scoring
    policy calls chronic (`chronic_quarters`, 3 by default), across a year's end as well. Otherwise as
    `quarter_obstacles`."""
    return tuple(found for found in quarter_obstacles(agency, year, quarter, policy) if found.is_chronic)


def _back_from(year: int, quarter: int, count: int) -> list[YearQuarter]:
    """So many quarters up to this one, the oldest first."""
    last = year * 4 + quarter - 1
    return [(number // 4, number % 4 + 1) for number in range(last - count + 1, last + 1)]


def _within(agency: Agency, asked: Iterable[YearQuarter]) -> Q:
    times = Q()
    for year, quarter in asked:
        times |= Q(unit_quarter__year=year, unit_quarter__quarter=quarter)
    return times & Q(unit_quarter__unit__agency=agency) & ~Q(obstacle="")


def _of_lines(agency: Agency, asked: list[YearQuarter]) -> Iterable[tuple[Owner, Unit, str, Report]]:
    rows = QuarterlyRealisation.objects.filter(_within(agency, asked)).select_related(
        "unit_quarter__unit", "line__node"
    )
    for row in rows.order_by("line__node__sort_order", "line__sort_order", "pk"):
        line, unit = row.line, row.unit_quarter.unit
        owner = (unit.pk, RowKind.REALISATION, line.node_id, line.funding_source_id)
        yield owner, unit, line.node.name, _report(row)


def _of_indicators(agency: Agency, asked: list[YearQuarter]) -> Iterable[tuple[Owner, Unit, str, Report]]:
    rows = (
        Measurement.objects.filter(_within(agency, asked))
        .select_related("unit_quarter__unit", "indicator")
        .prefetch_related("indicator__versions")
    )
    for row in rows.order_by("indicator__sort_order", "pk"):
        unit = row.unit_quarter.unit
        version = row.indicator.version_in(row.unit_quarter.year)
        name = version.name if version else row.indicator.key
        yield (unit.pk, RowKind.MEASUREMENT, row.indicator_id, None), unit, name, _report(row)


def _report(row: QuarterlyRealisation | Measurement) -> Report:
    quarter = row.unit_quarter
    return Report(quarter.year, quarter.quarter, row.obstacle.strip(), row.solution.strip())


def _order(unit: Unit) -> tuple[int, str]:
    return unit.sort_order, unit.name


def _obstacle(unit: Unit, kind: RowKind, name: str, reports: list[Report | None], rules: Policy) -> Obstacle:
    count = quarters_in_a_row([report.obstacle if report else "" for report in reports])
    found = tuple(report for report in reports[len(reports) - count :] if report is not None)
    return Obstacle(unit, kind, name, found, is_chronic(count, rules.chronic_quarters))
