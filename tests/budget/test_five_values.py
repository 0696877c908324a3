"""Number, zero, nihil, tidak berlaku, belum ada: each can be entered, and nothing on the way to the screen, a
file, the history or a formula takes one for another."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from budget.queries.quarter_reader import QuarterReader
from budget.sheets.layout import ENTRY_SHEET, FIRST_ROW, PLACES
from sakip.models import Measurement
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from tests.world import YEAR, Office, make_office

# The column of table 3.8 for the fourth quarter.
FOURTH = 9


@dataclass(frozen=True)
class Case:
    """What is typed over a 7, what it is, and how it reads in the workbook, the report, and the formula:
    quarters I to III are 1 each, of a target of 4."""

    typed: str
    value: Measured
    in_sheet: tuple[Decimal | int | None, str]
    in_report: str
    achieved: Decimal
    is_provisional: bool = False


CASES = {
    "a number": Case("0,5", Measured.of(Decimal("0.5")), (Decimal("0.5"), "angka"), "0,5", Decimal("87.5")),
    "zero": Case("0", Measured.of(0), (0, "angka"), "0", Decimal(75)),
    "nihil": Case("nihil", NIHIL, (None, "nihil"), "nihil", Decimal(75)),
    "not applicable": Case(
        "tidak berlaku", NOT_APPLICABLE, (None, "tidak berlaku"), "tidak berlaku", Decimal(75)
    ),
    "missing": Case("", MISSING, (None, "belum ada"), "-", Decimal(75), is_provisional=True),
}


@pytest.fixture
def office(db) -> Office:
    return make_office()


@pytest.fixture
def operator(office) -> Client:
    client = Client()
    client.force_login(office.people["operator"])
    return client


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_value_stays_what_it_is(office, operator, case):
    indicator = office.indicator("k-kelurahan-1")
    place = [office.agency.slug, YEAR, office.village.slug, 4]
    group = reverse("entry_group", args=[*place, f"s{indicator.node_id}"])
    cell = f"m{indicator.pk}-value"
    for typed, seen in (("7", ""), (case.typed, "7")):
        assert operator.post(group, {cell: typed, f"{cell}-lihat": seen}).status_code == 200

    row = Measurement.objects.get(indicator=indicator, unit_quarter__quarter=4)
    assert row.measured == case.value
    # The page.
    page = operator.get(reverse("entry", args=place)).content.decode()
    assert f'id="{cell}" name="{cell}" form="isian" value="{case.typed}"' in page
    details = operator.get(reverse("cell_details", args=[*place, cell])).content.decode()
    assert (case.typed or "belum ada") in details.partition('class="dt-value"')[2].partition("</p>")[0]
    # The workbook.
    book = load_workbook(io.BytesIO(operator.get(reverse("sheet_download", args=place)).content))
    sheet = book[ENTRY_SHEET]
    at = next(
        number
        for number in range(FIRST_ROW, sheet.max_row + 1)
        if sheet.cell(number, PLACES["kunci"]).value == f"m{indicator.pk}"
    )
    number, word = (sheet.cell(at, PLACES[name]).value for name in ("nilai", "nilai_ket"))
    assert (None if number is None else Decimal(str(number)), word) == case.in_sheet
    # The history.
    told = operator.get(reverse("history_csv", args=[office.agency.slug, YEAR]))
    newest = next(iter(csv.DictReader(io.StringIO(told.getvalue().decode("utf-8-sig")), delimiter=";")))
    assert (newest["Semula"], newest["Menjadi"]) == ("7", case.typed or "belum ada")
    # The formula.
    found = QuarterReader(office.quarter(office.village)).grid().by_key[f"s{indicator.node_id}"].indicators[0]
    assert (found.achievement.value, found.achievement.provisional) == (case.achieved, case.is_provisional)
    # The report.
    report = operator.get(reverse("report_json", args=[office.agency.slug, YEAR])).json()
    # The other unit's indicator of the same name is not filled in.
    assert in_report(report, "Jumlah dokumen 1") == {case.in_report, "-"}


def in_report(report: dict, name: str) -> set[str]:
    """What table 3.8 prints for the fourth quarter in the rows of that name."""
    table = next(table for table in report["tables"] if table["number"] == "3.8")
    return {row[FOURTH] for row in table["rows"] if row[1] == name}
