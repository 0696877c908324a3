"""Every answer that the portal gives to a criterion: where the data prove it, and where they do not."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.lke.facts import LkeFacts
from reporting.lke.proofs import Count, Proof, Standing
from reporting.lke.registry import PROOFS, proof_of
from reporting.models import Edition, PublicPage
from reporting.year import OfficeYear
from sakip.models import (
    ActionState,
    Agency,
    AgreedAction,
    AgreementIndicator,
    Evidence,
    FollowUp,
    FollowUpStatus,
    IndicatorVersion,
    LkeCriterion,
    Measurement,
    Meeting,
    MeetingState,
    Recommendation,
    ReportingYear,
    RowState,
    SubComponentJudgement,
    Transition,
    UnitQuarter,
    User,
)
from tests.recipes import NOW, make

pytestmark = pytest.mark.django_db
MET, PARTLY, NOT_YET = Standing.MET, Standing.PARTLY, Standing.NOT_YET
# A year of which the portal knows nothing.
LATER = 2035


def answer(agency: Agency, key: str, year: int) -> Proof:
    found = proof_of(key, LkeFacts(OfficeYear(agency, year)))
    assert found is not None
    return found


# ---------------------------------------------------------------- as the office is loaded
LOADED: dict[str, tuple[int, Standing]] = {
    "renstra": (2025, MET),
    "annual_documents": (2025, MET),
    "action_plan": (2026, MET),
    "budget_ceilings": (2025, MET),
    "documents_formal": (2025, MET),
    "indicators_smart": (2025, MET),
    "cascade": (2025, PARTLY),
    "unit_targets": (2025, MET),
    "budget_for_performance": (2025, PARTLY),
    "collection_schedule": (2026, MET),
    "report_formal": (2025, MET),
    "compared_with_target": (2025, MET),
    "compared_with_plan": (2025, MET),
    "compared_with_past": (2026, MET),
    "compared_nationally": (2025, MET),
    "causes_told": (2025, MET),
    "efficiency_told": (2025, PARTLY),
    "improvements_told": (2025, MET),
    "evaluation_held": (2025, MET),
    "score_risen": (2025, MET),
}


@pytest.mark.parametrize(("key", "expected"), LOADED.items())
def test_what_the_loaded_data_prove(palaran, key, expected):
    year, standing = expected
    assert answer(palaran, key, year).standing == standing


@pytest.mark.parametrize("key", sorted(PROOFS.keys() - {"score_risen", "recommendations_done"}))
def test_a_year_without_data_proves_nothing_and_says_so(palaran, key):
    found = answer(palaran, key, LATER)
    assert found.standing == NOT_YET
    assert found.text.endswith(".")


# ---------------------------------------------------------------- what the office does later
def attain_targets(agency: Agency) -> None:
    AgreementIndicator.objects.filter(agreement__agency=agency).update(target=Decimal("0.01"))


def define(agency: Agency) -> None:
    IndicatorVersion.objects.filter(indicator__agency=agency).update(formula_text="a / b", source="Laporan")


def finish_meetings(agency: Agency) -> None:
    kept = {"state": MeetingState.FINAL, "minutes": "Pembahasan", "minutes_document": {"blocks": []}}
    held = Meeting.objects.filter(agency=agency, year=2026)
    for quarter in {1, 2, 3, 4} - set(held.values_list("quarter", flat=True)):
        make(Meeting, agency=agency, year=2026, quarter=quarter)
    held.update(**kept)


def review_all(agency: Agency) -> None:
    head = User.objects.get(username="camat")
    Transition.objects.bulk_create(
        Transition(
            unit_quarter=quarter,
            row_kind="quarter",
            from_state=RowState.DRAFT,
            to_state=state,
            by=head,
            at=NOW,
        )
        for quarter in UnitQuarter.objects.for_agency(agency).in_year(2026)
        for state in (RowState.VERIFIED, RowState.APPROVED)
    )


def measure_all(agency: Agency) -> None:
    by = User.objects.get(username="perencana")
    for quarter in UnitQuarter.objects.for_agency(agency).in_year(2026).filter(quarter=4):
        indicator = quarter.unit.indicators.first() or agency.indicators.get(key="ipp")
        values = {"value_state": "number", "value": 1, "updated_by": by}
        Measurement.objects.update_or_create(unit_quarter=quarter, indicator=indicator, defaults=values)


def prove_all(agency: Agency) -> None:
    piece = make(Evidence, agency=agency)
    for row in Measurement.objects.filter(unit_quarter__unit__agency=agency, unit_quarter__year=2026):
        row.evidence.add(piece)


def finish_actions(agency: Agency) -> None:
    by = User.objects.get(username="perencana")
    done = {"reported_by": by, "reported_at": NOW, "closed_by": by, "closed_at": NOW, "report": "Selesai"}
    AgreedAction.objects.of_agency(agency).update(state=ActionState.DONE, **done)


def issue(day: datetime, due: date | None = None) -> Callable[[Agency], None]:
    def issued(agency: Agency) -> None:
        ReportingYear.objects.filter(agency=agency, year=2025).update(report_due=due)
        make(Edition, agency=agency, year=2025, issued_at=day)

    return issued


def review_report(agency: Agency) -> None:
    ReportingYear.objects.filter(agency=agency, year=2025).update(reviewed_on=date(2026, 1, 14))


def open_page(agency: Agency) -> None:
    make(PublicPage, agency=agency, year=2025, is_on=True)


def judge_one(agency: Agency) -> None:
    criterion = LkeCriterion.objects.select_related("sub_component").first()
    make(SubComponentJudgement, agency=agency, year=2025, sub_component=criterion.sub_component)


def follow_up_all(agency: Agency) -> None:
    FollowUp.objects.filter(recommendation__evaluation__agency=agency).update(status=FollowUpStatus.DONE)


IN_TIME, LATE = datetime(2026, 2, 28, 4, tzinfo=UTC), datetime(2026, 3, 1, 4, tzinfo=UTC)
DUE = date(2026, 2, 28)


def set_due(agency: Agency) -> None:
    """The report of 2025 is dated in time; that it was handed in is the office's to answer."""
    ReportingYear.objects.filter(agency=agency, year=2025).update(report_due=DUE)


