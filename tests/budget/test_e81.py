"""Form E.81 on small offices: from entries and from a printed form, whole and with gaps."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from budget import models as b
from budget.queries.e81 import e81
from sakip import models as s
from sakip.scoring.policy import EmptyRowRule, ScoringPolicy
from sakip.scoring.values import State
from tests.budget.small_office import YEAR, SmallOffice
from tests.recipes import make

pytestmark = pytest.mark.django_db
RULES = Path("fixtures/reference/scoring_policy_2025.json")


@pytest.fixture
def policy() -> ScoringPolicy:
    return ScoringPolicy.from_dict(json.loads(RULES.read_text(encoding="utf-8")))


@pytest.fixture
def office() -> SmallOffice:
    return SmallOffice()


def read(office, policy):
    return e81(office.agency, office.year, policy)


def activity(office, policy):
    return read(office, policy).programmes[0].rows[0]


def filled(office, key="S1", ceiling=1000):
    line = office.line(key, ceiling)
    office.spend(line, 100, 200, 300, 200, physical=80)
    office.measure(key, 10, 2, 2, 2, 2)
    return line


# ---------------------------------------------------------------- from entries
def test_a_leaf_combines_its_quarters(office, policy):
    filled(office)
    leaf = activity(office, policy).rows[0]
    assert (leaf.number, leaf.k.value, leaf.absorption.value) == ("1.1.1", 80, 80)
    assert [value.number for value in leaf.money.quarters] == [100, 200, 300, 200]
    assert leaf.own.indicators[0].total.number == 8
    assert not leaf.k.provisional


def test_a_parent_is_the_mean_of_its_rows_and_the_ratio_of_sums(office, policy):
    filled(office, "S1", 1000)
    second = office.line("S2", 3000)
    office.spend(second, 0, 0, 0, 600, physical=20)
    office.measure("S2", 4, 0, 0, 0, 1)
    form = read(office, policy)
    assert activity(office, policy).k.value == Decimal("52.5")
    assert form.office.absorption.value == 35
    assert form.office.physical.value == 35
    assert (form.office.k_band.label, form.office.absorption_band.label) == ("R", "SR")
    assert [value.number for value in form.curve] == [100, 200, 300, 800]


def test_an_open_quarter_makes_everything_provisional(office, policy):
    line = office.line("S1", 1000)
    office.spend(line, 100, 200, 300)
    office.measure("S1", 10, 2, 2, 2)
    form = read(office, policy)
    assert (form.office.k.value, form.office.k.provisional) == (60, True)
    assert (form.office.absorption.value, form.office.absorption.provisional) == (60, True)
    assert form.provisional


def test_a_row_without_an_indicator_is_missing(office, policy):
    filled(office)
    office.spend(office.line("S2", 1000), 0, 0, 0, 0)
    found = activity(office, policy)
    assert (found.k.value, found.k.provisional) == (80, True)
    assert [(row.name, row.reason.text) for row in found.mean.missing] == [
        (f"S2 ({office.unit.name})", "indikator belum ditetapkan")
    ]


def test_an_empty_row_follows_the_policy(office, policy):
    filled(office)
    office.line("S2", 0)
    office.measure("S2", 72, 0, 0, 0, 0)
    found = activity(office, policy)
    assert (found.k.value, found.k.provisional) == (80, False)
    assert len(found.mean.left_out) == 1
    printed = activity(office, replace(policy, empty_row_rule=EmptyRowRule.PRINTED))
    assert (printed.k.value, len(printed.mean.as_full)) == (90, 1)


def test_a_ceiling_unspent_and_undone_counts_as_zero(office, policy):
    filled(office)
    office.spend(office.line("S2", 500), 0, 0, 0, 0)
    office.measure("S2", 1, 0, 0, 0, "nihil")
    assert activity(office, policy).k.value == 40


def test_two_funding_sources_are_one_row(office, policy):
    first = office.line("S1", 600, funding_source=make(b.FundingSource, code="X1"))
    second = office.line("S1", 400, funding_source=make(b.FundingSource, code="X2"))
    office.spend(first, 100, 0, 0, 0, physical=50)
    office.spend(second, 400, 0, 0, 0, physical=100)
    office.measure("S1", 1, 0, 0, 0, 1)
    (row,) = activity(office, policy).rows
    assert (row.ceiling_rp, row.money.total.number, row.absorption.value) == (1000, 500, 50)
    assert row.own.physical_pct.number == 70
    assert row.own.fund_source == "X1, X2"


def test_a_parent_shows_its_own_indicator_but_is_judged_by_its_rows(office, policy):
    filled(office)
    office.measure("P", 100, None, None, None, 50, combine="last")
    programme = read(office, policy).programmes[0]
    assert programme.own.indicators[0].k.value == 50
    assert programme.k.value == 80


def test_nihil_and_missing_money_stay_apart(office, policy):
    line = office.line("S1", 1000)
    for quarter in (1, 2, 3, 4):
        make(
            b.QuarterlyRealisation,
            unit_quarter=office.quarter(quarter),
            line=line,
            amount_state="nihil",
        )
    office.line("S2", 1000)
    nihil, missing = activity(office, policy).rows
    assert (nihil.money.total.state, nihil.absorption.value) == (State.NIHIL, 0)
    assert (missing.money.total.state, missing.absorption.value) == (State.MISSING, None)


def test_the_plan_s_earlier_years(office, policy):
    """Official figures of earlier years replace their entries; K adds up by the indicator's own method."""
    make(s.StrategicPlan, agency=office.agency, first_year=2025, last_year=2029)
    line = filled(office)
    indicator = line.node.indicators.get()
    make(s.Target, indicator=indicator, kind="plan", year=2029, value=40)
    make(s.AnnualResult, indicator=indicator, year=2025, realised_state="number", realised=9)
    before = make(b.BudgetLine, unit=line.unit, node=line.node, year=2025, funding_source=None)
    last_year = make(s.UnitQuarter, unit=line.unit, year=2025, quarter=4)
    make(b.QuarterlyRealisation, unit_quarter=last_year, line=before, amount_state="number", amount_rp=700)
    make(b.OfficialRealisation, line=before, amount_rp=750)
    row = activity(office, policy).rows[0]
    assert (row.before_rp.number, row.to_date_rp.number) == (750, 1550)
    found = row.own.indicators[0]
    assert (found.plan_target.number, found.before.number, found.to_date.number) == (40, 9, 17)


