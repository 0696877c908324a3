"""The report's own texts: which sections have one, and writing one."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reporting.actions.narratives import NarrativeMovedError, write_narrative
from reporting.forms import NarrativeForm
from reporting.lkjip.manuscripts import manuscripts, part_of, said
from reporting.lkjip.narrative import NarrativeError
from reporting.lkjip.parts import Part
from reporting.models import Narrative
from reporting.views.office import enter_office, no_data
from reporting.views.report import made_once
from reporting.year import OfficeYear
from sakip.views.place import PortalRequest
from sakip.workflow import permissions


@require_safe
def index(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    permissions.require_write_report(request.user, request.place.agency)
    if office is None:
        return no_data(request)
    titles = _said(office)
    context = {
        "rows": [
            {"found": found, "title": titles.get(found.part.key, ("", []))[0]}
            for found in manuscripts(office)
        ],
        "heading": f"Naskah LKjIP {year}",
        "lead": "Setiap bagian mempunyai naskah baku yang disusun dari data. Tulis naskah sendiri bila "
        "kantor perlu menjelaskan lebih.",
        "breadcrumbs": [
            {"label": "LKjIP", "url": reverse("report", args=[agency, year])},
            {"label": "Naskah"},
        ],
    }
    return render(request, "reporting/report/narratives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, agency: str, year: int, section: str) -> HttpResponse:
    """What the section says now, and the office's own text of it."""
    office, part = enter_office(request, agency, year), part_of(section)
    permissions.require_write_report(request.user, request.place.agency)
    if office is None or part is None:
        raise Http404
    kept = Narrative.objects.filter(agency=office.agency, year=year, section=section).first()
    if request.method != "POST":
        form = NarrativeForm(office=office, initial=_initial(kept))
        return _page(request, office, part, form)
    form = NarrativeForm(request.POST, office=office)
    if not form.is_valid():
        return _page(request, office, part, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        write_narrative(
            agency=office.agency,
            year=year,
            section=section,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except NarrativeMovedError:
        form.add_error(
            "text",
            "Bagian ini sementara itu ditulis orang lain. Salin naskah Anda, muat ulang halaman, "
            "lalu gabungkan keduanya.",
        )
        return _page(request, office, part, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"Naskah bagian {part.number} tersimpan.")
    return redirect("narratives", agency, year)


def _page(
    request: PortalRequest,
    office: OfficeYear,
    part: Part,
    form: NarrativeForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    here = [office.agency.slug, office.year]
    title, shown = _said(office).get(part.key, ("", []))
    context = {
        "form": form,
        "shown": shown,
        "back_url": reverse("narratives", args=here),
        "heading": f"{part.number} {title}".strip(),
        "breadcrumbs": [
            {"label": "LKjIP", "url": reverse("report", args=here)},
            {"label": "Naskah", "url": reverse("narratives", args=here)},
            {"label": part.number},
        ],
    }
    return render(request, "reporting/report/narrative.html", context, status=status)


def _said(office: OfficeYear) -> dict[str, tuple[str, list[str]]]:
    """Nothing while a text keeps the report from being made: the list names that text."""
    try:
        return made_once(office, "bagian", said)
    except NarrativeError:
        return {}


def _initial(kept: Narrative | None) -> dict[str, object]:
    return {"text": kept.text, "version": kept.version} if kept else {"text": "", "version": 0}
