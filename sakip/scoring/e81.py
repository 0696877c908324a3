"""The means of form E.81: K of a parent from the rows beneath it, its money as a ratio of sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sakip.scoring import result as reasons
from sakip.scoring.aggregation import Spent, ratio_of_sums
from sakip.scoring.arithmetic import HUNDRED, mean
from sakip.scoring.notation import summed
from sakip.scoring.organisation_score import Excluded
from sakip.scoring.policy import EmptyRowRule, ScoringPolicy
from sakip.scoring.result import (
    DECLARED_NIHIL,
    NOT_APPLICABLE_HERE,
    TARGET_ZERO,
    Reason,
    Result,
    Step,
)
from sakip.scoring.scales import Band

ZERO = Decimal(0)
EMPTY_ROW = Reason("empty_row", "tidak berlaku: pagu nol dan tidak ada kegiatan")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row directly beneath a parent of the form.

    `k` of a leaf is the achievement of its indicator line (not the percentage repeated on its name
    line), of a parent the `FormMean.k` of its own rows. Money in rupiah; None is *belum ada*.
    """

    name: str
    k: Result
    ceiling: Decimal | None
    realised: Decimal | None


@dataclass(frozen=True, slots=True)
class FormMean:
    """A parent's line; unrounded percentages, their predicates, and the rows not in the mean.

    `left_out` rows have nothing to wait for, `missing` rows make K provisional, `as_full` rows are
    empty ones that the policy counts as 100. The footer names all three.
    """

    k: Result
    money: Result
    k_band: Band | None
    money_band: Band | None
    counted: int
    left_out: tuple[Excluded, ...]
    missing: tuple[Excluded, ...]
    as_full: tuple[str, ...]


class _Fate(StrEnum):
    COUNTED = "counted"
    AS_FULL = "as_full"
    LEFT_OUT = "left_out"
    MISSING = "missing"


def mean_of_rows(rows: Sequence[FormRow], policy: ScoringPolicy) -> FormMean:
    """K = simple mean of the rows, Rp = sum realised / sum ceiling × 100. Never raises.

    An empty row (ceiling 0, nothing spent, K zero, nihil or missing) follows
    `policy.empty_row_rule`. A row with a ceiling that is undone or *nihil* counts as 0. A row that
    is *tidak berlaku* or has a target of zero is left out; one whose K is *belum ada* is missing.
    The money of every row counts, empty or not.

    Source: domain reference, "Form E.81" (S); docs/scoring.md, table `e81`.
    """
    fates = [_fate(row, policy) for row in rows]
    pairs = list(zip(rows, fates, strict=True))
    missing = tuple(_excluded(row) for row, fate in pairs if fate is _Fate.MISSING)
    left_out = tuple(_left_out(row) for row, fate in pairs if fate is _Fate.LEFT_OUT)
    counted = [(row, _k(row, fate)) for row, fate in pairs if fate in (_Fate.COUNTED, _Fate.AS_FULL)]
    k = _mean([value for _, value in counted], left_out, missing)
    k = k.as_provisional(any(row.k.provisional for row, _ in counted))
    money = ratio_of_sums([Spent(row.ceiling, row.realised) for row in rows])
    return FormMean(
        k=k,
        money=money,
        k_band=_band(k, policy),
        money_band=_band(money, policy),
        counted=len(counted),
        left_out=left_out,
        missing=missing,
        as_full=tuple(row.name for row, fate in pairs if fate is _Fate.AS_FULL),
    )


def _fate(row: FormRow, policy: ScoringPolicy) -> _Fate:
    if _is_empty(row):
        printed = policy.empty_row_rule is EmptyRowRule.PRINTED
        return _Fate.AS_FULL if printed else _Fate.LEFT_OUT
    if row.k.reason is None or row.k.reason.key in DECLARED_NIHIL:
        return _Fate.COUNTED
    return _Fate.MISSING if row.k.is_still_to_come else _Fate.LEFT_OUT


def _is_empty(row: FormRow) -> bool:
    """Money spent without a ceiling is a finding, not an empty row: such a row counts as it is."""
    if row.ceiling is None or row.ceiling != 0 or row.realised:
        return False
    if row.k.reason is None:
        return row.k.value == 0
    return row.k.is_still_to_come or row.k.reason.key in DECLARED_NIHIL


def _k(row: FormRow, fate: _Fate) -> Decimal:
    if fate is _Fate.AS_FULL:
        return HUNDRED
    return ZERO if row.k.value is None else row.k.value


def _mean(values: Sequence[Decimal], left_out: Sequence[Excluded], missing: Sequence[Excluded]) -> Result:
    if values:
        value = mean(values)
        step = Step(f"({summed(values)}) / {len(values)}", value)
        return Result.computed(value, step, provisional=bool(missing))
    if missing:
        return Result.without(reasons.REALISED_MISSING)
    if not left_out:
        return Result.without(reasons.NOTHING_TO_COUNT)
    only_zero_targets = all(row.reason.key == TARGET_ZERO.key for row in left_out)
    return Result.without(TARGET_ZERO if only_zero_targets else NOT_APPLICABLE_HERE)


def _excluded(row: FormRow) -> Excluded:
    assert row.k.reason is not None
    return Excluded(row.name, row.k.reason)


def _left_out(row: FormRow) -> Excluded:
    return Excluded(row.name, EMPTY_ROW) if _is_empty(row) else _excluded(row)


def _band(result: Result, policy: ScoringPolicy) -> Band | None:
    return None if result.value is None else policy.realisation_scale.band_for(result.value)
