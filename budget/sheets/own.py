"""Reading back the portal's own workbook: every row by its key, every column by its name."""

from __future__ import annotations

from collections import defaultdict

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from budget.queries.quarter_grid import Branch, Grid
from budget.sheets.cells import CellFault, number_of, plain_text, read_text, same_number
from budget.sheets.layout import (
    ENTRY_SHEET,
    HIDDEN_SHEET,
    HOLDS,
    NO_NUMBER,
    READ,
    STATES,
    EntryRow,
    rows_of,
)
from budget.sheets.problems import UnusableFile
from budget.sheets.sent import Place, Sent
from budget.sheets.stamp import Stamp, read_stamp
from sakip.forms.fields import WORDS, MeasureField
from sakip.models import Unit, UnitQuarter
from sakip.scoring.values import Measured

# Where the heading may have moved to, when rows were put above it.
_HEADING_WITHIN = 60
DOWNLOAD_AGAIN = "Unduh berkas baru dari halaman ini, lalu salin angkanya dengan Tempel Khusus, Nilai."


def is_own(book: Workbook) -> bool:
    """Whether the portal made this workbook."""
    return HIDDEN_SHEET in book.sheetnames


def read_own(book: Workbook, grid: Grid) -> Sent:
    """What the workbook wants. Raises UnusableFile where it is not of this quarter, or lost its frame."""
    stamp = _stamp(book, grid.unit_quarter)
    sheet = book[ENTRY_SHEET] if ENTRY_SHEET in book.sheetnames else None
    if not isinstance(sheet, Worksheet):
        raise UnusableFile(f"Lembar {ENTRY_SHEET} tidak ada dalam berkas ini.", DOWNLOAD_AGAIN)
    heading, columns = _columns(sheet)
    reader = _Reader(sheet, columns, stamp, grid)
    for row in _rows_with_content(sheet, heading, columns):
        reader.take(row)
    return reader.finish()


def _stamp(book: Workbook, unit_quarter: UnitQuarter) -> Stamp:
    hidden = book[HIDDEN_SHEET]
    stamp = read_stamp(hidden) if isinstance(hidden, Worksheet) else None
    if stamp is None:
        raise UnusableFile("Lembar tersembunyi berkas ini rusak atau diubah.", DOWNLOAD_AGAIN)
    if not stamp.is_of(unit_quarter):
        raise UnusableFile(
            f"Berkas ini untuk {_named(stamp, unit_quarter)}, bukan {_in_words(unit_quarter)}.",
            "Unggah di halaman triwulan yang sesuai, atau unduh berkas untuk triwulan ini.",
        )
    return stamp


def _named(stamp: Stamp, asked: UnitQuarter) -> str:
    """The quarter that the stamp is of; another agency's is not named to whoever may not know it."""
    agency = asked.unit.agency
    if stamp.agency != agency.slug:
        return "perangkat daerah lain"
    unit = Unit.objects.filter(agency=agency, slug=stamp.unit).first()
    if unit is None:
        return "unit kerja yang tidak ada lagi"
    return _in_words(UnitQuarter(unit=unit, year=int(stamp.year), quarter=int(stamp.quarter)))


def _in_words(unit_quarter: UnitQuarter) -> str:
    return f"{unit_quarter.unit.name}, triwulan {unit_quarter.roman} {unit_quarter.year}"


