"""Saying something about a cell."""

from datetime import datetime

from django.db import transaction

from budget.models import BudgetLine, CellComment, CellName
from sakip.actions import history
from sakip.models import HistoryAction, Indicator, UnitQuarter, User
from sakip.queries.measuring import is_measured_by
from sakip.workflow import permissions, policies


@transaction.atomic
def add_comment(
    *,
    unit_quarter: UnitQuarter,
    subject: BudgetLine | Indicator,
    cell: CellName,
    text: str,
    by: User,
    at: datetime,
) -> CellComment:
    """A comment on a cell of the quarter, in whatever state it is: a figure can be asked about for ever.

    Raises PermissionDenied where `by` neither fills in nor reviews the unit, QuarterClosed where the cell is
    another unit's.
    """
    permissions.require_comment(by, unit_quarter.unit)
    if isinstance(subject, BudgetLine):
        is_own = subject.unit_id == unit_quarter.unit_id and subject.year == unit_quarter.year
        comment = CellComment(line=subject)
    else:
        is_own = is_measured_by(subject, unit_quarter.unit)
        comment = CellComment(indicator=subject)
    if not is_own:
        raise policies.QuarterClosed(f"Baris ini bukan milik {unit_quarter}.")
    comment.unit_quarter, comment.cell, comment.text = unit_quarter, cell, text
    comment.by, comment.at = by, at
    comment.save()
    history.record(
        agency=unit_quarter.unit.agency,
        unit=unit_quarter.unit,
        subject=comment,
        action=HistoryAction.CREATE,
        changes=[history.Change("text", "", text)],
        by=by,
        at=at,
    )
    return comment
