"""Table 2.3: the revised agreement's indicators (2.3) and programmes (2.3a), and the tree beneath (2.3b)."""

from collections.abc import Iterator, Sequence

from budget.queries.budget_year import NodeBudget
from reporting.tables import base
from reporting.tables.agreement import indicators_table, programmes_table
from reporting.tables.base import Align, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip.models import NodeLevel

EMPTY = "Perjanjian Kinerja tahun ini tidak diubah."
TREE_COLUMNS = (
    Column("number", "No.", width=0.8),
    Column("code", "Kode", width=2.2),
    Column("name", "Program / kegiatan / sub kegiatan", width=5),
    Column("ceiling", "Pagu (Rp)", Align.RIGHT, width=2),
)
KINDS = {NodeLevel.PROGRAMME: RowKind.GROUP, NodeLevel.ACTIVITY: RowKind.SUBTOTAL}


def build(year: OfficeYear) -> Table:
    title = f"Perjanjian Kinerja Perubahan {year.agency.name} Tahun {year.year}"
    return indicators_table("2.3", title, year.agreements.revised, EMPTY)


def build_programmes(year: OfficeYear) -> Table:
    title = f"Program dan Anggaran Perjanjian Kinerja Perubahan {year.agency.name} Tahun {year.year}"
    return programmes_table("2.3a", title, year.agreements.revised, EMPTY)


def build_tree(year: OfficeYear) -> Table:
    rows = list(_rows(year.budget.programmes))
    if rows:
        ceiling = base.money(year.budget.total.ceiling_rp)
        rows.append(base.row(base.blank(), base.blank(), base.text("Jumlah"), ceiling, kind=RowKind.TOTAL))
    return Table(
        number="2.3b",
        title=f"Program, Kegiatan, dan Sub Kegiatan {year.agency.name} Tahun {year.year}",
        columns=TREE_COLUMNS,
        rows=tuple(rows),
        notes=("Kode dikosongkan bila belum diverifikasi terhadap nomenklatur nasional.",),
    )


def _rows(nodes: Sequence[NodeBudget], prefix: str = "") -> Iterator[base.Row]:
    for place, found in enumerate(nodes, 1):
        number = f"{prefix}{place}"
        level = NodeLevel(found.node.level)
        yield base.row(
            base.text(number),
            base.text(found.node.code),
            base.text(found.node.name),
            base.money(found.sum.ceiling_rp),
            kind=KINDS.get(level, RowKind.DETAIL),
            level=list(NodeLevel).index(level),
        )
        yield from _rows(found.children, f"{number}.")
