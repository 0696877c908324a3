"""The grid of a unit's quarter as a workbook to fill in: entries open, all else locked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from budget.queries.quarter_grid import Branch, Grid, IndicatorCells, LineCells
from budget.sheets import help_text, style
from budget.sheets.cells import write_text
from budget.sheets.layout import (
    COLUMNS,
    ENTRY_SHEET,
    FIRST_ROW,
    HEADING_ROW,
    HELP_SHEET,
    HIDDEN_SHEET,
    HOLDS,
    NAMES_ROW,
    PLACES,
    EntryRow,
    rows_of,
)
from budget.sheets.rules import Rules
from budget.sheets.stamp import Stamp
from sakip import indonesian
from sakip.scoring.values import Measured

AUTHOR = "Portal SAKIP"
_LAST = get_column_letter(len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Download:
    """`editable`: whether entry cells are open; `is_sample` marks the workbook as sample data."""

    grid: Grid
    editable: bool
    is_sample: bool
    at: datetime
    window: str


def workbook_bytes(download: Download) -> bytes:
    """The workbook as a file."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = ENTRY_SHEET
    _Writer(download, sheet).write()
    _write_help(book.create_sheet(HELP_SHEET))
    hidden = book.create_sheet(HIDDEN_SHEET)
    hidden.sheet_state = "veryHidden"
    hidden.protection.sheet = True
    seen = {
        cell.name: cell.text
        for row in rows_of(download.grid)
        if isinstance(row, EntryRow)
        for cell in row.cells.values()
    }
    Stamp.of(download.grid.unit_quarter, download.at.isoformat(timespec="seconds"), seen).write(hidden)
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = AUTHOR
    book.properties.title = _title(download)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(download: Download) -> str:
    quarter = download.grid.unit_quarter
    return f"Realisasi triwulan {quarter.roman} tahun {quarter.year}, {quarter.unit.name}"


