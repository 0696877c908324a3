"""What waits for a person: quarters whose next step the table of transitions gives to one of their roles, and
meetings' follow-ups that their unit is to do or that they are to review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from sakip.models import ActionState, Agency, RowKind, RowState, Transition, UnitQuarter, User
from sakip.queries.meetings import FollowUpLine, pending_until
from sakip.workflow import permissions, policies
from sakip.workflow.policies import Standing
from sakip.workflow.roles import roles_in, roles_of
from sakip.workflow.transitions import FILLING_IN, TRANSITIONS, Step, step_on

ACTING = frozenset(role for step in TRANSITIONS for role in step.roles)


@dataclass(frozen=True, slots=True)
class Task:
    """A quarter, the step that waits for the person, and since when. `reasons` say why it was given back and
    `rows` how many rows were (0: all of it)."""

    unit_quarter: UnitQuarter
    step: Step
    standing: Standing
    since: datetime | None
    sender: User | None
    reasons: tuple[str, ...]
    rows: int
    review_days_left: int | None

    @property
    def is_returned(self) -> bool:
        return self.unit_quarter.state == RowState.RETURNED

    def age_days(self, on: date) -> int | None:
        """Days since it came to this person; None where nothing came, as with a quarter that opened."""
        return (on - timezone.localdate(self.since)).days if self.since else None


@dataclass(frozen=True, slots=True)
class Inbox:
    """Given back to the person; waiting for them; given back by the reviewers and waiting for a unit."""

    returned: tuple[Task, ...]
    waiting: tuple[Task, ...]
    elsewhere: tuple[Task, ...]
    followups: tuple[FollowUpLine, ...] = ()

    @property
    def count(self) -> int:
        return len(self.returned) + len(self.waiting) + len(self.followups)


def acts_in(user: User, agency: Agency) -> bool:
    """Whether any step can wait for the user in this agency: only then is there an inbox."""
    return any(held.agency == agency.pk and held.role in ACTING for held in roles_of(user))


def task_count(user: User, agency: Agency, year: int, on: date) -> int:
    """How much waits for the user; three queries, and none for one for whom nothing can wait or whose inbox
    this request has read already."""
    if not acts_in(user, agency):
        return 0
    known: dict[tuple[int, int, date], int] = getattr(user, "_tasks_counted", {})
    if (agency.pk, year, on) in known:
        return known[agency.pk, year, on]
    quarters = sum(_waits_for(user, quarter, on) for quarter in _quarters(agency, year))
    return quarters + len(_followups(user, agency, year, on))


def inbox(user: User, agency: Agency, year: int, on: date) -> Inbox:
    """Everything that waits, the oldest first; four queries."""
    if not acts_in(user, agency):
        return Inbox((), (), ())
    quarters = _quarters(agency, year)
    log = _log(quarters)
    mine = [_task(quarter, log, on) for quarter in quarters if _waits_for(user, quarter, on)]
    is_reviewer = not roles_in(user, agency) <= FILLING_IN
    others = [
        _task(quarter, log, on)
        for quarter in quarters
        if is_reviewer and quarter.state == RowState.RETURNED and not _waits_for(user, quarter, on)
    ]
    found = Inbox(
        returned=tuple(task for task in _by_age(mine) if task.is_returned),
        waiting=tuple(task for task in _by_age(mine) if not task.is_returned),
        elsewhere=tuple(_by_age(others)),
        followups=_followups(user, agency, year, on),
    )
    # A request has its own user object, as with the roles held.
    user._tasks_counted = {(agency.pk, year, on): found.count}  # type: ignore[attr-defined]
    return found


def _followups(user: User, agency: Agency, year: int, on: date) -> tuple[FollowUpLine, ...]:
    """Follow-ups of the year's and earlier meetings: open ones of the user's unit, and reports to review."""
    is_reviewer = permissions.may_review_action(user, agency)
    found = []
    for line in pending_until(agency, year, on):
        is_open = line.action.state == ActionState.OPEN
        if permissions.may_report_action(user, line.action.unit) if is_open else is_reviewer:
            found.append(line)
    return tuple(found)


def _quarters(agency: Agency, year: int) -> list[UnitQuarter]:
    """The year's quarters of active units that a step can lead on from; the rest can wait for nobody."""
    found = (
        UnitQuarter.objects.for_agency(agency)
        .in_year(year)
        .filter(
            unit__is_active=True, state__in=[step.source for step in TRANSITIONS if not step.needs_reason]
        )
        .select_related("unit")
        .prefetch_related("exceptions")
        .order_by("quarter", "unit__sort_order", "unit__name")
    )
    quarters = list(found)
    for quarter in quarters:
        quarter.unit.agency = agency
    return quarters


def _waits_for(user: User, quarter: UnitQuarter, on: date) -> bool:
    """A quarter to be filled in waits only while it takes entries; one given back, until it is mended."""
    step = step_on(quarter.state)
    if step is None or not permissions.may_take(user, quarter.unit, step):
        return False
    return quarter.state != RowState.DRAFT or policies.may_enter(quarter, on)


def _log(quarters: Sequence[UnitQuarter]) -> dict[int, list[Transition]]:
    """By quarter, the steps of quarters and the rows that were given back, the latest first."""
    log = defaultdict(list)
    steps = (
        Transition.objects.filter(unit_quarter__in=quarters)
        .filter(Q(row_kind=RowKind.QUARTER) | Q(to_state=RowState.RETURNED))
        .select_related("by")
    )
    for step in steps:
        log[step.unit_quarter_id].append(step)
    return log


def _task(quarter: UnitQuarter, log: dict[int, list[Transition]], on: date) -> Task:
    step = step_on(quarter.state)
    assert step is not None  # _quarters reads no others
    latest, reasons, rows = _arrival(log[quarter.pk])
    return Task(
        unit_quarter=quarter,
        step=step,
        standing=policies.standing(quarter, on),
        since=latest.at if latest else None,
        sender=latest.by if latest else None,
        reasons=reasons if quarter.state == RowState.RETURNED else (),
        rows=rows,
        review_days_left=policies.review_days_left(quarter, on),
    )


def _arrival(log: Sequence[Transition]) -> tuple[Transition | None, tuple[str, ...], int]:
    """The quarter's last step, and the reasons and rows that came with it or after it."""
    own = next((step for step in log if step.row_kind == RowKind.QUARTER), None)
    if own is None:
        return None, (), 0
    with_it = [step for step in log if step.at >= own.at]
    rows = [step for step in with_it if step.row_kind != RowKind.QUARTER]
    return own, tuple(dict.fromkeys(step.reason for step in with_it if step.reason)), len(rows)


def _by_age(tasks: Sequence[Task]) -> list[Task]:
    """What came first comes first; quarters that merely opened follow."""
    return sorted(tasks, key=lambda task: (task.since is None, task.since.timestamp() if task.since else 0))
