"""HTML, JSON and the workbook show the same rows, and sample data says so in each."""

from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reporting.lkjip.document import build_document
from reporting.lkjip.export import render_html, to_json
from reporting.lkjip.wording import listed
from reporting.xlsx import to_xlsx
from sakip.indonesian import number

pytestmark = pytest.mark.django_db


def test_every_sheet_of_sample_data_says_so_on_screen_and_paper(palaran):
    for year, is_sample in ((2026, True), (2025, False)):
        for sheet in load_workbook(BytesIO(to_xlsx(build_document(palaran, year)))):
            assert ("Data contoh" in str(sheet["A1"].value)) is is_sample, sheet.title
            assert (sheet.oddFooter.left.text == "Data contoh") is is_sample, sheet.title
            assert sheet.print_title_rows is not None


def test_html_and_workbook_show_the_rows_of_the_json(palaran):
    """Cell by cell: texts as they are, numbers with the decimals that are printed."""
    report = build_document(palaran, 2025)
    tables = to_json(report)["tables"]
    shown = TablesOf(render_html(report)).tables
    workbook = load_workbook(BytesIO(to_xlsx(report)))
    assert len(shown) == len(tables) == len(workbook.sheetnames) - 1
    for table, in_html in zip(tables, shown, strict=True):
        rows = [[" ".join(cell.split()) for cell in row] for row in table["rows"]]
        assert in_html == rows, table["number"]
        sheet = workbook[f"Tabel {table['number']}"]
        first = int(sheet.freeze_panes[1:])
        for place, row in enumerate(rows, start=first):
            cells = [_as_printed(sheet.cell(place, column)) for column in range(1, len(row) + 1)]
            assert cells == row, (table["number"], place)


def _as_printed(cell) -> str:
    if not isinstance(cell.value, int | float):
        return " ".join(str(cell.value or "").split())
    shape, _, after = cell.number_format.partition('"')
    return number(Decimal(str(cell.value)), len(shape.partition(".")[2])) + after.removesuffix('"')


class TablesOf(HTMLParser):
    """The body rows of every table of a page, without the letters of its footnotes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.in_body = self.in_cell = False
        self.notes = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag in {"thead", "tbody", "tfoot"}:
            self.in_body = tag != "thead"
        elif tag == "tr" and self.in_body:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.in_body:
            self.tables[-1][-1].append("")
            self.in_cell = True
        elif tag == "sup":
            self.notes += 1

    def handle_endtag(self, tag):
        if tag == "sup":
            self.notes -= 1
        elif tag in {"td", "th"} and self.in_cell:
            self.tables[-1][-1][-1] = " ".join(self.tables[-1][-1][-1].split())
            self.in_cell = False
        elif tag == "table":
            self.in_body = False

    def handle_data(self, data):
        if self.in_cell and not self.notes:
            self.tables[-1][-1][-1] += data


@pytest.mark.parametrize(
    ("texts", "items"),
    [
        ([], []),
        (["a;"], ["a."]),
        (["a", "b."], ["a; dan", "b."]),
        (["a", "b", "c"], ["a;", "b; dan", "c."]),
    ],
)
def test_a_list_that_is_a_sentence_ends_like_one(texts, items):
    assert listed(texts) == items
