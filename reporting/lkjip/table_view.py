"""How a table of the report is laid out as HTML: heading rows, column widths, indents, marks of notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from reporting.tables.base import PROVISIONAL, Align, Cell, Column, Row, RowKind, Table

# A wide table of few rows is printed upright in small type: a turned page for one row wastes two.
FEW_ROWS = 8
# A table this short stays on one page.
WHOLE_ROWS = 14
DENSE_COLUMNS, TIGHT_COLUMNS = 7, 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Explanations that every reader of an Indonesian report takes from the dash itself.
OBVIOUS = frozenset({"belum ada", PROVISIONAL, "naik", "turun", "tetap"})


@dataclass(frozen=True, slots=True)
class Head:
    label: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class CellView:
    """A printed cell; `mark` is the letter of the note that explains it."""

    text: str
    css: str
    mark: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    css: str
    cells: tuple[CellView, ...]


@dataclass(slots=True)
class _Marks:
    """Gives each distinct note a letter, in the order in which the notes appear."""

    letters: dict[str, str] = field(default_factory=dict)

    def of(self, note: str) -> str:
        if not note or note in OBVIOUS:
            return ""
        if note not in self.letters:
            place = len(self.letters)
            ring, letter = divmod(place, len(LETTERS))
            self.letters[note] = LETTERS[letter] * (ring + 1)
        return self.letters[note]


@dataclass(frozen=True, slots=True)
class TableView:
    """What the template walks through."""

    heads: tuple[tuple[Head, ...], ...]
    widths: tuple[int, ...]
    rows: tuple[RowView, ...]
    marks: tuple[tuple[str, str], ...]
    density: str
    turned: bool
    whole: bool


def view_of(table: Table) -> TableView:
    marks = _Marks()
    text_column = _text_column(table.columns)
    rows = tuple(_row(row, table.columns, text_column, marks) for row in table.rows)
    return TableView(
        heads=heads_of(table.columns),
        widths=widths_of(table.columns),
        rows=rows,
        marks=tuple((letter, note) for note, letter in marks.letters.items()),
        density=_density(table),
        turned=is_turned(table),
        whole=len(table.rows) <= WHOLE_ROWS,
    )


def is_turned(table: Table) -> bool:
    """Whether the table stands on a page turned sideways."""
    return table.landscape and len(table.rows) > FEW_ROWS


def _density(table: Table) -> str:
    count = len(table.columns)
    if count > TIGHT_COLUMNS or (table.landscape and not is_turned(table)):
        return "tight"
    return "dense" if count >= DENSE_COLUMNS or table.landscape else "normal"


def heads_of(columns: tuple[Column, ...]) -> tuple[tuple[Head, ...], ...]:
    """One heading row, or two where columns share a heading."""
    if not any(column.group for column in columns):
        return (tuple(Head(column.label) for column in columns),)
    upper: list[Head] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        if group:
            upper.append(Head(group, colspan=len(found)))
        else:
            upper += [Head(column.label, rowspan=2) for column in found]
    return tuple(upper), tuple(Head(column.label) for column in columns if column.group)


def widths_of(columns: tuple[Column, ...]) -> tuple[int, ...]:
    """Whole percentages that add up to 100, by largest remainder."""
    whole = sum(column.width for column in columns)
    shares = [column.width * 100 / whole for column in columns]
    widths = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: widths[place] - shares[place])
    for place in by_remainder[: 100 - sum(widths)]:
        widths[place] += 1
    return tuple(widths)


def _text_column(columns: tuple[Column, ...]) -> int:
    """The first column of text, which shows how deep a row lies."""
    found = (
        place for place, column in enumerate(columns) if column.align is Align.LEFT and column.width >= 1
    )
    return next(found, 0)


def _row(row: Row, columns: tuple[Column, ...], text_column: int, marks: _Marks) -> RowView:
    cells = tuple(
        _cell(cell, column, place == text_column and row.level, marks)
        for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    )
    return RowView("" if row.kind is RowKind.DETAIL else f"lk-{row.kind.value}", cells)


def _cell(cell: Cell, column: Column, level: int, marks: _Marks) -> CellView:
    css = {Align.RIGHT: "lk-right", Align.CENTER: "lk-center", Align.LEFT: ""}[column.align]
    if level:
        css = f"{css} lk-in-{min(level, 4)}".strip()
    # A word that says it itself needs no note.
    mark = "" if cell.note == cell.printed else marks.of(cell.note)
    return CellView(cell.printed, css, mark, cell.note == PROVISIONAL)
