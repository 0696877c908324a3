"""An index made of parts, and the rule that a declared total beats what its parts add up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sakip.scoring import result as reasons
from sakip.scoring.aggregation import Weighted, weighted_mean
from sakip.scoring.notation import fixed
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result, Step
from sakip.scoring.rounding import rounded
from sakip.scoring.scales import Band, Scale
from sakip.scoring.values import MISSING, Measured


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One aspect or element: its weight in percent and its score on the scale of the parts."""

    key: str
    name: str
    weight: Decimal
    score: Measured


@dataclass(frozen=True, slots=True)
class IndexScore:
    """An index; `value` is the one to print, `from_parts` what the parts give.

    `declared` says that `value` is an assessor's figure; `note` tells in Indonesian where the two
    differ. `missing` and `off_scale` name the parts that did not count.
    """

    parts: tuple[IndexPart, ...]
    value: Result
    from_parts: Result
    band: Band | None
    declared: bool
    note: str
    missing: tuple[str, ...]
    off_scale: tuple[str, ...]


def index_of_parts(
    parts: tuple[IndexPart, ...], is_on_scale: Callable[[Decimal], bool]
) -> tuple[Result, tuple[str, ...]]:
    """The weighted mean of the parts, and the names of those whose score is off their scale.

    A part off its scale is a slip that would distort the whole, so it gives no value at all.
    """
    off_scale = tuple(
        part.name for part in parts if part.score.number is not None and not is_on_scale(part.score.number)
    )
    if off_scale:
        return Result.without(reasons.OUT_OF_SCALE), off_scale
    return weighted_mean([Weighted(part.weight, part.score) for part in parts]), ()


def settled(
    parts: tuple[IndexPart, ...],
    from_parts: Result,
    off_scale: tuple[str, ...],
    scale: Scale,
    policy: ScoringPolicy,
    declared: Measured = MISSING,
) -> IndexScore:
    """The index, its declared value taking precedence over the computed one."""
    value = from_parts
    note = ""
    if declared.number is not None:
        label = printed(declared.number, policy)
        value = Result.computed(declared.number, Step(f"nilai yang ditetapkan: {label}"))
        note = _note(declared.number, from_parts, policy)
    return IndexScore(
        parts=parts,
        value=value,
        from_parts=from_parts,
        band=None if value.value is None else scale.band_for(value.value),
        declared=declared.is_number,
        note=note,
        missing=tuple(part.name for part in parts if part.score.is_missing),
        off_scale=off_scale,
    )


def printed(value: Decimal, policy: ScoringPolicy) -> str:
    """An index with two decimals, as it stands in a note."""
    return fixed(rounded(value, 2, policy.rounding))


def _note(declared: Decimal, from_parts: Result, policy: ScoringPolicy) -> str:
    used = f"Nilai yang ditetapkan ({printed(declared, policy)}) dipakai"
    if from_parts.reason is not None:
        return f"{used}; hitungan dari bagian-bagiannya tidak ada: {from_parts.reason.text}."
    assert from_parts.value is not None
    computed = printed(from_parts.value, policy)
    if computed == printed(declared, policy):
        return ""
    kind = "hitungan sementara" if from_parts.provisional else "hitungan"
    return f"{used}; {kind} dari bagian-bagiannya menghasilkan {computed}."
