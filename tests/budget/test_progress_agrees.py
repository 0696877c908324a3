"""The physical progress and absorption of a unit read the same wherever they stand."""

import pytest
from django.urls import reverse
from django.utils import timezone

from budget.models import QuarterlyRealisation
from budget.queries.quarter_units import quarter_units
from budget.views.quarter import reader_of
from reporting.dashboards.office import OfficeQuarter
from reporting.meetings.review import QuarterReview
from reporting.meetings.tables import NOT_JUDGED, behind_table
from reporting.year import OfficeYear
from sakip.models import Agency, ScoringPolicy, UnitQuarter, User, ValueState
from tests.palaran import SLUG

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_the_entry_page_says_what_meeting_and_heat_map_say(quarter):
    agency = Agency.objects.get(slug=SLUG)
    office = OfficeYear(agency, YEAR)
    seen = OfficeQuarter(office, quarter, timezone.localdate())
    met = {row.unit: row for row in quarter_units(agency, office.budget, office.curve, quarter).units}
    for each in office.curve.units:
        totals = reader_of(UnitQuarter.objects.get(unit=each.unit, year=YEAR, quarter=quarter)).grid().totals
        point = each.points[quarter - 1]
        assert totals.physical.value == met[each.unit].physical.value
        assert totals.absorption.value == point.absorption.value
        assert totals.absorption.provisional == point.absorption.provisional, (seen.label, each.unit)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_progress_is_provisional_on_both_pages_alike(quarter):
    """Nobody has filled the fourth quarter in: what stands there is that of the third, and says so."""
    agency = Agency.objects.get(slug=SLUG)
    office = OfficeYear(agency, YEAR)
    for row in quarter_units(agency, office.budget, office.curve, quarter).units:
        totals = reader_of(UnitQuarter.objects.get(unit=row.unit, year=YEAR, quarter=quarter)).grid().totals
        assert (row.physical.value, row.physical.provisional) == (
            totals.physical.value,
            totals.physical.provisional,
        )
        assert row.physical.provisional or quarter < 4


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_meeting_judges_the_indicators_that_the_home_page_judges(quarter):
    agency = Agency.objects.get(slug=SLUG)
    office, today = OfficeYear(agency, YEAR), timezone.localdate()
    met = OfficeQuarter(office, quarter, today).met(quarter)
    review = QuarterReview(office, quarter, None, today)
    assert (review.attained_in_all.met, review.attained_in_all.judged) == (met.met, met.judged)
    assert len(review.behind) == met.judged - met.met
    assert (behind_table(review).empty_text == NOT_JUDGED) is (met.judged == 0)


def test_the_entry_page_rounds_as_the_policy_says(client):
    policy = ScoringPolicy.objects.for_year(Agency.objects.get(slug=SLUG).government, YEAR)
    policy.rules = policy.rules | {"percent_places": 4}
    policy.save()
    client.force_login(User.objects.get(username="camat"))
    entry = client.get(reverse("entry", args=[SLUG, YEAR, "bukuan", 3])).content.decode()
    assert "64,4714%" in entry
    assert "64,47%" not in entry


def test_a_nihil_quarter_leaves_the_progress_where_it_was():
    """What is cumulated since January does not fall back because nothing happened."""
    unit = Agency.objects.get(slug=SLUG).units.get(slug="bukuan")
    before, third = (UnitQuarter.objects.get(unit=unit, year=YEAR, quarter=quarter) for quarter in (2, 3))
    rows = QuarterlyRealisation.objects.filter(unit_quarter=third)
    rows.update(physical_state=ValueState.NIHIL, physical_pct=None)
    assert reader_of(third).grid().totals.physical.value == reader_of(before).grid().totals.physical.value
