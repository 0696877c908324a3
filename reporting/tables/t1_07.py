"""Table 1.7: equipment by condition."""

from reporting.tables import base
from reporting.tables.base import Align, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip.models import Asset, AssetCondition

TICK = "√"
COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("name", "Jenis aset", width=4),
    *(
        Column(condition.value, condition.label, Align.CENTER, group="Kondisi")
        for condition in AssetCondition
    ),
    Column("quantity", "Jumlah", Align.RIGHT),
)


def build(year: OfficeYear) -> Table:
    found = year.assets
    rows = [_row(asset) for asset in found.rows]
    if rows:
        sums = [base.integer(found.by_condition[condition]) for condition in AssetCondition]
        rows.append(
            base.row(
                base.blank(), base.text("Jumlah"), *sums, base.integer(found.quantity), kind=RowKind.TOTAL
            )
        )
    as_of = year.profile.assets_as_of if year.profile else ""
    notes = [f"Keadaan {as_of}."] if as_of else []
    if found.unknown:
        notes.append(f"{found.unknown} baris tanpa jumlah tidak ikut dijumlahkan.")
    return Table(
        number="1.7",
        title=f"Sarana dan Prasarana {year.agency.name}",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=tuple(notes),
        provisional=bool(found.unknown),
    )


def _row(asset: Asset) -> base.Row:
    ticks = [base.Cell(TICK if asset.condition == condition else "") for condition in AssetCondition]
    quantity = base.integer(asset.quantity, "" if asset.quantity is not None else "jumlah belum ada")
    return base.row(base.integer(asset.number), base.text(asset.name), *ticks, quantity)
