"""What takes a while says so, for how long already, and can be cancelled where that changes nothing."""

import os
import time

import pytest
from playwright.sync_api import Page, expect

from budget.models import SheetUpload
from budget.sheets.layout import ENTRY_SHEET
from budget.views import sheets
from sakip.models import NomenclatureCode, User
from sakip.views import history
from tests.browser.bukuan import ENTRY
from tests.browser.sound import faults_on
from tests.browser.test_sheets import XLSX, download, open_lines
from tests.budget.sheet_tools import fill, opened, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEETS = f"{ENTRY}excel/"
SLOWLY = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}


@pytest.fixture
def desk(page: Page, sign_in) -> Page:
    sign_in(page, User.objects.get(username="operator.bukuan"))
    return page


def slow(monkeypatch, module, name: str, seconds: float = 2.5) -> None:
    real = getattr(module, name)

    def slowed(*args, **kwargs):
        time.sleep(seconds)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, slowed)


def busy(page: Page):
    return page.locator(".sk-busy")


# While a page is left, the browser answers no questions: what the line said is read from the next one.
KEEP_WHAT_IS_SAID = """setInterval(() => {
  const line = document.querySelector(".sk-busy:not([hidden])");
  if (line) sessionStorage.setItem("said", line.innerText);
}, 50)"""


def said(page: Page) -> str:
    return page.evaluate("sessionStorage.getItem('said')")


def test_a_large_file_shows_how_much_is_sent_and_can_be_aborted(desk: Page, page_errors):
    desk.goto(SHEETS)
    desk.context.new_cdp_session(desk).send("Network.emulateNetworkConditions", SLOWLY)
    file = {"name": "besar.xlsx", "mimeType": XLSX, "buffer": os.urandom(2_000_000)}
    desk.get_by_label("Berkas Excel").set_input_files(file)
    desk.get_by_role("button", name="Periksa berkas").click()
    expect(busy(desk)).to_contain_text("Mengirim berkas…")
    expect(busy(desk)).to_contain_text("detik")
    expect(busy(desk).get_by_role("progressbar")).to_be_visible()
    expect(desk.get_by_role("button", name="Periksa berkas")).to_have_attribute("aria-busy", "true")
    assert faults_on(desk) == []
    busy(desk).get_by_role("button", name="Batal").press("Enter")
    expect(desk.get_by_text("Pengiriman dibatalkan.")).to_be_visible()
    expect(busy(desk)).to_have_count(0)
    expect(desk.get_by_role("button", name="Periksa berkas")).to_be_enabled()
    assert not SheetUpload.objects.exists()
    # htmx itself notes in the console that it aborted.
    assert len(page_errors) == 2
    assert all("console: htmx:" in error for error in page_errors)
    page_errors.clear()


def test_reading_and_applying_say_so_and_a_refusal_is_shown(desk: Page, monkeypatch, page_errors):
    book = opened(download(desk))
    fill(book[ENTRY_SHEET], f"l{open_lines()[0].pk}", "amount", 12_345)
    content = saved(book)
    slow(monkeypatch, sheets, "read_book")
    slow(monkeypatch, sheets, "apply_upload")
    for buffer, told in ((b"bukan buku kerja", "tidak dapat dipakai"), (content, "Pratinjau perubahan")):
        desk.get_by_label("Berkas Excel").set_input_files(
            {"name": "isian.xlsx", "mimeType": XLSX, "buffer": buffer}
        )
        desk.get_by_role("button", name="Periksa berkas").click()
        expect(busy(desk)).to_contain_text("Membaca berkas…")
        expect(desk.get_by_text(told).first).to_be_visible()
    desk.evaluate(KEEP_WHAT_IS_SAID)
    desk.get_by_role("button", name="Terapkan").click()
    desk.wait_for_url(f"**{ENTRY}")
    assert "Menerapkan isian…" in said(desk)
    assert "detik" in said(desk)
    assert "Batal" not in said(desk)
    assert [error for error in page_errors if "status of 422" not in error] == []
    page_errors.clear()


def test_a_file_that_takes_long_to_make_can_be_cancelled_or_waited_for(desk: Page, monkeypatch):
    slow(monkeypatch, sheets, "workbook_bytes")
    desk.goto(SHEETS)
    link = desk.get_by_role("link", name="Unduh Excel")
    link.click()
    expect(busy(desk)).to_contain_text("Menyusun berkas…")
    expect(busy(desk)).to_contain_text("1 detik")
    busy(desk).get_by_role("button", name="Batal").click()
    expect(desk.get_by_text("Pembuatan berkas dibatalkan.")).to_be_visible()
    expect(link).to_be_focused()
    expect(busy(desk)).to_have_count(0)
    with desk.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename == "isian-palaran-bukuan-2026-tw-4.xlsx"
    expect(busy(desk)).to_have_count(0)


def test_a_quick_file_shows_nothing_and_an_ended_session_leads_to_the_log_in(page: Page, sign_in):
    sign_in(page, User.objects.get(username="evaluator"))
    page.goto("/palaran/2026/riwayat/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename == "riwayat-palaran.csv"
    page.context.clear_cookies()
    page.get_by_role("link", name="XLSX").click()
    page.wait_for_url("**/masuk/**")


def test_a_long_history_is_made_while_one_is_told(page: Page, sign_in, monkeypatch):
    slow(monkeypatch, history, "workbook")
    sign_in(page, User.objects.get(username="evaluator"))
    page.goto("/palaran/2026/riwayat/")
    with page.expect_download():
        page.get_by_role("link", name="XLSX").click()
        expect(busy(page)).to_contain_text("Menyusun berkas…")


def test_the_administrators_imports_say_what_they_do(page: Page, sign_in, monkeypatch):
    slow(monkeypatch, NomenclatureCode, "full_clean")
    sign_in(page, User.objects.create_superuser("pengelola"))
    page.goto("/admin/sakip/nomenclaturecode/import/")
    row = b"nomenclature_year,code,name,is_verified\n2023,9.99.99,Contoh,0\n"
    page.locator("#id_import_file").set_input_files(
        {"name": "kode.csv", "mimeType": "text/csv", "buffer": row}
    )
    page.locator("#id_format").select_option(label="csv")
    page.evaluate(KEEP_WHAT_IS_SAID)
    page.locator("input[data-busy]").click()
    page.locator("input[name=confirm]").wait_for()
    assert "Membaca berkas…" in said(page)
    assert "Batal" in said(page)
    page.evaluate(KEEP_WHAT_IS_SAID)
    page.locator("input[name=confirm]").click()
    page.wait_for_url("**/nomenclaturecode/")
    assert "Menyimpan baris…" in said(page)
    assert "Batal" not in said(page)
    assert NomenclatureCode.objects.filter(code="9.99.99").exists()
    page.goto("/admin/sakip/nomenclaturecode/export/")
    page.locator("#id_format").select_option(label="csv")
    with page.expect_download():
        page.locator("input[type=submit]").click()
