"""Citizen satisfaction (IKM, the SKM survey): the mean of nine element means, times 25."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sakip.scoring.arithmetic import product
from sakip.scoring.index_score import IndexPart, IndexScore, index_of_parts, settled
from sakip.scoring.notation import plain
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result, Step
from sakip.scoring.rounding import rounded
from sakip.scoring.values import MISSING, Measured, State

PLACES = 2


def ikm(
    element_means: Mapping[str, Measured], policy: ScoringPolicy, declared: Measured = MISSING
) -> IndexScore:
    """The IKM from the element means (1-4, by the keys of `policy.ikm_elements`). Never raises.

    IKM = mean of the element means × 25, rounded to two decimals *before* the scale is read: the
    regulation defines it so, and its bands (88,31; 76,61) meet at two decimals. A missing element
    is left out and makes the index provisional; *tidak berlaku* is left out; a declared total wins.

    Source: PermenPANRB 14/2017 (V); docs/scoring.md, table `ikm`.
    """
    parts = tuple(
        IndexPart(key, name, Decimal(1), _answered(element_means.get(key, MISSING)))
        for key, name in policy.ikm_elements.items()
    )
    average, off_scale = mean_of(parts, policy)
    index = _index(average, policy)
    return settled(parts, index, off_scale, policy.ikm_scale, policy, declared)


def mean_of(parts: tuple[IndexPart, ...], policy: ScoringPolicy) -> tuple[Result, tuple[str, ...]]:
    """The unrounded mean of the elements, and the names of those off their scale."""
    return index_of_parts(parts, lambda mean: _is_on_scale(mean, policy))


def _is_on_scale(element_mean: Decimal, policy: ScoringPolicy) -> bool:
    """The scale is that of the index, 25 to 100: an element by itself would give an index on it."""
    return policy.ikm_scale.contains(product(element_mean, policy.ikm_factor))


def _answered(score: Measured) -> Measured:
    """Nobody can answer 0 on a scale from 1 to 4: a *nihil* element is one without answers."""
    return MISSING if score.state is State.NIHIL else score


def _index(average: Result, policy: ScoringPolicy) -> Result:
    if average.value is None:
        return average
    unrounded = product(average.value, policy.ikm_factor)
    index = rounded(unrounded, PLACES, policy.rounding)
    step = Step(f"{plain(average.value)} × {plain(policy.ikm_factor)}", unrounded)
    rounding = Step(f"dibulatkan dua desimal: {plain(index)}", index)
    return Result.computed(index, *average.steps, step, rounding, provisional=average.provisional)
