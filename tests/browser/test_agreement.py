"""A revision of the performance agreement in a real browser: started, written, mended, put in force."""

import pytest
from playwright.sync_api import Page, expect

from sakip.models import Agreement, User
from tests.browser.bukuan import HOME
from tests.browser.sound import arrive, faults_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AGREEMENTS = f"{HOME}perjanjian/"
SHEET = f"{AGREEMENTS}rancangan/"
IPP = "Indeks Pelayanan Publik (IPP) Perangkat Daerah"
IKM = "Indeks Kepuasan Masyarakat (IKM)"
SIZES = pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])


def save(page: Page) -> None:
    arrive(page.get_by_role("button", name="Simpan", exact=True))


@SIZES
def test_the_planner_revises_the_agreement(open_page, sign_in, page_errors, width, height):
    page = open_page(width, height)
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(AGREEMENTS)
    arrive(page.get_by_role("button", name="Buat perubahan"))
    assert faults_on(page) == []
    page.get_by_label(f"Target: {IPP}").fill("3,7o")
    page.get_by_label(f"Target: {IKM}").fill("88.5")
    page.get_by_label(f"Sasaran: {IKM}").fill("Kepuasan masyarakat meningkat")
    expect(page.get_by_label(f"Dimuat: {IKM}")).to_be_checked()
    save(page)
    assert faults_on(page) == []
    expect(page.get_by_role("alert")).to_contain_text("2 hal perlu diperbaiki")
    page.get_by_role("link", name=f"Target, {IPP}").click()
    expect(page.get_by_label(f"Target: {IPP}")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("3,72")
    arrive(page.get_by_role("button", name="88,5", exact=True))
    expect(page.get_by_text("Rancangan, belum berlaku")).to_be_visible()
    expect(page.get_by_text("Tanggal penandatanganan belum diisi.").first).to_be_visible()
    assert faults_on(page) == []

    arrive(page.get_by_role("link", name="Ubah", exact=True))
    page.get_by_label("Tanggal penandatanganan").fill("2026-11-06")
    save(page)
    page.goto(HOME)
    expect(page.get_by_text("3,72")).to_have_count(0)
    page.goto(AGREEMENTS)
    page.get_by_role("button", name="Berlakukan").click()
    expect(page.get_by_role("dialog")).to_contain_text("NKO, beranda, dan LKjIP 2026 memakai target")
    assert faults_on(page) == []
    arrive(page.get_by_role("dialog").get_by_role("button", name="Berlakukan"))
    expect(page.get_by_text("sudah berlaku.")).to_be_visible()
    expect(page.get_by_text("Rancangan, belum berlaku")).to_have_count(0)
    assert faults_on(page) == []
    page.goto(HOME)
    expect(page.get_by_text("3,72").first).to_be_visible()
    assert all("422" in error for error in page_errors)
    page_errors.clear()


def test_enter_goes_down_a_column_and_tab_along_the_row(page, sign_in):
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(AGREEMENTS)
    arrive(page.get_by_role("button", name="Buat perubahan"))
    page.get_by_label(f"Target: {IPP}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Target: {IKM}")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_label(f"Target: {IPP}")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label(f"Dimuat: {IKM}")).to_be_focused()
    assert page.url.endswith(SHEET)


def test_what_was_typed_and_ticked_is_there_after_the_log_in(page, sign_in):
    """The session ended while the planner wrote."""
    planner = User.objects.get(username="perencana")
    sign_in(page, planner)
    page.goto(AGREEMENTS)
    arrive(page.get_by_role("button", name="Buat perubahan"))
    page.get_by_label(f"Target: {IKM}").fill("88,5")
    page.get_by_label(f"Dimuat: {IPP}").uncheck()
    page.context.clear_cookies(name="sessionid")
    save(page)
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    sign_in(page, planner)
    page.goto(SHEET)
    expect(page.get_by_label(f"Target: {IKM}")).to_have_value("88,5")
    expect(page.get_by_label(f"Dimuat: {IKM}")).to_be_checked()
    expect(page.get_by_label(f"Dimuat: {IPP}")).not_to_be_checked()
    expect(page.get_by_text("Belum tersimpan.")).to_be_visible()


def test_without_scripts_the_whole_way_can_be_gone(open_page, sign_in):
    page = open_page(java_script_enabled=False)
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(AGREEMENTS)
    page.get_by_role("button", name="Buat perubahan").click()
    page.get_by_label(f"Target: {IPP}").fill("3,72")
    page.get_by_label("Tanggal penandatanganan").fill("2026-11-06")
    page.get_by_label("Tanggal penandatanganan").press("Enter")
    page.get_by_role("button", name="Berlakukan").click()
    page.get_by_role("dialog").get_by_role("button", name="Berlakukan").click()
    expect(page.get_by_text("sudah berlaku.")).to_be_visible()
    assert not Agreement.objects.drafts().exists()
