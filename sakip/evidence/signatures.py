"""How files begin that are refused by name, so that the message says what was found."""

from sakip.evidence.kinds import RefusedError

SAVE_AS_OFFICE = "Simpan sebagai PDF, XLSX, atau DOCX, lalu lampirkan."
ONE_BY_ONE = "Lampirkan isinya satu per satu, tanpa dibungkus arsip."
AS_LINK = "Simpan di penyimpanan bersama lalu lampirkan tautannya."
AS_PICTURE = "Simpan sebagai JPEG atau PNG, lalu lampirkan."
NEVER = "Berkas seperti ini tidak diterima sebagai bukti, apa pun namanya."

# (beginning, what it is, what to do)
BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", "program Windows", NEVER),
    (b"\x7fELF", "program Linux", NEVER),
    (b"\xcf\xfa\xed\xfe", "program macOS", NEVER),
    (b"\xce\xfa\xed\xfe", "program macOS", NEVER),
    (b"\xca\xfe\xba\xbe", "program", NEVER),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "pintasan Windows", NEVER),
    (b"\x00asm", "program WebAssembly", NEVER),
    (b"dex\n", "program Android", NEVER),
    (b"ITSF", "berkas bantuan Windows (CHM)", NEVER),
    (b"MSCF", "paket Windows (CAB)", NEVER),
    (b"#!", "skrip", NEVER),
    (b"<?php", "skrip PHP", NEVER),
    (b"@echo", "skrip Windows (BAT)", NEVER),
    (b"Rar!\x1a\x07", "arsip RAR", ONE_BY_ONE),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7z", ONE_BY_ONE),
    (b"\x1f\x8b", "arsip GZIP", ONE_BY_ONE),
    (b"BZh", "arsip BZIP2", ONE_BY_ONE),
    (b"\xfd7zXZ\x00", "arsip XZ", ONE_BY_ONE),
    (b"\x28\xb5\x2f\xfd", "arsip Zstandard", ONE_BY_ONE),
    (b"PK\x05\x06", "arsip ZIP kosong", ONE_BY_ONE),
    (b"GIF8", "gambar GIF", AS_PICTURE),
    (b"BM", "gambar BMP", AS_PICTURE),
    (b"II*\x00", "gambar TIFF", AS_PICTURE),
    (b"MM\x00*", "gambar TIFF", AS_PICTURE),
    (b"8BPS", "gambar Photoshop", AS_PICTURE),
    (b"%!PS", "dokumen PostScript", SAVE_AS_OFFICE),
    (b"{\\rtf", "dokumen RTF", SAVE_AS_OFFICE),
    (b"ID3", "rekaman suara MP3", AS_LINK),
    (b"OggS", "rekaman Ogg", AS_LINK),
    (b"\x1aE\xdf\xa3", "video Matroska atau WebM", AS_LINK),
    (b"\x00\x00\x01\xba", "video MPEG", AS_LINK),
    (b"SQLite format 3\x00", "basis data SQLite", SAVE_AS_OFFICE),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An encrypted XLSX or DOCX is an old-style container that holds a stream of this name.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def refuse_known(head: bytes, whole: bytes) -> None:
    """Raises where the file begins as one of the refused kinds. `head` is the beginning of `whole`."""
    if head.startswith(OLE):
        if ENCRYPTED_STREAM in whole:
            raise RefusedError(
                "Dokumen Office ini dikunci dengan kata sandi.",
                "Simpan ulang tanpa kata sandi, lalu lampirkan.",
            )
        raise RefusedError("Isinya dokumen Office lama (DOC, XLS, PPT, atau MSI).", SAVE_AS_OFFICE)
    if head.startswith(b"RIFF") and head[8:12] in (b"AVI ", b"WAVE"):
        raise RefusedError("Isinya video atau rekaman suara.", AS_LINK)
    for beginning, what, mend in BEGINNINGS:
        if head.startswith(beginning) and not _is_plain(head, beginning):
            raise RefusedError(f"Isinya {what}.", mend)


def is_program(head: bytes) -> bool:
    """Whether something inside an archive would run."""
    return any(
        head.startswith(beginning) and not _is_plain(head, beginning)
        for beginning, _, mend in BEGINNINGS
        if mend is NEVER
    )


def _is_plain(head: bytes, beginning: bytes) -> bool:
    """`MZ` or `BM` before nothing but text is text; a script is a script however plain."""
    return beginning in (b"MZ", b"BM") and b"\x00" not in head
