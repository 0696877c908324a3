"""How the workbook's cells look. Colours are those of the portal's light theme."""

from __future__ import annotations

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

RUPIAH = "[$-421]#,##0.00"
NATURAL = "General"

_LINE, _STRONG_LINE = Side(style="thin", color="DDE3E8"), Side(style="thin", color="0B5A7A")
_BELOW, _BOX = Border(bottom=_LINE), Border(_STRONG_LINE, _STRONG_LINE, _STRONG_LINE, _STRONG_LINE)
_OPEN = Protection(locked=False)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
INDENTED = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=2)
RIGHT = Alignment(vertical="top", horizontal="right")
WORD = Alignment(vertical="top", horizontal="left", indent=1)
LINE_HEIGHT = 15.0


def fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


WHITE, GREY, DARK_GREY = fill("FFFFFF"), fill("F1F4F6"), fill("DDE6EB")
AMBER, RED = fill("FBE7B8"), fill("F6C9C9")


def _font(**look: object) -> Font:
    """Named, since a font without a name is each program's own choice."""
    return Font(name="Calibri", **({"size": 11} | look))  # type: ignore[arg-type]


_BASE: dict[str, object] = {"font": _font(), "fill": GREY, "border": _BELOW, "alignment": _WRAPPED}

STYLES: dict[str, dict[str, object]] = {
    "title": {"font": _font(bold=True, size=14, color="0B5A7A")},
    "strong": {"font": _font(bold=True)},
    "note": {"font": _font(color="4A5864")},
    "sample": {"font": _font(bold=True, color="8A5A00")},
    "text": {"font": _font(), "alignment": _WRAPPED},
    "heading": {
        "font": _font(bold=True, color="FFFFFF"),
        "fill": fill("0B5A7A"),
        "alignment": Alignment(vertical="center", wrap_text=True),
    },
    "branch0": _BASE | {"font": _font(bold=True), "fill": DARK_GREY},
    "branch1": _BASE | {"font": _font(bold=True)},
    "row": _BASE,
    "open": {"font": _font(), "fill": WHITE, "border": _BOX, "alignment": RIGHT, "protection": _OPEN},
    "open_text": {"font": _font(), "fill": WHITE, "border": _BOX, "alignment": _WRAPPED, "protection": _OPEN},
}


def apply(cell: Cell | MergedCell, name: str) -> None:
    """Give a cell one of the styles above."""
    for attribute, value in STYLES[name].items():
        setattr(cell, attribute, value)
