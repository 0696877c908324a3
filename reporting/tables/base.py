"""What a table of the report is: columns and rows whose printed text is made once, whatever shows it.

A module per table has `build(year: OfficeYear) -> Table`. HTML, PDF, XLSX and JSON only read the result."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sakip import indonesian
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.rounding import rounded
from sakip.scoring.values import Measured

EMPTY = "-"
PROVISIONAL = "Sementara"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class RowKind(StrEnum):
    DETAIL = "detail"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `group` puts it under a common heading; `width` is its share of the table's width."""

    key: str
    label: str
    align: Align = Align.LEFT
    group: str = ""
    width: float = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed text with the number behind it. `note` explains a missing, declared or derived value."""

    printed: str
    value: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as the table has columns; `level` indents the first text column (0 is outermost)."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.DETAIL
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table, e.g. "3.7". `notes` are printed under it; `provisional` adds the word Sementara."""

    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    landscape: bool = False
    provisional: bool = False
    empty_text: str = "Belum ada data."
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(column.key for column in self.columns))
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"Tabel {self.number}: {len(row.cells)} sel untuk {len(self.columns)} kolom."
                )

    @property
    def printed_rows(self) -> list[list[str]]:
        """The rows as the strings that are printed."""
        return [[cell.printed for cell in row.cells] for row in self.rows]


def text(value: object, note: str = "") -> Cell:
    return Cell(str(value) if value not in (None, "") else EMPTY, note=note)


def integer(value: int | None, note: str = "") -> Cell:
    """A count; None is a dash."""
    if value is None:
        return Cell(EMPTY, note=note)
    return Cell(indonesian.number(Decimal(value), 0), Decimal(value), note)


def number(value: Decimal | None, places: int, note: str = "") -> Cell:
    """A number with fixed decimals, already in its final precision or rounded half-up here, once."""
    if value is None:
        return Cell(EMPTY, note=note)
    return Cell(indonesian.number(value, places), value, note)


def money(value: Decimal | None, note: str = "") -> Cell:
    """Rupiah with sen and without the currency sign: 37.203.277.426,00."""
    return number(value, 2, note)


def measured(value: Measured, places: int) -> Cell:
    """A measured value: its number, a dash for *belum ada*, or the words of its state."""
    if value.number is not None:
        return number(value.number, places)
    return Cell(EMPTY if value.is_missing else value.state.label, note=value.state.label)


def percentage(result: Result, policy: ScoringPolicy) -> Cell:
    """A computed percentage, rounded here and only here."""
    return computed(result, policy, suffix="%")


def computed(result: Result, policy: ScoringPolicy, suffix: str = "") -> Cell:
    """A computed figure; without a value its reason stands there, or a dash for what is still to come."""
    if result.reason is not None:
        shown = EMPTY if result.is_still_to_come else result.reason.text
        return Cell(shown, note=result.reason.text)
    assert result.value is not None
    places = policy.percent_places
    printed = indonesian.number(rounded(result.value, places, policy.rounding), places) + suffix
    return Cell(printed, result.value, PROVISIONAL if result.provisional else "")


def blank() -> Cell:
    """A cell that repeats what stands above it, or to which nothing belongs."""
    return Cell("")


def row(*cells: Cell, kind: RowKind = RowKind.DETAIL, level: int = 0) -> Row:
    return Row(cells, kind, level)
