"""The report's tables as a workbook: a sheet a table, numbers as numbers, texts that are never formulas."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reporting.figures import Figure
from reporting.lkjip.document import Document
from reporting.lkjip.table_view import heads_of
from reporting.tables.base import Align, RowKind, Table
from reporting.tables.base import Cell as TableCell
from sakip import indonesian
from sakip.tabular import starts_like_formula

BOLD = Font(bold=True)
HEAD_FILL = PatternFill("solid", fgColor="E7EDF1")
type AnyCell = Cell | MergedCell

ALIGNMENTS = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}
MOST_DECIMALS = 6
PRINTED_NUMBER = re.compile(r"[\d.]+(?:,(?P<decimals>\d+))?(?P<after>.*)")
WIDEST, UNIT = 70, 11
SAMPLE = "Data contoh"


def to_xlsx(document: Document) -> bytes:
    """The workbook: the figures first, then every table under its number."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    _figures(sheet, document)
    for block in document.tables:
        _table(workbook.create_sheet(block.label[:31]), block.table, document.is_sample)
    heading = f"LKjIP {document.agency_name} Tahun {document.year}"
    for each in workbook.worksheets:
        _paper(each, heading, document.is_sample)
    workbook.properties.title = document.title
    workbook.properties.creator = document.agency_name
    if document.cover.day:
        made = datetime.combine(document.cover.day, time.min)
        workbook.properties.created = workbook.properties.modified = made
    return _saved(workbook)


def tables_to_xlsx(sheets: Mapping[str, Table], title: str, agency_name: str, is_sample: bool) -> bytes:
    """A workbook of some tables, each on the sheet that its name gives, in the manner of the report's."""
    workbook = Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    for name, table in sheets.items():
        sheet = workbook.create_sheet(name)
        _table(sheet, table, is_sample)
        _paper(sheet, title, is_sample)
    workbook.properties.title = title
    workbook.properties.creator = agency_name
    return _saved(workbook)


def _saved(workbook: Workbook) -> bytes:
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def number_format(printed: str) -> str:
    """The format that shows a number as it is printed: '1.234,50' has two decimals, '98,27% (S)' a sign and a
    mark as well.

    Written with the signs of the file format; a spreadsheet set to Indonesian shows dots and commas.
    """
    found = PRINTED_NUMBER.match(printed)
    decimals = len(found["decimals"] or "") if found else 2
    places = f".{'0' * min(decimals, MOST_DECIMALS)}" if decimals else ""
    after = found["after"].replace('"', "") if found else ""
    return f"#,##0{places}" + (f'"{after}"' if after else "")


def _figures(sheet: Worksheet, document: Document) -> None:
    sheet.title = "Angka"
    _title(sheet, document.title, *([SAMPLE] if document.is_sample else []))
    _row(sheet, 3, ["Kunci", "Angka", "Nilai", "Tercetak", "Rumus", "Sumber"])
    for place, figure in enumerate(document.figures.values(), start=4):
        _figure(sheet, place, figure)
    for column, width in zip("ABCDEF", (34, 46, 20, 30, 40, 30), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A4"


def _figure(sheet: Worksheet, row: int, figure: Figure) -> None:
    texts = {1: figure.key, 2: figure.label, 4: figure.printed, 5: figure.formula, 6: figure.source}
    for column, text in texts.items():
        _put(sheet.cell(row, column), text)
    if figure.value is not None:
        cell = sheet.cell(row, 3, figure.value)
        cell.number_format = _format_of_figure(figure)


def _format_of_figure(figure: Figure) -> str:
    return number_format(figure.printed.removeprefix("-").removeprefix(indonesian.RP).partition(" ")[0])


def _table(sheet: Worksheet, table: Table, is_sample: bool) -> None:
    marks = [*(["Sementara"] if table.provisional else []), *([SAMPLE] if is_sample else [])]
    _title(sheet, f"Tabel {table.number} {table.title}" if table.number else table.title, *marks)
    row = _heads(sheet, table)
    sheet.freeze_panes = f"A{row}"
    for line in table.rows:
        for column, (cell, shown) in enumerate(zip(line.cells, table.columns, strict=True), start=1):
            target = sheet.cell(row, column)
            _value(target, cell)
            indent = (
                line.level if column == 1 or (column == 2 and table.columns[0].align is not Align.LEFT) else 0
            )
            horizontal = ALIGNMENTS[shown.align]
            target.alignment = Alignment(
                horizontal=horizontal,
                vertical="top",
                wrap_text=shown.align is Align.LEFT,
                indent=indent if horizontal == "left" else 0,
            )
            if line.kind is not RowKind.DETAIL:
                target.font = BOLD
        row += 1
    if not table.rows:
        _put(sheet.cell(row, 1), table.empty_text)
    notes = [*table.notes, *([f"Sumber: {table.source}"] if table.source else [])]
    for place, note in enumerate(notes, start=row + 1):
        _put(sheet.cell(place, 1), note)
    for place, shown in enumerate(table.columns, start=1):
        width = max(shown.width * UNIT, len(shown.label) + 2 if shown.width >= 1 else 6)
        sheet.column_dimensions[get_column_letter(place)].width = min(width, WIDEST)


def _heads(sheet: Worksheet, table: Table) -> int:
    """The heading rows from row 3 on, merged as they are printed; gives the row below them."""
    heads = heads_of(table.columns)
    if len(heads) == 1:
        _row(sheet, 3, [column.label for column in table.columns])
        return 4
    column = 1
    for head in heads[0]:
        _head(sheet.cell(3, column), head.label)
        if head.colspan > 1:
            sheet.merge_cells(
                start_row=3, end_row=3, start_column=column, end_column=column + head.colspan - 1
            )
        else:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
        column += head.colspan
    for place, shown in enumerate(table.columns, start=1):
        if shown.group:
            _head(sheet.cell(4, place), shown.label)
    return 5


def _title(sheet: Worksheet, title: str, *marks: str) -> None:
    _put(sheet.cell(1, 1), f"{title} ({', '.join(marks)})" if marks else title)
    sheet.cell(1, 1).font = BOLD


def _paper(sheet: Worksheet, heading: str, is_sample: bool) -> None:
    """A sheet prints as wide as its paper, its heading on every page, and says where a page belongs."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"3:{int(str(sheet.freeze_panes)[1:]) - 1}"
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    header.left.text = heading.replace("&", "&&")
    footer.left.text = SAMPLE if is_sample else ""
    footer.right.text = "Halaman &P dari &N"


def _row(sheet: Worksheet, row: int, labels: list[str]) -> None:
    for column, label in enumerate(labels, start=1):
        _head(sheet.cell(row, column), label)


def _head(cell: AnyCell, label: str) -> None:
    _put(cell, label)
    cell.font = BOLD
    cell.fill = HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _value(target: AnyCell, cell: TableCell) -> None:
    """A number with the format it is printed in; a word stays a word, a dash stays a dash."""
    if isinstance(cell.value, Decimal) and any(sign.isdigit() for sign in cell.printed):
        target.value = cell.value
        target.number_format = number_format(cell.printed.lstrip("-"))
    else:
        _put(target, cell.printed)


def _put(cell: AnyCell, text: str) -> None:
    """A text as a text, also after somebody has edited the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", indonesian.unbound(text))
    cell.data_type = "s"
    cell.quotePrefix = starts_like_formula(text)
