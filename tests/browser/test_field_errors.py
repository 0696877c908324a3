"""What a field lacks is said under it, in Indonesian, instead of in the browser's own bubble and language."""

import re

import pytest
from playwright.sync_api import expect

from sakip.models import RowState, Transition, User
from tests.browser.bukuan import ENTRY, bring_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_giving_back_without_a_reason_is_refused_under_the_field(open_page, sign_in):
    bring_to(RowState.SUBMITTED)
    steps = Transition.objects.count()
    page = open_page(1180, 800, locale="en-US")
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(ENTRY)
    page.get_by_role("button", name="Kembalikan", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile("Kembalikan")).click()
    reason = dialog.get_by_label("Alasan")
    expect(dialog.get_by_text("wajib diisi.")).to_have_count(1)
    expect(reason).to_be_focused()
    expect(reason).to_have_attribute("aria-invalid", "true")
    expect(reason).to_have_accessible_description(re.compile(r"wajib diisi\.$"))
    dialog.get_by_role("button", name=re.compile("Kembalikan")).click()
    expect(dialog.get_by_text("wajib diisi.")).to_have_count(1)
    assert Transition.objects.count() == steps
    reason.fill("Belum sesuai SP2D.")
    expect(dialog.get_by_text("wajib diisi.")).to_have_count(0)
    dialog.get_by_role("button", name=re.compile("Kembalikan")).click()
    expect(page.get_by_text("telah dikembalikan")).to_be_visible()


def test_a_day_too_early_is_refused_under_the_field(open_page, sign_in):
    bring_to(RowState.APPROVED)
    page = open_page(1180, 800, locale="en-US")
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(ENTRY)
    page.get_by_role("button", name="Buka kembali").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").fill("Salah ketik.")
    dialog.locator("input[type=date]").fill("2001-01-31")
    dialog.get_by_role("button", name="Buka kembali").click()
    expect(dialog.get_by_text(re.compile(r"^Pilih tanggal \d+ \w+ \d{4} atau sesudahnya\.$"))).to_be_visible()
