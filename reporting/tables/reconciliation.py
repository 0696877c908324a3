"""The reconciliation as a table: official realisation and entries per budget line, unit by unit."""

from collections.abc import Iterable, Sequence

from budget.queries.reconciliation import LineReconciliation, Reconciliation, sums_of
from reporting.tables import base
from reporting.tables.base import Align, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.scoring.policy import ScoringPolicy

NUMBER = "R.1"


def build(year: OfficeYear) -> Table:
    found = year.reconciliation
    return Table(
        number=NUMBER,
        title=f"Rekonsiliasi Realisasi Anggaran {year.agency.name} Tahun {year.year}",
        columns=_columns(found),
        rows=tuple(_rows(found, year.policy)),
        notes=tuple(_notes(found)),
        source=f"Realisasi resmi (LRA) dan {found.entries_word}",
        landscape=True,
        provisional=found.provisional,
    )


def _columns(found: Reconciliation) -> tuple[Column, ...]:
    return (
        Column("name", "Unit kerja / sub kegiatan", width=3),
        Column("ceiling", "Pagu (Rp)", Align.RIGHT, width=1.4),
        Column("official", "Realisasi resmi (Rp)", Align.RIGHT, width=1.4),
        Column("entered", f"{found.entries_name} (Rp)", Align.RIGHT, width=1.4),
        Column("difference", "Selisih (Rp)", Align.RIGHT, width=1.4),
        Column("entered_pct", f"{found.entries_name} terhadap pagu", Align.RIGHT, width=0.8),
        Column("findings", "Temuan", width=2.4),
    )


def _rows(found: Reconciliation, policy: ScoringPolicy) -> Iterable[base.Row]:
    for unit in found.units:
        lines = found.chosen(unit)
        yield _sum_row(unit.printed_name, lines, RowKind.SUBTOTAL, found.has_official)
        yield from (_line_row(line, policy) for line in lines)
    if found.lines:
        yield _sum_row("Jumlah", found.lines, RowKind.TOTAL, found.has_official)


def _sum_row(name: str, lines: Sequence[LineReconciliation], kind: RowKind, has_official: bool) -> base.Row:
    """Each sum is over the lines that have the figure; the difference over those that have both."""
    sums = sums_of(lines)
    missing = f"{sums.missing} baris belum ada isian" if sums.missing else ""
    return base.row(
        base.text(name),
        base.money(sums.ceiling_rp),
        base.money(sums.official_rp if has_official else None),
        base.money(sums.entered_rp),
        base.money(sums.difference_rp if sums.compared else None),
        base.blank(),
        base.text(missing) if missing else base.blank(),
        kind=kind,
    )


def _line_row(line: LineReconciliation, policy: ScoringPolicy) -> base.Row:
    findings = " ".join(finding.message for finding in line.findings)
    return base.row(
        base.text(line.name),
        base.money(line.ceiling_rp),
        base.money(line.official_rp),
        base.text("tidak berlaku") if line.is_not_applicable else base.money(line.entered_rp),
        base.money(line.difference_rp),
        base.percentage(line.entered_pct, policy),
        base.text(findings) if findings else base.blank(),
        level=1,
    )


def _notes(found: Reconciliation) -> Iterable[str]:
    yield f"Selisih adalah {found.entries_word} dikurangi realisasi resmi, atas baris yang memiliki keduanya."
    if found.form_total_rp is not None and found.unseen_rp is not None:
        yield (
            f"Total menurut formulir {indonesian.rupiah(found.form_total_rp)}, di antaranya "
            f"{indonesian.rupiah(found.unseen_rp)} dari baris yang tidak terbaca."
        )
    yield from (finding.message for finding in found.form_findings)
