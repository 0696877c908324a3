"""What a meeting agreed to be done: written down, reported with proof, accepted, given back, cancelled."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from sakip.actions import history
from sakip.actions.evidence import Piece, evidence_row, parted
from sakip.actions.evidence import shown as shown_evidence
from sakip.models import ActionState, AgreedAction, HistoryAction, Meeting, Unit, User
from sakip.workflow import meetings as policies
from sakip.workflow import permissions


@transaction.atomic
def agree(*, meeting: Meeting, text: str, unit: Unit, due_on: date, by: User, at: datetime) -> AgreedAction:
    """Write down what was agreed. Raises PermissionDenied for anybody but the perencana, MeetingClosed for
    final minutes."""
    permissions.require_keep_meetings(by, meeting.agency)
    meeting = _draft(meeting)
    last = meeting.actions.aggregate(last=Max("number"))["last"] or 0
    action = AgreedAction(meeting=meeting, number=last + 1, unit=unit)
    return _write(action, {"text": text.strip(), "due_on": due_on, "unit": unit}, by=by, at=at)


@transaction.atomic
def change(
    *, action: AgreedAction, text: str, unit: Unit, due_on: date, by: User, at: datetime
) -> AgreedAction:
    """Mend its words while the minutes are a draft. Raises as `agree` does."""
    permissions.require_keep_meetings(by, action.meeting.agency)
    _draft(action.meeting)
    action = _held(action)
    policies.require_change_action(action)
    return _write(action, {"text": text.strip(), "due_on": due_on, "unit": unit}, by=by, at=at)


@transaction.atomic
def report_done(
    *, action: AgreedAction, report: str, pieces: Sequence[Piece], by: User, at: datetime
) -> AgreedAction:
    """The unit says that it is done, what was done, and proves it. Proof of an earlier report that was given
    back stays. Raises PermissionDenied for anybody but the unit's operator and penanggung jawab, and
    MeetingClosed for an action that is not open or a report without words or proof."""
    action = _held(action)
    permissions.require_report_action(by, action.unit)
    policies.require_report(action)
    if not report.strip():
        raise policies.MeetingClosed("Tulis apa yang telah dikerjakan.")
    kept = list(action.evidence.select_related("stored_file"))
    new, _ = parted(pieces, kept)
    if not kept and not new:
        raise policies.MeetingClosed("Lampirkan sedikitnya satu bukti: berkas atau tautan.")
    added = [evidence_row(action.meeting.agency, piece, by=by, at=at) for piece in new]
    action.evidence.add(*added)
    values = {
        "state": ActionState.REPORTED,
        "report": report.strip(),
        "reported_at": at,
        "reported_by": by,
        "reason": "",
    }
    proof = [history.Change("evidence", "", shown_evidence(piece)) for piece in added]
    return _write(action, values, by=by, at=at, more=proof)


@transaction.atomic
def accept(*, action: AgreedAction, by: User, at: datetime) -> AgreedAction:
    """The report stands: done. Raises PermissionDenied for anybody but perencana and head, MeetingClosed for
    an action that was not reported."""
    action = _held(action)
    permissions.require_review_action(by, action.meeting.agency)
    policies.require_review(action)
    return _write(action, {"state": ActionState.DONE, "closed_at": at, "closed_by": by}, by=by, at=at)


@transaction.atomic
def give_back(*, action: AgreedAction, reason: str, by: User, at: datetime) -> AgreedAction:
    """The report does not stand: open again, with the reason. Raises as `accept`, and without a reason."""
    action = _held(action)
    permissions.require_review_action(by, action.meeting.agency)
    policies.require_review(action)
    policies.require_reason("Kembalikan", reason)
    return _write(
        action, {"state": ActionState.OPEN, "reason": reason.strip()}, by=by, at=at, reason=reason.strip()
    )


@transaction.atomic
def cancel(*, action: AgreedAction, reason: str, by: User, at: datetime) -> AgreedAction:
    """It need not be done any more. Raises as `accept`, and without a reason."""
    action = _held(action)
    permissions.require_review_action(by, action.meeting.agency)
    policies.require_cancel(action)
    policies.require_reason("Batalkan", reason)
    values = {
        "state": ActionState.CANCELLED,
        "reason": reason.strip(),
        "closed_at": at,
        "closed_by": by,
    }
    return _write(action, values, by=by, at=at, reason=reason.strip())


def _draft(meeting: Meeting) -> Meeting:
    """The meeting under its lock, so that nothing is agreed while its minutes are made final."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("agency").get(pk=meeting.pk)
    policies.require_change_meeting(meeting)
    return meeting


def _held(action: AgreedAction) -> AgreedAction:
    """As it stands now, under its lock."""
    found = AgreedAction.objects.select_for_update(of=("self",))
    return found.select_related("meeting__agency", "unit__agency").get(pk=action.pk)


# Written down by the history already: who and when of every line.
_UNTOLD = frozenset({"reported_at", "reported_by", "closed_at", "closed_by", "reason"})


def _write(
    action: AgreedAction,
    values: dict[str, object],
    *,
    by: User,
    at: datetime,
    reason: str = "",
    more: Sequence[history.Change] = (),
) -> AgreedAction:
    is_new = action.pk is None
    told = [name for name in values if name not in _UNTOLD]
    before: dict[str, object] = {} if is_new else {name: _shown(action, name) for name in told}
    for name, value in values.items():
        setattr(action, name, value)
    action.version += 1
    action.save()
    changes = history.changes_between(before, {name: _shown(action, name) for name in told})
    moved = "state" in values
    kind = HistoryAction.CREATE if is_new else HistoryAction.TRANSITION if moved else HistoryAction.UPDATE
    history.record(
        agency=action.meeting.agency,
        unit=action.unit,
        subject=action,
        action=kind,
        changes=[*changes, *more],
        by=by,
        at=at,
        reason=reason,
    )
    return action


def _shown(action: AgreedAction, name: str) -> str:
    if name == "state":
        return action.get_state_display()
    return history.shown(getattr(action, name))
