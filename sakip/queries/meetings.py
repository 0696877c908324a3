"""Quarterly meetings of an agency, and what they agreed: what is open, what is late, what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sakip.models import ActionState, Agency, AgreedAction, Meeting, Position, PositionKind, Unit, UnitKind


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """An agreed action on a day. `days_late` counts from its due date and is 0 for one that is not late;
    what was done or cancelled is never late. Its `unit` and `meeting` are loaded."""

    action: AgreedAction
    days_late: int

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0


def open_followups(agency: Agency, on: date) -> tuple[FollowUpLine, ...]:
    """Everything that meetings of any year agreed on and that is neither done with accepted proof nor
    cancelled, the oldest meeting first; `on` decides what is late. Three queries at most."""
    return _lines(_actions(agency).pending(), on)


def pending_until(agency: Agency, year: int, on: date) -> tuple[FollowUpLine, ...]:
    """The same of meetings up to a year, without their proof. One query."""
    found = AgreedAction.objects.of_agency(agency).pending().filter(meeting__year__lte=year).in_order()
    return _lines(found.select_related("unit", "meeting__agency"), on)


def carried_over(
    agency: Agency, year: int, quarter: int, on: date, known: Sequence[Meeting] | None = None
) -> tuple[FollowUpLine, ...]:
    """What comes back in the meeting of a quarter, the oldest first: of all earlier meetings what was still
    pending when the last of them was held, or is pending. So what was done since then is told once more, with
    its proof, and no longer after that. Four queries at most (three where the meetings are `known`)."""
    if known is None:
        known = list(Meeting.objects.filter(agency=agency).before(year, quarter))
    earlier = [meeting for meeting in known if (meeting.year, meeting.quarter) < (year, quarter)]
    last = max(earlier, key=lambda meeting: (meeting.year, meeting.quarter), default=None)
    if last is None:
        return ()
    lines = _lines(_actions(agency).from_before(year, quarter), on)
    return tuple(line for line in lines if _is_told(line.action, last))


def _is_told(action: AgreedAction, last: Meeting) -> bool:
    if action.closed_at is None:
        return True
    return timezone.localdate(action.closed_at) >= last.held_on


def agreed_in(meeting: Meeting, on: date) -> tuple[FollowUpLine, ...]:
    """What this meeting agreed on, in its order."""
    return _lines(_actions(meeting.agency).filter(meeting=meeting), on)


def _actions(agency: Agency):
    found = AgreedAction.objects.of_agency(agency).in_order()
    return found.select_related("unit", "meeting__agency", "reported_by", "closed_by").prefetch_related(
        "evidence__stored_file"
    )


def _lines(actions: Iterable[AgreedAction], on: date) -> tuple[FollowUpLine, ...]:
    return tuple(FollowUpLine(action, days_late(action, on)) for action in actions)


def days_late(action: AgreedAction, on: date) -> int:
    """Days since the due date of a pending action; one that was reported done waits for its reviewer, and is
    late only if the report was."""
    if action.state == ActionState.OPEN:
        end = on
    elif action.state == ActionState.REPORTED and action.reported_at is not None:
        end = timezone.localdate(action.reported_at)
    else:
        return 0
    return max((end - action.due_on).days, 0)


# ---------------------------------------------------------------- who is invited
@dataclass(frozen=True, slots=True)
class Invited:
    """A role that is usually invited, and the unit it answers for."""

    role: str
    unit: Unit | None = None


# The head leads the meeting; functional staff come with their sections.
_INVITED = (PositionKind.SECRETARIAT, PositionKind.SUBDIVISION, PositionKind.SECTION)


def usual_attendees(agency: Agency) -> tuple[Invited, ...]:
    """The heads of the agency's own sections, then those of its kelurahan, by role. Two queries."""
    units = list(Unit.objects.filter(agency=agency, is_active=True).order_by("sort_order", "name"))
    office = next((unit for unit in units if unit.kind == UnitKind.OFFICE), None)
    positions = Position.objects.filter(agency=agency, for_each_unit=False, kind__in=_INVITED)
    own = [Invited(_holder(position), office) for position in positions.order_by("sort_order", "pk")]
    return (*own, *(Invited(head_of(unit), unit) for unit in units if unit.kind != UnitKind.OFFICE))


def _holder(position: Position) -> str:
    """Who holds a box of the organisation chart: 'Sekretaris Kecamatan', 'Kepala Seksi Pelayanan Umum'."""
    if position.kind == PositionKind.SECRETARIAT:
        return position.name.replace("Sekretariat", "Sekretaris", 1)
    return f"Kepala {position.name}"


def head_of(unit: Unit) -> str:
    """'Lurah Bukuan'; 'Kepala UPT ...' for what is no kelurahan."""
    if unit.kind == UnitKind.KELURAHAN:
        return unit.name.replace("Kelurahan", "Lurah", 1)
    return f"Kepala {unit.name}"
