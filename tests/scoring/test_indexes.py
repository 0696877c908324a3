"""IPP, IKM and LKE: the worked tables, declared totals, and that no input raises."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.ikm import element_mean, ikm
from sakip.scoring.ipp import ipp
from sakip.scoring.lke import lke
from sakip.scoring.values import MISSING, Measured
from tests.scoring.strategies import measures
from tests.scoring.tables import is_yes, label, measured_score, policy_with, table

USED = "Nilai yang ditetapkan (1,53) dipakai; hitungan dari bagian-bagiannya"
ASPECTS = ("keberadaan", "kualitas", "pemanfaatan")


def ipp_of(row, policy):
    scores = {weight.key: measured_score(row[weight.key]) for weight in policy.ipp_weights}
    declared = measured_score(row["declared"]) if row["declared"] else MISSING
    return ipp(scores, policy, declared)


@pytest.mark.parametrize("row", table("ipp"), ids=label)
def test_ipp(row, policy, shown):
    found = ipp_of(row, policy)
    assert shown(found.value) == row["ipp"]
    assert (found.band.label if found.band else "") == row["band"]
    assert found.value.provisional is is_yes(row["provisional"])
    assert found.declared is bool(row["declared"])


def test_a_declared_ipp_says_where_its_aspects_differ(policy):
    notes = [ipp_of(row, policy).note for row in table("ipp") if row["declared"]]
    assert notes == [
        f"{USED} tidak ada: nilai di luar rentang skala.",
        f"{USED.replace('hitungan', 'hitungan sementara')} menghasilkan 0,79.",
        "",
    ]


def test_ipp_names_what_is_missing_and_what_is_off_the_scale(policy):
    found = ipp({"kebijakan_pelayanan": Measured.of(11), "inovasi": Measured.of(0)}, policy)
    assert found.off_scale == ("Kebijakan Pelayanan",)
    assert len(found.missing) == 4


@pytest.mark.parametrize("row", table("ikm"), ids=label)
def test_ikm(row, policy, shown):
    cells = row["element means"].split("; ")
    means = {key: measured_score(cell) for key, cell in zip(policy.ikm_elements, cells, strict=True)}
    found = ikm(means, policy)
    assert shown(found.value) == row["ikm"]
    assert (found.band.label if found.band else "") == row["band"]
    assert found.value.provisional is is_yes(row["provisional"])


def test_the_mean_of_an_element():
    assert element_mean([4, 3, 3, 4]).number == Decimal("3.5")
    assert element_mean([]) == MISSING


def answers_of(row, policy):
    found = {}
    for component in policy.lke_components:
        cells = row[component.key].split()
        for aspect, cell in zip(ASPECTS, cells * 3 if len(cells) == 1 else cells, strict=False):
            found[component.key, aspect] = [None if cell == "-" else cell]
    return found


@pytest.mark.parametrize("row", table("lke"), ids=label)
def test_lke(row, policy, shown):
    found = lke(answers_of(row, policy), policy)
    assert shown(found.score) == row["score"]
    assert (found.predicate.label if found.predicate else "") == row["predicate"]
    assert found.score.provisional is is_yes(row["provisional"])


def test_lke_weights_are_those_of_the_regulation(policy):
    weights = [str(row.weight) for row in lke({}, policy).rows]
    assert " ".join(weights) == "6 9 15 6 9 15 3 4.5 7.5 5 7.5 12.5"


def test_lke_aspect_is_the_mean_of_its_answers(policy):
    row = lke({("perencanaan", "keberadaan"): ["AA", "BB", None, "?"]}, policy).rows[0]
    assert (row.answer_mean.number, row.points, row.unanswered) == (90, Decimal("5.4"), 2)


keys = st.sampled_from([weight.key for weight in policy_with().ipp_weights] + ["tidak dikenal"])


@given(scores=st.dictionaries(keys, measures()), declared=measures())
def test_ipp_never_raises(scores, declared):
    found = ipp(scores, policy_with(), declared)
    assert (found.band is None) is (found.value.value is None)


@given(means=st.lists(measures(), min_size=9, max_size=9), declared=measures(), data=st.data())
def test_ikm_never_raises_and_knows_no_order(means, declared, data):
    policy = policy_with()
    first = ikm(dict(zip(policy.ikm_elements, means, strict=True)), policy, declared)
    shuffled = data.draw(st.permutations(means))
    second = ikm(dict(zip(policy.ikm_elements, shuffled, strict=True)), policy, declared)
    assert (first.value.value, first.value.reason) == (second.value.value, second.value.reason)


labels = st.none() | st.sampled_from([*policy_with().lke_answers, "?"])
places = st.tuples(st.sampled_from(["perencanaan", "evaluasi", "lain"]), st.sampled_from(ASPECTS))


@given(answers=st.dictionaries(places, st.lists(labels, max_size=4)))
def test_lke_never_raises(answers):
    found = lke(answers, policy_with())
    assert found.score.value is None or 0 <= found.score.value <= 100
