"""Packs for the tests: a copy of the real one to spoil, and a small made-up Dinas."""

import csv
import shutil
from pathlib import Path

from django.utils import timezone

from budget.packs import AGENCY_PACK
from sakip.packs.describing import files_of, write_empty_pack
from sakip.packs.faults import Fault, PackFaultsError
from sakip.packs.loading import Loaded, OnDifference, load_pack

PALARAN = Path("fixtures/palaran_2025")
HEADINGS = {spec.name: spec.headings for spec in files_of(AGENCY_PACK)}

DINAS = {
    "government": [{"name": "Pemerintah Kota Contoh", "place": "Contoh", "head_title": "Walikota Contoh"}],
    "agency": [
        {
            "government": "Pemerintah Kota Contoh",
            "slug": "dinas-contoh",
            "name": "Dinas Contoh",
            "kind": "dinas",
            "head_title": "Kepala Dinas",
        }
    ],
    "units": [
        {"slug": "sekretariat", "name": "Sekretariat", "kind": "office", "sort_order": "0"},
        {
            "parent": "sekretariat",
            "slug": "bidang-a",
            "name": "Bidang A",
            "kind": "bidang",
            "sort_order": "1",
        },
    ],
    "officials": [
        {"government": "Pemerintah Kota Contoh", "agency": "dinas-contoh", "title": "Kepala Dinas"},
        {
            "government": "Pemerintah Kota Contoh",
            "agency": "dinas-contoh",
            "unit": "bidang-a",
            "title": "Kepala Bidang",
            "acting": "Plt.",
            "valid_from": "2025-01-01",
            "valid_until": "2025-12-31",
        },
    ],
    "plans": [{"first_year": "2025", "last_year": "2029", "vision": "Contoh Maju"}],
    "missions": [{"plan": "2025", "number": "1", "text": "Misi", "is_carried": "ya"}],
    "objectives": [{"plan": "2025", "mission": "1", "number": "1", "text": "Tujuan"}],
    "outcomes": [{"plan": "2025", "objective": "1", "number": "1", "text": "Sasaran"}],
    "nodes": [
        {"key": "P", "level": "program", "nomenclature_year": "2023", "name": "Program"},
        {"parent": "P", "key": "K", "level": "kegiatan", "nomenclature_year": "2023", "name": "Kegiatan"},
        {"parent": "K", "key": "S", "level": "sub_kegiatan", "nomenclature_year": "2023", "name": "Sub"},
    ],
    "indicators": [
        {"key": "tujuan", "unit": "sekretariat", "plan": "2025", "objective": "1"},
        {
            "key": "sasaran",
            "unit": "sekretariat",
            "plan": "2025",
            "objective": "1",
            "outcome": "1",
            "is_key": "ya",
        },
        {"key": "sub", "unit": "bidang-a", "node": "S"},
    ],
    "indicator_definitions": [
        {"indicator": "sasaran", "valid_from_year": "2025", "name": "Indeks", "combine": "last"},
        {
            "indicator": "sub",
            "valid_from_year": "2025",
            "name": "Suhu",
            "polarity": "range",
            "lower_bound": "2",
            "upper_bound": "8",
            "combine": "mean",
        },
    ],
    "targets": [
        {"indicator": "sasaran", "kind": "annual", "year": "2025", "quarter": "0", "value": "80.5"},
        {"indicator": "sub", "kind": "action_plan", "year": "2025", "quarter": "1", "value": "nihil"},
        {"indicator": "sub", "kind": "action_plan", "year": "2025", "quarter": "2", "value": "tidak_berlaku"},
        {"indicator": "sub", "kind": "action_plan", "year": "2025", "quarter": "3", "value": "0"},
        {"indicator": "sub", "kind": "action_plan", "year": "2025", "quarter": "4"},
    ],
    "agreements": [
        {
            "plan": "2025",
            "year": "2025",
            "kind": "murni",
            "revision": "0",
            "title": "PK 2025",
            "signed_on": "2025-01-30",
            "first_party_title": "Kepala Dinas",
        }
    ],
    "agreement_indicators": [
        {
            "year": "2025",
            "kind": "murni",
            "revision": "0",
            "indicator": "sasaran",
            "number": "1",
            "outcome_text": "Sasaran",
            "target": "80.5",
        }
    ],
    "years": [{"year": "2025", "report_date": "2026-01-31"}],
    "quarters": [{"unit": "bidang-a", "year": "2025", "quarter": "1", "state": "draft"}],
    "measurements": [
        {"unit": "bidang-a", "year": "2025", "quarter": "1", "indicator": "sub", "value": "7.5"}
    ],
    "budget_versions": [{"year": "2025", "number": "1", "kind": "murni"}],
    "budget_lines": [
        {"unit": "bidang-a", "node": "S", "year": "2025", "funding_source": "PAD"},
        {"unit": "bidang-a", "node": "S", "year": "2025", "funding_source": "DAU"},
    ],
    "ceilings": [
        {
            "year": "2025",
            "version": "1",
            "unit": "bidang-a",
            "node": "S",
            "funding_source": "PAD",
            "amount_rp": "1500000.50",
        }
    ],
}


def write_dinas(folder: Path) -> Path:
    """The small agency's pack, filled in from the empty one."""
    write_empty_pack(folder, AGENCY_PACK)
    for name, rows in DINAS.items():
        write_rows(folder / f"{name}.csv", HEADINGS[name], rows)
    return folder


def copy_palaran(folder: Path) -> Path:
    return shutil.copytree(PALARAN, folder / "palaran")


def as_another_agency(folder: Path, slug: str) -> Path:
    """The copied pack under another name, so that all of it is new to the portal."""
    government = "Pemerintah Kota Lain"
    spoil(folder, "government", 2, name=government)
    spoil(folder, "agency", 2, slug=slug, government=government)
    for line, row in enumerate(rows_of(folder / "officials.csv"), 2):
        spoil(folder, "officials", line, government=government, agency=slug if row["agency"] else "")
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, headings: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def spoil(folder: Path, name: str, line: int, /, **cells: str) -> None:
    """Write other cells into a line of a file (the header is line 1)."""
    path = folder / f"{name}.csv"
    rows = rows_of(path)
    rows[line - 2] |= cells
    write_rows(path, HEADINGS[name], rows)


def load(folder: Path, mode: OnDifference = OnDifference.REFUSE) -> Loaded:
    return load_pack(folder, AGENCY_PACK, at=timezone.now(), on_difference=mode)


def faults_of(folder: Path) -> list[Fault]:
    """What the pack's loading complains of; nothing when it loads."""
    try:
        load(folder)
    except PackFaultsError as error:
        return error.faults
    return []
