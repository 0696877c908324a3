"""An agency's budget in a year: lines, what was spent on them, and sums by unit and by programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budget.absorption import Progress, Spent, absorption, absorption_of_sum, physical_progress, remaining
from budget.models import BudgetLine, BudgetVersion, Ceiling, OfficialRealisation, QuarterlyRealisation
from sakip.models import Agency, NodeLevel, ProgrammeNode, Unit
from sakip.models.base import measured
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.arithmetic import total
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import Result
from sakip.scoring.values import MISSING, Measured, State


@dataclass(frozen=True, slots=True)
class LineYear:
    """A budget line in its year; money in rupiah, None is *belum ada*.

    `realised_rp` is the official realisation where there is one, else the entries cumulated; then the line
    is `provisional`. `physical` is of the same source, in percent; `progress` as entered by quarter.
    """

    line: BudgetLine
    unit: Unit
    programme: ProgrammeNode | None
    activity: ProgrammeNode | None
    sub_activity: ProgrammeNode
    funding_source: str
    ceiling_rp: Decimal | None
    official_rp: Decimal | None
    quarters: tuple[Measured, ...]
    progress: tuple[Measured, ...]
    entered: Measured
    realised_rp: Decimal | None
    physical: Measured
    provisional: bool
    absorption: Result

    @property
    def is_not_applicable(self) -> bool:
        """Whatever was entered of it says *tidak berlaku*."""
        known = {value.state for value in self.quarters if not value.is_missing}
        return known == {State.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class BudgetSum:
    """Several lines together; money in rupiah, None where no line has the figure. `provisional` where a line
    waits for its official figure."""

    lines: int
    ceiling_rp: Decimal | None
    realised_rp: Decimal | None
    remaining: Result
    absorption: Result
    physical: Result
    provisional: bool


@dataclass(frozen=True, slots=True)
class NodeBudget:
    """A programme, activity or sub-activity with its sum; `lines` are those directly on a sub-activity."""

    node: ProgrammeNode
    sum: BudgetSum
    children: tuple[NodeBudget, ...]
    lines: tuple[LineYear, ...]


@dataclass(frozen=True)
class UnitBudget:
    """A unit's lines; `programmes` is their tree, grown when it is asked for."""

    unit: Unit
    sum: BudgetSum
    lines: tuple[LineYear, ...]

    @cached_property
    def programmes(self) -> tuple[NodeBudget, ...]:
        return _programmes(self.lines)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each the year's lines touch; a sub-activity of several units counts once."""

    programmes: int
    activities: int
    sub_activities: int
    lines: int


@dataclass(frozen=True, slots=True)
class VersionTotal:
    version: BudgetVersion
    ceiling_rp: Decimal


@dataclass(frozen=True)
class BudgetYear:
    """One year's budget. `programmes` are over all units, `units` each with its own, both worked out when
    they are asked for; `versions` are the year's documents in order, the last being the one in force."""

    year: int
    versions: tuple[VersionTotal, ...]
    lines: tuple[LineYear, ...]
    total: BudgetSum
    counts: Counts

    @cached_property
    def programmes(self) -> tuple[NodeBudget, ...]:
        return _programmes(self.lines)

    @cached_property
    def units(self) -> tuple[UnitBudget, ...]:
        by_unit: dict[Unit, list[LineYear]] = defaultdict(list)
        for line in self.lines:
            by_unit[line.unit].append(line)
        return tuple(
            UnitBudget(unit, sum_of(own), tuple(own))
            for unit, own in sorted(by_unit.items(), key=lambda item: (item[0].sort_order, item[0].name))
        )

    @property
    def version(self) -> BudgetVersion | None:
        return self.versions[-1].version if self.versions else None

    @property
    def has_entries(self) -> bool:
        """Whether any quarter of any line was filled in."""
        return any(not quarter.is_missing for line in self.lines for quarter in line.quarters)

    def below(self, percent: Decimal) -> tuple[LineYear, ...]:
        """The lines whose absorption is known and under `percent`."""
        return tuple(
            line
            for line in self.lines
            if line.absorption.value is not None and line.absorption.value < percent
        )


