"""The issued editions of a year's report: listing them, issuing the next, taking a kept file or its data."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.actions import public_pages
from reporting.actions.editions import NotIssuableError, issue_edition
from reporting.actions.public_pages import NotPublishableError
from reporting.lkjip import editions
from reporting.models import Edition, ReportJob
from reporting.public.pages import publicity
from reporting.views.office import enter_office, no_data
from sakip.views.place import PortalRequest, enter
from sakip.workflow import permissions


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    issued = list(editions.editions_of(office.agency, year))
    may_issue = permissions.may_issue_report(request.user, office.agency)
    context = {
        "editions": [
            {"row": edition, "figures": editions.shown_figures(edition.snapshot)} for edition in issued
        ],
        "figure_headings": [heading for _, heading in editions.SHOWN_FIGURES],
        "next": editions.next_edition(office, issued) if may_issue else None,
        "public": publicity(office.agency, year, issued),
        "may_publish": permissions.may_publish_report(request.user, office.agency),
        "heading": f"Edisi LKjIP {year}",
        "lead": "Laporan yang sudah diterbitkan. Berkas, data, dan kebijakan penilaiannya disimpan dan tetap "
        "seperti saat terbit, walaupun datanya kemudian berubah.",
        "breadcrumbs": [
            {"label": "LKjIP", "url": reverse("report", args=[agency, year])},
            {"label": "Edisi"},
        ],
    }
    return render(request, "reporting/report/editions.html", context)


@require_POST
def issue(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """Keeps the PDF that the reader saw, which the form names, as the next edition."""
    place = enter(request, agency, year)
    permissions.require_issue_report(request.user, place.agency)
    sent = request.POST.get("job", "")
    jobs = ReportJob.objects.filter(agency=place.agency, year=year).select_related("agency__government")
    job = jobs.filter(pk=int(sent)).first() if sent.isdecimal() and len(sent) < 19 else None
    try:
        if job is None:
            raise NotIssuableError("PDF yang akan diterbitkan tidak ditemukan. Buat PDF lebih dahulu.")
        edition = issue_edition(job=job, by=request.user, at=timezone.now())
    except NotIssuableError as reason:
        messages.error(request, f"Edisi belum diterbitkan. {reason}")
    else:
        messages.success(request, f"Edisi {edition.number} LKjIP {year} telah diterbitkan.")
    return redirect("editions", agency, year)


@require_POST
def open_public(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    place = enter(request, agency, year)
    try:
        public_pages.open_to_everybody(agency=place.agency, year=year, by=request.user, at=timezone.now())
    except NotPublishableError as reason:
        messages.error(request, f"Halaman publik belum dibuka. {reason}")
    else:
        messages.success(request, f"Halaman publik {year} terbuka untuk umum.")
    return redirect("editions", agency, year)


@require_POST
def close_public(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    place = enter(request, agency, year)
    public_pages.close(agency=place.agency, year=year, by=request.user, at=timezone.now())
    messages.success(request, f"Halaman publik {year} ditutup.")
    return redirect("editions", agency, year)


@require_safe
def file(request: PortalRequest, agency: str, year: int, number: int) -> HttpResponse:
    """The PDF as it was issued, checked against its hash."""
    edition = _edition(request, agency, year, number)
    content = editions.kept_file(edition)
    if content is None:
        raise Http404("Berkas edisi ini hilang atau tidak lagi sama dengan sidik SHA-256-nya.")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="lkjip-{agency}-{year}-edisi-{number}.pdf"'
    return response


@require_safe
def data(request: PortalRequest, agency: str, year: int, number: int) -> HttpResponse:
    """The report's data as it was issued, with the policy that it was scored by."""
    edition = _edition(request, agency, year, number)
    content = {
        **edition.snapshot,
        "edition": {
            "number": edition.number,
            "issued_at": edition.issued_at.isoformat(),
            "sha256": edition.sha256,
            "policy": edition.policy,
        },
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _edition(request: PortalRequest, agency: str, year: int, number: int) -> Edition:
    place = enter(request, agency, year)
    return get_object_or_404(Edition, agency=place.agency, year=year, number=number)
