"""What a file is, by its content: what is taken, what is refused, and what is said then."""

import io
import random
import tracemalloc

import pytest
from PIL import ImageFile

from sakip.evidence.contents import identify
from sakip.evidence.kinds import (
    CSV,
    DOCX,
    HEIC,
    JPEG,
    ODS,
    ODT,
    PDF,
    PNG,
    TEXT,
    WEBP,
    XLSX,
    Content,
    Limits,
    RefusedError,
)
from sakip.evidence.names import kept_name
from sakip.evidence.pictures import thumbnail
from tests.sakip import evidence_files as made

LIMITS = Limits()


def identified(content: bytes, name: str = "bukti.bin", limits: Limits = LIMITS) -> Content:
    return identify(io.BytesIO(content), name, limits)


def refusal(content: bytes, name: str = "bukti.pdf", limits: Limits = LIMITS) -> str:
    with pytest.raises(RefusedError) as caught:
        identified(content, name, limits)
    assert caught.value.found
    assert caught.value.mend
    return str(caught.value)


def in_words(value: object) -> str:
    """Names a case by its words; bytes make no name."""
    return value if isinstance(value, str) else getattr(value, "key", "isi")


# ---------------------------------------------------------------- taken
@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (made.pdf(), "laporan.pdf", PDF),
        (made.pdf(), "laporan.exe", PDF),  # the name decides nothing
        (made.picture("JPEG"), "foto.jpg", JPEG),
        (made.noisy_jpeg(), "foto.pdf", JPEG),
        (made.picture("JPEG", progressive=True), "foto.jpg", JPEG),
        (made.picture("PNG"), "tangkapan.png", PNG),
        (made.picture("WEBP"), "foto.webp", WEBP),
        (made.heic(), "IMG_0001.HEIC", HEIC),
        (made.xlsx(), "rekap.xlsx", XLSX),
        (made.docx(), "notulen.docx", DOCX),
        (made.open_document("spreadsheet"), "rekap.ods", ODS),
        (made.open_document("text"), "notulen.odt", ODT),
        (b"Bulan;Jumlah\r\nJanuari;3\r\n", "rekap.csv", CSV),
        ("Daftar hadir: Bapak é, Ibu ñ".encode(), "hadir.txt", TEXT),
        ("Bulan;Jumlah".encode("utf-16"), "rekap.csv", CSV),
        ("Rp\xa0500, 20°".encode("cp1252"), "catatan.txt", TEXT),
        (b"MZA adalah singkatan nama jalan.", "catatan.txt", TEXT),
        (b"a < b dan c > d", "catatan.txt", TEXT),
    ],
    ids=in_words,
)
def test_what_proves_something_is_taken(content, name, kind):
    assert identified(content, name) is kind


def test_a_phones_photo_with_a_clip_behind_it_is_a_photo():
    assert identified(made.noisy_jpeg() + made.box(b"ftyp", b"mp42") + bytes(5000)) is JPEG


