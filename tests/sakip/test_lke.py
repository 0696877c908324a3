"""Answering criteria and judging sub-components: who may, when, what is kept, and what the history says."""

import io
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from sakip.actions.evidence import Piece, keep_file
from sakip.actions.lke import (
    WorksheetChangedError,
    answer_criterion,
    drop_proof,
    judge,
    take_over_recommendation,
)
from sakip.evidence.kinds import Limits
from sakip.models import (
    AkipEvaluation,
    CriterionAnswer,
    Evidence,
    HistoryEntry,
    LkeCriterion,
    LkeSubComponent,
    Recommendation,
    SubComponentJudgement,
)
from sakip.queries.evaluation import recommendations
from sakip.queries.history import broken_links
from sakip.queries.lke import worksheet
from sakip.workflow.lke import ResultNotRecorded, WorksheetClosed
from tests.recipes import NOW, make
from tests.sakip.evidence_files import picture
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db
LINK = Piece(link="https://contoh.go.id/pedoman", name="Pedoman")


@pytest.fixture
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_office("contoh")


@pytest.fixture
def criterion():
    return LkeCriterion.objects.select_related("sub_component").get(
        sub_component__component="perencanaan", sub_component__aspect="keberadaan", number=1
    )


def ours(model):
    """The demo's office has rows as well."""
    return model.objects.filter(agency__slug="contoh")


def answer(office, criterion, **changes) -> CriterionAnswer:
    said = {
        "agency": office.agency,
        "year": YEAR,
        "criterion": criterion,
        "statement": "Pedoman ditetapkan.",
        "pieces": [],
        "version": 0,
        "by": office.people["planner"],
        "at": NOW,
    }
    return answer_criterion(**(said | changes))


def judged(office, criterion, **changes) -> SubComponentJudgement:
    said = {
        "agency": office.agency,
        "year": YEAR,
        "sub_component": criterion.sub_component,
        "answer": "BB",
        "note": "Lengkap.",
        "recommendation": "",
        "version": 0,
        "by": office.people["evaluator"],
        "at": NOW,
    }
    return judge(**(said | changes))


# ---------------------------------------------------------------- the reference data
def test_the_worksheet_is_that_of_the_regulation():
    subs = sorted(LkeSubComponent.objects.in_year(YEAR), key=lambda sub: sub.code)
    assert [sub.code for sub in subs] == [f"{n}.{letter}" for n in "1234" for letter in "abc"]
    weights = " ".join(f"{sub.weight}" for sub in subs)
    assert weights == "6.00 9.00 15.00 6.00 9.00 15.00 3.00 4.50 7.50 5.00 7.50 12.50"
    assert sum(sub.weight for sub in subs) == 100
    counts = [sub.criteria.count() for sub in subs]
    assert counts == [6, 11, 8, 3, 7, 10, 6, 9, 7, 3, 5, 5]


def test_rows_that_differ_between_copies_say_so():
    doubtful = LkeCriterion.objects.filter(is_verified=False).select_related("sub_component")
    assert {row.code for row in doubtful} == {"1.b.10", "3.b.3", "3.b.4", "3.b.5", "3.b.6", "3.b.7"}


def test_a_worksheet_that_ended_is_not_asked_any_more():
    LkeSubComponent.objects.filter(component="pelaporan").update(valid_until=YEAR - 1)
    assert {sub.component for sub in LkeSubComponent.objects.in_year(YEAR)} == {
        "perencanaan",
        "pengukuran",
        "evaluasi_internal",
    }
    assert LkeSubComponent.objects.in_year(YEAR - 1).count() == 12
    assert not LkeSubComponent.objects.in_year(2020).exists()


def test_a_stored_policy_loses_its_copy_of_the_weights(office):
    stored = office.agency.government.scoring_policies.get()
    stored.rules |= {"lke_components": [], "lke_aspects": []}
    stored.save()
    migration = import_module("sakip.migrations.0008_policies_without_lke_weights")
    migration.drop_weights(apps, None)
    stored.refresh_from_db()
    assert stored.as_policy().lke_answers["BB"] == 80
    assert "chronic_quarters" in stored.rules


# ---------------------------------------------------------------- answering
def test_an_answer_is_kept_with_its_proof_and_told_in_the_history(office, criterion):
    kept = keep_file(office.agency, io.BytesIO(picture()), "pedoman.jpg", Limits())
    row = answer(office, criterion, pieces=[Piece(kept=kept), LINK])
    assert (row.version, row.statement) == (1, "Pedoman ditetapkan.")
    assert set(row.evidence.values_list("name", flat=True)) == {"pedoman.jpg", "Pedoman"}
    told = HistoryEntry.objects.filter(model="sakip.criterionanswer", object_id=row.pk)
    assert [line.field for line in told.order_by("sequence")] == ["statement", "evidence", "evidence"]
    assert set(told.values_list("by", flat=True)) == {office.people["planner"].pk}
    assert list(broken_links()) == []


