"""Keeping proof: files on disk under the hash of their content, then the rows that name them.

The file is whole on disk before any row speaks of it. Whoever is killed in between leaves a file that no row
names, which is harmless: the same content takes its place, or `manage.py sweep_evidence` removes it.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import Storage
from django.db import transaction

from sakip.actions import history
from sakip.actions.measurement import open_quarter
from sakip.evidence.contents import identify
from sakip.evidence.kinds import Content, Limits
from sakip.evidence.names import kept_name
from sakip.models import Agency, Evidence, EvidenceFile, EvidenceKind, HistoryAction, UnitQuarter, User
from sakip.models.measurement import QuarterRow
from sakip.queries.evidence import Subject
from sakip.workflow import permissions, policies

PORTION = 1024 * 1024
FOLDER = "bukti"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies in the storage: under which name its sender knows it, and what it is."""

    name: str
    content: Content
    sha256: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence to attach: a kept file or a link. Without a kind, the file's content decides."""

    kept: KeptFile | None = None
    link: str = ""
    name: str = ""
    kind: EvidenceKind | None = None
    dated: date | None = None
    description: str = ""

    @property
    def identity(self) -> str:
        """What it is, under whatever name: the content's hash or the address."""
        return self.kept.sha256 if self.kept else self.link


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of the pieces: those added, and the names of those that were there already."""

    added: tuple[Evidence, ...]
    already: tuple[str, ...]


def storage() -> Storage:
    return EvidenceFile._meta.get_field("file").storage


# ---------------------------------------------------------------- the file
def keep_file(agency: Agency, stream: BinaryIO, name: str, limits: Limits) -> KeptFile:
    """Check the content and put it on disk, whole or not at all. Raises RefusedError."""
    content = identify(stream, name, limits)
    sha256 = _sha256(stream)
    path = f"{FOLDER}/{agency.pk}/{sha256[:2]}/{sha256}"
    size = _write(Path(storage().path(path)), stream)
    return KeptFile(kept_name(name, content), content, sha256, size, path)


def _portions(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while portion := stream.read(PORTION):
        yield portion


def _sha256(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    for portion in _portions(stream):
        digest.update(portion)
    return digest.hexdigest()


def _write(target: Path, stream: BinaryIO) -> int:
    """Beside its place first, then into it in one step; only the portal may read it, and nobody run it.

    A file that is there already is the same one. It is replaced all the same, so that a sweep finds it new.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".baru-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as place:
            place.writelines(_portions(stream))
            place.flush()
            os.fsync(place.fileno())
            size = place.tell()
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    return size


# ---------------------------------------------------------------- attaching
@transaction.atomic
def attach(*, subject: Subject, pieces: Iterable[Piece], by: User, at: datetime) -> Attached:
    """Attach pieces to a row, which is written where it was not yet; a piece that is there stays single.

    Raises as `open_quarter` does, and QuarterClosed where a reviewer has passed the row on.
    """
    quarter = open_quarter(subject.unit_quarter, by=by, at=at)
    row = _row_to_change(subject) or subject.new_row()
    is_new = row.pk is None
    new, already = parted(pieces, () if is_new else row.evidence.select_related("stored_file"))
    agency = quarter.unit.agency
    added = [evidence_row(agency, piece, by=by, at=at, unit_quarter=quarter) for piece in new]
    if added:
        _touch(row, by=by, at=at)
        row.evidence.add(*added)
        changes = [history.Change("evidence", "", shown(evidence)) for evidence in added]
        action = HistoryAction.CREATE if is_new else HistoryAction.UPDATE
        _record(quarter, row, changes, action, by=by, at=at)
    return Attached(tuple(added), tuple(piece.kept.name if piece.kept else piece.link for piece in already))


def parted(pieces: Iterable[Piece], kept: Iterable[Evidence]) -> tuple[list[Piece], list[Piece]]:
    """The pieces that are not `kept` yet, each once, and those that are there already."""
    known = {piece.stored_file.sha256 if piece.stored_file else piece.link for piece in kept}
    new: list[Piece] = []
    already: list[Piece] = []
    for piece in pieces:
        (already if piece.identity in known else new).append(piece)
        known.add(piece.identity)
    return new, already


def _row_to_change(subject: Subject) -> QuarterRow | None:
    rows = subject.rows.select_for_update().filter(unit_quarter=subject.unit_quarter, **subject.where)
    row = rows.first()
    if row is not None:
        policies.require_change_row(row)
    return row


