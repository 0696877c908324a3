"""The guides tell the truth: their pictures exist, and what they name in bold stands on their page.
`--full` makes the pictures anew."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from reporting.guide.texts import STATIC_FOLDER, all_guides, guide_of, labels_of, pictures_of
from sakip.models import RowState, User
from tests.browser.bukuan import ENTRY, HOME, bring_to, revise_agreement
from tests.browser.guide_scenes import (
    ACCOUNTS,
    AGREEMENT,
    DETAILS,
    EVIDENCE,
    PAGES,
    PICTURES,
    SEARCH,
    SHEET,
)
from tests.browser.sound import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = STATIC_FOLDER / "img" / "panduan"
# Each state can be reached from the one before.
ORDER = (RowState.DRAFT, RowState.RETURNED, RowState.SUBMITTED, RowState.VERIFIED, RowState.APPROVED)
LARGEST = 60 * 1024
WIDTH = 1180
# Words that name something: headings, buttons, links, labels, captions, columns, choices.
NAMES = """() => {
  const clean = (text) => (text || "").replace(/\\s+/g, " ").trim();
  const found = new Set();
  const marks = "h1,h2,h3,h4,a,button,summary,label,legend,th,caption,option,dt,figcaption,span";
  document.querySelectorAll(marks + ",.sk-stat-label,[aria-label],p").forEach((node) => {
    found.add(clean(node.textContent));
    if (node.getAttribute("aria-label")) found.add(clean(node.getAttribute("aria-label")));
  });
  return [...found];
}"""


BRING_BELOW_THE_BAR = "node => window.scrollTo(0, node.getBoundingClientRect().top + window.scrollY - 72)"


def go_to(page: Page, address: str) -> None:
    """A page in [brackets] is that of a row of the entry page, of an agreement's draft, or the search."""
    if address == SEARCH:
        page.goto(HOME)
        page.keyboard.press("Control+k")
        page.keyboard.type("bukuan")
        page.locator("#cari-hasil mark").first.wait_for()
        return
    if address in (AGREEMENT, SHEET):
        revise_agreement()
        address = address.strip("[]")
    if address in (EVIDENCE, DETAILS):
        page.goto(ENTRY)
        link = ".en-evidence" if address == EVIDENCE else ".en-details"
        place = page.locator(link).first.get_attribute("href")
        if address == DETAILS:
            page.locator(link).first.click()
            page.locator("#rincian h2").wait_for()
            return
        address = place or ""
    answer = page.goto(address)
    assert answer is not None, address
    assert answer.ok, address


@pytest.mark.parametrize("slug", ACCOUNTS)
def test_what_a_guide_names_is_on_its_page(open_page, sign_in, slug):
    labels = labels_of(guide_of(slug))
    assert set(labels) <= set(PAGES)
    page = open_page(WIDTH)
    sign_in(page, User.objects.get(username=ACCOUNTS[slug]))
    seen: dict[tuple[RowState, str], list[str]] = {}
    for state in ORDER:
        wanted = {address for anchor in labels for there, address in PAGES[anchor] if there is state}
        if wanted:
            bring_to(state)
        for address in wanted:
            go_to(page, address)
            seen[state, address] = page.evaluate(NAMES)
    missing = {
        f"{anchor}: {label}"
        for anchor, words in labels.items()
        for label in words
        if not any(name.startswith(label) for place in PAGES[anchor] for name in seen[place])
    }
    assert missing == set()


def test_pictures_are_there_and_small():
    named = {path for guide in all_guides() for path in pictures_of(guide)}
    assert named == {f"img/panduan/{picture.name}.png" for picture in PICTURES}
    kept = {path.relative_to(STATIC_FOLDER).as_posix() for path in FOLDER.iterdir()}
    assert kept == named
    assert {path: size for path in kept if (size := (STATIC_FOLDER / path).stat().st_size) > LARGEST} == {}


@pytest.mark.full
def test_pictures_are_made_anew(open_page, sign_in):
    """In the order of the states, so that one quarter serves them all; without the offer of the tour."""
    User.objects.update(has_seen_tour=True)
    for state in ORDER:
        for picture in (picture for picture in PICTURES if picture.state is state):
            bring_to(state)
            page = open_page(WIDTH, picture.height)
            sign_in(page, User.objects.get(username=picture.account))
            go_to(page, picture.address)
            if picture.scroll_to:
                page.locator(picture.scroll_to).evaluate(BRING_BELOW_THE_BAR)
            page.evaluate("document.fonts.ready")
            small(page.screenshot()).save(FOLDER / f"{picture.name}.png", optimize=True)


def small(content: bytes) -> Image.Image:
    """A page has few colours: 64 show it well."""
    return Image.open(io.BytesIO(content)).convert("RGB").quantize(64, dither=Image.Dither.NONE)


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
def test_the_guides_are_sound_pages(open_page, sign_in, width, theme):
    page = open_page(width, 800, color_scheme=theme)
    sign_in(page, User.objects.get(username="camat"))
    for address in ("/panduan/", "/panduan/camat/"):
        assert faults_of(page, address) == []


def test_help_leads_to_the_task_of_the_page(page, sign_in):
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    page.get_by_role("link", name="Bantuan halaman ini").click()
    expect(page).to_have_url(re.compile("/panduan/operator/#mengisi-triwulan$"))
    expect(page.get_by_role("heading", name="Mengisi triwulan")).to_be_in_viewport()
