"""What the portal's own workbook looks like: its sheets, its columns, and the row each form stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budget.forms.entry import GroupForms
from budget.queries.quarter_grid import Branch, Grid, Group, IndicatorCells, LineCells
from sakip.forms.measurement import Cell, RowForm

FORMAT = "portal-sakip-isian"
VERSION = "1"
ENTRY_SHEET, HELP_SHEET, HIDDEN_SHEET, PROBLEM_SHEET = "Isian", "Petunjuk", "_sakip", "Masalah"

# Above the table: title, office, state, how to fill in, sample mark. Below the heading stands a hidden row
# with the columns' own names, by which they are found again.
HEADING_ROW, NAMES_ROW, FIRST_ROW = 6, 7, 8

STATES = ("angka", "nihil", "tidak berlaku", "belum ada")
NO_NUMBER = ("nihil", "tidak berlaku")


@dataclass(frozen=True, slots=True)
class Column:
    """`name` stands in the hidden row; `cells` are the form's cells it holds, by its kind of row."""

    name: str
    width: int
    help: str = ""


COLUMNS = (
    Column("kode", 20),
    Column("uraian", 52),
    Column("satuan", 16),
    Column("pagu", 19),
    Column("sebelum", 19),
    Column(
        "nilai",
        19,
        "Rupiah yang dibelanjakan dalam triwulan ini saja, atau realisasi indikator dalam triwulan ini. "
        "0 adalah angka. Bila tidak ada angkanya, kosongkan dan pilih keterangannya di kolom sebelah.",
    ),
    Column(
        "nilai_ket",
        14,
        "angka: ada angkanya, 0 termasuk. nihil: dinyatakan tidak ada kejadian. "
        "tidak berlaku: tidak untuk baris ini. belum ada: datanya menyusul.",
    ),
    Column("fisik", 10, "Kemajuan fisik dalam persen, 0 sampai 100, kumulatif sejak awal tahun."),
    Column("fisik_ket", 14, "Seperti keterangan realisasi, untuk kemajuan fisik."),
    Column("kendala", 38, "Paling banyak 2.000 karakter."),
    Column("solusi", 38, "Paling banyak 2.000 karakter."),
    Column("kunci", 12),
)
PLACES = {column.name: place for place, column in enumerate(COLUMNS, 1)}
# The columns that are read back.
READ = ("kode", "uraian", "nilai", "nilai_ket", "fisik", "fisik_ket", "kendala", "solusi", "kunci")
# Where a form's cell stands: its column, and for a measured one the column of its word.
HOLDS = {
    "amount": ("nilai", "nilai_ket"),
    "value": ("nilai", "nilai_ket"),
    "physical": ("fisik", "fisik_ket"),
    "obstacle": ("kendala", ""),
    "solution": ("solusi", ""),
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row of the sheet that takes entries: a line or an indicator, with its form."""

    group: Group
    source: LineCells | IndicatorCells
    form: RowForm

    @property
    def key(self) -> str:
        return str(self.form.prefix)

    @property
    def cells(self) -> dict[str, Cell]:
        return self.form.cells

    @property
    def is_line(self) -> bool:
        return isinstance(self.source, LineCells)

    @property
    def name(self) -> str:
        if isinstance(self.source, LineCells):
            return self.group.name
        return self.source.version.name

    @property
    def code(self) -> str:
        return self.group.code if self.is_line else ""


def entry_rows(forms: GroupForms) -> Iterator[EntryRow]:
    """A group's lines, then its indicators."""
    for line, line_form in zip(forms.group.lines, forms.lines, strict=True):
        yield EntryRow(forms.group, line, line_form)
    for indicator, form in zip(forms.group.indicators, forms.indicators, strict=True):
        yield EntryRow(forms.group, indicator, form)


def rows_of(grid: Grid) -> Iterator[Branch | EntryRow]:
    """Every row of the sheet in its order: indicators above the programme tree, then the tree."""
    for row in (*grid.outcomes, *grid.rows):
        if isinstance(row, Branch):
            yield row
        else:
            yield from entry_rows(GroupForms.of(row))
