"""Spoilt workbooks and CSVs, made at random from a good one: the same seed makes the same file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

from openpyxl import Workbook, load_workbook

from budget.sheets.layout import ENTRY_SHEET, FIRST_ROW, PLACES

Made = tuple[str, bytes]
Maker = Callable[[random.Random, bytes], Made]
MAKERS: dict[str, Maker] = {}
SHEET = "xl/worksheets/sheet1.xml"
ENTRY_COLUMNS = ("nilai", "nilai_ket", "fisik", "fisik_ket", "kendala", "solusi")


def maker(function: Maker) -> Maker:
    MAKERS[function.__name__] = function
    return function


def bad_file(seed: int, good: bytes) -> tuple[str, str, bytes]:
    """Kind, file name and content. Kinds take turns, so that few files already hold each."""
    kind = list(MAKERS)[seed % len(MAKERS)]
    name, content = MAKERS[kind](random.Random(seed), good)
    return kind, name, content


def rezipped(content: bytes, changes: dict[str, bytes | None], level: int = 6) -> bytes:
    """The archive with some parts replaced, added, or (None) left out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def put_in_sheet(good: bytes, markup: str, before: str = "</sheetData>") -> bytes:
    sheet = part_of(good, SHEET).decode()
    return rezipped(good, {SHEET: sheet.replace(before, markup + before, 1).encode()})


def spoilt(good: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(good))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ---------------------------------------------------------------- damaged archives
@maker
def cut(rng: random.Random, good: bytes) -> Made:
    return "isian.xlsx", good[: rng.randrange(len(good))]


@maker
def flipped_bytes(rng: random.Random, good: bytes) -> Made:
    spoilt_bytes = bytearray(good)
    for _ in range(rng.choice((1, 3, 30, 300))):
        spoilt_bytes[rng.randrange(len(good))] = rng.randrange(256)
    return "isian.xlsx", bytes(spoilt_bytes)


@maker
def damaged_part(rng: random.Random, good: bytes) -> Made:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        name = rng.choice(archive.namelist())
        part = bytearray(archive.read(name))
    start = rng.randrange(len(part))
    how = rng.randrange(4)
    if how == 0:
        del part[start:]
    elif how == 1:
        del part[start : start + rng.randrange(1, 200)]
    elif how == 2:
        part[start:start] = rng.choice((b"<", b"&", b"\x00", b"<x>", b"]]>", b"\xff\xfe", b"</row>"))
    else:
        part[start:start] = part[start : start + rng.randrange(1, 400)]
    return "isian.xlsx", rezipped(good, {name: bytes(part)})


@maker
def missing_part(rng: random.Random, good: bytes) -> Made:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        names = archive.namelist()
    return "isian.xlsx", rezipped(good, dict.fromkeys(rng.sample(names, rng.randrange(1, 4))))


@maker
def attribute_nonsense(rng: random.Random, good: bytes) -> Made:
    """Numbers of styles, strings and places that lead nowhere."""
    sheet = part_of(good, SHEET).decode()
    old, new = rng.choice(
        (
            (' s="', ' s="9'),
            (' r="F', ' r="-F'),
            (' r="F', ' r="ZZZZ'),
            (' t="inlineStr"', ' t="s"'),
            (' t="n"', ' t="d"'),
            (' t="n"', ' t="b"'),
            ('<row r="', '<row r="-'),
            ('<row r="', '<row r="9.5'),
            ("<v>", "<v>1e"),
            ("sqref=", "sqref2="),
            ('type="list"', 'type="daftar"'),
        )
    )
    return "isian.xlsx", rezipped(good, {SHEET: sheet.replace(old, new, rng.choice((1, -1))).encode()})


@maker
def encrypted_part(rng: random.Random, good: bytes) -> Made:
    """The flag of a locked part, and ways of packing that nobody knows."""
    content = bytearray(good)
    offset = 6 if rng.random() < 0.5 else 8
    place = content.index(b"PK\x01\x02") + offset + 2
    content[place] |= 1 if offset == 6 else 77
    return "isian.xlsx", bytes(content)


