"""The second factor from its first scan to the next log-in, and ending another session, on a phone."""

from base64 import b32decode

import pytest
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sakip.models import Login
from tests.browser.sound import arrive, faults_of
from tests.world import make_office

PASSWORD = "kata-sandi-uji-2026"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def log_in(page, user) -> None:
    page.goto(reverse("login"))
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    arrive(page.locator("main button[type=submit]"))


def code_of(page) -> str:
    """What the app would show for the key on the page, the spaces and all."""
    key = b32decode(page.locator("main code").inner_text().replace(" ", ""))
    return f"{TOTP(key).token():06d}"


def test_a_second_factor_is_set_up_and_asked_for(open_page):
    user = make_office("contoh").people["planner"]
    first, second = (open_page(360, 740) for _ in range(2))
    log_in(first, user)
    first.goto(reverse("account"))
    arrive(first.get_by_role("link", name="Pasang kode autentikator"))
    assert first.locator("main svg[role=img], main [role=img] svg").is_visible()
    first.get_by_label("Kode", exact=True).fill(code_of(first))
    arrive(first.get_by_role("button", name="Pasang"))
    recovery = first.locator("main code").first.inner_text()
    log_in(second, user)
    assert second.url.endswith(reverse("login_code"))
    assert faults_of(second, reverse("login_code")) == []
    second.get_by_label("Kode", exact=True).fill(recovery)
    arrive(second.get_by_role("button", name="Masuk"))
    second.goto(reverse("account"))
    assert faults_of(second, reverse("account")) == []
    second.get_by_role("button", name="Akhiri sesi").click()
    second.get_by_text("1 sesi diakhiri.").wait_for()
    first.goto(reverse("account"))
    assert reverse("login") in first.url
    assert TOTPDevice.objects.filter(user=user).count() == 1
    assert Login.objects.filter(user=user, ending="ended").count() == 1
