"""IPP, IKM and LKE: the worked tables, declared totals, and that no input raises."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.ikm import ikm
from sakip.scoring.ipp import ipp
from sakip.scoring.lke import LkePart, LkeSum, against_declared, component_against_declared, lke
from sakip.scoring.values import MISSING, Measured
from tests.scoring.strategies import measures
from tests.scoring.tables import amount, is_yes, label, measured_score, policy_with, table

USED = "Nilai yang ditetapkan (1,53) dipakai; hitungan dari bagian-bagiannya"


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


def test_the_scales_of_the_policy_say_which_score_cannot_be(policy):
    ten = replace(policy, ipp_scale=replace(policy.ipp_scale, maximum=Decimal(10)))
    scores = {weight.key: Measured.of(7) for weight in policy.ipp_weights}
    assert (ipp(scores, policy).value.value, ipp(scores, ten).value.value) == (None, 7)
    wide = replace(policy, ikm_scale=replace(policy.ikm_scale, maximum=Decimal(125)))
    means = dict.fromkeys(policy.ikm_elements, Measured.of(5))
    assert (ikm(means, policy).value.value, ikm(means, wide).value.value) == (None, 125)


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


WORKSHEET = {
    "perencanaan": (6, 9, 15),
    "pengukuran": (6, 9, 15),
    "pelaporan": (3, Decimal("4.5"), Decimal("7.5")),
    "evaluasi_internal": (5, Decimal("7.5"), Decimal("12.5")),
}


def parts_of(row) -> list[LkePart]:
    found = []
    for component, weights in WORKSHEET.items():
        cells = row[component].split()
        answers = cells * 3 if len(cells) == 1 else cells
        found += [
            LkePart(component, Decimal(weight), None if answer == "-" else answer)
            for weight, answer in zip(weights, answers, strict=True)
        ]
    return found


@pytest.mark.parametrize("row", table("lke"), ids=label)
def test_lke(row, policy, shown):
    found = lke(parts_of(row), policy)
    assert shown(found.score) == row["score"]
    assert (found.predicate.label if found.predicate else "") == row["predicate"]
    assert found.score.provisional is is_yes(row["provisional"])


def test_lke_tells_what_a_component_has_earned(policy):
    found = lke(
        [LkePart("a", Decimal(6), "BB"), LkePart("a", Decimal(9), "?"), LkePart("b", Decimal(5), None)],
        policy,
    )
    assert found.points == (Decimal("4.8"), None, None)
    assert found.components["a"] == LkeSum(Decimal(15), Decimal(6), Decimal("4.8"), 1, 2)
    assert found.components["b"].unjudged == 1
    assert found.score.steps[0].expression == "6 × 80 / 100"


def test_the_declared_score_stands_beside_the_worksheets(policy):
    score = lke([LkePart("a", Decimal(100), "BB")], policy).score
    assert against_declared(Decimal("80.25"), score) == Decimal("0.25")
    assert against_declared(Decimal("80.25"), lke([], policy).score) is None
    begun = lke([LkePart("a", Decimal(50), "BB"), LkePart("a", Decimal(50), None)], policy).score
    assert against_declared(Decimal("80.25"), begun) is None


@pytest.mark.parametrize("row", table("lke_component"), ids=label)
def test_what_the_lhe_gives_a_component_stands_beside_the_worksheets(row, shown):
    weight, points, unjudged = (Decimal(row[name]) for name in ("weight", "points", "unjudged"))
    earned = LkeSum(weight, weight, points, 3 - int(unjudged), 3)
    assert shown(component_against_declared(amount(row["declared"]), earned)) == row["difference"]


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
weights = st.decimals(0, 100, places=2)


@given(parts=st.lists(st.builds(LkePart, st.sampled_from("ab"), weights, labels), max_size=12))
def test_lke_never_raises_and_earns_no_more_than_it_weighs(parts):
    found = lke(parts, policy_with())
    assert 0 <= found.all.points <= found.all.weight
    assert (found.score.value is None) is (found.all.judged == 0)
