"""Where a year is expected to end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.forecast import Basis, forecast_year
from sakip.scoring.values import MISSING, Measured
from tests.scoring.tables import label, measured_score, table

NUMBERS = st.decimals(0, 1000, places=2).map(Measured.of)
METHODS = st.sampled_from(list(Combine))


def quarters(cell: str) -> list[Measured]:
    return [measured_score(value.strip()) for value in cell.split(" / ")]


@pytest.mark.parametrize("row", table("forecast"), ids=label)
def test_forecast(row):
    found = forecast_year(
        quarters(row["realised"]),
        quarters(row["planned"]),
        Combine(row["combine"]),
        measured_score(row["last year"]),
    )
    assert found.basis == row["basis"]
    if found.value.reason is not None:
        assert found.value.reason.text == row["forecast"]
    else:
        assert found.value.value == measured_score(row["forecast"]).number
        assert found.value.steps[-1].value == found.value.value


@given(st.lists(NUMBERS, min_size=4, max_size=4), METHODS)
def test_a_finished_year_is_its_own_forecast(values, method):
    found = forecast_year(values, [MISSING] * 4, method, MISSING)
    assert found.value.value == combine(values, method).value.number
    assert found.basis is Basis.COMPLETE


@given(st.lists(NUMBERS, min_size=4, max_size=4), st.integers(1, 4), METHODS)
def test_who_keeps_to_the_plan_is_expected_to_meet_it(planned, known, method):
    realised = [*planned[:known], *[MISSING] * (4 - known)]
    found = forecast_year(realised, planned, method, MISSING)
    if found.basis is Basis.PACE:
        assert found.value.value == combine(planned, method).value.number


def test_the_working_tells_the_pace():
    found = forecast_year(
        quarters("1 / 1 / belum ada / belum ada"), quarters("2 / 2 / 2 / 2"), Combine.SUM, MISSING
    )
    assert found.value.steps[0].expression == "laju: (1 + 1) / (2 + 2)"
    assert "laju sampai sekarang" in found.basis.label
