"""Every kind of fault is named: file, line, column, found, expected. All are, and nothing is loaded."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sakip.models import Agency, HistoryEntry
from tests.packs.building import (
    HEADINGS,
    as_another_agency,
    copy_palaran,
    faults_of,
    load,
    rows_of,
    spoil,
    write_dinas,
    write_rows,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dinas(tmp_path: Path) -> Path:
    return write_dinas(tmp_path / "dinas")


def found_in(folder: Path) -> list[tuple[str, int | None, str]]:
    return [(fault.file, fault.line, fault.column) for fault in faults_of(folder)]


@pytest.mark.parametrize(
    ("name", "line", "cells", "column", "found", "expected"),
    [
        ("ceilings", 2, {"amount_rp": "1,234"}, "amount_rp", "1,234", "titik desimal"),
        ("ceilings", 2, {"amount_rp": "-5"}, "amount_rp", "-5", "pagu tidak negatif"),
        ("ceilings", 2, {"amount_rp": ""}, "amount_rp", "", "angka"),
        ("years", 2, {"report_date": "31/01/2026"}, "report_date", "31/01/2026", "2025-01-31"),
        ("years", 2, {"year": "1999"}, "year", "1999", "2000"),
        ("units", 3, {"kind": "Bidang"}, "kind", "Bidang", "salah satu dari: office"),
        ("units", 3, {"slug": "bidang a"}, "slug", "bidang a", ""),
        ("units", 3, {"slug": "sekretariat"}, "slug", "sekretariat", "berbeda dari baris 2"),
        ("units", 2, {"parent": "bidang-a"}, "parent", "bidang-a", "pada baris sebelumnya"),
        ("units", 3, {"is_active": "mungkin"}, "is_active", "mungkin", "ya atau tidak"),
        ("agency", 2, {"name": "x" * 201}, "name", "x" * 201, "200 huruf"),
        ("agency", 2, {"slug": "panduan"}, "slug", "panduan", "alamat itu dipakai portal sendiri"),
        ("agency", 2, {"website": "bukan laman"}, "website", "bukan laman", "URL"),
        ("officials", 3, {"valid_until": "2024-01-01"}, "valid_from, valid_until", "", "tidak sesudah"),
        ("plans", 2, {"last_year": "2025"}, "first_year, last_year", "2025 / 2025", "sebelum"),
        ("nodes", 2, {"code": "7.1"}, "code", "7.1", "7.01.01"),
        ("nodes", 4, {"parent": ""}, "level, parent", "sub_kegiatan / ", "program tanpa induk"),
        ("nodes", 4, {"parent": "X"}, "parent", "X", "kunci yang ada"),
        ("indicators", 4, {"unit": "bidang-z"}, "unit", "bidang-z", "units.csv"),
        ("indicators", 3, {"outcome": "9"}, "plan, objective, outcome", "2025 / 1 / 9", "outcomes.csv"),
        ("indicators", 3, {"objective": ""}, "plan, objective, outcome", "2025 /  / 1", "outcomes.csv"),
        ("indicators", 3, {"node": "S"}, "plan, objective, outcome, node", "", "paling banyak satu"),
        ("indicator_definitions", 3, {"lower_bound": "9"}, "polarity, lower_bound", "", "batas bawah"),
        ("targets", 3, {"value": "NA"}, "value", "NA", "tidak_berlaku"),
        ("targets", 2, {"quarter": "1"}, "kind, quarter", "annual / 1", "triwulan 1 sampai 4"),
        ("agreements", 2, {"revision": "1"}, "kind, revision", "murni / 1", "perubahan"),
        ("budget_lines", 2, {"funding_source": "XYZ"}, "funding_source", "XYZ", "PAD"),
        ("budget_lines", 3, {"funding_source": "PAD"}, "year, unit, node, funding_source", "", "baris 2"),
        ("ceilings", 2, {"funding_source": ""}, "year, unit, node, funding_source", "", "budget_lines.csv"),
        ("measurements", 2, {"quarter": "2"}, "unit, year, quarter", "bidang-a / 2025 / 2", "quarters.csv"),
    ],
)
def test_a_faulty_cell_is_named(dinas, name, line, cells, column, found, expected):
    spoil(dinas, name, line, **cells)
    faults = [fault for fault in faults_of(dinas) if fault.file == f"{name}.csv" and fault.line == line]
    assert faults
    assert any(
        fault.column.startswith(column) and found in fault.found and expected in fault.expected
        for fault in faults
    ), [str(fault) for fault in faults]
    assert not Agency.objects.filter(slug="dinas-contoh").exists()


def test_the_same_indicator_twice_in_an_agreement_is_named(dinas):
    path = dinas / "agreement_indicators.csv"
    first = rows_of(path)[0]
    write_rows(path, HEADINGS["agreement_indicators"], [first, first | {"number": "2"}])
    columns = "year, kind, revision, indicator"
    assert found_in(dinas) == [("agreement_indicators.csv", 3, columns)]


@pytest.mark.parametrize(
    ("content", "line", "column", "expected"),
    [
        (None, None, "", "berkas ini ada"),
        (b"", 1, "", "baris judul"),
        (b"slug;name\nx;y\n", 1, "", "titik koma"),
        (b"slug\tname\nx\ty\n", 1, "", "tab"),
        (b"name,place,province\nA,B,C\n", 1, "head_title", "kolom ini ada"),
        (b"name,place,province,head_title,extra\nA,B,C,D,E\n", 1, "extra", "baris judul"),
        (b"name,name,place,province,head_title\nA,A,B,C,D\n", 1, "name", "sekali saja"),
        (b"name,place,province,head_title\nA,B,C\n", 2, "", "4 sel"),
        (b"name,place,province,head_title\nA,B,C,D,E\n", 2, "", "4 sel"),
        (b'name,place,province,head_title\n"A,B,C,D\n', None, "", "tanda kutip"),
        (b"name,place,province,head_title\nA,B,\xe9,D\n", 2, "", "UTF-8"),
        (b"name,place,province,head_title\nA,B,C,D\nE,F,G,H\n", None, "", "tepat satu baris"),
        (b"name,place,province,head_title\n", None, "", "tepat satu baris"),
    ],
)
def test_a_faulty_file_is_named(dinas, content, line, column, expected):
    path = dinas / "government.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    faults = [fault for fault in faults_of(dinas) if fault.file == "government.csv"]
    assert any(fault.column == column and expected in fault.expected for fault in faults)
    assert line is None or line in {fault.line for fault in faults}


def test_a_file_that_the_pack_does_not_know_is_named(dinas):
    (dinas / "target.csv").write_text("a,b\n1,2\n")
    assert found_in(dinas) == [("target.csv", None, "")]


def test_a_folder_that_is_none_is_named(tmp_path):
    assert next(fault.found for fault in faults_of(tmp_path / "tidak-ada")) == "bukan folder"


def test_all_faults_are_collected(dinas):
    spoil(dinas, "years", 2, report_date="kemarin")
    spoil(dinas, "ceilings", 2, amount_rp="1.000.000")
    spoil(dinas, "units", 3, kind="seksi")
    assert found_in(dinas) == [
        ("ceilings.csv", 2, "amount_rp"),
        ("units.csv", 3, "kind"),
        ("years.csv", 2, "report_date"),
    ]


def test_one_fault_keeps_everything_out(tmp_path, palaran):
    folder = as_another_agency(copy_palaran(tmp_path), "lain")
    spoil(folder, "awards", 12, rank="")
    agencies, lines = Agency.objects.count(), HistoryEntry.objects.count()
    assert [(fault.file, fault.line, fault.column) for fault in faults_of(folder)] == [
        ("awards.csv", 12, "rank")
    ]
    assert (Agency.objects.count(), HistoryEntry.objects.count()) == (agencies, lines)


def test_the_command_lists_the_faults_and_fails(dinas):
    spoil(dinas, "ceilings", 2, amount_rp="1,234")
    with pytest.raises(CommandError) as failed:
        call_command("load_agency", dinas)
    assert "1 kesalahan; tidak ada yang dimuat" in str(failed.value)
    assert "ceilings.csv, baris 2, kolom amount_rp: ditemukan “1,234”, seharusnya angka" in str(failed.value)


def test_a_byte_order_mark_and_own_columns_do_no_harm(dinas):
    path = dinas / "years.csv"
    rows = [row | {"_catatan": "untuk kami sendiri"} for row in rows_of(path)]
    write_rows(path, (*HEADINGS["years"], "_catatan"), rows)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n,,,,,,\r\n")
    assert load(dinas).created["years.csv"] == 1


def test_line_numbers_count_lines_inside_quotes(dinas):
    path = dinas / "missions.csv"
    text = 'plan,number,text,is_carried\n2025,1,"Misi\ndua baris",ya\n2025,2,Misi,entah\n'
    path.write_text(text)
    assert found_in(dinas) == [("missions.csv", 4, "is_carried")]
