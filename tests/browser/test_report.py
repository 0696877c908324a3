"""The report in a real browser: reading it by its contents, and watching its PDF being made."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reporting.actions import jobs
from reporting.models import JobState, ReportJob
from sakip.models import Agency, User
from tests.reporting.public_desk import edition_of

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


def test_the_cover_is_centred_on_a_phone(page: Page, sign_in, reader):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, reader)
    page.goto("/palaran/2025/lkjip/")
    for line in page.locator(".lk-cover > p").all():
        expect(line).to_have_css("text-align", "center")


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


def test_a_year_is_opened_to_everybody_and_closed(page: Page, open_page, sign_in, reader, page_errors):
    """Each step asks first; the visitor has no account and a phone."""
    camat = User.objects.get(username="camat")
    edition_of(Agency.objects.get(slug="palaran"), 2025, camat)
    sign_in(page, camat)
    page.goto("/palaran/2025/lkjip/edisi/")
    page.get_by_role("button", name="Buka halaman publik").click()
    question = page.get_by_role("dialog", name="Buka edisi 1 untuk umum?")
    expect(question).to_contain_text("Siapa pun, tanpa masuk")
    question.get_by_role("button", name="Buka halaman publik").click()
    address = page.get_by_role("link", name="/publik/palaran/2025/").get_attribute("href") or ""
    visitor = open_page(360, 740)
    visitor.goto(address)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Kinerja Kecamatan Palaran tahun 2025")
    visitor.get_by_text("Lihat angkanya").first.click()
    expect(visitor.get_by_role("table", name="Capaian indikator kinerja")).to_contain_text("41,92%")
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Capaian indikator kinerja (CSV").click()
    assert download.value.suggested_filename == "palaran-2025-edisi-1-data.csv"
    assert visitor.context.cookies() == []
    page.get_by_role("button", name="Tutup halaman publik").click()
    page.get_by_role("dialog").get_by_role("button", name="Tutup halaman publik").click()
    expect(page.get_by_text("Tertutup")).to_be_visible()
    # Another visitor, without the copy that may be kept for five minutes.
    answer = open_page().goto(address)
    assert answer.status == 404
    assert len(page_errors) == 1
    page_errors.clear()
