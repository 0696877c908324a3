"""The history as a person reads it: filtered, in the portal's words, in pages or as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import batched, groupby

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DecimalField, QuerySet
from django.utils import timezone

from sakip import indonesian
from sakip.models import Agency, HistoryAction, HistoryEntry, Measurement, Unit, User

PORTION = 2000
COLUMNS = ("Waktu", "Oleh", "Unit kerja", "Data", "Baris", "Kolom", "Tindakan", "Semula", "Menjadi", "Alasan")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader wants to see; None or empty for all. `subject` is one row: its model and number."""

    unit: Unit | None = None
    by: User | None = None
    field: tuple[str, str] | None = None
    action: str = ""
    since: date | None = None
    until: date | None = None
    subject: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history in the portal's words."""

    at: datetime
    by: str
    unit: str
    kind: str
    label: str
    field: str
    action: str
    old: str
    new: str
    reason: str
    subject: str

    @property
    def cells(self) -> tuple[str, ...]:
        """As `COLUMNS` names them."""
        when = f"{timezone.localtime(self.at):%Y-%m-%d %H:%M:%S}"
        return (
            when,
            self.by,
            self.unit,
            self.kind,
            self.label,
            self.field,
            self.action,
            self.old,
            self.new,
            self.reason,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: only what occurs in the agency's history."""

    units: Sequence[Unit]
    people: Sequence[User]
    fields: Sequence[tuple[str, list[tuple[str, str]]]]
    actions: Sequence[tuple[str, str]]


def entries_of(agency: Agency, wanted: Filter) -> QuerySet[HistoryEntry]:
    """The agency's lines, the newest first."""
    found = HistoryEntry.objects.filter(agency=agency).select_related("by", "unit").order_by("-at", "-pk")
    if wanted.unit is not None:
        found = found.filter(unit=wanted.unit)
    if wanted.by is not None:
        found = found.filter(by=wanted.by)
    if wanted.field is not None:
        found = found.filter(model=wanted.field[0], field=wanted.field[1])
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.since is not None:
        found = found.filter(at__gte=_start_of(wanted.since))
    if wanted.until is not None:
        found = found.filter(at__lt=_start_of(wanted.until + timedelta(days=1)))
    if wanted.subject is not None:
        found = found.filter(model=wanted.subject[0], object_id=wanted.subject[1])
    return found


def choices_of(agency: Agency) -> Choices:
    """Four queries."""
    of_agency = HistoryEntry.objects.filter(agency=agency).order_by()
    people = User.objects.filter(pk__in=of_agency.values("by")).order_by("first_name", "username")
    found = sorted(
        (kind_name(model), field_name(model, field), f"{model}:{field}")
        for model, field in of_agency.values_list("model", "field").distinct()
        if field
    )
    by_kind = groupby(found, key=lambda each: each[0])
    happened = set(of_agency.values_list("action", flat=True).distinct())
    return Choices(
        units=list(Unit.objects.filter(agency=agency).order_by("sort_order", "name")),
        people=list(people),
        fields=[(kind, [(key, label) for _, label, key in own]) for kind, own in by_kind],
        actions=[(value, label) for value, label in HistoryAction.choices if value in happened],
    )


def lines(entries: QuerySet[HistoryEntry]) -> Iterator[Line]:
    """All of them, read in portions."""
    for portion in batched(entries.iterator(chunk_size=PORTION), PORTION):
        yield from described_all(portion)


def described_all(entries: Sequence[HistoryEntry]) -> list[Line]:
    """In three queries: the history knows an indicator's row by the indicator's key."""
    measured = [entry.object_id for entry in entries if entry.model == Measurement._meta.label_lower]
    rows = (
        Measurement.objects.filter(pk__in=set(measured))
        .select_related("indicator", "unit_quarter")
        .prefetch_related("indicator__versions")
    )
    names = {
        row.pk: (row.indicator.key, version.name)
        for row in rows
        if (version := row.indicator.version_in(row.unit_quarter.year))
    }
    return [_described(entry, names) for entry in entries]


def _described(entry: HistoryEntry, names: Mapping[int, tuple[str, str]]) -> Line:
    label = entry.label
    if entry.model == Measurement._meta.label_lower and entry.object_id in names:
        label = label.replace(*names[entry.object_id], 1)
    return Line(
        at=entry.at,
        by=_author(entry),
        unit=str(entry.unit) if entry.unit else "",
        kind=kind_name(entry.model),
        label=label,
        field=field_name(entry.model, entry.field),
        action=entry.get_action_display(),
        old=_readable(entry.model, entry.field, entry.old),
        new=_readable(entry.model, entry.field, entry.new),
        reason=entry.reason,
        subject=f"{entry.model}:{entry.object_id}",
    )


def _author(entry: HistoryEntry) -> str:
    """Nobody in person wrote what a data pack brought, or what the clock did."""
    if entry.by:
        return str(entry.by)
    return "paket data" if entry.action == HistoryAction.IMPORT else "sistem"


@cache
def kind_name(model: str) -> str:
    """'Realisasi triwulan'; the stored word for a model that is no more."""
    try:
        name = str(apps.get_model(model)._meta.verbose_name)
    except LookupError:
        return model
    return name[:1].upper() + name[1:]


@cache
def _field(model: str, field: str):
    try:
        return apps.get_model(model)._meta.get_field(field)
    except (LookupError, FieldDoesNotExist):
        return None


def field_name(model: str, field: str) -> str:
    """'Kendala'; 'berkas units.csv' for what a data pack brought."""
    found = _field(model, field)
    if found is None:
        return f"berkas {field}" if field.endswith(".csv") else field
    return str(found.verbose_name)


def _readable(model: str, field: str, text: str) -> str:
    """Numbers and dates the Indonesian way; every other text as it was written."""
    found = _field(model, field)
    if isinstance(found, DecimalField):
        try:
            return indonesian.plain(Decimal(text))
        except InvalidOperation:
            return text
    if isinstance(found, DateField) and len(text) == len("2026-01-31"):
        return indonesian.date_long(date.fromisoformat(text))
    return text


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
