"""Logging in with and without a second factor, guessing too often, and seeing and ending one's sessions."""

import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sakip.actions import logins
from sakip.models import HistoryEntry, Login, LoginEnding, User
from tests.world import make_office

PASSWORD = "kata-sandi-uji-2026"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture
def office(db):
    return make_office("contoh")


@pytest.fixture
def planner(office) -> User:
    return office.people["planner"]


def log_in(user: User, password: str = PASSWORD, client: Client | None = None) -> tuple[Client, object]:
    client = client or Client(headers={"User-Agent": CHROME})
    return client, client.post(reverse("login"), {"username": user.username, "password": password})


def code_for(key: str, steps: int = 0) -> str:
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def set_up(client: Client) -> tuple[str, list[str]]:
    signed = client.get(reverse("second_factor")).context["signed"]
    _owner, key = signing.loads(signed, salt="second-factor")
    answer = client.post(reverse("second_factor"), {"code": code_for(key), "key": signed})
    assert answer.status_code == 200
    return key, answer.context["codes"]


# ---------------------------------------------------------------- throttling
def test_the_sixth_guess_is_refused_even_with_the_right_password(planner):
    for _ in range(4):
        assert log_in(planner, "salah")[1].status_code == 200
    locked = log_in(planner, "salah")[1]
    assert locked.status_code == 429
    assert "Terlalu banyak percobaan" in locked.content.decode()
    assert log_in(planner)[1].status_code == 429
    assert not Login.objects.exists()


def test_another_account_is_not_locked_with_it(planner, office):
    for _ in range(5):
        log_in(planner, "salah")
    assert log_in(office.people["operator"])[1].status_code == 302


# ---------------------------------------------------------------- sessions
def test_a_log_in_is_written_down(planner):
    client, answer = log_in(planner)
    assert answer.status_code == 302
    login = Login.objects.get()
    assert (login.user, login.method, login.address) == (planner, "password", "127.0.0.1")
    assert login.device == "Chrome, Windows"
    page = client.get(reverse("account")).content.decode()
    assert "Chrome, Windows" in page
    assert "sesi ini" in page
    assert login.session_key not in page


def test_an_ended_session_is_out(planner):
    old, _ = log_in(planner)
    here, _ = log_in(planner)
    ended = Login.objects.order_by("pk").first()
    here.post(reverse("session_end", args=[ended.pk]))
    assert old.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    ended.refresh_from_db()
    assert (ended.ending, ended.session_key) == (LoginEnding.ENDED, "")
    assert ended.ended_at


def test_all_others_end_at_once(planner):
    others = [log_in(planner)[0] for _ in range(2)]
    here, _ = log_in(planner)
    here.post(reverse("sessions_end"))
    assert [client.get(reverse("account")).status_code for client in [*others, here]] == [302, 302, 200]


