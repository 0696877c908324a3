"""An office's own sheets: columns shown once and remembered, rows matched by code or exact name."""

import io

import pytest
from openpyxl import Workbook

from budget.models import BudgetLine, ColumnMapping, FundingSource, QuarterlyRealisation
from budget.sheets.foreign import AMOUNT, CODE, NAME, PHYSICAL, VALUE, guessed
from sakip.models import IndicatorVersion, ProgrammeNode
from sakip.scoring.values import Measured
from tests.budget.sheet_tools import address, apply, client_of, send
from tests.world import YEAR, Office, make_office

HEADING = ("No", "Kode Rekening", "Uraian", "Pagu", "Realisasi (Rp)", "Fisik (%)", "Kinerja")
CODES = ("7.01.01.2.06.0009", "7.01.01.2.06.0005")
COLUMNS = {
    "code": "1",
    "name": "2",
    "amount": "4",
    "physical": "5",
    "value": "6",
    "kepala": "3",
    "lembar": "SIPD",
}


@pytest.fixture
def office(db) -> Office:
    office = make_office()
    for number, code in enumerate(CODES, 1):
        ProgrammeNode.objects.filter(agency=office.agency, key=f"P1.K1.S{number}").update(code=code)
    ProgrammeNode.objects.filter(agency=office.agency, key="P1").update(code="7.01.01")
    return office


@pytest.fixture
def client(office):
    return client_of(office.people["operator"])


