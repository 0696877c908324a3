"""What a person does with their own list of files: cancelling one that is being made, deleting one."""

from datetime import datetime

from django.db import transaction

from reporting.actions import jobs
from reporting.models import Download, JobState, ReportJob
from sakip.models import Agency, User
from sakip.workflow import permissions

CANCELLED = "Pembuatannya dibatalkan oleh yang memintanya."


def cancel(*, download: Download, by: User, at: datetime) -> bool:
    """Stop the making of a file; False where it had ended already.

    Where others wait for the same file it is made for them, and only this person's line goes.
    """
    permissions.require_keep_download(by, download.owner_id)
    with transaction.atomic():
        job = _locked(download)
        if job is None or job.state not in jobs.UNFINISHED:
            return False
        if job.downloads.exclude(pk=download.pk).exists():
            download.delete()
            return True
        waiting = ReportJob.objects.filter(pk=job.pk, state__in=jobs.UNFINISHED)
        return waiting.update(state=JobState.CANCELLED, message=CANCELLED, finished_at=at) == 1


def delete(*, download: Download, by: User, at: datetime) -> bool:
    """Take a file off the person's list; with the last who has it the file itself goes. False while it is
    being made: that is cancelled first."""
    permissions.require_keep_download(by, download.owner_id)
    with transaction.atomic():
        job = _locked(download)
        if job is None or (job.state in jobs.UNFINISHED and not jobs.is_stalled(job, at)):
            return False
        download.delete()
        if not job.downloads.exists():
            name = str(job.file.name or "")
            job.delete()
            transaction.on_commit(lambda: jobs.drop_file(name))
    return True


def _locked(download: Download) -> ReportJob | None:
    """The job as it stands, behind the lock that asking takes, so that nobody joins it meanwhile."""
    Agency.objects.select_for_update().get(pk=download.job.agency_id)
    return ReportJob.objects.filter(pk=download.job_id).first()