# ---------------------------------------------------------------- refused
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "kosong.pdf", "kosong"),
        (b"MZ\x90\x00" + bytes(200), "laporan.pdf", "program Windows"),
        (b"\x7fELF" + bytes(200), "foto.jpg", "program Linux"),
        (b"#!/bin/sh\nrm -rf ~\n", "catatan.txt", "skrip"),
        (b"<?php echo 1; ?>", "catatan.txt", "skrip PHP"),
        (b"catatan\n<?php system($_GET[0]); ?>", "catatan.txt", "skrip PHP"),
        (b"@echo off\r\ndel *", "catatan.txt", "skrip Windows"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "laporan.pdf", "pintasan Windows"),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", "foto.jpg", "HTML"),
        ("\ufeff  <HTML><body>".encode(), "catatan.txt", "HTML"),
        ("<html>".encode("utf-16"), "catatan.txt", "HTML"),
        (b"catatan rapat <script>alert(1)</script>", "catatan.txt", "HTML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "gambar.png", "SVG"),
        (b"<?xml version='1.0'?><svg/>", "gambar.svg", "SVG"),
        (b"<?xml version='1.0'?><data/>", "data.csv", "XML"),
        (b"GIF89a<script>alert(1)</script>", "gambar.gif", "GIF"),
        (b"GIF89a/*<svg/onload=alert(1)>*/=1;", "foto.jpg", "GIF"),
        (b"{\\rtf1 teks}", "surat.docx", "RTF"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "berkas.pdf", "RAR"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "berkas.pdf", "7z"),
        (made.archive({"a.txt": b"a"}), "berkas.pdf", "arsip ZIP"),
        (made.archive({}), "berkas.pdf", "ZIP kosong"),
        (made.box(b"ftyp", b"isom") + bytes(100), "rapat.jpg", "video"),
        (b"RIFF\x10\x00\x00\x00AVI " + bytes(100), "rapat.jpg", "video"),
        (made.OLE + bytes(2000), "lama.doc", "Office lama"),
        (made.OLE + "EncryptedPackage".encode("utf-16-le") + bytes(100), "a.xlsx", "kata sandi"),
        (bytes(range(256)) * 4, "data.csv", "tidak dikenal"),
        (b"hanya teks", "laporan.pdf", ".txt atau .csv"),
        (b"hanya teks", "jalankan.bat", ".txt atau .csv"),
    ],
    ids=in_words,
)
def test_what_it_is_not_is_said(content, name, said):
    assert said in refusal(content, name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (made.pdf()[:-30], "terpotong"),
        (b"%PDF-1.7\n" + bytes(500) + b"startxref\n0\n%%EOF", "PDF ini rusak"),
        (made.pdf(password="rahasia"), "dikunci"),
        (made.noisy_jpeg()[:-4000], "rusak atau terpotong"),
        (b"\xff\xd8\xff" + bytes(500), "rusak atau terpotong"),
        (made.picture("PNG")[:-20], "rusak atau terpotong"),
        (made.picture("WEBP", size=(400, 300))[:-20], "rusak atau terpotong"),
        (made.heic()[:-20], "rusak atau terpotong"),
        (made.docx()[:-40], "rusak atau terpotong"),
        (made.xlsx()[:2000], "rusak atau terpotong"),
        (made.png_of(20_000, 20_000), "piksel"),
        (made.png_of(10_100, 10_000), "piksel"),
    ],
    ids=in_words,
)
def test_broken_and_locked_files_are_refused(content, said):
    assert said in refusal(content)


