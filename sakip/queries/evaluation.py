"""What others say of an agency up to a report: AKIP evaluations and follow-ups, the IPP and IKM, awards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from sakip.models import (
    Agency,
    AkipEvaluation,
    Award,
    Confidence,
    FollowUp,
    FollowUpStatus,
    IkmAssessment,
    IppAssessment,
    Recommendation,
)
from sakip.models.base import measured
from sakip.scoring import comparison
from sakip.scoring.achievement import Polarity
from sakip.scoring.ikm import ikm, mean_of
from sakip.scoring.index_score import IndexPart, IndexScore, index_of_parts, settled
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.scales import Band
from sakip.scoring.values import MISSING, Measured

SHOWN_YEARS = 5
# The keys of the indicators that the assessment of public service and the satisfaction survey give.
IPP = "ipp"
IKM = "ikm"


@dataclass(frozen=True, slots=True)
class AkipYear:
    """One evaluated year: the score, its predicate by the policy's scale, and how it moved."""

    year: int
    score: Decimal
    predicate: Band
    trend: comparison.Trend
    issued_on: date | None
    evaluator: str
    components: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A recommendation and what was done about it; `is_doubtful` where the source was hard to read, and the
    code of the worksheet's sub-component that it was taken from, if any."""

    number: int
    component: str
    text: str
    status: FollowUpStatus
    is_doubtful: bool
    follow_up: str
    date_from: date | None
    date_to: date | None
    evidence_kind: str
    obstacle: str
    remark: str
    sub_component: str


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The recommendations of the latest evaluation, with how many have which status."""

    year: int | None
    items: tuple[FollowedUp, ...]

    @property
    def counts(self) -> Mapping[FollowUpStatus, int]:
        return {status: sum(1 for item in self.items if item.status == status) for status in FollowUpStatus}


@dataclass(frozen=True, slots=True)
class Survey:
    """The satisfaction survey of a year: the IKM with its elements, and the mean of these, unrounded."""

    respondents: int | None
    score: IndexScore
    mean: Result

    @property
    def has_elements(self) -> bool:
        """Whether the survey gave more than a declared total."""
        return any(part.score.is_number for part in self.score.parts)


@dataclass(frozen=True, slots=True)
class AwardRow:
    number: int
    unit: str
    description: str
    rank: str
    photo: str


def akip_series(
    agency: Agency, year: int, policy: ScoringPolicy, issued_by: date | None
) -> tuple[AkipYear, ...]:
    """The evaluations of years before `year` known to its report, the oldest first, at most five."""
    known = (
        AkipEvaluation.objects.filter(agency=agency, year__lt=year)
        .filter(_issued(issued_by, "issued_on"))
        .order_by("-year")
        .prefetch_related("components")
    )
    evaluations = list(reversed(known[: SHOWN_YEARS + 1]))
    scores = {evaluation.year: Measured.of(evaluation.score) for evaluation in evaluations}
    series = tuple(
        AkipYear(
            year=evaluation.year,
            score=evaluation.score,
            predicate=policy.akip_scale.band_for(evaluation.score),
            trend=comparison.trend(
                scores[evaluation.year], scores.get(evaluation.year - 1, MISSING), Polarity.HIGHER, 2
            ),
            issued_on=evaluation.issued_on,
            evaluator=evaluation.evaluator,
            components=tuple(
                (part.get_component_display(), part.score) for part in evaluation.components.all()
            ),
        )
        for evaluation in evaluations
    )
    return series[-SHOWN_YEARS:]


def recommendations(agency: Agency, year: int, issued_by: date | None) -> Recommendations:
    """Those of the latest evaluation that the report of `year` knows, with their follow-ups."""
    known = (
        Recommendation.objects.filter(evaluation__agency=agency, evaluation__year__lt=year)
        .filter(_issued(issued_by, "evaluation__issued_on"))
        .select_related("evaluation", "follow_up", "judgement__sub_component")
        .order_by("-evaluation__year", "number")
    )
    rows = list(known)
    latest = rows[0].evaluation.year if rows else None
    items = tuple(_followed_up(row) for row in rows if row.evaluation.year == latest)
    return Recommendations(latest, items)


def ipp_score(agency: Agency, year: int, policy: ScoringPolicy) -> IndexScore | None:
    """The public service index of the year with its aspects; the declared total wins."""
    assessment = (
        IppAssessment.objects.filter(agency=agency, year=year)
        .select_related("agency")
        .prefetch_related("aspects")
        .first()
    )
    if assessment is None:
        return None
    usual = {part.name.casefold(): part.weight for part in policy.ipp_weights}
    parts = tuple(
        IndexPart(
            key=str(aspect.number),
            name=aspect.name,
            weight=usual.get(aspect.name.casefold(), Decimal(0))
            if aspect.weight_pct is None
            else aspect.weight_pct,
            score=measured(aspect.score_state, aspect.score),
        )
        for aspect in assessment.aspects.all()
    )
    from_parts, off_scale = index_of_parts(parts, policy.ipp_scale.contains)
    declared = Measured.optional(assessment.declared_total)
    return settled(parts, from_parts, off_scale, policy.ipp_scale, policy, declared)


def survey(agency: Agency, year: int, policy: ScoringPolicy) -> Survey | None:
    """The satisfaction survey of the year; an element is named as the survey names it, the declared total
    wins."""
    assessment = IkmAssessment.objects.filter(agency=agency, year=year).prefetch_related("elements").first()
    if assessment is None:
        return None
    asked = {element.number: element for element in assessment.elements.all()}
    keys = dict(enumerate(policy.ikm_elements, 1))
    means = {keys[number]: Measured.of(found.mean) for number, found in asked.items() if number in keys}
    score = ikm(means, policy, Measured.optional(assessment.declared_total))
    parts = tuple(
        replace(part, name=asked[number].name) if number in asked else part
        for number, part in enumerate(score.parts, 1)
    )
    mean, _ = mean_of(parts, policy)
    return Survey(assessment.respondents, replace(score, parts=parts), mean)


def awards(agency: Agency, year: int) -> tuple[AwardRow, ...]:
    rows = Award.objects.filter(agency=agency, year=year).select_related("unit").order_by("number")
    return tuple(
        AwardRow(row.number, row.unit.printed_name, row.description, row.rank, row.photo.name or "")
        for row in rows
    )


def _issued(by: date | None, field: str) -> Q:
    """Issued by that day; an evaluation without a date counts as issued."""
    return Q() if by is None else Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": by})


def _followed_up(row: Recommendation) -> FollowedUp:
    """A recommendation without a follow-up has not been started."""
    found: FollowUp = getattr(row, "follow_up", None) or FollowUp(status_confidence=Confidence.HIGH)
    return FollowedUp(
        number=row.number,
        component=row.get_component_display() if row.component else "",
        text=row.text,
        status=FollowUpStatus(found.status),
        is_doubtful=found.status_confidence != Confidence.HIGH,
        follow_up=found.text,
        date_from=found.date_from,
        date_to=found.date_to,
        evidence_kind=found.evidence_kind,
        obstacle=found.obstacle,
        remark=found.remark,
        sub_component=row.judgement.sub_component.code if row.judgement else "",
    )
