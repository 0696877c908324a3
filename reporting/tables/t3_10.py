"""Table 3.10: the organisation's performance score (NKO)."""

from reporting.tables import base
from reporting.tables.base import Align, Cell, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip.scoring.organisation_score import OrganisationScore, ScoreRow
from sakip.scoring.result import Result

COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("outcome", "Sasaran", width=2.5),
    Column("indicator", "Indikator kinerja", width=2.5),
    Column("target", "Target", Align.RIGHT),
    Column("realised", "Realisasi", Align.RIGHT),
    Column("achievement", "Capaian", Align.RIGHT),
    Column("normalised", "Normalisasi capaian (1)", Align.RIGHT, width=1.3),
    Column("correction", "Koreksi menurut predikat AKIP (2)", Align.RIGHT, width=1.3),
    Column("final", "Nilai akhir (3) = (1) × (100% − (2))", Align.RIGHT, width=1.3),
    Column("akip", "Nilai AKIP", Align.RIGHT),
)


def build(year: OfficeYear) -> Table:
    score = year.nko
    return Table(
        number="3.10",
        title=f"Penilaian Kinerja Organisasi {year.agency.name} Tahun {year.year}",
        columns=COLUMNS,
        rows=(*_indicator_rows(year, score), *_sum_rows(year, score)) if year.indicators else (),
        notes=_notes(year, score),
        landscape=True,
        provisional=score.provisional,
    )


def _indicator_rows(year: OfficeYear, score: OrganisationScore) -> list[base.Row]:
    scored = {row.place: row for row in score.rows}
    latest = year.latest_akip
    return [
        base.row(
            base.integer(indicator.number),
            base.text(indicator.outcome_text),
            base.text(indicator.name),
            base.measured(indicator.target, indicator.decimals),
            base.measured(indicator.realised, indicator.decimals),
            base.percentage(indicator.achievement, year.policy),
            *_scored_cells(year, scored.get(place)),
            base.number(latest.score if latest else None, 2),
        )
        for place, indicator in enumerate(year.indicators)
    ]


def _scored_cells(year: OfficeYear, row: ScoreRow | None) -> tuple[Cell, Cell, Cell]:
    if row is None:
        return (base.text(""), base.text(""), base.text(""))
    return (
        base.percentage(Result.computed(row.normalised), year.policy),
        base.percentage(Result.computed(row.correction), year.policy),
        base.percentage(row.final, year.policy),
    )


def _sum_rows(year: OfficeYear, score: OrganisationScore) -> list[base.Row]:
    sums = (
        ("Total capaian perjanjian kinerja (4)", base.percentage(score.total, year.policy), RowKind.SUBTOTAL),
        ("Nilai Kinerja Organisasi (5)", base.percentage(score.nko, year.policy), RowKind.TOTAL),
        (
            "Predikat (6)",
            base.text(score.predicate.name if score.predicate else "", _reason(score.nko)),
            RowKind.TOTAL,
        ),
    )
    return [
        base.row(base.blank(), base.text(label), *[base.blank()] * 6, cell, base.blank(), kind=kind)
        for label, cell, kind in sums
    ]


def _reason(result: Result) -> str:
    return result.reason.text if result.reason else ""


def _notes(year: OfficeYear, score: OrganisationScore) -> tuple[str, ...]:
    latest = year.latest_akip
    notes = [
        f"Predikat AKIP {score.akip.label} menurut evaluasi atas kinerja tahun {latest.year}."
        if score.akip and latest
        else "Predikat AKIP belum ada.",
        score.akip_note,
    ]
    notes += [f"{item.name} tidak dihitung: {item.reason.text}." for item in score.excluded]
    return tuple(filter(None, notes))
