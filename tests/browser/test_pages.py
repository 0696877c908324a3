"""Every page in a real browser: no error, no sideways scrolling, nothing that axe objects to."""

import re
from itertools import groupby, product
from operator import attrgetter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from sakip.models import User
from tests.browser.addresses import LOOKS, OTHERS
from tests.browser.sound import faults_of
from tests.test_access import named_addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, TABLET, PHONE = (1440, 900), (768, 1024), (360, 740)
PICTURES = Path(settings.BASE_DIR) / "var" / "tampilan"


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        (PHONE, "light"),
        *(
            pytest.param(size, theme, marks=pytest.mark.full)
            for size, theme in product((DESK, TABLET, PHONE), ("light", "dark"))
            if (size, theme) != (PHONE, "light")
        ),
    ],
)
def test_pages_are_sound(open_page, sign_in, size, theme):
    """What breaks the content security policy fails the test as well: `open_page` sees to it."""
    folder = PICTURES / f"{size[0]}-{theme}"
    folder.mkdir(parents=True, exist_ok=True)
    faults = {}
    for user, looks in groupby(sorted(LOOKS, key=attrgetter("user")), attrgetter("user")):
        page = open_page(*size, color_scheme=theme)
        if user:
            sign_in(page, User.objects.get(username=user))
        for look in looks:
            address = reverse(look.name, kwargs=look.arguments)
            faults[address] = faults_of(page, address)
            page.screenshot(path=folder / f"{slugify(f'{look.name} {address.replace("/", " ")}')}.png")
    assert {address: found for address, found in faults.items() if found} == {}


def test_every_address_is_looked_at_or_has_a_reason():
    """A page added to the portal is added here, and one taken away is taken away, or this fails."""
    looked_at = {look.name for look in LOOKS}
    assert not looked_at & set(OTHERS)
    assert looked_at | set(OTHERS) == named_addresses()


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
