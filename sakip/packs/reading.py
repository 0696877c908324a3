"""From the files of a folder to checked rows, every fault collected. Only reference tables are read from
the database."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models

from sakip.packs.faults import Fault, PackFaultsError
from sakip.packs.specs import Column, FileSpec, Ref, by_name
from sakip.packs.values import UnexpectedValueError

Key = tuple[object, ...]


@dataclass(slots=True)
class Row:
    """A line of a file: its cells as read, the rows that it points to, and at last its model instance."""

    line: int
    cells: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    targets: dict[str, "Row | None"] = field(default_factory=dict)
    instance: models.Model | None = None


@dataclass(slots=True)
class Pack:
    """All rows of a folder, per file, and the faults found in them."""

    specs: dict[str, FileSpec]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    by_key: dict[str, dict[Key, Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_pack(folder: Path, specs: Iterable[FileSpec]) -> Pack:
    """Read every file, in the order of the specifications. PackFaultsError where there is no folder."""
    pack = Pack(by_name(specs))
    if not folder.is_dir():
        raise PackFaultsError([Fault(str(folder), None, "", "bukan folder", "folder berisi berkas CSV")])
    known = {spec.filename for spec in pack.specs.values() if not spec.is_reference}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in known:
            expected = "salah satu berkas paket (lihat docs/data-pack.md)"
            pack.faults.append(Fault(path.name, None, "", path.name, expected))
    for spec in pack.specs.values():
        pack.rows[spec.name] = _reference_rows(spec) if spec.is_reference else _read_file(pack, folder, spec)
        pack.by_key[spec.name] = {}
        for row in pack.rows[spec.name]:
            _follow_refs(pack, spec, row)
            _note_key(pack, spec, row)
    return pack


def _reference_rows(spec: FileSpec) -> list[Row]:
    """The table's rows as the database has them."""
    instances = spec.model._default_manager.all()
    return [
        Row(0, {}, {name: getattr(instance, name) for name in spec.key}, instance=instance)
        for instance in instances
    ]


def _read_file(pack: Pack, folder: Path, spec: FileSpec) -> list[Row]:
    path = folder / spec.filename
    try:
        content = path.read_bytes()
    except OSError:
        expected = "berkas ini ada di dalam paket, walau hanya berisi baris judul"
        pack.faults.append(Fault(spec.filename, None, "", "berkas tidak ada", expected))
        return []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        bad = content[error.start : error.start + 1].hex()
        pack.faults.append(Fault(spec.filename, line, "", f"bita {bad}", "teks tersandi UTF-8"))
        return []
    rows = []
    for line, cells in _lines(pack, spec, text):
        row = Row(line, cells)
        for column in spec.own_columns.values():
            row.values[column.name] = _value(pack, spec.filename, line, column, cells[column.name])
        rows.append(row)
    return rows