def evidence_row(
    agency: Agency, piece: Piece, *, by: User, at: datetime, unit_quarter: UnitQuarter | None = None
) -> Evidence:
    """The row that names a piece, of a unit's quarter or (without one) of the agency as a whole."""
    stored = _stored_file(agency, piece.kept) if piece.kept else None
    return Evidence.objects.create(
        agency=agency,
        unit_quarter=unit_quarter,
        kind=piece.kind or (kind_of(piece.kept.content) if piece.kept else EvidenceKind.LINK),
        name=piece.name or (piece.kept.name if piece.kept else piece.link[:200]),
        description=piece.description,
        dated=piece.dated,
        stored_file=stored,
        link=piece.link,
        added_by=by,
        added_at=at,
    )


def _stored_file(agency: Agency, kept: KeptFile) -> EvidenceFile:
    """The agency's one row of this content; held, so that a sweep cannot take it away meanwhile."""
    values = {"file": kept.path, "content_type": kept.content.content_type, "size": kept.size}
    found, _ = EvidenceFile.objects.select_for_update().get_or_create(
        agency=agency, sha256=kept.sha256, defaults=values
    )
    return found


def kind_of(content: Content) -> EvidenceKind:
    """The kind that a file's content suggests."""
    if content.is_picture:
        return EvidenceKind.PHOTO
    return EvidenceKind.SHEET if content.is_sheet else EvidenceKind.DOCUMENT


# ---------------------------------------------------------------- removing
@transaction.atomic
def detach(*, subject: Subject, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a piece off a row. Its file stays for a while (see `sweep_evidence`), for good where another piece
    names it. Raises as `attach` does, and PermissionDenied for who neither added it nor plans."""
    quarter = open_quarter(subject.unit_quarter, by=by, at=at)
    permissions.require_remove_evidence(by, quarter.unit, evidence)
    row = _row_to_change(subject)
    if row is None or not row.evidence.filter(pk=evidence.pk).exists():
        return
    row.evidence.remove(evidence)
    _touch(row, by=by, at=at)
    change = history.Change("evidence", shown(evidence), "")
    _record(quarter, row, [change], HistoryAction.UPDATE, by=by, at=at)
    delete_if_unused(evidence)


def delete_if_unused(evidence: Evidence) -> None:
    """A piece that was taken off a row goes with it, unless another row shows it."""
    if not _is_used(evidence):
        evidence.delete()
        if evidence.stored_file:
            _start_waiting(evidence.stored_file)


def _is_used(evidence: Evidence) -> bool:
    """Whether another row, or a follow-up, still shows it."""
    return any(
        getattr(evidence, related.get_accessor_name() or "").exists()
        for related in Evidence._meta.related_objects
        if related.many_to_many
    )


def _start_waiting(stored: EvidenceFile) -> None:
    """The days until a sweep count from now."""
    with suppress(FileNotFoundError):
        os.utime(stored.file.path)


def shown(evidence: Evidence) -> str:
    """As the history keeps it: kind, name, and the content's hash or the address."""
    where = f"SHA-256 {evidence.stored_file.sha256}" if evidence.stored_file else evidence.link
    return f"{evidence.get_kind_display()}: {evidence.name} ({where})"


def _touch(row: QuarterRow, *, by: User, at: datetime) -> None:
    row.version += 1
    row.updated_at, row.updated_by = at, by
    row.save()


def _record(
    quarter: UnitQuarter,
    row: QuarterRow,
    changes: list[history.Change],
    action: HistoryAction,
    *,
    by: User,
    at: datetime,
) -> None:
    history.record(
        agency=quarter.unit.agency,
        unit=quarter.unit,
        subject=row,
        action=action,
        changes=changes,
        by=by,
        at=at,
    )


# ---------------------------------------------------------------- sweeping
def unnamed_files(before: datetime) -> Iterator[Path]:
    """Files on disk that no piece of evidence names and nobody has sent again since `before`."""
    folder = Path(storage().path(FOLDER))
    named = set(
        Evidence.objects.filter(stored_file__isnull=False).values_list("stored_file__file", flat=True)
    )
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.stat().st_mtime >= before.timestamp():
            continue
        if f"{FOLDER}/{path.relative_to(folder).as_posix()}" not in named:
            yield path


@transaction.atomic
def remove_unnamed(path: Path, before: datetime) -> bool:
    """Delete such a file and its row, unless somebody sent it or named it meanwhile."""
    name = f"{FOLDER}/{path.relative_to(storage().path(FOLDER)).as_posix()}"
    rows = EvidenceFile.objects.select_for_update().filter(file=name)
    if any(row.uses.exists() for row in rows) or path.stat().st_mtime >= before.timestamp():
        return False
    rows.delete()
    path.unlink()
    return True
