"""What everybody may read without logging in: the opened years, one year's page, and its files.

Nothing here asks who is reading: no session, no user, no frame of the portal, so that any cache may keep the
answer.
"""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from reporting.models import PublicPage
from reporting.public import drawings, words
from reporting.public.files import KINDS, LICENCE, file_of, files_of
from reporting.public.pages import open_page, open_pages, public_edition
from reporting.public.report import PublicReport

# Seconds for which a browser or a proxy may show its copy; the dialog that closes a page says so.
KEPT_FOR = 300


@login_not_required
@require_safe
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    return _answer(render_to_string("reporting/public/index.html", {"pages": open_pages()}))


@login_not_required
@require_safe
@conditional_page
def page(request: HttpRequest, agency: str, year: int) -> HttpResponse:
    found, report = _open(agency, year)
    context = {
        "page": found,
        "office": found.agency,
        "report": report,
        "who": words.who(report),
        "gist": words.gist(report),
        "indicators": [{"row": row, "meaning": words.meaning(row)} for row in report.indicators],
        "achievement": drawings.indicators(report),
        "programmes": drawings.programmes(report),
        "score": report.figure("nko.score"),
        "predicate": report.figure("nko.predicate"),
        "score_meaning": words.score_meaning(report),
        "scale": words.scale(report),
        "files": files_of(report),
        "licence": LICENCE,
    }
    content = render_to_string("reporting/public/page.html", context)
    return _answer(content, changed=_changed(found, report))


@login_not_required
@require_safe
@conditional_page
def file(request: HttpRequest, agency: str, year: int, name: str) -> HttpResponse:
    if name not in KINDS:
        raise Http404
    found, report = _open(agency, year)
    kept = file_of(report, name)
    if kept is None:
        raise Http404
    response = _answer(kept.content, kept.kind.media_type, changed=_changed(found, report))
    shown = f"{agency}-{year}-edisi-{report.edition.number}-{name}"
    response["Content-Disposition"] = f'attachment; filename="{shown}"'
    return response


def _open(agency: str, year: int) -> tuple[PublicPage, PublicReport]:
    """Two queries; one and a 404 for whatever is not open, for whichever reason."""
    found = open_page(agency, year)
    edition = public_edition(found.agency, year) if found else None
    if found is None or edition is None:
        raise Http404
    return found, PublicReport(edition)


def _changed(page: PublicPage, report: PublicReport) -> datetime:
    return max(page.changed_at, report.edition.issued_at)


def _answer(
    content: str | bytes, media_type: str | None = None, *, changed: datetime | None = None
) -> HttpResponse:
    """Its ETag is of the content, and so of the edition, the switch and the release that wrote it."""
    response = HttpResponse(content, content_type=media_type)
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    return response
