"""manage.py lkjip: the report as a file that is whole or not there, in each format."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reporting.management.commands.lkjip import write_whole
from reporting.models import Narrative

pytestmark = pytest.mark.django_db


def run(*arguments):
    errors = io.StringIO()
    call_command("lkjip", *arguments, stderr=errors)
    return errors.getvalue()


def test_json_is_written_and_progress_goes_to_standard_error(palaran, tmp_path):
    target = tmp_path / "baru" / "lkjip.json"
    said = run("palaran", "2025", "--format", "json", "-o", str(target))
    data = json.loads(target.read_text(encoding="utf-8"))
    assert (data["agency"], data["year"]) == ("palaran", 2025)
    assert "Selesai" in said
    assert list(target.parent.iterdir()) == [target]


def test_a_dash_writes_to_standard_output_alone(palaran, capfdbinary):
    run("palaran", "2025", "--format", "json", "-o", "-")
    sys.stdout.flush()
    assert json.loads(capfdbinary.readouterr().out)["agency"] == "palaran"


def test_html_is_one_file_in_indonesian(palaran, tmp_path):
    target = tmp_path / "lkjip.html"
    run("palaran", "2025", "--format", "html", "-o", str(target))
    text = target.read_text(encoding="utf-8")
    assert '<html lang="id">' in text
    assert "<link" not in text
    assert "Ringkasan Eksekutif" in text


def test_an_unknown_agency_is_told_which_there_are(palaran, tmp_path):
    with pytest.raises(CommandError, match=r"“entah” tidak dikenal\. Yang ada: palaran"):
        run("entah", "2025", "-o", str(tmp_path / "x"))


def test_a_year_without_data_is_told_which_there_are(palaran, tmp_path):
    with pytest.raises(CommandError, match=r"2019\. Yang ada: 2025, 2026"):
        run("palaran", "2019", "-o", str(tmp_path / "x"))
    assert list(tmp_path.iterdir()) == []


def test_a_fault_in_the_offices_text_leaves_no_file(palaran, tmp_path):
    Narrative.objects.create(agency=palaran, year=2025, section="IV.A", text="{{ tidak.ada }}")
    with pytest.raises(CommandError, match=r"tidak\.ada"):
        run("palaran", "2025", "--format", "json", "-o", str(tmp_path / "lkjip.json"))
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "lkjip.pdf"
    target.write_bytes(b"lama")

    def broken(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr("reporting.management.commands.lkjip.os.fsync", broken)
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, b"baru")
    assert target.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [target]


# ---------------------------------------------------------------- the workbook
@pytest.fixture
def workbook(palaran, tmp_path):
    target = tmp_path / "lkjip.xlsx"
    run("palaran", "2025", "--format", "xlsx", "-o", str(target))
    return load_workbook(target)


def test_the_workbook_has_a_sheet_for_each_table_and_the_figures(workbook):
    assert workbook.sheetnames[0] == "Angka"
    assert "Tabel 3.7" in workbook.sheetnames
    assert len(workbook.sheetnames) == 1 + 26 + 7


def test_numbers_are_numbers_with_the_decimals_that_are_printed(workbook):
    sheet = workbook["Tabel 3.7"]
    assert [cell.value for cell in sheet[5]][:2] == ["Jumlah Kecamatan Palaran", 37203277426]
    ceiling, absorption = sheet["B5"], sheet["E5"]
    assert ceiling.number_format == "#,##0.00"
    assert absorption.number_format == '#,##0.00"%"'
    assert float(absorption.value) == pytest.approx(97.0966, abs=1e-4)


def test_no_cell_is_a_formula(palaran, tmp_path):
    unit = palaran.units.first()
    unit.report_name = '=HYPERLINK("x")'
    unit.save()
    target = tmp_path / "lkjip.xlsx"
    run("palaran", "2025", "--format", "xlsx", "-o", str(target))
    cells = [cell for sheet in load_workbook(target) for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))
