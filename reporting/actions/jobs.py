"""Making the report's files in the background: made once, handed out again while nothing changed."""

import logging
import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.tasks import task
from django.utils import timezone

from reporting.lkjip.document import Document, document_of
from reporting.lkjip.export import render_pdf
from reporting.models import Download, JobState, ReportFormat, ReportJob
from reporting.xlsx import to_xlsx
from reporting.year import OfficeYear
from sakip.models import Agency, User

logger = logging.getLogger(__name__)

# A report takes seconds; a job that has not ended after this was left by a worker that died.
STALLED_AFTER = timedelta(minutes=5)
ATTEMPTS = 3
UNFINISHED_FILE = ".baru-"
UNFINISHED = (JobState.WAITING, JobState.RUNNING)
STALLED = "Pembuatan laporan terhenti sebelum selesai. Buat sekali lagi."
FAILED = "Laporan belum dapat dibuat karena kesalahan pada server. Hubungi admin instansi."

Progress = Callable[[str, int], None]


class GivenUpError(Exception):
    """The job was cancelled, or given up as stalled, while it was being done."""


def is_stalled(job: ReportJob, now: datetime) -> bool:
    return job.state in UNFINISHED and now - job.requested_at > STALLED_AFTER


def has_file(job: ReportJob) -> bool:
    name = job.file.name
    return job.state == JobState.DONE and bool(name) and default_storage.exists(str(name))


def request_report(
    *, agency: Agency, year: int, by: User, at: datetime, form: ReportFormat = ReportFormat.PDF
) -> ReportJob:
    """The job that makes (or has made) the year's report as it stands now, as PDF or workbook.

    Data that did not change since a finished job gives that job again; one under way is joined, so asking
    twice makes one file. A job that stalled is marked failed and made anew. Either way the job is in the list
    of whoever asked.
    """
    fingerprint = OfficeYear(agency, year).fingerprint()
    with transaction.atomic():
        # One at a time for an agency, or two clicks would start two jobs.
        Agency.objects.select_for_update().get(pk=agency.pk)
        jobs = ReportJob.objects.filter(agency=agency, year=year, format=form)
        jobs.filter(state__in=UNFINISHED, requested_at__lt=at - STALLED_AFTER).update(
            state=JobState.FAILED, message=STALLED, finished_at=at
        )
        same = jobs.filter(fingerprint=fingerprint).order_by("-pk")
        for job in same.filter(Q(state=JobState.DONE) | Q(state__in=UNFINISHED)):
            if job.state in UNFINISHED or has_file(job):
                _list(job, by, at)
                return job
        job = ReportJob.objects.create(
            agency=agency,
            year=year,
            format=form,
            fingerprint=fingerprint,
            step="Menunggu giliran",
            requested_by=by,
            requested_at=at,
        )
        _list(job, by, at)
        transaction.on_commit(lambda: make_report.enqueue(job.pk))
    job.refresh_from_db()
    return job


def _list(job: ReportJob, by: User, at: datetime) -> None:
    """Asking again brings it to the top of the person's list."""
    Download.objects.update_or_create(owner=by, job=job, defaults={"asked_at": at})


@task()
def make_report(job_id: int) -> None:
    """Makes the file of a job. The job tells how far it is, and a failure in a reader's words. One that is
    cancelled stops at its next step and leaves no file."""
    job = ReportJob.objects.select_related("agency__government").filter(pk=job_id).first()
    if job is None or job.state not in UNFINISHED:
        return
    tell = _teller(job)
    try:
        tell("Menyusun tabel dan naskah", 5)
        job.fingerprint, document = _read(job)
        content = _content(job, document, tell)
        tell("Menyimpan berkas", 97)
        job.file.name = store(content, name_of(job))
    except GivenUpError:
        logger.info("Report job %s was given up", job_id)
        return
    except Exception as error:
        logger.exception("Report job %s failed", job_id)
        _finish(job, JobState.FAILED, message=_message(error))
        return
    if not _finish(job, JobState.DONE):
        drop_file(str(job.file.name))


def _read(job: ReportJob) -> tuple[str, Document]:
    """The fingerprint of the data and the report that shows them. Data that change meanwhile are read again;
    where they keep changing, the file gets a name that no data have, so that it is never handed out again."""
    for _ in range(ATTEMPTS):
        office = OfficeYear(job.agency, job.year)
        fingerprint = office.fingerprint()
        document = document_of(office)
        if OfficeYear(job.agency, job.year).fingerprint() == fingerprint:
            return fingerprint, document
    return f"berubah-{job.pk}", document


def _content(job: ReportJob, document: Document, tell: Progress) -> bytes:
    if job.format == ReportFormat.XLSX:
        tell("Menyusun buku kerja", 60)
        return to_xlsx(document)
    tell("Menata halaman", 30)
    return render_pdf(document, lambda step, percent: tell(step, 30 + percent * 65 // 100))


def name_of(job: ReportJob) -> str:
    """The same data gives the same name, so that making it again replaces it."""
    return f"laporan/{job.year}/lkjip-{job.agency.slug}-{job.year}-{job.fingerprint[:16]}.{job.format}"


def store(content: bytes, name: str) -> str:
    """Write the file under another name and move it into place whole: nobody ever sees half of it."""
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED_FILE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return name


def drop_file(name: str) -> None:
    """Remove a file that no job gives out any more; the same data may have made it twice."""
    if name and not ReportJob.objects.filter(file=name, state=JobState.DONE).exists():
        default_storage.delete(name)


def _sweep(folder: Path) -> None:
    """Remove what a killed worker left behind."""
    for left in folder.glob(f"{UNFINISHED_FILE}*"):
        if time.time() - left.stat().st_mtime > STALLED_AFTER.total_seconds():
            left.unlink(missing_ok=True)


def _teller(job: ReportJob) -> Progress:
    """Writes how far the job is, only when that changed: the printer tells it many times a page."""

    def tell(step: str, percent: int) -> None:
        now = (step[:100], max(0, min(percent, 99)))
        if now != (job.step, job.percent):
            job.step, job.percent = now
            if not _update(job, state=JobState.RUNNING, step=job.step, percent=job.percent):
                raise GivenUpError

    return tell


def _finish(job: ReportJob, state: JobState, message: str = "") -> bool:
    """Whether the job was still ours to finish."""
    done = state is JobState.DONE
    return _update(
        job,
        state=state,
        step="Selesai" if done else job.step,
        percent=100 if done else job.percent,
        message=message,
        fingerprint=job.fingerprint,
        file=job.file.name if done else "",
        finished_at=timezone.now(),
    )


def _update(job: ReportJob, **values: object) -> bool:
    """Only while the job is still ours: one that was given up as stalled or cancelled stays so."""
    return ReportJob.objects.filter(pk=job.pk, state__in=UNFINISHED).update(**values) == 1


def _message(error: Exception) -> str:
    """The error's own words where they were written for readers."""
    from reporting.lkjip.narrative import NarrativeError
    from reporting.pdf import PdfUnavailableError

    return str(error) if isinstance(error, NarrativeError | PdfUnavailableError) else FAILED
