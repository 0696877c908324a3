"""The hidden sheet: which unit's quarter a workbook is of, and what each cell showed when it was downloaded,
so that one changed in the portal since is noticed. Signed, so that a damaged or re-labelled file shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.signing import Signer
from openpyxl.worksheet.worksheet import Worksheet

from budget.sheets.cells import plain_text, write_text
from budget.sheets.layout import FORMAT, VERSION
from budget.sheets.reading import last_row
from sakip.models import UnitQuarter

# Rows of the hidden sheet: the labels in this order, then the cells.
LABELS = ("format", "versi", "instansi", "tahun", "unit", "triwulan", "diunduh", "sidik")
SIGNATURE_ROW = LABELS.index("sidik") + 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """`seen` holds each cell's text at the time of download, by the form's name of the cell."""

    agency: str
    year: str
    unit: str
    quarter: str
    downloaded: str
    seen: Mapping[str, str]

    @classmethod
    def of(cls, unit_quarter: UnitQuarter, downloaded: str, seen: Mapping[str, str]) -> Stamp:
        unit = unit_quarter.unit
        return cls(
            unit.agency.slug,
            str(unit_quarter.year),
            unit.slug,
            str(unit_quarter.quarter),
            downloaded,
            {name: plain_text(text) for name, text in seen.items()},
        )

    @property
    def facts(self) -> tuple[str, ...]:
        return (FORMAT, VERSION, self.agency, self.year, self.unit, self.quarter, self.downloaded)

    @property
    def signature(self) -> str:
        lines = [*self.facts, *(f"{name}\t{text}" for name, text in self.seen.items())]
        return Signer(salt="budget.sheets").signature("\n".join(lines))

    def is_of(self, unit_quarter: UnitQuarter) -> bool:
        return self.facts == Stamp.of(unit_quarter, self.downloaded, {}).facts

    def write(self, sheet: Worksheet) -> None:
        """Fill the hidden sheet."""
        for row, (label, fact) in enumerate(zip(LABELS, (*self.facts, self.signature), strict=True), 1):
            write_text(sheet.cell(row, 1), label)
            write_text(sheet.cell(row, 2), fact)
        for row, (name, text) in enumerate(self.seen.items(), SIGNATURE_ROW + 1):
            write_text(sheet.cell(row, 1), name)
            write_text(sheet.cell(row, 2), text)


def read_stamp(sheet: Worksheet) -> Stamp | None:
    """The stamp, or None where it is damaged, or signed by another portal."""

    def text(row: int, column: int) -> str:
        value = sheet.cell(row, column).value
        return "" if value is None else str(value)

    last = last_row(sheet)
    facts = [text(row, 2) for row in range(1, SIGNATURE_ROW)]
    if facts[:2] != [FORMAT, VERSION]:
        return None
    seen = {text(row, 1): text(row, 2) for row in range(SIGNATURE_ROW + 1, last + 1)}
    agency, year, unit, quarter, downloaded = facts[2:]
    stamp = Stamp(agency, year, unit, quarter, downloaded, seen)
    return stamp if stamp.signature == text(SIGNATURE_ROW, 2) else None
