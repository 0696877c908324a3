"""What a phone shows without a finger on it: the head's five answers, and every column that matters."""

import pytest
from playwright.sync_api import Locator, Page

from sakip.models import User
from tests.browser.bukuan import HOME
from tests.browser.sound import faults_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH, HEIGHT = 360, 740


@pytest.fixture
def camat(phone_page: Page, sign_in) -> Page:
    """The phone of the head, who has been here before."""
    User.objects.filter(username="camat").update(has_seen_tour=True)
    sign_in(phone_page, User.objects.get(username="camat"))
    return phone_page


def ends(target: Locator) -> tuple[float, float]:
    """The right and the lower edge, from the top of the page."""
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"], box["y"] + box["height"]


def test_the_five_answers_are_on_the_first_screen(camat):
    camat.goto(HOME)
    answers = camat.locator(".hm-answers .sk-stat")
    assert answers.count() == 5
    assert max(ends(answer)[1] for answer in answers.all()) <= HEIGHT
    name = camat.locator(".sk-brand-agency")
    assert name.evaluate("node => node.scrollWidth <= node.clientWidth"), "the agency's name is cut"


@pytest.mark.parametrize(
    ("address", "table"),
    [
        (HOME, "#indikator"),
        (HOME, "[aria-label='Triwulan'] > table"),
        (HOME, "[aria-label='Tenggat lain'] > table"),
        (f"{HOME}unit/bukuan/", "[aria-labelledby=triwulan] > table"),
        (f"{HOME}realisasi/", "[aria-labelledby=triwulan-caption] > table"),
        (f"{HOME}rapat/", "[aria-labelledby=rapat-caption] > table"),
        (f"{HOME}rapat/", ".mt-lines"),
        (f"{HOME}rapat/tw-3/", "#tabel-tertinggal"),
        (f"{HOME}rapat/tw-3/", "#tabel-kendala"),
        (f"{HOME}evaluasi/", "[aria-labelledby=ringkas-caption] > table"),
    ],
)
def test_a_row_is_a_card_whose_every_cell_is_in_sight(camat, address, table):
    camat.goto(address)
    cells = camat.locator(f"{table} tbody td:visible").all()
    assert cells
    assert max(ends(cell)[0] for cell in cells) <= WIDTH
    headings = {heading.strip() for heading in camat.locator(f"{table} thead th").all_inner_texts()} - {"No."}
    told = {cell.get_attribute("data-label") for cell in cells}
    assert told <= headings
    assert len(told) == len(headings) - 1
    assert faults_on(camat) == []
