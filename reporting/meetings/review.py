"""What a quarter's meeting looks at: performance, money, obstacles and what was agreed, each read once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from budget.queries.obstacles import Obstacle, quarter_obstacles
from budget.queries.quarter_units import QuarterUnits, quarter_units
from reporting.dashboards.office import OfficeQuarter
from reporting.year import OfficeYear
from sakip.models import Meeting, Unit
from sakip.queries.meetings import FollowUpLine, agreed_in, carried_over
from sakip.queries.performance import IndicatorYear
from sakip.queries.quarter_performance import QuarterIndicator
from sakip.scoring.quarters import ROMAN


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An indicator of the agreement in force, with where it stands at the quarter's end."""

    year: IndicatorYear
    quarter: QuarterIndicator | None


@dataclass(frozen=True, slots=True)
class Attained:
    """How many of a unit's indicators met their target up to the quarter, of those that can be judged."""

    met: int = 0
    judged: int = 0


@dataclass(frozen=True, slots=True)
class ObstacleGroup:
    """The same words in several rows of a unit, told once; chronic where one of the rows is."""

    rows: tuple[Obstacle, ...]

    @property
    def unit(self) -> Unit:
        return self.rows[0].unit

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows)

    @property
    def chronic(self) -> tuple[Obstacle, ...]:
        return tuple(row for row in self.rows if row.is_chronic)


class QuarterReview:
    """A quarter as its meeting sees it; `on` is the day on which a follow-up is late or not. Like the year
    behind it, one object serves one request or one document."""

    def __init__(self, office: OfficeYear, quarter: int, meeting: Meeting | None, on: date) -> None:
        self.office = office
        self.quarter = quarter
        self.meeting = meeting
        self.on = on

    @property
    def roman(self) -> str:
        return ROMAN[self.quarter - 1]

    # -- performance
    @cached_property
    def seen(self) -> OfficeQuarter:
        """The quarter as the home page shows it."""
        return OfficeQuarter(self.office, self.quarter, self.on)

    @cached_property
    def agreement(self) -> tuple[AgreementLine, ...]:
        known = {found.indicator.pk: found for found in self.seen.indicators}
        return tuple(AgreementLine(row, known.get(row.indicator.pk)) for row in self.office.indicators)

    @cached_property
    def judged(self) -> tuple[QuarterIndicator, ...]:
        """Those whose target up to the quarter is met or not; only of units that filled the quarter in, as on
        the home page."""
        return tuple(found for found in self.seen.measured(self.quarter) if found.has_attained is not None)

    @property
    def behind(self) -> tuple[QuarterIndicator, ...]:
        """Those that have not met their target up to the quarter."""
        return tuple(found for found in self.judged if not found.has_attained)

    @cached_property
    def attained(self) -> dict[int, Attained]:
        """By unit."""
        count = Counter(found.unit.pk for found in self.judged if found.unit)
        met = Counter(found.unit.pk for found in self.judged if found.unit and found.has_attained)
        return {unit: Attained(met[unit], count[unit]) for unit in count}

    @cached_property
    def attained_in_all(self) -> Attained:
        found = self.attained.values()
        return Attained(sum(each.met for each in found), sum(each.judged for each in found))

    # -- money
    @cached_property
    def units(self) -> QuarterUnits:
        office = self.office
        return quarter_units(office.agency, office.budget, office.curve, self.quarter)

    # -- obstacles
    @cached_property
    def obstacles(self) -> tuple[ObstacleGroup, ...]:
        found = quarter_obstacles(self.office.agency, self.office.year, self.quarter, self.office.policy)
        groups: dict[tuple[int, str, str], list[Obstacle]] = defaultdict(list)
        for row in found:
            groups[row.unit.pk, row.text, row.solution].append(row)
        return tuple(ObstacleGroup(tuple(rows)) for rows in groups.values())

    @property
    def chronic(self) -> tuple[ObstacleGroup, ...]:
        return tuple(group for group in self.obstacles if group.chronic)

    # -- what was agreed
    @cached_property
    def earlier_actions(self) -> tuple[FollowUpLine, ...]:
        return carried_over(self.office.agency, self.office.year, self.quarter, self.on)

    @cached_property
    def new_actions(self) -> tuple[FollowUpLine, ...]:
        return agreed_in(self.meeting, self.on) if self.meeting else ()

    @property
    def pending(self) -> Sequence[FollowUpLine]:
        """Of earlier meetings, what is not settled."""
        return [line for line in self.earlier_actions if line.action.closed_at is None]
