"""What a meeting's papers are made of beside the report's blocks, and how final minutes keep them as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from reporting.lkjip import blocks as report
from reporting.tables import base


@dataclass(frozen=True, slots=True)
class Facts:
    """Lines of a letter: 'Hari/tanggal : Kamis, 22 Oktober 2026'."""

    lines: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class LetterHead:
    """The head of a letter: number and subject at the left, place and date and who it goes to."""

    facts: tuple[tuple[str, str], ...]
    place_and_day: str
    addressees: tuple[str, ...]
    kind: str = "letter"


@dataclass(frozen=True, slots=True)
class SigningRow:
    """Who signs on the list: a role, with room for the name."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class SigningList:
    """The list on paper: numbered rows with room for a name and a signature."""

    rows: tuple[SigningRow, ...]
    kind: str = "signing"


@dataclass(frozen=True, slots=True)
class Paper:
    """One of a meeting's papers. `mark` stands on every page of one that is not final, or not official."""

    key: str
    title: str
    agency_name: str
    day: date
    blocks: tuple[Any, ...]
    mark: str = ""
    warning: str = ""


# Everything that a paper may hold; each is told by its name in the stored form.
_STORED = {
    cls.__name__: cls
    for cls in (
        Paper,
        Facts,
        LetterHead,
        SigningList,
        SigningRow,
        report.Paragraph,
        report.Heading,
        report.ItemList,
        report.Item,
        report.TableBlock,
        report.Signature,
        report.SignatureBlock,
        report.LetterheadBlock,
        report.TitleBlock,
        report.PageBreak,
        base.Table,
        base.Column,
        base.Row,
        base.Cell,
    )
}
_ENUMS = {cls.__name__: cls for cls in (base.Align, base.RowKind)}


def to_data(value: Any) -> Any:
    """A paper as JSON can keep it."""
    if is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        if name not in _STORED:
            raise TypeError(f"Blok {name} tidak dapat disimpan.")
        kept = {field.name: to_data(getattr(value, field.name)) for field in fields(value) if field.init}
        return {"is": name, **kept}
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "value": value.value}
    if isinstance(value, tuple | list):
        return [to_data(each) for each in value]
    if isinstance(value, Decimal):
        return {"is": "Decimal", "value": str(value)}
    if isinstance(value, date):
        return {"is": "date", "value": value.isoformat()}
    return value


def from_data(data: Any) -> Any:
    """What `to_data` kept; KeyError for what it never writes."""
    if isinstance(data, list):
        return tuple(from_data(each) for each in data)
    if not isinstance(data, Mapping):
        return data
    name = data["is"]
    if name == "Decimal":
        return Decimal(data["value"])
    if name == "date":
        return date.fromisoformat(data["value"])
    if name in _ENUMS:
        return _ENUMS[name](data["value"])
    return _STORED[name](**{key: from_data(value) for key, value in data.items() if key != "is"})
