"""Table 3.11: the awards of the year."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import OfficeYear

COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("unit", "Unit kerja", width=2),
    Column("description", "Uraian", width=4),
    Column("rank", "Peringkat", width=2.5),
    Column("photo", "Dokumentasi", Align.CENTER, width=1.7),
)


def build(year: OfficeYear) -> Table:
    return Table(
        number="3.11",
        title=f"Prestasi dan Penghargaan {year.agency.name} Tahun {year.year}",
        columns=COLUMNS,
        rows=tuple(
            base.row(
                base.integer(award.number),
                base.text(award.unit),
                base.text(award.description),
                base.text(award.rank),
                base.text("ada" if award.photo else ""),
            )
            for award in year.awards
        ),
        empty_text="Tidak ada penghargaan yang dicatat pada tahun ini.",
    )
