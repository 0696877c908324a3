"""Agencies compared: the mean of their scores."""

import pytest

from sakip.scoring.aggregation import mean_of
from tests.scoring.tables import as_result, is_yes, label, table


@pytest.mark.parametrize("row", table("mean_of"), ids=label)
def test_mean_of(row):
    found = mean_of([as_result(cell.strip()) for cell in row["scores"].split("/")])
    assert found.value == as_result(row["mean"]).value
    assert found.provisional == is_yes(row["provisional"])