def budget_year(agency: Agency, year: int) -> BudgetYear:
    """The budget of one year, in six queries whatever its size."""
    return budget_years(agency, (year,))[year]


def budget_years(agency: Agency, years: Iterable[int]) -> dict[int, BudgetYear]:
    """The budgets of several years, in the same six queries."""
    wanted = tuple(years)
    versions = list(BudgetVersion.objects.filter(agency=agency, year__in=wanted).order_by("year", "number"))
    ceilings: dict[int, dict[int, Decimal]] = defaultdict(dict)
    amounts = Ceiling.objects.filter(version__agency=agency, version__year__in=wanted)
    for version_id, line_id, amount in amounts.values_list("version_id", "line_id", "amount_rp"):
        ceilings[version_id][line_id] = amount
    lines = _lines(agency, wanted)
    entries: dict[int, list[_Entry]] = defaultdict(list)
    found = QuarterlyRealisation.objects.filter(line__unit__agency=agency, line__year__in=wanted)
    for line, quarter, *values in found.order_by("unit_quarter__quarter").values_list(
        "line_id", "unit_quarter__quarter", "amount_state", "amount_rp", "physical_state", "physical_pct"
    ):
        amount_state, amount_rp, physical_state, physical_pct = values
        entries[line].append(
            _Entry(quarter, measured(amount_state, amount_rp), measured(physical_state, physical_pct))
        )
    return {
        year: _budget_year(
            year,
            [version for version in versions if version.year == year],
            ceilings,
            [line for line in lines if line.year == year],
            entries,
        )
        for year in wanted
    }


class _Entry(NamedTuple):
    quarter: int
    amount: Measured
    physical: Measured


def _lines(agency: Agency, years: Sequence[int]) -> list[BudgetLine]:
    """Lines in the order of the form. Units and nodes are read once and shared: a line joined to all it
    belongs to would make each of them anew."""
    units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
    nodes = {node.pk: node for node in ProgrammeNode.objects.filter(agency=agency)}
    for node in nodes.values():
        node.parent = nodes[node.parent_id] if node.parent_id is not None else None
    found = (
        BudgetLine.objects.filter(unit__agency=agency, year__in=years)
        .select_related("funding_source", "official_realisation")
        .order_by("unit__sort_order", "node__sort_order", "sort_order", "pk")
    )
    lines = list(found)
    for line in lines:
        line.unit, line.node = units[line.unit_id], nodes[line.node_id]
    return lines


def _budget_year(
    year: int,
    versions: list[BudgetVersion],
    ceilings: dict[int, dict[int, Decimal]],
    lines: list[BudgetLine],
    entries: Mapping[int, list[_Entry]],
) -> BudgetYear:
    in_force = ceilings[versions[-1].pk] if versions else {}
    rows = [_line(line, in_force.get(line.pk), entries.get(line.pk, [])) for line in lines]
    # A line that the version in force has dropped is only shown where money was spent on it.
    rows = [row for row in rows if row.ceiling_rp is not None or row.realised_rp]
    return BudgetYear(
        year=year,
        versions=tuple(VersionTotal(v, total(list(ceilings[v.pk].values()))) for v in versions),
        lines=tuple(rows),
        total=sum_of(rows),
        counts=Counts(
            programmes=len({row.programme.pk for row in rows if row.programme}),
            activities=len({row.activity.pk for row in rows if row.activity}),
            sub_activities=len({row.sub_activity.pk for row in rows}),
            lines=len(rows),
        ),
    )


