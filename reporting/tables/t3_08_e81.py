"""Table 3.8: form E.81, performance and money of programmes, activities and sub-activities per quarter.

A4 landscape has no room for K beside Rp in ten columns, so each measure has a row of its own, with its unit:
first the money (Rp), then every indicator (K), as the printed form stacks them. The columns are the times.
"""

from collections.abc import Iterable

from budget.models import FormLevel
from budget.queries.e81 import E81Form, E81Node, IndicatorLine, Money
from reporting.tables.base import EMPTY, Align, Cell, Column, Row, RowKind, Table, percentage, text
from reporting.tables.e81_notes import DECLARED, DERIVED, DOUBTFUL, HIDDEN, PROVISIONAL, notes
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import Confidence
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import ROMAN
from sakip.scoring.result import Result
from sakip.scoring.scales import Band
from sakip.scoring.values import Measured

NUMBER = "3.8"
BLANK = Cell("")

LEVELS = {
    FormLevel.AGENCY: (RowKind.TOTAL, 0),
    FormLevel.PROGRAMME: (RowKind.GROUP, 0),
    FormLevel.ACTIVITY: (RowKind.SUBTOTAL, 1),
    FormLevel.SUB_ACTIVITY: (RowKind.DETAIL, 2),
}
KINDS = {
    FormLevel.AGENCY: "program",
    FormLevel.PROGRAMME: "kegiatan",
    FormLevel.ACTIVITY: "sub kegiatan",
}


def build(year: OfficeYear) -> Table:
    return table(year.e81, year.policy)


def table(form: E81Form, policy: ScoringPolicy) -> Table:
    """The form as rows that are printed; an imported form lacks the plan's target and earlier years."""
    return Table(
        number=NUMBER,
        title=(
            "Capaian Kinerja dan Anggaran Program, Kegiatan, dan Sub Kegiatan "
            f"{form.agency.name} {_until(form)}Tahun {form.year}"
        ),
        columns=tuple(_columns(form)),
        rows=tuple(row for node in form.nodes for row in _rows(node, form, policy)),
        notes=notes(form, policy),
        source=form.source or "Realisasi triwulan yang diisi unit kerja",
        landscape=True,
        provisional=form.provisional,
    )


def _until(form: E81Form) -> str:
    """The last quarter in which the office spent or said that it did not."""
    filled = [roman for roman, value in zip(ROMAN, form.curve, strict=True) if not value.is_missing]
    return f"Triwulan {filled[-1]} " if filled else ""


def _columns(form: E81Form) -> Iterable[Column]:
    """Money columns are as wide as 37.203.277.426 in bold needs on A4 landscape. All widths together
    are 16, each a whole percentage of it, so that none is rounded down to where its figures run together."""
    right, money = Align.RIGHT, 1.12
    yield Column("no", "No", width=0.48)
    yield Column("name", "Program / Kegiatan / Sub Kegiatan dan Indikator", width=2.4)
    yield Column("unit", "Satuan", Align.CENTER, width=0.8)
    if not form.is_imported:
        yield Column("plan_target", "Target Renstra", right, width=0.64)
        yield Column("before", f"Realisasi s.d. {form.year - 1}", right, width=money)
    yield Column("target", f"Target dan Pagu {form.year}", right, width=money)
    for roman in ROMAN:
        yield Column(f"q_{roman.lower()}", f"TW {roman}", right, group="Realisasi Triwulan", width=money)
    yield Column("total", f"Realisasi {form.year}", right, width=money)
    yield Column("to_date", f"Realisasi s.d. {form.year}", right, width=money)
    yield Column("pct", "Tingkat Capaian", right, width=0.96)
    yield Column("band", "Predikat", Align.CENTER, width=0.8)
    yield Column("responsible", "Penanggung Jawab", width=0.96)


def _rows(node: E81Node, form: E81Form, policy: ScoringPolicy) -> Iterable[Row]:
    kind, level = LEVELS[node.level]
    yield Row(tuple(_money_cells(node, form, policy)), kind, level)
    for indicator in node.own.indicators:
        yield Row(tuple(_indicator_cells(indicator, form, policy)), RowKind.DETAIL, level + 1)
    if node.rows:
        yield Row(tuple(_mean_cells(node, form, policy)), RowKind.MEAN, level + 1)


def _money_cells(node: E81Node, form: E81Form, policy: ScoringPolicy) -> Iterable[Cell]:
    yield Cell(node.number)
    yield _name(node)
    yield text(f"Rp ({node.own.fund_source})" if node.own.fund_source else "Rp")
    if not form.is_imported:
        yield BLANK
        yield _measured(node.before_rp)
    yield _measured(Measured.optional(node.ceiling_rp))
    yield from map(_measured, node.money.quarters)
    yield _total(node.money)
    yield _measured(node.to_date_rp)
    yield _percentage(node.absorption, policy)
    yield _band(node.absorption_band if node.rows else None)
    yield Cell(node.responsible)


def _indicator_cells(line: IndicatorLine, form: E81Form, policy: ScoringPolicy) -> Iterable[Cell]:
    yield BLANK
    yield text(line.name or "Indikator tidak terbaca")
    yield Cell(line.unit_of_measure)
    if not form.is_imported:
        yield _measured(line.plan_target)
        yield _measured(line.before)
    yield _measured(line.target)
    yield from map(_measured, line.quarters)
    yield _measured(line.total)
    yield _measured(line.to_date)
    yield _percentage(line.k, policy, DECLARED if line.is_declared else "")
    yield BLANK
    yield BLANK


def _mean_cells(node: E81Node, form: E81Form, policy: ScoringPolicy) -> Iterable[Cell]:
    counted = node.mean.counted if node.mean else 0
    beneath = indonesian.count_words(counted)
    yield BLANK
    yield text(f"Rata-rata capaian kinerja {beneath} {KINDS.get(node.level, 'baris')}")
    yield text("%")
    blanks = len(list(_columns(form))) - 6
    yield from (BLANK for _ in range(blanks))
    yield _percentage(node.k, policy)
    yield _band(node.k_band)
    yield BLANK


def _name(node: E81Node) -> Cell:
    """The name, told apart from a second printing of the same line, with the signs of doubt."""
    doubtful = DOUBTFUL if node.own.confidence == Confidence.LOW else ""
    hidden = HIDDEN if node.is_hidden else ""
    repeat = " (baris kedua)" if node.is_repeat else ""
    return Cell(f"{node.name}{repeat}{doubtful}{hidden}")


def _total(money: Money) -> Cell:
    cell = _measured(money.total)
    return Cell(cell.printed + DERIVED, cell.value) if money.is_derived else cell


def _measured(value: Measured) -> Cell:
    """A number in its natural decimals; the words for nihil and tidak berlaku, a dash for belum ada."""
    if value.number is not None:
        return Cell(indonesian.plain(value.number), value.number)
    return Cell(EMPTY if value.is_missing else value.state.label, note=value.state.label)


def _percentage(result: Result, policy: ScoringPolicy, sign: str = "") -> Cell:
    """A percentage with its signs; the reasons of missing ones stand under the table, by row."""
    cell = percentage(result, policy)
    return Cell(f"{cell.printed}{sign}{PROVISIONAL if result.provisional else ''}", cell.value)


def _band(band: Band | None) -> Cell:
    return Cell(band.label) if band else BLANK
