"""Scales of predicates: sorted bounds, so that every value falls into exactly one band."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Band:
    """One predicate: it begins at `bound`, which itself belongs to it if `includes_bound`.

    The lowest band of a scale has no bound.
    """

    label: str
    name: str
    bound: Decimal | None = None
    includes_bound: bool = True

    def holds(self, value: Decimal) -> bool:
        """True where `value` lies at or above the beginning of this band."""
        if self.bound is None:
            return True
        return value > self.bound or (self.includes_bound and value == self.bound)


@dataclass(frozen=True, slots=True)
class Scale:
    """Bands from the highest down. ValueError where they are not sorted or not open below.

    `minimum` and `maximum` bound what may be scored on the scale (None: unbounded); `source` is
    the regulation to cite, empty where none is established; `confidence` is V, S or U.
    """

    key: str
    name: str
    bands: tuple[Band, ...]
    source: str = ""
    confidence: str = "V"
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def __post_init__(self) -> None:
        if not self.bands or self.bands[-1].bound is not None:
            raise ValueError(f"Skala '{self.key}': pita terendah harus tanpa batas.")
        bounds = [band.bound for band in self.bands[:-1]]
        if any(bound is None for bound in bounds):
            raise ValueError(f"Skala '{self.key}': hanya pita terendah yang boleh tanpa batas.")
        known = [bound for bound in bounds if bound is not None]
        if any(upper <= lower for upper, lower in pairwise(known)):
            raise ValueError(f"Skala '{self.key}': batas harus urut dari yang tertinggi.")
        if len({band.label for band in self.bands}) != len(self.bands):
            raise ValueError(f"Skala '{self.key}': label pita tidak boleh berulang.")
        if self.confidence not in {"V", "S", "U"}:
            raise ValueError(f"Skala '{self.key}': keyakinan harus V, S atau U.")

    def band_for(self, value: Decimal) -> Band:
        """The band of an unrounded `value`. Never fails: the lowest band is open below."""
        return next(band for band in self.bands if band.holds(value))

    def band_labelled(self, label: str) -> Band | None:
        """The band with this label, or None."""
        return next((band for band in self.bands if band.label == label), None)

    def contains(self, value: Decimal) -> bool:
        """True where `value` lies within what may be scored on this scale."""
        above = self.minimum is None or value >= self.minimum
        below = self.maximum is None or value <= self.maximum
        return above and below
