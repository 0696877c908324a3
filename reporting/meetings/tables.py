"""The tables of a quarter's meeting, built once for its page and its documents."""

from collections.abc import Collection, Sequence

from budget.queries.quarter_units import QuarterSum
from reporting.meetings.review import AgreementLine, Attained, ObstacleGroup, QuarterReview
from reporting.tables.base import (
    Align,
    Cell,
    Column,
    Row,
    RowKind,
    Table,
    blank,
    integer,
    measured,
    money,
    percentage,
    row,
    text,
)
from sakip import indonesian
from sakip.models import ActionState, Attendee, RowState
from sakip.queries.meetings import FollowUpLine
from sakip.queries.quarter_performance import QuarterIndicator
from sakip.scoring.quarters import ROMAN
from sakip.scoring.values import MISSING

# How many names of rows stand before "dan n lainnya".
MOST_NAMES = 3
NOT_JUDGED = "Belum ada indikator yang dapat dinilai pada triwulan ini."
NUMBER = Column("number", "No.", Align.CENTER, width=0.5)


def agreement_table(review: QuarterReview) -> Table:
    """The indicators of the agreement against the year's target and the action plan's."""
    columns = (
        NUMBER,
        Column("name", "Indikator", width=3.4),
        Column("unit", "Satuan", Align.CENTER, width=1),
        Column("year_target", "Target tahun", Align.RIGHT, width=1),
        Column("target", f"Target TW {review.roman}", Align.RIGHT, width=1.1),
        Column("realised", f"Realisasi s.d. TW {review.roman}", Align.RIGHT, width=1.2),
        Column("achievement", "Capaian", Align.RIGHT, width=1.2),
    )
    rows = [_agreement_row(review, number, line) for number, line in enumerate(review.agreement, 1)]
    return Table(
        "1",
        f"Capaian indikator perjanjian kinerja sampai dengan triwulan {review.roman}",
        columns,
        tuple(rows),
        notes=("Capaian dihitung terhadap target triwulan pada rencana aksi.",),
        empty_text="Belum ada perjanjian kinerja yang berlaku.",
    )


def _agreement_row(review: QuarterReview, number: int, line: AgreementLine) -> Row:
    year, now = line.year, line.quarter
    places = year.decimals
    return row(
        integer(number),
        text(year.name),
        text(year.unit_of_measure),
        measured(year.target, places),
        measured(now.target if now else MISSING, places),
        measured(now.realised if now else MISSING, places),
        percentage(now.achievement, review.office.policy) if now else measured(MISSING, places),
    )


def units_table(review: QuarterReview) -> Table:
    """Money, physical progress and targets met, by unit."""
    columns = (
        Column("unit", "Unit kerja", width=1.8),
        Column("ceiling", "Pagu (Rp)", Align.RIGHT, width=2.1),
        Column("quarter", f"Realisasi TW {review.roman} (Rp)", Align.RIGHT, width=2.1),
        Column("to_date", f"Realisasi s.d. TW {review.roman} (Rp)", Align.RIGHT, width=2.1),
        Column("absorption", "Serapan", Align.RIGHT, width=0.95),
        Column("physical", "Fisik", Align.RIGHT, width=0.95),
        Column("attained", "Target tercapai", Align.CENTER, width=1),
        Column("state", "Status isian", Align.CENTER, width=1),
    )
    rows = [_unit_row(review, each) for each in review.units.units]
    if rows:
        rows.append(_unit_row(review, review.units.total))
    return Table(
        "2",
        f"Realisasi anggaran dan kinerja per unit kerja sampai dengan triwulan {review.roman}",
        columns,
        tuple(rows),
        notes=(
            "Target tercapai: indikator yang memenuhi target pada rencana aksi, dari yang dapat dinilai.",
            *_unentered(review),
            f"Sumber realisasi: {review.office.curve.source.label}.",
        ),
        empty_text="Belum ada anggaran untuk tahun ini.",
    )


def _unentered(review: QuarterReview) -> list[str]:
    names = ", ".join(unit.name for unit in review.seen.unentered)
    return [f"Belum mengisi triwulan ini, sehingga tidak dinilai: {names}."] if names else []


