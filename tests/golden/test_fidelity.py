"""Writes docs/fidelity.md: our tables against the printed report of 2025, difference by difference."""

from pathlib import Path

import pytest

from reporting.figures import figures
from reporting.year import OfficeYear
from sakip.indonesian import unbound
from tests.golden import test_achievement, test_agreements, test_budget, test_e81, test_profile
from tests.golden.fidelity import Comparison, Section, Verdict

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fidelity.md"
INTRODUCTION = """# Fidelity to the printed report

Written by `tests/golden/test_fidelity.py`; do not edit. Every derived cell of the printed LKjIP 2025 is
compared with ours; cells that are the same are counted, and every difference has its reason. Figures are
written as they are printed, with dots between thousands; (S) is *Sementara*. "Sumber" says which data a
table of ours uses. The curve of the quarters is the office's row of table 3.8 as printed; absorption and
efficiency rest on the official realisations of table 3.7."""


# What a reader looks for first: where it stands in the sections below.
MAIN = (
    *((table, "Jumlah seluruhnya") for table in ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6")),
    ("Ringkasan", "Jumlah program"),
    ("Ringkasan", "Jumlah kegiatan"),
    ("Ringkasan", "Jumlah sub kegiatan"),
    ("3.2", "Capaian IPP"),
    ("3.4", "Capaian terhadap target akhir"),
    ("3.6", "Efisiensi Keseluruhan tahun 2025"),
    ("3.7", "Pagu Jumlah Kecamatan Palaran"),
    ("3.7", "Realisasi Jumlah Kecamatan Palaran"),
    ("3.7", "Serapan Jumlah Kecamatan Palaran"),
    ("3.8", "Rata-rata K Kecamatan Palaran"),
    ("3.8", "Rp Kecamatan Palaran"),
    ("3.10", "Nilai Kinerja Organisasi"),
    ("3.10", "Predikat"),
)
# The office's own row of table 3.8, and the budget lines that the print calls sub-activities.
PRINTED_FIGURES = {
    "budget.lines": ("3.7", "Jumlah baris anggaran", "56"),
    "quarters.q1.spent": ("3.8", "Realisasi TW I", "Rp 2.541.190.055,00"),
    "quarters.q2.spent": ("3.8", "Realisasi TW II", "Rp 7.275.599.883,00"),
    "quarters.q3.spent": ("3.8", "Realisasi TW III", "Rp 12.972.124.126,00"),
    "quarters.q4.spent": ("3.8", "Realisasi TW IV", "Rp 11.872.911.292,00"),
    "quarters.q4.cumulated": ("3.8", "Realisasi setahun", "Rp 34.661.825.356,00"),
}


def main_figures(year: OfficeYear, sections: list[Section]) -> Section:
    found = {(row.table, row.cell): row for section in sections for row in section.comparisons}
    named = figures(year)
    taken = [
        Comparison(table, cell, printed, unbound(named[key].printed))
        for key, (table, cell, printed) in PRINTED_FIGURES.items()
    ]
    percentages = [row for key, row in found.items() if key[0] == "3.7" and key[1].startswith("Serapan ")]
    computed = [row for row in percentages if row.ours != "pagu nol"]
    same = sum(row.verdict is Verdict.SAME for row in computed)
    formula = f"{named['efficiency.definition'].printed} ({named['efficiency.formula'].printed})"
    source = (
        "bagian-bagian di bawah ini dan angka bernama laporan; "
        f"rumus efisiensi {formula}; persentase serapan Tabel 3.7 yang dapat dihitung ulang: "
        f"{same} dari {len(computed)} sama dengan cetakan, {len(percentages) - len(computed)} berpagu nol"
    )
    return Section("Angka pokok", source, (*(found[key] for key in MAIN), *taken), lists_all=True)


def sections_of(year: OfficeYear) -> list[Section]:
    """The main figures, then every section in the order of the report."""
    sections = _sections_of(year)
    return [main_figures(year, sections), *sections]


def _sections_of(year: OfficeYear) -> list[Section]:
    return [
        *test_profile.sections(year),
        *test_agreements.sections(year),
        *test_achievement.sections(year),
        *test_budget.sections(year),
        test_e81.section(year),
        *test_achievement.organisation_sections(year),
    ]


@pytest.mark.django_db
def test_the_document_says_what_the_tables_say(palaran):
    sections = sections_of(OfficeYear(palaran, 2025))
    assert [row for section in sections for row in section.unexplained] == []
    text = "\n\n".join([INTRODUCTION, *(section.markdown() for section in sections)]) + "\n"
    before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    if before != text:
        DOCUMENT.write_text(text, encoding="utf-8")
    assert before == text, (
        "docs/fidelity.md was out of date and has been written anew; look at it and commit it"
    )
