"""What a quarter's state and window allow, whoever asks. Each question is a pair; a refusal says why and who
can change it. Who may is `permissions.py`."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from sakip import indonesian
from sakip.models import RowState, UnitQuarter
from sakip.models.measurement import QuarterRow
from sakip.workflow.transitions import Action, Step, step_for

EDITABLE = frozenset({RowState.DRAFT, RowState.RETURNED})
SETTLED = frozenset({RowState.APPROVED, RowState.LOCKED})

_WITH_WHOM = {
    RowState.SUBMITTED: "Data menunggu verifikasi. Perencana dapat mengembalikannya untuk diperbaiki.",
    RowState.VERIFIED: "Data menunggu pengesahan. Pimpinan dapat mengembalikannya untuk diperbaiki.",
    RowState.APPROVED: "Data sudah disahkan. Perencana dapat membukanya kembali dengan alasan.",
    RowState.LOCKED: "Data sudah dikunci. Perencana dapat membukanya kembali dengan alasan.",
}


class QuarterClosed(PermissionDenied):
    """The quarter takes no entries now; the message says why and who can open it."""


class NoSuchStep(PermissionDenied):
    """The table of transitions has no such step from here, or its reason is missing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a quarter takes entries on a day. `reason` is empty while it does; `closes` is the last day."""

    is_open: bool
    reason: str = ""
    closes: date | None = None
    days_left: int | None = None


def standing(unit_quarter: UnitQuarter, on: date) -> Standing:
    """State first, then the window; an exception in force stands in for a window that has passed.

    Reads `unit_quarter.exceptions`, which a list of quarters should have prefetched.
    """
    if unit_quarter.state not in EDITABLE:
        reason = _WITH_WHOM[RowState(unit_quarter.state)]
        if unit_quarter.lock_reason:
            reason = f"{reason} Alasan kunci: {unit_quarter.lock_reason}."
        return Standing(False, reason)
    opens, closes = unit_quarter.entry_opens, unit_quarter.entry_closes
    if opens is not None and on < opens:
        return Standing(False, f"Pengisian dibuka mulai {indonesian.date_long(opens)}.")
    if closes is None:
        return Standing(True)
    if unit_quarter.state == RowState.RETURNED:
        # What a reviewer gave back can be mended for as long as the review lasts.
        closes = max(closes, unit_quarter.review_closes or closes)
    until = max([closes, *(leave.valid_until for leave in unit_quarter.exceptions.all())])
    if on <= until:
        return Standing(True, closes=until, days_left=(until - on).days)
    return Standing(
        False,
        f"Pengisian ditutup pada {indonesian.date_long(until)}. "
        "Perencana atau admin instansi dapat memberi perpanjangan dengan alasan.",
    )


def may_change_target(unit_quarter: UnitQuarter | None) -> bool:
    """A quarter that was approved keeps the target that it was approved by; one never opened is free."""
    return unit_quarter is None or unit_quarter.state not in SETTLED


def require_change_target(unit_quarter: UnitQuarter | None) -> None:
    if unit_quarter is not None and not may_change_target(unit_quarter):
        raise QuarterClosed(
            f"Target {unit_quarter} tidak dapat diubah: triwulan itu sudah "
            f"{unit_quarter.get_state_display().lower()}."
        )


def may_enter(unit_quarter: UnitQuarter, on: date) -> bool:
    return standing(unit_quarter, on).is_open


def is_overdue(unit_quarter: UnitQuarter, on: date) -> bool:
    """Its window has passed, leave included, and it was not handed in."""
    opens = unit_quarter.entry_opens
    has_opened = opens is None or opens <= on
    return unit_quarter.state in EDITABLE and has_opened and not may_enter(unit_quarter, on)


def _is_within_window(unit_quarter: UnitQuarter, on: date) -> bool:
    """Open by its state and its own window, without a look at the exceptions."""
    opens, closes = unit_quarter.entry_opens, unit_quarter.entry_closes
    return (
        unit_quarter.state in EDITABLE and (opens is None or opens <= on) and (closes is None or on <= closes)
    )


def require_enter(unit_quarter: UnitQuarter, on: date) -> None:
    if _is_within_window(unit_quarter, on):
        return
    found = standing(unit_quarter, on)
    if not found.is_open:
        raise QuarterClosed(f"{unit_quarter} tidak dapat diisi. {found.reason}")


def may_change_row(row: QuarterRow) -> bool:
    """A row that a reviewer has passed on stays as it is, even while its quarter is open."""
    return row.state in EDITABLE


def require_change_row(row: QuarterRow) -> None:
    if not may_change_row(row):
        raise QuarterClosed(f"Baris ini berstatus {row.get_state_display()} dan tidak dapat diubah.")


def may_step(unit_quarter: UnitQuarter, action: Action, reason: str = "") -> bool:
    step = step_for(unit_quarter.state, action)
    return step is not None and (not step.needs_reason or bool(reason.strip()))


def require_step(unit_quarter: UnitQuarter, action: Action, reason: str = "") -> Step:
    """The line of the table to follow."""
    step = step_for(unit_quarter.state, action)
    if step is None:
        raise NoSuchStep(
            f"{unit_quarter} berstatus {unit_quarter.get_state_display()}: tindakan ini tidak tersedia."
        )
    require_reason(step, reason)
    return step


def require_reason(step: Step, reason: str) -> None:
    if step.needs_reason and not reason.strip():
        raise NoSuchStep(f"{step.label}: alasan wajib diisi.")


def review_days_left(unit_quarter: UnitQuarter, on: date) -> int | None:
    """Days until the window for review ends, negative once it has; None outside a review, or without a
    window. A late review is still better than none, so nothing refuses it."""
    if unit_quarter.state in EDITABLE or unit_quarter.state == RowState.LOCKED:
        return None
    closes = unit_quarter.review_closes
    return None if closes is None else (closes - on).days