def test_the_number_of_queries_does_not_grow(office, policy, django_assert_num_queries):
    def count() -> int:
        with django_assert_num_queries(13):
            return len(read(office, policy).leaves)

    filled(office, "S1")
    assert count() == 1
    for number in range(2, 8):
        filled(office, f"S{number}")
    assert count() == 7


# ---------------------------------------------------------------- from a printed form
def test_k_is_computed_where_target_and_realisation_can_be_read(office, policy):
    line = office.line("S1", 1000)
    office.print_line(1, "sub_kegiatan", line=line, target=3, k_total=1, declared_k_pct=50, printed_k_pct=100)
    leaf = activity(office, policy).rows[0]
    assert leaf.k.printed() == Decimal("33.33")
    assert not leaf.own.indicators[0].is_declared


def test_k_is_declared_where_the_scan_hides_one_of_them(office, policy):
    line = office.line("S1", 1000)
    office.print_line(1, "sub_kegiatan", line=line, target=3, declared_k_pct=50, printed_k_pct=100)
    leaf = activity(office, policy).rows[0]
    assert leaf.k.value == 50
    assert leaf.own.indicators[0].is_declared
    assert leaf.k.steps[0].expression == "persentase baris indikator menurut formulir (dinyatakan)"


def test_the_name_line_never_stands_in_for_the_indicator_line(office, policy):
    office.print_line(1, "sub_kegiatan", line=office.line("S1", 1000), printed_k_pct=100)
    office.print_line(2, "sub_kegiatan", line=office.line("S2", 1000), target=1, k_total=1)
    found = activity(office, policy)
    assert (found.k.value, found.k.provisional) == (100, True)
    assert found.mean.missing[0].reason.text == "baris indikator tidak terbaca"


