"""Writing what a unit enters in a quarter: money and physical progress of its lines, together with the
realisations of its indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from budget.models import BudgetLine, QuarterlyRealisation
from sakip.actions.measurement import Edit, Saved, open_quarter, write_measurement, write_row
from sakip.models import Indicator, Measurement, UnitQuarter, User
from sakip.workflow import policies

MEASURES = {"amount": ("amount_state", "amount_rp"), "physical": ("physical_state", "physical_pct")}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every row that was sent, by line and by indicator."""

    realisations: dict[BudgetLine, Saved] = field(default_factory=dict)
    measurements: dict[Indicator, Saved] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Saved, ...]:
        return (*self.realisations.values(), *self.measurements.values())

    @property
    def changed(self) -> int:
        """How many rows were written."""
        return sum(1 for saved in self.all if saved.changed)

    @property
    def has_conflict(self) -> bool:
        return any(saved.conflicts for saved in self.all)


@transaction.atomic
def save_entries(
    *,
    unit_quarter: UnitQuarter,
    realisations: Mapping[BudgetLine, Mapping[str, Edit]],
    measurements: Mapping[Indicator, Mapping[str, Edit]],
    by: User,
    at: datetime,
    reason: str = "",
) -> Outcome:
    """The cells of any number of rows of one quarter, all in one transaction.

    Raises PermissionDenied where `by` may not fill in the unit or a row belongs to another one, QuarterClosed
    where the quarter takes no entries; then nothing is written.
    """
    quarter = open_quarter(unit_quarter, by=by, at=at)
    return write_entries(
        quarter=quarter, realisations=realisations, measurements=measurements, by=by, at=at, reason=reason
    )


@transaction.atomic(savepoint=False)
def write_entries(
    *,
    quarter: UnitQuarter,
    realisations: Mapping[BudgetLine, Mapping[str, Edit]],
    measurements: Mapping[Indicator, Mapping[str, Edit]],
    by: User,
    at: datetime,
    reason: str = "",
    lines_read: Mapping[BudgetLine, QuarterlyRealisation] | None = None,
    indicators_read: Mapping[Indicator, Measurement] | None = None,
) -> Outcome:
    """The same in a quarter that `open_quarter` or `open_quarter_at` gave in this transaction; rows that were
    read since then can be handed over."""
    lines_read, indicators_read = lines_read or {}, indicators_read or {}
    outcome = Outcome()
    for line, edits in realisations.items():
        row = lines_read.get(line)
        outcome.realisations[line] = _write_realisation(
            quarter, line, edits, by=by, at=at, reason=reason, row=row
        )
    for indicator, edits in measurements.items():
        outcome.measurements[indicator] = write_measurement(
            quarter, indicator, edits, by=by, at=at, reason=reason, row=indicators_read.get(indicator)
        )
    return outcome


def _write_realisation(
    quarter: UnitQuarter,
    line: BudgetLine,
    edits: Mapping[str, Edit],
    *,
    by: User,
    at: datetime,
    reason: str,
    row: QuarterlyRealisation | None,
) -> Saved:
    if line.unit_id != quarter.unit_id or line.year != quarter.year:
        raise policies.QuarterClosed(f"Baris anggaran ini bukan milik {quarter}.")
    if row is None:
        rows = QuarterlyRealisation.objects.select_for_update()
        row = rows.filter(unit_quarter=quarter, line=line).first()
        row = row or QuarterlyRealisation(unit_quarter=quarter, line=line)
    return write_row(row, edits, MEASURES, quarter=quarter, by=by, at=at, reason=reason)
