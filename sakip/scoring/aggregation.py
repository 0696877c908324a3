"""Quarters combined into a year, weighted means and ratios of sums, over incomplete data too."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sakip.scoring import result as reasons
from sakip.scoring.arithmetic import mean, percentage, product, quotient, total
from sakip.scoring.notation import plain, summed, term
from sakip.scoring.result import Result, Step
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured, State


class Combine(StrEnum):
    """How the quarters of an indicator become its year."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"
    MAX = "max"


class Combined(NamedTuple):
    """The year's value; `provisional` where a quarter that could change it is still missing."""

    value: Measured
    provisional: bool
    steps: tuple[Step, ...]


def combine(values: Sequence[Measured], method: Combine, expected: int = 4) -> Combined:
    """The quarters, in order, as one value. Fewer than `expected` values: the rest is missing.

    Numbers (zero included) are summed, averaged, or the last or largest of them taken. *Nihil* and
    *tidak berlaku* add nothing, are not averaged in, and leave nothing to wait for. Without any
    number the result is *nihil* if a quarter says so, else *belum ada* if one is missing, else
    *tidak berlaku*. With a missing quarter the result is provisional; under LAST only if the
    missing quarter comes after the last number, since only then can it change the result.

    Never raises. Source: domain reference, "Achievement"; docs/scoring.md, table `combine`.
    """
    padded = [*values, *[MISSING] * max(expected - len(values), 0)]
    numbers = [value.number for value in padded if value.number is not None]
    if not numbers:
        without = _without_number(padded)
        waiting = any(value.is_missing for value in padded)
        return Combined(without, waiting and without is NIHIL, ())
    step = _combined(numbers, method)
    assert step.value is not None
    return Combined(Measured(State.NUMBER, step.value), _is_waiting(padded, method), (step,))


def _without_number(values: Sequence[Measured]) -> Measured:
    states = {value.state for value in values}
    if State.NIHIL in states:
        return NIHIL
    return MISSING if State.MISSING in states or not values else NOT_APPLICABLE


def _is_waiting(values: Sequence[Measured], method: Combine) -> bool:
    if method is Combine.LAST:
        last = max(index for index, value in enumerate(values) if value.is_number)
        values = values[last:]
    return any(value.is_missing for value in values)


def _combined(numbers: Sequence[Decimal], method: Combine) -> Step:
    match method:
        case Combine.SUM:
            return Step(summed(numbers), total(numbers))
        case Combine.MEAN if len(numbers) == 1:
            return Step(plain(numbers[0]), numbers[0])
        case Combine.MEAN:
            return Step(f"({summed(numbers)}) / {len(numbers)}", mean(numbers))
        case Combine.MAX:
            listed = "; ".join(plain(number) for number in numbers)
            return Step(f"terbesar dari {listed}", max(numbers))
        case Combine.LAST:
            return Step(f"nilai terakhir: {plain(numbers[-1])}", numbers[-1])


class Weighted(NamedTuple):
    """A score and its weight; the weight may be in any unit, as long as all share it."""

    weight: Decimal
    score: Measured


def weighted_mean(parts: Sequence[Weighted]) -> Result:
    """sum(weight × score) / sum(weight), in the unit of the scores.

    *Nihil* counts as zero, since a declared nothing is an answer; *tidak berlaku* gives its weight
    to the others; a missing score does so too and makes the result provisional. No value where
    nothing is scored or all weights are zero. Never raises.
    """
    counted = [
        (part.weight, part.score.number or Decimal(0))
        for part in parts
        if part.score.state in (State.NUMBER, State.NIHIL) and part.weight
    ]
    missing = any(part.score.is_missing for part in parts)
    weights = total([weight for weight, _ in counted])
    if not weights:
        reason = reasons.VALUE_MISSING if missing or not parts else reasons.NOTHING_TO_COUNT
        return Result.without(reason)
    value = quotient(total([product(weight, score) for weight, score in counted]), weights)
    terms = " + ".join(f"{plain(weight)} × {term(score)}" for weight, score in counted)
    step = Step(f"({terms}) / {plain(weights)}", value)
    return Result.computed(value, step, provisional=missing)


def mean_of(results: Sequence[Result]) -> Result:
    """The simple mean of the results that have a value; a single one keeps its own working. Provisional where
    one of them is, or where one has no value."""
    if len(results) == 1:
        return results[0]
    scores = [
        Weighted(Decimal(1), MISSING if result.value is None else Measured.of(result.value))
        for result in results
    ]
    return weighted_mean(scores).as_provisional(any(result.provisional for result in results))


class Spent(NamedTuple):
    """The money of one line in rupiah; None is *belum ada*."""

    ceiling: Decimal | None
    realised: Decimal | None


def ratio_of_sums(lines: Sequence[Spent]) -> Result:
    """sum(realised) / sum(ceiling) × 100, the absorption of several lines. Never raises.

    A line without a ceiling is left out of both sums, a line without a realisation counts as
    nothing spent so far; both make the result provisional. Zero or no ceilings: "pagu nol".
    Source: domain reference, "Form E.81" (S).
    """
    known = [line for line in lines if line.ceiling is not None]
    if not known:
        return Result.without(reasons.CEILING_MISSING)
    ceiling = total([line.ceiling for line in known if line.ceiling is not None])
    entries = [line.realised for line in known if line.realised is not None]
    if ceiling == 0:
        return Result.without(reasons.CEILING_ZERO)
    if ceiling < 0:
        return Result.without(reasons.CEILING_NEGATIVE)
    if not entries:
        return Result.without(reasons.REALISED_MISSING)
    spent = total(entries)
    value = percentage(spent, ceiling)
    step = Step(f"{term(spent)} / {plain(ceiling)} × 100", value)
    return Result.computed(value, step, provisional=len(entries) < len(lines))
