"""Which evaluations a report knows, and what they say."""

from datetime import date
from decimal import Decimal

import pytest

from sakip.models import (
    AkipEvaluation,
    FollowUp,
    FollowUpStatus,
    IppAspect,
    Recommendation,
    ScoringPolicy,
)
from sakip.queries import evaluation
from tests.recipes import make

pytestmark = pytest.mark.django_db
REPORT = date(2026, 1, 15)


@pytest.fixture
def policy(palaran):
    return ScoringPolicy.objects.for_year(palaran.government, 2025).as_policy()


def test_the_predicates_follow_the_scale_with_the_upper_bound_inside(palaran, policy):
    series = evaluation.akip_series(palaran, 2025, policy, REPORT)
    assert [(row.year, row.predicate.label) for row in series] == [
        (2021, "CC"),  # 60 is the upper end of CC, whatever the report printed
        (2022, "B"),
        (2023, "BB"),
        (2024, "A"),
    ]
    assert [row.trend.change for row in series] == [None, Decimal("5.5"), Decimal(11), Decimal("3.75")]


def test_an_evaluation_of_the_reported_year_or_issued_after_the_report_is_not_known(palaran, policy):
    make(AkipEvaluation, agency=palaran, year=2025, score=Decimal(90))
    AkipEvaluation.objects.filter(agency=palaran, year=2024).update(issued_on=date(2026, 2, 1))
    assert evaluation.akip_series(palaran, 2025, policy, REPORT)[-1].year == 2023
    assert evaluation.akip_series(palaran, 2025, policy, None)[-1].year == 2024
    assert evaluation.akip_series(palaran, 2026, policy, None)[-1].year == 2025


def test_five_years_are_shown_and_the_first_still_knows_its_change(palaran, policy):
    for year in (2019, 2020):
        make(AkipEvaluation, agency=palaran, year=year, score=Decimal(50))
    series = evaluation.akip_series(palaran, 2025, policy, REPORT)
    assert [row.year for row in series] == [2020, 2021, 2022, 2023, 2024]
    assert series[0].trend.change == 0


def test_a_year_left_out_leaves_nothing_to_compare(palaran, policy):
    AkipEvaluation.objects.filter(agency=palaran, year=2023).delete()
    last = evaluation.akip_series(palaran, 2025, policy, REPORT)[-1]
    assert (last.year, last.trend.word) == (2024, "tidak dapat dibandingkan")


def test_recommendations_are_counted_by_status(palaran):
    found = evaluation.recommendations(palaran, 2025, REPORT)
    assert found.year == 2024
    assert len(found.items) == 13
    assert found.counts == {
        FollowUpStatus.NOT_STARTED: 0,
        FollowUpStatus.IN_PROGRESS: 4,
        FollowUpStatus.DONE: 9,
        FollowUpStatus.NOT_POSSIBLE: 0,
    }
    assert [item.number for item in found.items if item.is_doubtful] == [4, 9, 10, 11, 12, 13]


def test_a_recommendation_without_follow_up_was_not_started(palaran):
    FollowUp.objects.filter(recommendation__number=1).delete()
    found = evaluation.recommendations(palaran, 2025, REPORT)
    assert found.items[0].status is FollowUpStatus.NOT_STARTED
    assert found.items[0].follow_up == ""


def test_only_the_latest_evaluations_recommendations_count(palaran):
    newer = make(AkipEvaluation, agency=palaran, year=2025, score=Decimal(81), issued_on=date(2026, 6, 1))
    make(Recommendation, evaluation=newer)
    assert evaluation.recommendations(palaran, 2025, REPORT).year == 2024
    assert len(evaluation.recommendations(palaran, 2026, None).items) == 1


def test_the_declared_ipp_wins_and_the_note_says_why(palaran, policy):
    found = evaluation.ipp_score(palaran, 2025, policy)
    assert found.value.value == Decimal("1.53")
    assert (found.declared, found.band.label) == (True, "D")
    assert found.off_scale == ("Kebijakan Pelayanan",)
    assert "1,53" in found.note
    assert len(found.parts) == 6


def test_an_aspect_without_a_weight_takes_the_usual_one(palaran, policy):
    IppAspect.objects.filter(assessment__agency=palaran).update(weight_pct=None)
    found = evaluation.ipp_score(palaran, 2025, policy)
    assert [part.weight for part in found.parts] == [24, 25, 18, 11, 10, 12]


def test_an_aspect_that_weighs_nothing_keeps_its_zero(palaran, policy):
    IppAspect.objects.filter(assessment__agency=palaran, number=1).update(weight_pct=0)
    assert evaluation.ipp_score(palaran, 2025, policy).parts[0].weight == 0


def test_a_year_without_assessment_has_none(palaran, policy):
    assert evaluation.ipp_score(palaran, 2001, policy) is None


def test_awards_in_their_order(palaran):
    rows = evaluation.awards(palaran, 2025)
    assert [row.number for row in rows] == list(range(1, 12))
    assert rows[0].unit == "Kecamatan Palaran"
