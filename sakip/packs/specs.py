"""What a file of a pack looks like: its columns, its key, and what its rows become in the database.

Most of it is read off the model: kind, length and whether a cell may stay empty.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from sakip.packs.values import Choice, Date, Kind, MeasuredNumber, Number, Text, Whole, YesNo

LARGEST = {"PositiveSmallIntegerField": 32_767, "PositiveIntegerField": 2_147_483_647}


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose cell is the value of a model field of the same name."""

    name: str
    kind: Kind
    is_required: bool
    when_empty: object
    about: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A foreign key, written as the key of a row of another file (`by`: the columns that hold that key)."""

    field: str
    file: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A measured value: one column for a model's number and its state."""

    field: str
    state: str


def ref(field: str, file: str, *by: str) -> Ref:
    return Ref(field, file, by or (field,))


def pair(field: str) -> Pair:
    return Pair(field, f"{field}_state")


@dataclass(frozen=True)
class FileSpec:
    """One file: `<name>.csv`, one row of it one row of `model`.

    `key` names the fields that tell two rows apart, in the file and in the database. `scope` is the path from
    the model to its agency; None for rows of no agency, which `where` may narrow. `unit_path` leads to the
    unit whose history notes a change. A table with `is_reference` is no file: its rows stand in the database.
    """

    name: str
    model: type[models.Model]
    about: str
    columns: tuple[str | Ref | Pair, ...]
    key: tuple[str, ...]
    scope: str | None = "agency"
    where: Mapping[str, object] = field(default_factory=dict)
    has_one_row: bool = False
    unit_path: str = ""
    is_reference: bool = False
    adjust: Callable[[Any], None] | None = None

    @property
    def filename(self) -> str:
        return f"{self.name}.csv"

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        return tuple(column for column in self.columns if isinstance(column, Ref))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(column for column in self.columns if isinstance(column, Pair))

    @cached_property
    def own_columns(self) -> dict[str, Column]:
        """The columns that are fields of the model, foreign keys left out."""
        plain = [self._plain(column) for column in self.columns if isinstance(column, str)]
        return {column.name: column for column in (*plain, *map(self._measured, self.pairs))}

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The file's header, in the order of the specification."""
        names: list[str] = []
        for column in self.columns:
            match column:
                case Ref(by=by):
                    names += by
                case Pair(field=name):
                    names.append(name)
                case str():
                    names.append(column)
        return tuple(dict.fromkeys(names))

    @cached_property
    def key_columns(self) -> tuple[str, ...]:
        """The columns that hold the key, foreign keys spelled out."""
        by_field = {reference.field: reference.by for reference in self.refs}
        names = [name for part in self.key for name in by_field.get(part, (part,))]
        return tuple(dict.fromkeys(names))

    @cached_property
    def loaded_fields(self) -> tuple[str, ...]:
        """The model's fields that a row sets."""
        states = [each.state for each in self.pairs]
        return (*(reference.field for reference in self.refs), *self.own_columns, *states)

    def may_be_empty(self, reference: Ref) -> bool:
        return bool(self.model._meta.get_field(reference.field).null)

    def _plain(self, name: str) -> Column:
        source = self.model._meta.get_field(name)
        assert isinstance(source, models.Field)
        is_required = not (source.null or source.blank or source.has_default())
        when_empty = None if source.null else (source.get_default() if source.has_default() else "")
        return Column(name, kind_of(source), is_required, when_empty, str(source.verbose_name))

    def _measured(self, each: Pair) -> Column:
        source = self.model._meta.get_field(each.field)
        assert isinstance(source, models.DecimalField)
        kind = MeasuredNumber(decimal_kind(source))
        return Column(each.field, kind, False, kind.when_empty, str(source.verbose_name))


def decimal_kind(source: models.DecimalField) -> Number:
    assert source.max_digits is not None
    assert source.decimal_places is not None
    return Number(source.max_digits, source.decimal_places)


def kind_of(source: models.Field) -> Kind:
    """The kind of value that a model field takes."""
    if source.choices:
        words = [str(value) for value, _ in source.flatchoices if value != ""]
        return Choice({word: word for word in words})
    match source:
        case models.BooleanField():
            return YesNo()
        case models.DecimalField():
            return decimal_kind(source)
        case models.DateField():
            return Date()
        case models.IntegerField():
            return Whole(LARGEST[source.get_internal_type()])
    return Text(source.max_length)


def by_name(specs: Iterable[FileSpec]) -> dict[str, FileSpec]:
    return {spec.name: spec for spec in specs}
