"""Writing rows of a unit's quarter: cell by cell, so that two people on one row never overwrite each other
unseen. Here also the realisation of an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sakip.actions import history
from sakip.models import HistoryAction, Indicator, Measurement, UnitQuarter, User
from sakip.models.base import measured
from sakip.models.measurement import QuarterRow
from sakip.queries.measuring import is_measured_by
from sakip.scoring.values import Measured
from sakip.workflow import permissions, policies

# A cell that is measured stands in two columns: its state and its number. Texts stand in one.
MEASURES: dict[str, tuple[str, str]] = {"value": ("value_state", "value")}

Content = Measured | str


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell as its writer saw it and as they want it."""

    seen: Content
    wanted: Content


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that somebody else changed since the writer saw it; the writer chooses."""

    cell: str
    theirs: Content
    mine: Content


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the edits of one row. Cells in conflict were left as they are."""

    row: QuarterRow
    changed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def content(row: QuarterRow, cell: str, measures: Mapping[str, tuple[str, str]]) -> Content:
    """What stands in a cell now."""
    if cell in measures:
        state, number = measures[cell]
        return measured(getattr(row, state), getattr(row, number))
    return str(getattr(row, cell))


def open_quarter(unit_quarter: UnitQuarter, *, by: User, at: datetime) -> UnitQuarter:
    """The quarter, locked for this transaction, so that its writers queue up and no state changes under them.

    Raises PermissionDenied where `by` may not fill in the unit, QuarterClosed where it takes no entries.
    """
    locked = get_object_or_404(_locked().select_related("unit"), pk=unit_quarter.pk)
    locked.unit.agency = unit_quarter.unit.agency
    return _opened(locked, by=by, at=at)


def open_quarter_at(
    *, agency: str, year: int, unit: str, quarter: int, by: User, at: datetime
) -> UnitQuarter:
    """The quarter of an address, locked as by `open_quarter` and read with its agency in one query. Whoever
    may not read the agency gets a 404 and holds up nobody."""
    readable = permissions.quarters_of(by, _locked().select_related("unit__agency__government"))
    address = {"unit__agency__slug": agency, "unit__slug": unit, "year": year, "quarter": quarter}
    return _opened(get_object_or_404(readable, **address), by=by, at=at)


def _locked() -> QuerySet[UnitQuarter]:
    """The unit is locked along with its quarter: the history is written under both."""
    return UnitQuarter.objects.select_for_update(of=("self", "unit"))


def _opened(locked: UnitQuarter, *, by: User, at: datetime) -> UnitQuarter:
    permissions.require_fill_in(by, locked.unit)
    policies.require_enter(locked, timezone.localdate(at))
    return locked


def write_row(
    row: QuarterRow,
    edits: Mapping[str, Edit],
    measures: Mapping[str, tuple[str, str]],
    *,
    quarter: UnitQuarter,
    by: User,
    at: datetime,
    reason: str = "",
) -> Saved:
    """Apply the edits to a row of a quarter that `open_quarter` gave, with one line of history a cell.

    A cell that holds what is wanted already is left alone, so sending twice is harmless; one that
    changed since it was seen is a conflict and stays.
    """
    conflicts, before, after = [], {}, {}
    for cell, edit in edits.items():
        now = content(row, cell, measures)
        if now == edit.wanted:
            continue
        if now != edit.seen:
            conflicts.append(Conflict(cell, theirs=now, mine=edit.wanted))
            continue
        before[cell], after[cell] = now, edit.wanted
    if after:
        policies.require_change_row(row)
        _store(row, after, measures, by=by, at=at)
        _record(row, before, after, measures, quarter=quarter, by=by, at=at, reason=reason)
    return Saved(row, tuple(after), tuple(conflicts))


def _store(
    row: QuarterRow,
    cells: Mapping[str, Content],
    measures: Mapping[str, tuple[str, str]],
    *,
    by: User,
    at: datetime,
) -> None:
    written: dict[str, object] = {"version": row.version + 1, "updated_at": at, "updated_by": by}
    for cell, wanted in cells.items():
        if isinstance(wanted, Measured):
            state, number = measures[cell]
            written |= {state: wanted.state.value, number: wanted.number}
        else:
            written[cell] = wanted
    for field, value in written.items():
        setattr(row, field, value)
    row.save(update_fields=written if row.pk else None)


def _record(
    row: QuarterRow,
    before: Mapping[str, Content],
    after: Mapping[str, Content],
    measures: Mapping[str, tuple[str, str]],
    *,
    quarter: UnitQuarter,
    by: User,
    at: datetime,
    reason: str,
) -> None:
    changes = [
        history.Change(
            measures[cell][1] if cell in measures else cell, history.shown(before[cell]), history.shown(new)
        )
        for cell, new in after.items()
    ]
    history.record(
        agency=quarter.unit.agency,
        unit=quarter.unit,
        subject=row,
        action=HistoryAction.CREATE if row.version == 1 else HistoryAction.UPDATE,
        changes=changes,
        by=by,
        at=at,
        reason=reason,
        is_locked=True,
    )


def write_measurement(
    quarter: UnitQuarter,
    indicator: Indicator,
    edits: Mapping[str, Edit],
    *,
    by: User,
    at: datetime,
    reason: str = "",
    row: Measurement | None = None,
) -> Saved:
    """The indicator's cells (value, obstacle, solution) in a quarter that `open_quarter` gave; `row` is
    theirs where it was read since then."""
    if not is_measured_by(indicator, quarter.unit):
        raise policies.QuarterClosed(f"Indikator ini tidak diisi oleh {quarter.unit}.")
    if row is None:
        rows = Measurement.objects.select_for_update()
        row = rows.filter(unit_quarter=quarter, indicator=indicator).first()
        row = row or Measurement(unit_quarter=quarter, indicator=indicator)
    return write_row(row, edits, MEASURES, quarter=quarter, by=by, at=at, reason=reason)
