"""Quarters into a year, weighted means, ratios of sums."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.aggregation import Combine, Spent, Weighted, combine, ratio_of_sums, weighted_mean
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from tests.scoring.strategies import decimals, measures
from tests.scoring.tables import is_yes, label, measured_score, table


@pytest.mark.parametrize("row", table("combine"), ids=label)
def test_worked_table(row):
    quarters = [measured_score(row[f"q{quarter}"]) for quarter in range(1, 5)]
    year, provisional, steps = combine(quarters, Combine(row["method"]))
    assert year == measured_score(row["year"])
    assert provisional is is_yes(row["provisional"])
    assert bool(steps) is year.is_number


def test_quarters_not_given_are_missing():
    year, provisional, _ = combine([Measured.of(3), Measured.of(4)], Combine.SUM)
    assert (year, provisional) == (Measured.of(7), True)
    assert combine([], Combine.SUM).value == MISSING
    assert combine([], Combine.SUM, expected=0).value == MISSING


def test_working_of_a_mean():
    steps = combine([Measured.of(1), Measured.of(2)], Combine.MEAN, expected=2).steps
    assert [(step.expression, step.value) for step in steps] == [("(1 + 2) / 2", Decimal("1.5"))]


@given(values=st.lists(measures(), max_size=6), method=st.sampled_from(Combine))
def test_no_input_raises(values, method):
    year, provisional, _ = combine(values, method)
    assert year.number is None or year.number.is_finite()
    assert not (provisional and year in (MISSING, NOT_APPLICABLE))


@given(values=st.lists(measures(), min_size=4, max_size=4), method=st.sampled_from(Combine))
def test_order_matters_only_to_the_last_value(values, method):
    if method is not Combine.LAST:
        found = {combine(list(order), method)[:2] for order in permutations(values)}
        assert len(found) == 1


@given(parts=st.lists(st.tuples(decimals("0", "100"), measures()), max_size=8), data=st.data())
def test_weighted_mean_never_raises_and_knows_no_order(parts, data):
    weighted = [Weighted(*part) for part in parts]
    shuffled = data.draw(st.permutations(weighted))
    first, second = weighted_mean(weighted), weighted_mean(shuffled)
    assert (first.value, first.reason, first.provisional) == (
        second.value,
        second.reason,
        second.provisional,
    )


def test_weighted_mean_tells_nihil_from_missing():
    full = Weighted(Decimal(1), Measured.of(4))
    assert weighted_mean([full, Weighted(Decimal(1), NIHIL)]).value == 2
    waiting = weighted_mean([full, Weighted(Decimal(1), MISSING)])
    assert (waiting.value, waiting.provisional) == (4, True)
    settled = weighted_mean([full, Weighted(Decimal(1), NOT_APPLICABLE)])
    assert (settled.value, settled.provisional) == (4, False)


money = st.none() | decimals("-1E12", "1E12", places=2)


@given(lines=st.lists(st.builds(Spent, money, money), max_size=8), data=st.data())
def test_ratio_of_sums_never_raises_and_knows_no_order(lines, data):
    shuffled = data.draw(st.permutations(lines))
    first, second = ratio_of_sums(lines), ratio_of_sums(shuffled)
    assert (first.value, first.reason, first.provisional) == (
        second.value,
        second.reason,
        second.provisional,
    )
