"""What stands behind a unit's figures at a quarter's end: its rows, who filled them in, and the proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget.models import FormLevel, ImportedLine, QuarterlyRealisation
from budget.queries.budget_year import BudgetYear
from budget.queries.quarter_curve import CurveSource
from sakip.models import Measurement, Unit
from sakip.models.measurement import QuarterRow
from sakip.queries.performance import LastEntry, last_entry
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.values import Measured


@dataclass(frozen=True, slots=True)
class SpentRow:
    """A budget line with the money spent on it since January, or a line of a printed form (`line` None)."""

    name: str
    line: int | None
    ceiling_rp: Decimal | None
    spent: Measured
    entry: LastEntry | None


def spent_rows(unit: Unit, budget: BudgetYear, quarter: int, source: CurveSource) -> tuple[SpentRow, ...]:
    """The rows that a unit's money at a quarter's end is the sum of; two queries at most."""
    if source is CurveSource.PRINTED:
        return _printed(unit, budget.year, quarter)
    entered: dict[int, list[QuarterRow]] = defaultdict(list)
    entries = QuarterlyRealisation.objects.filter(line__unit=unit, line__year=budget.year)
    for row in _up_to(entries, quarter):
        if not row.amount.is_missing:
            entered[row.line_id].append(row)
    return tuple(
        SpentRow(
            name=line.sub_activity.name,
            line=line.line.pk,
            ceiling_rp=line.ceiling_rp,
            spent=combine(line.quarters[:quarter], Combine.SUM, quarter).value,
            entry=last_entry(entered[line.line.pk]),
        )
        for line in budget.lines
        if line.unit == unit
    )


def _printed(unit: Unit, year: int, quarter: int) -> tuple[SpentRow, ...]:
    found = ImportedLine.objects.filter(form__year=year, unit=unit, level=FormLevel.SUB_ACTIVITY)
    return tuple(
        SpentRow(row.name, None, row.ceiling_rp, combine(cells[:quarter], Combine.SUM, quarter).value, None)
        for row in found.order_by("form", "number")
        for cells in [[Measured.optional(rp) for rp in (row.rp_q1, row.rp_q2, row.rp_q3, row.rp_q4)]]
    )


def indicator_entries(unit: Unit, year: int, quarter: int) -> dict[int, LastEntry]:
    """By indicator, what the unit entered last up to a quarter; two queries."""
    entered: dict[int, list[QuarterRow]] = defaultdict(list)
    for row in _up_to(Measurement.objects.filter(unit_quarter__unit=unit, unit_quarter__year=year), quarter):
        if not row.measured.is_missing:
            entered[row.indicator_id].append(row)
    return {indicator: entry for indicator, rows in entered.items() if (entry := last_entry(rows))}


def _up_to(rows, quarter: int) -> Iterable:
    return (
        rows.filter(unit_quarter__quarter__lte=quarter)
        .select_related("unit_quarter__unit", "updated_by")
        .prefetch_related("evidence")
        .order_by("unit_quarter__quarter")
    )
