"""HTML to PDF: tagged, in Indonesian, fonts inside, and nothing fetched but our own static files.

The only importer of WeasyPrint, and only when a PDF is made, so that the site starts without its libraries.
"""

import gc
import logging
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

# A host that cannot exist (RFC 2606): addresses under it are looked up in our static folder.
BASE = "https://berkas.invalid/"
STATIC_FOLDER = Path(settings.BASE_DIR) / "static"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# Tagged and made to last: PDF/A-3a, to which `_declare_accessible` adds the claim of PDF/UA-1.
VARIANT = "pdf/a-3a"

Progress = Callable[[str, int], None]


class PdfUnavailableError(RuntimeError):
    """The system libraries are missing; the message says what to install."""


class ForeignAddressError(ValueError):
    """A document asked for something that is not one of our static files."""


def make_pdf(html: str, *stylesheets: str, progress: Progress | None = None) -> bytes:
    """The PDF of a complete HTML document; `stylesheets` are paths in the static folder.

    The same input gives the same bytes. Title and language come from the HTML. `progress` is told the step
    and how much is done, in percent. Raises PdfUnavailableError and ForeignAddressError.
    """
    weasyprint = _weasyprint()
    fetcher = _fetcher(weasyprint)
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheets = [
        weasyprint.CSS(
            filename=STATIC_FOLDER / path, base_url=BASE + path, url_fetcher=fetcher, font_config=fonts
        )
        for path in stylesheets
    ]
    with _without_collecting(), _reporting(progress):
        document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        try:
            return document.write_pdf(
                stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT, finisher=_declare_accessible
            )
        except weasyprint.urls.FatalURLFetchingError as error:
            raise ForeignAddressError(str(error)) from error


def _weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.text.fonts
        import weasyprint.urls
    except OSError as error:
        raise PdfUnavailableError(
            "PDF belum dapat dibuat: pustaka sistem Pango dan HarfBuzz belum terpasang. Jalankan: "
            f"sudo apt-get install -y --no-install-recommends {PACKAGES}"
        ) from error
    return weasyprint


def _fetcher(weasyprint: Any) -> Any:
    """Gives out files of the static folder and data addresses; all else stops the printing."""

    class StaticFetcher(weasyprint.urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = static_file(url)
            if path is None:
                raise weasyprint.urls.FatalURLFetchingError(f"Alamat di luar berkas portal: {url[:200]}")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticFetcher(allowed_protocols={"data"}, allow_redirects=False)


def static_file(url: str) -> Path | None:
    """The static file that an address under BASE names, or None."""
    if not url.startswith(BASE):
        return None
    path = (STATIC_FOLDER / unquote(urlsplit(url).path).lstrip("/")).resolve()
    return path if path.is_relative_to(STATIC_FOLDER.resolve()) and path.is_file() else None


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Layout makes millions of objects and hardly any cycles: collecting them meanwhile costs a quarter."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# ---------------------------------------------------------------- progress
# Pages are laid out several times, until every page number in the contents is settled.
_LAYOUT, _LAYOUT_PERCENT, _PAGES_A_PERCENT = "Step 5", 45, 5
_STEPS = (
    ("Step 2", "Membaca lembar gaya", 15),
    ("Step 3", "Menerapkan gaya", 20),
    ("Step 4", "Menyusun halaman", 30),
    (_LAYOUT, "Menata halaman", 35),
    ("Step 6", "Menulis PDF", 85),
    ("Step 7", "Melengkapi PDF", 95),
)


@contextmanager
def _reporting(progress: Progress | None) -> Iterator[None]:
    """Passes on what WeasyPrint says of its steps in this thread."""
    if progress is None:
        yield
        return
    here, tell = threading.get_ident(), progress

    class Handler(logging.Handler):
        pages, told = 0, -1

        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            for start, text, percent in _STEPS:
                if record.thread == here and message.startswith(start):
                    if start == _LAYOUT:
                        self.pages += 1
                        percent += min(self.pages // _PAGES_A_PERCENT, _LAYOUT_PERCENT)
                    if percent != self.told:
                        self.told = percent
                        tell(text, percent)

    logger, handler = logging.getLogger("weasyprint.progress"), Handler()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate


# ---------------------------------------------------------------- PDF/UA
_RDF_END = b"</rdf:RDF>"
_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
_PDFA = "http://www.aiim.org/pdfa/ns"


def _accessible_metadata() -> bytes:
    """That the file is PDF/UA-1, and the description of that statement that PDF/A asks of a foreign one."""
    properties = "".join(
        f"<pdfaProperty:{name}>{value}</pdfaProperty:{name}>"
        for name, value in {
            "name": "part",
            "valueType": "Integer",
            "category": "internal",
            "description": "Part of ISO 14289 to which the file conforms",
        }.items()
    )
    schema = (
        "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{_UA_NAMESPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
        f'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">{properties}</rdf:li></rdf:Seq>'
        "</pdfaSchema:property>"
    )
    return (
        f'<rdf:Description rdf:about="" xmlns:pdfuaid="{_UA_NAMESPACE}" pdfuaid:part="1"/>'
        f'<rdf:Description rdf:about="" xmlns:pdfaExtension="{_PDFA}/extension/" '
        f'xmlns:pdfaSchema="{_PDFA}/schema#" xmlns:pdfaProperty="{_PDFA}/property#">'
        f'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">{schema}</rdf:li></rdf:Bag>'
        "</pdfaExtension:schemas></rdf:Description>"
    ).encode()


def _declare_accessible(_document: Any, pdf: Any) -> None:
    """WeasyPrint declares one standard a file; this adds the second to its metadata and mends its tables."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            addition = _accessible_metadata() + _RDF_END
            item.stream = [part.replace(_RDF_END, addition) for part in item.stream]
        elif isinstance(item, pydyf.Dictionary) and item.get("S") in {"/TH", "/TD"}:
            _say_scope(item)


def _say_scope(cell: Any) -> None:
    """Heading cells say that they head a column. The lists of headings that WeasyPrint gives the other cells
    are dropped: under a heading of two rows they name the wrong ones."""
    if cell["S"] == "/TH":
        cell.pop("ID", None)
        cell["A"]["Scope"] = "/Column"
    else:
        cell["A"].pop("Headers", None)
