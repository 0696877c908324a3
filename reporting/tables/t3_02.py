"""Table 3.2: target and realisation of the year, comparison 1."""

from reporting.tables import base
from reporting.tables.base import Align, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip.queries.performance import IndicatorYear

COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("outcome", "Sasaran", width=3),
    Column("indicator", "Indikator kinerja", width=3),
    Column("unit_of_measure", "Satuan", Align.CENTER),
    Column("target", "Target", Align.RIGHT),
    Column("realised", "Realisasi", Align.RIGHT),
    Column("achievement", "Capaian", Align.RIGHT),
    Column("category", "Kategori", Align.CENTER),
)


def build(year: OfficeYear) -> Table:
    rows = [row_of(year, indicator) for indicator in year.indicators]
    if len(rows) > 1:
        mean = base.percentage(year.mean_achievement, year.policy)
        rows.append(base.row(*_blanks(5), base.text("Rata-rata"), mean, base.blank(), kind=RowKind.MEAN))
    return Table(
        number="3.2",
        title=f"Target dan Realisasi Kinerja {year.agency.name} Tahun {year.year}",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=tuple(_working(indicator) for indicator in year.indicators if indicator.achievement.steps),
        provisional=any(indicator.provisional for indicator in year.indicators),
    )


def row_of(year: OfficeYear, indicator: IndicatorYear) -> base.Row:
    """An indicator's row; the attachment on measurement shows the same."""
    category = indicator.category
    return base.row(
        base.integer(indicator.number),
        base.text(indicator.outcome_text),
        base.text(indicator.name),
        base.text(indicator.unit_of_measure),
        base.measured(indicator.target, indicator.decimals),
        base.measured(indicator.realised, indicator.decimals),
        base.percentage(indicator.achievement, year.policy),
        base.text(category.label if category else "", category.name if category else ""),
    )


def _blanks(count: int) -> tuple[base.Cell, ...]:
    return (base.blank(),) * count


def _working(indicator: IndicatorYear) -> str:
    steps = "; ".join(step.expression for step in indicator.achievement.steps)
    return f"Capaian {indicator.name}: {steps}."
