"""The agencies side by side in a real browser: worked out while one waits, sorted, and read on a phone."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from reporting.city import lines
from sakip.models import Membership, Role, User
from tests.browser.sound import faults_on
from tests.world import YEAR, make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = f"/kota/{YEAR}/"


@pytest.fixture
def bureau(monkeypatch) -> User:
    """Of a city with five agencies, of which nothing is known yet; two are worked out at once."""
    cache.clear()
    monkeypatch.setattr(lines, "AT_ONCE", 2)
    office = make_office("contoh")
    for number in range(4):
        make_office(f"lain-{number}", government=office.agency.government)
    return office.people["city"]


def test_the_lines_come_by_themselves(page: Page, sign_in, bureau):
    sign_in(page, bureau)
    page.goto(f"{ADDRESS}?urut=-perhatian")
    expect(page.get_by_role("link", name="Lanjutkan")).to_have_count(0)
    expect(page.get_by_text("dihitung…")).to_have_count(0)
    expect(page.locator("#perbandingan tbody tr")).to_have_count(5)
    expect(page.get_by_role("link", name="XLSX")).to_be_visible()
    expect(page.locator("#perbandingan th[aria-sort=descending]")).to_have_text("Perlu perhatian")
    assert faults_on(page) == []
    page.get_by_role("link", name="Serapan").click()
    expect(page.locator("#perbandingan th[aria-sort=ascending]")).to_have_text("Serapan")
    page.locator("#perbandingan tbody tr").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kecamatan")
    page.get_by_role("link", name="Semua perangkat daerah").click()
    expect(page.locator("#perbandingan tbody tr")).to_have_count(5)


def test_without_scripts_one_goes_on_by_hand(open_page, sign_in, bureau):
    page = open_page(java_script_enabled=False)
    sign_in(page, bureau)
    page.goto(ADDRESS)
    expect(page.get_by_text("dihitung…")).to_have_count(3)
    for waiting in (1, 0):
        page.get_by_role("link", name="Lanjutkan").click()
        expect(page.get_by_text("dihitung…")).to_have_count(waiting)
    expect(page.get_by_role("link", name="XLSX")).to_be_visible()


def test_on_a_phone_the_table_scrolls_within(phone_page: Page, sign_in, bureau):
    sign_in(phone_page, bureau)
    phone_page.goto(ADDRESS)
    expect(phone_page.get_by_text("dihitung…")).to_have_count(0)
    assert faults_on(phone_page) == []
    name = phone_page.get_by_role("link", name="Kecamatan Contoh").first
    name.scroll_into_view_if_needed()
    phone_page.locator(".sk-table-wrap").first.evaluate("node => node.scrollTo(400, 0)")
    expect(name).to_be_in_viewport()


def test_somebody_with_roles_in_two_agencies_chooses(phone_page: Page, sign_in, bureau):
    user = User.objects.get(username="planner.contoh")
    other = User.objects.get(username="planner.lain-0").memberships.get().agency
    Membership.objects.create(user=user, role=Role.PLANNER, agency=other)
    sign_in(phone_page, user)
    phone_page.goto("/")
    expect(phone_page.get_by_role("link", name="Kecamatan Lain-0")).to_be_visible()
    assert faults_on(phone_page) == []
