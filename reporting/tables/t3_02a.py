"""Table 3.2a: the elements of the satisfaction survey, whose mean gives the IKM."""

from collections.abc import Iterable

from reporting.tables import base
from reporting.tables.base import Align, Column, RowKind, Table
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.queries.evaluation import Survey
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.rounding import rounded

# As many as the survey keeps, so that the index can be worked out again from what is printed.
PLACES = 4
COLUMNS = (
    Column("number", "No.", Align.CENTER, width=0.5),
    Column("element", "Unsur pelayanan", width=5),
    Column("mean", "Rata-rata", Align.RIGHT, width=1.5),
)


def build(year: OfficeYear) -> Table:
    survey, policy = year.survey, year.policy
    return Table(
        number="3.2a",
        title=f"Unsur Survei Kepuasan Masyarakat {year.agency.name} Tahun {year.year}",
        columns=COLUMNS,
        rows=tuple(_rows(survey, policy)) if survey else (),
        notes=tuple(_notes(survey, policy)) if survey else (),
        provisional=survey is not None and survey.score.from_parts.provisional,
    )


def _rows(survey: Survey, policy: ScoringPolicy) -> Iterable[base.Row]:
    for place, part in enumerate(survey.score.parts, 1):
        yield base.row(base.integer(place), base.text(part.name), base.measured(part.score, PLACES))
    mean = survey.mean.value
    shown = None if mean is None else rounded(mean, PLACES, policy.rounding)
    factor = indonesian.plain(policy.ikm_factor)
    yield base.row(
        base.blank(), base.text("Rata-rata unsur"), base.number(shown, PLACES), kind=RowKind.SUBTOTAL
    )
    yield base.row(
        base.blank(),
        base.text(f"IKM (rata-rata unsur \u00d7 {factor})"),
        base.computed(survey.score.from_parts, policy),
        kind=RowKind.TOTAL,
    )


def _notes(survey: Survey, policy: ScoringPolicy) -> Iterable[str]:
    yield f"Unsur dinilai 1 sampai 4. Mutu pelayanan menurut {policy.ikm_scale.source}."
    if survey.score.note:
        yield survey.score.note
