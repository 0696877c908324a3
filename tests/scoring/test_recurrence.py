"""When an obstacle is chronic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.recurrence import is_chronic, quarters_in_a_row, says_something
from tests.scoring.tables import is_yes, label, table


@pytest.mark.parametrize("row", table("recurrence"), ids=label)
def test_quarters_in_a_row(row, policy):
    found = quarters_in_a_row([text.strip() for text in row["texts"].split("/")])
    assert found == int(row["in a row"])
    assert is_chronic(found, policy.chronic_quarters) == is_yes(row["chronic"])


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "NIHIL", "Nihil.", "tidak  ada", "Tidak ada kendala.", "..."]
)
def test_words_for_nothing(text):
    assert not says_something(text)


@given(texts=st.lists(st.sampled_from(["", "nihil", "Listrik padam"])))
def test_a_quarter_without_an_obstacle_starts_anew(texts):
    assert quarters_in_a_row([*texts, ""]) == 0
    assert quarters_in_a_row([*texts, "nihil", "Listrik padam"]) == 1
    assert quarters_in_a_row([*texts, "Listrik padam"]) == quarters_in_a_row(texts) + 1
