"""Steps of a unit's quarter with all its rows: submitted, verified, approved, locked, given back, reopened.

The table of transitions says what leads where and who may; rows obey it by their own state. Each step is one
transaction with its log, its history and its mails, and names the version of the quarter that its doer saw:
of two who decide at once the second is told what the first did.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from budget.models import QuarterlyRealisation
from budget.queries.quarter_grid import RowRef
from budget.queries.quarter_reader import QuarterReader
from budget.queries.submission import Submission, names_of_rows, submission
from sakip import indonesian
from sakip.actions import history, notifications
from sakip.actions.windows import grant_exception
from sakip.models import HistoryAction, Measurement, RowKind, RowNote, RowState, Transition, UnitQuarter, User
from sakip.models.measurement import QuarterRow
from sakip.workflow import permissions, policies
from sakip.workflow.transitions import Action, Step, step_back, step_for
from sakip.workflow.wording import DONE

Notes = Mapping[str, str]
ROW_MODELS: dict[RowKind, type[Measurement] | type[QuarterlyRealisation]] = {
    RowKind.MEASUREMENT: Measurement,
    RowKind.REALISATION: QuarterlyRealisation,
}
# What the names of a row's kind in the history are made of.
NAMED_BY = {
    RowKind.MEASUREMENT: ("unit_quarter__unit", "indicator"),
    RowKind.REALISATION: ("unit_quarter__unit", "line__node"),
}
WINDOW_ENDED = "Jendela pemeriksaan berakhir pada {day}"
REVIEW_DONE = "Pemeriksaan triwulan telah selesai"


class SupersededError(Exception):
    """Somebody else took a step since the page was shown; the message says who, what and when."""


class NotReadyError(Exception):
    """The quarter cannot be submitted yet; `submission` holds what is to be mended or explained."""

    def __init__(self, found: Submission) -> None:
        count = len(found.hard) + sum(not check.note for check in found.soft)
        super().__init__(f"Belum dapat diajukan: {count} hal perlu dilengkapi.")
        self.submission = found


@dataclass(frozen=True, slots=True)
class Moved:
    """What a step did. `repeated`: it had been done already by the same person (a second click)."""

    transition: Transition
    rows: int = 0
    repeated: bool = False


@transaction.atomic
def take_step(
    *,
    unit_quarter: UnitQuarter,
    action: Action,
    version: int,
    by: User,
    at: datetime,
    reason: str = "",
    notes: Notes | None = None,
    until: date | None = None,
) -> Moved:
    """Move the quarter and those of its rows whose state has the same step.

    `notes` explain soft findings at submission, by `Check.key`; `until` lets a reopened quarter be filled in
    after its window. Raises PermissionDenied (wrong role, no such step, no reason, window closed),
    SupersededError or NotReadyError; then nothing is written.
    """
    quarter = _locked(unit_quarter)
    if done := _repeated(quarter, version, by, lambda state: step_for(state, action)):
        return done
    _require_version(quarter, version)
    permissions.require_do(by, quarter, action)
    step = policies.require_step(quarter, action, reason)
    if action is Action.SUBMIT:
        policies.require_enter(quarter, timezone.localdate(at))
        _require_ready(quarter, notes or {}, by=by, at=at)
    if action is Action.REOPEN and until is not None:
        grant_exception(unit_quarter=quarter, reason=reason, valid_until=until, by=by, at=at)
    return _move(quarter, step, by=by, at=at, reason=reason.strip())


@transaction.atomic
def give_back_rows(
    *,
    unit_quarter: UnitQuarter,
    rows: Iterable[RowRef],
    version: int,
    by: User,
    at: datetime,
    reason: str,
    until: date | None = None,
) -> Moved:
    """Give single rows back with a reason: the quarter goes back with them, other rows keep their state.

    More rows can follow while the quarter is *Dikembalikan*. Raises as `take_step` does.
    """
    quarter = _locked(unit_quarter)
    if done := _repeated(quarter, version, by, step_back):
        return done
    _require_version(quarter, version)
    found = _rows(quarter, set(rows))
    if not found:
        raise policies.NoSuchStep("Tandai dahulu baris yang dikembalikan.")
    steps = [_step_back_of(quarter, row, reason, by) for _, row in found]
    if own := step_back(quarter.state):
        permissions.require_take(by, quarter, own)
    if any(step.action is Action.REOPEN for step in steps) and until is not None:
        grant_exception(unit_quarter=quarter, reason=reason, valid_until=until, by=by, at=at)
    return _give_back(quarter, list(zip(found, steps, strict=True)), by=by, at=at, reason=reason.strip())


def lock_ended(*, at: datetime) -> list[Moved]:
    """Lock every quarter whose window for review has ended and whose next step the clock may take."""
    today = timezone.localdate(at)
    ended = UnitQuarter.objects.filter(state=RowState.APPROVED, review_closes__lt=today).order_by("pk")
    return [moved for quarter in ended if (moved := _lock_by_clock(quarter, today, at))]


@transaction.atomic
def _lock_by_clock(unit_quarter: UnitQuarter, today: date, at: datetime) -> Moved | None:
    quarter = _locked(unit_quarter)
    step = step_for(quarter.state, Action.LOCK)
    if step is None or not step.by_clock or quarter.review_closes is None or quarter.review_closes >= today:
        return None
    reason = WINDOW_ENDED.format(day=indonesian.date_long(quarter.review_closes))
    return _move(quarter, step, by=None, at=at, reason=reason)


# ---------------------------------------------------------------- before a step
def _locked(unit_quarter: UnitQuarter) -> UnitQuarter:
    """The quarter, held for this transaction: steps and entries queue up behind one another."""
    return (
        UnitQuarter.objects.select_for_update(of=("self",))
        .select_related("unit__agency__government")
        .prefetch_related("exceptions")
        .get(pk=unit_quarter.pk)
    )


def _latest(quarter: UnitQuarter) -> Transition | None:
    """The last thing that happened to the quarter, or to a row of it where the quarter stayed."""
    return quarter.transitions.select_related("by").order_by("-at", "-pk").first()


def _repeated(
    quarter: UnitQuarter, version: int, by: User, meant: Callable[[str], Step | None]
) -> Moved | None:
    """The step just taken by the same person from the same page: a second click changes nothing."""
    if quarter.version != version + 1:
        return None
    latest = _latest(quarter)
    if latest is None or latest.by_id != by.pk:
        return None
    step = meant(latest.from_state)
    return Moved(latest, repeated=True) if step is not None and step.target == latest.to_state else None


def _require_version(quarter: UnitQuarter, version: int) -> None:
    if quarter.version == version:
        return
    latest = _latest(quarter)
    if latest is None:
        raise SupersededError(f"{quarter} berubah sejak halaman ini dibuka. Periksa kembali.")
    who = latest.by or "sistem"
    when = timezone.localtime(latest.at)
    raise SupersededError(
        f"{quarter} sudah {DONE[RowState(latest.to_state)]} oleh {who} pada "
        f"{indonesian.date_long(when.date())} pukul {when:%H.%M}. Periksa keadaannya yang terbaru."
    )


def _require_ready(quarter: UnitQuarter, notes: Notes, *, by: User, at: datetime) -> None:
    """No hard finding, and a note to each soft one; new notes are kept beside the older ones."""
    found = submission(QuarterReader(quarter).grid())
    given = {check.key: notes.get(check.key, check.note).strip() for check in found.soft}
    if found.hard or not all(given.values()):
        raise NotReadyError(found)
    RowNote.objects.bulk_create(
        RowNote(
            unit_quarter=quarter,
            row_kind=check.row.kind,
            row_id=check.row.pk,
            check_key=check.finding.key,
            text=given[check.key],
            by=by,
            at=at,
        )
        for check in found.soft
        if given[check.key] != check.note
    )


def _rows(quarter: UnitQuarter, wanted: set[RowRef]) -> list[tuple[RowKind, QuarterRow]]:
    """Those rows of the quarter; one of another quarter is passed over."""
    return [(kind, row) for kind, row in _all_rows(quarter) if RowRef(kind, row.pk) in wanted]


def _all_rows(quarter: UnitQuarter) -> list[tuple[RowKind, QuarterRow]]:
    return [
        (kind, row)
        for kind, model in ROW_MODELS.items()
        for row in model._default_manager.select_for_update(of=("self",))
        .filter(unit_quarter=quarter)
        .select_related(*NAMED_BY[kind])
        .order_by("pk")
    ]


def _step_back_of(quarter: UnitQuarter, row: QuarterRow, reason: str, by: User) -> Step:
    step = step_back(row.state)
    if step is None:
        raise policies.NoSuchStep(f"Baris ini berstatus {row.get_state_display()}: tidak perlu dikembalikan.")
    permissions.require_take(by, quarter, step)
    policies.require_reason(step, reason)
    return step


# ---------------------------------------------------------------- the step itself
Found = tuple[RowKind, QuarterRow]


def _move(quarter: UnitQuarter, step: Step, *, by: User | None, at: datetime, reason: str) -> Moved:
    """The quarter and every row whose own state has a step of the same name."""
    rows = [
        (found, row_step)
        for found in _all_rows(quarter)
        if (row_step := step_for(found[1].state, step.action))
    ]
    moved = _write(quarter, step, rows, by=by, at=at, reason=reason)
    notifications.tell_transition(moved)
    return Moved(moved, len(rows))


def _give_back(
    quarter: UnitQuarter, rows: list[tuple[Found, Step]], *, by: User, at: datetime, reason: str
) -> Moved:
    step = step_back(quarter.state)
    moved = _write(quarter, step, rows, by=by, at=at, reason=reason)
    names = names_of_rows(QuarterReader(quarter).grid())
    named = [names[ref] for (kind, row), _ in rows if (ref := RowRef(kind, row.pk)) in names]
    notifications.tell_transition(moved, rows=named)
    return Moved(moved, len(rows))


def _write(
    quarter: UnitQuarter,
    step: Step | None,
    rows: list[tuple[Found, Step]],
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> Transition:
    """States, log and history of a quarter (None: it stays) and its rows. The transition of the quarter,
    else of the last row."""
    _log_history(quarter, step, rows, by=by, at=at, reason=reason)
    own = _set_quarter(quarter, step, reason)
    log = [
        Transition(
            unit_quarter=quarter,
            row_kind=kind,
            row_id=row.pk,
            from_state=row.state,
            to_state=row_step.target,
            reason=reason,
            by=by,
            at=at,
        )
        for (kind, row), row_step in rows
    ]
    if own is not None:
        log.append(
            Transition(
                unit_quarter=quarter,
                row_kind=RowKind.QUARTER,
                from_state=own.source,
                to_state=own.target,
                reason=reason,
                by=by,
                at=at,
            )
        )
    Transition.objects.bulk_create(log)
    _set_rows(rows)
    return log[-1]


def _set_quarter(quarter: UnitQuarter, step: Step | None, reason: str) -> Step | None:
    """A version more with every step, also where the quarter keeps its state."""
    quarter.version += 1
    if step is not None:
        quarter.state = step.target
        quarter.lock_reason = (reason or REVIEW_DONE)[:200] if step.target is RowState.LOCKED else ""
    quarter.save(update_fields=["state", "lock_reason", "version"])
    return step


def _set_rows(rows: list[tuple[Found, Step]]) -> None:
    for kind, model in ROW_MODELS.items():
        for target in {step.target for (found, _), step in rows if found is kind}:
            pks = [row.pk for (found, row), step in rows if found is kind and step.target is target]
            model._default_manager.filter(pk__in=pks).update(state=target, version=F("version") + 1)


def _log_history(
    quarter: UnitQuarter,
    step: Step | None,
    rows: list[tuple[Found, Step]],
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> None:
    moved: list[tuple[models.Model, Step]] = [(row, row_step) for (_, row), row_step in rows]
    if step is not None:
        moved.append((quarter, step))
    history.record_all(
        agency=quarter.unit.agency,
        unit=quarter.unit,
        subjects=[
            (subject, [history.Change("state", one.source.label, one.target.label)]) for subject, one in moved
        ],
        action=HistoryAction.TRANSITION,
        by=by,
        at=at,
        reason=reason,
    )