def sheet_of(*rows: tuple, heading: tuple = HEADING) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "SIPD"
    for row in (("Laporan realisasi",), (), heading, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mapped(office: Office, client, content: bytes, file_name: str = "sipd.xlsx", **columns: str):
    """Send a sheet and show its columns; the preview that follows."""
    answer = send(office, client, content, file_name)
    assert answer.resolver_match.url_name == "sheet_columns"
    data = COLUMNS | columns
    return client.post(address(office, "sheet_columns"), data, follow=True)


ROWS = (
    (1, "7.01.01", "Program satu", 3_000_000, 900_000, 50, None),
    (2, CODES[0], "Nama yang lain", 1_000_000, 400_000, 80, None),
    (3, None, "sub  kegiatan 2", 2_000_000, "500.000", None, 3),
    (4, "7.01.01.2.06.0099", "Sub kegiatan asing", 10, 10, 10, 10),
    (5, None, "Jumlah", 3_000_000, 900_000, None, None),
)


def test_the_words_of_the_heading_are_understood():
    book = Workbook()
    for row in ((), ("Laporan",), HEADING):
        book.active.append(row)
    found = guessed(book.active)
    assert (found.header_row, found.places) == (3, {CODE: 1, NAME: 2, AMOUNT: 4, PHYSICAL: 5, VALUE: 6})


def test_rows_are_matched_by_code_then_exact_name_and_the_rest_is_reported(office, client):
    shown = mapped(office, client, sheet_of(*ROWS))
    found = shown.context["preview"]
    first, second = (office.line(office.village, f"P1.K1.S{n}").pk for n in (1, 2))
    k2 = office.indicator("k-kelurahan-2").pk
    assert {change.name: change.new.number for change in found.changes} == {
        f"l{first}-amount": 400_000,
        f"l{first}-physical": 80,
        f"l{second}-amount": 500_000,
        f"m{k2}-value": 3,
    }
    assert [(row.row, row.code) for row in found.sent.unmatched] == [(7, "7.01.01.2.06.0099"), (8, "")]
    assert apply(office, client, shown).status_code == 302
    row = QuarterlyRealisation.objects.get(line=first, unit_quarter__quarter=4)
    assert (row.amount, row.physical) == (Measured.of(400_000), Measured.of(80))


def test_columns_are_shown_once_and_kept_for_the_agency(office, client):
    mapped(office, client, sheet_of(*ROWS))
    mapping = ColumnMapping.objects.get(agency=office.agency)
    assert (mapping.header_row, mapping.columns["amount"]) == (3, 4)
    colleague = client_of(office.people["planner"])
    again = send(office, colleague, sheet_of(ROWS[1]))
    assert again.resolver_match.url_name == "sheet_preview"
    assert len(again.context["preview"].changes) == 2
    other = send(office, colleague, sheet_of(ROWS[1], heading=("Kode", "Nama", "Rp")))
    assert other.resolver_match.url_name == "sheet_columns"


def test_a_mapping_is_not_shared_with_another_agency(office, client):
    mapped(office, client, sheet_of(*ROWS))
    stranger = make_office("lain")
    answer = send(stranger, client_of(stranger.people["operator"]), sheet_of(*ROWS))
    assert answer.resolver_match.url_name == "sheet_columns"


def test_blank_cells_change_nothing_and_words_do(office, client):
    line = office.line(office.village)
    shown = mapped(
        office,
        client,
        sheet_of((1, CODES[0], "", 0, "-", None, None), (2, CODES[1], "", 0, "nihil", "tidak berlaku", None)),
    )
    assert not any(change.name.startswith(f"l{line.pk}-") for change in shown.context["preview"].changes)
    assert {change.new.state.label for change in shown.context["preview"].changes} == {
        "nihil",
        "tidak berlaku",
    }


def test_code_and_name_may_share_a_cell(office, client):
    shown = mapped(
        office,
        client,
        sheet_of((1, None, f"{CODES[0]} - Sub kegiatan 1", 0, 7, None, None)),
        code="",
        name="2",
    )
    assert [change.new for change in shown.context["preview"].changes] == [Measured.of(7)]


def test_an_indicators_own_line_counts_before_what_its_sub_activity_repeats(office, client):
    shown = mapped(
        office,
        client,
        sheet_of(
            (1, CODES[0], "Sub kegiatan 1", 0, 7, None, 75),
            (2, None, "Jumlah dokumen 1", 0, None, None, 3),
        ),
    )
    found = shown.context["preview"]
    assert found.problems == []
    assert {change.name.partition("-")[2]: change.new.number for change in found.changes} == {
        "amount": 7,
        "value": 3,
    }


def test_one_name_of_two_indicators_belongs_to_the_sub_activity_above(office, client):
    IndicatorVersion.objects.filter(indicator__agency=office.agency).update(name="Jumlah dokumen")
    shown = mapped(
        office,
        client,
        sheet_of(
            (1, CODES[1], "Sub kegiatan 2", 0, None, None, None),
            (2, None, "Jumlah dokumen", 0, None, None, 4),
        ),
    )
    (change,) = shown.context["preview"].changes
    assert change.name == f"m{office.indicator('k-kelurahan-2').pk}-value"


def test_a_row_twice_is_a_fault(office, client):
    shown = mapped(
        office,
        client,
        sheet_of((1, CODES[0], "", 0, 7, None, None), (2, CODES[0], "", 0, 8, None, None)),
    )
    (problem,) = shown.context["preview"].problems
    assert (problem.place, "sudah diisi dari baris 4" in problem.message) == ("E5", True)
    assert client.get(address(office, "sheet_problems")).status_code == 200


def test_several_funding_sources_are_not_guessed(office, client):
    source = FundingSource.objects.create(code="UJI", name="Uji")
    node = office.line(office.village).node
    BudgetLine.objects.create(unit=office.village, node=node, year=YEAR, funding_source=source, sort_order=9)
    shown = mapped(office, client, sheet_of((1, CODES[0], "", 0, 7, None, None)))
    (row,) = shown.context["preview"].sent.unmatched
    assert "beberapa sumber dana" in row.why
    assert shown.context["preview"].changes == []


def test_formulas_and_doubtful_numbers_are_not_taken(office, client):
    shown = mapped(
        office,
        client,
        sheet_of((1, CODES[0], "", 0, "=1+1", None, None), (2, CODES[1], "", 0, "1,234,567.89", None, None)),
    )
    found = shown.context["preview"]
    assert ["rumus" in problem.message for problem in found.problems] == [True]
    assert [change.readings for change in found.changes] == [("1234567,89",)]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", "\t"), ("utf-16", ";")]
)
def test_csv_is_read_as_offices_write_it(office, client, encoding, delimiter):
    lines = [("Kode", "Uraian", "Realisasi"), (CODES[0], "Kegiatan \u2013 satu", '"1.000,50"')]
    content = "\r\n".join(delimiter.join(cells) for cells in lines).encode(encoding)
    shown = mapped(
        office,
        client,
        content,
        "sipd.csv",
        code="0",
        name="1",
        amount="2",
        physical="",
        value="",
        kepala="1",
        lembar="CSV",
    )
    assert [str(change.new.number) for change in shown.context["preview"].changes] == ["1000.50"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"code": "", "name": ""}, "Pilih kolom kode"),
        ({"amount": "", "physical": "", "value": ""}, "paling sedikit satu kolom angka"),
        ({"amount": "5"}, "Satu kolom hanya untuk satu jenis"),
        ({"amount": "77"}, "77"),
    ],
)
def test_columns_that_cannot_be_are_refused(office, client, columns, message):
    answer = mapped(office, client, sheet_of(*ROWS), **columns)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not ColumnMapping.objects.exists()


def test_the_columns_of_a_heading_can_be_changed(office, client):
    mapped(office, client, sheet_of(*ROWS))
    page = client.get(address(office, "sheet_columns"))
    assert page.context["form"].initial["amount"] == "4"
    other = client.get(address(office, "sheet_columns"), {"kepala": "1", "lembar": "SIPD"})
    assert other.context["header_row"] == 1
    client.post(address(office, "sheet_columns"), COLUMNS | {"amount": "", "value": ""})
    assert AMOUNT not in ColumnMapping.objects.get().columns
