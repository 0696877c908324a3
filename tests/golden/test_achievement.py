"""Tables 3.1 to 3.6, 3.9 to 3.11 and the attachments on measurement and efficiency against the print."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from budget.efficiency import DEFINITIONS, EfficiencyInput, efficiency
from reporting.tables import build_table
from reporting.year import OfficeYear
from sakip.scoring.rounding import RoundingMode, rounded
from tests.golden import reasons
from tests.golden.fidelity import Comparison, Section, Verdict

pytestmark = pytest.mark.django_db

IPP_BANDS = (
    ("4,51 - 5,00", "A", "Pelayanan Prima"),
    ("4,01 - 4,50", "A-", "Sangat Baik"),
    ("3,51 - 4,00", "B", "Baik"),
    ("3,01 - 3,50", "B-", "Baik (Dengan Catatan)"),
    ("2,51 - 3,00", "C", "Cukup"),
    ("2,01 - 2,50", "C-", "Cukup (Dengan Catatan)"),
    ("1,51 - 2,00", "D", "Prioritas Pembinaan"),
    ("1,01 - 1,50", "E", "Prioritas Pembinaan"),
    ("0 - 1,00", "F", "Prioritas Pembinaan"),
)
HISTORY = {
    "Indeks Kepuasan Masyarakat (IKM)": "77,55 87,15 84,33 93,85 88,31 87,23 - -",
    "Persentase Jumlah Sarana": "65,00 100,00 82,00 99,56 83,00 99,66 - -",
    "Indeks Pelayanan Publik": "- - - - - - 3,65 1,53",
}
CORRECTIONS = {"AA": "0%", "A": "", "BB": "10%", "B": "15%", "CC": "20%", "C": "30%", "D": ""}


def sections(year: OfficeYear) -> list[Section]:
    return [
        Section("Tabel 3.1 (kategori)", "skala IPP pada kebijakan penilaian 2025", tuple(_bands(year))),
        Section(
            "Tabel 3.2 (target dan realisasi)",
            "target PK perubahan dan realisasi triwulan IPP (TW IV 2025: 1,53, dinyatakan penilai)",
            tuple(_achievement(year)),
        ),
        Section(
            "Tabel 3.3 (perbandingan tahun)",
            "hasil tahunan LKjIP 2022 sampai 2024 dan realisasi 2025; tanda “-” berarti belum ada",
            tuple(_history(year)),
        ),
        Section(
            "Tabel 3.4 dan 3.5 (target akhir Renstra, standar nasional)",
            "target Renstra 2025-2029; standar nasional dinyatakan tidak ada",
            tuple(_plan_and_standard(year)),
        ),
        Section(
            "Tabel 3.6 dan lampiran efisiensi",
            "capaian Tabel 3.2 dan realisasi resmi Tabel 3.7, dengan rumus yang dipilih kebijakan penilaian",
            tuple(_efficiency(year)),
        ),
    ]


def organisation_sections(year: OfficeYear) -> list[Section]:
    return [
        Section(
            "Tabel 3.9 dan 3.10 (penilaian kinerja organisasi)",
            "capaian Tabel 3.2, predikat AKIP Tabel 1.8, koreksi dan pita pada kebijakan penilaian 2025",
            tuple(_organisation(year)),
        ),
        Section(
            "Tabel 3.11 (penghargaan)",
            "daftar penghargaan; foto tidak disertakan",
            (Comparison("3.11", "Jumlah penghargaan", "11", str(len(build_table(year, "3.11").rows))),),
        ),
    ]


def every_section(year: OfficeYear) -> list[Section]:
    return [*sections(year), *organisation_sections(year)]


def _bands(year: OfficeYear) -> Iterator[Comparison]:
    rows = build_table(year, "3.1").printed_rows
    for (interval, label, meaning), ours in zip(IPP_BANDS, rows, strict=True):
        yield Comparison("3.1", f"Interval {label}", interval, ours[0], reasons.BOUNDS)
        yield Comparison("3.1", f"Kategori {label}", label, ours[1])
        yield Comparison("3.1", f"Makna {label}", meaning, ours[2])


def _achievement(year: OfficeYear) -> Iterator[Comparison]:
    (row,) = build_table(year, "3.2").rows
    target, realised, achieved, category = (cell.printed for cell in row.cells[4:])
    yield Comparison("3.2", "Target IPP", "3,65", target)
    yield Comparison("3.2", "Realisasi IPP", "1,53", realised)
    yield Comparison("3.2", "Capaian IPP", "41,91%", achieved, reasons.TRUNCATED)
    yield Comparison("3.2", "Kategori IPP", "D", category)
    yield Comparison("III.A.1", "Makna kategori D", "Buruk", row.cells[-1].note, reasons.CATEGORY_WORD)
    (attached,) = build_table(year, "L.4").printed_rows
    yield Comparison("L.4", "Capaian IPP", "41,91%", attached[-1], reasons.TRUNCATED)


def _history(year: OfficeYear) -> Iterator[Comparison]:
    for row in build_table(year, "3.3").printed_rows:
        printed = next(cells for name, cells in HISTORY.items() if row[1].startswith(name))
        for place, (theirs, ours) in enumerate(zip(printed.split(), row[3:11], strict=True)):
            what = "Realisasi" if place % 2 else "Target"
            yield Comparison("3.3", f"{what} {2022 + place // 2} {row[1]}", theirs, ours)
        if row[1].startswith("Indeks Pelayanan Publik"):
            yield Comparison("3.3", "Capaian IPP 2025", "41,91%", row[11], reasons.TRUNCATED)


def _plan_and_standard(year: OfficeYear) -> Iterator[Comparison]:
    (row,) = build_table(year, "3.4").printed_rows
    for place, target in enumerate(("3,65", "3,68", "3,71", "3,74", "3,80")):
        yield Comparison("3.4", f"Target {2025 + place}", target, row[3 + place])
    yield Comparison("3.4", "Capaian terhadap target akhir", "41,91%", row[-1], reasons.OWN_TARGET)
    (row,) = build_table(year, "3.5").printed_rows
    yield Comparison("3.5", "Standar nasional", "NA", row[-2], reasons.NO_STANDARD)
    yield Comparison("3.5", "Persentase capaian", "NA", row[-1], reasons.NO_STANDARD)


def _efficiency(year: OfficeYear) -> Iterator[Comparison]:
    for row in build_table(year, "3.6").printed_rows[:2]:
        name = row[1] if not row[2] else row[2]
        yield Comparison("3.6", f"Capaian {name}", "100%", row[3], reasons.ACHIEVEMENT_COLUMN)
        yield Comparison("3.6", f"Target biaya {name}", "37.203.277.426,00", row[4])
        yield Comparison("3.6", f"Penyerapan {name}", "36.123.140.441,00", row[5])
        yield Comparison("3.6", f"Efisiensi {name}", "23,18", row[7], reasons.NOT_REPRODUCED)
    (row,) = build_table(year, "L.5").printed_rows
    yield Comparison("L.5", "Capaian IPP", "41,91%", row[3], reasons.TRUNCATED)
    yield Comparison("L.5", "Penyerapan anggaran", "97,09%", row[4], reasons.TRUNCATED_ABSORPTION)
    yield Comparison("L.5", "Efisiensi", "23,18", row[5], reasons.NOT_REPRODUCED)


def _organisation(year: OfficeYear) -> Iterator[Comparison]:
    for row in build_table(year, "3.9").printed_rows:
        label = row[0].split(" ")[0]
        reason = "" if CORRECTIONS[label] else reasons.EMPTY_CELL
        yield Comparison("3.9", f"Koreksi {label}", CORRECTIONS[label], row[1], reason)
    rows = build_table(year, "3.10").printed_rows
    first = rows[0]
    yield Comparison("3.10", "Capaian", "41,91%", first[5], reasons.TRUNCATED)
    yield Comparison("3.10", "Normalisasi", "41,91%", first[6], reasons.TRUNCATED)
    yield Comparison("3.10", "Koreksi", "0,00%", first[7])
    yield Comparison("3.10", "Nilai akhir", "41,91%", first[8], reasons.TRUNCATED)
    yield Comparison("3.10", "Nilai SAKIP", "80,25", first[9])
    yield Comparison("3.10", "Total capaian PK", "41,91%", rows[1][8], reasons.TRUNCATED)
    yield Comparison("3.10", "Nilai Kinerja Organisasi", "41,91%", rows[2][8], reasons.TRUNCATED)
    yield Comparison("3.10", "Predikat", "Kurang", rows[3][8])


def test_every_difference_has_its_reason(palaran):
    found = every_section(OfficeYear(palaran, 2025))
    assert [row for section in found for row in section.unexplained] == []
    achieved = [
        (row.printed, row.ours)
        for section in found
        for row in section.comparisons
        if row.reason == reasons.TRUNCATED
    ]
    assert achieved == [("41,91%", "41,92%")] * 9


def test_the_print_cut_what_the_portal_rounds(palaran):
    year = OfficeYear(palaran, 2025)
    value = year.indicators[0].achievement.value
    assert rounded(value, 2, RoundingMode.TRUNCATE) == Decimal("41.91")
    assert rounded(value, 2) == Decimal("41.92")
    absorbed = year.budget.total.absorption.value
    assert rounded(absorbed, 2, RoundingMode.TRUNCATE) == Decimal("97.09")
    assert rounded(absorbed, 2) == Decimal("97.10")


def test_the_printed_efficiency_follows_from_no_definition(palaran):
    """Whatever the policy would choose; the year is inefficient by the one it has chosen."""
    year = OfficeYear(palaran, 2025)
    by_each = [efficiency(key, _inputs(year)) for key in DEFINITIONS]
    found = [one.result.printed() for one in by_each]
    assert found[:4] == [Decimal("-55.18"), Decimal("43.17"), Decimal("-0.57"), Decimal("2.90")]
    assert Decimal("23.18") not in found
    assert len(found) == len(DEFINITIONS)
    assert efficiency(year.policy.efficiency_definition, _inputs(year)).verdict == "tidak efisien"


def _inputs(year: OfficeYear) -> EfficiencyInput:
    return EfficiencyInput(year.mean_achievement, year.budget.total.absorption)


def test_only_two_cells_of_the_corrections_are_empty(palaran):
    cells = [
        (row.table, row.cell)
        for section in every_section(OfficeYear(palaran, 2025))
        for row in section.comparisons
        if row.verdict is Verdict.UNREADABLE
    ]
    assert cells == [("3.9", "Koreksi A"), ("3.9", "Koreksi D")]
