"""The tables of the attachments: annual plan, agreements, measurement and efficiency (L.1 to L.5)."""

from typing import TypedDict

from reporting.tables import t3_02, t3_06
from reporting.tables.agreement import indicators_table, programmes_table
from reporting.tables.base import Column, Row, Table
from reporting.year import OfficeYear

NO_PLAN = "Rencana Kinerja Tahunan belum ada."
NO_AGREEMENT = "Perjanjian Kinerja belum ada."
NO_REVISION = "Perjanjian Kinerja tahun ini tidak diubah."


def annual_plan(year: OfficeYear) -> Table:
    title = f"Rencana Kinerja Tahunan {year.agency.name} Tahun {year.year}"
    return indicators_table("L.1", title, year.agreements.annual_plan, NO_PLAN)


def original(year: OfficeYear) -> Table:
    title = f"Perjanjian Kinerja {year.agency.name} Tahun {year.year}"
    return indicators_table("L.2", title, year.agreements.original, NO_AGREEMENT)


def original_programmes(year: OfficeYear) -> Table:
    title = f"Program dan Anggaran Perjanjian Kinerja Tahun {year.year}"
    return programmes_table("L.2a", title, year.agreements.original, NO_AGREEMENT)


def revised(year: OfficeYear) -> Table:
    title = f"Perjanjian Kinerja Perubahan {year.agency.name} Tahun {year.year}"
    return indicators_table("L.3", title, year.agreements.revised, NO_REVISION)


def revised_programmes(year: OfficeYear) -> Table:
    title = f"Program dan Anggaran Perjanjian Kinerja Perubahan Tahun {year.year}"
    return programmes_table("L.3a", title, year.agreements.revised, NO_REVISION)


def measurement(year: OfficeYear) -> Table:
    """The year's measurement: table 3.2 without categories."""
    wanted = ("number", "outcome", "indicator", "unit_of_measure", "target", "realised", "achievement")
    rows = tuple(t3_02.row_of(year, indicator) for indicator in year.indicators)
    return Table(
        number="L.4",
        title=f"Pengukuran Kinerja {year.agency.name} Tahun {year.year}",
        **_only(wanted, t3_02.COLUMNS, rows),
        provisional=any(indicator.provisional for indicator in year.indicators),
    )


def efficiency(year: OfficeYear) -> Table:
    """Achievement, absorption and efficiency per indicator: table 3.6 without the money."""
    report = year.efficiency
    wanted = ("number", "outcome", "indicator", "achievement", "absorption", "efficiency", "verdict")
    return Table(
        number="L.5",
        title=f"Efisiensi Penggunaan Sumber Daya {year.agency.name} Tahun {year.year}",
        **_only(wanted, t3_06.columns(report), t3_06.indicator_rows(year)),
        notes=t3_06.notes(year),
        provisional=report.overall.efficiency.result.provisional,
    )


class _Grid(TypedDict):
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def _only(wanted: tuple[str, ...], columns: tuple[Column, ...], rows: tuple[Row, ...]) -> _Grid:
    """The columns with these keys, and their cells."""
    places = [place for place, column in enumerate(columns) if column.key in wanted]
    return {
        "columns": tuple(columns[place] for place in places),
        "rows": tuple(Row(tuple(row.cells[p] for p in places), row.kind, row.level) for row in rows),
    }
