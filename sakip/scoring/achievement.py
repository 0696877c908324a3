"""Achievement (capaian) of one indicator: the percentage that its realisation is of its target."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from sakip.scoring import result as reasons
from sakip.scoring.arithmetic import HUNDRED, difference, percentage, product
from sakip.scoring.notation import plain, term
from sakip.scoring.policy import LowerFormula, NihilRule, ScoringPolicy, ZeroTarget
from sakip.scoring.result import Reason, Result, Step
from sakip.scoring.values import Measured, State


class Polarity(StrEnum):
    """Which direction of an indicator is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


ZERO = Decimal(0)


def achievement(
    target: Measured,
    realised: Measured,
    polarity: Polarity,
    policy: ScoringPolicy,
    *,
    lower: Decimal | None = None,
    upper: Decimal | None = None,
) -> Result:
    """The achievement in percent, unrounded, or the reason why there is none. Never raises.

    `lower` and `upper` bound the target of a RANGE indicator, whose `target` is not asked for.
    Source: domain reference, "Achievement"; docs/scoring.md, table `achievement`.

    States: *tidak berlaku* on either side and a missing side give no value; a *nihil* target gives
    none; a *nihil* realisation follows `policy.nihil`; a target of zero follows
    `policy.zero_target`; zero realised is a number.
    """
    found = _realised_number(realised, policy)
    if polarity is Polarity.RANGE:
        obstacle = _first(_not_applicable(target, realised), _range_obstacle(lower, upper), found)
        if obstacle is not None:
            return Result.without(obstacle)
        assert isinstance(found, Decimal)
        assert lower is not None
        assert upper is not None
        return _capped(_range(found, lower, upper), policy)
    obstacle = _first(_not_applicable(target, realised), _target_obstacle(target), found)
    if obstacle is not None:
        return Result.without(obstacle)
    assert isinstance(found, Decimal)
    assert target.number is not None
    return _capped(_against(target.number, found, polarity, policy), policy)


def _first(*candidates: Reason | Decimal | None) -> Reason | None:
    return next((c for c in candidates if isinstance(c, Reason)), None)


def _not_applicable(target: Measured, realised: Measured) -> Reason | None:
    states = {target.state, realised.state}
    return reasons.NOT_APPLICABLE_HERE if State.NOT_APPLICABLE in states else None


def _target_obstacle(target: Measured) -> Reason | None:
    if target.state is State.NIHIL:
        return reasons.TARGET_NIHIL
    if target.number is None:
        return reasons.TARGET_MISSING
    # A percentage of a negative target grows as the result gets worse.
    return reasons.TARGET_NEGATIVE if target.number < 0 else None


def _range_obstacle(lower: Decimal | None, upper: Decimal | None) -> Reason | None:
    if lower is None or upper is None:
        return reasons.RANGE_MISSING
    if lower > upper:
        return reasons.RANGE_REVERSED
    return reasons.TARGET_NEGATIVE if lower < 0 else None


def _realised_number(realised: Measured, policy: ScoringPolicy) -> Decimal | Reason:
    if realised.number is not None:
        return realised.number
    if realised.state is not State.NIHIL:
        return reasons.REALISED_MISSING
    return ZERO if policy.nihil is NihilRule.AS_ZERO else reasons.REALISED_NIHIL


def _against(target: Decimal, realised: Decimal, polarity: Polarity, policy: ScoringPolicy) -> Result:
    if target == 0:
        return _zero_target(realised, polarity, policy)
    if polarity is Polarity.HIGHER:
        return _share(realised, target)
    if policy.lower_is_better is LowerFormula.TWO_TARGET_MINUS:
        return _two_target_minus(target, realised)
    if realised <= 0:
        return Result.without(reasons.REALISED_NOT_POSITIVE)
    return _share(target, realised)


def _share(part: Decimal, whole: Decimal) -> Result:
    value = percentage(part, whole)
    return Result.computed(value, Step(f"{term(part)} / {plain(whole)} × 100", value))


def _two_target_minus(target: Decimal, realised: Decimal) -> Result:
    value = percentage(difference(product(Decimal(2), target), realised), target)
    expression = f"(2 × {plain(target)} − {term(realised)}) / {plain(target)} × 100"
    step = Step(expression, value)
    if value >= 0:
        return Result.computed(value, step)
    return Result.computed(ZERO, step, Step(f"tidak kurang dari 0: {plain(value)} menjadi 0", ZERO))


def _zero_target(realised: Decimal, polarity: Polarity, policy: ScoringPolicy) -> Result:
    if policy.zero_target is ZeroTarget.NOT_COMPUTABLE:
        return Result.without(reasons.TARGET_ZERO)
    met = realised <= 0 if polarity is Polarity.LOWER else realised >= 0
    value = HUNDRED if met else ZERO
    word = "terpenuhi" if met else "tidak terpenuhi"
    return Result.computed(value, Step(f"target nol, realisasi {plain(realised)}: {word}", value))


def _range(realised: Decimal, lower: Decimal, upper: Decimal) -> Result:
    if realised > upper:
        return _share(realised, upper) if upper else Result.without(reasons.TARGET_ZERO)
    if realised < lower:
        return _share(realised, lower) if lower else Result.without(reasons.TARGET_ZERO)
    step = Step(f"{plain(lower)} ≤ {plain(realised)} ≤ {plain(upper)}: 100", HUNDRED)
    return Result.computed(HUNDRED, step)


def _capped(result: Result, policy: ScoringPolicy) -> Result:
    cap = policy.achievement_cap
    if cap is None or result.value is None or result.value <= cap:
        return result
    step = Step(f"paling tinggi {plain(cap)}: {plain(result.value)} menjadi {plain(cap)}", cap)
    return replace(result, value=cap, steps=(*result.steps, step))
