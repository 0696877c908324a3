"""The organisation score (NKO): achievements normalised, corrected by the AKIP predicate, averaged.

No regulation that issues this score is established, so nothing here or in the policy cites one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sakip.scoring import result as reasons
from sakip.scoring.arithmetic import HUNDRED, difference, product, quotient, total
from sakip.scoring.notation import plain, summed, term
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import NOT_APPLICABLE_HERE, Reason, Result, Step
from sakip.scoring.scales import Band


@dataclass(frozen=True, slots=True)
class IndicatorAchievement:
    """An indicator of the agreement in force at year end, and its achievement in percent."""

    name: str
    achievement: Result


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row of the assessment table; all figures are unrounded percentages. `place` counts the indicators
    as they were given, from 0: two can have one name."""

    place: int
    name: str
    achievement: Decimal
    normalised: Decimal
    correction: Decimal
    final: Result


@dataclass(frozen=True, slots=True)
class Excluded:
    """Something left out of a mean, and why."""

    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class OrganisationScore:
    """The table, its total and mean; `predicate` is set where `nko` has a value."""

    rows: tuple[ScoreRow, ...]
    excluded: tuple[Excluded, ...]
    akip: Band | None
    akip_note: str
    correction: Decimal | None
    total: Result
    nko: Result
    predicate: Band | None

    @property
    def provisional(self) -> bool:
        """True where the score is labelled *Sementara*."""
        return self.nko.provisional


def organisation_score(
    achievements: Sequence[IndicatorAchievement],
    policy: ScoringPolicy,
    *,
    akip_score: Decimal | None = None,
    akip_predicate: str | None = None,
) -> OrganisationScore:
    """The NKO of a year; never raises.

    The AKIP evaluation is the latest one issued before the report. A declared predicate decides;
    without one the score is put on the scale of the policy; where both are given and differ,
    `akip_note` says so in Indonesian.

    An indicator without an achievement is excluded and named and makes the score provisional,
    unless it is *tidak berlaku*, for which there is nothing to wait. No indicator, or no AKIP
    predicate: no score, with the reason.

    Source: domain reference, "Organisation score"; docs/scoring.md, table `organisation_score`.
    """
    akip, note = _akip(policy, akip_score, akip_predicate)
    excluded = tuple(
        Excluded(item.name, item.achievement.reason)
        for item in achievements
        if item.achievement.reason is not None
    )
    obstacle = _obstacle(achievements, akip, akip_score, akip_predicate)
    if obstacle is not None or akip is None:
        none = Result.without(obstacle or reasons.AKIP_MISSING)
        return OrganisationScore((), excluded, akip, note, None, none, none, None)
    correction = policy.akip_corrections[akip.label]
    rows = tuple(
        _row(place, item, correction, policy) for place, item in enumerate(achievements) if _is_scored(item)
    )
    waiting = any(item.reason.key != NOT_APPLICABLE_HERE.key for item in excluded)
    provisional = waiting or any(item.achievement.provisional for item in achievements)
    return _scored(rows, excluded, akip, note, correction, policy, provisional)


def _is_scored(item: IndicatorAchievement) -> bool:
    return item.achievement.is_computed


def _obstacle(
    achievements: Sequence[IndicatorAchievement],
    akip: Band | None,
    akip_score: Decimal | None,
    akip_predicate: str | None,
) -> Reason | None:
    if akip is None:
        given = akip_predicate or akip_score is not None
        return reasons.AKIP_UNKNOWN if given else reasons.AKIP_MISSING
    if any(_is_scored(item) for item in achievements):
        return None
    waiting = any(item.achievement.is_still_to_come for item in achievements)
    return reasons.REALISED_MISSING if waiting else reasons.NOTHING_TO_COUNT


def _akip(policy: ScoringPolicy, score: Decimal | None, predicate: str | None) -> tuple[Band | None, str]:
    scale = policy.akip_scale
    by_score = scale.band_for(score) if score is not None and scale.contains(score) else None
    if not predicate:
        return by_score, ""
    declared = scale.band_labelled(predicate.strip().upper())
    if declared is None or by_score is None or declared == by_score or score is None:
        return declared, ""
    note = (
        f"Predikat {declared.label} yang ditetapkan dipakai; "
        f"nilai {plain(score)} menurut skala berpredikat {by_score.label}."
    )
    return declared, note


def _row(place: int, item: IndicatorAchievement, correction: Decimal, policy: ScoringPolicy) -> ScoreRow:
    achieved = item.achievement.value
    assert achieved is not None
    normalised = min(achieved, policy.normalisation_cap)
    final = quotient(product(normalised, difference(HUNDRED, correction)), HUNDRED)
    steps = [Step(f"{term(normalised)} × (100% − {plain(correction)}%)", final)]
    if normalised != achieved:
        cap = plain(normalised)
        steps.insert(0, Step(f"normalisasi: {plain(achieved)} menjadi {cap}", normalised))
    result = Result.computed(final, *steps, provisional=item.achievement.provisional)
    return ScoreRow(place, item.name, achieved, normalised, correction, result)


def _scored(
    rows: tuple[ScoreRow, ...],
    excluded: tuple[Excluded, ...],
    akip: Band,
    note: str,
    correction: Decimal,
    policy: ScoringPolicy,
    provisional: bool,
) -> OrganisationScore:
    finals = [row.final.value for row in rows if row.final.value is not None]
    whole = total(finals)
    value = quotient(whole, Decimal(len(finals)))
    return OrganisationScore(
        rows=rows,
        excluded=excluded,
        akip=akip,
        akip_note=note,
        correction=correction,
        total=Result.computed(whole, Step(summed(finals), whole), provisional=provisional),
        nko=Result.computed(value, Step(f"{term(whole)} / {len(finals)}", value), provisional=provisional),
        predicate=policy.nko_scale.band_for(value),
    )
