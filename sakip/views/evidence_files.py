"""The files of evidence, for those who may read their row: to be saved, seen, or recognised in small."""

from pathlib import Path
from typing import BinaryIO

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from sakip.evidence import pictures
from sakip.evidence.kinds import BY_CONTENT_TYPE, PDF, Content
from sakip.evidence.names import kept_name
from sakip.models import Evidence, EvidenceFile
from sakip.views.evidence import find_evidence, find_subject
from sakip.views.place import PortalRequest

# A file is a document of its own that may do nothing at all; a PDF may also stand within our own page.
Policy = dict[str, list[str]]
ALONE: Policy = {"default-src": [CSP.NONE], "sandbox": [""], "frame-ancestors": [CSP.NONE]}
PICTURE: Policy = ALONE | {"img-src": [CSP.SELF]}
DOCUMENT: Policy = ALONE | {"object-src": [CSP.SELF], "frame-ancestors": [CSP.SELF]}


@require_safe
@csp_override(ALONE)
def download(request: PortalRequest, evidence: int, **place) -> FileResponse:
    """The file as it was sent, to be saved."""
    return saved(find_evidence(find_subject(request, **place), evidence))


@require_safe
def show(request: PortalRequest, evidence: int, **place) -> FileResponse:
    """A picture or a PDF, to be seen; anything else is only to be saved."""
    stored, content, name = _file(request, evidence, place)
    if not content.is_shown:
        raise Http404
    response = _answer(stored, content, name, as_attachment=False)
    response._csp_config = DOCUMENT if content is PDF else PICTURE  # type: ignore[attr-defined]
    if content is PDF:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_safe
@csp_override(PICTURE)
def thumbnail(request: PortalRequest, evidence: int, **place) -> HttpResponse:
    """A small copy of a picture for the list, made once."""
    stored, content, _ = _file(request, evidence, place)
    if not (content.is_picture and content.is_shown):
        raise Http404
    key = f"evidence-thumbnail-{stored.sha256}"
    small = cache.get(key)
    if small is None:
        with _opened(stored) as stream:
            small = pictures.thumbnail(stream, content)
        if small is None:
            raise Http404
        cache.set(key, small)
    return _guarded(HttpResponse(small, content_type="image/jpeg"))


def saved(evidence: Evidence) -> FileResponse:
    """The file of a piece, to be saved; 404 for a link. For views that may not do more than that."""
    return _answer(*_stored(evidence), as_attachment=True)


def _file(request: PortalRequest, evidence: int, place: dict) -> tuple[EvidenceFile, Content, str]:
    return _stored(find_evidence(find_subject(request, **place), evidence))


def _stored(found: Evidence) -> tuple[EvidenceFile, Content, str]:
    """The stored file of a piece, what it is, and the name it is given back under; 404 for a link."""
    stored = found.stored_file
    if stored is None:
        raise Http404
    content = BY_CONTENT_TYPE[stored.content_type]
    return stored, content, kept_name(found.name, content)


def _opened(stored: EvidenceFile) -> BinaryIO:
    try:
        return Path(stored.file.path).open("rb")
    except FileNotFoundError as missing:
        raise Http404("Berkas ini tidak ada di penyimpanan.") from missing


def _answer(stored: EvidenceFile, content: Content, name: str, *, as_attachment: bool) -> FileResponse:
    stream = _opened(stored)
    kind = content.content_type
    return _guarded(FileResponse(stream, as_attachment=as_attachment, filename=name, content_type=kind))


def _guarded[Response: HttpResponse | FileResponse](response: Response) -> Response:
    """Taken for nothing but its stated kind, embedded by no other site, and kept in no cache."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
