"""Money spent quarter by quarter: of the entries, or as printed in the form of a year without entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget.absorption import absorption
from budget.models import FormLevel, ImportedLine
from budget.queries.budget_year import BudgetYear, entered_rp
from sakip.models import Agency, Unit
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import Result
from sakip.scoring.values import MISSING, Measured


class CurveSource(StrEnum):
    """Where a curve comes from; the label is printed beside it."""

    ENTRIES = "entries"
    PRINTED = "printed"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            CurveSource.ENTRIES: "realisasi triwulan yang diisi unit kerja",
            CurveSource.PRINTED: "realisasi triwulan sebagaimana tercetak pada formulir E.81",
            CurveSource.NONE: "belum ada realisasi triwulan",
        }[self]


@dataclass(frozen=True, slots=True)
class QuarterPoint:
    """One quarter: money of that quarter alone and since January (rupiah), and the absorption so far. Both
    say *nihil* or *tidak berlaku* where nothing but that was said (see `combine`).

    `provisional` where a line that has something to spend has not said what.
    """

    quarter: int
    spent: Measured
    cumulated: Measured
    absorption: Result
    provisional: bool

    @property
    def spent_rp(self) -> Decimal | None:
        return entered_rp(self.spent)

    @property
    def cumulated_rp(self) -> Decimal | None:
        return entered_rp(self.cumulated)


@dataclass(frozen=True, slots=True)
class UnitCurve:
    unit: Unit
    points: tuple[QuarterPoint, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    source: CurveSource
    points: tuple[QuarterPoint, ...]
    units: tuple[UnitCurve, ...]


def quarter_curve(agency: Agency, budget: BudgetYear) -> Curve:
    """The year's curve, for the office and per unit; one query at most."""
    if budget.has_entries:
        return _of_entries(budget)
    lines = ImportedLine.objects.filter(
        form__agency=agency, form__year=budget.year, level__in=(FormLevel.AGENCY, FormLevel.SUB_ACTIVITY)
    )
    return _as_printed(budget, list(lines.select_related("unit").order_by("form", "number")))


def _of_entries(budget: BudgetYear) -> Curve:
    def points(lines: Sequence, ceiling: Decimal | None) -> tuple[QuarterPoint, ...]:
        # A line without a ceiling has nothing to spend, so nobody waits for its entry.
        expected = [line for line in lines if line.ceiling_rp]
        columns = [[line.quarters[quarter - 1] for line in lines] for quarter in QUARTERS]
        waiting = [any(line.quarters[q - 1].is_missing for line in expected) for q in QUARTERS]
        return _points([_together(column) for column in columns], waiting, ceiling)

    return Curve(
        source=CurveSource.ENTRIES,
        points=points(budget.lines, budget.total.ceiling_rp),
        units=tuple(
            UnitCurve(
                unit.unit,
                points([line for line in budget.lines if line.unit == unit.unit], unit.sum.ceiling_rp),
            )
            for unit in budget.units
        ),
    )


def _as_printed(budget: BudgetYear, lines: list[ImportedLine]) -> Curve:
    if not lines:
        return Curve(CurveSource.NONE, _points([MISSING] * 4, [True] * 4, None), ())
    office = [line for line in lines if line.level == FormLevel.AGENCY]
    leaves = [line for line in lines if line.level == FormLevel.SUB_ACTIVITY]
    return Curve(
        source=CurveSource.PRINTED,
        points=_printed_points(office or leaves, budget.total.ceiling_rp),
        units=tuple(
            UnitCurve(
                unit.unit,
                _printed_points([line for line in leaves if line.unit == unit.unit], unit.sum.ceiling_rp),
            )
            for unit in budget.units
        ),
    )


def _printed_points(lines: Sequence[ImportedLine], ceiling: Decimal | None) -> tuple[QuarterPoint, ...]:
    """A cell that is not printed or not readable is *belum ada*: the sum is then provisional."""
    columns = [[_cell(line, quarter) for line in lines] for quarter in QUARTERS]
    waiting = [any(cell.is_missing for cell in column) for column in columns]
    return _points([_together(column) for column in columns], waiting, ceiling)


def _cell(line: ImportedLine, quarter: int) -> Measured:
    return Measured.optional((line.rp_q1, line.rp_q2, line.rp_q3, line.rp_q4)[quarter - 1])


def _together(cells: Sequence[Measured]) -> Measured:
    return combine(cells, Combine.SUM, 0).value


def _points(
    spent: Sequence[Measured], waiting: Sequence[bool], ceiling: Decimal | None
) -> tuple[QuarterPoint, ...]:
    points = []
    for index, quarter in enumerate(QUARTERS):
        cumulated = _together(spent[: index + 1]) if not spent[index].is_missing else MISSING
        provisional = any(waiting[: index + 1])
        points.append(
            QuarterPoint(
                quarter=quarter,
                spent=spent[index],
                cumulated=cumulated,
                absorption=absorption(ceiling, entered_rp(cumulated)).as_provisional(provisional),
                provisional=provisional,
            )
        )
    return tuple(points)
