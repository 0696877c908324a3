"""What the state of a meeting and of an agreed action allows, whoever asks. Each question is a pair; a
refusal says why and who can change it. Who may is `permissions.py`."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from sakip.models import ActionState, AgreedAction, Attendance, Attendee, Meeting
from sakip.models.meeting import PENDING


class MeetingClosed(PermissionDenied):
    """The state of a meeting or of an agreed action does not allow this."""


# ---------------------------------------------------------------- the meeting
def may_change_meeting(meeting: Meeting) -> bool:
    return not meeting.is_final


def require_change_meeting(meeting: Meeting) -> None:
    if not may_change_meeting(meeting):
        raise MeetingClosed(
            f"Notulen {meeting} sudah final. Perencana dapat membukanya kembali dengan alasan."
        )


def lacking(meeting: Meeting, attendees: Iterable[Attendee]) -> tuple[str, ...]:
    """What the minutes lack to be made final, in sentences."""
    found = []
    if not meeting.minutes.strip():
        found.append("Pembahasan belum ditulis.")
    if all(attendee.attendance != Attendance.PRESENT for attendee in attendees):
        found.append("Kehadiran peserta belum dicatat.")
    return tuple(found)


def require_finalise(meeting: Meeting, attendees: Iterable[Attendee]) -> None:
    require_change_meeting(meeting)
    if found := lacking(meeting, attendees):
        raise MeetingClosed(f"Notulen belum dapat dijadikan final. {' '.join(found)}")


def require_reopen(meeting: Meeting, reason: str) -> None:
    if may_change_meeting(meeting):
        raise MeetingClosed(f"Notulen {meeting} masih draf dan dapat langsung diubah.")
    if not reason.strip():
        raise MeetingClosed("Buka kembali: alasan wajib diisi.")


# ---------------------------------------------------------------- what was agreed
def may_change_action(action: AgreedAction) -> bool:
    """Its words may be mended until the minutes are final or work on it was reported."""
    return action.state == ActionState.OPEN and may_change_meeting(action.meeting)


def require_change_action(action: AgreedAction) -> None:
    require_change_meeting(action.meeting)
    if not may_change_action(action):
        raise MeetingClosed(_stands(action))


def may_report(action: AgreedAction) -> bool:
    return action.state == ActionState.OPEN


def require_report(action: AgreedAction) -> None:
    if not may_report(action):
        raise MeetingClosed(_stands(action))


def may_review(action: AgreedAction) -> bool:
    return action.state == ActionState.REPORTED


def require_review(action: AgreedAction) -> None:
    if not may_review(action):
        raise MeetingClosed(_stands(action))


def may_cancel(action: AgreedAction) -> bool:
    return action.state in PENDING


def require_cancel(action: AgreedAction) -> None:
    if not may_cancel(action):
        raise MeetingClosed(_stands(action))


def require_reason(step: str, reason: str) -> None:
    if not reason.strip():
        raise MeetingClosed(f"{step}: alasan wajib diisi.")


def _stands(action: AgreedAction) -> str:
    return f"Tindak lanjut ini berstatus {action.get_state_display().lower()}: tindakan ini tidak tersedia."
