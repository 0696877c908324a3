"""The worksheet as a workbook: the score by sub-component, and every criterion with its answers."""

from reporting.lke.worksheet import ComponentLine, CriterionLine, SubComponentLine, Worksheet, so_far
from reporting.tables.base import (
    Align,
    Column,
    Row,
    RowKind,
    Table,
    blank,
    computed,
    integer,
    number,
    row,
    text,
)
from reporting.xlsx import tables_to_xlsx
from sakip.scoring.policy import ScoringPolicy

PLACES = 2
SCORES = (
    Column("code", "No.", Align.CENTER, width=0.6),
    Column("name", "Komponen / sub komponen", width=5),
    Column("answered", "Kriteria terjawab", Align.CENTER, width=1.2),
    Column("weight", "Bobot", Align.RIGHT),
    Column("answer", "Nilai", Align.CENTER),
    Column("points", "Hasil", Align.RIGHT),
    Column("declared", "Nilai LHE", Align.RIGHT),
    Column("difference", "Selisih LHE dengan hasil", Align.RIGHT, width=1.2),
    Column("note", "Catatan", width=4),
    Column("recommendation", "Rekomendasi", width=4),
    Column("taken_over", "Nomor rekomendasi LHE", Align.CENTER, width=1.2),
)
CRITERIA = (
    Column("code", "No.", Align.CENTER, width=0.6),
    Column("text", "Kriteria", width=5),
    Column("expected", "Bukti yang diharapkan", width=3),
    Column("standing", "Jawaban portal", Align.CENTER, width=1.2),
    Column("proof", "Dasar jawaban portal", width=4),
    Column("statement", "Jawaban kantor", width=5),
    Column("evidence", "Bukti kantor", width=4),
)


def to_xlsx(worksheet: Worksheet) -> bytes:
    office = worksheet.office
    title = f"Lembar Kerja Evaluasi AKIP {office.agency.name} Tahun {office.year}"
    sheets = {"Nilai": scores(worksheet, title), "Kriteria": criteria(worksheet, title)}
    return tables_to_xlsx(sheets, title, office.agency.name, office.is_sample)


def scores(worksheet: Worksheet, title: str) -> Table:
    rows = [
        line
        for component in worksheet.components
        for line in (
            _component(component, worksheet.office.policy),
            *(_sub_component(sub) for sub in component.sub_components),
        )
    ]
    score, band, declared = worksheet.score, worksheet.score.predicate, worksheet.declared
    total = row(
        blank(),
        text("Nilai kertas kerja"),
        text(str(worksheet.answered)),
        number(score.all.weight, PLACES),
        text(band.label if band else ""),
        computed(score.score, worksheet.office.policy),
        number(declared.score if declared else None, PLACES),
        number(worksheet.difference, PLACES),
        blank(),
        blank(),
        blank(),
        kind=RowKind.TOTAL,
    )
    notes = [] if declared else [f"Nilai LHE {worksheet.office.year} belum dicatat."]
    if score.score.provisional:
        notes.append(so_far(score.all))
    return Table(
        number="",
        title=title,
        columns=SCORES,
        rows=(*rows, total),
        notes=tuple(notes),
        source="Peraturan Menteri PANRB Nomor 88 Tahun 2021",
        provisional=score.score.provisional,
    )


def _component(component: ComponentLine, policy: ScoringPolicy) -> Row:
    together = component.sum
    return row(
        blank(),
        text(component.component.label),
        text(str(component.answered)),
        number(together.weight, PLACES),
        blank(),
        number(together.points if together.judged else None, PLACES),
        number(component.declared, PLACES),
        computed(component.difference, policy),
        blank(),
        blank(),
        blank(),
        kind=RowKind.SUBTOTAL,
    )


def _sub_component(sub: SubComponentLine) -> Row:
    judgement = sub.judgement
    return row(
        text(sub.code),
        text(sub.sub_component.text),
        text(str(sub.answered)),
        number(sub.sub_component.weight, PLACES),
        text(judgement.answer if judgement else ""),
        number(sub.points, PLACES),
        blank(),
        blank(),
        text(judgement.note if judgement else ""),
        text(judgement.recommendation if judgement else ""),
        integer(sub.taken_over.number if sub.taken_over else None),
        level=1,
    )


def criteria(worksheet: Worksheet, title: str) -> Table:
    rows: list[Row] = []
    for component in worksheet.components:
        for sub in component.sub_components:
            heading = (text(sub.code), text(sub.sub_component.text), *(blank() for _ in CRITERIA[2:]))
            rows += [row(*heading, kind=RowKind.GROUP), *(_criterion(line) for line in sub.lines)]
    return Table(number="", title=title, columns=CRITERIA, rows=tuple(rows))


def _criterion(line: CriterionLine) -> Row:
    criterion, answer, proof = line.office.criterion, line.office.answer, line.proof
    pieces = [f"{piece.name}: {piece.link}" if piece.link else piece.name for piece in line.office.evidence]
    return row(
        text(line.code),
        text(criterion.text),
        text(criterion.expected_evidence),
        text(proof.standing.label if proof else ""),
        text(f"{proof.text} ({proof.where.label})" if proof else ""),
        text(answer.statement if answer else ""),
        text("\n".join(pieces)),
        level=1,
    )
