"""What a file is, by its content. The name decides nothing but which kind of plain text it is."""

import os
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from sakip.evidence import office, pictures
from sakip.evidence.kinds import CSV, EXPECTED, PDF, TEXT, Content, Limits, RefusedError, too_large
from sakip.evidence.signatures import NEVER, refuse_known

HEAD = 4096
# A PDF ends with its mark; scanners and signers add a little behind it.
PDF_TAIL = 4096
# Of a text, what is looked through for markup.
MARKUP_HEAD = 64 * 1024
MARKUP = (
    ("<svg", "gambar SVG"),
    ("<html", "halaman web (HTML)"),
    ("<!doctype html", "halaman web (HTML)"),
    ("<script", "halaman web (HTML)"),
    ("<?php", "skrip PHP"),
)
DOCUMENTS_END = "Buka lalu simpan atau cetak ulang sebagai PDF, dan lampirkan yang baru."


def identify(stream: BinaryIO, name: str, limits: Limits) -> Content:
    """The kind of the file in `stream`, from its first byte to its last. Raises RefusedError.

    At most `limits.size` bytes are read into memory, and only once the size is known to be within it.
    """
    size = stream.seek(0, os.SEEK_END)
    if size == 0:
        raise RefusedError("Berkas kosong (0 bita).", "Periksa berkasnya, lalu pilih lagi.")
    if size > limits.size:
        raise too_large(limits.size)
    stream.seek(0)
    whole = stream.read()
    head = whole[:HEAD]
    picture = pictures.kind_of(head)
    if picture is None:
        refuse_known(head, whole)
    if head.startswith(b"PK\x03\x04"):
        return office.check(stream, whole, limits)
    if picture is not None:
        pictures.check(stream, picture, size, limits)
        return _nothing_behind(picture, whole)
    if head.startswith(b"%PDF-"):
        _check_pdf(stream, whole)
        return _nothing_behind(PDF, whole)
    return _text(whole, name)


def _nothing_behind(content: Content, whole: bytes) -> Content:
    if office.ends_as_archive(whole):
        raise RefusedError(
            f"{content.label} ini sekaligus arsip ZIP: ada berkas lain di belakangnya.",
            "Simpan ulang berkasnya, lalu lampirkan yang baru.",
        )
    return content


def _check_pdf(stream: BinaryIO, whole: bytes) -> None:
    tail = whole[-PDF_TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise RefusedError("PDF ini terpotong: bagian akhirnya tidak ada.", DOCUMENTS_END)
    try:
        stream.seek(0)
        reader = PdfReader(stream)
        is_locked = reader.is_encrypted
        has_pages = is_locked or _has_pages(reader)
    except Exception as fault:  # pypdf raises whatever a broken structure leads to
        raise RefusedError("PDF ini rusak.", DOCUMENTS_END) from fault
    if is_locked:
        raise RefusedError(
            "PDF ini dikunci (kata sandi atau pembatasan).", "Cetak ulang sebagai PDF tanpa pengaman."
        )
    if not has_pages:
        raise RefusedError("PDF ini tidak berhalaman.", DOCUMENTS_END)


def _has_pages(reader: PdfReader) -> bool:
    tree = reader.root_object["/Pages"].get_object()
    return isinstance(tree, DictionaryObject) and "/Kids" in tree


def _text(whole: bytes, name: str) -> Content:
    text = _decoded(whole)
    if text is None or any(sign < " " and sign not in "\t\n\r\f" for sign in set(text)):
        raise RefusedError("Jenis isi berkas ini tidak dikenal.")
    beginning = text[:MARKUP_HEAD].lower().lstrip("\ufeff \t\r\n")
    for mark, what in MARKUP:
        if mark in beginning:
            raise RefusedError(f"Isinya {what}.", f"{NEVER} Cetak sebagai PDF bila isinya diperlukan.")
    if beginning.startswith("<"):
        raise RefusedError("Isinya XML atau halaman web.", EXPECTED)
    for kind in (CSV, TEXT):
        if name.lower().endswith(kind.extensions):
            return kind
    raise RefusedError("Isinya teks biasa.", "Teks hanya diterima dengan nama berakhiran .txt atau .csv.")


def _decoded(whole: bytes) -> str | None:
    """The text, in the ways Indonesian offices write one; None for what is no text."""
    encodings = ("utf-16",) if whole.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            return whole.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
