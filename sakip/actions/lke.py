"""The worksheet of a year: what the office answers to a criterion and proves, what the evaluator judges, and
what of that becomes part of the LHE."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from sakip.actions import history
from sakip.actions.evidence import Piece, delete_if_unused, evidence_row, parted
from sakip.actions.evidence import shown as shown_evidence
from sakip.models import (
    Agency,
    AkipEvaluation,
    CriterionAnswer,
    Evidence,
    HistoryAction,
    LkeCriterion,
    LkeSubComponent,
    Recommendation,
    SubComponentJudgement,
    User,
)
from sakip.models.lke import Written
from sakip.workflow import lke as policies
from sakip.workflow import permissions


class WorksheetChangedError(Exception):
    """Somebody else wrote the same place since its page was opened; nothing was saved."""


@transaction.atomic
def answer_criterion(
    *,
    agency: Agency,
    year: int,
    criterion: LkeCriterion,
    statement: str,
    pieces: Sequence[Piece],
    version: int,
    by: User,
    at: datetime,
) -> CriterionAnswer:
    """Save what the office says, and add proof to what there is; a piece that is there stays single.
    `version` is the one its writer saw, 0 for none. Raises PermissionDenied for anybody but the perencana,
    WorksheetClosed once the result is declared, WorksheetChangedError, and ValidationError for no words."""
    permissions.require_answer_criteria(by, agency)
    _hold(agency, year)
    if not statement.strip():
        raise ValidationError("Tulis jawaban kantor.")
    rows = CriterionAnswer.objects.filter(agency=agency, year=year, criterion=criterion)
    found = rows.select_related("criterion__sub_component").first() or CriterionAnswer(
        agency=agency, year=year, criterion=criterion
    )
    _require_seen(found, version)
    new, _ = parted(pieces, found.evidence.select_related("stored_file") if found.pk else ())
    added = [evidence_row(agency, piece, by=by, at=at) for piece in new]
    more = [history.Change("evidence", "", shown_evidence(piece)) for piece in added]
    _write(found, {"statement": statement.strip()}, by=by, at=at, more=more)
    found.evidence.add(*added)
    return found


@transaction.atomic
def drop_proof(*, answer: CriterionAnswer, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a piece off an answer; nothing where it is gone already. Raises as `answer_criterion` does."""
    permissions.require_answer_criteria(by, answer.agency)
    _hold(answer.agency, answer.year)
    answer = CriterionAnswer.objects.select_related("agency", "criterion__sub_component").get(pk=answer.pk)
    if not answer.evidence.filter(pk=evidence.pk).exists():
        return
    answer.evidence.remove(evidence)
    gone = history.Change("evidence", shown_evidence(evidence), "")
    _write(answer, {}, by=by, at=at, more=[gone])
    delete_if_unused(evidence)


@transaction.atomic
def judge(
    *,
    agency: Agency,
    year: int,
    sub_component: LkeSubComponent,
    answer: str,
    note: str,
    recommendation: str,
    version: int,
    by: User,
    at: datetime,
) -> SubComponentJudgement:
    """Save the evaluator's judgement of a sub-component; `answer` is a label of the policy's scale. Raises
    PermissionDenied for anybody but the evaluator, else as `answer_criterion` does."""
    permissions.require_judge(by, agency)
    _hold(agency, year)
    if not answer or not note.strip():
        raise ValidationError("Pilih nilai dan tulis catatannya.")
    rows = SubComponentJudgement.objects.filter(agency=agency, year=year, sub_component=sub_component)
    found = rows.select_related("sub_component").first() or SubComponentJudgement(
        agency=agency, year=year, sub_component=sub_component
    )
    _require_seen(found, version)
    values = {"answer": answer, "note": note.strip(), "recommendation": recommendation.strip()}
    _write(found, values, by=by, at=at)
    return found


@transaction.atomic
def take_over_recommendation(
    *, agency: Agency, year: int, sub_component: LkeSubComponent, version: int, by: User, at: datetime
) -> Recommendation:
    """Make what the evaluator recommended on a sub-component a recommendation of the year's LHE, after those
    it has; the one that is there where it was done before. It keeps its words when the judgement changes.

    Raises PermissionDenied for anybody but evaluator and admin, ResultNotRecorded while there is no LHE,
    WorksheetChangedError where the judgement is not the one that was read, ValidationError where it
    recommends nothing."""
    permissions.require_recommend(by, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    found = AkipEvaluation.objects.filter(agency=agency, year=year).first()
    evaluation = policies.require_result(found, year)
    rows = SubComponentJudgement.objects.filter(agency=agency, year=year, sub_component=sub_component)
    judgement = rows.select_related("taken_over").first()
    if judgement is None or not judgement.recommendation:
        raise ValidationError("Penilaian ini tidak memuat rekomendasi.")
    if existing := getattr(judgement, "taken_over", None):
        return existing
    _require_seen(judgement, version)
    last = evaluation.recommendations.aggregate(last=Max("number"))["last"] or 0
    values = {
        "evaluation": evaluation,
        "number": last + 1,
        "component": sub_component.component,
        "text": judgement.recommendation,
        "judgement": judgement,
    }
    row = Recommendation.objects.create(**values)
    history.record(
        agency=agency,
        unit=None,
        subject=row,
        action=HistoryAction.CREATE,
        changes=history.changes_between({}, values),
        by=by,
        at=at,
        is_locked=True,
    )
    return row


def _hold(agency: Agency, year: int) -> None:
    """One writer of an agency's worksheet at a time, and none once its result is declared."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    policies.require_write(AkipEvaluation.objects.filter(agency=agency, year=year).first())


def _require_seen(row: Written, version: int) -> None:
    if row.version != version:
        raise WorksheetChangedError


def _write(
    row: CriterionAnswer | SubComponentJudgement,
    values: Mapping[str, str],
    *,
    by: User,
    at: datetime,
    more: Sequence[history.Change] = (),
) -> None:
    """Nothing where nothing changes."""
    is_new = row.pk is None
    before = {} if is_new else {name: getattr(row, name) for name in values}
    changes = [*history.changes_between(before, values), *more]
    if not changes:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at, row.updated_by = at, by
    row.save()
    history.record(
        agency=row.agency,
        unit=None,
        subject=row,
        action=HistoryAction.CREATE if is_new else HistoryAction.UPDATE,
        changes=changes,
        by=by,
        at=at,
        is_locked=True,
    )
