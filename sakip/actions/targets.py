"""Writing the action plan: the targets of a year's quarters, cell by cell as realisations are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sakip.actions import history
from sakip.actions.measurement import Conflict, Edit
from sakip.models import HistoryAction, Indicator, Target, TargetKind, Unit, UnitQuarter, User
from sakip.models.base import measured
from sakip.queries.measuring import is_measured_by
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.values import Measured
from sakip.workflow import permissions, policies

# The cells of an indicator and the quarters that they stand for.
CELLS: dict[str, int] = {f"tw{quarter}": quarter for quarter in QUARTERS}


@dataclass(frozen=True, slots=True)
class PlanSaved:
    """How many cells changed, and by indicator those that somebody else had changed, left as they are."""

    changed: int
    conflicts: Mapping[Indicator, tuple[Conflict, ...]]


@transaction.atomic
def write_action_plan(
    *,
    unit: Unit,
    year: int,
    edits: Mapping[Indicator, Mapping[str, Edit]],
    by: User,
    at: datetime,
) -> PlanSaved:
    """Set targets of quarters of indicators that the unit measures; a line of history each.

    A cell that holds what is wanted already is left alone. Raises PermissionDenied for anybody but the
    perencana, QuarterClosed for a quarter that was approved or an indicator of another unit.
    """
    permissions.require_write_action_plan(by, unit.agency)
    # No quarter is approved meanwhile, and writers of a unit queue up. The quarters are held before their
    # unit, as in every step of a quarter.
    held = UnitQuarter.objects.select_for_update().filter(unit=unit, year=year).order_by("quarter")
    quarters = {found.quarter: found for found in held}
    Unit.objects.select_for_update().get(pk=unit.pk)
    rows = {
        (row.indicator_id, row.quarter): row
        for row in Target.objects.filter(indicator__in=edits, kind=TargetKind.ACTION_PLAN, year=year)
    }
    written: dict[HistoryAction, list[tuple[Target, list[history.Change]]]] = {}
    conflicts: dict[Indicator, tuple[Conflict, ...]] = {}
    for indicator, cells in edits.items():
        if not is_measured_by(indicator, unit):
            raise policies.QuarterClosed(f"Indikator ini tidak diisi oleh {unit}.")
        met = []
        for cell, edit in cells.items():
            quarter = CELLS[cell]
            row = rows.get((indicator.pk, quarter)) or Target(
                indicator=indicator, kind=TargetKind.ACTION_PLAN, year=year, quarter=quarter
            )
            now = measured(row.value_state, row.value)
            if now == edit.wanted:
                continue
            if now != edit.seen:
                met.append(Conflict(cell, theirs=now, mine=edit.wanted))
                continue
            policies.require_change_target(quarters.get(quarter))
            action = HistoryAction.UPDATE if row.pk else HistoryAction.CREATE
            written.setdefault(action, []).append((row, [_store(row, now, edit.wanted)]))
        if met:
            conflicts[indicator] = tuple(met)
    for action, subjects in written.items():
        history.record_all(
            agency=unit.agency,
            unit=unit,
            subjects=subjects,
            action=action,
            by=by,
            at=at,
            is_locked=True,
        )
    return PlanSaved(sum(map(len, written.values())), conflicts)


def _store(row: Target, now: Measured, wanted: object) -> history.Change:
    assert isinstance(wanted, Measured)
    row.value_state, row.value = wanted.state.value, wanted.number
    row.save()
    return history.Change("value", history.shown(now), history.shown(wanted))
