"""Taking back one's own last change of a quarter: the old values are written anew, the history only grows."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from budget.actions.entry import MEASURES, save_entries
from budget.models import BudgetLine, QuarterlyRealisation
from sakip.actions.measurement import MEASURES as INDICATOR_MEASURES
from sakip.actions.measurement import Content, Edit
from sakip.models import HistoryAction, HistoryEntry, Indicator, Measurement, UnitQuarter, User
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured

WORDS = {value.state.label: value for value in (NIHIL, NOT_APPLICABLE, MISSING)}
REASON = "Mengurungkan perubahan sendiri."
# The history names a measured cell by the column of its number.
CELLS = {
    QuarterlyRealisation._meta.label_lower: {number: cell for cell, (_, number) in MEASURES.items()},
    Measurement._meta.label_lower: {number: cell for cell, (_, number) in INDICATOR_MEASURES.items()},
}
WRITTEN = (HistoryAction.CREATE, HistoryAction.UPDATE)


class NothingToUndo(PermissionDenied):
    """There is no change of one's own, or somebody has changed the cell since."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """What somebody saved last in a quarter: one line of history a cell."""

    entries: tuple[HistoryEntry, ...]

    @property
    def key(self) -> int:
        """Names the change, so that what was shown is what is taken back."""
        return self.entries[-1].sequence


def has_change(unit_quarter: UnitQuarter, user: User) -> bool:
    """Whether the user has saved anything in this quarter; one query."""
    return _own(unit_quarter, user).exists()


def last_change(unit_quarter: UnitQuarter, user: User) -> LastChange | None:
    """The cells that the user saved last in this quarter; two queries."""
    own = _own(unit_quarter, user)
    last = own.order_by("-sequence").first()
    if last is None:
        return None
    return LastChange(tuple(own.filter(at=last.at).order_by("sequence")))


def _own(unit_quarter: UnitQuarter, user: User) -> QuerySet[HistoryEntry]:
    of_rows = Q(
        model=QuarterlyRealisation._meta.label_lower,
        object_id__in=unit_quarter.realisations.values("pk"),
    ) | Q(model=Measurement._meta.label_lower, object_id__in=unit_quarter.measurements.values("pk"))
    own = HistoryEntry.objects.filter(of_rows, unit=unit_quarter.unit, by=user, action__in=WRITTEN)
    return own.exclude(field="evidence")  # is taken off a row by itself


@transaction.atomic
def undo_last_change(*, unit_quarter: UnitQuarter, key: int, by: User, at: datetime) -> int:
    """Put back what stood there before `by` saved last; how many cells. Raises NothingToUndo where that
    change is not the last any more or a cell was changed since, QuarterClosed where it takes no entries."""
    change = last_change(unit_quarter, by)
    if change is None or change.key != key:
        raise NothingToUndo("Perubahan itu bukan lagi perubahan terakhir Anda pada triwulan ini.")
    lines: dict[BudgetLine, dict[str, Edit]] = {}
    indicators: dict[Indicator, dict[str, Edit]] = {}
    realisations = {row.pk: row for row in unit_quarter.realisations.select_related("line")}
    measurements = {row.pk: row for row in unit_quarter.measurements.select_related("indicator")}
    for entry in change.entries:
        cell, edit = _reversed(entry)
        if entry.model == Measurement._meta.label_lower:
            indicators.setdefault(measurements[entry.object_id].indicator, {})[cell] = edit
        else:
            lines.setdefault(realisations[entry.object_id].line, {})[cell] = edit
    outcome = save_entries(
        unit_quarter=unit_quarter, realisations=lines, measurements=indicators, by=by, at=at, reason=REASON
    )
    if outcome.has_conflict:
        raise NothingToUndo("Isian itu sudah diubah lagi oleh orang lain, sehingga tidak dapat diurungkan.")
    return len(change.entries)


def _reversed(entry: HistoryEntry) -> tuple[str, Edit]:
    cells = CELLS[entry.model]
    if entry.field not in cells:
        return entry.field, Edit(seen=entry.new, wanted=entry.old)
    return cells[entry.field], Edit(seen=_measured(entry.new), wanted=_measured(entry.old))


def _measured(text: str) -> Content:
    """The exact value as the history keeps it."""
    return WORDS.get(text) or Measured.of(Decimal(text))
