"""Saving a checked pack in one transaction, repeatable: what is there already is compared, never doubled."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path

from django.db import DatabaseError, models, transaction

from sakip.actions.history import Change, changes_between, record
from sakip.models import Agency, HistoryAction, Unit
from sakip.packs.checking import check_pack, the_agency
from sakip.packs.faults import Fault, PackFaultsError
from sakip.packs.reading import Pack, Row, read_pack
from sakip.packs.specs import FileSpec


class OnDifference(Enum):
    """What to do where the database holds another value than the pack."""

    REFUSE = "refuse"
    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that stands otherwise in the database."""

    file: str
    line: int
    change: Change

    def __str__(self) -> str:
        return (
            f"{self.file}, baris {self.line}, kolom {self.change.field}: di portal “{self.change.old}”, "
            f"di paket “{self.change.new}”"
        )


class PackDiffersError(Exception):
    """The portal holds other values than the pack, and nobody said that the pack may replace them."""

    def __init__(self, differences: list[Difference]) -> None:
        self.differences = differences
        super().__init__("\n".join(map(str, differences)))


@dataclass(slots=True)
class Loaded:
    """What a load did: rows created per file, rows replaced, rows that stood there already."""

    created: dict[str, int] = field(default_factory=dict)
    replaced: int = 0
    kept: int = 0
    same: int = 0
    agency: Agency | None = None

    @property
    def is_unchanged(self) -> bool:
        return not self.created and not self.replaced


def load_pack(
    folder: Path,
    specs: Iterable[FileSpec],
    *,
    at: datetime,
    on_difference: OnDifference = OnDifference.REFUSE,
) -> Loaded:
    """Load every file of the folder, or nothing. Raises PackFaultsError or PackDiffersError."""
    with transaction.atomic():
        pack = read_pack(folder, specs)
        check_pack(pack)
        return _Loading(pack, at, on_difference).run()


class _Loading:
    """One load: the pack, the differences found so far, and what was done."""

    def __init__(self, pack: Pack, at: datetime, on_difference: OnDifference) -> None:
        self.pack = pack
        self.at = at
        self.on_difference = on_difference
        self.done = Loaded()
        self.differences: list[Difference] = []
        self.replaced: list[tuple[FileSpec, models.Model, list[Change]]] = []

    def run(self) -> Loaded:
        for spec in self.pack.specs.values():
            if not spec.is_reference:
                self.load_file(spec)
        if self.differences and self.on_difference is OnDifference.REFUSE:
            raise PackDiffersError(self.differences)
        self.done.agency = the_agency(self.pack)
        self.write_history(self.done.agency)
        return self.done

    def load_file(self, spec: FileSpec) -> None:
        existing = self.existing_of(spec)
        new: list[Row] = []
        for row in self.pack.rows[spec.name]:
            self.point_to_saved(spec, row)
            found = existing.get(self.saved_key(spec, row.instance))
            if found is None:
                new.append(row)
            else:
                self.compare(spec, row, found)
                row.instance = found
        while new:
            # A row may hang on an earlier line of its own file, which has to be saved first.
            ready = [row for row in new if not self.waits(spec, row)]
            for row in ready:
                self.point_to_saved(spec, row)
            self.save(spec, [row.instance for row in ready if row.instance is not None])
            new = [row for row in new if row.instance is None or row.instance.pk is None]

    def existing_of(self, spec: FileSpec) -> dict[tuple[object, ...], models.Model]:
        rows = spec.model._default_manager.filter(**spec.where)
        if spec.scope is not None:
            agency = the_agency(self.pack)
            if agency is None or agency.pk is None:
                return {}
            rows = rows.filter(**{spec.scope: agency})
        return {self.saved_key(spec, instance): instance for instance in rows}

    def saved_key(self, spec: FileSpec, instance: models.Model | None) -> tuple[object, ...]:
        assert instance is not None
        return tuple(
            getattr(instance, spec.model._meta.get_field(name).attname)  # type: ignore[union-attr]
            for name in spec.key
        )

    def point_to_saved(self, spec: FileSpec, row: Row) -> None:
        """The rows pointed to are saved by now, or turned out to be in the database already."""
        assert row.instance is not None
        for name, target in row.targets.items():
            if target is not None and getattr(row.instance, name) is not None:
                setattr(row.instance, name, target.instance)
        if spec.scope == "agency" and getattr(row.instance, "agency", None) is not None:
            row.instance.agency = the_agency(self.pack)  # type: ignore[attr-defined]

    def waits(self, spec: FileSpec, row: Row) -> bool:
        own = (row.targets[reference.field] for reference in spec.refs if reference.file == spec.name)
        above = (target.instance for target in own if target is not None)
        return any(instance is not None and instance.pk is None for instance in above)

    def save(self, spec: FileSpec, instances: list[models.Model]) -> None:
        try:
            with transaction.atomic():
                spec.model._default_manager.bulk_create(instances)
        except (DatabaseError, ValueError) as error:
            expected = "baris yang tidak bertentangan dengan data lain di portal"
            raise PackFaultsError([Fault(spec.filename, None, "", str(error), expected)]) from error
        self.done.created[spec.filename] = self.done.created.get(spec.filename, 0) + len(instances)

    def compare(self, spec: FileSpec, row: Row, found: models.Model) -> None:
        names = [spec.model._meta.get_field(name).attname for name in spec.loaded_fields]  # type: ignore[union-attr]
        changes = changes_between(
            {name: getattr(found, name) for name in names},
            {name: getattr(row.instance, name) for name in names},
        )
        if not changes:
            self.done.same += 1
            return
        self.differences += [Difference(spec.filename, row.line, change) for change in changes]
        if self.on_difference is not OnDifference.REPLACE:
            self.done.kept += 1
            return
        for name in names:
            setattr(found, name, getattr(row.instance, name))
        try:
            with transaction.atomic():
                found.save()
        except (DatabaseError, ValueError) as error:
            expected = "nilai yang tidak bertentangan dengan data lain di portal"
            raise PackFaultsError([Fault(spec.filename, row.line, "", str(error), expected)]) from error
        self.done.replaced += 1
        self.replaced.append((spec, found, changes))

    def write_history(self, agency: Agency | None) -> None:
        """A line a file for an agency's new rows, and a line a field for a value that the pack replaced."""
        write = partial(record, agency=agency, by=None, at=self.at, reason="Paket data dimuat.")
        if agency is not None:
            counts = self.done.created.items()
            imported = [Change(file, "", f"diimpor {count} baris") for file, count in counts]
            write(subject=agency, unit=None, action=HistoryAction.IMPORT, changes=imported)
        for spec, instance, changes in self.replaced:
            unit = unit_of(spec, instance)
            write(subject=instance, unit=unit, action=HistoryAction.UPDATE, changes=changes)


def unit_of(spec: FileSpec, instance: models.Model) -> Unit | None:
    """The unit in whose history a change of the row belongs."""
    found: object = instance
    for name in spec.unit_path.split("."):
        found = getattr(found, name, None) if name else None
    return found if isinstance(found, Unit) else None
