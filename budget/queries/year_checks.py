"""The checks of all units' quarters of a year at once: entries that still ask for a mend or a note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from budget.models import QuarterlyRealisation
from budget.queries.quarter_grid import Grid, IndicatorCells, LineCells, RowRef
from budget.queries.quarter_plan import Earlier, Entered, QuarterPlan, definitions, planned_lines
from budget.queries.quarter_reader import QuarterReader
from budget.queries.submission import Check, findings_of_row, row_name
from sakip.models import Agency, Measurement, RowKind, RowNote, UnitQuarter
from sakip.queries.measuring import is_measured_by
from sakip.scoring.policy import ScoringPolicy

# A cell that nobody filled in: counted by `completeness`, not here.
UNFILLED = "missing"
# By unit and quarter.
Rows = Mapping[int, Mapping[int, Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class QuarterChecks:
    """A unit's quarter with the findings of its entries that no note explains, in the order of the form."""

    unit_quarter: UnitQuarter
    checks: tuple[Check, ...]

    @property
    def hard(self) -> int:
        return sum(check.finding.is_hard for check in self.checks)

    @property
    def soft(self) -> int:
        return len(self.checks) - self.hard


def year_checks(
    agency: Agency, year: int, policy: ScoringPolicy, quarters: Iterable[UnitQuarter]
) -> tuple[QuarterChecks, ...]:
    """Of the given quarters of the agency's units, whatever their state; each `unit` must be loaded. Five
    queries whatever the size."""
    lines, versions = planned_lines(agency.pk, year, Q()), definitions(agency.pk, year, Q())
    entries = _by_place(QuarterlyRealisation.objects.filter(line__year=year), agency, year)
    measurements = _by_place(Measurement.objects.all(), agency, year)
    explained = _explained(agency, year)
    found = []
    for quarter in quarters:
        plan = QuarterPlan(
            quarter,
            policy,
            [line for line in lines if line.unit_id == quarter.unit_id],
            [version for version in versions if is_measured_by(version.indicator, quarter.unit)],
        )
        own, measured = entries[quarter.unit_id], measurements[quarter.unit_id]
        plan.earlier = _earlier(own, measured, quarter.quarter)
        grid = QuarterReader(quarter, plan).grid_with(
            [*own.get(quarter.quarter, ()), *measured.get(quarter.quarter, ())]
        )
        checks = tuple(
            check for check in _checks(grid) if (quarter.pk, check.row, check.finding.key) not in explained
        )
        found.append(QuarterChecks(quarter, checks))
    return tuple(found)


def _by_place(rows, agency: Agency, year: int) -> Rows:
    found: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    of_year = rows.filter(unit_quarter__unit__agency=agency, unit_quarter__year=year)
    for row in of_year.select_related("unit_quarter").order_by():
        found[row.unit_quarter.unit_id][row.unit_quarter.quarter].append(row)
    return found


def _explained(agency: Agency, year: int) -> set[tuple[int, RowRef, str]]:
    notes = RowNote.objects.filter(unit_quarter__unit__agency=agency, unit_quarter__year=year)
    return {
        (quarter, RowRef(RowKind(kind), row), key)
        for quarter, kind, row, key in notes.exclude(check_key="").values_list(
            "unit_quarter_id", "row_kind", "row_id", "check_key"
        )
    }


def _earlier(
    entries: Mapping[int, Sequence[QuarterlyRealisation]],
    measurements: Mapping[int, Sequence[Measurement]],
    now: int,
) -> Earlier:
    earlier = Earlier(now - 1)
    for quarter in range(1, now):
        for entry in entries.get(quarter, ()):
            earlier.lines[entry.line_id][quarter - 1] = Entered(entry.amount, entry.physical)
        for measured in measurements.get(quarter, ()):
            earlier.indicators[measured.indicator_id][quarter - 1] = measured.measured
    return earlier


def _checks(grid: Grid) -> Iterator[Check]:
    """Of the rows in which something was entered in that very quarter."""
    for group in grid.by_key.values():
        for cells in group.rows:
            if not _says_something(cells):
                continue
            for anchor, finding in findings_of_row(cells):
                if finding.key != UNFILLED:
                    yield Check(cells.ref, row_name(group, cells), anchor, finding)


def _says_something(cells: LineCells | IndicatorCells) -> bool:
    if isinstance(cells, IndicatorCells):
        return cells.is_filled
    return not (cells.row.amount.is_missing and cells.row.physical.is_missing)
