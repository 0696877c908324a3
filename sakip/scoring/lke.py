"""The AKIP evaluation worksheet (LKE): four components, each split into three sub-components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sakip.scoring.arithmetic import HUNDRED, difference, product, quotient, total
from sakip.scoring.notation import plain
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import ABOVE_WEIGHT, PARTLY_JUDGED, VALUE_MISSING, Result, Step
from sakip.scoring.scales import Band


@dataclass(frozen=True, slots=True)
class LkePart:
    """A sub-component: its weight in points of 100, and the answer given to it (AA-E; None for none yet)."""

    component: str
    weight: Decimal
    answer: str | None


@dataclass(frozen=True, slots=True)
class LkeSum:
    """What several sub-components weigh and have earned so far, and how many of them are judged; those weigh
    `judged_weight`."""

    weight: Decimal
    judged_weight: Decimal
    points: Decimal
    judged: int
    parts: int

    @property
    def unjudged(self) -> int:
        return self.parts - self.judged


@dataclass(frozen=True, slots=True)
class LkeScore:
    """`points` in the order of the parts, None for one that is not judged; `components` by their key."""

    points: tuple[Decimal | None, ...]
    components: dict[str, LkeSum]
    all: LkeSum
    score: Result
    predicate: Band | None


def lke(parts: Sequence[LkePart], policy: ScoringPolicy) -> LkeScore:
    """sum(weight × value of the answer / 100), out of the sum of the weights, with its AKIP predicate.

    A sub-component that is not judged yet has earned nothing so far: the score is provisional, can only rise,
    and has no predicate, which would call an office poor whose evaluation has just begun. A label that the
    policy does not know counts as not judged. No value while nothing is judged. Never raises.

    Source: PermenPANRB 88/2021 (V); docs/scoring.md, table `lke`.
    """
    points = tuple(_points(part, policy) for part in parts)
    pairs = list(zip(parts, points, strict=True))
    names = dict.fromkeys(part.component for part in parts)
    components = {name: _sum([pair for pair in pairs if pair[0].component == name]) for name in names}
    together = _sum(pairs)
    if not together.judged:
        return LkeScore(points, components, together, Result.without(VALUE_MISSING), None)
    terms = " + ".join(
        f"{plain(part.weight)} × {plain(policy.lke_answers[part.answer])} / 100"
        for part, earned in pairs
        if earned is not None and part.answer is not None
    )
    step = Step(terms, together.points)
    score = Result.computed(together.points, step, provisional=bool(together.unjudged))
    band = None if together.unjudged else policy.akip_scale.band_for(together.points)
    return LkeScore(points, components, together, score, band)


def against_declared(declared: Decimal, score: Result) -> Decimal | None:
    """How far the declared score lies above the worksheet's; None before all of that is judged."""
    return None if score.value is None or score.provisional else difference(declared, score.value)


def component_against_declared(declared: Decimal | None, earned: LkeSum) -> Result:
    """How far what the LHE gives a component lies above the worksheet's points. None is known before all of
    it is judged, nor where the LHE's figure exceeds the weight: then it cannot be points.

    Source: docs/scoring.md, table `lke_component`.
    """
    if declared is None:
        return Result.without(VALUE_MISSING)
    if declared > earned.weight:
        return Result.without(ABOVE_WEIGHT)
    if earned.unjudged:
        return Result.without(PARTLY_JUDGED)
    gap = difference(declared, earned.points)
    return Result.computed(gap, Step(f"{plain(declared)} - {plain(earned.points)}", gap))


def _points(part: LkePart, policy: ScoringPolicy) -> Decimal | None:
    value = policy.lke_answers.get(part.answer) if part.answer is not None else None
    return None if value is None else quotient(product(part.weight, value), HUNDRED)


def _sum(pairs: Sequence[tuple[LkePart, Decimal | None]]) -> LkeSum:
    judged = [(part.weight, points) for part, points in pairs if points is not None]
    return LkeSum(
        weight=total([part.weight for part, _ in pairs]),
        judged_weight=total([weight for weight, _ in judged]),
        points=total([points for _, points in judged]),
        judged=len(judged),
        parts=len(pairs),
    )
