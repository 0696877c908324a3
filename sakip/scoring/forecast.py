"""Where a year will end if it goes on as it has: a forecast (*Perkiraan*), never a realisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sakip.scoring import result as reasons
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.arithmetic import mean, product, quotient, total
from sakip.scoring.notation import plain, summed, term
from sakip.scoring.result import Result, Step
from sakip.scoring.values import Measured, State


class Basis(StrEnum):
    """What the quarters still to come were taken from; the label is shown beside the forecast."""

    COMPLETE = "complete"
    PACE = "pace"
    LEVEL = "level"
    LAST_YEAR = "last_year"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            Basis.COMPLETE: "semua triwulan sudah terisi",
            Basis.PACE: "triwulan berikutnya menurut rencana aksi dengan laju sampai sekarang",
            Basis.LEVEL: "triwulan berikutnya setara yang sudah terisi, karena rencana aksi belum lengkap",
            Basis.LAST_YEAR: "hasil tahun lalu, karena belum ada triwulan yang terisi",
            Basis.NONE: "belum ada dasar perkiraan",
        }[self]


@dataclass(frozen=True, slots=True)
class Forecast:
    """`value` is in the unit of the indicator, with its working; `basis` says what it rests on."""

    value: Result
    basis: Basis


def forecast_year(
    quarters: Sequence[Measured], planned: Sequence[Measured], method: Combine, last_year: Measured
) -> Forecast:
    """The year's value as four realised and four planned quarters let expect. Never raises.

    Known quarters stay as they are. Each *belum ada* quarter is its planned value times the pace: realised
    over planned, of the quarters that have both (sums where quarters add up or are averaged, the last such
    quarter where the last or largest counts). Without a pace, or without a plan for each of them, they all go
    on at the level reached: the mean of the known ones, or the last. Without any number, last year's result
    is expected again, unless a declared *nihil* or *tidak berlaku* leaves nothing to expect.

    A convention of this portal, no source found; docs/scoring.md, table `forecast`.
    """
    known = [value.number for value in quarters if value.number is not None]
    if not known:
        return _without_number(quarters, last_year)
    if not any(value.is_missing for value in quarters):
        return Forecast(_year(quarters, method, ()), Basis.COMPLETE)
    pace = _pace(quarters, planned, method)
    plans = [plan for value, plan in zip(quarters, planned, strict=True) if value.is_missing]
    if pace is None or pace.value is None or not all(plan.is_number for plan in plans):
        level = _level(known, method)
        assert level.value is not None
        filled = [Measured.of(level.value) if value.is_missing else value for value in quarters]
        return Forecast(_year(filled, method, (level,)), Basis.LEVEL)
    filled, steps = [], [pace]
    for number, (value, plan) in enumerate(zip(quarters, planned, strict=True), 1):
        if value.is_missing and plan.number is not None:
            expected = product(plan.number, pace.value)
            steps.append(Step(f"perkiraan triwulan {number}: {plain(plan.number)} × laju", expected))
            filled.append(Measured.of(expected))
        else:
            filled.append(value)
    return Forecast(_year(filled, method, tuple(steps)), Basis.PACE)


def _without_number(quarters: Sequence[Measured], last_year: Measured) -> Forecast:
    waiting = all(value.is_missing for value in quarters)
    if waiting and last_year.number is not None:
        step = Step("hasil tahun lalu", last_year.number)
        return Forecast(Result.computed(last_year.number, step), Basis.LAST_YEAR)
    if any(value.state is State.NIHIL for value in quarters):
        return Forecast(Result.without(reasons.REALISED_NIHIL), Basis.NONE)
    if all(value.state is State.NOT_APPLICABLE for value in quarters):
        return Forecast(Result.without(reasons.NOT_APPLICABLE_HERE), Basis.NONE)
    return Forecast(Result.without(reasons.REALISED_MISSING), Basis.NONE)


def _pace(quarters: Sequence[Measured], planned: Sequence[Measured], method: Combine) -> Step | None:
    both = [
        (value.number, plan.number)
        for value, plan in zip(quarters, planned, strict=True)
        if value.number is not None and plan.number is not None
    ]
    if method in (Combine.LAST, Combine.MAX):
        both = both[-1:]
    done, meant = [value for value, _ in both], [plan for _, plan in both]
    if not both or total(meant) <= 0:
        return None
    above = summed(done) if len(done) == 1 else f"({summed(done)})"
    below = summed(meant) if len(meant) == 1 else f"({summed(meant)})"
    return Step(f"laju: {above} / {below}", quotient(total(done), total(meant)))


def _level(known: Sequence[Decimal], method: Combine) -> Step:
    if method in (Combine.LAST, Combine.MAX):
        return Step(f"triwulan berikutnya: {plain(known[-1])}, nilai terakhir", known[-1])
    return Step(f"triwulan berikutnya: rata-rata ({summed(known)}) / {len(known)}", mean(known))


def _year(filled: Sequence[Measured], method: Combine, before: tuple[Step, ...]) -> Result:
    found = combine(filled, method)
    number = found.value.number
    assert number is not None  # at least one quarter is a number
    steps = found.steps or (Step(term(number), number),)
    return Result.computed(number, *before, *steps)
