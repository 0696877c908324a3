"""Table 1.8: the AKIP scores of the last evaluated years."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import OfficeYear

COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("year", "Tahun", Align.CENTER),
    Column("score", "Nilai", Align.RIGHT),
    Column("predicate", "Predikat", Align.CENTER),
    Column("meaning", "Makna", width=2),
    Column("change", "Perubahan", Align.RIGHT, width=1.5),
)


def build(year: OfficeYear) -> Table:
    series = year.akip
    span = f" Tahun {series[0].year}-{series[-1].year}" if series else ""
    return Table(
        number="1.8",
        title=f"Perkembangan Nilai AKIP {year.agency.name}{span}",
        columns=COLUMNS,
        rows=tuple(
            base.row(
                base.integer(place),
                base.text(row.year),
                base.number(row.score, 2),
                base.text(row.predicate.label),
                base.text(row.predicate.name),
                base.number(row.trend.change, 2, row.trend.word),
            )
            for place, row in enumerate(series, 1)
        ),
        notes=(f"Predikat menurut {year.policy.akip_scale.source}.",),
    )
