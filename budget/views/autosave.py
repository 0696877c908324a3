"""Saving the cells of one group of rows as they are left, many times an hour by many people at once: what
entering does not change is read now and then, the rows under the quarter's lock, the page outside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from budget.actions.entry import Outcome, write_entries
from budget.forms.entry import GroupForms
from budget.queries.quarter_plan import Address, keep_plan, recent_plan
from budget.queries.quarter_reader import QuarterReader
from budget.views.quarter import reader_of
from sakip.actions.measurement import open_quarter, open_quarter_at
from sakip.models import User
from sakip.workflow import permissions


@dataclass(frozen=True, slots=True)
class SavedGroup:
    """What became of what was sent, and the reader that knows what stands around it."""

    reader: QuarterReader
    forms: GroupForms
    outcome: Outcome


def save_group(by: User, address: Address, key: str, data: Mapping, at: datetime) -> SavedGroup | None:
    """None where the quarter has no such group. Raises as `open_quarter_at` does."""
    plan = recent_plan(address)
    if plan is not None and permissions.may_read_agency(by, plan.quarter.unit.agency):
        with transaction.atomic():
            opened = open_quarter(plan.quarter, by=by, at=at)
            reader = QuarterReader(opened, plan)
            forms = _forms(reader, key, data)
            if forms is not None and forms.takes(data):
                return _saved(reader, forms, by, at)
    agency, year, unit, quarter = address
    with transaction.atomic():
        opened = open_quarter_at(agency=agency, year=year, unit=unit, quarter=quarter, by=by, at=at)
        reader = reader_of(opened)
        forms = _forms(reader, key, data)
        saved = _saved(reader, forms, by, at) if forms is not None else None
    keep_plan(address, reader.plan)
    return saved


def _forms(reader: QuarterReader, key: str, data: Mapping) -> GroupForms | None:
    found = reader.group(key)
    return None if found is None else GroupForms.of(found, data)


def _saved(reader: QuarterReader, forms: GroupForms, by: User, at: datetime) -> SavedGroup:
    edits = forms.edits()
    outcome = write_entries(
        quarter=reader.quarter,
        realisations=edits.realisations,
        measurements=edits.measurements,
        by=by,
        at=at,
        lines_read={cells.line: cells.row for cells in forms.group.lines},
        indicators_read={cells.indicator: cells.row for cells in forms.group.indicators},
    )
    forms.take(outcome)
    return SavedGroup(reader, forms, outcome)
