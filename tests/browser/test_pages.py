"""Every page in a real browser: no error, no sideways scrolling, nothing that axe objects to."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from sakip.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/palaran/2025/",
    "/palaran/2026/",
    "/palaran/2031/",
    "/palaran/2026/realisasi/",
    "/palaran/2026/realisasi/bukuan/tw-4/",
    "/palaran/2026/realisasi/bukuan/tw-3/",
    "/palaran/2025/lkjip/",
    "/palaran/2026/angka/",
    "/palaran/2026/angka/iku.ipp.achievement/",
    "/palaran/2025/angka/budget.absorption/",
    "/palaran/2026/rekonsiliasi/",
    "/kata-sandi/",
)
DESK, PHONE = (1440, 900), (360, 740)


def faults_of(page, address: str, width: int) -> list[str]:
    response = page.goto(address)
    assert response.status == 200
    found = [
        f"{fault['id']}: {fault['nodes'][0]['html'][:120]}"
        for fault in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("the page scrolls sideways")
    return found


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        (DESK, "light"),
        (PHONE, "light"),
        pytest.param(DESK, "dark", marks=pytest.mark.full),
        pytest.param(PHONE, "dark", marks=pytest.mark.full),
    ],
)
def test_pages_are_sound(open_page, sign_in, size, theme):
    page = open_page(*size, color_scheme=theme)
    sign_in(page, User.objects.get(username="operator.bukuan"))
    faults = {address: faults_of(page, address, size[0]) for address in PAGES}
    assert {address: found for address, found in faults.items() if found} == {}


def test_every_number_of_the_home_page_says_where_it_comes_from(page, sign_in):
    """Each link to a figure opens a page that shows the same number."""
    sign_in(page, User.objects.get(username="camat"))
    page.goto("/palaran/2026/")
    links = page.locator("a[href*='/angka/']:not([href$='/angka/'])")
    shown = dict(
        links.evaluate_all("links => links.map(a => [a.getAttribute('href'), a.textContent.trim()])")
    )
    assert len(shown) >= 40
    for address, text in shown.items():
        answer = page.request.get(address)
        assert answer.ok, address
        printed = re.search(r'class="fg-printed">([^<]*)', answer.text())
        assert printed, address
        assert "," not in text or text.removesuffix("%") in printed[1], address
