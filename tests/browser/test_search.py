"""The search in a real browser: opened by keys, gone through by arrows, left by Esc; sound in every theme."""

import re

import pytest
from playwright.sync_api import Page, expect

from sakip.models import User
from tests.browser.bukuan import ENTRY, HOME
from tests.browser.sound import faults_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def start(page: Page, sign_in, username: str = "camat", address: str = HOME) -> None:
    User.objects.update(has_seen_tour=True)
    sign_in(page, User.objects.get(username=username))
    page.goto(address)


def results(page: Page):
    return page.locator("#cari-hasil a")


def test_a_unit_is_found_and_opened_with_the_keyboard_alone(page, sign_in):
    start(page, sign_in)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Cari")).to_be_visible()
    expect(page.get_by_label("Cari di Kecamatan Palaran tahun 2026")).to_be_focused()
    page.keyboard.type("bukuan")
    expect(page.locator("#cari-jumlah")).to_have_text(re.compile(r"^\d+ hasil$"))
    expect(results(page).first).to_have_text(re.compile("Kelurahan Bukuan"))
    expect(results(page).first.locator("mark")).to_have_text("Bukuan")
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#cari-kata")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/palaran/2026/unit/bukuan/$"))


def test_what_is_typed_on_a_result_goes_on_in_the_box(page, sign_in):
    start(page, sign_in)
    page.keyboard.press("/")
    page.keyboard.type("bukua")
    expect(results(page).first).to_have_text(re.compile("Bukuan"))
    page.keyboard.press("ArrowDown")
    page.keyboard.type("n")
    expect(page.locator("#cari-kata")).to_be_focused()
    expect(page.locator("#cari-kata")).to_have_value("bukuan")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Backspace")
    expect(page.locator("#cari-kata")).to_have_value("bukua")


def test_esc_closes_it_and_the_focus_goes_back(page, sign_in):
    start(page, sign_in)
    opener = page.get_by_role("link", name="Cari", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("rapat")
    expect(results(page).first).to_have_text(re.compile("Rapat"))
    page.keyboard.press("Escape")
    expect(page.locator("#cari")).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#cari-kata")).to_have_value("rapat")
    page.locator("#cari").click(position={"x": 300, "y": -30}, force=True)
    expect(page.locator("#cari")).to_be_hidden()


def test_a_slash_in_a_field_is_a_slash(page, sign_in):
    start(page, sign_in, "operator.bukuan", ENTRY)
    cell = page.locator(".en-box input").first
    cell.focus()
    page.keyboard.press("F2")
    page.keyboard.type("/")
    expect(page.locator("#cari")).to_be_hidden()
    expect(cell).to_have_value(re.compile("/$"))
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("#cari")).to_be_visible()
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()


def test_a_result_on_the_same_page_is_gone_to(page, sign_in):
    start(page, sign_in, "operator.bukuan", ENTRY)
    page.keyboard.press("Control+k")
    page.keyboard.type("sarana terbangun")
    page.locator("#cari-hasil").get_by_text("Isian Kelurahan Bukuan, TW IV").click()
    expect(page.locator("#cari")).to_be_hidden()
    expect(page.locator("tr:target")).to_be_in_viewport()
    expect(page.locator("tr:target")).to_contain_text("Terbangun")


def test_enter_in_the_box_opens_the_page_which_shows_all_of_a_kind(page, sign_in):
    start(page, sign_in)
    page.keyboard.press("Control+k")
    page.keyboard.type("serapan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/palaran/2026/cari/\?q=serapan$"))
    expect(page.get_by_label("Kata, kode, atau angka")).to_have_value("serapan")
    page.get_by_role("link", name=re.compile(r"Lihat semua \d+ pada Angka")).click()
    expect(page).to_have_url(re.compile("jenis=angka$"))
    assert page.locator(".sr-result").count() > 6
    page.go_back()
    expect(page.get_by_role("heading", name="Cari", exact=True)).to_be_visible()


def test_without_words_it_leads_to_what_waits(page, sign_in):
    start(page, sign_in, "operator.bukuan")
    page.keyboard.press("Control+k")
    page.get_by_role("link", name="Isi triwulan IV, Kelurahan Bukuan").click()
    expect(page).to_have_url(re.compile(f"{ENTRY}$"))


def test_it_works_without_javascript(open_page, sign_in):
    page = open_page(java_script_enabled=False)
    start(page, sign_in)
    page.get_by_role("link", name="Cari", exact=True).click()
    page.get_by_label("Kata, kode, atau angka").fill("41,92 zzz")
    page.get_by_role("main").get_by_role("button", name="Cari").click()
    expect(page.get_by_text("Tidak ada yang cocok dengan “41,92 zzz”.")).to_be_visible()
    page.get_by_label("Kata, kode, atau angka").fill("7.01.01.2.06")
    page.get_by_role("main").get_by_role("button", name="Cari").click()
    page.get_by_role("link", name=re.compile("Administrasi Umum")).first.click()
    expect(page).to_have_url(re.compile("/realisasi/kantor-kecamatan/tw-4/#"))


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark"), (360, "light")])
def test_it_is_sound(open_page, sign_in, width, theme):
    page = open_page(width, 740, color_scheme=theme)
    start(page, sign_in)
    page.get_by_role("link", name="Cari", exact=True).click()
    for typed in ("", "bukuan", "tergenang", "tidak ada ini"):
        with page.expect_response("**/cari/*"):
            page.locator("#cari-kata").fill(typed or " ")
        assert faults_on(page) == []
        box = page.locator("#cari").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    page.goto(f"{HOME}cari/?q=bukuan")
    assert faults_on(page) == []
    brand = page.locator(".sk-brand-name").bounding_box()
    assert brand["x"] + brand["width"] <= page.locator("[data-search]").bounding_box()["x"]


def test_an_ended_session_is_said(page, sign_in, page_errors):
    start(page, sign_in)
    page.keyboard.press("Control+k")
    expect(results(page).first).to_be_visible()
    page.context.clear_cookies()
    page.keyboard.type("bukuan")
    expect(page.locator("#cari-hasil")).to_have_text(
        "Sesi Anda telah berakhir. Tekan Enter untuk masuk kembali."
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/masuk/"))
    assert all("403" in error for error in page_errors)
    page_errors.clear()
