"""Where a unit's quarter and its rows stand, with whom, and how they came there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from budget.queries.quarter_grid import Grid, IndicatorCells, LineCells, RowRef
from budget.queries.submission import names_of_rows, notes_of, rows_of
from sakip.models import RowKind, RowNote, RowState, Transition, User
from sakip.workflow import permissions
from sakip.workflow.transitions import Step, step_back
from sakip.workflow.wording import waiting_text

# The way of a quarter as the page shows it; a returned one stands at the start again.
WAY = (RowState.DRAFT, RowState.SUBMITTED, RowState.VERIFIED, RowState.APPROVED, RowState.LOCKED)
# A step names the rows that it moved, up to so many.
MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Event:
    """One step: of the quarter, or of rows that were given back in a quarter that was open already. `rows`
    names them where it was not all of the quarter's; `others` are more of them."""

    step: Transition
    rows: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """What the page says at a row: its state, why it was given back, and what was noted about it.
    `may_give_back`: the reader may send this row back now; `waiting` says with whom the row lies, where its
    quarter lies elsewhere."""

    state: str
    returned: Transition | None
    notes: tuple[RowNote, ...]
    may_give_back: bool
    waiting: str


@dataclass(frozen=True, slots=True)
class Journey:
    """`steps` are those open to the reader now; `returned` the rows that were given back and are not yet
    mended, as pairs of group key and name."""

    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    remarks: dict[str, Remark]
    returned: tuple[tuple[str, str], ...]

    @property
    def may_give_back_rows(self) -> bool:
        return any(remark.may_give_back for remark in self.remarks.values())

    def latest(self, state: str) -> Transition | None:
        """The quarter's last step into a state."""
        return next(
            (
                event.step
                for event in self.events
                if event.step.to_state == state and event.step.row_kind == RowKind.QUARTER
            ),
            None,
        )


def journey(grid: Grid, reader: User) -> Journey:
    """The way of a grid that was read already; two more queries, for its steps and its notes."""
    quarter = grid.unit_quarter
    log = list(
        quarter.transitions.filter(
            Q(row_kind=RowKind.QUARTER) | Q(to_state=RowState.RETURNED)
        ).select_related("by")
    )
    names = names_of_rows(grid)
    return Journey(
        steps=tuple(permissions.steps_open_to(reader, quarter)),
        events=tuple(_events(log, names)),
        remarks=_remarks(grid, log, reader),
        returned=tuple(_returned(grid, names)),
    )


def _events(log: Sequence[Transition], names: dict[RowRef, str]) -> Iterator[Event]:
    """The newest first. Steps of one moment belong together; a quarter that went back with all its rows names
    none of them."""
    for _, together in groupby(log, key=lambda step: step.at):
        steps = list(together)
        rows = [step for step in steps if step.row_kind != RowKind.QUARTER]
        head = next((step for step in steps if step.row_kind == RowKind.QUARTER), steps[0])
        if len(rows) >= len(names):
            rows = []
        named = [names[ref] for step in rows if (ref := RowRef(RowKind(step.row_kind), step.row_id)) in names]
        yield Event(head, tuple(named[:MOST_NAMES]), max(0, len(named) - MOST_NAMES))


def _remarks(grid: Grid, log: Sequence[Transition], reader: User) -> dict[str, Remark]:
    quarter = grid.unit_quarter
    latest: dict[RowRef, Transition] = {}
    for step in log:
        if step.row_kind != RowKind.QUARTER:
            latest.setdefault(RowRef(RowKind(step.row_kind), step.row_id), step)
    # What was said to several findings of a row at once is shown once.
    notes: dict[RowRef, dict[tuple[int, str], RowNote]] = {}
    for (row, _), note in notes_of(quarter).items():
        notes.setdefault(row, {})[note.by_id, note.text] = note
    own = step_back(quarter.state)
    may_move_quarter = own is None or permissions.may_take(reader, quarter.unit, own)
    return {
        str(cells.ref): Remark(
            state=cells.row.state,
            returned=latest.get(cells.ref) if cells.row.state == RowState.RETURNED else None,
            notes=tuple(notes.get(cells.ref, {}).values()),
            may_give_back=may_move_quarter and _may_go_back(cells, reader, grid),
            waiting=waiting_text(cells.row.state, quarter.unit.agency)
            if cells.row.state != quarter.state
            else "",
        )
        for cells in rows_of(grid)
        if cells.row.pk is not None
    }


def _may_go_back(cells: LineCells | IndicatorCells, reader: User, grid: Grid) -> bool:
    step = step_back(cells.row.state)
    return step is not None and permissions.may_take(reader, grid.unit_quarter.unit, step)


def _returned(grid: Grid, names: dict[RowRef, str]) -> Iterator[tuple[str, str]]:
    for group in grid.by_key.values():
        for cells in group.rows:
            if cells.row.pk is not None and cells.row.state == RowState.RETURNED:
                yield group.key, names[cells.ref]