def test_a_budget_line_that_the_form_does_not_show(office, policy):
    office.print_line(1, "sub_kegiatan", line=office.line("S1", 1000), target=1, k_total=1, rp_total=900)
    office.line("S2", 500)
    found = activity(office, policy)
    assert [row.is_hidden for row in found.rows] == [False, True]
    assert found.mean.missing[0].reason.text == "baris tidak tampak dalam formulir"
    assert (found.absorption.value, found.absorption.provisional) == (60, True)


def test_a_line_printed_twice_has_its_ceiling_once(office, policy):
    line = office.line("S1", 1000)
    office.print_line(1, "sub_kegiatan", line=line, target=1, k_total=1, rp_total=2000, ceiling_rp=1000)
    office.print_line(2, "sub_kegiatan", line=line, target=2, k_total=1, rp_total=0, ceiling_rp=1000)
    found = activity(office, policy)
    assert [(row.is_repeat, row.absorption.value) for row in found.rows] == [(False, 200), (True, 0)]
    assert (found.ceiling_rp, found.absorption.value, found.k.value) == (1000, 200, 75)


def test_a_line_without_money_is_one_more_indicator(office, policy):
    line = office.line("S1", 1000)
    office.print_line(1, "sub_kegiatan", line=line, target=1, k_total=1, rp_total=100)
    office.print_line(2, "sub_kegiatan", line=line, indicator_name="Kedua", target=2, k_total=1)
    (row,) = activity(office, policy).rows
    assert len(row.own.indicators) == 2
    assert row.k.value == 75


def test_ceilings_are_the_budget_s_not_the_form_s(office, policy):
    line = office.line("S1", 1000)
    office.print_line(1, "sub_kegiatan", line=line, ceiling_rp=1400, rp_total=500)
    leaf = activity(office, policy).rows[0]
    assert (leaf.ceiling_rp, leaf.own.printed_ceiling_rp, leaf.absorption.value) == (1000, 1400, 50)


def test_a_parent_s_own_total_holds_what_its_rows_do_not_show(office, policy):
    office.print_line(1, "kegiatan", node=office.activity, rp_total=800, rp_q1=300)
    office.print_line(2, "sub_kegiatan", line=office.line("S1", 1000), derived_total_rp=600)
    found = activity(office, policy)
    assert (found.money.total.number, found.unseen_rp, found.absorption.value) == (800, 200, 80)
    assert [value.number for value in found.money.quarters] == [300, None, None, None]
    assert found.rows[0].money.is_derived


def test_the_office_s_curve_is_as_printed(office, policy):
    office.print_line(1, "perangkat_daerah", name="Kantor", rp_q1=1, rp_q2=2, rp_q4=4, rp_total=9)
    office.print_line(2, "sub_kegiatan", line=office.line("S1", 1000), rp_q1=100, rp_total=100)
    form = read(office, policy)
    assert [value.number for value in form.curve] == [1, 2, None, 4]
    assert form.office.money.total.number == 9


def test_a_printed_line_outside_the_tree_is_named(office, policy):
    office.line("S1", 1000)
    office.print_line(1, "sub_kegiatan", name="Tidak dikenal", rp_total=5)
    assert read(office, policy).unplaced == ("Tidak dikenal",)


def test_a_year_without_anything(office, policy):
    form = e81(office.agency, YEAR + 1, policy)
    assert form.programmes == ()
    assert form.leaves == []
    assert form.office.absorption.reason.text == "pagu belum ada"
