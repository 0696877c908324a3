"""What the tables of agreements and annual plans share: indicators, and programmes with their sum."""

from reporting.tables import base
from reporting.tables.base import Align, Column, RowKind, Table
from sakip.indonesian import terbilang_rupiah
from sakip.queries.agreements import AgreementDocument

INDICATOR_COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("outcome", "Sasaran", width=3),
    Column("indicator", "Indikator kinerja", width=3),
    Column("unit_of_measure", "Satuan", Align.CENTER),
    Column("target", "Target", Align.RIGHT),
)
PROGRAMME_COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("programme", "Program", width=5),
    Column("amount", "Anggaran (Rp)", Align.RIGHT, width=2),
)


def indicators_table(number: str, title: str, document: AgreementDocument | None, empty: str) -> Table:
    rows = document.indicators if document else ()
    return Table(
        number=number,
        title=title,
        columns=INDICATOR_COLUMNS,
        rows=tuple(
            base.row(
                base.integer(row.number),
                base.text(row.outcome_text),
                base.text(row.name),
                base.text(row.unit_of_measure),
                base.measured(row.target, row.decimals),
            )
            for row in rows
        ),
        empty_text=empty,
    )


def programmes_table(number: str, title: str, document: AgreementDocument | None, empty: str) -> Table:
    """Programmes with their budgets; the sum stands below in figures and in words."""
    if document is None or not document.programmes:
        lacking = empty if document is None else "Program dan anggaran perjanjian ini belum diisi."
        return Table(number, title, PROGRAMME_COLUMNS, (), empty_text=lacking)
    rows = [
        base.row(base.integer(row.number), base.text(row.name), base.money(row.amount_rp))
        for row in document.programmes
    ]
    total = document.programmes_total_rp
    rows.append(base.row(base.blank(), base.text("Jumlah"), base.money(total), kind=RowKind.TOTAL))
    notes = (f"Terbilang: {terbilang_rupiah(total)}.",)
    return Table(number, title, PROGRAMME_COLUMNS, tuple(rows), notes=notes)
