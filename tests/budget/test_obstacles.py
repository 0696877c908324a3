"""Obstacles of a quarter, and those that come back quarter after quarter."""

import pytest

from budget.models import QuarterlyRealisation
from budget.queries.obstacles import chronic_obstacles, quarter_obstacles
from sakip.models import Measurement, ScoringPolicy, UnitQuarter
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def say(office: Office, quarter: int, obstacle: str, solution: str = "", key: str = "P1.K1.S1") -> None:
    """What the village's budget line reports in a quarter; the fourth has no rows yet."""
    line = office.line(office.village, key)
    QuarterlyRealisation.objects.update_or_create(
        unit_quarter=office.quarter(office.village, quarter),
        line=line,
        defaults={"obstacle": obstacle, "solution": solution},
    )


def test_an_obstacle_of_three_quarters_on_end_is_chronic(office):
    for quarter, text in enumerate(("Lokasi tergenang", "Listrik padam", "Listrik padam"), 1):
        say(office, quarter, text, f"Solusi {quarter}")
    (found,) = chronic_obstacles(office.agency, YEAR, 3)
    assert (found.unit, found.name) == (office.village, "Sub kegiatan 1")
    assert (found.text, found.solution) == ("Listrik padam", "Solusi 3")
    assert found.quarters == ((YEAR, 1), (YEAR, 2), (YEAR, 3))
    assert chronic_obstacles(office.agency, YEAR, 2) == ()


def test_a_quarter_without_an_obstacle_breaks_the_run(office):
    for quarter, text in enumerate(("Listrik padam", "nihil", "Listrik padam", "Listrik padam"), 1):
        say(office, quarter, text)
    (found,) = quarter_obstacles(office.agency, YEAR, 4)
    assert found.quarters == ((YEAR, 3), (YEAR, 4))
    assert not found.is_chronic


def test_how_many_quarters_is_the_policys(office):
    say(office, 1, "Listrik padam")
    say(office, 2, "Listrik padam")
    policy = ScoringPolicy.objects.get(government=office.agency.government)
    policy.rules = policy.rules | {"chronic_quarters": 2}
    policy.save()
    assert [found.is_chronic for found in quarter_obstacles(office.agency, YEAR, 2)] == [True]


def test_a_year_end_does_not_break_the_run(office):
    """The line of the year before is another row of the same sub-activity."""
    line = office.line(office.village)
    old_line = type(line).objects.create(unit=line.unit, node=line.node, year=YEAR - 1)
    for quarter in (3, 4):
        before = UnitQuarter.objects.create(unit=office.village, year=YEAR - 1, quarter=quarter)
        QuarterlyRealisation.objects.create(unit_quarter=before, line=old_line, obstacle="Listrik padam")
    say(office, 1, "Listrik padam")
    (found,) = chronic_obstacles(office.agency, YEAR, 1)
    assert found.quarters == ((YEAR - 1, 3), (YEAR - 1, 4), (YEAR, 1))


@pytest.mark.parametrize("nothing", ["", "-", "Nihil.", "tidak ada kendala"])
def test_what_says_nothing_is_no_obstacle(office, nothing):
    say(office, 3, nothing)
    assert quarter_obstacles(office.agency, YEAR, 3) == ()


def test_an_indicator_reports_obstacles_too(office):
    row = Measurement.objects.get(
        indicator=office.indicator("k-kantor-1"), unit_quarter=office.quarter(office.office, 3)
    )
    Measurement.objects.filter(pk=row.pk).update(obstacle="Responden sedikit")
    say(office, 3, "Listrik padam", key="P1.K1.S2")
    found = quarter_obstacles(office.agency, YEAR, 3)
    assert [(each.unit, each.name) for each in found] == [
        (office.office, "Jumlah dokumen 1"),
        (office.village, "Sub kegiatan 2"),
    ]


def test_another_agencys_obstacles_are_not_ours(office):
    other = make_office("lain", government=office.agency.government)
    say(other, 3, "Listrik padam")
    assert quarter_obstacles(office.agency, YEAR, 3) == ()


def test_it_takes_four_queries_whatever_the_size(office, django_assert_num_queries):
    for key in ("P1.K1.S1", "P1.K1.S2"):
        say(office, 3, "Listrik padam", key=key)
    Measurement.objects.filter(unit_quarter__quarter=3).update(obstacle="Responden sedikit")
    with django_assert_num_queries(4):
        assert len(quarter_obstacles(office.agency, YEAR, 3)) == 6