def test_somebody_elses_session_stays(planner, office):
    log_in(planner)
    theirs = Login.objects.get()
    other, _ = log_in(office.people["operator"])
    assert other.post(reverse("session_end", args=[theirs.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        logins.end(
            logins=Login.objects.filter(pk=theirs.pk),
            ending=LoginEnding.ENDED,
            by=office.people["operator"],
            at=timezone.now(),
        )


def test_logging_out_ends_the_session(planner):
    client, _ = log_in(planner)
    client.post(reverse("logout"))
    assert Login.objects.get().ending == LoginEnding.LOGOUT


def test_a_new_password_ends_the_others_and_keeps_this_one(planner):
    old, _ = log_in(planner)
    here, _ = log_in(planner)
    new = "kalimat-baru-2027"
    here.post(
        reverse("password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert [c.get(reverse("account")).status_code for c in (old, here)] == [302, 200]
    assert {login.ending for login in Login.objects.all()} == {"", "password"}
    assert Session.objects.filter(session_key=Login.objects.get(ending="").session_key).exists()


def test_last_seen_is_written_every_ten_minutes_and_costs_nothing_between(planner):
    client, _ = log_in(planner)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("notifications"))
    assert not [query for query in asked if "sakip_login" in query["sql"]]
    before = timezone.now() - timedelta(minutes=20)
    Login.objects.update(seen_at=before)
    session = client.session
    session["seen"] = before.timestamp()
    session.save()
    client.get(reverse("notifications"))
    assert Login.objects.get().seen_at > before


# ---------------------------------------------------------------- the second factor
def test_after_setting_up_the_password_alone_is_too_little(planner):
    client, _ = log_in(planner)
    key, _ = set_up(client)
    fresh, answer = log_in(planner)
    assert answer.url == reverse("login_code")
    assert fresh.get(reverse("account")).status_code == 302
    assert fresh.post(reverse("login_code"), {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    fresh.post(reverse("login_code"), {"code": code_for(key, steps=1)})
    assert fresh.get(reverse("account")).status_code == 200
    assert Login.objects.latest("pk").with_code


def test_a_recovery_code_works_once(planner):
    client, _ = log_in(planner)
    _, codes = set_up(client)
    assert len(codes) == 10
    first, _ = log_in(planner)
    assert first.post(reverse("login_code"), {"code": codes[0]}).status_code == 302
    again, _ = log_in(planner)
    assert again.post(reverse("login_code"), {"code": codes[0]}).status_code == 422


def test_the_wrong_code_sets_nothing_up(planner):
    client, _ = log_in(planner)
    page = client.get(reverse("second_factor"))
    assert "<svg" in page.content.decode()
    assert client.post(reverse("second_factor"), {"code": "12"}).status_code == 422
    assert not TOTPDevice.objects.exists()


def test_a_key_offered_to_somebody_else_is_not_taken(planner, office):
    other, _ = log_in(office.people["operator"])
    signed = other.get(reverse("second_factor")).context["signed"]
    _owner, key = signing.loads(signed, salt="second-factor")
    client, _ = log_in(planner)
    sent = {"code": code_for(key), "key": signed}
    assert client.post(reverse("second_factor"), sent).status_code == 422
    assert not TOTPDevice.objects.exists()


def test_turning_it_off_takes_the_password(planner):
    client, _ = log_in(planner)
    set_up(client)
    assert client.post(reverse("second_factor_off"), {"password": "salah"}).status_code == 422
    assert TOTPDevice.objects.exists()
    client.post(reverse("second_factor_off"), {"password": PASSWORD})
    assert not TOTPDevice.objects.exists()


def test_setting_up_and_turning_off_are_in_the_history(planner):
    client, _ = log_in(planner)
    set_up(client)
    for _twice in range(2):
        client.post(reverse("second_factor_off"), {"password": PASSWORD})
    lines = HistoryEntry.objects.filter(model="sakip.user", object_id=planner.pk).order_by("sequence")
    assert [(line.field, line.old, line.new, line.by) for line in lines] == [
        ("kode autentikator", "", "terpasang", planner),
        ("kode autentikator", "terpasang", "dilepas", planner),
    ]


def test_a_session_left_open_is_no_way_to_guess_the_password(planner, office):
    client, _ = log_in(planner)
    set_up(client)
    guessed = [client.post(reverse("second_factor_off"), {"password": "salah"}) for _ in range(5)]
    assert [answer.status_code for answer in guessed] == [422] * 4 + [429]
    refused = client.post(reverse("second_factor_off"), {"password": PASSWORD})
    assert refused.status_code == 429
    assert "Terlalu banyak percobaan" in refused.text
    assert TOTPDevice.objects.exists()
    assert log_in(planner)[1].status_code == 429
    assert log_in(office.people["operator"])[1].status_code == 302


def test_a_session_left_open_is_no_way_to_guess_the_password_by_changing_it(planner):
    client, _ = log_in(planner)
    chosen = {"new_password1": "Ganti-kata-2026", "new_password2": "Ganti-kata-2026"}
    guessed = [client.post(reverse("password_change"), chosen | {"old_password": "salah"}) for _ in range(5)]
    assert [answer.status_code for answer in guessed] == [422] * 4 + [429]
    refused = client.post(reverse("password_change"), chosen | {"old_password": PASSWORD})
    assert refused.status_code == 429
    planner.refresh_from_db()
    assert planner.check_password(PASSWORD)


def test_a_new_address_takes_the_password_and_is_in_the_history(planner):
    client, _ = log_in(planner)
    page, new = reverse("notifications"), {"email": "lain@contoh.go.id", "wants_mail": "on"}
    assert "Tulis kata sandi Anda" in client.post(page, new).text
    guessed = [client.post(page, new | {"password": "salah"}).status_code for _ in range(5)]
    assert guessed == [422] * 4 + [429]
    planner.refresh_from_db()
    assert planner.email == ""
    assert not HistoryEntry.objects.filter(object_id=planner.pk, model="sakip.user").exists()
    AccessAttempt.objects.all().delete()
    assert client.post(page, new | {"password": PASSWORD}).status_code == 302
    planner.refresh_from_db()
    assert planner.email == "lain@contoh.go.id"
    line = HistoryEntry.objects.get(object_id=planner.pk, model="sakip.user")
    assert (line.field, line.old, line.new, line.by) == ("email", "", "lain@contoh.go.id", planner)
    assert client.post(page, {"email": "lain@contoh.go.id"}).status_code == 302


def test_who_came_without_a_password_is_not_asked_for_one(planner):
    client, _ = log_in(planner)
    planner.set_unusable_password()
    planner.save()
    client.force_login(planner, backend="sakip.backends.PortalBackend")
    assert client.post(reverse("notifications"), {"email": "lain@contoh.go.id"}).status_code == 302


def test_blanks_around_a_password_belong_to_it(planner):
    planner.set_password(" kata sandi uji 2026 ")
    planner.save()
    client, _ = log_in(planner, " kata sandi uji 2026 ")
    set_up(client)
    answer = client.post(reverse("second_factor_off"), {"password": " kata sandi uji 2026 "})
    assert answer.status_code == 302


def test_who_needs_one_is_led_to_it_and_nowhere_else(planner, office, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client, answer = log_in(planner)
    assert answer.url == reverse("second_factor")
    assert client.get(reverse("notifications")).url == reverse("second_factor")
    set_up(client)
    assert client.get(reverse("notifications")).status_code == 200
    operator, _ = log_in(office.people["operator"])
    assert operator.get(reverse("notifications")).status_code == 200
