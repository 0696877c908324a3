"""The AKIP evaluation worksheet (LKE): four components, each split into three aspects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sakip.scoring.aggregation import Weighted, weighted_mean
from sakip.scoring.arithmetic import mean, product, quotient
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.scales import Band
from sakip.scoring.values import MISSING, Measured, State


@dataclass(frozen=True, slots=True)
class LkeRow:
    """One aspect of one component: its weight in points of 100 and the mean of its answers."""

    component: str
    aspect: str
    weight: Decimal
    answer_mean: Measured
    points: Decimal | None
    unanswered: int


@dataclass(frozen=True, slots=True)
class LkeScore:
    """The worksheet's rows, its score out of 100 and the AKIP predicate of that score."""

    rows: tuple[LkeRow, ...]
    score: Result
    predicate: Band | None


def lke(answers: Mapping[tuple[str, str], Sequence[str | None]], policy: ScoringPolicy) -> LkeScore:
    """The score from answers by (component key, aspect key): labels AA-E, None for unanswered.

    The score of an aspect is the mean of its answers, its weight that of the component times that
    of the aspect (30 × 20% = 6). Unanswered questions are left out of the mean and make the score
    provisional; an aspect without any answer gives its weight to the others. A label that the
    policy does not know counts as unanswered. Never raises.

    Source: PermenPANRB 88/2021 (V); docs/scoring.md, table `lke`.
    """
    rows = tuple(
        _row(
            component.key,
            aspect.key,
            quotient(product(component.weight, aspect.weight), Decimal(100)),
            answers.get((component.key, aspect.key), ()),
            policy,
        )
        for component in policy.lke_components
        for aspect in policy.lke_aspects
    )
    score = weighted_mean([Weighted(row.weight, row.answer_mean) for row in rows])
    score = score.as_provisional(any(row.unanswered for row in rows))
    band = None if score.value is None else policy.akip_scale.band_for(score.value)
    return LkeScore(rows, score, band)


def _row(
    component: str,
    aspect: str,
    weight: Decimal,
    answers: Sequence[str | None],
    policy: ScoringPolicy,
) -> LkeRow:
    known = [policy.lke_answers[a] for a in answers if a is not None and a in policy.lke_answers]
    unanswered = len(answers) - len(known)
    if not known:
        return LkeRow(component, aspect, weight, MISSING, None, unanswered)
    average = mean(known)
    points = quotient(product(weight, average), Decimal(100))
    return LkeRow(component, aspect, weight, Measured(State.NUMBER, average), points, unanswered)
