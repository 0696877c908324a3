"""The report in a real browser: reading it by its contents, and watching its PDF being made."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reporting.actions import jobs
from reporting.models import JobState, ReportJob
from sakip.models import Agency, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(transactional_db, settings, tmp_path) -> User:
    settings.MEDIA_ROOT = tmp_path
    return User.objects.get(username="evaluator")


def test_the_contents_lead_to_their_sections(page: Page, sign_in, reader):
    sign_in(page, reader)
    page.goto("/palaran/2025/lkjip/")
    contents = page.get_by_role("navigation", name="Isi laporan")
    link = contents.get_by_role("link", name="BAB III", exact=False).first
    link.click()
    expect(link).to_have_attribute("aria-current", "location")
    target = page.locator(link.get_attribute("href") or "")
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text("Akuntabilitas Kinerja", ignore_case=True)


def test_the_file_is_watched_and_taken(page: Page, sign_in, reader, monkeypatch):
    """The worker is played here: the page follows what it writes, without being loaded again."""
    monkeypatch.setattr(jobs, "render_pdf", lambda document, progress: b"%PDF-1.7")
    sign_in(page, reader)
    job = jobs.request_report(
        agency=Agency.objects.get(slug="palaran"), year=2025, by=reader, at=timezone.now()
    )
    # The tests' tasks run at once; put the job back to where a worker would be in the middle of it.
    ReportJob.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, step="Menata halaman", percent=45, file="", finished_at=None
    )
    page.goto(f"/palaran/2025/lkjip/unduh/{job.pk}/")
    expect(page.locator("#keadaan")).to_contain_text("Menata halaman")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "45")
    ReportJob.objects.filter(pk=job.pk).update(step="Menulis PDF", percent=85)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "85")
    name = jobs.store(b"%PDF-1.7 laporan", "laporan/2025/uji.pdf")
    ReportJob.objects.filter(pk=job.pk).update(
        state=JobState.DONE, percent=100, file=name, finished_at=timezone.now()
    )
    expect(page.get_by_role("heading", name="Laporan siap")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").click()
    assert download.value.suggested_filename == "lkjip-palaran-2025.pdf"


def test_a_file_that_is_there_already_is_offered_at_once(page: Page, sign_in, reader, monkeypatch):
    monkeypatch.setattr(jobs, "render_pdf", lambda document, progress: b"%PDF-1.7")
    sign_in(page, reader)
    page.goto("/palaran/2025/lkjip/")
    page.get_by_role("button", name="Unduh PDF").click()
    expect(page.get_by_role("heading", name="Laporan siap")).to_be_visible()
    assert ReportJob.objects.count() == 1


def test_a_failure_can_be_tried_again(page: Page, sign_in, reader, monkeypatch):
    def fail(document, progress):
        raise RuntimeError("broken")

    monkeypatch.setattr(jobs, "render_pdf", fail)
    sign_in(page, reader)
    page.goto("/palaran/2025/lkjip/")
    page.get_by_role("button", name="Unduh PDF").click()
    expect(page.locator("#keadaan")).to_contain_text("belum dapat dibuat karena kesalahan pada server")
    monkeypatch.setattr(jobs, "render_pdf", lambda document, progress: b"%PDF-1.7")
    page.get_by_role("button", name="Buat sekali lagi").click()
    expect(page.get_by_role("heading", name="Laporan siap")).to_be_visible()
