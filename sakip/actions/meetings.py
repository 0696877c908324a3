"""Writing meetings: inviting, recording what was said and who came, making the minutes final."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sakip.actions import history
from sakip.models import Agency, Attendance, Attendee, HistoryAction, Meeting, MeetingState, Unit, User
from sakip.workflow import meetings as policies
from sakip.workflow import permissions

FIELDS = (
    "held_on",
    "starts_at",
    "ends_at",
    "place",
    "agenda",
    "leader_role",
    "secretary_role",
    "invitation_number",
    "invited_on",
    "minutes",
)


class MeetingChangedError(Exception):
    """Somebody else wrote the meeting since its page was opened; nothing was saved."""


@dataclass(frozen=True, slots=True)
class AttendeeEntry:
    """A line of the list of attendees."""

    role: str
    unit: Unit | None = None
    attendance: Attendance = Attendance.INVITED


@transaction.atomic
def save_meeting(
    *,
    agency: Agency,
    year: int,
    quarter: int,
    facts: Mapping[str, Any],
    attendees: Sequence[AttendeeEntry],
    version: int | None,
    by: User,
    at: datetime,
) -> Meeting:
    """Write the meeting of a quarter, new where there is none; `facts` hold FIELDS.

    `version` is the one that the writer saw, None for a meeting that was not there. Raises PermissionDenied
    for anybody but the perencana, MeetingClosed for final minutes, MeetingChangedError where somebody else
    was faster.
    """
    permissions.require_keep_meetings(by, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    found = Meeting.objects.filter(agency=agency, year=year, quarter=quarter).first()
    if (found.version if found else None) != version:
        raise MeetingChangedError
    meeting = found or Meeting(agency=agency, year=year, quarter=quarter)
    policies.require_change_meeting(meeting)
    before = {field: getattr(meeting, field) for field in FIELDS} if found else {}
    listed_before = _listed(meeting) if found else ""
    after = {field: facts[field] for field in FIELDS}
    for field, value in after.items():
        setattr(meeting, field, value)
    meeting.version += 1
    meeting.save()
    _write_attendees(meeting, attendees)
    changes = history.changes_between(
        before | {"peserta": listed_before}, after | {"peserta": _listed(meeting)}
    )
    _record(meeting, HistoryAction.UPDATE if found else HistoryAction.CREATE, changes, by=by, at=at)
    return meeting


def _write_attendees(meeting: Meeting, entries: Sequence[AttendeeEntry]) -> None:
    """The list as it is now: numbered anew, so that no line keeps a number of another."""
    meeting.attendees.all().delete()
    Attendee.objects.bulk_create(
        Attendee(
            meeting=meeting, number=number, role=entry.role, unit=entry.unit, attendance=entry.attendance
        )
        for number, entry in enumerate(entries, 1)
    )


def _listed(meeting: Meeting) -> str:
    """The list as the history keeps it."""
    lines = meeting.attendees.order_by("number")
    return "; ".join(f"{line.role} ({line.get_attendance_display().lower()})" for line in lines)


@transaction.atomic
def finalise(
    *, meeting: Meeting, print_minutes: Callable[[], Mapping[str, Any]], by: User, at: datetime
) -> None:
    """Make the minutes final and keep what `print_minutes` prints; it is asked under the meeting's lock, so
    that nothing agreed meanwhile is lost. Raises as `save_meeting`, and MeetingClosed where minutes or
    attendance are lacking."""
    permissions.require_keep_meetings(by, meeting.agency)
    seen = meeting.version
    meeting = _held(meeting)
    if meeting.version != seen:
        raise MeetingChangedError
    policies.require_finalise(meeting, meeting.attendees.all())
    _move(meeting, MeetingState.FINAL, dict(print_minutes()), "", by=by, at=at)


@transaction.atomic
def reopen(*, meeting: Meeting, reason: str, by: User, at: datetime) -> None:
    """Open final minutes to be mended, with a reason."""
    permissions.require_keep_meetings(by, meeting.agency)
    meeting = _held(meeting)
    policies.require_reopen(meeting, reason)
    _move(meeting, MeetingState.DRAFT, None, reason.strip(), by=by, at=at)


def _held(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("agency").get(pk=meeting.pk)


def _move(
    meeting: Meeting,
    state: MeetingState,
    document: dict[str, Any] | None,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> None:
    before = meeting.get_state_display()
    meeting.state, meeting.minutes_document = state, document
    meeting.version += 1
    meeting.save(update_fields=["state", "minutes_document", "version"])
    changes = [history.Change("state", before, meeting.get_state_display())]
    _record(meeting, HistoryAction.TRANSITION, changes, by=by, at=at, reason=reason)


def _record(
    meeting: Meeting,
    action: HistoryAction,
    changes: list[history.Change],
    *,
    by: User,
    at: datetime,
    reason: str = "",
) -> None:
    history.record(
        agency=meeting.agency,
        unit=None,
        subject=meeting,
        action=action,
        changes=changes,
        by=by,
        at=at,
        reason=reason,
    )
