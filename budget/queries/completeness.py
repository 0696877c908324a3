"""How much of each unit's quarters is filled in: what is missing, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from budget.models import BudgetLine, QuarterlyRealisation
from sakip.models import Agency, Agreement, Indicator, Measurement, Unit, UnitKind, UnitQuarter, ValueState


@dataclass(frozen=True, slots=True)
class QuarterCell:
    """A unit's quarter: `filled` of `expected` rows hold a value, *nihil* and *tidak berlaku* included."""

    unit_quarter: UnitQuarter
    filled: int
    expected: int

    @property
    def missing(self) -> int:
        return self.expected - self.filled


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit and its four quarters; None where a quarter was never opened."""

    unit: Unit
    quarters: tuple[QuarterCell | None, ...]


def year_completeness(agency: Agency, year: int) -> list[UnitRow]:
    """Every active unit of the agency, in a fixed number of queries. A row is a budget line (money and
    physical progress) or an indicator that the unit measures."""
    units = list(Unit.objects.filter(agency=agency, is_active=True).order_by("sort_order", "name"))
    quarters = (
        UnitQuarter.objects.for_agency(agency)
        .in_year(year)
        .select_related("unit")
        .prefetch_related("exceptions")
    )
    by_place = {(quarter.unit_id, quarter.quarter): quarter for quarter in quarters}
    expected = _expected(agency, year, units)
    filled = _filled(agency, year)

    def cell(unit: Unit, quarter: int) -> QuarterCell | None:
        found = by_place.get((unit.pk, quarter))
        if found is None:
            return None
        found.unit.agency = agency
        return QuarterCell(found, filled[found.pk], expected[unit.pk])

    return [UnitRow(unit, tuple(cell(unit, quarter) for quarter in (1, 2, 3, 4))) for unit in units]


def _expected(agency: Agency, year: int, units: list[Unit]) -> Counter[int]:
    lines = BudgetLine.objects.in_year(agency, year).select_related("node__parent")
    counts = Counter(line.unit_id for line in lines)
    nodes: dict[int, set[int]] = {unit.pk: set() for unit in units}
    for line in lines:
        above = line.node.parent
        nodes.setdefault(line.unit_id, set()).update(
            found
            for found in (line.node_id, line.node.parent_id, above.parent_id if above else None)
            if found
        )
    agreement = Agreement.objects.in_force(agency, year)
    agreed = set(agreement.indicators.values_list("indicator_id", flat=True)) if agreement else set()
    office = next((unit.pk for unit in units if unit.kind == UnitKind.OFFICE), None)
    indicators = Indicator.objects.filter(agency=agency, versions__valid_from_year__lte=year).distinct()
    for pk, unit, node in indicators.values_list("pk", "unit_id", "node_id"):
        measuring = unit or office
        if measuring is not None and (pk in agreed or node in nodes.get(measuring, ())):
            counts[measuring] += 1
    return counts


def _filled(agency: Agency, year: int) -> Counter[int]:
    """Filled rows by unit's quarter."""
    of_year = Q(unit_quarter__unit__agency=agency, unit_quarter__year=year)
    missing = ValueState.MISSING
    lines = QuarterlyRealisation.objects.filter(of_year).exclude(
        Q(amount_state=missing) | Q(physical_state=missing)
    )
    measurements = Measurement.objects.filter(of_year).exclude(value_state=missing)
    counts: Counter[int] = Counter()
    for rows in (lines, measurements):
        counts.update(rows.values_list("unit_quarter_id", flat=True))
    return counts
