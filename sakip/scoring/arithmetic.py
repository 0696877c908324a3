"""Sums, means and percentages with digits to spare, so that the order of rows never matters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from functools import reduce

HUNDRED = Decimal(100)

# A quotient has 40 digits; a sum of such quotients is exact in 100, whatever their order.
_QUOTIENTS = Context(prec=40)
_SUMS = Context(prec=100)


def total(values: Sequence[Decimal]) -> Decimal:
    """The exact sum; zero for no values."""
    return reduce(_SUMS.add, values, Decimal(0))


def difference(minuend: Decimal, subtrahend: Decimal) -> Decimal:
    """The exact difference."""
    return _SUMS.subtract(minuend, subtrahend)


def product(*factors: Decimal) -> Decimal:
    """The product to 40 digits."""
    return reduce(_QUOTIENTS.multiply, factors, Decimal(1))


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The quotient to 40 digits; the caller has excluded a zero divisor."""
    return _QUOTIENTS.divide(dividend, divisor)


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole × 100 to 40 digits; the caller has excluded a zero whole."""
    return quotient(_SUMS.multiply(part, HUNDRED), whole)


def mean(values: Sequence[Decimal]) -> Decimal:
    """The mean to 40 digits; the caller has excluded an empty sequence."""
    return quotient(total(values), Decimal(len(values)))
