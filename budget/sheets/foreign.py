"""Reading an office's own sheet (SIPD, e-Dalev): columns by a mapping, rows by code or exact name."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget.forms.entry import GroupForms
from budget.queries.quarter_grid import Branch, Grid, Group
from budget.sheets.cells import CellFault, read_text
from budget.sheets.layout import EntryRow, entry_rows
from budget.sheets.reading import MOST_COLUMNS, last_row
from budget.sheets.sent import Place, Sent, Unmatched

# Fields a column can hold, and the form's cell that each of the last three goes to.
CODE, NAME, AMOUNT, PHYSICAL, VALUE = "code", "name", "amount", "physical", "value"
FIELDS = {
    CODE: "Kode rekening",
    NAME: "Nama program, kegiatan, sub kegiatan, atau indikator",
    AMOUNT: "Realisasi Rp triwulan ini saja",
    PHYSICAL: "Fisik (%), kumulatif",
    VALUE: "Realisasi indikator (K) triwulan ini saja",
}
VALUES = (AMOUNT, PHYSICAL, VALUE)
HEADING_WITHIN = 30
_CODE = re.compile(r"(?P<code>[0-9X]+(?:\.[0-9X]+){1,8})\.?(?:\s*[-\u2013]\s*|\s+|$)(?P<name>.*)", re.DOTALL)
_GUESSES = {
    CODE: re.compile(r"kode|rekening"),
    NAME: re.compile(r"uraian|nama|sub kegiatan|program"),
    AMOUNT: re.compile(r"realisasi.*(rp|keuangan|anggaran)|^rp$|^realisasi$"),
    PHYSICAL: re.compile(r"fisik"),
    VALUE: re.compile(r"^k$|kinerja|realisasi.*(indikator|k\b)"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a sheet's table begins (from 1) and which of its columns (from 0) hold what."""

    header_row: int
    places: Mapping[str, int]


def texts_of(sheet: Worksheet, row: int) -> dict[int, str]:
    """The texts of a row by column (from 0); what is no plain text or number counts as empty."""
    found = {}
    for column in range(1, MOST_COLUMNS + 1):
        if text := _text(sheet, row, column):
            found[column - 1] = text
    return found


def header_key(sheet: Worksheet, row: int) -> str:
    """The same for every sheet with this heading in this row, whatever stands beneath."""
    texts = [f"{column}:{_folded(text)}" for column, text in texts_of(sheet, row).items()]
    return hashlib.sha256("\n".join([str(row), *texts]).encode()).hexdigest()


def header_keys(book: Workbook) -> Iterator[tuple[Worksheet, int, str]]:
    """Every row that may be a heading, of every sheet."""
    for sheet in book.worksheets:
        for row in range(1, min(last_row(sheet), HEADING_WITHIN) + 1):
            yield sheet, row, header_key(sheet, row)


def guessed(sheet: Worksheet) -> Columns:
    """The row that looks most like a heading, and what its words suggest."""
    best = Columns(1, {})
    for row in range(1, min(last_row(sheet), HEADING_WITHIN) + 1):
        found = guessed_in(sheet, row)
        if len(found.places) > len(best.places):
            best = found
    return best


def guessed_in(sheet: Worksheet, row: int) -> Columns:
    """What the words of one heading row suggest; a column holds one field."""
    places: dict[str, int] = {}
    texts = {column: _folded(text) for column, text in texts_of(sheet, row).items()}
    for field, words in _GUESSES.items():
        for column, text in texts.items():
            if column not in places.values() and words.search(text):
                places[field] = column
                break
    return Columns(row, places)


def read_foreign(sheet: Worksheet, columns: Columns, grid: Grid) -> Sent:
    """What the sheet wants. Blank cells want nothing; a code or name that matches no row is reported."""
    reader = _Reader(sheet, columns, grid)
    for row in range(columns.header_row + 1, last_row(sheet) + 1):
        reader.take(row)
    return reader.sent


