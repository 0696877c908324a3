"""The panel of a cell in a real browser: opened and closed by the keyboard, on a desk and in a hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from budget.models import CellComment
from sakip.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRY = "/palaran/2026/realisasi/bukuan/tw-4/"


def open_panel(page: Page) -> None:
    page.keyboard.press("Shift+F2")
    expect(page.locator("#rincian h2")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])
def test_the_keyboard_opens_reads_comments_and_closes(open_page, sign_in, width, height):
    page = open_page(width, height)
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    box = page.locator(".en-box input").first
    name = box.get_attribute("id") or ""
    box.focus()
    page.keyboard.type("12.000.000")
    open_panel(page)
    panel = page.locator("#rincian")
    # What was typed a moment ago is told already: as a bar, in the formula, and by whom.
    expect(panel.locator(".dt-bars .dt-now").first).to_contain_text("12.000.000")
    expect(panel.locator(".dt-workings")).to_contain_text("134.972.000 / 173.200.000 × 100")
    expect(panel).to_contain_text("Operator Kelurahan Bukuan")
    expect(panel).to_contain_text("realisasi resmi")
    assert panel.evaluate("box => box.scrollWidth <= box.clientWidth")

    page.get_by_label("Tulis komentar").focus()
    page.keyboard.type("Sudah termasuk SP2D Desember.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("Komentar ditambahkan.")
    expect(page.locator("#komentar-kirim")).to_be_focused()
    assert CellComment.objects.get().text == "Sudah termasuk SP2D Desember."

    panel.get_by_role("link", name="Fisik", exact=True).press("Enter")
    expect(panel.locator(".sk-tabs [aria-current]")).to_have_text("Fisik")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(box).to_be_focused()
    expect(page.locator(f"#kom-{name.partition('-')[0]}")).to_have_text(re.compile(r"^\s*1 komentar"))
    # The grid goes on as before.
    page.keyboard.type("13.000.000")
    page.keyboard.press("Tab")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")


def test_a_reader_opens_it_from_the_row(open_page, sign_in):
    page = open_page()
    sign_in(page, User.objects.get(username="camat"))
    page.goto(ENTRY.replace("tw-4", "tw-3"))
    link = page.locator("a[data-details]").first
    link.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#rincian")
    expect(panel.locator("#rincian-judul")).to_be_visible()
    expect(panel.locator(".dt-value")).to_contain_text(re.compile(r"\d"))
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    # Without the panel it is a page.
    page.goto(link.get_attribute("href") or "")
    expect(page.get_by_role("heading", name="Rincian sel")).to_be_visible()


def test_without_a_connection_the_panel_says_so(open_page, sign_in, page_errors):
    page = open_page()
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    page.context.set_offline(True)
    page.locator(".en-box input").first.focus()
    page.keyboard.press("Shift+F2")
    expect(page.locator("#rincian")).to_contain_text("Rincian belum dapat dimuat")
    page.context.set_offline(False)
    page_errors.clear()
