"""A guide as a tagged PDF, made once for its text and pictures."""

from hashlib import sha256

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from reporting.guide.texts import STATIC_FOLDER, Guide, pictures_of
from reporting.pdf import BASE, make_pdf

SHEETS = ("css/print/fonts.css", "css/print/guide.css")


def kept_pdf(guide: Guide) -> bytes:
    """The PDF that was made of the same text, pictures and sheets before, else made now and kept."""
    key = f"panduan:{fingerprint(guide)}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = guide_pdf(guide)
        cache.set(key, found)
    return found


def guide_pdf(guide: Guide) -> bytes:
    """The same guide gives the same bytes."""
    return make_pdf(guide_html(guide), *SHEETS)


def guide_html(guide: Guide) -> str:
    # Made from our own files by a reader that escapes everything in them.
    body = mark_safe(guide.html(lambda path: f"{BASE}{path}"))  # noqa: S308
    return render_to_string("reporting/guide/document.html", {"guide": guide, "body": body})


def fingerprint(guide: Guide) -> str:
    """One hash over all that the PDF shows."""
    parts = [guide_html(guide).encode()]
    parts += [(STATIC_FOLDER / path).read_bytes() for path in (*pictures_of(guide), *SHEETS)]
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()
