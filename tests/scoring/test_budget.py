"""Absorption, physical progress and efficiency, against table 3.7 and the worked tables."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.absorption import Progress, Spent, absorption, absorption_of_sum, physical_progress, remaining
from budget.efficiency import DEFINITIONS, EfficiencyInput, OutputLine, efficiency
from sakip.indonesian import number, parse_number
from sakip.scoring.policy import EfficiencyKey
from sakip.scoring.result import Result
from tests.scoring.strategies import decimals, measures, results
from tests.scoring.tables import ROOT, amount, as_result, is_yes, label, measured, table

TABLE_3_7 = ROOT / "tests" / "scoring" / "data" / "table_3_7.csv"


def printed_lines():
    with TABLE_3_7.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


RECOMPUTABLE = [line for line in printed_lines() if line["ceiling"] != "0"]


@pytest.mark.parametrize("line", RECOMPUTABLE, ids=lambda line: f"{line['unit']} {line['name']}"[:70])
def test_every_percentage_of_table_3_7(line, shown):
    found = absorption(Decimal(line["ceiling"]), Decimal(line["realised"]))
    assert shown(found) == number(Decimal(line["printed_pct"]))


def test_table_3_7_has_its_61_percentages():
    assert len(RECOMPUTABLE) == 61


def test_units_of_table_3_7_add_up_to_its_total(shown):
    lines = [
        Spent(Decimal(line["ceiling"]), Decimal(line["realised"]))
        for line in printed_lines()
        if not line["name"].startswith(("Kecamatan", "Kelurahan"))
    ]
    found = absorption_of_sum(lines)
    assert shown(found) == "97,10"
    assert found.steps[0].expression == "36.123.140.441 / 37.203.277.426 × 100"


@pytest.mark.parametrize("row", table("absorption"), ids=label)
def test_absorption(row, shown):
    assert shown(absorption(amount(row["ceiling"]), amount(row["realised"]))) == row["absorption"]


def progress(text):
    physical, ceiling = text.split(" @ ")
    return Progress(amount(ceiling), measured(physical))


@pytest.mark.parametrize("row", table("physical_progress"), ids=label)
def test_physical_progress(row, shown):
    found = physical_progress([progress(text) for text in row["lines"].split("; ")])
    assert shown(found) == row["progress"]
    assert found.provisional is is_yes(row["provisional"])


def test_remaining():
    assert remaining(Decimal(10), Decimal(12)).value == -2
    assert remaining(None, Decimal(12)).reason.text == "pagu belum ada"
    assert remaining(Decimal(10), None).reason.text == "realisasi belum ada"


def year(row):
    return EfficiencyInput(as_result(row["achievement"]), as_result(row["absorption"]))


@pytest.mark.parametrize("row", table("efficiency"), ids=label)
def test_efficiency(row, shown):
    found = efficiency(row["key"], year(row))
    assert shown(found.result) == row["value"]
    assert (found.verdict or "") == row["verdict"]
    assert bool(found.notice) is is_yes(row["notice"])


@pytest.mark.parametrize("row", table("efficiency_pmk"), ids=label)
def test_efficiency_by_output(row, shown):
    outputs = []
    for text in row["outputs"].split("; "):
        planned, spent = text.split(" / ")
        outputs.append(OutputLine(*map(parse_number, planned.split(" × ")), parse_number(spent)))
    nothing = Result.computed(Decimal(0))
    found = efficiency("pmk", EfficiencyInput(nothing, nothing, outputs))
    assert shown(found.result) == row["value"]
    assert (found.verdict or "") == row["verdict"]


IPP_2025 = Decimal("1.53") * 100 / Decimal("3.65")
SPENT_2025 = absorption(Decimal(37203277426), Decimal(36123140441))
YEAR_2025 = EfficiencyInput(Result.computed(IPP_2025), SPENT_2025)
BY_EACH = [efficiency(key, YEAR_2025) for key in DEFINITIONS]


def test_no_definition_gives_the_printed_efficiency():
    assert "23,18" not in {number(found.result.value) for found in BY_EACH if found.result.is_computed}


def test_the_year_2025_is_inefficient_by_all_but_the_unspent():
    verdicts = {found.definition.key: found.verdict for found in BY_EACH}
    assert verdicts[EfficiencyKey.UNSPENT] is None
    assert verdicts[EfficiencyKey.PMK] is None  # no outputs are known
    assert {verdicts[key] for key in verdicts if key not in (EfficiencyKey.UNSPENT, EfficiencyKey.PMK)} == {
        "tidak efisien"
    }
    pmk = YEAR_2025._replace(outputs=[OutputLine(Decimal(37203277426), IPP_2025, Decimal(36123140441))])
    assert efficiency("pmk", pmk).verdict == "tidak efisien"


def test_the_notice_names_the_figures_and_rounds_by_the_policy():
    notice = efficiency("unspent", YEAR_2025).notice
    assert notice == (
        "Capaian 41,92% dengan serapan 97,10%: tidak efisien menurut semua rumus selain sisa anggaran."
    )
    assert "41,91% dengan serapan 97,09%" in efficiency("unspent", YEAR_2025, "truncate").notice


def test_every_key_of_the_policy_has_a_definition():
    assert set(DEFINITIONS) == set(EfficiencyKey)
    assert all(found.name and found.formula for found in DEFINITIONS.values())


def test_an_unknown_definition_is_refused():
    with pytest.raises(ValueError, match="tidak_ada"):
        efficiency("tidak_ada", YEAR_2025)


def test_provisional_figures_make_a_provisional_efficiency():
    spent = Result.computed(Decimal(90), provisional=True)
    inputs = EfficiencyInput(Result.computed(Decimal(95)), spent)
    assert efficiency("achievement_minus_absorption", inputs).result.provisional


money = decimals("-1E12", "1E12", places=2)
outputs = st.lists(st.builds(OutputLine, money, decimals("-10", "200"), money), max_size=4)


@given(key=st.sampled_from(EfficiencyKey), achieved=results(), absorbed=results(), outputs=outputs)
def test_no_input_raises(key, achieved, absorbed, outputs):
    found = efficiency(key, EfficiencyInput(achieved, absorbed, outputs))
    assert (found.verdict is not None) <= found.result.is_computed


@given(lines=st.lists(st.builds(Progress, st.none() | money, measures()), max_size=6))
def test_physical_progress_never_raises(lines):
    found = physical_progress(lines)
    assert (found.value is None) != (found.reason is None)
