"""What tables 1.2 to 1.6 share: staff per unit, or by category alone where units were not counted."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Row, RowKind, Table
from reporting.year import OfficeYear
from sakip.models import StaffDimension
from sakip.queries.profile import StaffRow, StaffTable

HEADINGS = {
    StaffDimension.AGE: "Usia (tahun)",
    StaffDimension.GRADE: "Golongan",
    StaffDimension.EDUCATION: "Tingkat pendidikan",
    StaffDimension.POSITION: "Jabatan",
    StaffDimension.GENDER: "Jenis kelamin",
}
TITLES = {
    StaffDimension.AGE: "Kelompok Umur",
    StaffDimension.GRADE: "Golongan",
    StaffDimension.EDUCATION: "Tingkat Pendidikan",
    StaffDimension.POSITION: "Peta Jabatan",
    StaffDimension.GENDER: "Jenis Kelamin",
}


def staff_table(year: OfficeYear, number: str, dimension: StaffDimension) -> Table:
    """Staff by the dimension, with the totals worked out and each fault in the counts told below."""
    found = year.staff.get(dimension)
    per_unit = bool(found and found.rows)
    as_of = year.profile.staff_as_of if year.profile else ""
    return Table(
        number=number,
        title=f"Sumber Daya Aparatur {year.agency.name} Berdasarkan {TITLES[dimension]}",
        columns=_unit_columns(found) if found and per_unit else _category_columns(dimension),
        rows=_unit_rows(found) if found and per_unit else _category_rows(found),
        notes=((f"Keadaan {as_of}.",) if as_of else ()) + (found.faults if found else ()),
    )


def _unit_columns(found: StaffTable) -> tuple[Column, ...]:
    return (
        Column("number", "No.", Align.CENTER, width=0.5),
        Column("unit", "Unit kerja", width=3),
        *(
            Column(f"category_{place}", category, Align.RIGHT, group=HEADINGS[found.dimension])
            for place, category in enumerate(found.categories, 1)
        ),
        Column("total", "Jumlah", Align.RIGHT),
    )


def _unit_rows(found: StaffTable) -> tuple[Row, ...]:
    details = [_unit_row(base.integer(place), row) for place, row in enumerate(found.rows, 1)]
    return (*details, _unit_row(base.blank(), found.total, RowKind.TOTAL))


def _unit_row(place: base.Cell, row: StaffRow, kind: RowKind = RowKind.DETAIL) -> Row:
    counts = [base.integer(count) for count in row.counts]
    return base.row(place, base.text(row.name), *counts, base.integer(row.total), kind=kind)


def _category_columns(dimension: StaffDimension) -> tuple[Column, ...]:
    return (
        Column("number", "No.", Align.CENTER, width=0.5),
        Column("category", HEADINGS[dimension], width=4),
        Column("total", "Jumlah", Align.RIGHT),
    )


def _category_rows(found: StaffTable | None) -> tuple[Row, ...]:
    if found is None:
        return ()
    pairs = zip(found.categories, found.total.counts, strict=True)
    details = [
        base.row(base.integer(place), base.text(category), base.integer(count))
        for place, (category, count) in enumerate(pairs, 1)
    ]
    total = base.row(
        base.blank(), base.text(found.total.name), base.integer(found.total.total), kind=RowKind.TOTAL
    )
    return (*details, total)
