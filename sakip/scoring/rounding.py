"""The one place where figures are rounded: once, at the edge, by the mode that the policy names."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum


class RoundingMode(StrEnum):
    """HALF_UP is proved by 61 of 61 rows of table 3.7; TRUNCATE is what hand-made figures show."""

    HALF_UP = "half_up"
    TRUNCATE = "truncate"


_DECIMAL_MODES = {RoundingMode.HALF_UP: ROUND_HALF_UP, RoundingMode.TRUNCATE: ROUND_DOWN}
_WIDE = Context(prec=100)
# Quotients carry 40 digits, so 100/3 three times over is 99,99...9. Clearing what lies beyond the
# fifteenth decimal gives 100 back before a half is judged or a tail is cut.
_NOISE_PLACES = 15


def rounded(value: Decimal, places: int, mode: RoundingMode | str = RoundingMode.HALF_UP) -> Decimal:
    """`value` with exactly `places` decimals; halves go away from zero, or the tail is cut.

    Raises ValueError for an unknown mode. Source: domain reference, "Numbers as printed".
    """
    decimal_mode = _DECIMAL_MODES[RoundingMode(mode)]
    if places < _NOISE_PLACES:
        noiseless = _quantum(_NOISE_PLACES)
        value = value.quantize(noiseless, rounding=ROUND_HALF_EVEN, context=_WIDE)
    result = value.quantize(_quantum(places), rounding=decimal_mode, context=_WIDE)
    return result if result else abs(result)  # no "-0,00"


def _quantum(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)
