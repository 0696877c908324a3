"""Plans, agreements and office holders of a year."""

from datetime import date
from decimal import Decimal

import pytest

from sakip.models import Acting, AgreementKind, Official, StrategicPlan
from sakip.queries.agreements import agreements_of_year
from sakip.queries.officials import Signatory, officials, signatory
from sakip.queries.planning import plans_of_year
from sakip.scoring.values import Measured
from tests.recipes import make

pytestmark = pytest.mark.django_db


def test_two_plans_are_in_force_in_2025_and_the_newer_one_at_its_end(palaran):
    assert [plan.period for plan in plans_of_year(palaran, 2025)] == ["2025-2029", "2021-2026"]
    assert [plan.period for plan in plans_of_year(palaran, 2026)] == ["2025-2029"]
    assert [plan.period for plan in plans_of_year(palaran, 2024)] == ["2021-2026"]


def test_the_plan_in_force_at_year_end_comes_first_whatever_its_first_year(palaran):
    StrategicPlan.objects.filter(agency=palaran, first_year=2021).update(effective_until=None)
    StrategicPlan.objects.filter(agency=palaran, first_year=2025).update(effective_until=date(2025, 11, 30))
    assert [plan.period for plan in plans_of_year(palaran, 2025)] == ["2021-2026", "2025-2029"]


def test_the_cascade_reaches_from_the_vision_to_the_policies(palaran):
    plan = plans_of_year(palaran, 2025)[0]
    assert (len(plan.missions), len(plan.flagship_programmes)) == (5, 6)
    assert [mission.number for mission in plan.carried_missions] == [5]
    assert [programme.number for programme in plan.carried_programmes] == [1, 5]
    (objective,) = plan.objectives
    (outcome,) = objective.outcomes
    assert plan.outcomes == (outcome,)
    assert [len(strategy.policies) for strategy in outcome.strategies] == [1, 1, 1]
    (indicator,) = outcome.indicators or objective.indicators
    assert indicator.targets[2029] == Measured.of(Decimal("3.80"))


def test_the_cascade_takes_a_constant_number_of_queries(palaran, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        plans_of_year(palaran, 2025)


def test_the_years_documents(palaran):
    found = agreements_of_year(palaran, 2025)
    assert found.annual_plan.kind is AgreementKind.ANNUAL_PLAN
    assert found.original.programmes_total_rp == Decimal(36339463781)
    assert found.revised.programmes_total_rp == Decimal(37203277426)
    assert found.in_force == found.revised
    assert [row.target.number for row in found.original.indicators] == [Decimal("88.55"), Decimal(84)]
    assert found.revised.signed_on == date(2025, 11, 6)


def test_without_documents_nothing_is_in_force(palaran):
    found = agreements_of_year(palaran, 2001)
    assert (found.annual_plan, found.original, found.revised, found.in_force) == (None, None, None, None)


def test_a_signatory_may_be_blank(palaran):
    holders = officials(palaran)
    assert signatory(holders, "camat", date(2026, 1, 15)) == Signatory("Camat", "", "", "", "")
    assert signatory(holders, "Walikota Samarinda", None).title == "Walikota Samarinda"
    assert signatory(holders, "Sekretaris Daerah", None) == Signatory("Sekretaris Daerah", "", "", "", "")


def test_an_acting_official_signs_in_his_term_only(palaran):
    Official.objects.create(
        government=palaran.government,
        agency=palaran,
        title="Camat",
        acting=Acting.PLT,
        valid_from=date(2025, 5, 1),
        valid_until=date(2025, 5, 31),
    )
    holders = officials(palaran)
    assert signatory(holders, "Camat", date(2025, 5, 31)).acting == "Plt."
    assert signatory(holders, "Camat", date(2025, 6, 1)).acting == ""
    assert signatory(holders, "Camat", None).acting == ""


def test_a_lurah_does_not_sign_for_the_agency(palaran):
    title = palaran.units.get(slug="bukuan").officials.get().title
    make(Official, government=palaran.government, title=title, rank="Lain")
    assert signatory(officials(palaran), title, None).rank == "Lain"
