"""The organisation score: the worked table, who is excluded, what is provisional."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.indonesian import parse_number
from sakip.scoring.organisation_score import IndicatorAchievement, organisation_score
from sakip.scoring.result import REALISED_MISSING, Result
from tests.scoring.strategies import results
from tests.scoring.tables import as_result, is_yes, label, policy_with, table


def items(cell):
    return [
        IndicatorAchievement(f"Indikator {number}", as_result(text))
        for number, text in enumerate(cell.split("; "), start=1)
    ]


def akip(cell):
    if not cell:
        return {}
    if cell[0].isdigit():
        return {"akip_score": parse_number(cell)}
    return {"akip_predicate": cell}


@pytest.mark.parametrize("row", table("organisation_score"), ids=label)
def test_worked_table(row, policy, shown):
    score = organisation_score(items(row["achievements"]), policy, **akip(row["akip"]))
    assert "; ".join(shown(line.final) for line in score.rows) == row["finals"]
    assert shown(score.total) == row["total"]
    assert shown(score.nko) == row["nko"]
    assert (score.predicate.label if score.predicate else "") == row["predicate"]
    assert score.provisional is is_yes(row["provisional"])


def test_an_indicator_that_cannot_be_computed_is_named(policy):
    missing = IndicatorAchievement("IPP", Result.without(REALISED_MISSING))
    full = IndicatorAchievement("IKM", Result.computed(Decimal(100)))
    score = organisation_score([missing, full], policy, akip_predicate="A")
    assert [(item.name, item.reason) for item in score.excluded] == [("IPP", REALISED_MISSING)]
    assert [row.name for row in score.rows] == ["IKM"]


def test_a_provisional_achievement_makes_a_provisional_score(policy):
    item = IndicatorAchievement("IPP", Result.computed(Decimal(50), provisional=True))
    assert organisation_score([item], policy, akip_predicate="A").provisional


def test_a_declared_predicate_decides_and_a_difference_is_said(policy):
    item = IndicatorAchievement("IPP", Result.computed(Decimal(100)))
    score = organisation_score([item], policy, akip_score=Decimal(60), akip_predicate="B")
    assert score.correction == 15
    assert score.akip_note == ("Predikat B yang ditetapkan dipakai; nilai 60 menurut skala berpredikat CC.")
    assert not organisation_score([item], policy, akip_score=Decimal(65), akip_predicate="b").akip_note


def test_working_shows_normalisation_and_correction(policy):
    item = IndicatorAchievement("IKM", Result.computed(Decimal(120)))
    row = organisation_score([item], policy, akip_score=Decimal(65)).rows[0]
    assert [step.expression for step in row.final.steps] == [
        "normalisasi: 120 menjadi 110",
        "110 × (100% − 15%)",
    ]


@given(
    achievements=st.lists(results(), max_size=6),
    predicate=st.none() | st.sampled_from(["AA", "A", "BB", "B", "CC", "C", "D", "", "?"]),
    score=st.none() | st.decimals(-10, 110, places=2),
    data=st.data(),
)
def test_no_input_raises_and_order_does_not_matter(achievements, predicate, score, data):
    policy = policy_with()
    rows = [IndicatorAchievement(str(n), result) for n, result in enumerate(achievements)]
    shuffled = data.draw(st.permutations(rows))
    given_akip = {"akip_score": score, "akip_predicate": predicate}
    first = organisation_score(rows, policy, **given_akip)
    second = organisation_score(shuffled, policy, **given_akip)
    for one, other in ((first.nko, second.nko), (first.total, second.total)):
        assert (one.value, one.reason, one.provisional) == (other.value, other.reason, other.provisional)
    assert len(first.excluded) == sum(not result.is_computed for result in achievements)
    assert first.predicate == second.predicate
    assert (first.predicate is None) is (first.nko.value is None)
