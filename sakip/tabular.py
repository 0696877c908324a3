"""Rows of texts and numbers as a file to take away: CSV that Indonesian spreadsheets open, or a workbook. No
text in it can act as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@")
NUMBER = re.compile(r"-?[\d.]+(,\d+)?")
WIDTH = 24
type Cell = str | int | Decimal
type Row = Sequence[Cell]


def starts_like_formula(text: str) -> bool:
    """Blanks, tabs and line ends before the sign do not keep every spreadsheet from calculating."""
    return text.lstrip().startswith(FORMULA_STARTS)


def safe_text(text: str) -> str:
    """Nothing that a spreadsheet would calculate, and no characters that it refuses."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    is_formula = starts_like_formula(clean) and not NUMBER.fullmatch(clean)
    return f"'{clean}" if is_formula and len(clean) > 1 else clean


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Portion by portion, with the mark by which spreadsheets know UTF-8, and semicolons, since the comma
    belongs to the numbers."""
    yield b"\xef\xbb\xbf"
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line(row)


def _csv_line(row: Row) -> bytes:
    line = StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([_csv_text(cell) for cell in row])
    return line.getvalue().encode()


def _csv_text(cell: Cell) -> str:
    return safe_text(cell) if isinstance(cell, str) else f"{cell}".replace(".", ",")


def workbook(title: str, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """One sheet under a bold heading that stays in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place in range(len(columns)):
        sheet.column_dimensions[chr(ord("A") + place)].width = WIDTH
    heads = [WriteOnlyCell(sheet, value=column) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([safe_text(cell) if isinstance(cell, str) else cell for cell in row])
    target = BytesIO()
    book.save(target)
    return target.getvalue()
