"""Everybody's own list of files: who sees it, what cancelling and deleting do."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from reporting.actions import downloads, jobs
from reporting.downloads import downloads_of
from reporting.models import Download, JobState, ReportJob
from sakip.models import ReportingYear, User
from tests.world import YEAR, Office, make_office

PDF = b"%PDF-1.7 laporan"


@pytest.fixture
def office(db, settings, tmp_path, monkeypatch) -> Office:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(jobs, "render_pdf", lambda document, progress: PDF)
    return make_office("contoh")


def ask(office: Office, persona: str = "planner", at=None) -> Download:
    """A job that waits for its worker."""
    by = office.people[persona]
    job = jobs.request_report(agency=office.agency, year=YEAR, by=by, at=at or timezone.now())
    return Download.objects.for_person(by).get(job=job)


def made(office: Office, persona: str = "planner") -> Download:
    download = ask(office, persona)
    jobs.make_report.func(download.job_id)
    download.job.refresh_from_db()
    return download


def listed(office: Office, persona: str = "planner"):
    return downloads_of(office.people[persona], office.agency, YEAR, timezone.now())


def cancel(office: Office, download: Download) -> bool:
    by = User.objects.get(pk=download.owner_id)
    return downloads.cancel(download=download, by=by, at=timezone.now())


def delete(office: Office, download: Download) -> bool:
    by = User.objects.get(pk=download.owner_id)
    return downloads.delete(download=download, by=by, at=timezone.now())


def files() -> list[str]:
    folder = Path(default_storage.path(f"laporan/{YEAR}"))
    return [file.name for file in folder.glob("*")]


# ---------------------------------------------------------------- the list
def test_what_was_asked_for_is_in_ones_own_list_only(office):
    made(office)
    [item] = listed(office)
    assert (item.is_ready, item.is_current, item.is_waiting, item.size) == (True, True, False, len(PDF))
    assert listed(office, "head") == []


def test_asking_again_brings_it_up_and_does_not_double_it(office):
    first = made(office)
    again = ask(office, at=timezone.now() + timedelta(minutes=1))
    assert again.pk == first.pk
    assert again.asked_at > first.asked_at


def test_a_file_of_data_that_changed_says_so(office):
    made(office)
    ReportingYear.objects.filter(agency=office.agency, year=YEAR).update(report_number="900/0001")
    [item] = listed(office)
    assert (item.is_ready, item.is_current) == (True, False)


def test_a_file_that_is_gone_is_not_offered(office):
    default_storage.delete(made(office).job.file.name)
    [item] = listed(office)
    assert (item.is_ready, item.message) == (False, jobs.STALLED)


def test_as_many_queries_for_two_files_as_for_one(office, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made(office)
    with CaptureQueriesContext(connection) as one:
        assert len(listed(office)) == 1
    ReportingYear.objects.filter(agency=office.agency, year=YEAR).update(report_number="900/0001")
    made(office)
    with django_assert_num_queries(len(one)):
        assert len(listed(office)) == 2


# ---------------------------------------------------------------- cancelling
def test_a_cancelled_job_is_not_begun(office, monkeypatch):
    download = ask(office)
    assert cancel(office, download)
    monkeypatch.setattr(jobs, "render_pdf", lambda *_: pytest.fail("it was begun"))
    jobs.make_report.func(download.job_id)
    download.job.refresh_from_db()
    assert (download.job.state, download.job.message) == (JobState.CANCELLED, downloads.CANCELLED)
    assert files() == []


def test_a_job_cancelled_between_two_steps_stops_there(office, monkeypatch):
    download, steps = ask(office), []

    def render(document, progress):
        for percent in (10, 50, 90):
            progress(f"Halaman {percent}", percent)
            steps.append(percent)
            if percent == 50:
                assert cancel(office, download)
        return PDF

    monkeypatch.setattr(jobs, "render_pdf", render)
    jobs.make_report.func(download.job_id)
    download.job.refresh_from_db()
    assert steps == [10, 50]
    assert download.job.state == JobState.CANCELLED
    assert files() == []


def test_a_job_cancelled_while_its_file_is_written_leaves_none(office, monkeypatch):
    """The last moment: the file is in place, the job not yet done."""
    download, store = ask(office), jobs.store

    def slow_store(content, name):
        kept = store(content, name)
        assert cancel(office, download)
        return kept

    monkeypatch.setattr(jobs, "store", slow_store)
    jobs.make_report.func(download.job_id)
    download.job.refresh_from_db()
    assert (download.job.state, download.job.file.name) == (JobState.CANCELLED, "")
    assert files() == []


def test_who_asks_after_a_cancelling_gets_a_new_job(office):
    first = ask(office)
    cancel(office, first)
    second = ask(office)
    assert second.job_id != first.job_id
    assert second.job.state == JobState.WAITING


def test_what_others_wait_for_is_made_for_them(office):
    mine, theirs = ask(office), ask(office, "head")
    assert mine.job_id == theirs.job_id
    assert cancel(office, mine)
    jobs.make_report.func(theirs.job_id)
    assert listed(office) == []
    assert [item.is_ready for item in listed(office, "head")] == [True]


def test_a_finished_job_is_not_cancelled(office):
    download = made(office)
    assert not cancel(office, download)
    assert listed(office)[0].is_ready


# ---------------------------------------------------------------- deleting
def test_deleting_takes_the_file_along(office, django_capture_on_commit_callbacks):
    download = made(office)
    with django_capture_on_commit_callbacks(execute=True):
        assert delete(office, download)
    assert (listed(office), files(), ReportJob.objects.count()) == ([], [], 0)


def test_a_file_that_another_person_has_stays(office, django_capture_on_commit_callbacks):
    mine, _ = made(office), ask(office, "head")
    with django_capture_on_commit_callbacks(execute=True):
        assert delete(office, mine)
    assert listed(office) == []
    assert [item.is_ready for item in listed(office, "head")] == [True]


def test_what_is_being_made_is_cancelled_first(office):
    download = ask(office)
    assert not delete(office, download)
    assert len(listed(office)) == 1


def test_what_a_dead_worker_left_can_be_deleted(office):
    download = ask(office, at=timezone.now() - timedelta(hours=1))
    assert delete(office, download)
    jobs.make_report.func(download.job_id)
    assert files() == []


@pytest.mark.parametrize("persona", ["head", "admin", "operator"])
def test_nobody_touches_anothers(office, persona):
    download, by = made(office), office.people[persona]
    with pytest.raises(PermissionDenied, match="hanya dapat dibatalkan atau dihapus"):
        downloads.delete(download=download, by=by, at=timezone.now())
    with pytest.raises(PermissionDenied, match="hanya dapat dibatalkan atau dihapus"):
        downloads.cancel(download=download, by=by, at=timezone.now())


# ---------------------------------------------------------------- the page
def test_the_page_follows_what_is_being_made(client, office):
    client.force_login(office.people["planner"])
    address = reverse("downloads", args=["contoh", YEAR])
    assert "Belum ada unduhan" in client.get(address).content.decode()
    download = ask(office)
    page = client.get(address).content.decode()
    assert "Batalkan" in page
    assert 'hx-trigger="every 2s"' in page
    jobs.make_report.func(download.job_id)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Sesuai data sekarang" in part
    assert "<html" not in part
    assert "every 2s" not in part


def test_cancelling_on_the_page_says_what_happened(client, office):
    client.force_login(office.people["planner"])
    download = ask(office)
    place = ["contoh", YEAR, download.pk]
    page = client.post(reverse("download_cancel", args=place), follow=True).content.decode()
    assert "dibatalkan." in page
    assert "Dibatalkan" in page
    job = client.get(reverse("report_job", args=["contoh", YEAR, download.job_id])).content.decode()
    assert "Pembuatan dibatalkan" in job
    page = client.post(reverse("download_delete", args=place), follow=True).content.decode()
    assert "dihapus dari unduhan Anda" in page
