"""Pages on paper: nothing that is clicked, nothing cut or folded away, what was typed as text, few sheets."""

import re
from datetime import date
from io import BytesIO
from itertools import groupby
from operator import attrgetter

import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sakip.indonesian import date_long
from sakip.models import User
from tests.browser.addresses import LOOKS, OPERATOR, VILLAGE, Look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The text of an A4 sheet between the margins of css/print.css, in CSS pixels: upright, and on its side.
SHEET, WIDE = 661, 1008
PAGES = (
    ("camat", "/palaran/2026/", 4),
    ("camat", "/palaran/2025/", 4),
    ("perencana", "/palaran/2026/kelengkapan/", 4),
    ("perencana", "/palaran/2025/kelengkapan/", 2),
    ("camat", "/palaran/2026/unit/simpang-pasir/", 2),
)
CUT = """width => [...document.querySelectorAll("main *")]
  .filter(node => node.checkVisibility() && !node.closest(".visually-hidden"))
  .filter(node => node.getBoundingClientRect().right > width + 1
    || node.matches("input, textarea") && node.scrollWidth > node.clientWidth + 1)
  .map(node => node.id || node.className.toString())"""
CLICKED = """() => [...document.querySelectorAll(`button, .btn:not(.sk-named), [role=button],
    input[type=file], dialog, nav:not(.lkjip *), summary > .icon,
    .sk-bar, .sk-toasts, .sk-tabs, .sk-pages, .sk-form-actions`)]
  .filter(node => node.checkVisibility()).map(node => node.textContent.trim() || node.className)"""
FOLDED = """() => [...document.querySelectorAll(".hm-list .hm-title, .hm-checks td, .hm-checks summary")]
  .map(node => node.textContent.replace(/\\s+/g, ""))"""


def text_of(sheets) -> str:
    return re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in sheets))


@pytest.mark.parametrize(("user", "address", "sheets"), PAGES, ids=lambda value: str(value).strip("/"))
def test_a_home_page_prints(open_page, sign_in, user, address, sheets):
    page = open_page(SHEET)
    sign_in(page, User.objects.get(username=user))
    page.emulate_media(media="print")
    page.goto(address)
    assert page.evaluate(CUT, SHEET) == []
    printed = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(printed) <= sheets
    text = text_of(printed)
    assert [told for told in page.evaluate(FOLDED) if told not in text] == []
    for clicked in ("Bandingkan", "Tampilkan", "Tekanangka", "Lihatangkanya", "Unitlain"):
        assert clicked not in text


def faults_on_paper(page, look: Look) -> list[str]:
    page.goto(reverse(look.name, kwargs=look.arguments))
    is_wide = page.locator(".sk-print-wide").count() > 0
    width = WIDE if is_wide else SHEET
    page.set_viewport_size({"width": width, "height": 900})
    faults = [f"is clicked: {found}" for found in page.evaluate(CLICKED)]
    faults += [f"is cut: {found}" for found in page.evaluate(CUT, width)]
    heading = page.locator("h1:visible").first.inner_text()
    sheets = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    if re.sub(r"\s+", "", heading).casefold() not in text_of(sheets[:1]).casefold():
        faults.append(f"has no heading: {heading}")
    if (sheets[0].mediabox.width > sheets[0].mediabox.height) != is_wide:
        faults.append("lies the wrong way")
    return faults


def test_a_chosen_day_is_printed_in_words(open_page, sign_in):
    """Also one that was chosen since the page came, and in a browser of another language."""
    page = open_page(SHEET, locale="en-US")
    sign_in(page, User.objects.get(username="perencana"))
    page.goto("/palaran/2026/jadwal/")
    chosen = page.locator('main input[type="date"]')
    kept = date.fromisoformat(chosen.nth(0).input_value())
    chosen.nth(1).fill("2027-02-25")
    text = text_of(pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    assert date_long(kept).replace(" ", "") in text
    assert "25Februari2027" in text
    expect(page.locator(".sk-printed-day").first).to_be_hidden()


def test_every_page_prints(open_page, sign_in):
    faults = {}
    for user, looks in groupby(sorted(LOOKS, key=attrgetter("user")), attrgetter("user")):
        page = open_page(SHEET)
        page.emulate_media(media="print")
        if user:
            sign_in(page, User.objects.get(username=user))
        for look in looks:
            faults[f"{look.name} {look.arguments}"] = faults_on_paper(page, look)
    assert {name: found for name, found in faults.items() if found} == {}


def test_what_was_typed_is_printed_as_text(open_page, sign_in):
    """Also before it is saved; a row that nobody wrote a word to has no empty boxes for it."""
    page = open_page(WIDE)
    sign_in(page, User.objects.get(username=OPERATOR))
    page.goto(reverse("entry", kwargs=VILLAGE))
    page.locator("[data-cell][id$='-amount']").first.fill("1.234.567")
    page.locator(".en-texts > summary").first.click()
    page.locator(".en-texts textarea").first.fill("Lelang diulang karena pemenang mundur.")
    page.emulate_media(media="print")
    expect(page.locator(".en-texts:visible")).to_have_count(1)
    expect(page.locator(".en-texts textarea:visible")).to_have_count(1)
    text = text_of(pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    assert "1.234.567" in text
    assert "Lelangdiulangkarenapemenangmundur." in text
