"""Tables 2.1 to 2.3 and the attachments RKT and PK against the printed report."""

from collections.abc import Iterator

import pytest

from reporting.tables import build_table
from reporting.tables.base import RowKind
from reporting.year import OfficeYear
from tests.golden import reasons
from tests.golden.fidelity import Comparison, Section, Verdict

pytestmark = pytest.mark.django_db

TERBILANG = (
    "Tiga Puluh Enam Milyar Tiga Ratus Tiga Puluh Sembilan Juta Empat Ratus Enam Puluh Tiga Ribu "
    "Tujuh Ratus Delapan Puluh Satu Rupiah"
)
TARGETS = {
    "2.2": ("88,55", "84,00"),
    "2.3": ("3,65",),
    "L.1": ("3,65",),
    "L.2": ("88,55", "84,00"),
    "L.3": ("3,65",),
}
PROGRAMMES = {
    "2.2a": ("13.918.549.463,00", "2.315.559.000,00", "20.105.355.318,00", "36.339.463.781,00"),
    "2.3a": ("13.561.193.558,00", "3.567.884.500,00", "20.074.199.368,00", ""),
    "L.2a": ("13.918.549.463,00", "2.315.559.000,00", "20.105.355.318,00", "36.339.463.781,00"),
    "L.3a": ("13.561.193.558,00", "3.567.884.500,00", "20.074.199.368,00", ""),
}
# The list under table 2.3: how many programmes, activities and sub-activities it names.
TREE = (("program", 0, "3"), ("kegiatan", 1, "9"), ("sub kegiatan", 2, "30"))


def sections(year: OfficeYear) -> list[Section]:
    return [
        Section(
            "Tabel 2.2, 2.3 dan lampiran RKT dan PK",
            "dokumen RKT, PK murni, dan PK perubahan; jumlah anggaran dan terbilang dihitung, jumlah PK "
            "perubahan tidak tercetak",
            tuple(_cells(year)),
        )
    ]


def _cells(year: OfficeYear) -> Iterator[Comparison]:
    for number, printed in TARGETS.items():
        for place, (target, row) in enumerate(
            zip(printed, build_table(year, number).printed_rows, strict=True), 1
        ):
            yield Comparison(number, f"Target {place}", target, row[-1])
    for number, printed in PROGRAMMES.items():
        for amount, row in zip(printed, build_table(year, number).printed_rows, strict=True):
            yield Comparison(number, f"Anggaran {row[1]}", amount, row[-1])
    levels = [row.level for row in build_table(year, "2.3b").rows if row.kind is not RowKind.TOTAL]
    for name, level, printed in TREE:
        ours = str(levels.count(level))
        reason = "" if ours == printed else reasons.INCOMPLETE_LIST
        yield Comparison("2.3", f"Jumlah {name} dalam daftar", printed, ours, reason)
    words = build_table(year, "2.2a").notes[0].removeprefix("Terbilang: ").removesuffix(".")
    yield Comparison("2.2", "Terbilang", TERBILANG, words, reasons.SPELLING)


def test_every_difference_has_its_reason(palaran):
    (section,) = sections(OfficeYear(palaran, 2025))
    assert section.unexplained == []
    assert [row.cell for row in section.comparisons if row.verdict is Verdict.DIFFERENT] == [
        "Jumlah kegiatan dalam daftar",
        "Jumlah sub kegiatan dalam daftar",
        "Terbilang",
    ]
    assert TERBILANG.replace("Milyar", "Miliar") == section.comparisons[-1].ours


def test_the_programmes_of_the_revised_agreement_are_those_of_the_budget(palaran):
    year = OfficeYear(palaran, 2025)
    agreed = [row[-1] for row in build_table(year, "2.3a").printed_rows]
    budgeted = [row.cells[-1].printed for row in build_table(year, "2.3b").rows if row.level == 0]
    assert agreed == budgeted
    assert agreed[-1] == "37.203.277.426,00"


def test_the_cascade_is_the_printed_one(palaran):
    rows = build_table(OfficeYear(palaran, 2025), "2.1").printed_rows
    assert len(rows) == 3
    assert rows[0][0] == "Meningkatnya Kualitas Pelayanan Publik (Sasaran RPJMD 4.1.2)"
    assert rows[0][1] == "Meningkatnya Kualitas Pelayanan Publik Perangkat Daerah"
