"""The quarter's workbook: what is written into it, and what comes of it when it is sent back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from budget.actions.entry import save_entries
from budget.models import BudgetLine, QuarterlyRealisation, SheetUpload
from budget.sheets.layout import ENTRY_SHEET, FIRST_ROW, HELP_SHEET, HIDDEN_SHEET, PLACES
from sakip.actions.measurement import Edit
from sakip.models import HistoryEntry, Measurement, ReportingYear, RowState, UnitQuarter
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
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
from tests.world import YEAR, Office, make_office


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


# ---------------------------------------------------------------- the download
def test_only_entry_cells_are_open(office, client, key):
    sheet = opened(downloaded(office, client))[ENTRY_SHEET]
    row = row_of(sheet, key)
    free = {column for column, place in PLACES.items() if not sheet.cell(row, place).protection.locked}
    assert free == {"nilai", "nilai_ket", "fisik", "fisik_ket", "kendala", "solusi"}
    assert sheet.protection.sheet
    parent = sheet[FIRST_ROW]
    assert all(cell.protection.locked for cell in parent)


def test_a_quarter_that_takes_no_entries_is_locked_whole(office, client, key):
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(state=RowState.SUBMITTED)
    sheet = opened(downloaded(office, client))[ENTRY_SHEET]
    assert all(cell.protection.locked for cell in sheet[row_of(sheet, key)])


def test_a_reader_gets_a_locked_workbook(office, key):
    sheet = opened(downloaded(office, client_of(office.people["colleague"])))[ENTRY_SHEET]
    assert all(cell.protection.locked for cell in sheet[row_of(sheet, key)])


def test_excel_checks_what_the_portal_checks(office, client, key):
    sheet = opened(downloaded(office, client))[ENTRY_SHEET]
    row = row_of(sheet, key)
    rules = {
        column: [
            rule
            for rule in sheet.data_validations.dataValidation
            if sheet.cell(row, PLACES[column]).coordinate in rule.sqref
        ]
        for column in ("nilai", "nilai_ket", "fisik", "kendala")
    }
    assert {column: len(found) for column, found in rules.items()} == dict.fromkeys(rules, 1)
    assert rules["nilai_ket"][0].formula1 == '"angka,nihil,tidak berlaku,belum ada"'
    assert (rules["nilai"][0].type, rules["nilai"][0].formula1) == ("decimal", "0")
    assert (rules["fisik"][0].formula1, rules["fisik"][0].formula2) == ("0", "100")
    assert (rules["kendala"][0].type, rules["kendala"][0].formula1) == ("textLength", "2000")


def test_the_workbook_explains_itself(office, client):
    book = opened(downloaded(office, client))
    sheet = book[ENTRY_SHEET]
    assert sheet["A1"].value == f"Realisasi triwulan IV tahun {YEAR}, {office.village.name}"
    assert "0 adalah angka" in sheet.cell(6, PLACES["nilai"]).comment.text
    assert sheet.freeze_panes == "C8"
    assert book[HELP_SHEET]["A1"].value == "Cara mengisi"
    assert book[HIDDEN_SHEET].sheet_state == "veryHidden"
    assert sheet["A5"].value is None
    ReportingYear.objects.update(is_sample=True)
    assert opened(downloaded(office, client))[ENTRY_SHEET]["A5"].value.startswith("DATA CONTOH")


def test_totals_are_added_up_by_excel_over_the_lines_beneath(office, client):
    sheet = opened(downloaded(office, client))[ENTRY_SHEET]
    keys, values = (f"${column}{FIRST_ROW + 1}:${column}{sheet.max_row}" for column in "LF")
    assert sheet.cell(FIRST_ROW, PLACES["nilai"]).value == (
        f'=IF(COUNTIFS({keys},"l*",{values},"<>")=0,"",SUMIF({keys},"l*",{values}))'
    )


def test_a_text_like_a_formula_stays_a_text(office, client, line, key):
    danger = '=HYPERLINK("http://contoh.id","klik")'
    type_in_portal(office, line, obstacle=Edit("", danger), solution=Edit("", "@SUM(1)"))
    content = downloaded(office, client)
    sheet = opened(content)[ENTRY_SHEET]
    cell = sheet.cell(row_of(sheet, key), PLACES["kendala"])
    assert (cell.value, cell.data_type, cell.quotePrefix) == (danger, "s", True)
    assert all(found.data_type != "f" for found in sheet[row_of(sheet, key)])
    assert send(office, client, content).context["preview"].changes == []


# ---------------------------------------------------------------- preview, then apply
def test_nothing_is_written_before_terapkan_and_all_of_it_then(office, client, line, key):
    content = edited(
        downloaded(office, client),
        lambda sheet: (
            fill(sheet, key, "amount", 350_000.5),
            fill(sheet, key, "physical", 75),
            fill(sheet, key, "obstacle", "Cuaca"),
            fill(sheet, f"m{office.indicator('k-kelurahan-1').pk}", "value", None, "nihil"),
        ),
    )
    shown = send(office, client, content)
    assert shown.status_code == 200
    changes = {
        change.name.partition("-")[2]: (change.old, change.new) for change in shown.context["preview"].changes
    }
    assert changes == {
        "amount": (MISSING, Measured.of(Decimal("350000.5"))),
        "physical": (MISSING, Measured.of(75)),
        "obstacle": ("", "Cuaca"),
        "value": (MISSING, NIHIL),
    }
    assert not QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=4).exists()
    assert apply(office, client, shown).status_code == 302
    row = row_in_portal(line)
    assert (row.amount, row.physical, row.obstacle) == (
        Measured.of(Decimal("350000.5")),
        Measured.of(75),
        "Cuaca",
    )
    assert row.updated_by == office.people["operator"]
    assert Measurement.objects.get(unit_quarter=office.quarter(office.village)).measured == NIHIL
    assert set(HistoryEntry.objects.filter(unit=office.village).values_list("reason", flat=True)) == {
        "Unggahan berkas isian.xlsx"
    }
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize(
    ("value", "word", "expected"),
    [
        (0, "angka", Measured.of(0)),
        (0, "belum ada", Measured.of(0)),
        (12.5, "", Measured.of(Decimal("12.5"))),
        (None, "nihil", NIHIL),
        (None, "tidak berlaku", NOT_APPLICABLE),
        ("tidak berlaku", "angka", NOT_APPLICABLE),
        ("1.234,56", "angka", Measured.of(Decimal("1234.56"))),
        ("Rp 1.234", "angka", Measured.of(1234)),
    ],
)
def test_value_states_are_told_apart(office, client, line, key, value, word, expected):
    shown = send(
        office, client, edited(downloaded(office, client), lambda s: fill(s, key, "amount", value, word))
    )
    apply(office, client, shown)
    assert row_in_portal(line).amount == expected


def test_a_number_is_taken_back_by_its_word(office, client, line, key):
    type_in_portal(office, line, amount=Edit(MISSING, Measured.of(5)))
    content = downloaded(office, client)
    emptied = send(office, client, edited(content, lambda s: fill(s, key, "amount", None)))
    (problem,) = emptied.context["preview"].problems
    assert "angkanya kosong" in problem.message
    shown = send(office, client, edited(content, lambda s: fill(s, key, "amount", None, "belum ada")))
    apply(office, client, shown)
    assert row_in_portal(line).amount == MISSING


def test_a_cell_changed_in_the_portal_since_must_be_chosen(office, client, line, key):
    content = edited(downloaded(office, client), lambda s: fill(s, key, "amount", 700))
    type_in_portal(
        office, line, amount=Edit(MISSING, Measured.of(500)), physical=Edit(MISSING, Measured.of(9))
    )
    shown = send(office, client, content)
    (change,) = shown.context["preview"].changes
    assert (change.is_conflict, change.old, change.new) == (True, Measured.of(500), Measured.of(700))
    assert office.people["planner"].username in shown.content.decode()
    refused = apply(office, client, shown)
    assert (refused.status_code, row_in_portal(line).amount) == (422, Measured.of(500))
    name = change.name
    assert apply(office, client, shown, **{name: "berkas"}).status_code == 302
    row = row_in_portal(line)
    assert (row.amount, row.physical) == (Measured.of(700), Measured.of(9))


def test_the_stored_value_can_be_kept(office, client, line, key):
    content = edited(
        downloaded(office, client),
        lambda s: (fill(s, key, "amount", 700), fill(s, key, "physical", 20)),
    )
    type_in_portal(office, line, amount=Edit(MISSING, Measured.of(500)))
    shown = send(office, client, content)
    assert apply(office, client, shown, **{f"{key}-amount": "tersimpan"}).status_code == 302
    row = row_in_portal(line)
    assert (row.amount, row.physical) == (Measured.of(500), Measured.of(20))


def test_what_changed_after_the_preview_is_shown_again(office, client, line, key):
    shown = send(office, client, edited(downloaded(office, client), lambda s: fill(s, key, "amount", 700)))
    type_in_portal(office, line, amount=Edit(MISSING, Measured.of(500)))
    refused = apply(office, client, shown)
    assert refused.status_code == 422
    assert "berubah setelah pratinjau" in refused.content.decode()
    assert row_in_portal(line).amount == Measured.of(500)
    assert SheetUpload.objects.exists()


def test_all_or_nothing_also_when_a_row_was_passed_on(office, client, line, key):
    other = office.line(office.village, "P1.K1.S2")
    type_in_portal(office, other, amount=Edit(MISSING, Measured.of(1)))
    content = edited(
        downloaded(office, client),
        lambda s: (fill(s, key, "amount", 700), fill(s, f"l{other.pk}", "amount", 800)),
    )
    QuarterlyRealisation.objects.filter(line=other, unit_quarter__quarter=4).update(state=RowState.VERIFIED)
    shown = send(office, client, content)
    (problem,) = shown.context["preview"].problems
    assert "Diverifikasi" in problem.message
    assert apply(office, client, shown).status_code == 422
    assert not QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=4).exists()


def test_a_quarter_closed_since_the_preview_takes_nothing(office, client, line, key):
    shown = send(office, client, edited(downloaded(office, client), lambda s: fill(s, key, "amount", 700)))
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(state=RowState.SUBMITTED)
    assert apply(office, client, shown).status_code == 403
    assert not QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=4).exists()


def test_an_upload_belongs_to_who_sent_it(office, client, key):
    send(office, client, edited(downloaded(office, client), lambda s: fill(s, key, "amount", 700)))
    for persona in ("unit_head", "planner"):
        assert client_of(office.people[persona]).get(address(office, "sheet_preview")).status_code == 404
    assert client_of(office.people["colleague"]).get(address(office, "sheet_preview")).status_code == 403


def test_an_upload_can_be_dropped_and_replaced(office, client, key):
    content = downloaded(office, client)
    send(office, client, content, "satu.xlsx")
    send(office, client, content, "dua.xlsx")
    assert list(SheetUpload.objects.values_list("name", flat=True)) == ["dua.xlsx"]
    assert client.post(address(office, "sheet_drop")).status_code == 302
    assert not SheetUpload.objects.exists()


def test_a_forgotten_upload_goes_with_the_next_one(office, client):
    content = downloaded(office, client)
    send(office, client, content)
    SheetUpload.objects.update(at=timezone.now() - timedelta(days=8))
    send(office, client_of(office.people["planner"]), content)
    assert SheetUpload.objects.get().by == office.people["planner"]


# ---------------------------------------------------------------- a file of something else
def test_a_workbook_of_another_unit_or_quarter_is_refused(office, client, key):
    foreign = downloaded(office, client, office.office)
    refused = send(office, client, foreign)
    assert refused.status_code == 422
    here, there = (unit.name for unit in (office.village, office.office))
    assert refused.context["refused"].message == (
        f"Berkas ini untuk {there}, triwulan IV {YEAR}, bukan {here}, triwulan IV {YEAR}."
    )
    assert not SheetUpload.objects.exists()


def test_another_agency_is_not_named(office, client):
    other = make_office("lain")
    content = downloaded(other, client_of(other.people["operator"]))
    refused = send(office, client, content)
    assert "Berkas ini untuk perangkat daerah lain, bukan" in refused.context["refused"].message
    assert "(lain)" not in refused.content.decode()


def test_a_stamp_that_was_changed_is_refused(office, client):
    book = opened(downloaded(office, client, office.office))
    book[HIDDEN_SHEET]["B5"] = "kelurahan"
    refused = send(office, client, saved(book))
    assert "rusak atau diubah" in refused.context["refused"].message


def test_uploading_needs_the_right_and_an_open_quarter(office, client, key):
    content = downloaded(office, client)
    for persona in ("colleague", "head", "evaluator", "admin", "city"):
        assert send(office, client_of(office.people[persona]), content).status_code == 403
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(state=RowState.LOCKED)
    assert send(office, client, content).status_code == 403
    assert not SheetUpload.objects.exists()


def test_no_file_no_problem(office, client):
    refused = client.post(address(office, "sheets"), {})
    assert (refused.status_code, "Pilih berkas" in refused.content.decode()) == (422, True)


def test_the_preview_takes_few_queries(office, client, key, django_assert_max_num_queries):
    send(office, client, edited(downloaded(office, client), lambda s: fill(s, key, "amount", 700)))
    with django_assert_max_num_queries(20):
        client.get(address(office, "sheet_preview"))
