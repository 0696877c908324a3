"""Values, results and rounding: the smallest pieces."""

from dataclasses import FrozenInstanceError
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.indonesian import number, parse_number
from sakip.scoring.arithmetic import mean, total
from sakip.scoring.notation import plain, summed, term
from sakip.scoring.result import TARGET_ZERO, Reason, Result
from sakip.scoring.rounding import rounded
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured, State
from tests.scoring.strategies import decimals, measures
from tests.scoring.tables import label, table


def test_states_are_never_equal_to_zero_or_to_each_other():
    assert len({Measured.of(0), NIHIL, MISSING, NOT_APPLICABLE}) == 4


def test_labels():
    assert [value.state.label for value in (NIHIL, NOT_APPLICABLE, MISSING)] == [
        "nihil",
        "tidak berlaku",
        "belum ada",
    ]


def test_zero_is_a_number():
    assert Measured.of(0).is_number
    assert Measured.optional(Decimal("0.00")) == Measured.of(0)
    assert Measured.optional(None) is MISSING


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+25", "1E-25"])
def test_what_is_no_value_is_refused(text):
    with pytest.raises(ValueError, match=r"nilai ukur|terlalu besar"):
        Measured.of(Decimal(text))


@pytest.mark.parametrize("value", [1.5, "1", True, None])
def test_what_is_no_decimal_is_refused(value):
    with pytest.raises(TypeError):
        Measured.of(value)


def test_a_state_must_agree_with_its_number():
    with pytest.raises(ValueError, match="keadaan"):
        Measured(State.NIHIL, Decimal(0))
    with pytest.raises(ValueError, match="keadaan"):
        Measured(State.NUMBER)


def test_values_and_results_do_not_change():
    with pytest.raises(FrozenInstanceError):
        Measured.of(1).number = Decimal(2)
    with pytest.raises(FrozenInstanceError):
        Result.computed(Decimal(1)).value = Decimal(2)


def test_a_result_has_a_value_or_a_reason():
    with pytest.raises(ValueError, match="tepat satu"):
        Result(None, None)
    with pytest.raises(ValueError, match="tepat satu"):
        Result(Decimal(1), Reason("x", "x"))


def test_a_result_prints_once_and_only_a_value():
    third = Result.computed(Decimal(100) / 3)
    assert third.printed() == Decimal("33.33")
    assert third.printed(0, "truncate") == Decimal(33)
    assert Result.without(TARGET_ZERO).printed() is None


@given(measures())
def test_a_measured_value_is_a_result(measured):
    result = Result.from_measured(measured)
    assert result.value == measured.number
    assert result.is_computed or result.reason.text == measured.state.label


@pytest.mark.parametrize("row", table("rounding"), ids=label)
def test_rounding(row):
    value = parse_number(row["value"]) if len(row["value"]) < 15 else Decimal(row["value"].replace(",", "."))
    assert number(value, int(row["places"]), row["mode"]) == row["printed"]


@given(decimals(places=9), st.integers(0, 6))
def test_half_up_is_half_up(value, places):
    plain_quantize = value.quantize(
        Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=Context(prec=60)
    )
    assert rounded(value, places) == plain_quantize


@given(decimals(places=9), st.integers(0, 6))
def test_truncation_never_goes_away_from_zero(value, places):
    cut = rounded(value, places, "truncate")
    assert abs(cut) <= abs(value)
    assert abs(value) - abs(cut) < Decimal(1).scaleb(-places)


@given(decimals(), st.sampled_from(["half_up", "truncate"]))
def test_a_rounded_figure_stays_as_it_is(value, mode):
    assert rounded(rounded(value, 2, mode), 2, mode) == rounded(value, 2, mode)


def test_thirds_add_up_again():
    third = Decimal(100) / 3
    assert rounded(total([third] * 3), 2, "truncate") == 100


def test_an_unknown_mode_is_refused():
    with pytest.raises(ValueError, match="up"):
        rounded(Decimal(1), 2, "up")


@given(st.lists(decimals("0", "1000"), min_size=1, max_size=9), st.data())
def test_a_mean_knows_no_order_and_stays_inside(values, data):
    assert mean(values) == mean(data.draw(st.permutations(values)))
    assert min(values) <= mean(values) <= max(values)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3.6500", "3,65"),
        ("0", "0"),
        ("-0.0", "0"),
        ("100", "100"),
        ("1E+5", "100.000"),
        ("8.333333333", "8,3333…"),
        ("-0.00000001", "-0,0000…"),
        ("41.9178082191", "41,9178…"),
        ("0.000001", "0,000001"),
        ("37203277426", "37.203.277.426"),
    ],
)
def test_natural_decimals(value, shown):
    assert plain(Decimal(value)) == shown


def test_sums_in_words():
    assert term(Decimal(-5)) == "(-5)"
    assert summed([Decimal(1), Decimal("-2.5")]) == "1 + (-2,5)"
    assert summed([Decimal(n) for n in range(20)]) == "0 + … + 19 (20 nilai)"
