"""Words bound to figures: what prose may say about a trend or an attainment is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sakip.scoring.achievement import Polarity
from sakip.scoring.arithmetic import HUNDRED, difference
from sakip.scoring.result import Result
from sakip.scoring.rounding import rounded
from sakip.scoring.values import Measured

NOT_COMPARABLE = "tidak dapat dibandingkan"
NOT_YET_JUDGED = "belum dapat dinilai"


@dataclass(frozen=True, slots=True)
class Trend:
    """`word` is naik, turun or tetap; `judgement` membaik, memburuk, tetap, or empty for a range.

    Where there is nothing to compare, `word` says so, and `change` is None.
    """

    word: str
    judgement: str
    change: Decimal | None


def trend(now: Measured, before: Measured, polarity: Polarity, places: int | None = None) -> Trend:
    """How a value moved, and whether that is better. Never raises.

    With `places`, the figures are compared as printed, so that prose never says "naik dari 1,53
    menjadi 1,53". Only numbers are compared; *nihil* is not zero here.
    """
    if now.number is None or before.number is None:
        return Trend(NOT_COMPARABLE, "", None)
    new, old = _as_printed(now.number, places), _as_printed(before.number, places)
    change = difference(new, old)
    if change == 0:
        return Trend("tetap", "tetap", change)
    word = "naik" if change > 0 else "turun"
    return Trend(word, _judgement(change > 0, polarity), change)


def trend_word(now: Measured, before: Measured, polarity: Polarity, places: int | None = None) -> str:
    """naik, turun, tetap or "tidak dapat dibandingkan": the word of `trend`."""
    return trend(now, before, polarity, places).word


def attainment_word(achievement: Result | Decimal | None) -> str:
    """melampaui (over 100), mencapai (100) or belum mencapai; "belum dapat dinilai" without one.

    Judged on the unrounded percentage: 99,999 has not reached its target.
    """
    value = achievement.value if isinstance(achievement, Result) else achievement
    if value is None:
        return NOT_YET_JUDGED
    return _sided(value, HUNDRED, "melampaui", "mencapai", "belum mencapai")


def has_attained(achievement: Result) -> bool | None:
    """Whether the target is met, judged as `attainment_word` does; None without an achievement."""
    return None if achievement.value is None else achievement.value >= HUNDRED


def benchmark_word(value: Measured, benchmark: Measured) -> str:
    """di atas, sama dengan or di bawah a standard; "tidak dapat dibandingkan" without one."""
    if value.number is None or benchmark.number is None:
        return NOT_COMPARABLE
    return _sided(value.number, benchmark.number, "di atas", "sama dengan", "di bawah")


def _as_printed(number: Decimal, places: int | None) -> Decimal:
    return number if places is None else rounded(number, places)


def _judgement(is_rise: bool, polarity: Polarity) -> str:
    if polarity is Polarity.RANGE:
        return ""
    return "membaik" if is_rise == (polarity is Polarity.HIGHER) else "memburuk"


def _sided(value: Decimal, mark: Decimal, above: str, level: str, below: str) -> str:
    if value == mark:
        return level
    return above if value > mark else below
