"""A scoring policy: the scales, caps, corrections and choices of one year, as plain data.

The database stores what `to_dict` gives; `from_dict` reads it back. Nothing here reads a file:
the policy of 2025 is data in `fixtures/reference/scoring_policy_2025.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sakip.scoring.arithmetic import HUNDRED, total
from sakip.scoring.policy_reader import PolicyReader
from sakip.scoring.rounding import RoundingMode
from sakip.scoring.scales import Scale

# The elements of the satisfaction survey in the order in which the regulation numbers them: a JSON object has
# no order, and PostgreSQL keeps none.
IKM_ORDER = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "pengaduan",
    "sarana",
)


class LowerFormula(StrEnum):
    """The achievement of an indicator where lower is better."""

    TWO_TARGET_MINUS = "two_target_minus"  # (2T - R) / T × 100, not below 0 (V)
    RATIO = "ratio"  # T / R × 100 (U)


class ZeroTarget(StrEnum):
    """What a target of zero does."""

    NOT_COMPUTABLE = "not_computable"
    MET_OR_NOT = "met_or_not"  # 100 where the target is met, else 0 (U)


class NihilRule(StrEnum):
    """What a declared *nihil* realisation does."""

    NOT_COMPUTABLE = "not_computable"
    AS_ZERO = "as_zero"  # (U)


class EmptyRowRule(StrEnum):
    """What a form E.81 row with ceiling 0 and nothing done does."""

    LEAVE_OUT = "leave_out"
    PRINTED = "printed"  # counts as 100, as the printed form of 2025 does for Bahan Bacaan


class EfficiencyKey(StrEnum):
    """The definitions of efficiency in use; `budget.efficiency` computes them."""

    ACHIEVEMENT_MINUS_ABSORPTION = "achievement_minus_absorption"
    OUTPUT_PER_INPUT = "output_per_input"
    INDEX_TE = "index_te"
    UNSPENT = "unspent"
    PMK = "pmk"


@dataclass(frozen=True, slots=True)
class Weight:
    """One weighted part: an aspect of the IPP. In percent."""

    key: str
    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class EntryChecks:
    """When an entry is asked about: physical progress so many points away from absorption, and a value so
    many times above or below every quarter before."""

    physical_gap: Decimal
    history_factor: Decimal


# Of policies that were stored before these rules had a key.
CHRONIC_QUARTERS = 3
LOW_ABSORPTION = Decimal(50)


@dataclass(frozen=True, slots=True)
class ScoringPolicy:
    """Everything that the formulas ask a regulation or a city for. Percentages are 0-100; an obstacle is
    chronic once the same row reports it in `chronic_quarters` quarters on end, and the absorption of a line
    is low under `low_absorption`.

    ValueError (Indonesian, naming the key) where weights do not add up to 100 or an AKIP
    predicate has no correction.
    """

    key: str
    name: str
    rounding: RoundingMode
    percent_places: int
    achievement_cap: Decimal | None
    normalisation_cap: Decimal
    lower_is_better: LowerFormula
    zero_target: ZeroTarget
    nihil: NihilRule
    empty_row_rule: EmptyRowRule
    efficiency_definition: EfficiencyKey
    akip_scale: Scale
    akip_corrections: Mapping[str, Decimal]
    nko_scale: Scale
    realisation_scale: Scale
    ipp_scale: Scale
    ipp_weights: tuple[Weight, ...]
    ikm_scale: Scale
    ikm_elements: Mapping[str, str]
    ikm_factor: Decimal
    lke_answers: Mapping[str, Decimal]
    entry_checks: EntryChecks
    chronic_quarters: int = CHRONIC_QUARTERS
    low_absorption: Decimal = LOW_ABSORPTION

    def __post_init__(self) -> None:
        if total([part.weight for part in self.ipp_weights]) != HUNDRED:
            raise ValueError("Kebijakan penilaian: jumlah bobot 'ipp_weights' harus 100.")
        without = [b.label for b in self.akip_scale.bands if b.label not in self.akip_corrections]
        if without:
            raise ValueError(
                "Kebijakan penilaian: 'akip_corrections' belum memuat predikat " + ", ".join(without) + "."
            )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ScoringPolicy:
        """The policy of a JSON object. ValueError, in Indonesian, names the key that is wrong."""
        reader = PolicyReader(data)
        policy = cls(
            key=reader.text("key"),
            name=reader.text("name"),
            rounding=reader.choice("rounding", RoundingMode),
            percent_places=reader.places("percent_places"),
            achievement_cap=reader.optional_decimal("achievement_cap"),
            normalisation_cap=reader.decimal("normalisation_cap"),
            lower_is_better=reader.choice("lower_is_better", LowerFormula),
            zero_target=reader.choice("zero_target", ZeroTarget),
            nihil=reader.choice("nihil", NihilRule),
            empty_row_rule=reader.choice("empty_row_rule", EmptyRowRule),
            efficiency_definition=reader.choice("efficiency_definition", EfficiencyKey),
            akip_scale=reader.scale("akip_scale"),
            akip_corrections=MappingProxyType(reader.decimals("akip_corrections")),
            nko_scale=reader.scale("nko_scale"),
            realisation_scale=reader.scale("realisation_scale"),
            ipp_scale=reader.scale("ipp_scale"),
            ipp_weights=tuple(Weight(*part) for part in reader.weights("ipp_weights")),
            ikm_scale=reader.scale("ikm_scale"),
            ikm_elements=MappingProxyType(_numbered(reader.texts("ikm_elements"))),
            ikm_factor=reader.decimal("ikm_factor"),
            lke_answers=MappingProxyType(reader.decimals("lke_answers")),
            entry_checks=EntryChecks(
                *reader.named_decimals("entry_checks", "physical_gap", "history_factor")
            ),
            chronic_quarters=reader.count("chronic_quarters", CHRONIC_QUARTERS),
            low_absorption=reader.decimal("low_absorption", LOW_ABSORPTION),
        )
        reader.refuse_unknown()
        return policy

    def to_dict(self) -> dict[str, Any]:
        """A JSON-safe dictionary, Decimals as strings; `from_dict` gives the same policy back."""
        return {
            "key": self.key,
            "name": self.name,
            "rounding": self.rounding.value,
            "percent_places": self.percent_places,
            "achievement_cap": None if self.achievement_cap is None else str(self.achievement_cap),
            "normalisation_cap": str(self.normalisation_cap),
            "lower_is_better": self.lower_is_better.value,
            "zero_target": self.zero_target.value,
            "nihil": self.nihil.value,
            "empty_row_rule": self.empty_row_rule.value,
            "efficiency_definition": self.efficiency_definition.value,
            "akip_scale": _scale_dict(self.akip_scale),
            "akip_corrections": _strings(self.akip_corrections),
            "nko_scale": _scale_dict(self.nko_scale),
            "realisation_scale": _scale_dict(self.realisation_scale),
            "ipp_scale": _scale_dict(self.ipp_scale),
            "ipp_weights": _weight_dicts(self.ipp_weights),
            "ikm_scale": _scale_dict(self.ikm_scale),
            "ikm_elements": dict(self.ikm_elements),
            "ikm_factor": str(self.ikm_factor),
            "lke_answers": _strings(self.lke_answers),
            "entry_checks": {
                "physical_gap": str(self.entry_checks.physical_gap),
                "history_factor": str(self.entry_checks.history_factor),
            },
            "chronic_quarters": self.chronic_quarters,
            "low_absorption": str(self.low_absorption),
        }

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale of the policy, for a page that lists them."""
        return (
            self.realisation_scale,
            self.akip_scale,
            self.nko_scale,
            self.ipp_scale,
            self.ikm_scale,
        )

    @property
    def unverified(self) -> tuple[str, ...]:
        """Indonesian names of the rules in this policy for which no source was found (U)."""
        chosen = {
            "capaian 'lebih rendah lebih baik' dengan rumus T / R": (
                self.lower_is_better is LowerFormula.RATIO
            ),
            "capaian target nol: 100 bila terpenuhi, 0 bila tidak": (
                self.zero_target is ZeroTarget.MET_OR_NOT
            ),
            "realisasi nihil dihitung sebagai nol": self.nihil is NihilRule.AS_ZERO,
            "efisiensi dengan rumus PMK": self.efficiency_definition is EfficiencyKey.PMK,
            "capaian target berupa rentang": True,
        }
        rules = [name for name, applies in chosen.items() if applies]
        return tuple(rules + [scale.name for scale in self.scales if scale.confidence == "U"])


def _numbered(elements: Mapping[str, str]) -> dict[str, str]:
    """Elements that the regulation does not know come last."""
    places = {key: place for place, key in enumerate(IKM_ORDER)}
    return dict(sorted(elements.items(), key=lambda element: places.get(element[0], len(places))))


def _strings(numbers: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: str(number) for key, number in numbers.items()}


def _weight_dicts(parts: tuple[Weight, ...]) -> list[dict[str, str]]:
    return [{"key": p.key, "name": p.name, "weight": str(p.weight)} for p in parts]


def _scale_dict(scale: Scale) -> dict[str, Any]:
    return {
        "key": scale.key,
        "name": scale.name,
        "source": scale.source,
        "confidence": scale.confidence,
        "minimum": None if scale.minimum is None else str(scale.minimum),
        "maximum": None if scale.maximum is None else str(scale.maximum),
        "bands": [
            {
                "label": band.label,
                "name": band.name,
                "bound": None if band.bound is None else str(band.bound),
                "includes_bound": band.includes_bound,
            }
            for band in scale.bands
        ],
    }
