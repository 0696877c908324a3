"""The kinds of file that prove something, the limits they keep, and the refusal that a person can read."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of file. `extensions` are the endings a name may keep; the first is the one it is given."""

    key: str
    label: str
    content_type: str
    extensions: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        """Whether a browser shows it within a page."""
        return self in (PDF, JPEG, PNG, WEBP)

    @property
    def is_picture(self) -> bool:
        return self in (JPEG, PNG, WEBP, HEIC)

    @property
    def is_sheet(self) -> bool:
        return self in (XLSX, ODS, CSV)


PDF = Content("pdf", "PDF", "application/pdf", (".pdf",))
JPEG = Content("jpeg", "Foto JPEG", "image/jpeg", (".jpg", ".jpeg"))
PNG = Content("png", "Gambar PNG", "image/png", (".png",))
WEBP = Content("webp", "Gambar WebP", "image/webp", (".webp",))
HEIC = Content("heic", "Foto HEIC", "image/heic", (".heic", ".heif"))
XLSX = Content(
    "xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)
)
DOCX = Content(
    "docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)
)
ODS = Content("ods", "Lembar OpenDocument", "application/vnd.oasis.opendocument.spreadsheet", (".ods",))
ODT = Content("odt", "Dokumen OpenDocument", "application/vnd.oasis.opendocument.text", (".odt",))
CSV = Content("csv", "CSV", "text/csv", (".csv", ".tsv"))
TEXT = Content("txt", "Teks", "text/plain", (".txt",))

ACCEPTED = (PDF, JPEG, PNG, WEBP, HEIC, XLSX, DOCX, ODS, ODT, CSV, TEXT)
BY_CONTENT_TYPE = {content.content_type: content for content in ACCEPTED}
EXPECTED = "Yang diterima: PDF, foto (JPEG, PNG, WebP, HEIC), XLSX, DOCX, ODS, ODT, CSV, dan TXT."


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` in bytes; `pixels` of a picture; the rest bound what an office file, which is an archive, may
    unpack to."""

    size: int = 20 * MEGABYTE
    pixels: int = 100_000_000
    members: int = 5_000
    unpacked: int = 300 * MEGABYTE
    # Real sheets shrink to a thirtieth, bombs to a thousandth; small archives are harmless either way.
    ratio: int = 200
    small: int = 30 * MEGABYTE


class RefusedError(ValueError):
    """A file that is not taken: what was found, and what to do about it."""

    def __init__(self, found: str, mend: str = EXPECTED) -> None:
        super().__init__(f"{found} {mend}")
        self.found, self.mend = found, mend


def too_large(limit: int) -> RefusedError:
    return RefusedError(
        f"Berkas lebih besar dari {limit // MEGABYTE} MB.",
        "Perkecil atau bagi berkasnya, atau simpan di penyimpanan bersama lalu lampirkan tautannya.",
    )
