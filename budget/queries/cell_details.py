"""All that is known of one cell of a unit's quarter: its other periods, its working, its changes, what was
said about it, and its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from budget.actions.entry import MEASURES
from budget.findings import Finding
from budget.models import CellComment, CellName
from budget.queries.cell_periods import Periods, indicator_periods, line_periods
from budget.queries.quarter_grid import Grid, Group, IndicatorCells, LineCells
from budget.queries.submission import row_name
from sakip.actions.measurement import MEASURES as INDICATOR_MEASURES
from sakip.models import Evidence, HistoryEntry, QuarterRow, UnitQuarter
from sakip.queries.history_page import Line, described_all
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.values import Measured

ADDRESS = re.compile(r"(?P<kind>[lm])(?P<key>\d{1,18})-(?P<cell>amount|physical|value)")
COLUMNS = {cell: columns[1] for cell, columns in (MEASURES | INDICATOR_MEASURES).items()}
# The panel shows as many; the page Riwayat has all.
MOST_CHANGES = 10


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell as the entry page names it: 'l12-amount', 'm5-value'."""

    is_line: bool
    key: int
    cell: CellName

    @classmethod
    def read(cls, text: str) -> CellRef | None:
        found = ADDRESS.fullmatch(text)
        if found is None or (found["kind"] == "m") != (found["cell"] == CellName.VALUE):
            return None
        return cls(found["kind"] == "l", int(found["key"]), CellName(found["cell"]))

    @property
    def row(self) -> str:
        return f"{'l' if self.is_line else 'm'}{self.key}"

    def __str__(self) -> str:
        return f"{self.row}-{self.cell.value}"


@dataclass(frozen=True, slots=True)
class Working:
    """How a figure came about: `result` carries its steps, or says why there is none."""

    label: str
    result: Result
    is_pct: bool = True


@dataclass(frozen=True, slots=True)
class CellDetails:
    """`siblings` are the cells of the same row. `changes` are the newest of `change_count`."""

    ref: CellRef
    group: Group
    cells: LineCells | IndicatorCells
    name: str
    value: Measured
    unit: str
    periods: Periods
    workings: tuple[Working, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Line, ...]
    change_count: int
    comments: tuple[CellComment, ...]
    evidence: tuple[Evidence, ...]
    siblings: tuple[CellRef, ...]
    policy: ScoringPolicy

    @property
    def row(self) -> QuarterRow:
        return self.cells.row

    @property
    def label(self) -> str:
        return self.ref.cell.label

    @property
    def subject(self) -> str:
        """Names the row in the history; empty before anything was entered."""
        return f"{self.row._meta.label_lower}:{self.row.pk}" if self.row.pk else ""


def cell_details(grid: Grid, ref: CellRef) -> CellDetails:
    """Of a grid that was read already; seven queries. 404 for a cell that it does not hold."""
    group, cells = _find(grid, ref)
    quarter = grid.unit_quarter
    changes, count = _changes(cells.row, ref.cell)
    if isinstance(cells, LineCells):
        periods = line_periods(quarter, cells.line, ref.cell)
        value = cells.row.amount if ref.cell == CellName.AMOUNT else cells.row.physical
        unit = "Rp" if ref.cell == CellName.AMOUNT else "%"
        findings = [found for found in cells.findings if _is_about(found, ref.cell)]
    else:
        periods, unit = indicator_periods(quarter, cells.version), cells.version.unit_of_measure
        value, findings = cells.row.measured, list(cells.findings)
    return CellDetails(
        ref=ref,
        group=group,
        cells=cells,
        name=row_name(group, cells),
        value=value,
        unit=unit,
        periods=periods,
        workings=(*_own_workings(cells, ref.cell, periods, quarter), *_above(grid, group, ref.cell)),
        findings=tuple(findings),
        changes=tuple(changes),
        change_count=count,
        comments=tuple(comments_on(quarter, ref)),
        evidence=_evidence(cells.row),
        siblings=tuple(CellRef(True, ref.key, cell) for cell in (CellName.AMOUNT, CellName.PHYSICAL))
        if ref.is_line
        else (),
        policy=grid.policy,
    )


