"""Money and physical progress of every unit up to one quarter, as the quarterly meeting looks at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.absorption import Progress, physical_progress
from budget.models import QuarterlyRealisation
from budget.queries.budget_year import BudgetYear, LineYear
from budget.queries.quarter_curve import Curve, QuarterPoint
from sakip.models import Agency, Unit, UnitQuarter
from sakip.scoring.aggregation import Combine, Combined, combine
from sakip.scoring.result import REALISED_MISSING, Result
from sakip.scoring.values import MISSING, Measured


@dataclass(frozen=True, slots=True)
class QuarterSum:
    """One unit, or all of them (`unit` None). Money in rupiah: `spent` in the quarter alone, `cumulated` and
    `absorption` since January; `physical` in percent at the quarter's end. `state` is that of the unit's
    quarter in the workflow, empty where it was never opened."""

    unit: Unit | None
    ceiling_rp: Decimal | None
    spent: Measured
    cumulated: Measured
    absorption: Result
    physical: Result
    state: str = ""


@dataclass(frozen=True, slots=True)
class QuarterUnits:
    units: tuple[QuarterSum, ...]
    total: QuarterSum


def quarter_units(agency: Agency, budget: BudgetYear, curve: Curve, quarter: int) -> QuarterUnits:
    """The money of the curve at a quarter with the physical progress of the entries; two queries. Where the
    quarters of a year are printed ones, nothing is known of its physical progress by quarter."""
    states = dict(
        UnitQuarter.objects.for_agency(agency)
        .filter(year=budget.year, quarter=quarter)
        .values_list("unit_id", "state")
    )
    progress = _progress(agency, budget.year, quarter)
    points = {unit.unit.pk: unit.points[quarter - 1] for unit in curve.units}

    def summed(
        unit: Unit | None, ceiling: Decimal | None, point: QuarterPoint | None, state: str
    ) -> QuarterSum:
        lines = [line for line in budget.lines if unit is None or line.unit.pk == unit.pk]
        return QuarterSum(
            unit=unit,
            ceiling_rp=ceiling,
            spent=point.spent if point else MISSING,
            cumulated=point.cumulated if point else MISSING,
            absorption=point.absorption if point else Result.without(REALISED_MISSING),
            physical=_physical(lines, progress, quarter),
            state=state,
        )

    return QuarterUnits(
        tuple(
            summed(each.unit, each.sum.ceiling_rp, points.get(each.unit.pk), states.get(each.unit.pk, ""))
            for each in budget.units
        ),
        summed(None, budget.total.ceiling_rp, curve.points[quarter - 1], ""),
    )


def _progress(agency: Agency, year: int, quarter: int) -> dict[int, dict[int, Measured]]:
    """By line and quarter, what was entered up to the quarter."""
    entries = QuarterlyRealisation.objects.filter(
        line__unit__agency=agency, line__year=year, unit_quarter__quarter__lte=quarter
    )
    found: dict[int, dict[int, Measured]] = defaultdict(dict)
    for entry in entries.select_related("unit_quarter"):
        found[entry.line_id][entry.unit_quarter.quarter] = entry.physical
    return found


def _physical(lines: Sequence[LineYear], progress: dict[int, dict[int, Measured]], quarter: int) -> Result:
    """Weighted by ceiling; of a line the last quarter that says something, since progress is cumulated.
    Provisional where a line that has something to spend has not said anything since."""
    if not any(line.line.pk in progress for line in lines):
        return Result.without(REALISED_MISSING)
    found = [(line.ceiling_rp, _last(progress.get(line.line.pk, {}), quarter)) for line in lines]
    done = physical_progress([Progress(ceiling, last.value) for ceiling, last in found])
    return done.as_provisional(any(last.provisional for ceiling, last in found if ceiling))


def _last(entered: dict[int, Measured], quarter: int) -> Combined:
    quarters = [entered.get(number, MISSING) for number in range(1, quarter + 1)]
    return combine(quarters, Combine.LAST, quarter)
