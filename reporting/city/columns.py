"""The columns of the comparison: by what they are sorted, and what stands in the file to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from reporting.city.lines import Line
from reporting.city.summary import Figure, Quarter, Summary
from sakip.scoring.quarters import ROMAN
from sakip.tabular import Cell

type Order = Callable[[Line], Decimal | int | str | None]


@dataclass(frozen=True, slots=True)
class Column:
    """`order` gives what the lines are sorted by, None last; `falls` where the largest is looked at first."""

    key: str
    label: str
    kind: str
    order: Order
    falls: bool = False


def _of(read: Callable[[Summary], Decimal | int | None]) -> Order:
    return lambda line: None if line.summary is None else read(line.summary)


def _quarter_order(index: int) -> Order:
    return _of(lambda summary: summary.quarters[index].missing if summary.quarters[index].units else None)


def _report_order(line: Line) -> int | None:
    """Those that are late first, then by the day of the edition."""
    if line.report is None:
        return None
    return line.report.issued_on.toordinal() if line.report.issued_on else -line.report.overdue


COLUMNS = (
    Column("nama", "Perangkat daerah", "text", lambda line: line.agency.name.casefold()),
    Column("nko", "NKO", "number", _of(lambda summary: summary.nko.result.value)),
    Column("indikator", "Sesuai target", "number", _of(lambda summary: summary.met_share)),
    Column("serapan", "Serapan", "number", _of(lambda summary: summary.absorption.result.value)),
    *(
        Column(f"tw{number}", f"TW {roman}", "text", _quarter_order(number - 1), falls=True)
        for number, roman in enumerate(ROMAN, 1)
    ),
    Column("akip", "AKIP", "number", _of(lambda summary: summary.akip.score if summary.akip else None)),
    Column("lhe", "Tindak lanjut LHE", "number", _of(lambda summary: summary.not_followed_up), True),
    Column("laporan", "LKjIP", "text", _report_order),
    Column("perhatian", "Perlu perhatian", "number", _of(lambda summary: summary.concerns), True),
)
BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column that the table is sorted by, and whether the largest comes first."""

    column: Column = COLUMNS[0]
    falls: bool = False

    @classmethod
    def read(cls, text: str) -> Sorting:
        """'nko' rises, '-nko' falls; anything else sorts by name."""
        column = BY_KEY.get(text.removeprefix("-"))
        return cls(column, text.startswith("-")) if column else cls()

    def apply(self, lines: Iterable[Line]) -> list[Line]:
        """Lines that the column says nothing of come last, whichever way."""
        known: list[tuple[Any, Line]] = []
        unknown: list[Line] = []
        for line in lines:
            value = self.column.order(line)
            if value is None:
                unknown.append(line)
            else:
                known.append((value, line))
        known.sort(key=itemgetter(0), reverse=self.falls)
        return [line for _, line in known] + unknown

    def next_of(self, column: Column) -> str:
        """What the column's heading asks for: its own first way, then the other."""
        falls = not self.falls if column == self.column else column.falls
        return f"-{column.key}" if falls else column.key


# ---------------------------------------------------------------- the file
HEADINGS = (
    "Perangkat daerah",
    "Data contoh",
    "NKO (%)",
    "Predikat NKO",
    "Keterangan NKO",
    "Indikator sesuai target",
    "Indikator dinilai",
    "Serapan (%)",
    "Keterangan serapan",
    *(f"TW {roman}" for roman in ROMAN),
    "Tahun AKIP",
    "Nilai AKIP",
    "Predikat AKIP",
    "Rekomendasi selesai",
    "Rekomendasi",
    "Edisi LKjIP",
    "Tanggal edisi",
    "Batas LKjIP",
    "Hari terlambat",
    "Perlu perhatian",
)


def file_row(line: Line) -> Sequence[Cell]:
    """Numbers as numbers; the reason where there is none, nothing where the year has no data."""
    start: list[Cell] = [line.agency.name, "ya" if line.is_sample else "tidak"]
    if line.summary is None or line.report is None:
        return [*start, *[""] * (len(HEADINGS) - len(start))]
    summary, report, akip = line.summary, line.report, line.summary.akip
    return [
        *start,
        *_figure(summary.nko, summary.nko.predicate),
        summary.met,
        summary.judged,
        *_figure(summary.absorption),
        *(_stages(quarter) for quarter in summary.quarters),
        *((akip.year, akip.score, akip.label) if akip else ("", "", "")),
        summary.followed_up,
        summary.recommendations,
        report.number or "",
        report.issued_on.isoformat() if report.issued_on else "",
        report.deadline.due.isoformat() if report.deadline.due else "",
        report.overdue or report.deadline.issued_late,
        summary.concerns,
    ]


def _figure(found: Figure, *between: Cell) -> Iterable[Cell]:
    number: Cell = "" if found.number is None else found.number
    reason = "" if found.result.reason is None else found.result.reason.text
    return [number, *between, "Sementara" if found.result.provisional else reason]


def _stages(quarter: Quarter) -> str:
    """'2 belum, 4 diverifikasi'; empty where the quarter was not opened."""
    return ", ".join(f"{count} {word}" for count, _, word, _ in quarter.stages)
