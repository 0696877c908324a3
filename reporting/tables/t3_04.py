"""Table 3.4: realisation against the strategic plan's last year, comparison 3."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import OfficeYear
from sakip.queries.performance import IndicatorYear
from sakip.scoring.values import MISSING


def build(year: OfficeYear) -> Table:
    plans = [row.plan for row in year.indicators if row.plan]
    years = sorted({one for plan in plans for one in range(plan.first_year, plan.last_year + 1)})
    period = f" {plans[0].period}" if plans else ""
    return Table(
        number="3.4",
        title=f"Realisasi Kinerja Tahun {year.year} terhadap Target Akhir Renstra{period}",
        columns=_columns(year, years),
        rows=tuple(_row(year, years, row) for row in year.indicators),
        notes=tuple(_working(row) for row in year.indicators if row.plan_achievement.steps),
        provisional=any(row.provisional for row in year.indicators),
    )


def _columns(year: OfficeYear, years: list[int]) -> tuple[Column, ...]:
    targets = [Column(f"target_{one}", str(one), Align.RIGHT, group="Target Renstra") for one in years]
    return (
        Column("number", "No.", Align.CENTER, width=0.5),
        Column("indicator", "Indikator kinerja", width=3),
        Column("unit_of_measure", "Satuan", Align.CENTER),
        *targets,
        Column("realised", f"Realisasi {year.year}", Align.RIGHT),
        Column("achievement", "Capaian terhadap tahun akhir", Align.RIGHT, width=1.3),
    )


def _row(year: OfficeYear, years: list[int], row: IndicatorYear) -> base.Row:
    targets = [base.measured(row.plan_targets.get(one, MISSING), row.decimals) for one in years]
    return base.row(
        base.integer(row.number),
        base.text(row.name),
        base.text(row.unit_of_measure),
        *targets,
        base.measured(row.realised, row.decimals),
        base.percentage(row.plan_achievement, year.policy),
    )


def _working(row: IndicatorYear) -> str:
    assert row.plan_final is not None
    steps = "; ".join(step.expression for step in row.plan_achievement.steps)
    return f"Capaian {row.name} terhadap target tahun {row.plan_final[0]}: {steps}."