def _lines(pack: Pack, spec: FileSpec, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line numbers and cells of the filled lines. A heading that starts with _ is the office's own."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = [heading.strip() for heading in next(reader, [])]
        if not _headings_fit(pack, spec, headings):
            return
        start = reader.line_num + 1
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(headings):
                expected = (
                    f"{len(headings)} sel sesuai baris judul (teks yang memuat koma diapit tanda kutip)"
                )
                pack.faults.append(Fault(spec.filename, line, "", f"{len(cells)} sel", expected))
                continue
            yield line, {name: cell.strip() for name, cell in zip(headings, cells, strict=True)}
    except csv.Error as error:
        expected = "CSV yang sah: tanda kutip berpasangan"
        pack.faults.append(Fault(spec.filename, reader.line_num, "", str(error), expected))


def _headings_fit(pack: Pack, spec: FileSpec, headings: list[str]) -> bool:
    expected = "baris judul: " + ",".join(spec.headings)
    if len(headings) < 2 and len(spec.headings) > 1:
        for mark, word in ((";", "titik koma"), ("\t", "tab"), ("|", "garis tegak")):
            if headings and mark in headings[0]:
                expected = f"koma sebagai pemisah kolom, bukan {word}"
        pack.faults.append(Fault(spec.filename, 1, "", ",".join(headings), expected))
        return False
    wanted, found = set(spec.headings), [name for name in headings if not name.startswith("_")]
    faults = [
        Fault(spec.filename, 1, name, "kolom tidak ada", "kolom ini ada") for name in wanted - set(found)
    ]
    faults += [Fault(spec.filename, 1, name, name, expected) for name in set(found) - wanted]
    faults += [
        Fault(spec.filename, 1, name, "kolom berulang", "kolom ini sekali saja")
        for name in set(headings)
        if headings.count(name) > 1
    ]
    pack.faults += faults
    return not faults


def _value(pack: Pack, filename: str, line: int, column: Column, cell: str) -> object:
    """The cell's value; after a fault that of an empty cell, so that the others are still checked."""
    if not cell:
        if column.is_required:
            pack.faults.append(Fault(filename, line, column.name, cell, column.kind.expects))
        return column.when_empty
    try:
        return column.kind.read(cell)
    except UnexpectedValueError as error:
        pack.faults.append(Fault(filename, line, column.name, cell, str(error)))
        return column.when_empty


def _note_key(pack: Pack, spec: FileSpec, row: Row) -> None:
    key = key_of(pack, spec, row)
    first = pack.by_key[spec.name].setdefault(key, row)
    if first is not row:
        column = ", ".join(spec.key_columns)
        found = " / ".join(row.cells[name] for name in spec.key_columns)
        expected = f"kunci yang berbeda dari baris {first.line}"
        pack.faults.append(Fault(spec.filename, row.line, column, found, expected))


def key_of(pack: Pack, spec: FileSpec, row: Row) -> Key:
    """What tells the row apart in its file, foreign keys spelled out."""
    if spec.is_reference:
        return tuple(row.values[name] for name in spec.key)
    return tuple(_key_part(pack, spec, name, row.cells[name]) for name in spec.key_columns)


def _key_part(pack: Pack, spec: FileSpec, name: str, cell: str) -> object:
    """The value of a key's cell, however it was written ("07" is 7); the cell itself where it is faulty."""
    column = origin_of(pack.specs, spec, name)
    if not cell:
        return None
    try:
        return column.kind.read(cell)
    except UnexpectedValueError:
        return cell


def origin_of(specs: Mapping[str, FileSpec], spec: FileSpec, name: str) -> Column:
    """The column of the model in which a cell of a key ends, through one reference or several."""
    if name in spec.own_columns:
        return spec.own_columns[name]
    for reference in spec.refs:
        if name in reference.by:
            target = specs[reference.file]
            return origin_of(specs, target, target.key_columns[reference.by.index(name)])
    raise KeyError(f"{spec.name}.{name}")


def _follow_refs(pack: Pack, spec: FileSpec, row: Row) -> None:
    for reference in spec.refs:
        row.targets[reference.field] = _target(pack, spec, row, reference)


def _target(pack: Pack, spec: FileSpec, row: Row, reference: Ref) -> Row | None:
    """The row that a reference names. A file refers to files before it, or to its own earlier lines."""
    target = pack.specs[reference.file]
    cells = [row.cells[name] for name in reference.by]
    if _lacks_required_part(pack, target, cells):
        is_begun = any(row.cells[name] for name in reference.by if name not in _shared(spec, reference))
        if is_begun or not spec.may_be_empty(reference):
            _refuse(pack, spec, row, reference, f"kunci sebuah baris {target.filename}")
        return None
    found = pack.by_key[target.name].get(
        tuple(_key_part(pack, spec, name, row.cells[name]) for name in reference.by)
    )
    if found is not None:
        return found
    if target.is_reference:
        expected = "salah satu dari: " + ", ".join(str(key[0]) for key in pack.by_key[target.name])
    else:
        where = "pada baris sebelumnya" if target is spec else f"di {target.filename}"
        expected = f"kunci yang ada {where}"
    _refuse(pack, spec, row, reference, expected)
    return None


def _shared(spec: FileSpec, reference: Ref) -> set[str]:
    """Columns that a row also has for another reason; filled, they do not begin this reference."""
    others = {name for other in spec.refs if other is not reference for name in other.by}
    return others | set(spec.own_columns)


def _lacks_required_part(pack: Pack, target: FileSpec, cells: list[str]) -> bool:
    for name, cell in zip(target.key_columns, cells, strict=True):
        if not cell and not _may_lack(pack.specs, target, name):
            return True
    return False


def _may_lack(specs: Mapping[str, FileSpec], spec: FileSpec, name: str) -> bool:
    for reference in spec.refs:
        if name in reference.by:
            return spec.may_be_empty(reference)
    return not spec.own_columns[name].is_required


def _refuse(pack: Pack, spec: FileSpec, row: Row, reference: Ref, expected: str) -> None:
    cells = [row.cells[name] for name in reference.by]
    found = " / ".join(cells) if any(cells) else ""
    pack.faults.append(Fault(spec.filename, row.line, ", ".join(reference.by), found, expected))
