"""Achievement: the worked table, its working, and that no input raises."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.achievement import Polarity, achievement
from sakip.scoring.policy import LowerFormula, NihilRule, ZeroTarget
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from tests.scoring.strategies import decimals, measures
from tests.scoring.tables import label, measured_score, policy_with, table

RANGE = " s.d. "


@pytest.mark.parametrize("row", table("achievement"), ids=label)
def test_worked_table(row, shown):
    policy = policy_with(row["setting"])
    target, bounds = row["target"], {}
    if RANGE in target:
        lower, upper = (measured_score(cell).number for cell in target.split(RANGE))
        target, bounds = "belum ada", {"lower": lower, "upper": upper}
    result = achievement(
        measured_score(target),
        measured_score(row["realised"]),
        Polarity(row["polarity"]),
        policy,
        **bounds,
    )
    assert shown(result, policy.rounding) == row["achievement"]


def test_working_is_shown_in_natural_decimals(policy):
    result = achievement(
        Measured.of(Decimal("3.6500")), Measured.of(Decimal("1.5300")), Polarity.HIGHER, policy
    )
    assert [step.expression for step in result.steps] == ["1,53 / 3,65 × 100"]
    assert result.steps[0].value == result.value


def test_lower_is_better_shows_its_formula_and_its_floor(policy):
    result = achievement(Measured.of(10), Measured.of(25), Polarity.LOWER, policy)
    assert [step.expression for step in result.steps] == [
        "(2 × 10 − 25) / 10 × 100",
        "tidak kurang dari 0: -50 menjadi 0",
    ]


def test_cap_is_a_step_of_its_own():
    result = achievement(
        Measured.of(10), Measured.of(12), Polarity.HIGHER, policy_with("achievement_cap=110")
    )
    assert result.value == 110
    assert result.steps[-1].expression == "paling tinggi 110: 120 menjadi 110"


def test_meeting_the_target_exactly_is_100_whatever_the_polarity(policy):
    for polarity in (Polarity.HIGHER, Polarity.LOWER):
        assert achievement(Measured.of(7), Measured.of(7), polarity, policy).value == 100


def test_value_is_not_rounded(policy):
    value = achievement(Measured.of(3), Measured.of(1), Polarity.HIGHER, policy).value
    assert abs(value * 3 - 100) < Decimal("1E-24")


def test_nihil_zero_missing_and_not_applicable_all_differ(policy):
    realised = (Measured.of(0), NIHIL, MISSING, NOT_APPLICABLE)
    results = [achievement(Measured.of(5), r, Polarity.HIGHER, policy) for r in realised]
    assert len({(r.value, r.reason) for r in results}) == len(realised)


@given(
    target=measures(),
    realised=measures(),
    polarity=st.sampled_from(Polarity),
    lower=st.none() | decimals(),
    upper=st.none() | decimals(),
    formula=st.sampled_from(LowerFormula),
    zero=st.sampled_from(ZeroTarget),
    nihil=st.sampled_from(NihilRule),
    cap=st.none() | st.just(Decimal(110)),
)
def test_no_input_raises(target, realised, polarity, lower, upper, formula, zero, nihil, cap):
    policy = replace(
        policy_with(), lower_is_better=formula, zero_target=zero, nihil=nihil, achievement_cap=cap
    )
    result = achievement(target, realised, polarity, policy, lower=lower, upper=upper)
    assert (result.value is None) != (result.reason is None)
    if result.value is not None:
        assert result.value.is_finite()
        assert result.steps[-1].value == result.value
