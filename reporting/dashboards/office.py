"""An office's year as its head looks at it at a quarter's end: everything read once, nothing printed yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from budget.queries.budget_year import BudgetSum, LineYear, entered_rp
from budget.queries.cash_plan import CashPlans, cash_plans
from budget.queries.completeness import UnitRow, year_completeness
from budget.queries.obstacles import Obstacle, chronic_obstacles
from budget.queries.quarter_curve import CurveSource, QuarterPoint
from budget.standing import Question, planned_by, questions
from reporting.dashboards.reports_due import ReportDeadline, report_deadlines
from reporting.year import OfficeYear
from sakip.models import Unit
from sakip.queries.meetings import FollowUpLine, pending_until
from sakip.queries.quarter_performance import QuarterIndicator, QuarterReader
from sakip.queries.year_forecast import YearForecast, year_forecast
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.arithmetic import percentage
from sakip.scoring.quarters import ROMAN
from sakip.scoring.result import REALISED_MISSING, Result, Step
from sakip.workflow import policies


@dataclass(frozen=True, slots=True)
class Met:
    """How many indicators met the action plan's targets up to a quarter, of those that can be judged."""

    met: int
    judged: int
    share: Result


@dataclass(frozen=True, slots=True)
class Asked:
    """A budget line and what there is to ask about it."""

    line: LineYear
    spent: Decimal | None
    planned: Decimal | None
    questions: tuple[Question, ...]


# Whether targets were met, counted by unit; None stands for all of them.
Judged = Mapping[int | None, Counter[bool]]


def _judged(measured: Iterable[QuarterIndicator]) -> Judged:
    found: dict[int | None, Counter[bool]] = defaultdict(Counter)
    for each in measured:
        if each.has_attained is not None:
            found[None][each.has_attained] += 1
            if each.unit is not None:
                found[each.unit.pk][each.has_attained] += 1
    return found


