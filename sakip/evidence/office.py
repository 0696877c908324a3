"""Office files are archives: which kind it is, how far it unpacks, and that nothing in it runs."""

import zipfile
import zlib
from typing import BinaryIO

from sakip.evidence.kinds import DOCX, MEGABYTE, ODS, ODT, XLSX, Content, Limits, RefusedError
from sakip.evidence.signatures import ONE_BY_ONE, SAVE_AS_OFFICE, is_program

BROKEN = "Buka lalu simpan ulang berkasnya, dan lampirkan yang baru."
NO_PASSWORD = "Simpan ulang tanpa kata sandi, lalu lampirkan."  # noqa: S105 - words for the reader
ENTRY = b"PK\x01\x02"
END = b"PK\x05\x06"
PORTION = 64 * 1024
# No list of an archive's own parts is longer.
LONGEST_LIST = 4 * MEGABYTE
MAIN_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
OPEN_DOCUMENT = {kind.content_type: kind for kind in (ODS, ODT)}
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("xl/macrosheets/", "basic/", "scripts/")


def check(stream: BinaryIO, whole: bytes, limits: Limits) -> Content:
    """The kind of office file; raises RefusedError for any other archive and for one that is unsafe."""
    # Counted in the bytes themselves: reading a list of a million entries would already be the harm.
    if whole.count(ENTRY) > limits.members:
        raise RefusedError(f"Arsip ini berisi lebih dari {limits.members} bagian.", BROKEN)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_members(archive, limits)
            _read_through(archive, limits)
            return _kind(archive)
    except RefusedError:
        raise
    except Exception as fault:  # zipfile raises a dozen kinds for what is not quite an archive
        raise RefusedError("Berkas Office atau arsip ini rusak atau terpotong.", BROKEN) from fault


def ends_as_archive(whole: bytes) -> bool:
    """Whether the file, read from its end, is a ZIP archive: something hidden behind a picture or a PDF."""
    place = whole.rfind(END, max(len(whole) - 66_000, 0))
    if place < 0 or len(whole) < place + 22:
        return False
    comment = int.from_bytes(whole[place + 20 : place + 22], "little")
    return place + 22 + comment == len(whole)


def _check_members(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise RefusedError("Isi berkas ini dikunci dengan kata sandi.", NO_PASSWORD)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > limits.unpacked or (unpacked > limits.small and unpacked > packed * limits.ratio):
        raise RefusedError(
            f"Isi berkas ini membengkak menjadi {unpacked // MEGABYTE} MB bila dibuka.",
            "Periksa asal berkas; kurangi isinya atau simpan sebagai PDF.",
        )
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise RefusedError("Arsip ini memuat nama berkas yang keluar dari foldernya.", BROKEN)
        lower = name.lower()
        if lower.endswith(MACRO_PARTS) or lower.startswith(MACRO_FOLDERS):
            raise RefusedError(
                "Dokumen ini memuat makro.", "Simpan tanpa makro (XLSX atau DOCX) atau sebagai PDF."
            )


def _read_through(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Every part to its end, which checks its sum; what is announced smaller than it is fails here."""
    seen = 0
    for member in archive.infolist():
        with archive.open(member) as part:
            portion = part.read(PORTION)
            if is_program(portion):
                raise RefusedError("Di dalam berkas ini ada program.", "Buang lampiran itu dari dokumennya.")
            while portion:
                seen += len(portion)
                if seen > limits.unpacked:
                    raise zlib.error("larger than announced")
                portion = part.read(PORTION)


def _kind(archive: zipfile.ZipFile) -> Content:
    names = set(archive.namelist())
    if "mimetype" in names:
        return _open_document(archive, names)
    if "[Content_Types].xml" not in names:
        raise RefusedError("Isinya arsip ZIP.", ONE_BY_ONE)
    if b"macroenabled" in _list(archive, "[Content_Types].xml").lower():
        raise RefusedError(
            "Dokumen ini memuat makro.", "Simpan tanpa makro (XLSX atau DOCX) atau sebagai PDF."
        )
    for part, kind in MAIN_PARTS.items():
        if part in names:
            return kind
    if any(name.startswith("ppt/") for name in names):
        raise RefusedError("Isinya presentasi PowerPoint.", "Simpan sebagai PDF, lalu lampirkan.")
    raise RefusedError("Isinya arsip yang bukan dokumen Excel atau Word.", SAVE_AS_OFFICE)


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> Content:
    declared = _list(archive, "mimetype").decode("ascii", "replace").strip()
    kind = OPEN_DOCUMENT.get(declared)
    if kind is None or "content.xml" not in names:
        raise RefusedError("Isinya arsip yang bukan dokumen ODS atau ODT.", SAVE_AS_OFFICE)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in _list(archive, manifest):
        raise RefusedError("Dokumen ini dikunci dengan kata sandi.", NO_PASSWORD)
    return kind


def _list(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LONGEST_LIST:
        raise RefusedError("Berkas ini rusak: daftar isinya terlalu panjang.", BROKEN)
    return archive.read(name)
