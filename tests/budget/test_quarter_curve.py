"""The quarters of a year: of the entries, or as the printed form has them."""

from decimal import Decimal

import pytest

from budget.models import BudgetLine, ImportedForm, QuarterlyRealisation
from budget.queries.budget_year import budget_year
from budget.queries.quarter_curve import CurveSource, quarter_curve
from reporting.figures import figures
from reporting.year import OfficeYear
from sakip.scoring.values import NIHIL
from tests.budget.test_budget_year import enter, without_official

pytestmark = pytest.mark.django_db


def curve_of(palaran, year=2025):
    return quarter_curve(palaran, budget_year(palaran, year))


def test_2025_is_the_office_as_printed(palaran):
    curve = curve_of(palaran)
    assert curve.source is CurveSource.PRINTED
    assert [point.spent.number for point in curve.points] == [
        Decimal(2541190055),
        Decimal(7275599883),
        Decimal(12972124126),
        Decimal(11872911292),
    ]
    assert curve.points[-1].cumulated.number == Decimal(34661825356)
    assert curve.points[-1].absorption.printed() == Decimal("93.17")
    assert not curve.points[-1].provisional


def test_a_unit_whose_printed_cells_cannot_be_read_is_provisional(palaran):
    units = {curve.unit.slug: curve for curve in curve_of(palaran).units}
    assert len(units) == 6
    assert units["kantor-kecamatan"].points[0].provisional


def test_one_entry_makes_the_year_one_of_entries(palaran):
    line = BudgetLine.objects.get(unit__slug="bukuan", node__key="P3.K1.S2", year=2025)
    without_official(line)
    enter(line, 1, "1000")
    enter(line, 3, "500")
    curve = curve_of(palaran)
    assert curve.source is CurveSource.ENTRIES
    first, second, third, fourth = curve.points
    assert first.spent.number == 1000
    assert second.spent.is_missing
    assert second.cumulated.is_missing
    assert third.cumulated.number == 1500
    assert fourth.absorption.reason.key == "realised_missing"
    assert all(point.provisional for point in curve.points)
    bukuan = next(unit for unit in curve.units if unit.unit.slug == "bukuan")
    assert bukuan.points[0].spent.number == 1000


@pytest.mark.parametrize("state", ["nihil", "not_applicable"])
def test_a_quarter_of_which_nothing_else_was_said_says_the_same(palaran, state):
    for line in BudgetLine.objects.filter(unit__agency=palaran, year=2025):
        enter(line, 1, "10")
        enter(line, 2, None)
        enter(line, 3, None)
    held = QuarterlyRealisation.objects.filter(line__year=2025, unit_quarter__quarter=2)
    held.update(amount_state=state)
    first, second, third, _ = curve_of(palaran).points
    assert second.spent.state.value == state
    assert second.cumulated == first.cumulated
    assert (second.absorption, second.provisional) == (first.absorption, False)
    assert third.spent.is_missing
    year = figures(OfficeYear(palaran, 2025))
    assert year["quarters.q2.spent"].printed == second.spent.state.label
    assert year["quarters.q3.spent"].printed == "belum ada"


def test_a_declared_nothing_is_nothing_spent(palaran):
    for line in BudgetLine.objects.filter(unit__agency=palaran, year=2025):
        enter(line, 1, None)
    QuarterlyRealisation.objects.filter(line__year=2025).update(amount_state="nihil")
    point = curve_of(palaran).points[0]
    assert (point.spent, point.spent_rp, point.cumulated_rp, point.absorption.value) == (NIHIL, 0, 0, 0)


def test_a_year_where_every_line_is_entered_is_complete(palaran):
    for line in BudgetLine.objects.filter(unit__agency=palaran, year=2025):
        enter(line, 1, "10")
    first = curve_of(palaran).points[0]
    assert first.spent.number == 560
    assert not first.provisional


def test_without_entries_and_form_there_is_no_curve(palaran):
    ImportedForm.objects.all().delete()
    curve = curve_of(palaran)
    assert (curve.source, curve.units) == (CurveSource.NONE, ())
    assert all(point.spent.is_missing and point.provisional for point in curve.points)
    assert curve_of(palaran, 2001).points[0].absorption.reason.key == "ceiling_missing"
