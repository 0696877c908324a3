"""An office whose report is printed quickly, and the making of its PDF."""

import pytest
from django.utils import timezone

from reporting.actions import jobs
from reporting.models import ReportJob
from tests.world import YEAR, Office, make_office

NOW = timezone.now()


@pytest.fixture
def office(db, settings, tmp_path, monkeypatch) -> Office:
    """Its printer writes the report's figures, so that another report has other bytes."""
    settings.MEDIA_ROOT = tmp_path

    def render(document, progress):
        printed = ";".join(f"{figure.key}={figure.printed}" for figure in document.figures.values())
        return f"%PDF-1.7 {printed}".encode()

    monkeypatch.setattr(jobs, "render_pdf", render)
    return make_office("contoh")


@pytest.fixture
def make_pdf(office, django_capture_on_commit_callbacks):
    def make() -> ReportJob:
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.request_report(agency=office.agency, year=YEAR, by=office.people["planner"], at=NOW)
        job.refresh_from_db()
        return job

    return make