def test_the_same_proof_is_attached_once(office, criterion):
    answer(office, criterion, pieces=[LINK, LINK])
    row = answer(office, criterion, pieces=[LINK], statement="Pedoman baru.", version=1)
    assert row.evidence.count() == 1
    assert row.version == 2


def test_saving_the_same_again_changes_nothing(office, criterion):
    answer(office, criterion)
    lines = HistoryEntry.objects.count()
    assert answer(office, criterion, version=1).version == 1
    assert HistoryEntry.objects.count() == lines


def test_the_second_of_two_writers_notices_the_first(office, criterion):
    answer(office, criterion)
    with pytest.raises(WorksheetChangedError):
        answer(office, criterion, statement="Lain")
    judged(office, criterion)
    with pytest.raises(WorksheetChangedError):
        judged(office, criterion, answer="AA")
    assert ours(CriterionAnswer).get().statement == "Pedoman ditetapkan."
    assert ours(SubComponentJudgement).get().answer == "BB"


def test_an_answer_needs_words_and_a_judgement_a_note(office, criterion):
    with pytest.raises(ValidationError):
        answer(office, criterion, statement=" ")
    with pytest.raises(ValidationError):
        judged(office, criterion, note=" ")
    with pytest.raises(ValidationError):
        judged(office, criterion, answer="")


@pytest.mark.parametrize(
    "persona", ["operator", "unit_head", "head", "evaluator", "admin", "city", "colleague"]
)
def test_only_the_planner_answers(office, criterion, persona):
    row = answer(office, criterion, pieces=[LINK])
    by = office.people[persona]
    with pytest.raises(PermissionDenied, match="hanya dapat dijawab oleh perencana"):
        answer(office, criterion, by=by, version=1)
    with pytest.raises(PermissionDenied, match="hanya dapat dijawab oleh perencana"):
        drop_proof(answer=row, evidence=row.evidence.get(), by=by, at=NOW)


@pytest.mark.parametrize("persona", ["operator", "unit_head", "planner", "head", "admin", "city"])
def test_only_the_evaluator_judges(office, criterion, persona):
    with pytest.raises(PermissionDenied, match="hanya dapat dinilai oleh evaluator"):
        judged(office, criterion, by=office.people[persona])


def test_the_evaluator_of_another_agency_judges_nothing_here(office, criterion):
    stranger = make_office("lain", government=office.agency.government)
    with pytest.raises(PermissionDenied):
        judged(office, criterion, by=stranger.people["evaluator"])


# ---------------------------------------------------------------- proof taken off
def test_proof_that_is_taken_off_goes_unless_another_row_shows_it(office, criterion):
    row = answer(office, criterion, pieces=[LINK])
    piece = row.evidence.get()
    other = make(CriterionAnswer, agency=office.agency, year=YEAR)
    other.evidence.add(piece)
    drop_proof(answer=row, evidence=piece, by=office.people["planner"], at=NOW)
    assert Evidence.objects.filter(pk=piece.pk).exists()
    drop_proof(answer=other, evidence=piece, by=office.people["planner"], at=NOW)
    assert not Evidence.objects.filter(pk=piece.pk).exists()
    assert CriterionAnswer.objects.get(pk=row.pk).version == 2


def test_taking_off_twice_is_taking_off_once(office, criterion):
    row = answer(office, criterion, pieces=[LINK])
    piece = row.evidence.get()
    row.evidence.remove(piece)
    drop_proof(answer=row, evidence=piece, by=office.people["planner"], at=NOW)
    assert CriterionAnswer.objects.get(pk=row.pk).version == 1


# ---------------------------------------------------------------- judging
def test_a_judgement_is_kept_and_told(office, criterion):
    row = judged(office, criterion)
    row = judged(office, criterion, answer="A", recommendation="Lengkapi SOP.", version=row.version)
    assert (row.answer, row.recommendation, row.version) == ("A", "Lengkapi SOP.", 2)
    told = HistoryEntry.objects.filter(model="sakip.subcomponentjudgement", object_id=row.pk, field="answer")
    assert list(told.order_by("sequence").values_list("old", "new")) == [("", "BB"), ("BB", "A")]


