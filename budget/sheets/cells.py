"""One cell of a workbook: how a text is written so that it stays a text, and what a cell's content means."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.datetime import to_excel

from sakip import indonesian
from sakip.tabular import starts_like_formula

# What XML cannot carry.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000
# Spreadsheets compute with 15 digits; what lies beyond is noise of the binary fraction.
_DIGITS = ".15g"
_FURTHEST = 30  # powers of ten
# Excel counts its days from 1900; a "date" so early was meant as hours.
_FIRST_REAL_YEAR = 1905


class CellFault(ValueError):  # noqa: N818 - a question to the writer more than a failure
    """A cell that holds no plain number or text."""

    def __init__(self, message: str, mend: str) -> None:
        self.message, self.mend = message, mend
        super().__init__(f"{message} {mend}")


RETYPE = "Atur format sel menjadi Umum atau Angka, lalu ketik ulang isinya."


def plain_text(text: str) -> str:
    """The text as a workbook can carry it; the same for what was written and what came back."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", lines).strip()[:LONGEST]


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Put a text into a cell as a text: one that starts like a formula stays what it is."""
    if isinstance(cell, MergedCell):
        return
    cell.value = plain_text(text) or None
    if cell.value is not None:
        cell.data_type = "s"
        if starts_like_formula(text):
            cell.quotePrefix = True  # Excel's own mark for "this is text", kept when the cell is edited


def read_text(cell: Cell | MergedCell) -> str:
    """What a cell says, as it would be typed into the portal; empty for an empty cell.

    Raises CellFault for a formula, an error of the spreadsheet, a date, or a truth value.
    """
    value = cell.value
    if value is None or isinstance(cell, MergedCell):
        return ""
    if cell.data_type == "f":
        raise CellFault(
            "Sel berisi rumus.", "Salin sel itu, lalu Tempel Khusus sebagai Nilai, atau ketik angkanya."
        )
    if cell.data_type == "e":
        raise CellFault(f"Sel berisi kesalahan Excel {value}.", "Ketik angka yang benar, atau kosongkan.")
    if isinstance(value, bool):
        raise CellFault("Sel berisi BENAR atau SALAH.", RETYPE)
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, timedelta | time | datetime | date):
        return _clock_text(value)
    return plain_text(str(value))


def number_of(cell: Cell | MergedCell) -> Decimal | None:
    """The cell's number where it is stored as one."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float) or cell.data_type != "n":
        return None
    return _exact(value)


def same_number(stored: Decimal, came_back: Decimal) -> bool:
    """Whether a number is what the spreadsheet made of the stored one."""
    return format(float(stored), _DIGITS) == format(float(came_back), _DIGITS)


def _exact(value: int | float) -> Decimal | None:
    """As many digits as a spreadsheet shows; None beyond what any cell of the portal takes."""
    try:
        exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, _DIGITS))
    except OverflowError:
        return None
    return exact if exact.is_finite() and abs(exact.adjusted()) <= _FURTHEST else None


def _number_text(value: int | float) -> str:
    exact = _exact(value)
    if exact is None:
        raise CellFault("Angka di luar jangkauan.", RETYPE)
    return indonesian.editable(exact)


def _clock_text(value: timedelta | time | datetime | date) -> str:
    """Excel makes a time of day of 97.13; as text it is a number that can be asked about."""
    if isinstance(value, datetime) and value.year < _FIRST_REAL_YEAR:
        value = timedelta(days=float(to_excel(value)))
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if not isinstance(value, timedelta):
        raise CellFault(f"Excel membaca isian ini sebagai tanggal {value:%d/%m/%Y}.", RETYPE)
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}.{minutes:02d}.{seconds:02d}"