def _line(line: BudgetLine, ceiling: Decimal | None, entries: Sequence[_Entry]) -> LineYear:
    amounts = {entry.quarter: entry.amount for entry in entries}
    quarters = tuple(amounts.get(quarter, MISSING) for quarter in QUARTERS)
    progress = {entry.quarter: entry.physical for entry in entries}
    entered = combine(quarters, Combine.SUM).value
    official: OfficialRealisation | None = getattr(line, "official_realisation", None)
    if official is not None:
        realised = official.amount_rp
        physical = Measured.optional(official.physical_pct)
    else:
        realised = entered_rp(entered)
        # Progress is cumulated over the year, so the last quarter that says something counts.
        physical = combine([progress.get(quarter, MISSING) for quarter in QUARTERS], Combine.LAST).value
    node = line.node
    found = absorption(ceiling, realised)
    return LineYear(
        line=line,
        unit=line.unit,
        programme=_ancestor(node, NodeLevel.PROGRAMME),
        activity=_ancestor(node, NodeLevel.ACTIVITY),
        sub_activity=node,
        funding_source=line.funding_source.code if line.funding_source else "",
        ceiling_rp=ceiling,
        official_rp=official.amount_rp if official else None,
        quarters=quarters,
        progress=tuple(progress.get(quarter, MISSING) for quarter in QUARTERS),
        entered=entered,
        realised_rp=realised,
        physical=physical,
        provisional=official is None,
        absorption=found.as_provisional(official is None),
    )


def entered_rp(value: Measured) -> Decimal | None:
    """Entered money as an amount: a declared *nihil* is nothing spent, the rest has no amount."""
    return Decimal(0) if value.state is State.NIHIL else value.number


def _ancestor(node: ProgrammeNode, level: NodeLevel) -> ProgrammeNode | None:
    found: ProgrammeNode | None = node
    while found is not None and found.level != level:
        found = found.parent
    return found


def ceiling_of(rows: Sequence[LineYear]) -> Decimal | None:
    """The lines' ceilings together; None where none has one."""
    known = [row.ceiling_rp for row in rows if row.ceiling_rp is not None]
    return total(known) if known else None


def sum_of(rows: Sequence[LineYear]) -> BudgetSum:
    """Lines together: sums of money, absorption of the sums, physical progress weighted by ceiling."""
    ceiling = ceiling_of(rows)
    spent = [row.realised_rp for row in rows if row.realised_rp is not None]
    realised = total(spent) if spent else None
    provisional = any(row.provisional for row in rows)
    absorbed = absorption_of_sum([Spent(row.ceiling_rp, row.realised_rp) for row in rows])
    # One line needs no weight, so that it keeps its progress where its ceiling is zero.
    progress = (
        Result.from_measured(rows[0].physical)
        if len(rows) == 1
        else physical_progress([Progress(row.ceiling_rp, row.physical) for row in rows])
    )
    return BudgetSum(
        lines=len(rows),
        ceiling_rp=ceiling,
        realised_rp=realised,
        remaining=remaining(ceiling, realised).as_provisional(provisional),
        absorption=absorbed.as_provisional(provisional),
        physical=progress.as_provisional(provisional),
        provisional=provisional,
    )


def _programmes(rows: Sequence[LineYear]) -> tuple[NodeBudget, ...]:
    """The rows as a tree of programme, activity and sub-activity, in the tree's own order."""
    return _grouped(rows, [lambda row: row.programme, lambda row: row.activity, lambda row: row.sub_activity])


def _grouped(
    rows: Sequence[LineYear], levels: Sequence[Callable[[LineYear], ProgrammeNode | None]]
) -> tuple[NodeBudget, ...]:
    if not levels:
        return ()
    groups: dict[ProgrammeNode, list[LineYear]] = defaultdict(list)
    for row in rows:
        node = levels[0](row)
        if node is not None:
            groups[node].append(row)
    return tuple(
        NodeBudget(
            node=node,
            sum=sum_of(own),
            children=_grouped(own, levels[1:]),
            lines=tuple(own) if len(levels) == 1 else (),
        )
        for node, own in sorted(groups.items(), key=lambda item: (item[0].sort_order, item[0].pk))
    )
