"""Pictures: whole, of a bearable size, and nothing but a picture. The original is kept as it is."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

from sakip.evidence.kinds import HEIC, JPEG, PNG, WEBP, Content, Limits, RefusedError

BROKEN = "Buka berkasnya untuk memeriksa, lalu simpan atau potret ulang."
FORMATS = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), WEBP: ("WEBP",)}
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
THUMBNAIL = (480, 360)
# A JPEG is read at a fraction of its size; the others take all their pixels into memory.
MOST_READ_WHOLE = 40_000_000


def kind_of(head: bytes) -> Content | None:
    """The kind of picture that begins like this."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        if head[8:12] in HEIC_BRANDS:
            return HEIC
        raise RefusedError(
            "Isinya video atau rekaman.", "Simpan di penyimpanan bersama lalu lampirkan tautannya."
        )
    return None


def check(stream: BinaryIO, content: Content, size: int, limits: Limits) -> None:
    """Raises RefusedError for a picture that is cut, broken or too large to be opened anywhere."""
    if content is HEIC:
        _check_boxes(stream, size)
        return
    try:
        with _whole_only(), _opened(stream, content) as image:
            width, height = image.size
            if width * height > limits.pixels:
                raise Image.DecompressionBombError
            _read(image, content, stream, size)
    except Image.DecompressionBombError as fault:
        raise RefusedError(
            f"{content.label} ini terlalu besar untuk dibuka.",
            f"Paling besar {limits.pixels // 1_000_000} juta piksel; perkecil gambarnya.",
        ) from fault
    except Exception as fault:  # Pillow raises whatever its decoders raise
        raise RefusedError(f"{content.label} ini rusak atau terpotong.", BROKEN) from fault


@contextmanager
def _whole_only() -> Iterator[None]:
    """WeasyPrint, once loaded, has Pillow fill up pictures that are cut off; here they are refused."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(stream: BinaryIO, content: Content) -> Image.Image:
    stream.seek(0)
    with warnings.catch_warnings():
        # Our own limit decides; Pillow's own error, at twice its warning, still stands behind it.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(stream, formats=FORMATS[content])


def _read(image: Image.Image, content: Content, stream: BinaryIO, size: int) -> None:
    if content is JPEG:
        # At an eighth of its size a photo is read to its end in little memory.
        image.draft("RGB", (max(image.width // 8, 1), max(image.height // 8, 1)))
        image.load()
    elif content is PNG:
        image.verify()
    else:
        stream.seek(4)
        if int.from_bytes(stream.read(4), "little") + 8 > size:
            raise ValueError("cut")


def _check_boxes(stream: BinaryIO, size: int) -> None:
    """A HEIC file is a row of boxes, each with its length; a cut file ends within one."""
    place, names = 0, set()
    while place + 8 <= size:
        stream.seek(place)
        head = stream.read(16)
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        elif length == 0:
            length = size - place
        if length < 8:
            break
        names.add(head[4:8])
        place += length
    if place != size or not {b"ftyp", b"meta"} <= names:
        raise RefusedError(f"{HEIC.label} ini rusak atau terpotong.", BROKEN)


def thumbnail(stream: BinaryIO, content: Content) -> bytes | None:
    """A small JPEG of a picture that `check` has let through, upright as it was taken; None where making it
    would cost too much."""
    with _opened(stream, content) as image:
        if content is not JPEG and image.width * image.height > MOST_READ_WHOLE:
            return None
        image.draft("RGB", (THUMBNAIL[0] * 2, THUMBNAIL[1] * 2))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail(THUMBNAIL)
        ground = Image.new("RGB", upright.size, "white")
        with_alpha = upright.convert("RGBA")
        ground.paste(with_alpha, mask=with_alpha.getchannel("A"))
    small = io.BytesIO()
    ground.save(small, "JPEG", quality=80)
    return small.getvalue()
