"""A meeting's papers as PDF and as a document for Word."""

from django.template.loader import render_to_string

from reporting.lkjip.export import FONTS, SHEET, emblem
from reporting.meetings.blocks import Paper
from reporting.pdf import Progress, make_pdf

OWN_SHEET = "css/print/meetings.css"


def to_pdf(paper: Paper, progress: Progress | None = None) -> bytes:
    """A tagged PDF on A4. The same paper gives the same bytes."""
    html = render_to_string("reporting/meetings/paper.html", {"paper": paper, "emblem": emblem()})
    return make_pdf(html, FONTS, SHEET, OWN_SHEET, progress=progress)


def to_docx(paper: Paper) -> bytes:
    # Imported here: the library is heavy, and few ask for it.
    from reporting.meetings.word import document_of

    return document_of(paper)
