"""Writing the history: one line a changed field, chained by hash within a unit (or agency)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from sakip.models import Agency, HistoryAction, HistoryEntry, Unit, User
from sakip.scoring.values import Measured


@dataclass(frozen=True, slots=True)
class Change:
    """One field's old and new value as they are shown."""

    field: str
    old: str
    new: str


def shown(value: object) -> str:
    """A value as the history keeps it: exact, with an empty text for nothing and the word of a state that
    stands in place of a number."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Measured):
        return value.state.label if value.number is None else shown(value.number)
    if isinstance(value, models.Model):
        return f"{value.pk} {value}"
    return str(value)


def changes_between(before: Mapping[str, object], after: Mapping[str, object]) -> list[Change]:
    """The fields whose shown value differs, in the order of `after`."""
    pairs = ((field, shown(before.get(field)), shown(new)) for field, new in after.items())
    return [Change(field, old, new) for field, old, new in pairs if old != new]


def chain_of(agency: Agency | None, unit: Unit | None) -> str:
    """One chain a unit, one for what an agency holds outside its units, one for shared reference data."""
    if unit:
        return f"unit:{unit.pk}"
    return f"agency:{agency.pk}" if agency else "reference"


def length_of(agency: Agency | None, unit: Unit | None) -> int:
    """How many lines the chain has."""
    return HistoryEntry.objects.filter(chain=chain_of(agency, unit)).count()


def record(
    *,
    agency: Agency | None,
    unit: Unit | None,
    subject: models.Model,
    action: HistoryAction,
    changes: Iterable[Change],
    by: User | None,
    at: datetime,
    reason: str = "",
    is_locked: bool = False,
) -> list[HistoryEntry]:
    """Append one row's changes to the chain; `is_locked` as for `record_all`."""
    return record_all(
        agency=agency,
        unit=unit,
        subjects=[(subject, list(changes))],
        action=action,
        by=by,
        at=at,
        reason=reason,
        is_locked=is_locked,
    )


@transaction.atomic(savepoint=False)
def record_all(
    *,
    agency: Agency | None,
    unit: Unit | None,
    subjects: Iterable[tuple[models.Model, Iterable[Change]]],
    action: HistoryAction,
    by: User | None,
    at: datetime,
    reason: str = "",
    is_locked: bool = False,
) -> list[HistoryEntry]:
    """Append the changes of several rows to the chain. The owner's row is locked first, so that two writers
    queue up and no sequence number is used twice; `is_locked` says that the caller's transaction holds it."""
    owner = unit or agency
    if owner is None:
        _lock_reference_chain()
    elif not is_locked:
        type(owner)._default_manager.select_for_update().get(pk=owner.pk)
    chain = chain_of(agency, unit)
    ends = HistoryEntry.objects.filter(chain=chain).order_by("-sequence").values_list("sequence", "hash")
    sequence, previous = ends.first() or (0, "")
    entries = []
    for subject, change in ((subject, change) for subject, changes in subjects for change in changes):
        sequence += 1
        entry = HistoryEntry(
            agency=agency,
            unit=unit,
            chain=chain,
            sequence=sequence,
            at=at,
            by=by,
            action=action,
            model=subject._meta.label_lower,
            object_id=subject.pk,
            label=str(subject)[:300],
            field=change.field,
            old=change.old,
            new=change.new,
            reason=reason,
            previous_hash=previous,
        )
        entry.hash = previous = entry.content_hash()
        entries.append(entry)
    return HistoryEntry.objects.bulk_create(entries)


def _lock_reference_chain() -> None:
    """Lines of no agency have no owner to queue up at: they do so at the row that names their model, which is
    always there and always the same, as the chain's last line would not be."""
    names = {"app_label": HistoryEntry._meta.app_label, "model": HistoryEntry._meta.model_name}
    ContentType.objects.select_for_update(no_key=True).get(**names)