def _unit_row(review: QuarterReview, found: QuarterSum) -> Row:
    policy = review.office.policy
    if found.unit is None:
        name, attained = "Jumlah", review.attained_in_all
    else:
        name, attained = found.unit.name, review.attained.get(found.unit.pk, Attained())
    return row(
        text(name),
        money(found.ceiling_rp),
        measured(found.spent, 2),
        measured(found.cumulated, 2),
        percentage(found.absorption, policy),
        percentage(found.physical, policy),
        text(f"{attained.met} dari {attained.judged}" if attained.judged else ""),
        blank() if found.unit is None else text(RowState(found.state).label if found.state else ""),
        kind=RowKind.TOTAL if found.unit is None else RowKind.DETAIL,
    )


def behind_table(review: QuarterReview) -> Table:
    """What has not met its target, the place where the meeting looks first."""
    columns = (
        NUMBER,
        Column("unit", "Unit kerja", width=1.6),
        Column("name", "Indikator", width=3.6),
        Column("target", f"Target s.d. TW {review.roman}", Align.RIGHT, width=1.1),
        Column("realised", f"Realisasi s.d. TW {review.roman}", Align.RIGHT, width=1.1),
        Column("achievement", "Capaian", Align.RIGHT, width=1.1),
    )
    rows = [_behind_row(review, number, found) for number, found in enumerate(review.behind, 1)]
    return Table(
        "3",
        f"Indikator yang belum mencapai target triwulan {review.roman}",
        columns,
        tuple(rows),
        empty_text="Semua indikator yang dapat dinilai telah mencapai target triwulan."
        if review.judged
        else NOT_JUDGED,
    )


def _behind_row(review: QuarterReview, number: int, found: QuarterIndicator) -> Row:
    places = found.version.decimals
    return row(
        integer(number),
        text(found.unit.name if found.unit else ""),
        text(found.version.name),
        measured(found.target, places),
        measured(found.realised, places),
        percentage(found.achievement, review.office.policy),
    )


def obstacles_table(review: QuarterReview) -> Table:
    columns = (
        NUMBER,
        Column("unit", "Unit kerja", width=1.5),
        Column("rows", "Sub kegiatan / indikator", width=2.2),
        Column("obstacle", "Kendala", width=2.8),
        Column("solution", "Solusi", width=2.4),
        Column("mark", "Keterangan", Align.CENTER, width=1.2),
    )
    rows = [
        row(
            integer(number),
            text(group.unit.name),
            text(names_of(group)),
            text(group.rows[0].text),
            text(group.rows[0].solution),
            text(chronic_mark(group)),
        )
        for number, group in enumerate(review.obstacles, 1)
    ]
    count = review.office.policy.chronic_quarters
    return Table(
        "4",
        f"Kendala dan solusi triwulan {review.roman}",
        columns,
        tuple(rows),
        notes=(f"Kronis: baris yang sama melaporkan kendala {count} triwulan berturut-turut atau lebih.",),
        empty_text="Tidak ada kendala yang dilaporkan.",
    )


def names_of(group: ObstacleGroup) -> str:
    """'A; B; C; dan 4 lainnya', told apart where only some are chronic."""
    names = group.names
    shown = "; ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown}; dan {more} lainnya" if more > 0 else shown


def chronic_mark(group: ObstacleGroup) -> str:
    """'Kronis', with the quarters of the longest run where one row stands alone."""
    found = group.chronic
    if not found:
        return ""
    if len(group.rows) == 1:
        return f"Kronis sejak {quarter_name(*found[0].quarters[0])}"
    return "Kronis" if len(found) == len(group.rows) else f"Kronis ({len(found)} baris)"


def quarter_name(year: int, quarter: int) -> str:
    return f"TW {ROMAN[quarter - 1]} {year}"


