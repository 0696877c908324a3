"""Table 3.3: target and realisation against earlier years, comparison 2."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import HISTORY_YEARS, OfficeYear
from sakip.queries.performance import IndicatorHistory


def build(year: OfficeYear) -> Table:
    years = range(year.year - HISTORY_YEARS + 1, year.year + 1)
    return Table(
        number="3.3",
        title=f"Perbandingan Target dan Realisasi Kinerja Tahun {years[0]}-{years[-1]}",
        columns=_columns(years),
        rows=tuple(_row(year, place, row) for place, row in enumerate(year.indicator_history, 1)),
        notes=("Tanda “-” berarti indikator belum atau tidak lagi diukur pada tahun itu.",),
        landscape=True,
        provisional=any(row.current.provisional for row in year.indicator_history),
    )


def _columns(years: range) -> tuple[Column, ...]:
    pairs = [
        Column(f"{key}_{one}", label, Align.RIGHT, group=f"Tahun {one}")
        for one in years
        for key, label in (("target", "Target"), ("realised", "Realisasi"))
    ]
    return (
        Column("number", "No.", Align.CENTER, width=0.5),
        Column("indicator", "Indikator kinerja", width=4),
        Column("unit_of_measure", "Satuan", Align.CENTER),
        *pairs,
        Column("achievement", f"Capaian {years[-1]}", Align.RIGHT, width=1.2),
    )


def _row(year: OfficeYear, place: int, row: IndicatorHistory) -> base.Row:
    pairs = [
        base.measured(value, row.decimals)
        for result in row.results
        for value in (result.target, result.realised)
    ]
    return base.row(
        base.integer(place),
        base.text(row.name),
        base.text(row.unit_of_measure),
        *pairs,
        base.percentage(row.current.achievement, year.policy),
    )
