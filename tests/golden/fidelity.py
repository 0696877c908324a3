"""How far our tables are from the printed report: cell by cell, with the reason for each difference.

A golden module makes a `Section`; `test_fidelity.py` writes all of them to docs/fidelity.md.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    SAME = "sama"
    DIFFERENT = "berbeda"
    UNREADABLE = "tidak terbaca"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One cell of the printed report against ours; a difference has its reason."""

    table: str
    cell: str
    printed: str
    ours: str
    reason: str = ""

    @property
    def verdict(self) -> Verdict:
        if not self.printed:
            return Verdict.UNREADABLE
        return Verdict.SAME if self.printed == self.ours else Verdict.DIFFERENT


@dataclass(frozen=True, slots=True)
class Section:
    """A table (or a few) of the printed report and the source that ours uses. Of the cells that are the same
    only the number is told, unless `lists_all`."""

    title: str
    source: str
    comparisons: tuple[Comparison, ...]
    lists_all: bool = False

    @property
    def unexplained(self) -> list[Comparison]:
        return [row for row in self.comparisons if row.verdict is Verdict.DIFFERENT and not row.reason]

    def markdown(self) -> str:
        counted = Counter(row.verdict for row in self.comparisons)
        counts = ", ".join(f"{counted[verdict]} {verdict.value}" for verdict in Verdict if counted[verdict])
        lines = [f"## {self.title}", "", f"Sumber: {self.source}. Sel: {counts}.", "", *self._rows()]
        return "\n".join(lines).rstrip()

    def _rows(self) -> Iterable[str]:
        shown = [
            row for row in self.comparisons if self.lists_all or row.verdict is not Verdict.SAME or row.reason
        ]
        if not shown:
            return
        yield "| Tabel | Sel | Tercetak | Portal | Putusan | Alasan |"
        yield "|---|---|---|---|---|---|"
        for row in shown:
            cells = (row.table, row.cell, row.printed or "-", row.ours, row.verdict.value, row.reason)
            yield "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
