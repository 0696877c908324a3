"""The report as PDF and as workbook: asking for it, watching it, taking it; and everybody's own list of such
files."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.actions import downloads, jobs
from reporting.downloads import downloads_of
from reporting.models import Download, JobState, ReportFormat, ReportJob
from reporting.views.office import enter_office
from sakip.tabular import XLSX_TYPE
from sakip.views.place import PortalRequest, enter
from sakip.workflow import permissions

CONTENT_TYPES: dict[str, str] = {ReportFormat.PDF: "application/pdf", ReportFormat.XLSX: XLSX_TYPE}


@require_POST
def ask(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """Starts the making, or goes to what is made already."""
    office = enter_office(request, agency, year)
    form = request.POST.get("format", ReportFormat.PDF)
    if office is None or form not in ReportFormat:
        raise Http404
    job = jobs.request_report(
        agency=office.agency, year=year, by=request.user, at=timezone.now(), form=ReportFormat(form)
    )
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
        "may_issue": found.format == ReportFormat.PDF
        and permissions.may_issue_report(request.user, found.agency),
        "is_waiting": found.state in jobs.UNFINISHED and not is_stalled,
        "is_cancelled": found.state == JobState.CANCELLED,
        "own": Download.objects.for_person(request.user).filter(job=found).first(),
        "message": jobs.STALLED if is_stalled or is_lost else found.message,
        "heading": f"LKjIP {year} sebagai {found.get_format_display()}",
        "breadcrumbs": [
            {"label": "LKjIP", "url": reverse("report", args=[agency, year])},
            {"label": f"Unduh {found.get_format_display()}"},
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
        found.file.open("rb"), as_attachment=True, filename=name, content_type=CONTENT_TYPES[found.format]
    )


def _job(request: PortalRequest, agency: str, year: int, pk: int) -> ReportJob:
    """A job of this agency and year, or 404."""
    place = enter(request, agency, year)
    return get_object_or_404(ReportJob, pk=pk, agency=place.agency, year=year)


# ---------------------------------------------------------------- Unduhan saya
@require_safe
def listing(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """The list; while something is being made it asks again by itself."""
    office = enter_office(request, agency, year)
    listed = downloads_of(request.user, request.place.agency, year, timezone.now())
    context = {
        "listed": listed,
        "is_waiting": any(item.is_waiting for item in listed),
        "may_ask": office is not None,
        "heading": "Unduhan saya",
        "lead": f"Berkas laporan tahun {year} yang Anda minta. Hanya Anda yang melihat daftar ini.",
        "breadcrumbs": [
            {"label": "LKjIP", "url": reverse("report", args=[agency, year])},
            {"label": "Unduhan saya"},
        ],
    }
    name = "reporting/downloads/page.html"
    return render(request, f"{name}#daftar" if request.htmx else name, context)


@require_POST
def cancel(request: PortalRequest, agency: str, year: int, download: int) -> HttpResponse:
    found = _own(request, agency, year, download)
    if downloads.cancel(download=found, by=request.user, at=timezone.now()):
        messages.success(request, f"Pembuatan {found.job} dibatalkan.")
    else:
        messages.info(request, f"{found.job} sudah selesai dibuat, jadi tidak ada yang dibatalkan.")
    return redirect("downloads", agency, year)


@require_POST
def delete(request: PortalRequest, agency: str, year: int, download: int) -> HttpResponse:
    found = _own(request, agency, year, download)
    name = str(found.job)
    if downloads.delete(download=found, by=request.user, at=timezone.now()):
        messages.success(request, f"{name} dihapus dari unduhan Anda.")
    else:
        messages.info(request, f"{name} masih dibuat. Batalkan dahulu bila tidak diperlukan.")
    return redirect("downloads", agency, year)


def _own(request: PortalRequest, agency: str, year: int, pk: int) -> Download:
    """A line of the asker's own list, or 404: another person's does not exist."""
    place = enter(request, agency, year)
    own = Download.objects.for_person(request.user).select_related("job")
    return get_object_or_404(own, pk=pk, job__agency=place.agency, job__year=year)
