"""Table 3.1: the categories that the realisation of the key indicator falls into."""

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import OfficeYear
from sakip.indonesian import number
from sakip.scoring.scales import Band, Scale

COLUMNS = (
    Column("interval", "Interval nilai", Align.CENTER, width=2),
    Column("category", "Kategori", Align.CENTER),
    Column("meaning", "Makna", width=3),
)


def build(year: OfficeYear) -> Table:
    scale = next((row.scale for row in year.indicators if row.scale), year.policy.realisation_scale)
    uppers: list[Band | None] = [None, *scale.bands[:-1]]
    return Table(
        number="3.1",
        title=f"Kategori Hasil Pencapaian Kinerja: {scale.name}",
        columns=COLUMNS,
        rows=tuple(
            base.row(base.text(interval(scale, above, band)), base.text(band.label), base.text(band.name))
            for above, band in zip(uppers, scale.bands, strict=True)
        ),
        source=scale.source,
    )


def interval(scale: Scale, above: Band | None, band: Band) -> str:
    """'> 1,50 dan ≤ 2,00': each bound says to which side it belongs, so no value lies between two bands."""
    lower = band.bound if band.bound is not None else scale.minimum
    upper = above.bound if above else scale.maximum
    includes_lower = band.bound is None or band.includes_bound
    includes_upper = above is None or not above.includes_bound
    low = "" if lower is None else f"{'≥' if includes_lower else '>'} {number(lower)}"
    high = "" if upper is None else f"{'≤' if includes_upper else '<'} {number(upper)}"
    return " dan ".join(filter(None, (low, high)))
