"""From rows to model instances: lengths, ranges, rules and uniqueness, before anything is saved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from sakip.models import Agency
from sakip.packs.faults import Fault, PackFaultsError
from sakip.packs.reading import Pack, Row
from sakip.packs.rules import SENTENCES, broken_rules, fields_of, holds
from sakip.packs.specs import FileSpec


def check_pack(pack: Pack) -> None:
    """Give every row its unsaved instance. Raises PackFaultsError with all faults of the pack."""
    faulty = {(fault.file, fault.line) for fault in pack.faults}
    for spec in pack.specs.values():
        if spec.is_reference:
            continue
        if spec.has_one_row and len(pack.rows[spec.name]) != 1:
            found = f"{len(pack.rows[spec.name])} baris"
            pack.faults.append(Fault(spec.filename, None, "", found, "tepat satu baris isi"))
        taken: dict[tuple[object, ...], int] = {}
        for row in pack.rows[spec.name]:
            row.instance = instance = _build(pack, spec, row)
            if (spec.filename, row.line) not in faulty and not _points_to_nothing(spec, row):
                pack.faults += _field_faults(spec, row, instance)
                pack.faults += _rule_faults(spec, row, instance)
                pack.faults += _twin_faults(spec, row, instance, taken)
    if pack.faults:
        raise PackFaultsError(pack.faults)


def _build(pack: Pack, spec: FileSpec, row: Row) -> models.Model:
    fields: dict[str, Any] = {}
    states = {each.field: each.state for each in spec.pairs}
    for name, value in row.values.items():
        if name in states:
            fields[states[name]], fields[name] = value.state.value, value.number
        else:
            fields[name] = value
    for name, target in row.targets.items():
        if target is not None:
            fields[name] = target.instance
    if spec.scope == "agency" and "agency" not in fields:
        fields["agency"] = the_agency(pack) or Agency()
    instance = spec.model(**fields)
    if spec.adjust:
        spec.adjust(instance)
    return instance


def the_agency(pack: Pack) -> Agency | None:
    """The one agency that a pack is about; unsaved, or nothing where the pack has none."""
    instance = pack.rows["agency"][0].instance if pack.rows.get("agency") else None
    return instance if isinstance(instance, Agency) else None


def _points_to_nothing(spec: FileSpec, row: Row) -> bool:
    return any(row.targets[ref.field] is None and not spec.may_be_empty(ref) for ref in spec.refs)


def _field_faults(spec: FileSpec, row: Row, instance: models.Model) -> list[Fault]:
    others = [field.name for field in instance._meta.fields if field.name not in spec.own_columns]
    try:
        instance.clean_fields(exclude=others)
    except ValidationError as error:
        return [
            Fault(spec.filename, row.line, column, row.cells.get(column, ""), " ".join(messages))
            for column, messages in error.message_dict.items()
        ]
    return []


def _rule_faults(spec: FileSpec, row: Row, instance: models.Model) -> list[Fault]:
    faults = []
    for rule in broken_rules(instance):
        assert isinstance(rule.condition, models.Q)
        columns = _columns_of(spec, fields_of(rule.condition))
        found = " / ".join(row.cells[column] for column in columns)
        expected = SENTENCES.get(rule.name, f"nilai yang memenuhi aturan {rule.name}")
        faults.append(Fault(spec.filename, row.line, ", ".join(columns), found, expected))
    return faults


def _twin_faults(
    spec: FileSpec, row: Row, instance: models.Model, taken: dict[tuple[object, ...], int]
) -> list[Fault]:
    """Faults of a row that repeats what another row of the file must be alone to have."""
    faults = []
    for fields in _unique_together(instance):
        key = (*fields, *(_identity(getattr(instance, field)) for field in fields))
        first = taken.setdefault(key, row.line)
        if first != row.line and set(fields) - {"agency"} != set(spec.key):
            columns = _columns_of(spec, list(fields))
            found = " / ".join(row.cells[column] for column in columns)
            expected = f"nilai yang berbeda dari baris {first}"
            faults.append(Fault(spec.filename, row.line, ", ".join(columns), found, expected))
    return faults


def _unique_together(instance: models.Model) -> list[tuple[str, ...]]:
    """The sets of fields in which this instance must be alone, as the database will ask it."""
    rules = (rule for rule in instance._meta.constraints if isinstance(rule, models.UniqueConstraint))
    sets = [tuple(rule.fields) for rule in rules if rule.condition is None or holds(rule.condition, instance)]
    single = [(field.name,) for field in instance._meta.fields if field.unique and not field.primary_key]
    return [fields for fields in sets + single if all(getattr(instance, name) is not None for name in fields)]


def _identity(value: object) -> object:
    return id(value) if isinstance(value, models.Model) else value


def _columns_of(spec: FileSpec, fields: list[str]) -> list[str]:
    """The columns in which these fields are written."""
    by_field = {reference.field: reference.by for reference in spec.refs}
    by_field |= {each.state: (each.field,) for each in spec.pairs}
    columns = [column for field in fields for column in by_field.get(field, (field,))]
    return [column for column in dict.fromkeys(columns) if column in spec.headings]