def test_a_cut_photo_is_refused_in_a_process_that_makes_reports_too(monkeypatch):
    """WeasyPrint, when it is loaded, tells Pillow to be content with half a picture."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert "terpotong" in refusal(made.noisy_jpeg()[:-4000])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (made.docx(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "makro"),
        (made.docx(xl__macrosheets__sheet1=b"x"), "makro"),
        (made.open_document("text", Basic__Standard=b"x"), "makro"),
        (
            made.archive(
                {made.CONTENT_TYPES: b"vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": b""}
            ),
            "makro",
        ),
        (made.docx(word__embeddings__a=b"MZ\x90\x00" + bytes(60)), "program"),
        (made.archive({made.CONTENT_TYPES: b"", "word/document.xml": b"", "../../x": b""}), "foldernya"),
        (made.archive({made.CONTENT_TYPES: b"", "word/document.xml": b"", "/etc/x": b""}), "foldernya"),
        (made.archive({made.CONTENT_TYPES: b"", "ppt/presentation.xml": b""}), "PowerPoint"),
        (made.archive({made.CONTENT_TYPES: b"", "visio/document.xml": b""}), "bukan dokumen Excel"),
        (made.open_document("presentation"), "bukan dokumen ODS"),
        (
            made.archive(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.text",
                    "content.xml": b"",
                    "META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>",
                }
            ),
            "kata sandi",
        ),
        (made.locked_archive(), "kata sandi"),
        (made.bomb(), "membengkak"),
        (made.lying_bomb(), "rusak"),
        (made.crowded_archive(), "5000 bagian"),
    ],
    ids=in_words,
)
def test_office_files_hold_nothing_that_runs_or_bursts(content, said):
    assert said in refusal(content)


@pytest.mark.parametrize("front", [made.noisy_jpeg(), made.picture("PNG"), made.pdf()])
def test_an_archive_hidden_behind_another_file_is_found(front):
    assert "sekaligus arsip ZIP" in refusal(front + made.archive({"jalankan.exe": b"MZ"}))


def test_a_pdf_that_only_begins_later_is_none():
    assert "HTML" in refusal(b"<html>" + made.pdf())
    assert "program" in refusal(b"MZ\x90\x00" + made.pdf())


def test_a_large_file_is_refused_by_its_size_alone():
    limits = Limits(size=1000)
    assert identified(b"a" * 1000, "a.txt", limits) is TEXT
    assert "lebih besar dari 20 MB" in refusal(bytes(20 * made.MEGABYTE + 1))
    assert "lebih besar" in refusal(b"a" * 1001, "a.txt", limits)


def test_a_bomb_costs_little():
    """It is refused by what it announces, and never unpacked."""
    bomb = made.bomb(250)
    tracemalloc.start()
    assert "membengkak" in refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * made.MEGABYTE


@pytest.mark.parametrize(
    "whole",
    [made.pdf(), made.noisy_jpeg(), made.picture("PNG"), made.picture("WEBP"), made.heic(), made.xlsx()],
)
def test_spoilt_files_are_taken_or_refused_and_never_an_error(whole):
    chance, said = random.Random(7), []
    for _ in range(60):
        spoilt = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        spoilt = spoilt[: chance.randint(1, len(spoilt))] if chance.random() < 0.4 else spoilt
        try:
            identified(bytes(spoilt), "bukti.txt")
        except RefusedError as refused:
            said.append(str(refused))
    assert all(len(words) > 20 for words in said)
    assert said


# ---------------------------------------------------------------- names
@pytest.mark.parametrize(
    ("sent", "content", "kept"),
    [
        ("laporan.pdf", PDF, "laporan.pdf"),
        ("LAPORAN.PDF", PDF, "LAPORAN.PDF"),
        ("foto.jpeg", JPEG, "foto.jpeg"),
        ("laporan.exe", PDF, "laporan.pdf"),
        ("laporan", PDF, "laporan.pdf"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("..\\..\\windows\\system.ini", TEXT, "system.txt"),
        ("C:\\Users\\foto.jpg", JPEG, "foto.jpg"),
        ("Berita Acara No. 12 Tahun 2026", PDF, "Berita Acara No. 12 Tahun 2026.pdf"),
        ("foto\u202egpj.exe", JPEG, "fotogpj.jpg"),
        ("a\x00b\r\nc.pdf", PDF, "abc.pdf"),
        ("rapat  \t 日本 ñ.pdf", PDF, "rapat 日本 ñ.pdf"),
        ('a<b>"c|d?.pdf', PDF, "a_b__c_d_.pdf"),
        (".htaccess", TEXT, "htaccess.txt"),
        ("", PDF, "bukti.pdf"),
        ("...", PDF, "bukti.pdf"),
        ("x" * 400 + ".pdf", PDF, "x" * 150 + ".pdf"),
    ],
)
def test_names_become_harmless_and_stay_readable(sent, content, kept):
    assert kept_name(sent, content) == kept


# ---------------------------------------------------------------- in small
@pytest.mark.parametrize(("kind", "content"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_a_small_copy_is_small_and_a_jpeg(kind, content):
    small = thumbnail(io.BytesIO(made.picture(kind, size=(2000, 1000))), content)
    assert small is not None
    assert identified(small) is JPEG
    assert len(small) < 10_000


def test_a_picture_too_large_to_be_read_whole_has_no_small_copy():
    assert thumbnail(io.BytesIO(made.png_of(8000, 8000)), PNG) is None