# ---------------------------------------------------------------- too much of everything
@maker
def zip_bomb(rng: random.Random, good: bytes) -> Made:
    name = rng.choice(
        (SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/media/image1.png", "docProps/app.xml")
    )
    size = rng.choice((3, 20, 60)) * 1024 * 1024
    filler = rng.choice((b" ", b"\x00", b"<c/>"))
    return "isian.xlsx", rezipped(good, {name: filler * (size // len(filler))}, 9)


@maker
def many_parts(rng: random.Random, good: bytes) -> Made:
    return "isian.xlsx", rezipped(good, {f"xl/media/{n}.bin": b"x" for n in range(rng.choice((400, 3000)))})


@maker
def lying_sizes(rng: random.Random, good: bytes) -> Made:
    """The directory says that a part is small, or large; it is not."""
    content = bytearray(rezipped(good, {SHEET: b"<a/>" * 400_000}, 9))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = rng.choice((0, 10, 2**31)).to_bytes(4, "little")
    return "isian.xlsx", bytes(content)


@maker
def far_cells(rng: random.Random, good: bytes) -> Made:
    row, column = rng.choice(((1_048_576, "XFD"), (9_999, "A"), (20, "XFD"), (6_000, "B"), (2**31, "A")))
    cell = f'<row r="{row}"><c r="{column}{row}"><v>5</v></c></row>'
    return "isian.xlsx", put_in_sheet(good, cell)


@maker
def endless_rows(rng: random.Random, good: bytes) -> Made:
    start, count = 100, rng.choice((7_000, 60_000))
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(start, start + count))
    return "isian.xlsx", put_in_sheet(good, rows)


@maker
def spans(rng: random.Random, good: bytes) -> Made:
    reference = rng.choice(
        ("A1:XFD1048576", "A:XFD", "1:1048576", "F8:F9000", "F10:F11", "F11:F10", "A1:A1:A1")
    )
    markup = rng.choice(
        (
            f'<mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>',
            f'<hyperlinks><hyperlink ref="{reference}" location="A1"/></hyperlinks>',
        )
    )
    sheet = part_of(good, SHEET).decode()
    return "isian.xlsx", rezipped(
        good, {SHEET: sheet.replace("</sheetData>", f"</sheetData>{markup}", 1).encode()}
    )


@maker
def deep_markup(rng: random.Random, good: bytes) -> Made:
    depth = rng.choice((100, 5_000, 100_000))
    name = rng.choice(("xl/styles.xml", "xl/workbook.xml", SHEET))
    return "isian.xlsx", rezipped(good, {name: b"<a>" * depth + b"</a>" * depth})


@maker
def entities(rng: random.Random, good: bytes) -> Made:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    inner = rng.choice((f'<!ENTITY l0 "ha">{laughs}', '<!ENTITY l8 SYSTEM "file:///etc/passwd">'))
    name = rng.choice(("xl/workbook.xml", SHEET, "xl/styles.xml", "[Content_Types].xml"))
    body = part_of(good, name).decode()
    head = f'<?xml version="1.0"?><!DOCTYPE a [{inner}]>'
    return "isian.xlsx", rezipped(good, {name: (head + body.partition("?>")[2]).encode()})


@maker
def numbers_beyond(rng: random.Random, good: bytes) -> Made:
    number = rng.choice(("1e400", "-1e308", "9" * 5_000, "nan", "inf", "0x10", "1_000", "٣", "", "1e-400"))
    row = FIRST_ROW + rng.randrange(6)
    return "isian.xlsx", put_in_sheet(
        good, f'<row r="{row}"><c r="F{row}"><v>{number}</v></c><c r="H{row}"><v>{number}</v></c></row>'
    )


# ---------------------------------------------------------------- dangerous or of another kind
@maker
def macros(rng: random.Random, good: bytes) -> Made:
    if rng.random() < 0.5:
        return "isian.xlsm", rezipped(good, {"xl/vbaProject.bin": rng.randbytes(500)})
    types = part_of(good, "[Content_Types].xml")
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return "isian.xlsx", rezipped(
        good, {"[Content_Types].xml": types.replace(b"</Types>", b"<!--" + kind + b"--></Types>")}
    )


@maker
def outside_links(rng: random.Random, good: bytes) -> Made:
    name = rng.choice(("xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/q1.xml"))
    return "isian.xlsx", rezipped(good, {name: b"<a/>"})


@maker
def other_formats(rng: random.Random, good: bytes) -> Made:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(600)
    return rng.choice(
        (
            ("isian.xls", ole),
            ("isian.xlsx", ole + "EncryptedPackage".encode("utf-16-le")),
            ("isian.ods", rezipped(good, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})),
            ("isian.xlsb", rezipped(good, {"xl/workbook.bin": b"x"})),
            ("surat.docx", rezipped(good, {"word/document.xml": b"<a/>"})),
            ("isian.xls", b"<html><table><tr><td>7.01</td></tr></table></html>"),
            ("isian.xls", b'<?xml version="1.0"?><Workbook/>'),
            ("gambar.png", b"\x89PNG\r\n\x1a\n" + rng.randbytes(300)),
            ("laporan.pdf", b"%PDF-1.7\n" + rng.randbytes(300)),
            ("isian.xlsx", rng.randbytes(rng.randrange(1, 3000))),
            ("isian.xlsx", b"PK\x03\x04" + rng.randbytes(500)),
            ("kosong.xlsx", b"PK\x05\x06" + bytes(18)),
            ("../../etc/passwd", b"root:x:0:0"),
            ("x" * 240 + ".xlsx", good[:200]),
            ("isian.xlsx.exe", b"MZ" + rng.randbytes(100)),
        )
    )


# ---------------------------------------------------------------- our own workbook, misused
@maker
def wrong_types(rng: random.Random, good: bytes) -> Made:
    values = (
        *("satu juta", "1,234.56", "1.234.567,8", "97.13.00", "TRUE", "nihil", "#N/A", "", " ", "-", "'5"),
        *(-1, 1e18, 0.1 + 0.2, 12345678901234.5, True, 10**40, 101),
        *(datetime(2026, 2, 1, tzinfo=UTC).replace(tzinfo=None), "\u0661\u0662", "x" * 5000, "a\tb", "<b>&"),
    )

    def change(book: Workbook) -> None:
        sheet = book[ENTRY_SHEET]
        for _ in range(rng.randrange(1, 20)):
            row = rng.randrange(FIRST_ROW, sheet.max_row + 3)
            sheet.cell(row, PLACES[rng.choice(ENTRY_COLUMNS)]).value = rng.choice(values)

    return "isian.xlsx", spoilt(good, change)


@maker
def formulas(rng: random.Random, good: bytes) -> Made:
    values = ("=1+1", "=SUM(F8:F20)", '=HYPERLINK("http://x.id")', "=cmd|' /C calc'!A0", "={1,2}", "=F8", "=")

    def change(book: Workbook) -> None:
        sheet = book[ENTRY_SHEET]
        for _ in range(rng.randrange(1, 8)):
            row = rng.randrange(FIRST_ROW, sheet.max_row + 1)
            sheet.cell(row, PLACES[rng.choice(ENTRY_COLUMNS)]).value = rng.choice(values)

    return "isian.xlsx", spoilt(good, change)


@maker
def moved_about(rng: random.Random, good: bytes) -> Made:
    def change(book: Workbook) -> None:
        sheet = book[ENTRY_SHEET]
        how = rng.randrange(8)
        if how == 0:
            sheet.delete_rows(rng.randrange(1, sheet.max_row), rng.randrange(1, 5))
        elif how == 1:
            sheet.insert_rows(rng.randrange(1, sheet.max_row), rng.randrange(1, 5))
        elif how == 2:
            sheet.delete_cols(rng.randrange(1, 12))
        elif how == 3:
            sheet.insert_cols(rng.randrange(1, 12), 2)
        elif how == 4:
            sheet.title = "Lembar1"
        elif how == 5:
            for row in range(FIRST_ROW, sheet.max_row + 1):
                sheet.cell(row, PLACES["kunci"]).value = rng.choice(("l1", "m1", None, 5, "l", "=A1"))
        elif how == 6:
            sheet.cell(rng.randrange(1, 12), rng.randrange(1, 12)).value = "kunci"
        else:
            del book[rng.choice(book.sheetnames)]

    return "isian.xlsx", spoilt(good, change)


@maker
def forged_stamp(rng: random.Random, good: bytes) -> Made:
    def change(book: Workbook) -> None:
        hidden = book["_sakip"]
        for _ in range(rng.randrange(1, 4)):
            hidden.cell(rng.randrange(1, hidden.max_row + 2), rng.randrange(1, 3)).value = rng.choice(
                ("palsu", None, 2026, "=1", "", "kantor")
            )

    return "isian.xlsx", spoilt(good, change)


# ---------------------------------------------------------------- an office's own sheets and CSVs
@maker
def foreign_sheet(rng: random.Random, good: bytes) -> Made:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(rng.randrange(0, 40)):
        sheet.append(
            [
                rng.choice(
                    ("7.01.01.2.06.0009", "Sub kegiatan 1", 5, None, "=1+1", "#REF!", "x" * 200, "Kode")
                )
                for _ in range(rng.randrange(1, 30))
            ]
        )
    for number in range(rng.choice((0, 0, 45))):
        book.create_sheet(f"L{number}")
    out = io.BytesIO()
    book.save(out)
    return "sipd.xlsx", out.getvalue()


@maker
def csv_encodings(rng: random.Random, _good: bytes) -> Made:
    text = 'Kode;Uraian;Realisasi (Rp)\r\n7.01;"Kegiatan – é";"1.234.567,89"\r\n' * rng.randrange(1, 30)
    encoding = rng.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32", "cp037", "utf-7"))
    return "sipd.csv", text.encode(encoding, "replace")


@maker
def csv_shapes(rng: random.Random, _good: bytes) -> Made:
    content = rng.choice(
        (
            b'a;"b\r\nc;d',
            b'"a"b;c\n1;2',
            b";" * 5_000,
            b"a,b\n" * 6_000,
            b"x" * 200_000 + b";1",
            b"\x00" * 300,
            b"a;b\n\x00;1",
            b"\n\n\n",
            b"=cmd|' /C calc'!A0;1\n",
            b"Kode;Nama\r1;2\r3;4",
            rng.randbytes(400),
            b"\xff\xfe" + rng.randbytes(401),
            "٣;٤\n".encode(),
        )
    )
    return rng.choice(("sipd.csv", "sipd.txt", "sipd.tsv")), content


@maker
def too_big(_rng: random.Random, good: bytes) -> Made:
    return "besar.xlsx", good + bytes(5 * 1024 * 1024)
