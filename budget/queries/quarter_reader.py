"""Reading the grid of a unit's quarter, in a fixed number of queries whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F

from budget.absorption import Progress, Spent, absorption, absorption_of_sum, physical_progress
from budget.findings import IndicatorFacts, LineFacts
from budget.models import BudgetLine, QuarterlyRealisation
from budget.queries.quarter_grid import Branch, Grid, Group, IndicatorCells, LineCells, Totals, rupiah_of
from budget.queries.quarter_plan import Earlier, Entered, QuarterPlan, read_plan
from sakip.models import (
    IndicatorVersion,
    Measurement,
    NodeLevel,
    ProgrammeNode,
    QuarterRow,
    UnitQuarter,
)
from sakip.scoring.achievement import Polarity, achievement
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.arithmetic import total
from sakip.scoring.e81 import FormRow, mean_of_rows
from sakip.scoring.result import REALISED_MISSING, Result
from sakip.scoring.values import MISSING, Measured

# How deep rows stand that hang on no sub-activity: as deep as those that do.
DETAIL = 2
# A range has no better side.
HIGHER_IS_BETTER = {Polarity.HIGHER: True, Polarity.LOWER: False}


class QuarterReader:
    """Reads one unit's quarter and builds its grid. What entering does not change is read once, so that the
    grid after a save costs two queries, or none where the saved rows are at hand. `unit_quarter.unit.agency`
    should be loaded."""

    def __init__(self, unit_quarter: UnitQuarter, plan: QuarterPlan | None = None) -> None:
        self.quarter = unit_quarter
        self.plan = plan or read_plan(unit_quarter)
        self.policy = self.plan.policy
        self.entries: dict[int, QuarterlyRealisation] = {}
        self.measurements: dict[int, Measurement] = {}

    def grid(self) -> Grid:
        """The grid as it stands now."""
        self._read()
        return self._build()

    def group(self, key: str) -> Group | None:
        """One group of it as it stands now."""
        kind, number = key[:1], key[1:]
        if not number.isdecimal() or kind not in ("s", "m"):
            return None
        self._read()
        if kind == "m":
            above = self.plan.versions_of[None]
            return next((self._outcome(one) for one in above if one.indicator_id == int(number)), None)
        node = self.plan.nodes.get(int(number))
        if node is None or not (self.plan.lines_of[node.pk] or self.plan.versions_of[node.pk]):
            return None
        return self._group(node, DETAIL)

    def grid_with(self, rows: Iterable[QuarterRow]) -> Grid:
        """The grid that was read, with rows of its quarter as they were just written under its lock."""
        for row in rows:
            if isinstance(row, QuarterlyRealisation):
                self.entries[row.line_id] = row
            elif isinstance(row, Measurement):
                self.measurements[row.indicator_id] = row
        return self._build()

    def _read(self) -> None:
        """The quarter's rows; with them those of the quarters before, where the plan does not hold them."""
        if self.plan.earlier is not None:
            entries = QuarterlyRealisation.objects.filter(unit_quarter=self.quarter.pk).order_by()
            self.entries = {row.line_id: row for row in entries}
            measurements = Measurement.objects.filter(unit_quarter=self.quarter.pk).order_by()
            self.measurements = {row.indicator_id: row for row in measurements}
            return
        now = self.quarter.quarter
        self.plan.earlier = earlier = Earlier(now - 1)
        of_year = {
            "unit_quarter__unit": self.quarter.unit_id,
            "unit_quarter__year": self.quarter.year,
            "unit_quarter__quarter__lte": now,
        }
        for entry in QuarterlyRealisation.objects.filter(**of_year).annotate(at=F("unit_quarter__quarter")):
            if entry.at == now:
                self.entries[entry.line_id] = entry
            else:
                earlier.lines[entry.line_id][entry.at - 1] = Entered(entry.amount, entry.physical)
        for found in Measurement.objects.filter(**of_year).annotate(at=F("unit_quarter__quarter")):
            if found.at == now:
                self.measurements[found.indicator_id] = found
            else:
                earlier.indicators[found.indicator_id][found.at - 1] = found.measured

    @property
    def earlier(self) -> Earlier:
        assert self.plan.earlier is not None, "rows are read before the grid is built"
        return self.plan.earlier

    # ------------------------------------------------------------ building
    def _build(self) -> Grid:
        outcomes = tuple(self._outcome(version) for version in self.plan.versions_of[None])
        grown = [self._grow(node, 0) for node in self.plan.children[None]]
        branches = tuple(branch for branch in grown if isinstance(branch, Branch))
        groups = [*outcomes, *(group for branch in branches for group in branch.groups())]
        return Grid(
            unit_quarter=self.quarter,
            outcomes=outcomes,
            branches=branches,
            totals=self.totals(branches, groups),
            by_key={group.key: group for group in groups},
            policy=self.policy,
        )

    def _outcome(self, version: IndicatorVersion) -> Group:
        """An indicator above the programme tree."""
        return Group(
            key=f"m{version.indicator_id}",
            name=version.name,
            code="",
            level=DETAIL,
            lines=(),
            indicators=(self.indicator_cells(version),),
        )

    def _group(self, node: ProgrammeNode, level: int) -> Group:
        beside = tuple(self.line_cells(line) for line in self.plan.lines_of[node.pk])
        return Group(
            key=f"s{node.pk}",
            name=node.name,
            code=node.code,
            level=level,
            lines=beside,
            indicators=tuple(self.indicator_cells(found, beside) for found in self.plan.versions_of[node.pk]),
        )

    def _grow(self, node: ProgrammeNode, level: int) -> Branch | Group:
        if node.level == NodeLevel.SUB_ACTIVITY:
            return self._group(node, level)
        own = [self._group(node, DETAIL)] if self.plan.versions_of[node.pk] else []
        below = [self._grow(child, level + 1) for child in self.plan.children[node.pk]]
        return Branch(f"s{node.pk}", node, level, (*own, *below), self.totals(below, _groups([*own, *below])))

    def line_cells(self, line: BudgetLine) -> LineCells:
        now, entered = self.quarter.quarter, self.earlier.lines[line.pk]
        row = self.entries.get(line.pk) or QuarterlyRealisation()
        row.unit_quarter, row.line = self.quarter, line
        earlier = [one.amount for one in entered]
        amount = row.amount
        before = combine(earlier, Combine.SUM, now - 1)
        spent = combine([*earlier, amount], Combine.SUM, now)
        ceiling = self.plan.ceilings.get(line.pk)
        physical_before = entered[-1].physical if entered else MISSING
        absorbed = absorption(ceiling, rupiah_of(spent.value))
        facts = LineFacts(
            ceiling_rp=ceiling,
            amount=amount,
            earlier=tuple(earlier),
            spent=spent.value,
            absorption=absorbed,
            physical=row.physical,
            physical_before=physical_before,
        )
        return LineCells(
            line=line,
            row=row,
            ceiling_rp=ceiling,
            before=before.value,
            spent=spent.value,
            provisional=spent.provisional,
            absorption=absorbed.as_provisional(spent.provisional),
            physical_before=physical_before,
            progress=combine([*(one.physical for one in entered), row.physical], Combine.LAST, now),
            facts=facts,
            policy=self.policy,
        )

    def indicator_cells(self, version: IndicatorVersion, lines: Sequence[LineCells] = ()) -> IndicatorCells:
        """`lines` stand beside the indicator: what was spent for it."""
        now, indicator = self.quarter.quarter, version.indicator
        row = self.measurements.get(indicator.pk) or Measurement()
        row.unit_quarter, row.indicator = self.quarter, indicator
        values = [*self.earlier.indicators[indicator.pk], row.measured]
        method = Combine(version.combine)
        to_date = combine(values, method, now)
        target = self.plan.targets[indicator.pk]
        result = achievement(
            target,
            to_date.value,
            Polarity(version.polarity),
            self.policy,
            lower=version.lower_bound,
            upper=version.upper_bound,
        )
        before = combine(values[:-1], method, now - 1).value
        money = [cells.spent_rp for cells in lines if cells.spent_rp is not None]
        ceilings = [cells.ceiling_rp for cells in lines if cells.ceiling_rp is not None]
        facts = IndicatorFacts(
            value=values[-1],
            earlier=tuple(values[:-1]),
            before=before,
            to_date=to_date.value,
            target=target,
            achievement=result,
            is_summed=method is Combine.SUM,
            higher_is_better=HIGHER_IS_BETTER.get(Polarity(version.polarity)),
            spent_rp=total(money) if money else None,
            ceiling_rp=total(ceilings) if ceilings else None,
            note=row.obstacle or next((cells.row.obstacle for cells in lines), ""),
        )
        return IndicatorCells(
            indicator=indicator,
            version=version,
            row=row,
            target=target,
            before=before,
            to_date=to_date.value,
            provisional=to_date.provisional,
            achievement=result.as_provisional(to_date.provisional),
            facts=facts,
            policy=self.policy,
        )

    def totals(self, children: Sequence[Branch | Group], groups: Sequence[Group]) -> Totals:
        """A parent over its rows: K the mean of those directly beneath, money and physical over the lines.
        Nobody waits for a line that has nothing to spend."""
        lines = [cells for group in groups for cells in group.lines]
        ceilings = [cells.ceiling_rp for cells in lines if cells.ceiling_rp is not None]
        spending = [cells for cells in lines if cells.ceiling_rp or cells.spent_rp is not None] or lines
        parts = [Spent(cells.ceiling_rp, cells.spent_rp) for cells in spending]
        done = physical_progress([Progress(cells.ceiling_rp, cells.progress.value) for cells in lines])
        return Totals(
            ceiling_rp=total(ceilings) if ceilings else None,
            before=_sum([cells.before for cells in lines]),
            quarter=_sum([cells.row.amount for cells in lines]),
            spent=_sum([cells.spent for cells in lines]),
            absorption=absorption_of_sum(parts).as_provisional(any(cells.provisional for cells in spending)),
            physical=done.as_provisional(any(cells.progress.provisional for cells in spending)),
            k=mean_of_rows([self._form_row(child) for child in children], self.policy).k,
            filled=sum(group.filled for group in groups),
            expected=sum(group.expected for group in groups),
        )

    def _form_row(self, child: Branch | Group) -> FormRow:
        if isinstance(child, Branch):
            totals = child.totals
            return FormRow(child.node.name, totals.k, totals.ceiling_rp, rupiah_of(totals.spent))
        ceilings = [cells.ceiling_rp for cells in child.lines if cells.ceiling_rp is not None]
        spent = [cells.spent_rp for cells in child.lines if cells.spent_rp is not None]
        return FormRow(
            child.name,
            self._leaf_k(child),
            total(ceilings) if ceilings else None,
            total(spent) if spent else None,
        )

    def _leaf_k(self, group: Group) -> Result:
        """K of a leaf: its indicator's achievement, or the mean of several."""
        results = [cells.achievement for cells in group.indicators]
        if not results:
            return Result.without(REALISED_MISSING)
        if len(results) == 1:
            return results[0]
        return mean_of_rows([FormRow(group.name, result, None, None) for result in results], self.policy).k


def _groups(children: Sequence[Branch | Group]) -> list[Group]:
    return [
        group for child in children for group in ([child] if isinstance(child, Group) else child.groups())
    ]


def _sum(values: Sequence[Measured]) -> Measured:
    """The numbers added up; without any, the word that holds for all."""
    return combine(values, Combine.SUM, len(values)).value