# ---------------------------------------------------------------- into the LHE
def taken_over(office, criterion, **changes) -> Recommendation:
    said = {
        "agency": office.agency,
        "year": YEAR,
        "sub_component": criterion.sub_component,
        "version": 1,
        "by": office.people["evaluator"],
        "at": NOW,
    }
    return take_over_recommendation(**(said | changes))


@pytest.fixture
def declared(office):
    return make(AkipEvaluation, agency=office.agency, year=YEAR, issued_on=date(2027, 6, 12))


def recommended(office, criterion, text="Lengkapi SOP.") -> SubComponentJudgement:
    """Before the result is declared."""
    rows = {"agency": office.agency, "year": YEAR, "sub_component": criterion.sub_component}
    return make(SubComponentJudgement, **rows, version=1, recommendation=text)


def test_a_recommendation_joins_those_of_the_lhe(office, criterion, declared):
    make(Recommendation, evaluation=declared, number=4)
    judgement = recommended(office, criterion)
    row = taken_over(office, criterion)
    assert (row.evaluation, row.number, row.component) == (declared, 5, "perencanaan")
    assert (row.text, row.judgement) == ("Lengkapi SOP.", judgement)
    told = HistoryEntry.objects.filter(model="sakip.recommendation", object_id=row.pk, agency=office.agency)
    assert dict(told.values_list("field", "new"))["text"] == "Lengkapi SOP."
    assert list(broken_links()) == []
    found = recommendations(office.agency, YEAR + 1, None)
    assert [item.sub_component for item in found.items] == ["", "1.a"]
    assert worksheet(office.agency, YEAR)[0].taken_over == row


def test_it_joins_once_and_keeps_its_words(office, criterion, declared):
    judgement = recommended(office, criterion)
    row = taken_over(office, criterion)
    SubComponentJudgement.objects.filter(pk=judgement.pk).update(recommendation="Lain.", version=2)
    assert taken_over(office, criterion) == row
    assert list(declared.recommendations.values_list("text", flat=True)) == ["Lengkapi SOP."]


@pytest.mark.parametrize("persona", ["operator", "unit_head", "planner", "head", "city", "colleague"])
def test_only_evaluator_and_admin_take_it_over(office, criterion, declared, persona):
    recommended(office, criterion)
    with pytest.raises(PermissionDenied, match="evaluator dan admin instansi"):
        taken_over(office, criterion, by=office.people[persona])
    assert taken_over(office, criterion, by=office.people["admin"]).number == 1


def test_there_must_be_an_lhe_a_recommendation_and_what_was_read(office, criterion):
    judgement = recommended(office, criterion)
    with pytest.raises(ResultNotRecorded, match="LHE AKIP 2026 belum dicatat"):
        taken_over(office, criterion)
    declared = make(AkipEvaluation, agency=office.agency, year=YEAR)
    with pytest.raises(WorksheetChangedError):
        taken_over(office, criterion, version=2)
    SubComponentJudgement.objects.filter(pk=judgement.pk).update(recommendation="")
    with pytest.raises(ValidationError, match="tidak memuat rekomendasi"):
        taken_over(office, criterion)
    assert not declared.recommendations.exists()


# ---------------------------------------------------------------- closed
def test_a_declared_evaluation_closes_the_worksheet(office, criterion):
    row = answer(office, criterion, pieces=[LINK])
    declared = make(AkipEvaluation, agency=office.agency, year=YEAR, issued_on=date(2027, 6, 12))
    for attempt in (
        lambda: answer(office, criterion, statement="Lain", version=1),
        lambda: drop_proof(answer=row, evidence=row.evidence.get(), by=office.people["planner"], at=NOW),
        lambda: judged(office, criterion),
    ):
        with pytest.raises(WorksheetClosed, match="telah terbit pada 12 Juni 2027 dengan nilai 80,25"):
            attempt()
    declared.delete()
    assert judged(office, criterion).version == 1


@pytest.mark.parametrize("changes", [{"year": YEAR - 1, "issued_on": date(2027, 6, 12)}, {"year": YEAR}])
def test_another_years_result_and_one_without_a_day_close_nothing(office, criterion, changes):
    make(AkipEvaluation, agency=office.agency, **changes)
    assert answer(office, criterion).version == 1


# ---------------------------------------------------------------- reading
def test_a_worksheet_holds_only_ones_own_answers(office, criterion):
    other = make_office("lain", government=office.agency.government)
    answer(other, criterion)
    answer(office, criterion, year=YEAR - 1)
    assert all(row.answer is None for sub in worksheet(office.agency, YEAR) for row in sub.criteria)
    answer(office, criterion)
    first = worksheet(office.agency, YEAR)[0]
    assert first.criteria[0].answer is not None
    assert first.criteria[0].code == "1.a.1"
