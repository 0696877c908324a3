"""Table 1.1: residents per kelurahan."""

from reporting.tables import base
from reporting.tables.base import Align, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip.queries.profile import PopulationRow

COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("unit", "Kelurahan", width=3),
    Column("rt", "Jumlah RT", Align.RIGHT),
    Column("male", "Laki-laki", Align.RIGHT, group="Jumlah penduduk (jiwa)"),
    Column("female", "Perempuan", Align.RIGHT, group="Jumlah penduduk (jiwa)"),
    Column("total", "Jumlah", Align.RIGHT, group="Jumlah penduduk (jiwa)"),
    Column("share", "Persentase", Align.RIGHT),
)


def build(year: OfficeYear) -> Table:
    found = year.population
    rows = [_row(year, base.integer(place), row) for place, row in enumerate(found.rows, 1)]
    if found.total:
        rows.append(_row(year, base.blank(), found.total, RowKind.TOTAL))
    profile = year.profile
    as_of = profile.population_as_of if profile else ""
    return Table(
        number="1.1",
        title=f"Jumlah Penduduk per Kelurahan {year.agency.name} Tahun {found.year or year.year}",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(f"Keadaan {as_of}.",) if as_of else (),
        source=profile.population_source if profile else "",
    )


def _row(year: OfficeYear, place: base.Cell, row: PopulationRow, kind: RowKind = RowKind.DETAIL) -> base.Row:
    return base.row(
        place,
        base.text(row.name),
        base.integer(row.rt_count),
        base.integer(row.male),
        base.integer(row.female),
        base.integer(row.total),
        base.percentage(row.share, year.policy),
        kind=kind,
    )
