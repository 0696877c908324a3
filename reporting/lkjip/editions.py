"""Issued editions of the report: which there are, what a next one would be made of, their kept files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from reporting.models import Edition, JobState, ReportFormat, ReportJob
from reporting.year import OfficeYear
from sakip.models import Agency, RowState, UnitQuarter

# What a list shows of an edition, so that two can be told apart: key of the figure, heading.
SHOWN_FIGURES = (("nko.score", "NKO"), ("budget.absorption", "Serapan"))
SETTLED = (RowState.APPROVED, RowState.LOCKED)


@dataclass(frozen=True, slots=True)
class Next:
    """What issuing would take up: the PDF of the data as it stands, or why there is nothing to issue."""

    number: int
    job: ReportJob | None
    repeats: Edition | None
    unsettled: int

    @property
    def is_ready(self) -> bool:
        return self.job is not None and self.job.state == JobState.DONE and self.repeats is None

    @property
    def fields(self) -> list[dict[str, object]]:
        """What the form sends along: the very PDF that was offered."""
        return [{"name": "job", "value": self.job.pk}] if self.job is not None else []


def editions_of(agency: Agency, year: int) -> QuerySet[Edition]:
    """The newest first."""
    found = Edition.objects.filter(agency=agency, year=year).select_related("issued_by", "agency")
    return found.order_by("-number")


def next_edition(office: OfficeYear, issued: list[Edition]) -> Next:
    """`issued` are the editions there are, the newest first."""
    last = issued[0] if issued else None
    job = current_job(office)
    unsettled = unsettled_quarters(office.agency, office.year)
    is_repeated = last is not None and job is not None and repeats(job, last, unsettled)
    return Next(
        number=last.number + 1 if last else 1,
        job=job,
        repeats=last if is_repeated else None,
        unsettled=unsettled,
    )


def unsettled_quarters(agency: Agency, year: int) -> int:
    """How many of the units' quarters can still change."""
    quarters = UnitQuarter.objects.filter(unit__agency=agency, unit__is_active=True, year=year)
    return quarters.exclude(state__in=SETTLED).count()


def current_job(office: OfficeYear) -> ReportJob | None:
    """The PDF of the data as it stands now, finished or under way."""
    found = ReportJob.objects.filter(
        agency=office.agency,
        year=office.year,
        format=ReportFormat.PDF,
        fingerprint=office.fingerprint(),
        state__in=(JobState.DONE, JobState.WAITING, JobState.RUNNING),
    )
    for job in found.select_related("requested_by").order_by("-pk"):
        if job.state != JobState.DONE or default_storage.exists(str(job.file.name)):
            return job
    return None


def repeats(job: ReportJob, edition: Edition, unsettled: int) -> bool:
    """Whether the job's PDF would be no news after this edition. The same data gives the same bytes, so the
    same bytes are the same report; it is issued again only where all of it was approved since."""
    is_approved_since = edition.unsettled > 0 and unsettled == 0
    if job.state != JobState.DONE or is_approved_since:
        return False
    return sha256_of(content_of(str(job.file.name))) == edition.sha256


def content_of(name: str) -> bytes:
    """Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        return file.read()


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept_file(edition: Edition) -> bytes | None:
    """The edition's PDF as it was issued; None where it is gone or is no longer what was issued."""
    try:
        content = content_of(str(edition.file.name))
    except FileNotFoundError:
        return None
    return content if sha256_of(content) == edition.sha256 else None


def shown_figures(snapshot: dict[str, Any]) -> list[str]:
    """The figures of SHOWN_FIGURES as the edition prints them."""
    printed = {figure["key"]: figure["printed"] for figure in snapshot["figures"]}
    return [printed.get(key, "") for key, _ in SHOWN_FIGURES]
