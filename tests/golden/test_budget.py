"""Table 3.7 and the budget figures of the text against the printed report."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporting.figures import figures
from reporting.tables import build_table
from reporting.year import OfficeYear
from sakip.indonesian import unbound
from sakip.models import ProgrammeNode
from tests.golden import reasons
from tests.golden.fidelity import Comparison, Section, Verdict

pytestmark = pytest.mark.django_db

PRINTED = Path(__file__).with_name("printed_3_7.csv")
COLUMNS = {"ceiling": "Pagu", "physical": "Fisik", "realised": "Realisasi", "absorption": "Serapan"}
# Figures of the text that rest on table 3.7: where they stand, what they say, the figure of ours.
TEXT = (
    ("Ringkasan", "Jumlah program", "3", "budget.programmes", ""),
    ("Ringkasan", "Jumlah kegiatan", "10", "budget.activities", ""),
    ("Ringkasan", "Jumlah sub kegiatan", "56", "budget.sub_activities", reasons.SUB_ACTIVITIES),
    ("Ringkasan", "Serapan", "97,10%", "budget.absorption", ""),
    ("III.A.6", "Dana yang tidak terserap", "Rp 1.080.136.965,00", "budget.unspent", reasons.UNSPENT_FAULT),
    ("III.A.6", "Efisiensi anggaran", "Rp 1.080.136.985,00", "budget.unspent", ""),
    ("III.B", "Jumlah kegiatan", "7", "budget.activities", reasons.SEVEN_ACTIVITIES),
    ("III.B", "Pagu", "Rp 37.203.277.426,00", "budget.ceiling", ""),
    ("III.B", "Realisasi", "Rp 36.123.140.441,00", "budget.realised", ""),
)


def sections(year: OfficeYear) -> list[Section]:
    return [
        Section(
            "Tabel 3.7 (realisasi anggaran)",
            "pagu anggaran perubahan dan realisasi resmi (LRA) per baris; jumlah, serapan, dan fisik unit "
            "kerja dihitung",
            (*_cells(year), *_text(year)),
        )
    ]


def printed_rows() -> list[dict[str, str]]:
    with PRINTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def our_cells(year: OfficeYear) -> dict[tuple[str, str], dict[str, str]]:
    """The table's rows by unit and name; sums stand under an empty name, the whole under an empty unit."""
    table = build_table(year, "3.7")
    found: dict[tuple[str, str], dict[str, str]] = {}
    unit = ""
    for row in table.rows:
        cells = dict(zip(table.keys, (cell.printed for cell in row.cells), strict=True))
        if row.level < 2:
            unit = cells["name"] if row.level else ""
            found[(unit, "")] = cells
        elif row.level == 4:
            found[(unit, cells["name"])] = cells
    return found


def _cells(year: OfficeYear) -> Iterator[Comparison]:
    names = dict(ProgrammeNode.objects.filter(agency=year.agency).values_list("key", "name"))
    units = {unit.slug: unit.printed_name for unit in year.units} | {"": ""}
    ours = our_cells(year)
    for row in printed_rows():
        unit, name = units[row["unit"]], names[row["node"]] if row["node"] else ""
        label = (name and f"{name} ({unit})") or unit or f"Jumlah {year.agency.name}"
        for column, heading in COLUMNS.items():
            mine = ours[(unit, name)][column]
            reason = reasons.ZERO_CEILING if mine == "pagu nol" else ""
            yield Comparison("3.7", f"{heading} {label}", row[column], mine, reason)


def _text(year: OfficeYear) -> Iterator[Comparison]:
    named = figures(year)
    for place, cell, printed, key, reason in TEXT:
        yield Comparison(place, cell, printed, unbound(named[key].printed), reason)


def test_every_difference_has_its_reason(palaran):
    (section,) = sections(OfficeYear(palaran, 2025))
    assert section.unexplained == []
    different = [row.cell for row in section.comparisons if row.verdict is Verdict.DIFFERENT]
    assert different == [
        "Serapan Penyediaan Bahan Bacaan dan Peraturan Perundang-undangan (Kecamatan Palaran)",
        "Serapan Pengadaan Peralatan dan Mesin Lainnya (Kecamatan Palaran)",
        "Jumlah sub kegiatan",
        "Dana yang tidak terserap",
        "Jumlah kegiatan",
    ]


def test_all_61_percentages_that_can_be_worked_out_are_the_printed_ones(palaran):
    (section,) = sections(OfficeYear(palaran, 2025))
    percentages = [
        row for row in section.comparisons if row.cell.startswith("Serapan ") and row.table == "3.7"
    ]
    assert len(percentages) == 63
    assert sum(1 for row in percentages if row.verdict is Verdict.SAME) == 61


def test_every_line_is_compared(palaran):
    printed = printed_rows()
    assert len([row for row in printed if row["node"]]) == 56
    assert len([row for row in printed if not row["node"]]) == 7
    assert len(our_cells(OfficeYear(palaran, 2025))) == 63