class _Writer:
    """Fills the entry sheet, row by row."""

    def __init__(self, download: Download, sheet: Worksheet) -> None:
        self.download = download
        self.sheet = sheet
        self.quarter = download.grid.unit_quarter
        self.rows = list(rows_of(download.grid))
        self.rules = Rules(sheet)

    def write(self) -> None:
        self._head()
        for place, row in enumerate(self.rows, FIRST_ROW):
            if isinstance(row, Branch):
                self._branch(place, row)
            else:
                self._entry(place, row)
            self._height(place)
        self.rules.attach(FIRST_ROW, FIRST_ROW + max(len(self.rows), 1) - 1)
        self._frame()

    def _head(self) -> None:
        roman = self.quarter.roman
        before = f"s.d. TW {('I', 'II', 'III')[self.quarter.quarter - 2]}" if self.quarter.quarter > 1 else ""
        lines = (
            _title(self.download),
            self.quarter.unit.agency.name,
            (
                f"Status {self.quarter.get_state_display()}. {self.download.window} "
                f"Diunduh {indonesian.date_long(self.download.at.date())} pukul {self.download.at:%H.%M}."
            ),
            (
                "Isi sel putih berbingkai saja, lalu unggah berkas ini di portal. Cara mengisi: lembar "
                f"{HELP_SHEET}, dan catatan pada kepala kolom."
            ),
            "DATA CONTOH: angka dalam berkas ini bukan data resmi." if self.download.is_sample else "",
        )
        for place, line in enumerate(lines, 1):
            cell = self.sheet.cell(place, 1)
            write_text(cell, line)
            style.apply(cell, ("title", "strong", "note", "note", "sample")[place - 1])
        headings = (
            *("Kode", "Program, kegiatan, sub kegiatan, indikator", "Satuan atau sumber dana"),
            *("Pagu (Rp) atau target", before or "Sebelumnya", f"TW {roman} (Rp atau realisasi)"),
            *(f"Keterangan TW {roman}", "Fisik (%)", "Keterangan fisik", "Kendala", "Solusi", "Kunci"),
        )
        for place, (column, heading) in enumerate(zip(COLUMNS, headings, strict=True), 1):
            cell = self.sheet.cell(HEADING_ROW, place)
            write_text(cell, heading)
            style.apply(cell, "heading")
            if column.help:
                cell.comment = Comment(column.help, AUTHOR, width=320, height=140)
            write_text(self.sheet.cell(NAMES_ROW, place), column.name)
            self.sheet.column_dimensions[get_column_letter(place)].width = column.width

    def _branch(self, place: int, branch: Branch) -> None:
        totals = branch.totals
        for column in range(1, len(COLUMNS) + 1):
            style.apply(self.sheet.cell(place, column), f"branch{min(branch.level, 1)}")
        self._text(place, "kode", branch.node.code)
        self._text(place, "uraian", branch.node.name)
        if totals.ceiling_rp is not None:
            self._number(place, "pagu", Measured.of(totals.ceiling_rp), style.RUPIAH)
        self._number(place, "sebelum", totals.before, style.RUPIAH)
        # The rows beneath a parent stand together, so that Excel can add up their lines by the key.
        last = place + self._beneath(place - FIRST_ROW, branch)
        if last > place:
            key, value = get_column_letter(PLACES["kunci"]), get_column_letter(PLACES["nilai"])
            keys, values = f"${key}{place + 1}:${key}{last}", f"${value}{place + 1}:${value}{last}"
            cell = self.sheet.cell(place, PLACES["nilai"])
            # Nothing typed yet is no zero.
            cell.value = f'=IF(COUNTIFS({keys},"l*",{values},"<>")=0,"",SUMIF({keys},"l*",{values}))'
            cell.number_format = style.RUPIAH

    def _beneath(self, place: int, branch: Branch) -> int:
        """How many rows of the sheet stand beneath a parent."""
        inside = {id(part) for part in branch.walk()}
        following = (row if isinstance(row, Branch) else row.group for row in self.rows[place + 1 :])
        return sum(1 for _ in takewhile(lambda part: id(part) in inside, following))

    def _entry(self, place: int, row: EntryRow) -> None:
        is_open = self.download.editable and row.source.takes_entries
        for number in range(1, len(COLUMNS) + 1):
            style.apply(self.sheet.cell(place, number), "row")
        self._text(place, "kode", row.code)
        self._text(place, "uraian", row.name)
        self._text(place, "kunci", row.key)
        if isinstance(row.source, LineCells):
            self._line(place, row.source)
        else:
            self._indicator(place, row.source)
        for name, cell in row.cells.items():
            column, word_column = HOLDS[name]
            target = self.sheet.cell(place, PLACES[column])
            value = row.form.initial[name]
            if isinstance(value, Measured):
                word = self.sheet.cell(place, PLACES[word_column])
                write_text(word, value.state.label)
                style.apply(word, "open" if is_open else "row")
                word.alignment = style.WORD
                self.rules.word(word)
                self.rules.number(target, name, may_fall_below=_may_fall_below(row))
                style.apply(target, "open" if is_open else "row")
                target.number_format = style.RUPIAH if name == "amount" else style.NATURAL
                if value.number is not None:
                    target.value = float(value.number)
            else:
                write_text(target, cell.text)
                style.apply(target, "open_text" if is_open else "row")
                self.rules.text(target)

    def _line(self, place: int, line: LineCells) -> None:
        source = line.line.funding_source
        self._text(place, "satuan", f"Rp, {source}" if source else "Rp")
        if line.ceiling_rp is not None:
            self._number(place, "pagu", Measured.of(line.ceiling_rp), style.RUPIAH)
        self._number(place, "sebelum", line.before, style.RUPIAH)
        self.rules.line(place, line.physical_before.number)

    def _indicator(self, place: int, found: IndicatorCells) -> None:
        self._text(place, "satuan", found.version.unit_of_measure)
        self._number(place, "pagu", found.target, style.NATURAL)
        self._number(place, "sebelum", found.before, style.NATURAL)
        self.sheet.cell(place, PLACES["uraian"]).alignment = style.INDENTED

    def _height(self, place: int) -> None:
        """As many lines as the longest text of the row takes; not every program finds out by itself."""
        lines = 1
        for column in COLUMNS:
            value = self.sheet.cell(place, PLACES[column.name]).value
            if isinstance(value, str) and not value.startswith("="):
                lines = max(lines, sum(len(part) // (column.width - 4) + 1 for part in value.split("\n")))
        self.sheet.row_dimensions[place].height = min(lines * style.LINE_HEIGHT, 300)

    def _text(self, place: int, column: str, text: str) -> None:
        write_text(self.sheet.cell(place, PLACES[column]), text)

    def _number(self, place: int, column: str, value: Measured, number_format: str) -> None:
        """A number, or the word that stands in its place."""
        cell = self.sheet.cell(place, PLACES[column])
        if value.number is None:
            write_text(cell, value.state.label)
            cell.alignment = style.RIGHT
        else:
            cell.value = float(value.number)
            cell.number_format = number_format

    def _frame(self) -> None:
        sheet = self.sheet
        sheet.row_dimensions[NAMES_ROW].hidden = True
        sheet.column_dimensions[_LAST].hidden = True
        sheet.row_dimensions[HEADING_ROW].height = 32
        sheet.freeze_panes = f"{get_column_letter(PLACES['satuan'])}{FIRST_ROW}"
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 90
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"


def _may_fall_below(row: EntryRow) -> bool:
    """What stands above the programme tree, growth for example, may be negative."""
    return isinstance(row.source, IndicatorCells) and row.source.indicator.node_id is None


def _write_help(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 110
    lines = [(help_text.TITLE, "title")]
    for heading, texts in help_text.SECTIONS.items():
        lines += [("", "text"), (heading, "strong"), *((text, "text") for text in texts)]
    for place, (line, kind) in enumerate(lines, 1):
        cell = sheet.cell(place, 1)
        write_text(cell, line)
        style.apply(cell, kind)
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
