"""Table 1.9: follow-up of the recommendations of the latest AKIP evaluation."""

from datetime import date

from reporting.tables import base
from reporting.tables.base import Align, Column, Table
from reporting.year import OfficeYear
from sakip.indonesian import date_long
from sakip.queries.evaluation import FollowedUp

DOUBT = "*"
COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("recommendation", "Rekomendasi", width=4),
    Column("follow_up", "Tindak lanjut", width=3),
    Column("date", "Waktu pelaksanaan", width=1.7),
    Column("status", "Status", width=1.3),
    Column("evidence", "Bukti dukung", width=1.5),
    Column("obstacle", "Kendala", width=2.5),
    Column("remark", "Keterangan", width=1.7),
)


def build(year: OfficeYear) -> Table:
    found = year.recommendations
    doubtful = any(item.is_doubtful for item in found.items)
    of_year = f" Tahun {found.year}" if found.year else ""
    return Table(
        number="1.9",
        title=f"Tindak Lanjut Rekomendasi Hasil Evaluasi AKIP {year.agency.name}{of_year}",
        columns=COLUMNS,
        rows=tuple(_row(item) for item in found.items),
        notes=(f"{DOUBT} Status tidak terbaca dengan pasti pada dokumen sumber.",) if doubtful else (),
        landscape=True,
    )


def _row(item: FollowedUp) -> base.Row:
    status = item.status.label + (DOUBT if item.is_doubtful else "")
    return base.row(
        base.integer(item.number),
        base.text(item.text),
        base.text(item.follow_up),
        base.text(period(item.date_from, item.date_to)),
        base.text(status),
        base.text(item.evidence_kind),
        base.text(item.obstacle),
        base.text(item.remark),
    )


def period(start: date | None, end: date | None) -> str:
    """'20 Agustus 2025', '1 Januari 2025 s.d. 31 Desember 2025', or nothing."""
    days = list(dict.fromkeys(date_long(day) for day in (start, end) if day))
    return " s.d. ".join(days)
