"""Table 3.7: the budget and what was spent, unit by unit down to the sub-activity."""

from collections.abc import Iterator, Sequence

from budget.queries.budget_year import BudgetSum, NodeBudget
from reporting.tables import base
from reporting.tables.base import Align, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip.scoring.policy import ScoringPolicy

COLUMNS = (
    Column("name", "Program / kegiatan / sub kegiatan", width=5),
    Column("ceiling", "Pagu (Rp)", Align.RIGHT, width=2),
    Column("physical", "Fisik", Align.RIGHT, group="Realisasi"),
    Column("realised", "Keuangan (Rp)", Align.RIGHT, group="Realisasi", width=2),
    Column("absorption", "Serapan", Align.RIGHT, group="Realisasi"),
)
KINDS = (RowKind.GROUP, RowKind.SUBTOTAL, RowKind.DETAIL)


def build(year: OfficeYear) -> Table:
    budget = year.budget
    rows = (
        [_row(year.policy, f"Jumlah {year.agency.name}", budget.total, RowKind.TOTAL)] if budget.lines else []
    )
    for unit in budget.units:
        rows.append(_row(year.policy, unit.unit.printed_name, unit.sum, RowKind.TOTAL, 1))
        rows += _tree(year.policy, unit.programmes)
    return Table(
        number="3.7",
        title=f"Realisasi Anggaran Program dan Kegiatan {year.agency.name} Tahun {year.year}",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(
            "Serapan adalah realisasi keuangan dibagi pagu.",
            "Fisik program, kegiatan, dan unit kerja adalah rata-rata berbobot pagu.",
        ),
        source=source_of(year),
        provisional=budget.total.provisional,
    )


def source_of(year: OfficeYear) -> str:
    """Which of the two kinds of money the figures are."""
    official = [line for line in year.budget.lines if line.official_rp is not None]
    if not year.budget.lines:
        return ""
    if len(official) == len(year.budget.lines):
        return "Realisasi resmi (laporan realisasi anggaran)"
    if official:
        return "Realisasi resmi; baris tanpa realisasi resmi memakai isian triwulan"
    return "Isian triwulan unit kerja"


def _tree(policy: ScoringPolicy, nodes: Sequence[NodeBudget], depth: int = 0) -> Iterator[base.Row]:
    for found in nodes:
        yield _row(policy, found.node.name, found.sum, KINDS[depth], depth + 2)
        yield from _tree(policy, found.children, depth + 1)


def _row(policy: ScoringPolicy, name: str, found: BudgetSum, kind: RowKind, level: int = 0) -> base.Row:
    return base.row(
        base.text(name),
        base.money(found.ceiling_rp),
        base.percentage(found.physical, policy),
        base.money(found.realised_rp),
        base.percentage(found.absorption, policy),
        kind=kind,
        level=level,
    )
