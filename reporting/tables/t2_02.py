"""Table 2.2: the original performance agreement, its indicators (2.2) and its programmes (2.2a)."""

from reporting.tables.agreement import indicators_table, programmes_table
from reporting.tables.base import Table
from reporting.year import OfficeYear

EMPTY = "Perjanjian Kinerja tahun ini belum ada."


def build(year: OfficeYear) -> Table:
    title = f"Perjanjian Kinerja {year.agency.name} Tahun {year.year}"
    return indicators_table("2.2", title, year.agreements.original, EMPTY)


def build_programmes(year: OfficeYear) -> Table:
    title = f"Program dan Anggaran Perjanjian Kinerja {year.agency.name} Tahun {year.year}"
    return programmes_table("2.2a", title, year.agreements.original, EMPTY)
