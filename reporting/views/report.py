"""The report as a page with its contents, and as JSON. Each is made once for the data it shows."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.cache import cache
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from reporting.lkjip.document import Document, document_of
from reporting.lkjip.editions import editions_of
from reporting.lkjip.export import body_context, to_json
from reporting.lkjip.narrative import NarrativeError
from reporting.views.office import enter_office, no_data
from reporting.year import OfficeYear
from sakip.views.place import PortalRequest
from sakip.workflow import permissions


@require_safe
def report(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    try:
        body, problem = made_once(office, "halaman", _page_of), ""
    except NarrativeError as error:
        body, problem = "", str(error)
    context = {
        "problem": problem,
        # Our own template made it, with everything from the database escaped.
        "body": mark_safe(body),  # noqa: S308
        "edition": editions_of(office.agency, year).defer("snapshot", "policy").first(),
        "may_write": permissions.may_write_report(request.user, office.agency),
        "heading": f"Laporan Kinerja (LKjIP) {year}",
        "eyebrow": office.agency.name,
    }
    return render(request, "reporting/report/page.html", context)


@require_safe
def as_json(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """404 for a year without data, 409 while an own text cannot be filled in."""
    office = enter_office(request, agency, year)
    if office is None:
        raise Http404
    try:
        made, status = made_once(office, "json", to_json), HTTPStatus.OK
    except NarrativeError as error:
        made, status = {"galat": str(error)}, HTTPStatus.CONFLICT
    return JsonResponse(made, status=status, json_dumps_params={"ensure_ascii": False})


def made_once[T](office: OfficeYear, kind: str, make: Callable[[Document], T]) -> T:
    """What was made of the same data before, else made now and kept."""
    key = f"lkjip:{kind}:{office.fingerprint()}"
    found: T | None = cache.get(key)
    if found is None:
        found = make(document_of(office))
        cache.set(key, found)
    return found


def _page_of(document: Document) -> str:
    return render_to_string("reporting/report/_body.html", body_context(document))
