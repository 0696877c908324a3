"""The report's PDF: asking for it, watching it being made, and taking it."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.actions import jobs
from reporting.models import JobState, ReportJob
from reporting.views.office import enter_office
from sakip.views.place import PortalRequest, enter
from sakip.workflow import permissions


@require_POST
def ask(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """Starts the making, or goes to what is made already."""
    office = enter_office(request, agency, year)
    if office is None:
        raise Http404
    job = jobs.request_report(agency=office.agency, year=year, by=request.user, at=timezone.now())
    return redirect("report_job", agency, year, job.pk)


@require_safe
def progress(request: PortalRequest, agency: str, year: int, job: int) -> HttpResponse:
    """How far it is; the page asks again by itself and offers the file at the end."""
    found = _job(request, agency, year, job)
    is_stalled = jobs.is_stalled(found, timezone.now())
    is_ready = jobs.has_file(found)
    is_lost = found.state == JobState.DONE and not is_ready
    context = {
        "job": found,
        "is_ready": is_ready,
        "may_issue": permissions.may_issue_report(request.user, found.agency),
        "is_waiting": found.state in jobs.UNFINISHED and not is_stalled,
        "message": jobs.STALLED if is_stalled or is_lost else found.message,
        "heading": f"LKjIP {year} sebagai PDF",
        "breadcrumbs": [
            {"label": "LKjIP", "url": reverse("report", args=[agency, year])},
            {"label": "Unduh PDF"},
        ],
    }
    name = "reporting/report/job.html"
    return render(request, f"{name}#keadaan" if request.headers.get("HX-Request") else name, context)


@require_safe
def file(request: PortalRequest, agency: str, year: int, job: int) -> HttpResponse | FileResponse:
    found = _job(request, agency, year, job)
    if not jobs.has_file(found):
        raise Http404
    name = f"lkjip-{agency}-{year}.{found.format}"
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf"
    )


def _job(request: PortalRequest, agency: str, year: int, pk: int) -> ReportJob:
    """A job of this agency and year, or 404."""
    place = enter(request, agency, year)
    return get_object_or_404(ReportJob, pk=pk, agency=place.agency, year=year)