def _columns(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of the columns' names, and where each stands; further columns do not matter."""
    named: dict[int, dict[str, int]] = defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        if row <= _HEADING_WITHIN and cell.value in READ:
            named[row][str(cell.value)] = column
    for row, names in sorted(named.items()):
        if "kunci" in names:
            lost = [name for name in READ if name not in names]
            if lost:
                raise UnusableFile(f"Kolom {', '.join(lost)} tidak ada lagi.", DOWNLOAD_AGAIN)
            return row, names
    raise UnusableFile("Kepala tabel yang tersembunyi tidak ditemukan.", DOWNLOAD_AGAIN)


def _rows_with_content(sheet: Worksheet, heading: int, columns: dict[str, int]) -> list[int]:
    watched = set(columns.values())
    return sorted(
        {
            row
            for (row, column), cell in sheet._cells.items()
            if row > heading and column in watched and cell.value is not None
        }
    )


class _Reader:
    """Takes the sheet's rows one by one."""

    def __init__(self, sheet: Worksheet, columns: dict[str, int], stamp: Stamp, grid: Grid) -> None:
        self.sheet, self.columns, self.stamp = sheet, columns, stamp
        self.rows = {row.key: row for row in rows_of(grid) if isinstance(row, EntryRow)}
        self.branches = {row.node.name for row in rows_of(grid) if isinstance(row, Branch)}
        self.sent = Sent(seen=dict(stamp.seen))
        self.taken: dict[str, int] = {}

    def take(self, row: int) -> None:
        key = self._label(row, "kunci")
        if not key:
            self._stray(row)
        elif key in self.taken:
            self._fault(
                row,
                "kunci",
                f"Baris ini muncul dua kali; yang pertama di baris {self.taken[key]}.",
                "Hapus salah satu baris.",
            )
        elif key not in self.rows:
            self._fault(
                row,
                "uraian",
                "Baris ini tidak ada lagi di portal.",
                "Hapus isiannya, atau hubungi perencana.",
            )
        else:
            self.taken[key] = row
            self._entries(row, self.rows[key])

    def finish(self) -> Sent:
        known = {name.partition("-")[0] for name in self.stamp.seen}
        lost = [row.name for key, row in self.rows.items() if key not in self.taken and key in known]
        new = [row.name for key, row in self.rows.items() if key not in known]
        if lost:
            self.sent.notices.append(
                f"{len(lost)} baris tidak ada dalam berkas; isiannya di portal tidak berubah: {_some(lost)}."
            )
        if new:
            self.sent.notices.append(
                f"{len(new)} baris baru ada di portal sejak berkas diunduh: {_some(new)}. Isi di portal."
            )
        return self.sent

    def _entries(self, row: int, found: EntryRow) -> None:
        if (self._label(row, "kode"), self._label(row, "uraian")) != (
            plain_text(found.code),
            plain_text(found.name),
        ):
            self._fault(
                row,
                "uraian",
                f"Uraian baris ini tidak cocok; seharusnya {found.name}. Isinya tampaknya bergeser.",
                DOWNLOAD_AGAIN,
            )
            return
        for name, cell in found.cells.items():
            column, word_column = HOLDS[name]
            place = self._place(row, column)
            try:
                text = (
                    self._measure(row, column, word_column, self.stamp.seen.get(cell.name, ""), found, name)
                    if word_column
                    else read_text(self._cell(row, column))
                )
            except CellFault as fault:
                self.sent.fault(place, fault.message, fault.mend)
            else:
                if cell.name in self.stamp.seen:
                    self.sent.put(cell.name, text, place)

    def _measure(self, row: int, column: str, word_column: str, seen: str, found: EntryRow, name: str) -> str:
        """The number, or the word that stands in its place."""
        cell = self._cell(row, column)
        text, word = read_text(cell), read_text(self._cell(row, word_column)).lower()
        if word not in ("", *STATES):
            raise CellFault(f"\u201c{word}\u201d bukan keterangan.", f"Pilih {', '.join(STATES)}.")
        if text in ("", "-"):
            if word == "angka":
                raise CellFault(
                    "Keterangannya angka, tetapi angkanya kosong.", "Ketik angkanya, atau pilih belum ada."
                )
            return word
        if text.lower() in WORDS:
            if word in NO_NUMBER and WORDS[text.lower()] != WORDS[word]:
                raise CellFault(f"Isinya {text}, tetapi keterangannya {word}.", "Pilih salah satu.")
            return text
        if word in NO_NUMBER:
            raise CellFault(
                f"Ada angka, tetapi keterangannya {word}.", "Kosongkan angkanya, atau pilih angka."
            )
        field = found.form.fields[name]
        assert isinstance(field, MeasureField)
        was: Measured = field.to_python(seen)
        number = number_of(cell)
        if was.number is not None and number is not None and same_number(was.number, number):
            return seen
        return text

    def _stray(self, row: int) -> None:
        """A row without key: a parent, or something that was typed beneath or between."""
        if self._label(row, "uraian") in self.branches:
            return
        for column in ("nilai", "fisik"):
            if self.sheet.cell(row, self.columns[column]).value is not None:
                self._fault(
                    row, column, "Baris ini bukan dari portal.", "Hapus; isi pada baris yang tersedia."
                )
                return

    def _cell(self, row: int, column: str) -> Cell | MergedCell:
        cell = self.sheet._cells.get((row, self.columns[column]))
        if isinstance(cell, MergedCell):
            raise CellFault("Sel ini digabung dengan sel lain.", "Pisahkan sel (Unmerge Cells), lalu isi.")
        return cell or self.sheet.cell(row, self.columns[column])

    def _label(self, row: int, column: str) -> str:
        try:
            return read_text(self._cell(row, column))
        except CellFault:
            return "?"

    def _place(self, row: int, column: str) -> Place:
        return Place(self.sheet.title, row, self.columns[column])

    def _fault(self, row: int, column: str, message: str, mend: str) -> None:
        self.sent.fault(self._place(row, column), message, mend)


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown}, dan {len(names) - 3} lagi" if len(names) > 3 else shown