# Key, year, how it stands as loaded, what happens, how it stands then.
CHANGES = [
    ("targets_attained", 2025, NOT_YET, attain_targets, MET),
    ("action_plan_monitored", 2026, PARTLY, finish_meetings, MET),
    ("indicator_definitions", 2026, PARTLY, define, MET),
    ("head_approval", 2026, PARTLY, review_all, MET),
    ("tiered_review", 2026, PARTLY, review_all, MET),
    ("measured_quarterly", 2026, PARTLY, measure_all, MET),
    ("portal_entries", 2026, PARTLY, measure_all, MET),
    ("measurement_evidence", 2026, NOT_YET, prove_all, MET),
    ("agreed_actions", 2026, PARTLY, finish_actions, MET),
    ("efficiency", 2025, NOT_YET, attain_targets, MET),
    ("report_issued", 2025, PARTLY, issue(IN_TIME), MET),
    ("report_on_time", 2025, NOT_YET, issue(IN_TIME, DUE), MET),
    ("report_on_time", 2025, NOT_YET, issue(LATE, DUE), NOT_YET),
    ("report_on_time", 2025, NOT_YET, set_due, PARTLY),
    ("report_reviewed", 2025, NOT_YET, review_report, MET),
    ("report_public", 2025, NOT_YET, open_page, MET),
    ("judged_in_portal", 2025, NOT_YET, judge_one, MET),
    ("recommendations_done", 2025, PARTLY, follow_up_all, MET),
]


@pytest.mark.parametrize(("key", "year", "before", "change", "after"), CHANGES)
def test_what_the_office_does_changes_the_answer(palaran, key, year, before, change, after):
    assert answer(palaran, key, year).standing == before
    change(palaran)
    assert answer(palaran, key, year).standing == after


def test_every_answer_has_a_case_that_proves_it():
    assert PROOFS.keys() == LOADED.keys() | {key for key, *_ in CHANGES}


def test_without_recommendations_and_a_second_score_there_is_nothing_to_answer(palaran):
    Recommendation.objects.all().delete()
    palaran.akip_evaluations.exclude(year=2024).delete()
    assert answer(palaran, "recommendations_done", 2025).standing == NOT_YET
    assert answer(palaran, "score_risen", 2025).standing == NOT_YET


def test_a_score_that_fell_has_not_risen(palaran):
    palaran.akip_evaluations.filter(year=2024).update(score=60)
    found = answer(palaran, "score_risen", 2025)
    assert (found.standing, found.text) == (NOT_YET, "Nilai AKIP turun: 76,50 menjadi 60,00 (2023 ke 2024).")


def test_a_recommendation_that_cannot_be_followed_up_is_not_waited_for(palaran):
    follow_up_all(palaran)
    FollowUp.objects.filter(recommendation__number=1).update(status=FollowUpStatus.NOT_POSSIBLE)
    found = answer(palaran, "recommendations_done", 2025)
    assert found.standing == MET
    assert "1 tidak dapat ditindaklanjuti" in found.text


# ---------------------------------------------------------------- the registry
def test_the_criteria_name_the_answers_and_no_others():
    path = Path(settings.BASE_DIR) / "fixtures" / "reference" / "lke_criteria.csv"
    with path.open(encoding="utf-8", newline="") as file:
        named = {row["proof_key"] for row in csv.DictReader(file)} - {""}
    assert named == PROOFS.keys()


def test_a_key_that_this_release_does_not_know_answers_nothing(palaran):
    assert proof_of("", LkeFacts(OfficeYear(palaran, 2025))) is None
    assert proof_of("nanti", LkeFacts(OfficeYear(palaran, 2025))) is None


@pytest.mark.parametrize(
    ("count", "standing"), [(Count(0, 0), NOT_YET), (Count(0, 3), NOT_YET), (Count(2, 3), PARTLY)]
)
def test_a_count_stands_for_how_far_it_came(count, standing):
    assert count.standing == standing


def test_all_answers_together_cost_the_same_whatever_the_size(palaran, other_agency):
    """The office has six units and its year hundreds of rows; the other has two units and almost none."""
    counts = []
    for agency in (palaran, other_agency):
        with CaptureQueriesContext(connection) as seen:
            facts = LkeFacts(OfficeYear(agency, 2026))
            for key in PROOFS:
                proof_of(key, facts)
        counts.append(len(seen))
    assert max(counts) <= 56
