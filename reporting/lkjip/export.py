"""The report as HTML, PDF and JSON; the workbook is made by reporting.xlsx."""

import base64
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reporting.lkjip.document import Document, Paper
from reporting.pdf import Progress, make_pdf
from sakip import indonesian

FONTS, SHEET = "css/print/fonts.css", "css/print/lkjip.css"
PAPERS = {Paper.A4: (), Paper.F4: ("css/print/f4.css",)}
STATIC_FOLDER = Path(settings.BASE_DIR) / "static"


@cache
def emblem() -> str:
    """The placeholder of the emblem as a data address, which a file, a page and a PDF can all show."""
    content = (STATIC_FOLDER / "img" / "emblem.svg").read_bytes()
    return f"data:image/svg+xml;base64,{base64.b64encode(content).decode()}"


def body_context(document: Document) -> dict[str, Any]:
    """What `reporting/lkjip/body.html` needs, in a page of the portal as well."""
    return {"document": document, "emblem": emblem()}


def render_html(document: Document) -> str:
    """The report as one page that needs no other file; fonts are those of the reader's machine."""
    sheets = (SHEET, *PAPERS[document.paper])
    styles = "\n".join((STATIC_FOLDER / path).read_text(encoding="utf-8") for path in sheets)
    # Our own sheets, for a file that has no server and so no content security policy.
    return _html(document, mark_safe(f"<style>{styles}</style>"))  # noqa: S308


def render_pdf(document: Document, progress: Progress | None = None) -> bytes:
    """The report as a tagged PDF. The same document gives the same bytes."""
    return make_pdf(_html(document, SafeString("")), FONTS, SHEET, *PAPERS[document.paper], progress=progress)


def _html(document: Document, styles: SafeString) -> str:
    return render_to_string("reporting/lkjip/document.html", body_context(document) | {"styles": styles})


def to_json(document: Document) -> dict[str, Any]:
    """The report as data: named figures, tables as they are printed, and the words of each section."""
    return {
        "agency": document.agency,
        "year": document.year,
        "is_sample": document.is_sample,
        "figures": [
            {
                "key": figure.key,
                "label": figure.label,
                "value": None if figure.value is None else str(figure.value),
                "printed": indonesian.unbound(figure.printed),
                "formula": figure.formula,
                "inputs": {name: indonesian.unbound(text) for name, text in figure.inputs.items()},
                "source": figure.source,
                "provisional": figure.provisional,
            }
            for figure in document.figures.values()
        ],
        "tables": [
            {
                "number": block.table.number,
                "title": block.table.title,
                "columns": [column.label for column in block.table.columns],
                "rows": block.table.printed_rows,
            }
            for block in document.tables
        ],
        "sections": [
            {"number": section.number, "title": section.title, "text": section.text}
            for section in document.sections
        ],
    }
