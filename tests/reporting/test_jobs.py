"""The report's file in the background: made once, whole or not at all, and handed out again."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from reporting.actions import jobs
from reporting.actions.editions import NotIssuableError, issue_edition
from reporting.models import JobState, ReportJob
from reporting.pdf import PdfUnavailableError
from sakip.models import Agency, ReportingYear, User

PDF = b"%PDF-1.7 laporan"
NOW = timezone.now()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The printer gives a small file at once; how often it was asked."""
    asked: list[str] = []

    def render(document, progress):
        asked.append(document.title)
        progress("Menata halaman", 50)
        return PDF

    monkeypatch.setattr(jobs, "render_pdf", render)
    return asked


@pytest.fixture
def asker(palaran: Agency) -> User:
    return User.objects.get(username="perencana")


@pytest.fixture
def ask(palaran, asker, django_capture_on_commit_callbacks):
    def ask(year: int = 2025, at=NOW) -> ReportJob:
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.request_report(agency=palaran, year=year, by=asker, at=at)
        job.refresh_from_db()
        return job

    return ask


def test_a_job_ends_with_its_file(ask, printed):
    job = ask()
    assert (job.state, job.percent, job.step) == (JobState.DONE, 100, "Selesai")
    assert job.finished_at is not None
    assert job.file.read() == PDF
    assert job.fingerprint[:16] in job.file.name


def test_unchanged_data_gives_the_same_file_again(ask, printed):
    assert ask().pk == ask().pk
    assert len(printed) == 1


def test_the_workbook_is_a_file_of_its_own(client, asker, ask, printed, palaran):
    """Asked for beside the PDF, and never issued in its place."""
    client.force_login(asker)
    pdf = ask()
    address = reverse("report_request", args=["palaran", 2025])
    assert client.post(address, {"format": "docx"}).status_code == 404
    asked = client.post(address, {"format": "xlsx"}).url
    waiting = ReportJob.objects.get(format="xlsx")
    assert asked == reverse("report_job", args=["palaran", 2025, waiting.pk])
    assert (waiting.format, waiting.fingerprint) == ("xlsx", pdf.fingerprint)
    jobs.make_report.func(waiting.pk)
    page = client.get(reverse("report_job", args=["palaran", 2025, waiting.pk])).content.decode()
    assert "Unduh XLSX (" in page
    assert "dapat diterbitkan" not in page
    got = client.get(reverse("report_file", args=["palaran", 2025, waiting.pk]))
    assert got["Content-Disposition"] == 'attachment; filename="lkjip-palaran-2025.xlsx"'
    assert got["Cache-Control"] == "private"
    book = load_workbook(BytesIO(b"".join(got.streaming_content)))
    assert "3.7" in " ".join(book.sheetnames)
    assert "LKjIP 2025 (XLSX)" in client.get(reverse("downloads", args=["palaran", 2025])).content.decode()
    waiting.refresh_from_db()
    with pytest.raises(NotIssuableError, match="Buat PDF lebih dahulu"):
        issue_edition(job=waiting, by=asker, at=NOW)
    assert len(printed) == 1


def test_changed_data_makes_a_new_file(ask, printed, palaran):
    first = ask()
    ReportingYear.objects.filter(agency=palaran, year=2025).update(report_number="900/0001")
    second = ask()
    assert second.pk != first.pk
    assert second.fingerprint != first.fingerprint
    assert len(printed) == 2


def test_a_file_that_is_gone_is_made_again(ask, printed):
    default_storage.delete(ask().file.name)
    assert jobs.has_file(ask())
    assert len(printed) == 2


def test_asking_while_it_is_being_made_joins_in(palaran, asker, printed):
    """Nothing is executed here: the job waits for its worker."""
    first = jobs.request_report(agency=palaran, year=2025, by=asker, at=NOW)
    second = jobs.request_report(agency=palaran, year=2025, by=asker, at=NOW)
    assert first.pk == second.pk


