"""What every calculation returns: a value or the reason why there is none, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from sakip.scoring.rounding import RoundingMode, rounded
from sakip.scoring.values import Measured, State


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no value: a stable `key` for code and an Indonesian `text` for readers."""

    key: str
    text: str


TARGET_MISSING = Reason("target_missing", "target belum ada")
TARGET_NIHIL = Reason("target_nihil", "target nihil")
TARGET_ZERO = Reason("target_zero", "target nol")
TARGET_NEGATIVE = Reason("target_negative", "target negatif")
REALISED_MISSING = Reason("realised_missing", "realisasi belum ada")
REALISED_NIHIL = Reason("realised_nihil", "realisasi nihil")
REALISED_NOT_POSITIVE = Reason("realised_not_positive", "realisasi nol atau negatif")
RANGE_MISSING = Reason("range_missing", "batas rentang target belum ada")
RANGE_REVERSED = Reason("range_reversed", "batas bawah rentang melebihi batas atas")
NOT_APPLICABLE_HERE = Reason("not_applicable", "tidak berlaku")
VALUE_MISSING = Reason("value_missing", "belum ada")
VALUE_NIHIL = Reason("value_nihil", "nihil")
NOTHING_TO_COUNT = Reason("nothing_to_count", "tidak ada baris yang dapat dihitung")
OUT_OF_SCALE = Reason("out_of_scale", "nilai di luar rentang skala")
AKIP_MISSING = Reason("akip_missing", "predikat AKIP belum ada")
AKIP_UNKNOWN = Reason("akip_unknown", "predikat AKIP tidak dikenal")
CEILING_MISSING = Reason("ceiling_missing", "pagu belum ada")
CEILING_ZERO = Reason("ceiling_zero", "pagu nol")
CEILING_NEGATIVE = Reason("ceiling_negative", "pagu negatif")
CASH_PLAN_MISSING = Reason("cash_plan_missing", "rencana kas belum ada")
PARTLY_JUDGED = Reason("partly_judged", "belum dinilai seluruhnya")
ABOVE_WEIGHT = Reason("above_weight", "nilai LHE melebihi bobot")

# Reasons that go away once somebody fills something in: they make a total provisional.
STILL_TO_COME = frozenset(
    reason.key
    for reason in (
        TARGET_MISSING,
        REALISED_MISSING,
        RANGE_MISSING,
        VALUE_MISSING,
        AKIP_MISSING,
        CEILING_MISSING,
        CASH_PLAN_MISSING,
    )
)
DECLARED_NIHIL = frozenset({REALISED_NIHIL.key, VALUE_NIHIL.key})

_STATE_REASONS = {
    State.MISSING: VALUE_MISSING,
    State.NIHIL: VALUE_NIHIL,
    State.NOT_APPLICABLE: NOT_APPLICABLE_HERE,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of working: '1,53 / 3,65 × 100' and the unrounded value it gives, if any."""

    expression: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Exactly one of `value` (unrounded) and `reason` is set; ValueError otherwise.

    `provisional` says that the value rests on incomplete data and is labelled *Sementara*.
    """

    value: Decimal | None
    reason: Reason | None
    steps: tuple[Step, ...] = ()
    provisional: bool = False

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("Hasil harus berisi nilai atau alasan, tepat satu.")

    @classmethod
    def computed(cls, value: Decimal, *steps: Step, provisional: bool = False) -> Result:
        """A value and its working."""
        return cls(value, None, steps, provisional)

    @classmethod
    def without(cls, reason: Reason, *steps: Step) -> Result:
        """No value, and why."""
        return cls(None, reason, steps)

    @classmethod
    def from_measured(cls, measured: Measured) -> Result:
        """A measured value as a result: its number, or its state as the reason."""
        if measured.number is not None:
            return cls.computed(measured.number)
        return cls.without(_STATE_REASONS[measured.state])

    @property
    def is_computed(self) -> bool:
        """True where there is a value."""
        return self.value is not None

    @property
    def is_still_to_come(self) -> bool:
        """True where the reason is a gap that somebody is expected to fill."""
        return self.reason is not None and self.reason.key in STILL_TO_COME

    def printed(self, places: int = 2, mode: RoundingMode | str = RoundingMode.HALF_UP) -> Decimal | None:
        """The value rounded once for printing, or None where there is none."""
        return None if self.value is None else rounded(self.value, places, mode)

    def as_provisional(self, provisional: bool = True) -> Result:
        """The same result, provisional if it was or if `provisional`; a reason never is."""
        if not self.is_computed or self.provisional or not provisional:
            return self
        return replace(self, provisional=True)
