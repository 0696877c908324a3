"""Tables 1.1 to 1.9 against the printed report."""

from collections.abc import Iterator

import pytest

from reporting.tables import build_table
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import StaffDimension
from tests.golden import reasons
from tests.golden.fidelity import Comparison, Section, Verdict

pytestmark = pytest.mark.django_db

UNITS = (
    "Kecamatan Palaran",
    "Kelurahan Rawa Makmur",
    "Kelurahan Bukuan",
    "Kelurahan Handil Bakti",
    "Kelurahan Simpang Pasir",
    "Kelurahan Bantuas",
)
# Per kelurahan: number of residents and share; the last row is the sum, with its RT, men and women.
POPULATION = {
    "Kelurahan Rawa Makmur": ("23.816", "39%"),
    "Kelurahan Bukuan": ("15.373", "25%"),
    "Kelurahan Handil Bakti": ("8.784", "14%"),
    "Kelurahan Simpang Pasir": ("7.413", "12%"),
    "Kelurahan Bantuas": ("5.315", "10%"),
    "Jumlah": ("60.701", "100%"),
}
POPULATION_SUMS = {"rt": "168", "male": "31.374", "female": "29.327"}
# The printed sums: per unit, then per category, then of all.
STAFF = {
    StaffDimension.AGE: ("29 14 14 15 12 16", "17 19 19 13 22 10", "100"),
    StaffDimension.GRADE: ("29 14 14 15 11 17", "0 10 39 3 25 23", "100"),
    StaffDimension.EDUCATION: ("29 14 14 15 12 16", "52 1 44 3", "100"),
    StaffDimension.POSITION: ("", "0 1 33 66", "100"),
    StaffDimension.GENDER: ("29 14 14 15 12 16", "60 40", "100"),
}
AKIP = {"2021": "B", "2022": "B", "2023": "BB", "2024": "A"}
AKIP_REASONS = {"2021": reasons.AKIP_BOUND}
SHARE_REASONS = {"Kelurahan Bantuas": reasons.SHARE_FAULT}


def sections(year: OfficeYear) -> list[Section]:
    return [
        Section(
            "Tabel 1.1 (penduduk)",
            "jumlah penduduk dan RT per kelurahan; jumlah dan persentase dihitung, persentase dibandingkan "
            "tanpa desimal seperti tercetak",
            tuple(_population(year)),
        ),
        Section(
            "Tabel 1.2 sampai 1.6 (aparatur)",
            "jumlah pegawai per unit kerja dan kategori; semua jumlah dihitung. Yang kosong pada cetakan "
            "adalah nol",
            tuple(_staff(year)),
        ),
        Section("Tabel 1.7 (sarana dan prasarana)", "daftar aset", tuple(_assets(year))),
        Section(
            "Tabel 1.8 (nilai AKIP)",
            "nilai LHE per tahun; predikat menurut skala PermenPANRB 88/2021",
            tuple(_akip(year)),
        ),
        Section(
            "Tabel 1.9 (tindak lanjut rekomendasi)",
            "rekomendasi LHE 2024; enam status yang sulit dibaca bertanda bintang",
            (Comparison("1.9", "Jumlah rekomendasi", "13", str(len(build_table(year, "1.9").rows))),),
        ),
    ]


def _population(year: OfficeYear) -> Iterator[Comparison]:
    table = build_table(year, "1.1")
    rows = {row.cells[1].printed: row for row in table.rows}
    total_at, share_at = table.keys.index("total"), table.keys.index("share")
    for name, (total, share) in POPULATION.items():
        label = "seluruhnya" if name == "Jumlah" else name
        yield Comparison("1.1", f"Jumlah {label}", total, rows[name].cells[total_at].printed)
        value = rows[name].cells[share_at].value
        assert value is not None
        ours = indonesian.percent(value, 0)
        yield Comparison("1.1", f"Persentase {label}", share, ours, SHARE_REASONS.get(name, ""))
    for key, printed in POPULATION_SUMS.items():
        label = table.columns[table.keys.index(key)].label
        yield Comparison(
            "1.1", f"Jumlah {label}", printed, rows["Jumlah"].cells[table.keys.index(key)].printed
        )


def _staff(year: OfficeYear) -> Iterator[Comparison]:
    for place, (dimension, (units, categories, total)) in enumerate(STAFF.items(), 2):
        number = f"1.{place}"
        found = year.staff[dimension]
        by_unit = {row.name: str(row.total) for row in found.rows}
        for name, printed in zip(UNITS, units.split(), strict=False):
            yield Comparison(number, f"Jumlah {name}", printed, by_unit[name])
        for category, printed, ours in zip(
            found.categories, categories.split(), found.total.counts, strict=True
        ):
            yield Comparison(number, f"Jumlah {category}", printed, str(ours))
        yield Comparison(number, "Jumlah seluruhnya", total, str(found.total.total))
    grade = {row.name: str(row.total) for row in year.staff[StaffDimension.GRADE].rows}
    age = {row.name: str(row.total) for row in year.staff[StaffDimension.AGE].rows}
    for name in ("Kelurahan Simpang Pasir", "Kelurahan Bantuas"):
        cell = f"Jumlah {name} dibandingkan Tabel 1.2"
        yield Comparison("1.3", cell, grade[name], age[name], reasons.COUNTED_TWICE)


def _assets(year: OfficeYear) -> Iterator[Comparison]:
    table = build_table(year, "1.7")
    yield Comparison("1.7", "Nomor terakhir", "68", table.rows[-2].cells[0].printed)
    place = table.keys.index("quantity")
    for number in (16, 17):
        yield Comparison("1.7", f"Jumlah nomor {number}", "-", table.rows[number - 1].cells[place].printed)


def _akip(year: OfficeYear) -> Iterator[Comparison]:
    for row in build_table(year, "1.8").printed_rows:
        yield Comparison("1.8", f"Kategori {row[1]}", AKIP[row[1]], row[3], AKIP_REASONS.get(row[1], ""))
    # The text of chapter III.C calls the same score "Baik".
    meaning = build_table(year, "1.8").printed_rows[-1][4]
    yield Comparison("III.C", "Makna nilai 80,25", "Baik", meaning, reasons.AKIP_WORD)


def test_every_difference_has_its_reason(palaran):
    found = sections(OfficeYear(palaran, 2025))
    assert [row for section in found for row in section.unexplained] == []
    different = [
        row.cell for section in found for row in section.comparisons if row.verdict is Verdict.DIFFERENT
    ]
    assert different == [
        "Persentase Kelurahan Bantuas",
        "Jumlah Kelurahan Simpang Pasir dibandingkan Tabel 1.2",
        "Jumlah Kelurahan Bantuas dibandingkan Tabel 1.2",
        "Kategori 2021",
        "Makna nilai 80,25",
    ]


def test_the_contradictions_of_table_1_3_are_told_below_it(palaran):
    notes = build_table(OfficeYear(palaran, 2025), "1.3").notes
    assert [note.split(":")[0] for note in notes[1:]] == ["Kelurahan Simpang Pasir", "Kelurahan Bantuas"]
