"""What a measured value can be: a number, nihil, not applicable, or missing, never confused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Wider than any rupiah amount or index, narrow enough that no later arithmetic can overflow.
_LARGEST_EXPONENT = 24


class State(StrEnum):
    """The state of a measured value. Zero is a NUMBER; NIHIL is a declared "nothing happened"."""

    NUMBER = "number"
    NIHIL = "nihil"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The Indonesian word that stands where a number would stand."""
        return _LABELS[self]


_LABELS = {
    State.NUMBER: "angka",
    State.NIHIL: "nihil",
    State.NOT_APPLICABLE: "tidak berlaku",
    State.MISSING: "belum ada",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A value and its state; `number` is set exactly where `state` is NUMBER.

    Raises ValueError for a state that disagrees with its number, and for NaN and Infinity.
    """

    state: State
    number: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.state is State.NUMBER) != (self.number is not None):
            raise ValueError("Angka hanya ada, dan harus ada, pada keadaan 'number'.")
        if self.number is not None and not self.number.is_finite():
            raise ValueError("NaN dan tak hingga bukan nilai ukur.")

    @classmethod
    def of(cls, number: Decimal | int) -> Measured:
        """A number, zero included.

        Raises TypeError for a float, whose binary fraction is not what was typed, and ValueError
        for a magnitude outside 1E±24.
        """
        if isinstance(number, bool) or not isinstance(number, Decimal | int):
            raise TypeError(f"Perlu Decimal atau int, bukan {type(number).__name__}.")
        exact = Decimal(number)
        if not exact:
            return cls(State.NUMBER, Decimal(0))
        if exact.is_finite() and abs(exact.adjusted()) > _LARGEST_EXPONENT:
            raise ValueError("Angka terlalu besar atau terlalu kecil.")
        return cls(State.NUMBER, exact)

    @classmethod
    def optional(cls, number: Decimal | int | None) -> Measured:
        """A number, or *belum ada* for None."""
        return MISSING if number is None else cls.of(number)

    @property
    def is_number(self) -> bool:
        """True where there is a number, zero included."""
        return self.number is not None

    @property
    def is_missing(self) -> bool:
        """True where the value is still to come."""
        return self.state is State.MISSING


NIHIL = Measured(State.NIHIL)
NOT_APPLICABLE = Measured(State.NOT_APPLICABLE)
MISSING = Measured(State.MISSING)
