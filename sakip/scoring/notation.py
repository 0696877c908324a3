"""How numbers stand inside the worked steps of a calculation: Indonesian, in natural decimals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Context, Decimal
from functools import lru_cache

_LONGEST = 6  # decimals shown in full; a longer tail is cut and marked
_SHOWN = 4
_SHOWN_TERMS = 12
_WIDE = Context(prec=100)


def grouped(digits: str) -> str:
    """'1234567' as '1.234.567'."""
    return f"{int(digits):,}".replace(",", ".")


def fixed(value: Decimal) -> str:
    """Every digit that `value` has, trailing zeros too: Decimal('1234.50') as '1.234,50'."""
    sign = "-" if value < 0 else ""
    whole, _, decimals = f"{abs(value):f}".partition(".")
    return sign + grouped(whole) + (f",{decimals}" if decimals else "")


@lru_cache(4096)
def plain(value: Decimal) -> str:
    """Natural decimals: 3.6500 as '3,65'; a tail beyond six decimals is cut to '8,3333…'."""
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) <= _LONGEST:
        return fixed(Decimal(f"{whole}.{decimals}" if decimals else whole))
    cut = value.quantize(Decimal(1).scaleb(-_SHOWN), rounding=ROUND_DOWN, context=_WIDE)
    sign = "-" if value < 0 and not cut else ""
    return f"{sign}{fixed(cut)}…"


def term(value: Decimal) -> str:
    """`plain`, in brackets where a minus sign would run into an operator."""
    return f"({plain(value)})" if value < 0 else plain(value)


def summed(values: Sequence[Decimal]) -> str:
    """'100 + 8,3333… + 0'; a long sum names its ends and its length."""
    if len(values) <= _SHOWN_TERMS:
        return " + ".join(term(value) for value in values)
    return f"{term(values[0])} + … + {term(values[-1])} ({len(values)} nilai)"
