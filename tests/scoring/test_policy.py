"""The policy as JSON: there and back, and a clear word for every fault."""

import copy
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.policy import ScoringPolicy
from tests.scoring.tables import policy_data, policy_with


def test_there_and_back(policy):
    data = policy_data()
    assert policy.to_dict() == data
    assert json.loads(json.dumps(policy.to_dict())) == data
    assert ScoringPolicy.from_dict(policy.to_dict()) == policy


def test_the_elements_of_the_survey_are_numbered_in_whatever_order_they_are_stored(policy):
    """PostgreSQL stores an object's keys by their length."""
    data = policy_data()
    data["ikm_elements"] = dict(sorted(data["ikm_elements"].items(), key=lambda item: (len(item[0]), item)))
    found = list(ScoringPolicy.from_dict(data).ikm_elements)
    assert found == list(policy.ikm_elements)
    assert (found[0], found[8]) == ("persyaratan", "sarana")


# What older stored policies do not have, and what they mean.
TOLERATED = {"chronic_quarters": 3, "low_absorption": Decimal(50)}


@pytest.mark.parametrize("key", [key for key in policy_data() if key not in TOLERATED])
def test_a_missing_key_is_named(key):
    data = policy_data()
    del data[key]
    with pytest.raises(ValueError, match=f"'{key}' belum ada"):
        ScoringPolicy.from_dict(data)


@pytest.mark.parametrize(("key", "meant"), TOLERATED.items())
def test_a_policy_from_before_a_rule_still_reads(key, meant):
    data = policy_data()
    del data[key]
    assert getattr(ScoringPolicy.from_dict(data), key) == meant


def changed(path, value):
    data = copy.deepcopy(policy_data())
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["warna"], "biru", "'warna' tidak dikenal"),
        (["rounding"], "ke atas", "'rounding' harus salah satu dari half_up, truncate"),
        (["rounding"], ["half_up"], "'rounding' harus salah satu"),
        (["percent_places"], 7, "'percent_places' harus bilangan bulat 0 sampai 6"),
        (["percent_places"], True, "'percent_places'"),
        (["chronic_quarters"], 0, "'chronic_quarters' harus bilangan bulat 1 sampai 100"),
        (["chronic_quarters"], "3", "'chronic_quarters'"),
        (["chronic_quarters"], True, "'chronic_quarters'"),
        (["normalisation_cap"], 1.5, "'normalisation_cap' harus berupa angka"),
        (["normalisation_cap"], None, "'normalisation_cap' harus berupa angka"),
        (["normalisation_cap"], "NaN", "'normalisation_cap'"),
        (["normalisation_cap"], "1e9", "'normalisation_cap'"),
        (["normalisation_cap"], "110,0", "'normalisation_cap'"),
        (["name"], "", "'name' harus berupa teks"),
        (["akip_corrections"], {"AA": "0"}, "'akip_corrections' belum memuat predikat A, BB"),
        (["akip_corrections"], [], "'akip_corrections' harus berupa objek"),
        (["ipp_weights"], [], "'ipp_weights' harus berupa daftar"),
        (["ipp_weights", 0, "weight"], "25", "jumlah bobot 'ipp_weights' harus 100"),
        (["ipp_weights", 0, "bobot"], "25", r"'ipp_weights\[0\].bobot' tidak dikenal"),
        (["nko_scale", "bands", 0, "bound"], "x", r"'nko_scale.bands\[0\].bound' harus berupa angka"),
        (["nko_scale", "bands", 0, "bound"], "70", "Skala 'nko': batas harus urut"),
        (["nko_scale", "bands", 0, "includes_bound"], "ya", r"'nko_scale.bands\[0\].includes_bound'"),
        (["nko_scale", "confidence"], "X", "Skala 'nko': keyakinan"),
        (["nko_scale", "source"], None, "'nko_scale.source' harus berupa teks"),
    ],
)
def test_a_fault_is_named(path, value, message):
    with pytest.raises(ValueError, match=message):
        ScoringPolicy.from_dict(changed(path, value))


def test_something_else_than_an_object_is_refused():
    with pytest.raises(ValueError, match="harus berupa objek"):
        ScoringPolicy.from_dict([])


def test_unverified_rules_are_named(policy):
    assert policy.unverified == ("capaian target berupa rentang",)
    assert "realisasi nihil dihitung sebagai nol" in policy_with("nihil=as_zero").unverified
    assert "efisiensi dengan rumus PMK" in policy_with("efficiency_definition=pmk").unverified


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(key=st.sampled_from(list(policy_data())), value=json_values)
def test_any_json_is_read_or_refused_with_a_word(key, value):
    fault = ""
    try:
        ScoringPolicy.from_dict(changed([key], value))
    except ValueError as error:
        fault = str(error)
    assert not fault or key in fault or "Skala" in fault
