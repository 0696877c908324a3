"""What a workbook can hold that cannot be taken as it stands: doubts are asked, faults are marked."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet

from budget.actions.entry import save_entries
from budget.models import BudgetLine, QuarterlyRealisation
from budget.sheets.layout import ENTRY_SHEET, PLACES, PROBLEM_SHEET
from sakip.actions.measurement import Edit
from sakip.scoring.values import MISSING, Measured
from tests.budget.sheet_tools import (
    address,
    apply,
    client_of,
    downloaded,
    edited,
    fill,
    opened,
    row_of,
    saved,
    send,
)
from tests.world import Office, make_office


@pytest.fixture
def office(db) -> Office:
    return make_office()


@pytest.fixture
def client(office):
    return client_of(office.people["operator"])


@pytest.fixture
def line(office) -> BudgetLine:
    return office.line(office.village)


@pytest.fixture
def key(line) -> str:
    return f"l{line.pk}"


def row_in_portal(line: BudgetLine) -> QuarterlyRealisation:
    return QuarterlyRealisation.objects.get(line=line, unit_quarter__quarter=4)


def type_in_portal(office: Office, line: BudgetLine, **edits: Edit) -> None:
    save_entries(
        unit_quarter=office.quarter(line.unit),
        realisations={line: edits},
        measurements={},
        by=office.people["planner"],
        at=timezone.now(),
    )


# ---------------------------------------------------------------- numbers that may mean several things
@pytest.mark.parametrize(
    ("cell", "value", "readings"),
    [
        ("amount", "1,234,567.89", ("1234567,89",)),
        ("physical", "1.234", ("1234", "1,234")),
        ("physical", timedelta(hours=97, minutes=13), ("97,13",)),
        ("physical", datetime(1900, 1, 4, 1, 13), ("97,13",)),  # noqa: DTZ001
    ],
)
def test_a_doubtful_number_is_asked_about(office, client, line, key, cell, value, readings):
    shown = send(office, client, edited(downloaded(office, client), lambda s: fill(s, key, cell, value)))
    (change,) = shown.context["preview"].changes
    assert (change.new, change.readings) == (None, readings)
    assert apply(office, client, shown).status_code == 422
    assert apply(office, client, shown, **{change.name: "77"}).status_code == 422
    assert not QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=4).exists()


def test_the_reading_that_was_chosen_is_written(office, client, line, key):
    shown = send(
        office,
        client,
        edited(
            downloaded(office, client), lambda s: fill(s, key, "physical", timedelta(hours=97, minutes=13))
        ),
    )
    assert apply(office, client, shown, **{f"{key}-physical": "97,13"}).status_code == 302
    assert row_in_portal(line).physical == Measured.of(Decimal("97.13"))


def test_a_reading_that_is_itself_wrong_is_asked_again(office, client, key):
    shown = send(
        office, client, edited(downloaded(office, client), lambda s: fill(s, key, "physical", "1.234"))
    )
    refused = apply(office, client, shown, **{f"{key}-physical": "1234"})
    assert (refused.status_code, "melebihi 100" in refused.content.decode()) == (422, True)
    assert not QuarterlyRealisation.objects.filter(unit_quarter=office.quarter(office.village)).exists()
    assert apply(office, client, shown, **{f"{key}-physical": "1,234"}).status_code == 302


# ---------------------------------------------------------------- mendable faults, marked in the file
def spoilt_cells(sheet: Worksheet, key: str) -> None:
    fill(sheet, key, "amount", "=1+1")
    fill(sheet, key, "physical", 120)
    fill(sheet, key, "obstacle", "x" * 2001)


@pytest.mark.parametrize(
    ("cell", "value", "word", "message"),
    [
        ("amount", "=SUM(A1:A2)", None, "rumus"),
        ("amount", "#REF!", None, "kesalahan Excel #REF!"),
        ("amount", True, None, "BENAR atau SALAH"),
        ("amount", datetime(2026, 2, 1), None, "tanggal 01/02/2026"),  # noqa: DTZ001
        ("amount", -5, None, "negatif"),
        ("amount", 1e14, None, "terlalu besar"),
        ("amount", 1e20, None, "terlalu besar"),
        ("amount", 1e300, None, "di luar jangkauan"),
        ("amount", "dua juta", None, "bukan angka"),
        ("amount", 5, "nihil", "keterangannya nihil"),
        ("amount", "nihil", "tidak berlaku", "keterangannya tidak berlaku"),
        ("amount", None, "kosong", "bukan keterangan"),
        ("physical", 100.5, None, "melebihi 100"),
        ("physical", 33.3333333, None, "di belakang koma"),
        ("obstacle", "x" * 2001, None, "Terlalu panjang"),
        ("obstacle", "=1+1", None, "rumus"),
    ],
)
def test_a_fault_is_explained_at_its_cell(office, client, key, cell, value, word, message):
    shown = send(
        office, client, edited(downloaded(office, client), lambda s: fill(s, key, cell, value, word))
    )
    (problem,) = shown.context["preview"].problems
    assert message in problem.message
    assert problem.mend
    assert not shown.context["preview"].can_apply
    assert not QuarterlyRealisation.objects.filter(unit_quarter=office.quarter(office.village)).exists()


def test_faults_stand_in_the_order_of_the_sheet(office, client, line, key):
    def spoil(sheet: Worksheet) -> None:
        fill(sheet, key, "amount", -5)
        fill(sheet, key, "physical", "=1+1")
        fill(sheet, key, "obstacle", "x" * 2001)

    shown = send(office, client, edited(downloaded(office, client), spoil))
    columns = [PLACES[name] for name in ("nilai", "fisik", "kendala")]
    assert [problem.column for problem in shown.context["preview"].problems] == sorted(columns)


def test_the_own_file_comes_back_marked_and_can_be_mended(office, client, line, key):
    shown = send(office, client, edited(downloaded(office, client), lambda s: spoilt_cells(s, key)))
    places = {problem.place for problem in shown.context["preview"].problems}
    marked = client.get(address(office, "sheet_problems"))
    assert marked["Content-Disposition"] == 'attachment; filename="periksa-isian.xlsx"'
    book = opened(marked.content)
    sheet = book[ENTRY_SHEET]
    noted = {
        cell.coordinate for row in sheet for cell in row if cell.comment and "perbaiki" in cell.comment.author
    }
    assert noted == places
    assert {sheet[place].fill.fgColor.rgb for place in places} == {"00F6C9C9"}
    assert [row[1] for row in book[PROBLEM_SHEET].iter_rows(min_row=2, values_only=True)] == [
        problem.place for problem in shown.context["preview"].problems
    ]
    fill(sheet, key, "amount", 100)
    fill(sheet, key, "physical", 50)
    fill(sheet, key, "obstacle", "=1")
    once_more = send(office, client, saved(book))
    (problem,) = once_more.context["preview"].problems
    assert "rumus" in problem.message
    book = opened(client.get(address(office, "sheet_problems")).content)
    sheet = book[ENTRY_SHEET]
    noted = {
        cell.coordinate for row in sheet for cell in row if cell.comment and "perbaiki" in cell.comment.author
    }
    assert noted == {problem.place}
    fill(sheet, key, "obstacle", "Cuaca")
    assert apply(office, client, send(office, client, saved(book))).status_code == 302
    assert row_in_portal(line).amount == Measured.of(100)


def test_rows_doubled_strange_or_shifted_are_said(office, client, line, key):
    def shift(sheet: Worksheet) -> None:
        first, last = row_of(sheet, key), sheet.max_row
        sheet.cell(last + 1, PLACES["kunci"]).value = key
        sheet.cell(last + 2, PLACES["kunci"]).value = "l999999"
        sheet.cell(last + 3, PLACES["nilai"]).value = 5
        sheet.cell(first, PLACES["uraian"]).value = "Sub kegiatan lain"

    shown = send(office, client, edited(downloaded(office, client), shift))
    messages = [problem.message for problem in shown.context["preview"].problems]
    assert len(messages) == 4
    for message, part in zip(
        sorted(messages), ("bukan dari portal", "dua kali", "tidak ada lagi", "bergeser"), strict=True
    ):
        assert part in message


def test_rows_moved_within_the_sheet_are_found_by_their_key(office, client, line, key):
    def move(sheet: Worksheet) -> None:
        fill(sheet, key, "amount", 700)
        row, last = row_of(sheet, key), sheet.max_row + 5
        for column in range(1, sheet.max_column + 1):
            sheet.cell(last, column).value = sheet.cell(row, column).value
            sheet.cell(row, column).value = None

    shown = send(office, client, edited(downloaded(office, client), move))
    assert apply(office, client, shown).status_code == 302
    assert row_in_portal(line).amount == Measured.of(700)


def test_rows_left_out_stay_as_they_are(office, client, line, key):
    def leave_out(sheet: Worksheet) -> None:
        sheet.delete_rows(row_of(sheet, key))

    type_in_portal(office, line, amount=Edit(MISSING, Measured.of(500)))
    found = send(office, client, edited(downloaded(office, client), leave_out)).context["preview"]
    assert (found.changes, found.problems) == ([], [])
    assert "1 baris tidak ada dalam berkas" in found.sent.notices[0]


def test_columns_put_between_do_not_matter_and_columns_taken_away_do(office, client, line, key):
    content = edited(downloaded(office, client), lambda s: fill(s, key, "amount", 700))
    wider = edited(content, lambda s: s.insert_cols(3, 2))
    assert [change.new for change in send(office, client, wider).context["preview"].changes] == [
        Measured.of(700)
    ]
    narrower = edited(content, lambda s: s.delete_cols(PLACES["fisik"]))
    refused = send(office, client, narrower)
    assert (refused.status_code, refused.context["refused"].message) == (422, "Kolom fisik tidak ada lagi.")


def test_merged_entry_cells_are_refused_where_they_stand(office, client, line, key):
    def merge(sheet: Worksheet) -> None:
        row = row_of(sheet, key)
        sheet.merge_cells(
            start_row=row, end_row=row + 1, start_column=PLACES["nilai"], end_column=PLACES["nilai"]
        )

    (problem,) = send(office, client, edited(downloaded(office, client), merge)).context["preview"].problems
    assert "digabung" in problem.message
    assert client.get(address(office, "sheet_problems")).status_code == 200
