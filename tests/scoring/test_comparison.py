"""Words that prose takes from the data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.achievement import Polarity
from sakip.scoring.comparison import attainment_word, benchmark_word, has_attained, trend, trend_word
from sakip.scoring.result import TARGET_ZERO, Result
from sakip.scoring.values import MISSING, Measured
from tests.scoring.strategies import measures
from tests.scoring.tables import as_result, label, measured_score, table


@pytest.mark.parametrize("row", table("words"), ids=label)
def test_trend(row):
    places = int(row["places"]) if row["places"] else None
    now, before = measured_score(row["now"]), measured_score(row["before"])
    found = trend(now, before, Polarity(row["polarity"]), places)
    assert (found.word, found.judgement) == (row["word"], row["judgement"])
    assert trend_word(now, before, Polarity(row["polarity"]), places) == row["word"]


@pytest.mark.parametrize("row", table("attainment"), ids=label)
def test_attainment(row):
    result = as_result(row["achievement"])
    assert attainment_word(result) == row["word"]
    assert attainment_word(result.value) == row["word"]
    known = {"belum dapat dinilai": None, "belum mencapai": False}
    assert has_attained(result) is known.get(row["word"], True)


def test_attainment_without_a_value():
    assert attainment_word(Result.without(TARGET_ZERO)) == "belum dapat dinilai"


def test_benchmark():
    words = [benchmark_word(Measured.of(value), Measured.of(2)) for value in (3, 2, 1)]
    assert words == ["di atas", "sama dengan", "di bawah"]
    assert benchmark_word(Measured.of(1), MISSING) == "tidak dapat dibandingkan"


@given(now=measures(), before=measures(), polarity=st.sampled_from(Polarity), places=st.none() | st.just(2))
def test_going_back_is_the_opposite(now, before, polarity, places):
    there, back = trend(now, before, polarity, places), trend(before, now, polarity, places)
    assert (there.word, back.word) in {
        ("naik", "turun"),
        ("turun", "naik"),
        ("tetap", "tetap"),
        ("tidak dapat dibandingkan", "tidak dapat dibandingkan"),
    }
