"""Opening a file that somebody sent, workbook or CSV, as a workbook of bounded size."""

from __future__ import annotations

import csv
import io
import logging
import warnings

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget.sheets.cells import write_text
from budget.sheets.guard import RESAVE, FileKind, check_file
from budget.sheets.problems import UnusableFile

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 5_000, 200, 40
CSV_SHEET = "CSV"
DELIMITERS = ";,\t|"
logger = logging.getLogger("sakip.sheets")


def read_book(content: bytes, name: str) -> Workbook:
    """The workbook, formulas as they stand. Raises UnusableFile, whatever is wrong with the file."""
    kind = check_file(content, name)
    book = _from_text(content) if kind is FileKind.TEXT else _from_workbook(content)
    if len(book.worksheets) > MOST_SHEETS:
        raise UnusableFile(
            f"Buku kerja memiliki lebih dari {MOST_SHEETS} lembar.", "Hapus lembar yang tidak diperlukan."
        )
    for sheet in book.worksheets:
        _check_extent(sheet)
    return book


def _from_workbook(content: bytes) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False, keep_vba=False)
    except Exception as error:  # a foreign file can break its reader in any way; the sender is told one thing
        logger.info("unreadable workbook: %r", error)
        raise UnusableFile(
            "Isi buku kerja rusak atau tidak dikenal sehingga tidak dapat dibaca.",
            "Unduh berkas baru dari portal, atau buka berkas ini di Excel lalu simpan sebagai .xlsx.",
        ) from error
    if not book.worksheets:
        raise UnusableFile("Buku kerja tidak memiliki lembar.", RESAVE)
    return book


def last_row(sheet: Worksheet) -> int:
    """The last row with anything in it; a format alone does not count."""
    return max((row for row, _ in _filled(sheet)), default=0)


def _filled(sheet: Worksheet) -> list[tuple[int, int]]:
    # The sheet's own sparse dictionary: its ranges would make a cell for every gap.
    return [place for place, cell in sheet._cells.items() if cell.value is not None]


def _check_extent(sheet: Worksheet) -> None:
    columns = max((column for _, column in _filled(sheet)), default=0)
    if last_row(sheet) > MOST_ROWS or columns > MOST_COLUMNS:
        raise UnusableFile(
            f"Lembar {sheet.title} terlalu panjang atau terlalu lebar: paling banyak {MOST_ROWS} baris dan "
            f"{MOST_COLUMNS} kolom.",
            "Hapus baris dan kolom di luar tabel, atau salin tabelnya ke buku kerja baru.",
        )


def _from_text(content: bytes) -> Workbook:
    lines = _decoded(content).splitlines()
    sample = "\n".join(lines[:20])
    delimiter = max(DELIMITERS, key=sample.count)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = CSV_SHEET
    try:
        for row, texts in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            if row > MOST_ROWS or len(texts) > MOST_COLUMNS:
                raise UnusableFile(
                    f"Tabel terlalu besar: paling banyak {MOST_ROWS} baris dan {MOST_COLUMNS} kolom.",
                    "Hapus baris dan kolom yang tidak diperlukan.",
                )
            for column, text in enumerate(texts, 1):
                if text.strip():
                    write_text(sheet.cell(row, column), text)
    except csv.Error as error:
        raise UnusableFile(
            "CSV rusak: tanda kutip atau pemisah kolomnya tidak lengkap.",
            "Buka di Excel lalu simpan sebagai .xlsx.",
        ) from error
    return book


def _decoded(content: bytes) -> str:
    """UTF-8 or, by its mark, UTF-16; else what Excel writes on Windows in Indonesia."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if all(sign.isprintable() or sign.isspace() for sign in text):
            return text
    raise UnusableFile(
        "Penyandian teks berkas ini tidak dikenal, atau isinya bukan teks.",
        "Di Excel pilih Simpan Sebagai, CSV UTF-8, atau simpan sebagai .xlsx.",
    )
