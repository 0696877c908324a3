"""Table 3.9: how much the AKIP predicate corrects an achievement."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import OfficeYear

COLUMNS = (
    Column("predicate", "Predikat AKIP", Align.CENTER),
    Column("correction", "Koreksi capaian setelah normalisasi", Align.RIGHT, width=2),
)


def build(year: OfficeYear) -> Table:
    corrections = year.policy.akip_corrections
    return Table(
        number="3.9",
        title="Koreksi Capaian Perjanjian Kinerja Berdasarkan Predikat AKIP",
        columns=COLUMNS,
        rows=tuple(
            base.row(
                base.text(f"{band.label} ({band.name})"),
                base.Cell(f"{corrections[band.label]:f}%".replace(".", ","), corrections[band.label]),
            )
            for band in year.policy.akip_scale.bands
        ),
    )
