"""The sender's own file with its faults marked: coloured and explained in place, and listed."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budget.sheets import style
from budget.sheets.cells import write_text
from budget.sheets.layout import PROBLEM_SHEET
from budget.sheets.problems import Problem

AUTHOR = "Portal SAKIP: perlu diperbaiki"
MOST_MARKED = 500
logger = logging.getLogger("sakip.sheets")


def marked_file(book: Workbook, problems: Sequence[Problem]) -> bytes:
    """The workbook with its faults marked; where it cannot be written again, their list alone."""
    try:
        _unmark(book)
        for problem in problems[:MOST_MARKED]:
            _mark(book, problem)
        if PROBLEM_SHEET in book.sheetnames:
            del book[PROBLEM_SHEET]
        _list(book.create_sheet(PROBLEM_SHEET), problems)
        return _saved(book)
    except Exception as error:  # whatever a foreign file carries along, the list can be given
        logger.info("workbook cannot be written again: %r", error)
        alone = Workbook()
        sheet = alone.active
        assert isinstance(sheet, Worksheet)
        sheet.title = PROBLEM_SHEET
        _list(sheet, problems)
        return _saved(alone)


def _unmark(book: Workbook) -> None:
    """Take away the marks of an earlier round."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill() if cell.protection.locked else style.WHITE


def _mark(book: Workbook, problem: Problem) -> None:
    sheet = book[problem.sheet] if problem.sheet in book.sheetnames else None
    if not isinstance(sheet, Worksheet) or not problem.row or not problem.column:
        return
    cell = _visible(sheet, problem.row, problem.column)
    cell.fill = style.RED
    cell.comment = Comment(str(problem), AUTHOR, width=320, height=120)


def _visible(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the first of those it was merged with."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                cell = sheet.cell(area.min_row, area.min_col)
    assert isinstance(cell, Cell)
    return cell


def _list(sheet: Worksheet, problems: Sequence[Problem]) -> None:
    for column, (heading, width) in enumerate(
        (("Lembar", 20), ("Sel", 10), ("Masalah", 60), ("Cara memperbaiki", 70)), 1
    ):
        cell = sheet.cell(1, column)
        write_text(cell, heading)
        style.apply(cell, "heading")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, problem in enumerate(problems, 2):
        for column, text in enumerate((problem.sheet, problem.place, problem.message, problem.mend), 1):
            cell = sheet.cell(row, column)
            write_text(cell, text)
            style.apply(cell, "text")
    sheet.freeze_panes = "A2"


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
