"""What stands out in a row's entries: said to the one who fills in, never refused (real forms have it).
A hard finding keeps the quarter from being submitted; a soft one asks for a note, which is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget.absorption import remaining
from sakip import indonesian
from sakip.scoring.arithmetic import HUNDRED, difference, product
from sakip.scoring.policy import EntryChecks, ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.values import Measured, State


class Severity(StrEnum):
    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` for code, `message` for the reader, `mend` says what to do about it."""

    key: str
    message: str
    mend: str
    severity: Severity = Severity.SOFT

    @property
    def is_hard(self) -> bool:
        return self.severity is Severity.HARD


def missing_finding(what: str) -> Finding:
    """A cell that nobody filled in: whoever has no number says *nihil* or *tidak berlaku*."""
    return Finding(
        "missing",
        f"{what} belum diisi.",
        "Isi angkanya, atau pilih nihil atau tidak berlaku.",
        Severity.HARD,
    )


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What the checks of a budget line look at: `amount` and `earlier` are single quarters (rupiah), `spent`
    and the physical progress (percent) are cumulated over the year."""

    ceiling_rp: Decimal | None
    amount: Measured
    earlier: tuple[Measured, ...]
    spent: Measured
    absorption: Result
    physical: Measured
    physical_before: Measured


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What the checks of an indicator look at. `before` and `to_date` are its quarters combined; `spent_rp`
    and `ceiling_rp` are those of the lines beside it; `note` is the obstacle that was written."""

    value: Measured
    earlier: tuple[Measured, ...]
    before: Measured
    to_date: Measured
    target: Measured
    achievement: Result
    is_summed: bool
    higher_is_better: bool | None
    spent_rp: Decimal | None
    ceiling_rp: Decimal | None
    note: str


def line_findings(facts: LineFacts, policy: ScoringPolicy) -> tuple[Finding, ...]:
    """The findings of one line, in the order of its cells."""
    found = (
        _above_ceiling(facts),
        _no_ceiling(facts),
        _outside_history(facts.amount, facts.earlier, policy.entry_checks),
        _physical_falls(facts),
        _physical_far(facts, policy),
    )
    return tuple(finding for finding in found if finding)


def indicator_findings(facts: IndicatorFacts, policy: ScoringPolicy) -> tuple[Finding, ...]:
    """The findings of one indicator."""
    found = (
        _falls(facts),
        _worsened(facts),
        _outside_history(facts.value, facts.earlier, policy.entry_checks),
        _reached_unspent(facts),
        _spent_undone(facts),
    )
    return tuple(finding for finding in found if finding)


def _above_ceiling(facts: LineFacts) -> Finding | None:
    left = remaining(facts.ceiling_rp, facts.spent.number).value
    if left is None or left >= 0:
        return None
    return Finding(
        "above_ceiling",
        f"Realisasi s.d. triwulan ini melebihi pagu sebesar {indonesian.rupiah_exact(-left)}.",
        "Periksa angkanya, atau jelaskan sebabnya.",
    )


def _no_ceiling(facts: LineFacts) -> Finding | None:
    if facts.ceiling_rp is not None or not facts.spent.number:
        return None
    return Finding(
        "no_ceiling",
        "Ada realisasi tanpa pagu.",
        "Minta perencana memeriksa pagu baris ini.",
        Severity.HARD,
    )


def _physical_falls(facts: LineFacts) -> Finding | None:
    now, before = facts.physical.number, facts.physical_before.number
    if now is None or before is None or now >= before:
        return None
    return Finding(
        "physical_falls",
        f"Fisik turun dari {indonesian.plain(before)}% menjadi {indonesian.plain(now)}%.",
        "Fisik ditulis kumulatif sejak awal tahun.",
        Severity.HARD,
    )


def _physical_far(facts: LineFacts, policy: ScoringPolicy) -> Finding | None:
    physical, absorbed = facts.physical.number, facts.absorption.value
    if physical is None or absorbed is None:
        return None
    gap = difference(physical, absorbed)
    if abs(gap) <= policy.entry_checks.physical_gap:
        return None
    apart = indonesian.number(abs(gap), policy.percent_places, policy.rounding)
    spent = indonesian.percent(absorbed, policy.percent_places, policy.rounding)
    return Finding(
        "physical_far",
        f"Fisik {indonesian.plain(physical)}% terpaut {apart} poin dari serapan {spent}.",
        "Periksa keduanya, atau jelaskan sebabnya.",
    )


def _outside_history(value: Measured, earlier: Sequence[Measured], checks: EntryChecks) -> Finding | None:
    """So many times more, or less, than any quarter before: a slipped comma looks like that. Quarters in
    which nothing was done say nothing about size."""
    known = [abs(past.number) for past in earlier if past.number]
    if not known or not value.number:
        return None
    size, most, least = abs(value.number), max(known), min(known)
    if least <= product(size, checks.history_factor) and size <= product(most, checks.history_factor):
        return None
    span = " sampai ".join(dict.fromkeys(indonesian.plain(end) for end in (least, most)))
    return Finding(
        "outside_history",
        f"{indonesian.plain(value.number)} jauh di luar triwulan sebelumnya ({span}).",
        "Periksa titik dan koma, atau jelaskan sebabnya.",
    )


def _falls(facts: IndicatorFacts) -> Finding | None:
    """What is added up over the year cannot become less."""
    now, before = facts.to_date.number, facts.before.number
    if not facts.is_summed or now is None or before is None or now >= before:
        return None
    return Finding(
        "k_falls",
        f"Realisasi kumulatif turun dari {indonesian.plain(before)} menjadi {indonesian.plain(now)}.",
        "Isi hanya realisasi triwulan ini; angkanya ditambahkan kepada triwulan sebelumnya.",
        Severity.HARD,
    )


def _worsened(facts: IndicatorFacts) -> Finding | None:
    last = next((past.number for past in reversed(facts.earlier) if past.number is not None), None)
    now = facts.value.number
    if facts.is_summed or facts.higher_is_better is None or facts.note or now is None or last is None:
        return None
    if (now >= last) if facts.higher_is_better else (now <= last):
        return None
    return Finding(
        "worsened",
        f"Memburuk dari {indonesian.plain(last)} menjadi {indonesian.plain(now)} tanpa keterangan.",
        "Tulis kendalanya, atau jelaskan sebabnya.",
    )


def _reached_unspent(facts: IndicatorFacts) -> Finding | None:
    reached = facts.achievement.value is not None and facts.achievement.value >= HUNDRED
    if not reached or not facts.ceiling_rp or facts.spent_rp is None or facts.spent_rp > 0:
        return None
    return Finding(
        "reached_unspent",
        "Target tercapai tanpa realisasi anggaran.",
        "Periksa realisasi rupiahnya, atau jelaskan dengan apa target dicapai.",
    )


def _spent_undone(facts: IndicatorFacts) -> Finding | None:
    is_undone = facts.to_date.state is State.NIHIL or facts.to_date.number == 0
    if not is_undone or not facts.target.number or not facts.spent_rp:
        return None
    return Finding(
        "spent_undone",
        f"Anggaran terpakai {indonesian.rupiah_exact(facts.spent_rp)} tetapi realisasi indikator nol.",
        "Periksa realisasi indikatornya, atau jelaskan sebabnya.",
    )
