"""Hypothesis strategies for values as they may come from a database, a form or an import."""

from decimal import Decimal

from hypothesis import strategies as st

from sakip.scoring.result import NOT_APPLICABLE_HERE, REALISED_MISSING, TARGET_ZERO, Result
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured


def decimals(low: str = "-1E15", high: str = "1E15", places: int = 6):
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


def measures():
    """Every state, and numbers in all magnitudes that a Measured accepts."""
    tiny_or_huge = st.sampled_from(
        [Decimal(text) for text in ("0", "-0", "0E+50", "1E-24", "-1E-24", "9.99E+24", "-1E+24")]
    )
    numbers = (decimals() | tiny_or_huge).map(Measured.of)
    return numbers | st.sampled_from([MISSING, NIHIL, NOT_APPLICABLE])


def results(low: str = "-1000", high: str = "1000"):
    """Computed percentages, provisional ones, and reasons."""
    reasons = st.sampled_from([NOT_APPLICABLE_HERE, REALISED_MISSING, TARGET_ZERO])
    computed = st.builds(
        lambda value, provisional: Result.computed(value, provisional=provisional),
        decimals(low, high, places=9),
        st.booleans(),
    )
    return computed | reasons.map(Result.without)
