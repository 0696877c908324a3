"""Form E.81: the printed means of 2025, empty rows, and what makes a mean provisional."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.achievement import Polarity, achievement
from sakip.scoring.e81 import EMPTY_ROW, FormRow, mean_of_rows
from sakip.scoring.policy import EmptyRowRule
from tests.scoring.strategies import decimals, results
from tests.scoring.tables import amount, as_result, is_yes, label, measured, policy_with, table


def administrasi_umum(policy):
    return [
        FormRow(
            row["row"],
            achievement(measured(row["target"]), measured(row["realised"]), Polarity.HIGHER, policy),
            amount(row["ceiling"]),
            amount(row["spent"]),
        )
        for row in table("e81_administrasi_umum")
    ]


@pytest.mark.parametrize("row", table("e81"), ids=label)
def test_administrasi_umum(row, shown):
    policy = policy_with(row["setting"])
    found = mean_of_rows(administrasi_umum(policy), policy)
    assert shown(found.k) == row["k"]
    assert found.k_band.label == row["k_band"]
    assert shown(found.money) == row["money"]
    assert found.money_band.label == row["money_band"]
    assert ", ".join(item.name for item in found.left_out) == row["left_out"]
    assert found.k.provisional is is_yes(row["provisional"])


def test_working_of_administrasi_umum(policy):
    found = mean_of_rows(administrasi_umum(policy), policy)
    assert found.k.steps[0].expression == "(100 + 100 + 100 + 100 + 100 + 8,3333… + 100) / 7"
    assert found.money.steps[0].expression == "160.921.425 / 215.980.425 × 100"


def test_the_row_counted_as_full_is_named():
    policy = policy_with("empty_row_rule=printed")
    assert mean_of_rows(administrasi_umum(policy), policy).as_full == ("Bahan Bacaan",)


def form_row(number, text):
    k, money = text.split(" @ ")
    ceiling, spent = money.split("/")
    return FormRow(f"Baris {number}", as_result(k), amount(ceiling), amount(spent))


@pytest.mark.parametrize("row", table("e81_means"), ids=label)
def test_worked_table(row, shown):
    rows = [form_row(number, text) for number, text in enumerate(row["rows"].split("; "), start=1)]
    found = mean_of_rows(rows, policy_with(row["setting"]))
    assert shown(found.k) == row["k"]
    assert shown(found.money) == row["money"]
    assert found.k.provisional is is_yes(row["provisional"])


def test_the_footer_can_name_every_row_that_did_not_count(policy):
    rows = [form_row(n, text) for n, text in enumerate(["100 @ 1/1", "0 @ 0/0", "belum ada @ 1/0"])]
    found = mean_of_rows(rows, policy)
    assert [(item.name, item.reason) for item in found.left_out] == [("Baris 1", EMPTY_ROW)]
    assert [item.name for item in found.missing] == ["Baris 2"]
    assert found.counted == 1


def test_a_provisional_mean_makes_its_parent_provisional(policy):
    rows = [form_row(n, text) for n, text in enumerate(["100 @ 1/1", "belum ada @ 1/0"])]
    child = mean_of_rows(rows, policy)
    parent = mean_of_rows([FormRow("Kegiatan", child.k, *[amount("2")] * 2)], policy)
    assert parent.k.provisional
    assert not parent.money.provisional


def test_a_parent_without_rows_says_so(policy):
    found = mean_of_rows([], policy)
    assert found.k.reason.text == "tidak ada baris yang dapat dihitung"
    assert found.money.reason.text == "pagu belum ada"


money = st.none() | st.just(amount("0")) | decimals("0", "1E12", places=2)


@given(
    rows=st.lists(st.tuples(results("0", "200"), money, money), max_size=7),
    rule=st.sampled_from(EmptyRowRule),
    data=st.data(),
)
def test_no_input_raises_and_order_does_not_matter(rows, rule, data):
    policy = policy_with(f"empty_row_rule={rule}")
    form = [FormRow(str(n), *row) for n, row in enumerate(rows)]
    first = mean_of_rows(form, policy)
    second = mean_of_rows(data.draw(st.permutations(form)), policy)
    for one, other in ((first.k, second.k), (first.money, second.money)):
        assert (one.value, one.reason, one.provisional) == (other.value, other.reason, other.provisional)
    assert first.counted + len(first.left_out) + len(first.missing) == len(rows)
