"""Issuing an edition: a PDF that was read is kept with its data, its policy and its hash, for good."""

from datetime import datetime
from typing import Any

from django.db import transaction

from reporting.actions import jobs
from reporting.lkjip.document import document_of
from reporting.lkjip.editions import (
    content_of,
    editions_of,
    repeats,
    sha256_of,
    unsettled_quarters,
)
from reporting.lkjip.export import to_json
from reporting.models import Edition, ReportFormat, ReportJob
from reporting.year import OfficeYear
from sakip.actions import history
from sakip.models import Agency, HistoryAction, ScoringPolicy, User
from sakip.workflow import permissions


class NotIssuableError(Exception):
    """Why a PDF cannot become an edition, in a reader's words."""


def issue_edition(*, job: ReportJob, by: User, at: datetime) -> Edition:
    """The next edition of the job's year, of exactly the file that the job made.

    Raises PermissionDenied for anybody but perencana and head; NotIssuableError for a file that is not there,
    data that changed since it was made, and a report that the last edition holds already.
    """
    permissions.require_issue_report(by, job.agency)
    if job.format != ReportFormat.PDF or not jobs.has_file(job):
        raise NotIssuableError("PDF itu belum jadi. Buat PDF lebih dahulu, periksa, lalu terbitkan.")
    # Read before the agency is locked, which keeps others waiting, and checked after it.
    _require_unchanged(job)
    snapshot = to_json(document_of(OfficeYear(job.agency, job.year)))
    with transaction.atomic():
        # One at a time for an agency, so that numbers follow each other.
        Agency.objects.select_for_update().get(pk=job.agency_id)
        _require_unchanged(job)
        last = editions_of(job.agency, job.year).first()
        unsettled = unsettled_quarters(job.agency, job.year)
        if last is not None and repeats(job, last, unsettled):
            raise NotIssuableError(f"Edisi {last.number} sudah memuat laporan yang sama.")
        number = 1 if last is None else last.number + 1
        return _keep(job, snapshot, number, unsettled, by, at)


def _require_unchanged(job: ReportJob) -> None:
    if OfficeYear(job.agency, job.year).fingerprint() != job.fingerprint:
        raise NotIssuableError("Data berubah sejak PDF itu dibuat. Buat PDF baru, periksa, lalu terbitkan.")


def _keep(
    job: ReportJob, snapshot: dict[str, Any], number: int, unsettled: int, by: User, at: datetime
) -> Edition:
    agency, year = job.agency, job.year
    policy = ScoringPolicy.objects.for_year(agency.government_id, year)
    content = content_of(str(job.file.name))
    sha256 = sha256_of(content)
    name = f"edisi/{year}/lkjip-{agency.slug}-{year}-edisi-{number}-{sha256[:16]}.pdf"
    edition = Edition.objects.create(
        agency=agency,
        year=year,
        number=number,
        issued_at=at,
        issued_by=by,
        snapshot=snapshot,
        policy={"id": policy.pk, "name": policy.name, "rules": policy.rules},
        file=jobs.store(content, name),
        sha256=sha256,
        unsettled=unsettled,
    )
    history.record(
        agency=agency,
        unit=None,
        subject=edition,
        action=HistoryAction.CREATE,
        changes=[history.Change("number", "", str(number)), history.Change("sha256", "", sha256)],
        by=by,
        at=at,
        is_locked=True,
    )
    return edition