class _Reader:
    """Takes the rows from top to bottom; an indicator's line belongs to the sub-activity above it."""

    def __init__(self, sheet: Worksheet, columns: Columns, grid: Grid) -> None:
        self.sheet, self.columns = sheet, columns
        self.sent = Sent()
        self.rows: dict[str, list[EntryRow]] = {}
        self.by_code: dict[str, list[Group]] = defaultdict(list)
        self.by_name: dict[str, list[Group]] = defaultdict(list)
        self.by_indicator: dict[str, list[EntryRow]] = defaultdict(list)
        self.parents: set[str] = set()
        self.above: Group | None = None
        self.own_line: set[str] = set()
        for group in grid.by_key.values():
            self._index(group)
        for row in grid.rows:
            if isinstance(row, Branch):
                self.parents |= {row.node.code, _folded(row.node.name)} - {""}

    def _index(self, group: Group) -> None:
        rows = self.rows[group.key] = list(entry_rows(GroupForms.of(group)))
        if group.lines:
            if group.code:
                self.by_code[group.code].append(group)
            self.by_name[_folded(group.name)].append(group)
        for row in rows:
            if not row.is_line:
                self.by_indicator[_folded(row.name)].append(row)

    def take(self, row: int) -> None:
        code, name = self._label(row)
        if not code and not name:
            return
        if found := self._group(code, name):
            self.above = found
            self._put_group(row, found)
        elif indicator := self._indicator(name):
            self._put(row, VALUE, indicator, is_own_line=True)
        elif code not in self.parents and _folded(name) not in self.parents:
            self._report(row, code, name)

    def _label(self, row: int) -> tuple[str, str]:
        """Code and name, also where they share one cell."""
        code, name = self._text(row, CODE), self._text(row, NAME)
        if both := _CODE.fullmatch(code or name):
            return both["code"], both["name"] or ("" if name == both.string else name)
        return code, name

    def _group(self, code: str, name: str) -> Group | None:
        for found in (self.by_code.get(code, []), self.by_name.get(_folded(name), [])):
            if len(found) == 1:
                return found[0]
        return None

    def _indicator(self, name: str) -> EntryRow | None:
        found = self.by_indicator.get(_folded(name), [])
        here = [row for row in found if self.above and row.group.key == self.above.key]
        for rows in (here, found):
            if len(rows) == 1:
                return rows[0]
        return None

    def _put_group(self, row: int, group: Group) -> None:
        lines = [found for found in self.rows[group.key] if found.is_line]
        indicators = [found for found in self.rows[group.key] if not found.is_line]
        if len(lines) == 1:
            self._put(row, AMOUNT, lines[0])
            self._put(row, PHYSICAL, lines[0])
        elif self._text(row, AMOUNT) or self._text(row, PHYSICAL):
            self._report(row, group.code, group.name, "punya beberapa sumber dana; isi lewat berkas portal")
        if len(indicators) == 1:
            self._put(row, VALUE, indicators[0])
        elif self._text(row, VALUE):
            self._report(row, group.code, group.name, "punya beberapa indikator; tulis nama indikatornya")

    def _put(self, row: int, field: str, found: EntryRow, *, is_own_line: bool = False) -> None:
        """One value. An indicator's own line counts before what its sub-activity's line repeats."""
        if field not in self.columns.places:
            return
        name = found.form.add_prefix(field)
        place = Place(self.sheet.title, row, self.columns.places[field] + 1)
        try:
            text = read_text(self.sheet.cell(row, place.column))
        except CellFault as fault:
            self.sent.fault(place, fault.message, fault.mend)
            return
        if text in ("", "-"):
            return
        if name in self.sent.texts and (not is_own_line or name in self.own_line):
            first = self.sent.places[name].row
            self.sent.fault(
                place,
                f"{found.name} sudah diisi dari baris {first}.",
                "Hapus salah satunya, misalnya baris milik unit lain.",
            )
            return
        if is_own_line:
            self.own_line.add(name)
        self.sent.put(name, text, place)

    def _report(self, row: int, code: str, name: str, why: str = "") -> None:
        has_value = any(self._text(row, field) for field in VALUES)
        if not (code or has_value):
            return
        if not why:
            many = self.by_code.get(code) or self.by_name.get(_folded(name)) or []
            why = "cocok dengan beberapa baris" if len(many) > 1 else "tidak ada di triwulan unit ini"
        self.sent.unmatched.append(Unmatched(row, code, name, why))

    def _text(self, row: int, field: str) -> str:
        if field not in self.columns.places:
            return ""
        return _text(self.sheet, row, self.columns.places[field] + 1)


def _text(sheet: Worksheet, row: int, column: int) -> str:
    cell = sheet._cells.get((row, column))
    try:
        return read_text(cell) if cell else ""
    except CellFault:
        return "?"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
