"""Files as people send them, and as they should not: made here, so that each is just what its name says."""

import io
import struct
import zipfile
import zlib

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = "[Content_Types].xml"


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), colour: str = "teal", **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **options)
    return target.getvalue()


def noisy_jpeg(size: tuple[int, int] = (400, 300)) -> bytes:
    """With enough in it that cutting it off shows."""
    target = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(target, "JPEG", quality=90)
    return target.getvalue()


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def heic() -> bytes:
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"\0" * 40) + box(b"mdat", b"\1" * 200)


def archive(members: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return target.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    book.active.append(["Bulan", "Jumlah"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    """The least that Word opens; `more` adds parts (`__` stands for the folder's slash)."""
    parts = {CONTENT_TYPES: b"<Types/>", "word/document.xml": b"<w:document/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def open_document(kind: str, **more: bytes) -> bytes:
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": b"<office:document-content/>",
        "META-INF/manifest.xml": b"<manifest:manifest/>",
    }
    parts |= {name.replace("__", "/"): content for name, content in more.items()}
    return archive(parts, stored=("mimetype",))


def bomb(megabytes: int = 100) -> bytes:
    """A workbook that unpacks to a thousand times its size."""
    return archive(
        {CONTENT_TYPES: b"<Types/>", "xl/workbook.xml": b"<x/>", "xl/a.xml": bytes(megabytes * MEGABYTE)}
    )


def lying_bomb() -> bytes:
    """Announces ten bytes and unpacks to ten million."""
    real = docx(word__media=bytes(10 * MEGABYTE))
    return real.replace(struct.pack("<I", 10 * MEGABYTE), struct.pack("<I", 10))


def locked_archive() -> bytes:
    """Every part marked as encrypted, in its own head and in the list at the end."""
    made = bytearray(docx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(mark)
        while place >= 0:
            made[place + flags] |= 1
            place = made.find(mark, place + 4)
    return bytes(made)


def crowded_archive(members: int = 6000) -> bytes:
    return archive({CONTENT_TYPES: b"", **{f"xl/{number}.xml": b"" for number in range(members)}})


def png_of(width: int, height: int) -> bytes:
    """The head of a picture of any size, in next to no bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
