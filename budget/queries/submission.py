"""What stands between a unit's quarter and its submission: hard findings to mend, soft ones to explain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from budget.findings import Finding, missing_finding
from budget.queries.quarter_grid import Grid, Group, IndicatorCells, LineCells, RowRef
from sakip.models import Measurement, RowKind, RowNote, UnitQuarter, ValueState


@dataclass(frozen=True, slots=True)
class Check:
    """A finding of one row. `anchor` is the cell on the entry page where it is mended; `note` is what was
    said about it already."""

    row: RowRef
    name: str
    anchor: str
    finding: Finding
    note: str = ""

    @property
    def key(self) -> str:
        """Names the finding among all of the quarter: 'realisation:12:above_ceiling'."""
        return f"{self.row}:{self.finding.key}"


@dataclass(frozen=True, slots=True)
class Submission:
    """The checks of the rows that are to be submitted; what a reviewer passed on was checked before."""

    hard: tuple[Check, ...]
    soft: tuple[Check, ...]
    rows: int

    @property
    def hard_by_row(self) -> list[tuple[str, list[Check]]]:
        """What is to be mended, under the names of the rows."""
        return [
            (checks[0].name, checks)
            for _, found in groupby(self.hard, key=lambda check: check.name)
            if (checks := list(found))
        ]


def submission(grid: Grid) -> Submission:
    """The checks over a grid that was read already; one more query, for the notes."""
    notes = notes_of(grid.unit_quarter)
    checks = [
        Check(row, name, anchor, finding, notes[row, finding.key].text if (row, finding.key) in notes else "")
        for row, name, anchor, finding in _findings(grid)
    ]
    return Submission(
        tuple(check for check in checks if check.finding.is_hard),
        tuple(check for check in checks if not check.finding.is_hard),
        sum(cells.takes_entries for cells in rows_of(grid)),
    )


def unproved(unit_quarter: UnitQuarter) -> int:
    """Indicators that have a value and no evidence."""
    measured = Measurement.objects.filter(unit_quarter=unit_quarter).exclude(value_state=ValueState.MISSING)
    return measured.filter(evidence=None).count()


def notes_of(unit_quarter: UnitQuarter) -> dict[tuple[RowRef, str], RowNote]:
    """The latest note to each finding, by row and check."""
    notes = RowNote.objects.filter(unit_quarter=unit_quarter).exclude(check_key="").select_related("by")
    return {(RowRef(RowKind(note.row_kind), note.row_id), note.check_key): note for note in notes}


def rows_of(grid: Grid) -> Iterator[LineCells | IndicatorCells]:
    for group in grid.by_key.values():
        yield from group.rows


def row_name(group: Group, cells: LineCells | IndicatorCells) -> str:
    """How a row is called where it stands alone."""
    if isinstance(cells, IndicatorCells):
        return cells.version.name
    source = cells.line.funding_source
    return f"{group.name} ({source})" if source and len(group.lines) > 1 else group.name


def names_of_rows(grid: Grid) -> dict[RowRef, str]:
    """The names of all rows that exist."""
    return {
        cells.ref: row_name(group, cells)
        for group in grid.by_key.values()
        for cells in group.rows
        if cells.row.pk is not None
    }


def _findings(grid: Grid) -> Iterator[tuple[RowRef, str, str, Finding]]:
    for group in grid.by_key.values():
        for cells in group.rows:
            if cells.takes_entries:
                for anchor, finding in findings_of_row(cells):
                    yield cells.ref, row_name(group, cells), anchor, finding


def findings_of_row(cells: LineCells | IndicatorCells) -> Iterator[tuple[str, Finding]]:
    """Each with the cell on the entry page where it is mended."""
    if isinstance(cells, IndicatorCells):
        anchor = f"m{cells.indicator.pk}-value"
        if not cells.is_filled:
            yield anchor, missing_finding("Realisasi indikator")
        for finding in cells.findings:
            yield anchor, finding
        return
    prefix = f"l{cells.line.pk}"
    if cells.row.amount.is_missing:
        yield f"{prefix}-amount", missing_finding("Realisasi rupiah")
    if cells.row.physical.is_missing:
        yield f"{prefix}-physical", missing_finding("Fisik")
    for finding in cells.findings:
        yield f"{prefix}-physical" if "physical" in finding.key else f"{prefix}-amount", finding