def earlier_table(review: QuarterReview) -> Table:
    """What comes back from earlier meetings."""
    columns = (
        NUMBER,
        Column("meeting", "Rapat", Align.CENTER, width=1.1),
        Column("text", "Tindak lanjut", width=3),
        Column("unit", "Penanggung jawab", width=1.6),
        Column("due", "Batas waktu", Align.CENTER, width=1.3),
        Column("state", "Status", width=1.6),
        Column("proof", "Laporan dan bukti", width=2),
    )
    rows = [
        row(
            integer(number),
            text(quarter_name(line.action.meeting.year, line.action.meeting.quarter)),
            text(line.action.text),
            text(line.action.unit.name),
            text(indonesian.date_long(line.action.due_on)),
            text(standing_of(line)),
            text(proof_of(line)),
        )
        for number, line in enumerate(review.earlier_actions, 1)
    ]
    return Table(
        "5",
        "Tindak lanjut rapat sebelumnya",
        columns,
        tuple(rows),
        empty_text="Tidak ada tindak lanjut rapat sebelumnya yang masih terbuka.",
    )


def agreed_table(review: QuarterReview) -> Table:
    columns = (
        NUMBER,
        Column("text", "Tindak lanjut", width=4),
        Column("unit", "Penanggung jawab", width=2),
        Column("due", "Batas waktu", Align.CENTER, width=1.5),
    )
    lines = [line for line in review.new_actions if line.action.state != ActionState.CANCELLED]
    rows = [
        row(
            integer(number),
            text(line.action.text),
            text(line.action.unit.name),
            text(indonesian.date_long(line.action.due_on)),
        )
        for number, line in enumerate(lines, 1)
    ]
    return Table(
        "6",
        "Tindak lanjut yang disepakati",
        columns,
        tuple(rows),
        empty_text="Belum ada tindak lanjut yang disepakati.",
    )


def attendance_table(attendees: Sequence[Attendee]) -> Table:
    columns = (
        NUMBER,
        Column("role", "Jabatan", width=3),
        Column("unit", "Unit kerja", width=2.5),
        Column("attendance", "Kehadiran", Align.CENTER, width=1.2),
    )
    rows = [
        row(
            integer(number),
            text(attendee.role),
            text(attendee.unit.name if attendee.unit else ""),
            text(attendee.get_attendance_display()),
        )
        for number, attendee in enumerate(attendees, 1)
    ]
    return Table("7", "Kehadiran peserta", columns, tuple(rows), empty_text="Belum ada peserta.")


def standing_of(line: FollowUpLine) -> str:
    """'Belum selesai, terlambat 12 hari'."""
    label = line.action.get_state_display()
    return f"{label}, terlambat {line.days_late} hari" if line.is_overdue else label


def proof_of(line: FollowUpLine) -> str:
    """What was reported, or why it was cancelled or given back, and the names of its proof."""
    action = line.action
    parts: Sequence[str]
    if action.state == ActionState.CANCELLED:
        parts = [action.reason]
    elif action.state == ActionState.OPEN:
        parts = [f"Dikembalikan: {action.reason}"] if action.reason else []
    else:
        parts = [action.report, *(f"Bukti: {piece.name}" for piece in action.evidence.all())]
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


def page_cells(cells: Sequence[Cell], columns: Sequence[Column]) -> list[dict[str, object]]:
    """A row for `table.html`: what is no number explains itself beside the dash. What the row is
    about is its heading, and on a phone that of its card."""
    kinds = {Align.RIGHT: "number", Align.CENTER: "center", Align.LEFT: "text"}
    names = next(key for key in ("name", "rows", "role", "unit") if key in {column.key for column in columns})
    return [
        {
            "label": column.label,
            "header": column.key == names,
            "text": cell.printed,
            "kind": kinds[column.align],
            "note": cell.note if cell.printed != cell.note and cell.printed else "",
        }
        for cell, column in zip(cells, columns, strict=True)
    ]


def page_table(table: Table, key: str, marked: Collection[int] = ()) -> dict[str, object] | None:
    """The table for `table.html`, or None where it has no rows; the rows at places in `marked` stand out."""
    if not table.rows:
        return None
    kinds = {Align.RIGHT: "number", Align.CENTER: "center", Align.LEFT: "text"}
    return {
        "id": key,
        "caption": table.title,
        "columns": [{"label": column.label, "kind": kinds[column.align]} for column in table.columns],
        "rows": [
            {
                "cells": page_cells(found.cells, table.columns),
                "tone": "total" if found.kind is RowKind.TOTAL else "danger" if number in marked else "",
            }
            for number, found in enumerate(table.rows)
        ],
        "note": " ".join(table.notes),
    }
