"""Entering a quarter in a real browser: the demo's operator of Bukuan and the open quarter of 2026."""

import re

import pytest
from playwright.sync_api import Page, expect

from budget.models import QuarterlyRealisation
from reporting.management.commands.demo import PASSWORD
from sakip.models import User
from sakip.scoring.values import NIHIL, Measured

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRY = "/palaran/2026/realisasi/bukuan/tw-4/"
SUB = "7.01.02.2.01.0002"


def stored(line: int) -> QuarterlyRealisation:
    return QuarterlyRealisation.objects.get(line_id=line, unit_quarter__quarter=4)


def first_line(page: Page) -> int:
    """The key of the first budget line on the page."""
    name = page.locator("input[name$='-amount']").first.get_attribute("name")
    return int(re.fullmatch(r"l(\d+)-amount", name or "")[1])


def log_in(page: Page, username: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    # Each role has a page of its own to start from.
    start = re.compile("Kecamatan Palaran|Kelurahan Bukuan|Kelengkapan isian")
    expect(page.get_by_role("heading", level=1, name=start)).to_be_visible()


def refused(page_errors: list[str]) -> None:
    """The browser notes a 422 as an error; nothing else may have gone wrong."""
    assert page_errors
    assert all("422" in error for error in page_errors)
    page_errors.clear()


def test_an_operator_enters_a_quarter_and_the_report_follows(page: Page):
    log_in(page, "operator.bukuan")
    page.get_by_role("link", name="Isi TW IV Kelurahan Bukuan").click()
    expect(page).to_have_url(re.compile(ENTRY))
    line = first_line(page)
    before = (
        stored(line).amount
        if QuarterlyRealisation.objects.filter(line_id=line, unit_quarter__quarter=4).exists()
        else None
    )
    assert before is None or before.is_missing

    undo = page.get_by_role("link", name="Urungkan perubahan terakhir saya")
    expect(undo).to_have_count(0)
    page.locator(f"#l{line}-amount").fill("12.000.000")
    page.locator(f"#l{line}-amount").press("Tab")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    expect(undo).to_be_visible()
    expect(page.locator(f"#l{line}-sd")).to_have_text("134.972.000")
    expect(page.locator("#ringkas")).to_contain_text("12.000.000")
    assert stored(line).amount == Measured.of(12_000_000)
    assert stored(line).updated_by == User.objects.get(username="operator.bukuan")

    page.goto("/palaran/2026/angka/budget.units.bukuan.realised/")
    expect(page.locator(".fg-printed")).to_contain_text("Rp 3.659.122.279,00")
    page.goto("/palaran/2026/lkjip/")
    expect(page.locator("article.lkjip")).to_contain_text("3.659.122.279")


def test_what_is_wrong_is_said_beside_its_cell_and_the_typing_stays(page: Page, sign_in, page_errors):
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    line = first_line(page)
    box = page.locator(f"#l{line}-physical")
    box.fill("1.234")
    box.press("Tab")
    wrong = page.locator(f"#l{line}-physical-salah")
    expect(wrong).to_contain_text("dapat berarti 1234 atau 1,234")
    expect(box).to_have_value("1.234")
    expect(box).to_have_attribute("aria-invalid", "true")
    wrong.get_by_role("button", name="1,234", exact=True).click()
    expect(wrong).to_be_empty()
    expect(box).to_have_value("1,234")
    refused(page_errors)


def test_a_word_is_picked_from_the_list(page: Page, sign_in):
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    line = first_line(page)
    page.locator(f"select[name='l{line}-amount-pilih']").select_option("nihil")
    expect(page.locator(f"#l{line}-amount")).to_have_value("nihil")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    assert stored(line).amount == NIHIL


def test_two_people_on_one_cell(open_page, page_errors):
    """The second one sees the first one's value and chooses; until then nothing changes."""
    first, second = open_page(), open_page()
    for page, username in ((first, "operator.bukuan"), (second, "perencana")):
        log_in(page, username)
        page.goto(ENTRY)
    line = first_line(first)
    first.locator(f"#l{line}-amount").fill("100")
    first.locator(f"#l{line}-amount").press("Tab")
    expect(first.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")

    second.locator(f"#l{line}-amount").fill("300")
    second.locator(f"#l{line}-amount").press("Tab")
    said = second.locator(f"#l{line}-amount-salah")
    expect(said).to_contain_text("diisi orang lain: 100")
    assert stored(line).amount == Measured.of(100)
    said.get_by_role("button", name="Pakai isian saya").click()
    expect(said).to_be_empty()
    assert stored(line).amount == Measured.of(300)

    # The first page still shows 100: its next change of that cell is asked about as well.
    first.locator(f"#l{line}-amount").fill("500")
    first.locator(f"#l{line}-amount").press("Tab")
    said = first.locator(f"#l{line}-amount-salah")
    expect(said).to_contain_text("diisi orang lain: 300")
    said.get_by_role("button", name="Pakai yang tersimpan").click()
    expect(said).to_be_empty()
    expect(first.locator(f"#l{line}-amount")).to_have_value("300")
    assert stored(line).amount == Measured.of(300)
    refused(page_errors)


def test_two_quick_changes_of_one_row_are_both_kept(page: Page, sign_in):
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    line = first_line(page)
    page.locator(f"#l{line}-amount").fill("100")
    page.locator(f"#l{line}-amount").press("Tab")
    page.locator(f"#l{line}-physical").fill("80")
    page.locator(f"#l{line}-physical").press("Tab")
    page.locator(f"#l{line}-amount").fill("200")
    page.locator(f"#l{line}-amount").press("Tab")
    expect(page.locator(f"#l{line}-sd")).to_have_text("122.972.200")
    expect(page.locator(f"#l{line}-amount-salah")).to_be_empty()
    assert (stored(line).amount, stored(line).physical) == (Measured.of(200), Measured.of(80))


def test_on_a_phone(phone_page: Page, sign_in):
    sign_in(phone_page, User.objects.get(username="operator.bukuan"))
    for address in ("/palaran/2026/", ENTRY, "/palaran/2026/realisasi/", "/palaran/2025/lkjip/"):
        phone_page.goto(address)
        assert phone_page.evaluate("document.documentElement.scrollWidth") <= 360, address
    phone_page.goto(ENTRY)
    line = first_line(phone_page)
    box = phone_page.locator(f"#l{line}-amount")
    assert box.bounding_box()["height"] >= 40
    box.fill("7.500")
    box.blur()
    expect(phone_page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
    assert stored(line).amount == Measured.of(7_500)


def test_without_scripts(open_page, sign_in):
    page = open_page(java_script_enabled=False)
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    line = first_line(page)
    page.locator(f"#l{line}-amount").fill("42")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#pesan")).to_contain_text("Tersimpan: 1 baris")
    assert stored(line).amount == Measured.of(42)
