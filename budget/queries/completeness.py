"""How much of each unit's quarters is filled in: what is missing, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from budget.models import BudgetLine, QuarterlyRealisation
from sakip.models import Agency, Agreement, Indicator, Measurement, Unit, UnitKind, UnitQuarter, ValueState
from sakip.scoring.quarters import QUARTERS


@dataclass(frozen=True, slots=True)
class Part:
    """`filled` of `expected` rows."""

    filled: int = 0
    expected: int = 0

    @property
    def missing(self) -> int:
        return self.expected - self.filled

    def __add__(self, other: Part) -> Part:
        return Part(self.filled + other.filled, self.expected + other.expected)


@dataclass(frozen=True, slots=True)
class QuarterCell:
    """A unit's quarter: how many of its budget lines and indicators hold a value, *nihil* and *tidak berlaku*
    included; and how many of the indicators with a value have evidence."""

    unit_quarter: UnitQuarter
    lines: Part
    indicators: Part
    evidence: Part

    @property
    def filled(self) -> int:
        return self.lines.filled + self.indicators.filled

    @property
    def expected(self) -> int:
        return self.lines.expected + self.indicators.expected

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
    for unit in units:
        unit.agency = agency
    quarters = UnitQuarter.objects.for_agency(agency).in_year(year).prefetch_related("exceptions")
    by_place = {(quarter.unit_id, quarter.quarter): quarter for quarter in quarters}
    expected_lines, expected_indicators = _expected(agency, year, units)
    lines, indicators, proved = _filled(agency, year, expected_indicators)

    def cell(unit: Unit, quarter: int) -> QuarterCell | None:
        found = by_place.get((unit.pk, quarter))
        if found is None:
            return None
        found.unit = unit
        measured = indicators[found.pk]
        return QuarterCell(
            found,
            Part(lines[found.pk], expected_lines[unit.pk]),
            Part(measured, len(expected_indicators[unit.pk])),
            Part(min(proved[found.pk], measured), measured),
        )

    return [UnitRow(unit, tuple(cell(unit, quarter) for quarter in QUARTERS)) for unit in units]


def _expected(agency: Agency, year: int, units: list[Unit]) -> tuple[Counter[int], Mapping[int, set[int]]]:
    """How many budget lines a unit has, and which indicators it measures."""
    lines = BudgetLine.objects.in_year(agency, year).values_list(
        "unit_id", "node_id", "node__parent_id", "node__parent__parent_id"
    )
    counts: Counter[int] = Counter()
    nodes: dict[int, set[int]] = {unit.pk: set() for unit in units}
    for unit, *path in lines:
        counts[unit] += 1
        nodes.setdefault(unit, set()).update(node for node in path if node is not None)
    agreement = Agreement.objects.in_force(agency, year)
    agreed = set(agreement.indicators.values_list("indicator_id", flat=True)) if agreement else set()
    office = next((unit.pk for unit in units if unit.kind == UnitKind.OFFICE), None)
    indicators = Indicator.objects.filter(agency=agency, versions__valid_from_year__lte=year).distinct()
    measured: defaultdict[int, set[int]] = defaultdict(set)
    for pk, own, node in indicators.values_list("pk", "unit_id", "node_id"):
        measuring = own or office
        if measuring is not None and (pk in agreed or node in nodes.get(measuring, ())):
            measured[measuring].add(pk)
    return counts, measured


def _filled(
    agency: Agency, year: int, expected: Mapping[int, set[int]]
) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """By unit's quarter: lines and indicators with a value, and indicators with evidence besides. What was
    measured before an indicator left the agreement or the budget fills no place of another."""
    of_year = Q(unit_quarter__unit__agency=agency, unit_quarter__year=year)
    missing = ValueState.MISSING
    lines = QuarterlyRealisation.objects.filter(of_year).exclude(
        Q(amount_state=missing) | Q(physical_state=missing)
    )
    measurements = Measurement.objects.filter(of_year).exclude(value_state=missing)
    proof = Measurement.evidence.through.objects.filter(measurement=OuterRef("pk"))
    found = measurements.annotate(is_proved=Exists(proof)).values_list(
        "unit_quarter_id", "is_proved", "unit_quarter__unit_id", "indicator_id"
    )
    measured = [
        (quarter, is_proved) for quarter, is_proved, unit, pk in found if pk in expected.get(unit, ())
    ]
    return (
        Counter(lines.values_list("unit_quarter_id", flat=True)),
        Counter(quarter for quarter, _ in measured),
        Counter(quarter for quarter, is_proved in measured if is_proved),
    )