def _find(grid: Grid, ref: CellRef) -> tuple[Group, LineCells | IndicatorCells]:
    for group in grid.by_key.values():
        for line in group.lines if ref.is_line else ():
            if line.line.pk == ref.key:
                return group, line
        for found in () if ref.is_line else group.indicators:
            if found.indicator.pk == ref.key:
                return group, found
    raise Http404


def _is_about(finding: Finding, cell: CellName) -> bool:
    return ("physical" in finding.key) == (cell == CellName.PHYSICAL)


# ---------------------------------------------------------------- how it is worked out
def _own_workings(
    cells: LineCells | IndicatorCells, cell: CellName, periods: Periods, quarter: UnitQuarter
) -> tuple[Working, ...]:
    values = [period.value for period in periods.quarters][-quarter.quarter :]
    up_to = f"Sampai triwulan {quarter.roman}"
    if isinstance(cells, IndicatorCells):
        method = Combine(cells.version.combine)
        combined = _combined(values, method)
        label = f"{up_to} ({cells.version.get_combine_display().lower()})"
        return (Working(label, combined, is_pct=False), Working("Capaian", cells.achievement))
    if cell == CellName.PHYSICAL:
        return ()
    return (
        Working(f"{up_to} (jumlah)", _combined(values, Combine.SUM), is_pct=False),
        Working("Serapan", cells.absorption),
    )


def _combined(values: list[Measured], method: Combine) -> Result:
    combined = combine(values, method, len(values))
    found = Result.from_measured(combined.value)
    if found.value is None:
        return found
    return Result.computed(found.value, *combined.steps, provisional=combined.provisional)


def _above(grid: Grid, group: Group, cell: CellName) -> list[Working]:
    """The parents into which the cell goes, the nearest first."""
    label, name = {
        CellName.AMOUNT: ("Serapan", "absorption"),
        CellName.PHYSICAL: ("Fisik", "physical"),
        CellName.VALUE: ("Capaian", "k"),
    }[cell]
    parents = reversed(grid.above(group.key))
    return [Working(f"{label}: {branch.node.name}", getattr(branch.totals, name)) for branch in parents]


# ---------------------------------------------------------------- what happened to it
def _changes(row: QuarterRow, cell: CellName) -> tuple[list[Line], int]:
    if row.pk is None:
        return [], 0
    found = HistoryEntry.objects.filter(
        model=row._meta.label_lower, object_id=row.pk, field=COLUMNS[cell.value]
    ).select_related("by", "unit")
    newest = list(found.order_by("-at", "-pk")[: MOST_CHANGES + 1])
    count = len(newest) if len(newest) <= MOST_CHANGES else found.count()
    return described_all(newest[:MOST_CHANGES]), count


def _evidence(row: QuarterRow) -> tuple[Evidence, ...]:
    if row.pk is None:
        return ()
    return tuple(row.evidence.select_related("added_by").order_by("-added_at", "-pk"))


def comments_on(unit_quarter: UnitQuarter, ref: CellRef) -> list[CellComment]:
    """The oldest first."""
    subject = {"line": ref.key} if ref.is_line else {"indicator": ref.key}
    found = CellComment.objects.filter(unit_quarter=unit_quarter, cell=ref.cell, **subject)
    return list(found.select_related("by"))


def comment_counts(unit_quarter: UnitQuarter) -> Mapping[str, int]:
    """By row as the page names it: 'l12', 'm5'. One query."""
    rows = CellComment.objects.filter(unit_quarter=unit_quarter).order_by()
    return Counter(
        f"l{line}" if line else f"m{indicator}" for line, indicator in rows.values_list("line", "indicator")
    )