class OfficeQuarter:
    """One agency at the end of one quarter of a year, by default the latest settled one; `on` is the day on
    which something is late. Serves one request, like the year behind it."""

    def __init__(self, office: OfficeYear, quarter: int | None, on: date) -> None:
        self.office = office
        self.on = on
        self._measured: dict[int, tuple[QuarterIndicator, ...]] = {}
        self._judged: dict[int, Judged] = {}
        self.quarter = quarter or self._settled()

    def _settled(self) -> int:
        """The last quarter of which all is known or that takes no more entries: while the units fill one in,
        the few that were quick say nothing about the office. Without such a quarter the last one begun."""
        begun = [point for point in self.office.curve.points if not point.spent.is_missing]
        settled = [
            point.quarter for point in begun if not point.provisional or not self._is_open(point.quarter)
        ]
        return max(settled or [point.quarter for point in begun], default=1)

    def _is_open(self, quarter: int) -> bool:
        """Whether any unit can still fill the quarter in."""
        cells = [row.quarters[quarter - 1] for row in self.completeness]
        return any(cell is not None and policies.may_enter(cell.unit_quarter, self.on) for cell in cells)

    @property
    def roman(self) -> str:
        return ROMAN[self.quarter - 1]

    @property
    def label(self) -> str:
        return f"TW {self.roman} {self.office.year}"

    @property
    def is_printed(self) -> bool:
        """Whether the year came from paper: its quarters were never filled in here."""
        return self.office.curve.source is CurveSource.PRINTED

    # -- performance
    @cached_property
    def _reader(self) -> QuarterReader:
        office = self.office
        return QuarterReader(office.agency, office.year, office.policy)

    @property
    def indicators(self) -> tuple[QuarterIndicator, ...]:
        return self._reader.at(self.quarter)

    def measured(self, quarter: int) -> tuple[QuarterIndicator, ...]:
        """The indicators of the units that entered anything in that very quarter: against its targets the
        others would fail for what they did up to the quarter before."""
        if quarter not in self._measured:
            entered = self._entered(quarter)
            self._measured[quarter] = tuple(
                found
                for found in self._reader.at(quarter)
                if found.unit in entered or (entered and found.unit is None)
            )
        return self._measured[quarter]

    def met(self, quarter: int, unit: Unit | None = None) -> Met:
        """Of a unit, or of all units that entered anything in the quarter."""
        if quarter not in self._judged:
            self._judged[quarter] = _judged(self.measured(quarter))
        count = self._judged[quarter][unit.pk if unit else None]
        if not count.total():
            return Met(0, 0, Result.without(REALISED_MISSING))
        share = percentage(Decimal(count[True]), Decimal(count.total()))
        step = Step(f"{count[True]} / {count.total()} × 100", share)
        return Met(count[True], count.total(), Result.computed(share, step))

    def _entered(self, quarter: int) -> frozenset[Unit]:
        return frozenset(
            row.unit
            for row in self.completeness
            for cell in row.quarters[quarter - 1 : quarter]
            if cell is not None and cell.filled
        )

    @cached_property
    def unentered(self) -> tuple[Unit, ...]:
        """Units that have not entered anything in the quarter shown; none where nobody has."""
        entered = self._entered(self.quarter)
        return tuple(row.unit for row in self.completeness if row.unit not in entered) if entered else ()

    @cached_property
    def forecast(self) -> YearForecast:
        office, latest = self.office, self.office.latest_akip
        score = latest.score if latest else None
        return year_forecast(office.indicators, self._reader.targets, office.policy, score, self.quarter)

    # -- money
    @cached_property
    def cash(self) -> CashPlans:
        return cash_plans(self.office.agency, self.office.year)

    @cached_property
    def planned_curve(self) -> tuple[Result, ...]:
        return self.cash.curve(self.office.budget)

    @property
    def point(self) -> QuarterPoint:
        return self.office.curve.points[self.quarter - 1]

    @property
    def official(self) -> BudgetSum | None:
        """The year's sum by its official realisation, at the year's end and once every line has one."""
        total = self.office.budget.total
        known = total.realised_rp is not None and not total.provisional
        return total if self.quarter == len(ROMAN) and known else None

    @property
    def spent_rp(self) -> Decimal | None:
        """Rupiah since January."""
        return self.official.realised_rp if self.official else self.point.cumulated_rp

    @property
    def absorption(self) -> Result:
        return self.official.absorption if self.official else self.point.absorption

    @property
    def pace(self) -> Result:
        """Money spent in percent of the cash plan so far."""
        return self.cash.pace(self.office.budget.lines, self.spent_rp, self.quarter)

    def unit_pace(self, unit: Unit, point: QuarterPoint) -> Result:
        lines = next((own.lines for own in self.office.budget.units if own.unit == unit), ())
        return self.cash.pace(lines, point.cumulated_rp, point.quarter)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The lines that there is something to ask about, the largest ceiling first."""
        found = [self._asked(line) for line in self.office.budget.lines if line.ceiling_rp]
        return tuple(
            sorted(
                (asked for asked in found if asked.questions), key=lambda asked: -(asked.line.ceiling_rp or 0)
            )
        )

    def _asked(self, line: LineYear) -> Asked:
        spent = entered_rp(combine(line.quarters[: self.quarter], Combine.SUM, self.quarter).value)
        physical = line.progress[: self.quarter]
        if self.quarter == 4 and not self.office.budget.has_entries:
            spent, physical = line.realised_rp, (line.physical,)
        planned = planned_by(line.ceiling_rp, self.cash.of(line), self.quarter)
        if self.office.budget.has_entries and line.quarters[self.quarter - 1].is_missing:
            # What was spent up to the quarter before is not little: the quarter itself is missing.
            planned = None
        limit = self.office.policy.low_absorption
        return Asked(line, spent, planned, questions(spent, physical, planned, limit))

    # -- what was reported, agreed, and is missing
    @cached_property
    def chronic(self) -> tuple[Obstacle, ...]:
        office = self.office
        return chronic_obstacles(office.agency, office.year, self.quarter, office.policy)

    @cached_property
    def overdue(self) -> tuple[FollowUpLine, ...]:
        """Of meetings up to the year shown."""
        found = pending_until(self.office.agency, self.office.year, self.on)
        return tuple(line for line in found if line.is_overdue)

    @cached_property
    def reports(self) -> tuple[ReportDeadline, ...]:
        return report_deadlines(self.office)

    @cached_property
    def completeness(self) -> Sequence[UnitRow]:
        return year_completeness(self.office.agency, self.office.year)
