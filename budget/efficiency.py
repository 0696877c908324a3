"""Efficiency (efisiensi): every definition in use, by key, because no two reports mean the same.

The policy names one and the report prints its name and formula. The 23,18 of the report of 2025 is
reproduced by none of them; docs/scoring.md shows each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from sakip.scoring.arithmetic import HUNDRED, difference, percentage, product, quotient, total
from sakip.scoring.notation import fixed, plain, term
from sakip.scoring.policy import EfficiencyKey
from sakip.scoring.result import Reason, Result, Step
from sakip.scoring.rounding import RoundingMode, rounded

EFFICIENT = "efisien"
INEFFICIENT = "tidak efisien"

ACHIEVEMENT_MISSING = Reason("achievement_missing", "capaian belum ada")
ABSORPTION_MISSING = Reason("absorption_missing", "serapan belum ada")
ABSORPTION_ZERO = Reason("absorption_zero", "serapan nol")
OUTPUTS_MISSING = Reason("outputs_missing", "rincian anggaran per keluaran belum ada")
OUTPUTS_ZERO = Reason("outputs_zero", "pagu × capaian keluaran berjumlah nol")


class OutputLine(NamedTuple):
    """One output for `pmk`: its ceiling (PAK), achievement in percent (CK), money spent (RAK)."""

    ceiling: Decimal
    achievement_pct: Decimal
    realised: Decimal


class EfficiencyInput(NamedTuple):
    """What the definitions ask for; percentages unrounded, and only `pmk` reads `outputs`."""

    achievement: Result
    absorption: Result
    outputs: Sequence[OutputLine] = ()


@dataclass(frozen=True, slots=True)
class EfficiencyDefinition:
    """One way to say efficient. `unit` follows the value; `confidence` is V, S or U."""

    key: EfficiencyKey
    name: str
    formula: str
    unit: str
    confidence: str
    compute: Callable[[EfficiencyInput], Result]
    verdict: Callable[[EfficiencyInput, Decimal], str | None]

    @property
    def suffix(self) -> str:
        """The unit as it follows the printed value."""
        return self.unit if self.unit in {"", "%"} else f" {self.unit}"


@dataclass(frozen=True, slots=True)
class Efficiency:
    """A value by one definition, its verdict ("efisien", "tidak efisien" or None), and a notice.

    The notice is an Indonesian sentence for the reader, empty where there is nothing to warn of.
    """

    definition: EfficiencyDefinition
    result: Result
    verdict: str | None
    notice: str


def efficiency(
    key: EfficiencyKey | str,
    inputs: EfficiencyInput,
    mode: RoundingMode | str = RoundingMode.HALF_UP,
) -> Efficiency:
    """The efficiency by the definition `key`; `mode` only rounds the figures in the notice.

    ValueError for an unknown key. Source: domain reference, "Efficiency"; docs/scoring.md, table
    `efficiency`.
    """
    definition = DEFINITIONS[EfficiencyKey(key)]
    result = definition.compute(inputs)
    waiting = inputs.achievement.provisional or inputs.absorption.provisional
    result = result.as_provisional(waiting)
    verdict = None if result.value is None else definition.verdict(inputs, result.value)
    return Efficiency(definition, result, verdict, _notice(inputs, definition, mode))


def _percentages(inputs: EfficiencyInput) -> tuple[Decimal, Decimal] | Reason:
    """Achievement and absorption, or what is in the way."""
    achieved, absorbed = inputs.achievement, inputs.absorption
    if achieved.reason is not None:
        return Reason(ACHIEVEMENT_MISSING.key, f"capaian: {achieved.reason.text}")
    if absorbed.reason is not None:
        return Reason(ABSORPTION_MISSING.key, f"serapan: {absorbed.reason.text}")
    assert achieved.value is not None
    assert absorbed.value is not None
    return achieved.value, absorbed.value


def _achievement_minus_absorption(inputs: EfficiencyInput) -> Result:
    found = _percentages(inputs)
    if isinstance(found, Reason):
        return Result.without(found)
    achieved, absorbed = found
    value = difference(achieved, absorbed)
    return Result.computed(value, Step(f"{term(achieved)} − {term(absorbed)}", value))


def _output_per_input(inputs: EfficiencyInput) -> Result:
    found = _percentages(inputs)
    if isinstance(found, Reason):
        return Result.without(found)
    achieved, absorbed = found
    if absorbed == 0:
        return Result.without(ABSORPTION_ZERO)
    value = percentage(achieved, absorbed)
    return Result.computed(value, Step(f"{term(achieved)} / {term(absorbed)} × 100", value))


def _index_te(inputs: EfficiencyInput) -> Result:
    found = _percentages(inputs)
    if isinstance(found, Reason):
        return Result.without(found)
    achieved, absorbed = found
    if absorbed == 0:
        return Result.without(ABSORPTION_ZERO)
    index = quotient(achieved, absorbed)
    value = difference(index, Decimal(1))
    return Result.computed(
        value,
        Step(f"IE = {term(achieved)} / {term(absorbed)}", index),
        Step(f"TE = {term(index)} − 1", value),
    )


def _unspent(inputs: EfficiencyInput) -> Result:
    absorbed = inputs.absorption
    if absorbed.reason is not None:
        return Result.without(Reason(ABSORPTION_MISSING.key, f"serapan: {absorbed.reason.text}"))
    assert absorbed.value is not None
    value = difference(HUNDRED, absorbed.value)
    return Result.computed(value, Step(f"100 − {term(absorbed.value)}", value))


_PMK_LIMIT = Decimal(20)
_PMK_MIDDLE = Decimal(50)


def _pmk(inputs: EfficiencyInput) -> Result:
    if not inputs.outputs:
        return Result.without(OUTPUTS_MISSING)
    expected = total([quotient(product(o.ceiling, o.achievement_pct), HUNDRED) for o in inputs.outputs])
    if expected <= 0:
        return Result.without(OUTPUTS_ZERO)
    spent = total([output.realised for output in inputs.outputs])
    raw = percentage(difference(expected, spent), expected)
    clamped = max(-_PMK_LIMIT, min(_PMK_LIMIT, raw))
    value = total([_PMK_MIDDLE, quotient(product(clamped, _PMK_MIDDLE), _PMK_LIMIT)])
    steps = [Step(f"E = ({plain(expected)} − {term(spent)}) / {plain(expected)} × 100", raw)]
    if clamped != raw:
        steps.append(Step(f"E dibatasi −20 sampai 20: {plain(clamped)}", clamped))
    steps.append(Step(f"NE = 50 + {term(clamped)} / 20 × 50", value))
    return Result.computed(value, *steps)


def _over(mark: Decimal) -> Callable[[EfficiencyInput, Decimal], str | None]:
    return lambda inputs, value: EFFICIENT if value > mark else INEFFICIENT


def _from(mark: Decimal) -> Callable[[EfficiencyInput, Decimal], str | None]:
    return lambda inputs, value: EFFICIENT if value >= mark else INEFFICIENT


def _unspent_verdict(inputs: EfficiencyInput, value: Decimal) -> str | None:
    """Money left over says nothing about efficiency before the target is met."""
    achieved = inputs.achievement.value
    if achieved is None or achieved < HUNDRED:
        return None
    return EFFICIENT if value > 0 else INEFFICIENT


DEFINITIONS: Mapping[EfficiencyKey, EfficiencyDefinition] = MappingProxyType(
    {
        definition.key: definition
        for definition in (
            EfficiencyDefinition(
                EfficiencyKey.ACHIEVEMENT_MINUS_ABSORPTION,
                "Capaian dikurangi serapan",
                "capaian − serapan",
                "poin persen",
                "V",
                _achievement_minus_absorption,
                _over(Decimal(0)),
            ),
            EfficiencyDefinition(
                EfficiencyKey.OUTPUT_PER_INPUT,
                "Capaian per serapan",
                "capaian / serapan × 100",
                "%",
                "V",
                _output_per_input,
                _from(HUNDRED),
            ),
            EfficiencyDefinition(
                EfficiencyKey.INDEX_TE,
                "Tingkat efisiensi (TE)",
                "IE = capaian / serapan; TE = IE − 1; efisien bila IE ≥ 1",
                "",
                "V",
                _index_te,
                _from(Decimal(0)),
            ),
            EfficiencyDefinition(
                EfficiencyKey.UNSPENT,
                "Sisa anggaran",
                "100 − serapan (bermakna hanya bila capaian ≥ 100)",
                "%",
                "V",
                _unspent,
                _unspent_verdict,
            ),
            EfficiencyDefinition(
                EfficiencyKey.PMK,
                "Nilai efisiensi (NE) per keluaran",
                "E = Σ(PAK × CK − RAK) / Σ(PAK × CK) × 100, dibatasi ±20; NE = 50% + E / 20 × 50",
                "%",
                "U",
                _pmk,
                _over(_PMK_MIDDLE),
            ),
        )
    }
)


def _notice(inputs: EfficiencyInput, definition: EfficiencyDefinition, mode: RoundingMode | str) -> str:
    """Says that a year with more money spent than results achieved is inefficient."""
    achieved, absorbed = inputs.achievement.value, inputs.absorption.value
    is_unspent = definition.key is EfficiencyKey.UNSPENT
    if achieved is None or absorbed is None:
        return ""
    if achieved < absorbed:
        figures = f"Capaian {_pct(achieved, mode)} dengan serapan {_pct(absorbed, mode)}"
        return f"{figures}: tidak efisien menurut semua rumus selain sisa anggaran."
    if is_unspent and achieved < HUNDRED:
        figures = f"Capaian {_pct(achieved, mode)}"
        return f"{figures}: sisa anggaran hanya bermakna bila capaian sekurangnya 100%."
    return ""


def _pct(value: Decimal, mode: RoundingMode | str) -> str:
    return f"{fixed(rounded(value, 2, mode))}%"
