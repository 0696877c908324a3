"""What a file must be before anything opens it: a plain workbook of bounded size. Pure.

Everything is counted on the packed file first, so that no reader ever unfolds what could fill the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum
from typing import IO
from xml.parsers import expat

from budget.sheets.problems import UnusableFile

MOST_BYTES = 5 * 1024 * 1024
MOST_MEMBERS = 300
MOST_UNPACKED = 40 * 1024 * 1024
MOST_RATIO = 150
# A small part may be packed well; only a large one can hurt.
RATIO_COUNTS_FROM = 1024 * 1024
MOST_ELEMENTS = 400_000
# Parts that a reader keeps whole in memory: styles, the list of sheets, relations.
MOST_ELEMENTS_WHOLE = 60_000
DEEPEST = 60
MOST_SPANNED_CELLS = 20_000

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RESAVE = "Buka di Excel, pilih Simpan Sebagai, jenis Buku Kerja Excel (.xlsx), lalu unggah lagi."
_SPANNING = frozenset({"mergeCell", "hyperlink"})
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_STREAMED = re.compile(r"^/?xl/(worksheets/[^/]+\.xml|sharedStrings\.xml)$", re.IGNORECASE)


class FileKind(StrEnum):
    WORKBOOK = "xlsx"
    TEXT = "csv"


def check_file(content: bytes, name: str) -> FileKind:
    """What the file is. Raises UnusableFile, saying why, for what must not be opened."""
    if not content:
        raise UnusableFile("Berkas kosong.", "Pilih berkas yang berisi data.")
    if len(content) > MOST_BYTES:
        raise UnusableFile(
            f"Berkas terlalu besar; paling besar {MOST_BYTES // 1024 // 1024} MB.",
            "Hapus gambar dan lembar yang tidak diperlukan, lalu unggah lagi.",
        )
    if content.startswith(ZIP):
        _check_workbook(content)
        return FileKind.WORKBOOK
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnusableFile(
                "Berkas dilindungi kata sandi sehingga tidak dapat dibaca.",
                "Hapus kata sandinya di Excel (Berkas, Info, Proteksi Buku Kerja), lalu unggah lagi.",
            )
        raise UnusableFile("Berkas ini format Excel lama (.xls).", RESAVE)
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta")):
        raise UnusableFile("Berkas ini halaman web atau XML, bukan buku kerja Excel.", RESAVE)
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return FileKind.TEXT
    raise UnusableFile("Berkas ini bukan buku kerja Excel (.xlsx) atau CSV.", RESAVE)


def _check_workbook(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_sizes(members)
            _check_parts(archive, members)
            _check_markup(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise UnusableFile(
            "Berkas rusak atau terpotong sehingga tidak dapat dibuka.",
            "Buka di Excel untuk memastikan isinya, simpan lagi, lalu unggah.",
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnusableFile(
            "Berkas dikemas dengan sandi atau cara yang tidak dikenal.",
            f"{RESAVE} Jangan memberi kata sandi.",
        ) from error


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """The archive's own reader gives no more of a part than its directory declares."""
    unpacked = sum(member.file_size for member in members)
    squeezed = any(
        member.file_size > RATIO_COUNTS_FROM and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or squeezed:
        raise UnusableFile(
            "Isi berkas terlalu besar setelah dibuka dari kemasannya.",
            "Salin tabel yang diperlukan ke buku kerja baru, lalu unggah buku kerja itu.",
        )
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise zipfile.BadZipFile("two parts of one name")


def _check_parts(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower().lstrip("/") for member in members]
    if "mimetype" in names:
        raise UnusableFile("Berkas ini format OpenDocument (.ods), bukan .xlsx.", RESAVE)
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnusableFile("Berkas ini dokumen Word atau PowerPoint, bukan buku kerja Excel.", RESAVE)
    if "xl/workbook.bin" in names:
        raise UnusableFile("Berkas ini format Excel biner (.xlsb).", RESAVE)
    if any("vbaproject" in name or "/macrosheets/" in name for name in names) or _names_macros(archive):
        raise UnusableFile("Berkas mengandung makro.", f"Makro tidak diterima. {RESAVE}")
    if any(name.startswith(("xl/externallinks/", "xl/connections", "xl/querytables/")) for name in names):
        raise UnusableFile(
            "Berkas terhubung ke berkas atau sumber data lain.",
            "Putuskan tautannya (Data, Edit Tautan, Putuskan Tautan), simpan, lalu unggah lagi.",
        )
    if "xl/workbook.xml" not in names:
        raise UnusableFile("Berkas ini bukan buku kerja Excel (.xlsx).", RESAVE)


def _names_macros(archive: zipfile.ZipFile) -> bool:
    return b"macroenabled" in archive.read("[Content_Types].xml").lower()


def _check_markup(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Every part of markup is well formed, without declarations of its own, and bounded."""
    elements = 0
    for member in members:
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        limit = MOST_ELEMENTS if _STREAMED.match(member.filename) else MOST_ELEMENTS_WHOLE
        with archive.open(member) as part:
            elements += _count_elements(part, limit)
        if elements > MOST_ELEMENTS:
            raise _too_many()


def _count_elements(part: IO[bytes], limit: int) -> int:
    """How many elements a part has. Raises UnusableFile for declarations, and spans beyond reason."""
    count = depth = spanned = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth, spanned
        count += 1
        depth += 1
        if count > limit or depth > DEEPEST:
            raise _too_many()
        if name.rpartition(":")[2] in _SPANNING:
            spanned += _cells_in(attributes.get("ref", ""))
            if spanned > MOST_SPANNED_CELLS:
                raise _too_many()

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        raise UnusableFile("Berkas mengandung deklarasi yang tidak aman.", RESAVE)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.ParseFile(part)
    except expat.ExpatError as error:
        raise zipfile.BadZipFile("markup is not well formed") from error
    return count


def _too_many() -> UnusableFile:
    return UnusableFile(
        "Buku kerja terlalu besar: terlalu banyak sel berisi atau bergabung.",
        "Salin tabel yang diperlukan ke buku kerja baru, lalu unggah buku kerja itu.",
    )


def _cells_in(reference: str) -> int:
    """How many cells a reference such as B2:D9 spans; whole rows and columns are too many."""
    found = _RANGE.fullmatch(reference.upper())
    if found is None:
        return 1 if reference.isalnum() else MOST_SPANNED_CELLS + 1
    left, top, right, bottom = found.groups()
    width = abs(_place(right) - _place(left)) + 1
    return width * (abs(int(bottom) - int(top)) + 1)


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place