def test_a_job_whose_worker_died_is_shown_as_failed_and_made_anew(palaran, asker, ask, printed):
    dead = jobs.request_report(agency=palaran, year=2025, by=asker, at=NOW - timedelta(hours=1))
    ReportJob.objects.filter(pk=dead.pk).update(state=JobState.RUNNING, percent=45)
    dead.refresh_from_db()
    assert jobs.is_stalled(dead, NOW)
    fresh = ask()
    dead.refresh_from_db()
    assert (dead.state, dead.message) == (JobState.FAILED, jobs.STALLED)
    assert fresh.pk != dead.pk
    assert jobs.has_file(fresh)


def test_a_late_worker_does_not_revive_a_job_that_was_given_up(palaran, asker, printed):
    job = jobs.request_report(agency=palaran, year=2025, by=asker, at=NOW)
    ReportJob.objects.filter(pk=job.pk).update(state=JobState.FAILED, message=jobs.STALLED)
    jobs.make_report.func(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert printed == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("secret detail"), jobs.FAILED),
        (PdfUnavailableError("PDF belum dapat dibuat: pasang Pango."), "PDF belum dapat dibuat"),
    ],
)
def test_a_failure_is_told_in_words_for_readers(ask, monkeypatch, error, said):
    def fail(document, progress):
        raise error

    monkeypatch.setattr(jobs, "render_pdf", fail)
    job = ask()
    assert job.state == JobState.FAILED
    assert said in job.message
    assert "secret" not in job.message
    assert not job.file


def test_a_file_that_breaks_off_leaves_nothing(ask, printed, monkeypatch):
    """The disk fails while the file is being written: neither the file nor a half of it is there."""

    def fail(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(jobs.os, "fsync", fail)
    job = ask()
    assert job.state == JobState.FAILED
    assert list(Path(default_storage.path("laporan/2025")).iterdir()) == []


def test_what_a_killed_worker_left_is_removed_by_the_next(tmp_path, ask, printed):
    folder = Path(default_storage.path("laporan/2025"))
    folder.mkdir(parents=True)
    old, young = folder / ".baru-lama", folder / ".baru-baru"
    old.touch()
    young.touch()
    os.utime(old, (1, 1))
    ask()
    assert (old.exists(), young.exists()) == (False, True)


def test_the_page_follows_the_job(client, asker, ask, printed, palaran):
    client.force_login(asker)
    waiting = jobs.request_report(agency=palaran, year=2025, by=asker, at=timezone.now())
    page = client.get(reverse("report_job", args=["palaran", 2025, waiting.pk]))
    assert "sedang dibuat" in page.content.decode()
    assert 'hx-trigger="every 1s"' in page.content.decode()
    jobs.make_report.func(waiting.pk)
    part = client.get(
        reverse("report_job", args=["palaran", 2025, waiting.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "Laporan siap" in part
    assert "<html" not in part
    assert "every 1s" not in part
    got = client.get(reverse("report_file", args=["palaran", 2025, waiting.pk]))
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"] == 'attachment; filename="lkjip-palaran-2025.pdf"'


def test_an_unfinished_job_has_no_file_to_give(client, asker, palaran):
    client.force_login(asker)
    waiting = jobs.request_report(agency=palaran, year=2025, by=asker, at=timezone.now())
    assert client.get(reverse("report_file", args=["palaran", 2025, waiting.pk])).status_code == 404
    other_year = reverse("report_job", args=["palaran", 2026, waiting.pk])
    assert client.get(other_year).status_code == 404


WRITER = """
import sys
from reporting.actions import jobs
from pathlib import Path
jobs.default_storage = type("Folder", (), {"path": staticmethod(lambda name: str(Path(sys.argv[1]) / name))})
print("mulai", flush=True)
jobs.store(b"x" * 200_000_000, "laporan.pdf")
"""


@pytest.mark.parametrize("delay", [0.0, 0.05])
def test_a_killed_writer_leaves_the_old_file_whole(tmp_path, delay):
    """The process is killed while it writes a new file over an old one."""
    target = tmp_path / "laporan.pdf"
    target.write_bytes(b"lama")
    script = f"import django; django.setup()\n{WRITER}"
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, cwd=settings.BASE_DIR
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(delay)
    writer.kill()
    writer.wait()
    writer.stdout.close()
    assert target.stat().st_size in (4, 200_000_000)
