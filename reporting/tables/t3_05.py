"""Table 3.5: realisation against a national standard, comparison 4; it says so where there is none."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import OfficeYear
from sakip.queries.performance import IndicatorYear
from sakip.scoring.values import State

NONE = "tidak ada"
COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("outcome", "Sasaran", width=3),
    Column("indicator", "Indikator kinerja", width=3),
    Column("realised", "Realisasi", Align.RIGHT),
    Column("standard", "Standar nasional", Align.RIGHT, width=1.2),
    Column("achievement", "Capaian", Align.RIGHT),
)


def build(year: OfficeYear) -> Table:
    without = [row for row in year.indicators if _has_none(row)]
    return Table(
        number="3.5",
        title=f"Perbandingan Realisasi Kinerja Tahun {year.year} dengan Standar Nasional",
        columns=COLUMNS,
        rows=tuple(_row(year, row) for row in year.indicators),
        notes=tuple(f"Standar nasional untuk {row.name} tidak ada." for row in without),
        provisional=any(row.provisional for row in year.indicators),
    )


def _has_none(row: IndicatorYear) -> bool:
    return row.national_standard is not None and row.national_standard.state is State.NOT_APPLICABLE


def _row(year: OfficeYear, row: IndicatorYear) -> base.Row:
    if _has_none(row):
        standard = achievement = base.text(NONE)
    else:
        standard = (
            base.measured(row.national_standard, row.decimals)
            if row.national_standard
            else base.text("", "standar nasional belum dicatat")
        )
        achievement = base.percentage(row.national_achievement, year.policy)
    return base.row(
        base.integer(row.number),
        base.text(row.outcome_text),
        base.text(row.name),
        base.measured(row.realised, row.decimals),
        standard,
        achievement,
    )
