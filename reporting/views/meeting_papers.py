"""A meeting's papers to be saved: invitation, attendance list and minutes as PDF and for Word. Making one
takes less than a second of work, so no job stands between."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from reporting.meetings.blocks import Paper
from reporting.meetings.export import to_docx, to_pdf
from reporting.meetings.papers import BUILDERS, paper_of
from reporting.views.meetings import held_meeting
from sakip.views.place import PortalRequest

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def as_pdf(request: PortalRequest, agency: str, year: int, quarter: int, paper: str) -> HttpResponse:
    content = to_pdf(_paper(request, agency, year, quarter, paper))
    return _file(content, f"{paper}-rapat-{agency}-{year}-tw-{quarter}.pdf", PDF)


@require_safe
def as_docx(request: PortalRequest, agency: str, year: int, quarter: int, paper: str) -> HttpResponse:
    content = to_docx(_paper(request, agency, year, quarter, paper))
    return _file(content, f"{paper}-rapat-{agency}-{year}-tw-{quarter}.docx", WORD)


def _paper(request: PortalRequest, agency: str, year: int, quarter: int, key: str) -> Paper:
    review, _ = held_meeting(request, agency, year, quarter)
    if key not in BUILDERS:
        raise Http404
    return paper_of(key, review)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
