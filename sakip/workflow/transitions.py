"""The workflow of a unit's quarter and its rows: one table of what leads where, and by whom."""

from dataclasses import dataclass
from enum import StrEnum

from sakip.models import Role, RowState


class Action(StrEnum):
    SUBMIT = "ajukan"
    VERIFY = "verifikasi"
    APPROVE = "sahkan"
    LOCK = "kunci"
    RETURN = "kembalikan"
    REOPEN = "buka_kembali"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table: in `source`, one of `roles` may do `action`, which leads to `target`. A step
    `by_clock` is also taken by itself when the window for review has ended.

    Rows obey the same lines as the quarter that they stand in: each by its own state.
    """

    action: Action
    label: str
    source: RowState
    target: RowState
    roles: frozenset[Role]
    needs_reason: bool = False
    by_clock: bool = False


FILLING_IN = frozenset({Role.OPERATOR, Role.UNIT_HEAD})
PLANNING = frozenset({Role.PLANNER})
HEADING = frozenset({Role.HEAD})

TRANSITIONS: tuple[Step, ...] = (
    Step(Action.SUBMIT, "Ajukan", RowState.DRAFT, RowState.SUBMITTED, FILLING_IN),
    Step(Action.SUBMIT, "Ajukan kembali", RowState.RETURNED, RowState.SUBMITTED, FILLING_IN),
    Step(Action.VERIFY, "Verifikasi", RowState.SUBMITTED, RowState.VERIFIED, PLANNING),
    Step(Action.RETURN, "Kembalikan", RowState.SUBMITTED, RowState.RETURNED, PLANNING, needs_reason=True),
    Step(Action.APPROVE, "Sahkan", RowState.VERIFIED, RowState.APPROVED, HEADING),
    Step(Action.RETURN, "Kembalikan", RowState.VERIFIED, RowState.RETURNED, HEADING, needs_reason=True),
    Step(Action.LOCK, "Kunci", RowState.APPROVED, RowState.LOCKED, PLANNING, by_clock=True),
    Step(Action.REOPEN, "Buka kembali", RowState.APPROVED, RowState.RETURNED, PLANNING, needs_reason=True),
    Step(Action.REOPEN, "Buka kembali", RowState.LOCKED, RowState.RETURNED, PLANNING, needs_reason=True),
)

_BY_START = {(step.source, step.action): step for step in TRANSITIONS}


def step_for(state: str, action: Action) -> Step | None:
    """The line of the table for an action in a state; None where the table has none."""
    return _BY_START.get((RowState(state), action))


def step_on(state: str) -> Step | None:
    """The step that takes a quarter or a row further on its way; None at the end of it."""
    return next((step for step in steps_from(state) if not step.needs_reason), None)


def step_back(state: str) -> Step | None:
    """The step that gives it back to those who fill in, whatever it is called in this state."""
    return next((step for step in steps_from(state) if step.target is RowState.RETURNED), None)


def steps_from(state: str) -> tuple[Step, ...]:
    """Everything the table allows in a state, whoever may do it."""
    return tuple(step for step in TRANSITIONS if step.source == state)
