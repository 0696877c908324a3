"""The year's budget: lines with what was spent, sums by unit and programme, and the two kinds of money."""

from decimal import Decimal

import pytest

from budget.models import (
    BudgetLine,
    BudgetVersion,
    Ceiling,
    OfficialRealisation,
    QuarterlyRealisation,
)
from budget.queries.budget_year import budget_year, budget_years, sum_of
from sakip.models import UnitQuarter
from sakip.scoring.values import MISSING, Measured
from tests.recipes import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(palaran) -> BudgetLine:
    """A line of 2025 with a large ceiling."""
    return BudgetLine.objects.get(unit__agency=palaran, year=2025, unit__slug="bukuan", node__key="P3.K1.S2")


def without_official(line: BudgetLine) -> None:
    OfficialRealisation.objects.filter(line=line).delete()


def enter(line: BudgetLine, quarter: int, amount: str | None, physical: str | None = None, **changes) -> None:
    held, _ = UnitQuarter.objects.get_or_create(unit=line.unit, year=line.year, quarter=quarter)
    QuarterlyRealisation.objects.create(
        unit_quarter=held,
        line=line,
        amount_state="missing" if amount is None else "number",
        amount_rp=None if amount is None else Decimal(amount),
        physical_state="missing" if physical is None else "number",
        physical_pct=None if physical is None else Decimal(physical),
        **changes,
    )


def found_line(palaran, line):
    return next(row for row in budget_year(palaran, line.year).lines if row.line == line)


def test_the_totals_of_2025(palaran):
    budget = budget_year(palaran, 2025)
    assert budget.total.ceiling_rp == Decimal(37203277426)
    assert budget.total.realised_rp == Decimal(36123140441)
    assert budget.total.absorption.printed() == Decimal("97.10")
    assert budget.total.remaining.value == Decimal(1080136985)
    assert not budget.total.provisional


def test_38_sub_activities_stand_on_56_lines_in_10_activities_and_3_programmes(palaran):
    counts = budget_year(palaran, 2025).counts
    assert (counts.programmes, counts.activities, counts.sub_activities, counts.lines) == (3, 10, 38, 56)


def test_the_units_add_up_to_the_whole_and_so_do_the_programmes(palaran):
    budget = budget_year(palaran, 2025)
    for groups in (budget.units, budget.programmes):
        assert sum(group.sum.ceiling_rp for group in groups) == budget.total.ceiling_rp
        assert sum(group.sum.realised_rp for group in groups) == budget.total.realised_rp
    assert sum(len(unit.programmes) for unit in budget.units) == 13


def test_a_sub_activity_of_six_units_is_one_node_with_six_lines(palaran):
    programme = budget_year(palaran, 2025).programmes[1]
    ((activity,),) = [programme.children]
    ((sub_activity,),) = [activity.children]
    assert len(sub_activity.lines) == 6
    assert sub_activity.children == ()
    assert sub_activity.sum == activity.sum == programme.sum


def test_the_official_realisation_beats_the_entries(palaran, line):
    enter(line, 1, "1", physical="1")
    row = found_line(palaran, line)
    assert row.realised_rp == row.official_rp == Decimal(3400687253)
    assert row.entered == Measured.of(1)
    assert row.physical.number == Decimal("99.99")
    assert not row.provisional


def test_without_an_official_one_the_entries_are_cumulated_and_provisional(palaran, line):
    without_official(line)
    enter(line, 1, "1000000000", physical="20")
    enter(line, 3, "500000000", physical="45")
    row = found_line(palaran, line)
    assert row.realised_rp == Decimal(1500000000)
    assert [quarter.is_number for quarter in row.quarters] == [True, False, True, False]
    assert row.physical == Measured.of(45)  # cumulated over the year: the last one counts
    assert row.provisional
    assert row.absorption.provisional
    assert row.absorption.printed() == Decimal("44.10")
    assert budget_year(palaran, 2025).total.provisional


def test_nihil_is_nothing_spent_and_missing_is_not(palaran, line):
    without_official(line)
    row = found_line(palaran, line)
    assert row.realised_rp is None
    assert row.absorption.reason.key == "realised_missing"
    enter(line, 1, None)
    QuarterlyRealisation.objects.filter(line=line).update(amount_state="nihil")
    row = found_line(palaran, line)
    assert row.realised_rp == 0
    assert row.absorption.value == 0


def test_a_line_without_a_ceiling_has_no_absorption_but_is_counted(palaran):
    rows = {row.sub_activity.key: row for row in budget_year(palaran, 2025).lines}
    assert rows["P1.K4.S6"].absorption.reason.text == "pagu nol"


def test_lines_under_half(palaran):
    low = budget_year(palaran, 2025).below(Decimal(50))
    assert [(row.sub_activity.key, row.absorption.printed()) for row in low] == [
        ("P1.K2.S3", Decimal("34.16")),
        ("P1.K4.S4", Decimal("43.05")),
        ("P1.K4.S7", Decimal("14.75")),
        ("P1.K7.S3", Decimal("0.00")),
    ]


def test_the_version_in_force_gives_the_ceilings(palaran, line):
    before = found_line(palaran, line).ceiling_rp
    newer = make(BudgetVersion, agency=palaran, year=2025, number=9, kind="perubahan")
    make(Ceiling, version=newer, line=line, amount_rp=Decimal(5))
    budget = budget_year(palaran, 2025)
    assert budget.version == newer
    assert budget.versions[-1].ceiling_rp == Decimal(5)
    assert found_line(palaran, line).ceiling_rp == Decimal(5) != before
    dropped = [row for row in budget.lines if row.line != line]
    assert all(row.realised_rp and row.ceiling_rp is None for row in dropped)


def test_a_sum_of_lines_that_have_no_ceiling_has_none(palaran, line):
    newer = make(BudgetVersion, agency=palaran, year=2025, number=9, kind="perubahan")
    make(Ceiling, version=newer, line=line, amount_rp=Decimal(0))
    sums = {unit.unit.slug: unit.sum for unit in budget_year(palaran, 2025).units}
    assert sums.pop("bukuan").ceiling_rp == 0
    assert {found.ceiling_rp for found in sums.values()} == {None}
    assert {found.remaining.reason.key for found in sums.values()} == {"ceiling_missing"}


def test_a_year_without_a_budget_is_empty(palaran):
    budget = budget_year(palaran, 2001)
    assert (budget.lines, budget.units, budget.programmes, budget.version) == ((), (), (), None)
    assert budget.total.absorption.reason.key == "ceiling_missing"
    assert not budget.has_entries


def test_another_agencys_budget_is_not_read(palaran):
    make(OfficialRealisation)
    assert len(budget_year(palaran, 2025).lines) == 56


def test_physical_progress_is_weighted_by_ceiling(palaran):
    lines = budget_year(palaran, 2025).lines
    small, large = lines[0], max(lines, key=lambda row: row.ceiling_rp or 0)
    mean = sum_of([small, large]).physical.value
    assert abs(mean - large.physical.number) < abs(mean - small.physical.number)


def test_several_years_take_no_more_queries_than_one(palaran, django_assert_num_queries):
    with django_assert_num_queries(6):
        budget_year(palaran, 2025)
    with django_assert_num_queries(6):
        years = budget_years(palaran, (2023, 2024, 2025))
    assert [year for year, budget in years.items() if budget.lines] == [2025]


def test_missing_quarters_stay_missing(palaran, line):
    assert found_line(palaran, line).quarters == (MISSING,) * 4
