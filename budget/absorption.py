"""Absorption (serapan) of ceilings, and physical progress weighted by ceiling. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sakip.scoring import result as reasons
from sakip.scoring.aggregation import Spent, Weighted, ratio_of_sums, weighted_mean
from sakip.scoring.arithmetic import difference
from sakip.scoring.notation import plain, term
from sakip.scoring.result import Result, Step
from sakip.scoring.values import NOT_APPLICABLE, Measured

__all__ = ["Progress", "Spent", "absorption", "absorption_of_sum", "physical_progress", "remaining"]


def absorption(ceiling_rp: Decimal | None, realised_rp: Decimal | None) -> Result:
    """realised / ceiling × 100 of one line, unrounded percent; None is *belum ada*.

    No value for a ceiling that is missing, zero ("pagu nol") or negative, or a realisation that is
    missing. Above 100 is allowed: it is a finding of a check, not an error. Never raises.
    Source: domain reference, "Terms"; 61 of 61 rows of table 3.7 (S).
    """
    return ratio_of_sums([Spent(ceiling_rp, realised_rp)])


def absorption_of_sum(lines: Sequence[Spent]) -> Result:
    """sum(realised) / sum(ceiling) × 100 of several lines, unrounded percent. Never raises.

    A line without a ceiling is left out, one without a realisation counts as nothing spent so far;
    both make the result provisional. Source: domain reference, "Form E.81" (S).
    """
    return ratio_of_sums(lines)


def remaining(ceiling_rp: Decimal | None, realised_rp: Decimal | None) -> Result:
    """Ceiling minus realisation in rupiah (sisa pagu); negative where more was spent than allowed."""
    if ceiling_rp is None:
        return Result.without(reasons.CEILING_MISSING)
    if realised_rp is None:
        return Result.without(reasons.REALISED_MISSING)
    value = difference(ceiling_rp, realised_rp)
    return Result.computed(value, Step(f"{plain(ceiling_rp)} − {term(realised_rp)}", value))


class Progress(NamedTuple):
    """The physical progress of one line in percent, and its ceiling in rupiah (None: missing)."""

    ceiling: Decimal | None
    physical_pct: Measured


def physical_progress(lines: Sequence[Progress]) -> Result:
    """sum(ceiling × physical) / sum(ceiling), unrounded percent. Never raises.

    A line with ceiling 0 has no weight. A line without a ceiling or without a progress is left out
    and makes the result provisional; *nihil* counts as 0, *tidak berlaku* is left out. Ceilings
    that add up to zero: "pagu nol". Source: domain reference, "Form E.81" (S).
    """
    known = [line for line in lines if line.ceiling is not None]
    if not known:
        return Result.without(reasons.CEILING_MISSING)
    if not any(line.ceiling for line in known):
        return Result.without(reasons.CEILING_ZERO)
    parts = [Weighted(line.ceiling or Decimal(0), _weighed(line)) for line in known]
    return weighted_mean(parts).as_provisional(len(known) < len(lines))


def _weighed(line: Progress) -> Measured:
    """Without a ceiling there is no weight, so nothing is waited for."""
    return line.physical_pct if line.ceiling else NOT_APPLICABLE
