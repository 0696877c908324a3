"""The tour of each role in a real browser: it points at what is there, keeps focus, and is offered once."""

from contextlib import nullcontext

import pytest
from playwright.sync_api import Page, expect

from sakip.models import Role, User
from sakip.queries.tour import STEPS
from tests.browser.guide_scenes import ACCOUNTS
from tests.browser.sound import faults_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Between the last and the first button the browser itself has the focus.
FOCUS_IS_KEPT = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
HOME = "/palaran/2026/"
# In the order of the roles.
USERNAMES = dict(zip(Role, ACCOUNTS.values(), strict=True))


def test_every_role_has_a_short_tour():
    assert set(STEPS) == set(Role)
    assert all(4 <= len(steps) <= 6 for steps in STEPS.values())


@pytest.mark.parametrize("role", STEPS)
def test_every_step_points_at_something(page: Page, sign_in, role):
    sign_in(page, User.objects.get(username=USERNAMES[role]))
    page.goto({Role.CITY: "/kota/2026/", Role.EVALUATOR: f"{HOME}evaluasi/"}.get(role, HOME))
    for step in STEPS[role]:
        expect(page.locator(step.target).first, step.title).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])
def test_it_is_taken_by_keyboard_and_not_offered_again(open_page, sign_in, width, height):
    page = open_page(width, height)
    user = User.objects.get(username="camat")
    sign_in(page, user)
    page.goto(HOME)
    page.get_by_role("button", name="Mulai tur").press("Enter")
    card = page.get_by_role("dialog")
    assert faults_on(page) == []
    for number, step in enumerate(STEPS[Role.HEAD], 1):
        expect(card.get_by_role("heading", name=step.title, exact=True)).to_be_focused()
        expect(card).to_contain_text(f"Langkah {number} dari {len(STEPS[Role.HEAD])}")
        expect(card.get_by_role("heading")).to_be_in_viewport(ratio=1)
        expect(card.get_by_text("Lewati")).to_be_in_viewport(ratio=1)
        for _ in range(4):
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUS_IS_KEPT)
        last = number == len(STEPS[Role.HEAD])
        with page.expect_response("**/tur/selesai/") if last else nullcontext():
            card.get_by_role("button", name="Selesai" if last else "Lanjut").press("Enter")
    expect(card).to_be_hidden()
    expect(page.locator("#isi")).to_be_focused()
    user.refresh_from_db()
    assert user.has_seen_tour
    page.goto(HOME)
    expect(page.get_by_role("button", name="Mulai tur")).to_have_count(0)


def test_escape_ends_it_and_the_menu_starts_it_again(page: Page, sign_in):
    user = User.objects.get(username="operator.bukuan")
    user.has_seen_tour = True
    user.save()
    sign_in(page, user)
    page.goto(HOME)
    expect(page.get_by_role("button", name="Mulai tur")).to_have_count(0)
    page.locator("summary", has_text="Menu akun").click()
    page.get_by_role("link", name="Mulai tur").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Isi triwulan")).to_be_focused()
    with page.expect_response("**/tur/selesai/"):
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_it_can_be_declined_without_scripts(open_page, sign_in):
    page = open_page(java_script_enabled=False)
    user = User.objects.get(username="camat")
    sign_in(page, user)
    page.goto(HOME)
    page.get_by_role("button", name="Tidak perlu").click()
    expect(page.get_by_role("button", name="Tidak perlu")).to_have_count(0)
    user.refresh_from_db()
    assert user.has_seen_tour
