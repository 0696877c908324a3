"""A person's own files of a year, as the page "Unduhan saya" lists them."""

from dataclasses import dataclass
from datetime import datetime

from reporting.actions import jobs
from reporting.models import Download, JobState, ReportJob
from reporting.year import OfficeYear
from sakip.models import Agency, User


@dataclass(frozen=True, slots=True)
class Listed:
    """`is_current`: the file shows the data as they stand now. `message` says why there is no file."""

    row: Download
    job: ReportJob
    is_waiting: bool
    is_ready: bool
    is_current: bool
    size: int = 0
    message: str = ""


def downloads_of(user: User, agency: Agency, year: int, now: datetime) -> list[Listed]:
    """The latest asked for first. The data are read only where a file can be compared with them."""
    rows = list(
        Download.objects.for_person(user).filter(job__agency=agency, job__year=year).select_related("job")
    )
    ready = {row.pk for row in rows if jobs.has_file(row.job)}
    fingerprint = OfficeYear(agency, year).fingerprint() if ready else ""
    return [_listed(row, row.pk in ready, fingerprint, now) for row in rows]


def _listed(row: Download, is_ready: bool, fingerprint: str, now: datetime) -> Listed:
    job = row.job
    is_stalled = jobs.is_stalled(job, now)
    is_lost = job.state == JobState.DONE and not is_ready
    return Listed(
        row=row,
        job=job,
        is_waiting=job.state in jobs.UNFINISHED and not is_stalled,
        is_ready=is_ready,
        is_current=is_ready and job.fingerprint == fingerprint,
        size=job.file.size if is_ready else 0,
        message=jobs.STALLED if is_stalled or is_lost else job.message,
    )
