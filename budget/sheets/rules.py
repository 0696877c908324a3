"""What Excel itself checks and colours while somebody types: the portal's checks in its own words."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from budget.sheets.layout import PLACES, STATES
from budget.sheets.style import AMBER, RED
from sakip.forms.measurement import LONGEST_TEXT

LARGEST_RP = "9999999999999.99"
LARGEST = "999999999"


def _letter(column: str) -> str:
    return f"${get_column_letter(PLACES[column])}"


class Rules:
    """Collects the cells of each check, and attaches them to the sheet once."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.checks = {
            "word": DataValidation(
                type="list",
                formula1=f'"{",".join(STATES)}"',
                allow_blank=True,
                showErrorMessage=True,
                errorTitle="Keterangan",
                error="Pilih dari daftar: angka, nihil, tidak berlaku, atau belum ada.",
            ),
            "amount": _between("0", LARGEST_RP, "Rupiah", "Ketik angka 0 atau lebih, tanpa rumus dan teks."),
            "physical": _between(
                "0", "100", "Fisik", "Ketik angka 0 sampai 100, kumulatif sejak awal tahun."
            ),
            "value": _between("0", LARGEST, "Realisasi", "Ketik angka 0 atau lebih, tanpa rumus dan teks."),
            "any": _between(f"-{LARGEST}", LARGEST, "Realisasi", "Ketik angka, tanpa rumus dan teks."),
            "text": DataValidation(
                type="textLength",
                operator="lessThanOrEqual",
                formula1=str(LONGEST_TEXT),
                allow_blank=True,
                showErrorMessage=True,
                errorTitle="Terlalu panjang",
                error=f"Paling banyak {LONGEST_TEXT} karakter.",
            ),
        }

    def word(self, cell: Cell | MergedCell) -> None:
        self.checks["word"].add(cell)

    def text(self, cell: Cell | MergedCell) -> None:
        self.checks["text"].add(cell)

    def number(self, cell: Cell | MergedCell, name: str, *, may_fall_below: bool) -> None:
        self.checks["any" if may_fall_below else name].add(cell)

    def line(self, place: int, physical_before: Decimal | None) -> None:
        """A budget line: spending above the ceiling and a falling progress are coloured, not refused."""
        value, before, ceiling = (f"{_letter(name)}{place}" for name in ("nilai", "sebelum", "pagu"))
        self._colour(
            "nilai", place, place, f"AND(ISNUMBER({value}),ISNUMBER({ceiling}),N({before})+{value}>{ceiling})"
        )
        if physical_before is not None:
            physical = f"{_letter('fisik')}{place}"
            self._colour("fisik", place, place, f"AND(ISNUMBER({physical}),{physical}<{physical_before:f})")

    def attach(self, first: int, last: int) -> None:
        for number, word in (("nilai", "nilai_ket"), ("fisik", "fisik_ket")):
            filled, named = f"{_letter(number)}{first}", f"{_letter(word)}{first}"
            clash = (
                f'OR(AND({filled}="",{named}="angka"),'
                f'AND({filled}<>"",OR({named}="nihil",{named}="tidak berlaku")))'
            )
            self._colour(word, first, last, clash, RED)
        for check in self.checks.values():
            if check.sqref:
                self.sheet.add_data_validation(check)

    def _colour(self, column: str, first: int, last: int, formula: str, fill=AMBER) -> None:
        letter = get_column_letter(PLACES[column])
        self.sheet.conditional_formatting.add(
            f"{letter}{first}:{letter}{last}", FormulaRule(formula=[formula], fill=_for_rule(fill))
        )


def _for_rule(fill):
    """A conditional colour is read from the background, not from the foreground as elsewhere."""
    return type(fill)("solid", bgColor=fill.fgColor)


def _between(low: str, high: str, title: str, message: str) -> DataValidation:
    return DataValidation(
        type="decimal",
        operator="between",
        formula1=low,
        formula2=high,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=title,
        error=message,
        showInputMessage=True,
        promptTitle=title,
        prompt=message,
    )
