"""What the grid of a unit's quarter is: lines and indicators under sub-activity, activity and programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from budget.findings import Finding, IndicatorFacts, LineFacts, indicator_findings, line_findings
from budget.models import BudgetLine, QuarterlyRealisation
from sakip.models import Indicator, IndicatorVersion, Measurement, ProgrammeNode, RowKind, UnitQuarter
from sakip.scoring.aggregation import Combined
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.values import Measured, State
from sakip.workflow import policies

ZERO = Decimal(0)


def rupiah_of(spent: Measured) -> Decimal | None:
    """What a ratio takes: *nihil* is nothing spent, *belum ada* is None."""
    return ZERO if spent.state is State.NIHIL else spent.number


@dataclass(frozen=True, slots=True)
class RowRef:
    """Names a row of a quarter, written 'realisation:12'; `pk` is None where nothing was entered yet."""

    kind: RowKind
    pk: int | None

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.pk}"

    @classmethod
    def read(cls, text: str) -> RowRef | None:
        kind, _, pk = text.partition(":")
        if kind not in (RowKind.MEASUREMENT, RowKind.REALISATION) or not pk.isdecimal():
            return None
        return cls(RowKind(kind), int(pk))


@dataclass(frozen=True, slots=True)
class LineCells:
    """A budget line in the quarter. `before` and `spent` are rupiah, cumulated up to the quarter before and
    up to this one, and `progress` is the physical progress up to this one; `row` is new where nothing was
    entered yet."""

    line: BudgetLine
    row: QuarterlyRealisation
    ceiling_rp: Decimal | None
    before: Measured
    spent: Measured
    provisional: bool
    absorption: Result
    physical_before: Measured
    progress: Combined
    facts: LineFacts
    policy: ScoringPolicy

    @property
    def findings(self) -> tuple[Finding, ...]:
        return line_findings(self.facts, self.policy)

    @property
    def is_filled(self) -> bool:
        return not (self.row.amount.is_missing or self.row.physical.is_missing)

    @property
    def ref(self) -> RowRef:
        return RowRef(RowKind.REALISATION, self.row.pk)

    @property
    def takes_entries(self) -> bool:
        """Whether a reviewer has not passed this row on; its quarter must be open as well."""
        return policies.may_change_row(self.row)

    @property
    def spent_rp(self) -> Decimal | None:
        return rupiah_of(self.spent)


@dataclass(frozen=True, slots=True)
class IndicatorCells:
    """An indicator in the quarter: its year's target, and its quarters combined before and with this one."""

    indicator: Indicator
    version: IndicatorVersion
    row: Measurement
    target: Measured
    before: Measured
    to_date: Measured
    provisional: bool
    achievement: Result
    facts: IndicatorFacts
    policy: ScoringPolicy

    @property
    def findings(self) -> tuple[Finding, ...]:
        return indicator_findings(self.facts, self.policy)

    @property
    def is_filled(self) -> bool:
        return not self.row.measured.is_missing

    @property
    def ref(self) -> RowRef:
        return RowRef(RowKind.MEASUREMENT, self.row.pk)

    @property
    def takes_entries(self) -> bool:
        """Whether a reviewer has not passed this row on; its quarter must be open as well."""
        return policies.may_change_row(self.row)


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands on a parent's row, its money in rupiah. `filled` of `expected` rows hold something,
    *nihil* included."""

    ceiling_rp: Decimal | None
    before: Measured
    quarter: Measured
    spent: Measured
    absorption: Result
    physical: Result
    k: Result
    filled: int
    expected: int

    @property
    def missing(self) -> int:
        return self.expected - self.filled


@dataclass(frozen=True, slots=True)
class Group:
    """What is saved together: a node's lines in the unit (one a funding source) and its indicators, or an
    indicator that hangs on no node."""

    key: str
    name: str
    code: str
    level: int
    lines: tuple[LineCells, ...]
    indicators: tuple[IndicatorCells, ...]

    @property
    def rows(self) -> tuple[LineCells | IndicatorCells, ...]:
        return (*self.lines, *self.indicators)

    @property
    def filled(self) -> int:
        return sum(cells.is_filled for cells in self.rows)

    @property
    def expected(self) -> int:
        return len(self.rows)

    @property
    def findings(self) -> tuple[Finding, ...]:
        rows: tuple[LineCells | IndicatorCells, ...] = (*self.lines, *self.indicators)
        return tuple(finding for cells in rows for finding in cells.findings)

    @property
    def texts_take_entries(self) -> bool:
        """Obstacle and solution stand in the group's first row."""
        return self.rows[0].takes_entries


@dataclass(frozen=True, slots=True)
class Branch:
    """A programme or activity with what stands beneath it; its own indicators come first."""

    key: str
    node: ProgrammeNode
    level: int
    children: tuple[Branch | Group, ...]
    totals: Totals

    def groups(self) -> Iterator[Group]:
        for child in self.children:
            if isinstance(child, Group):
                yield child
            else:
                yield from child.groups()

    def walk(self) -> Iterator[Branch | Group]:
        yield self
        for child in self.children:
            if isinstance(child, Branch):
                yield from child.walk()
            else:
                yield child


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything of a unit's quarter. `outcomes` are indicators above the programme tree; `policy` says how
    figures are rounded."""

    unit_quarter: UnitQuarter
    outcomes: tuple[Group, ...]
    branches: tuple[Branch, ...]
    totals: Totals
    by_key: Mapping[str, Group] = field(repr=False)
    policy: ScoringPolicy = field(repr=False)

    @property
    def rows(self) -> list[Branch | Group]:
        """Parents and groups in the order of the form, outcomes aside."""
        return [row for branch in self.branches for row in branch.walk()]

    def above(self, key: str) -> list[Branch]:
        """The parents over a group, the outermost first."""
        return [
            row
            for row in self.rows
            if isinstance(row, Branch) and any(group.key == key for group in row.groups())
        ]
