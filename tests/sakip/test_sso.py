"""Logging in at a real local OpenID provider: who comes in, and every answer that must not open the door."""

import time
from collections.abc import Iterator

import pytest
import requests
from django.test import Client
from django.urls import reverse
from joserfc.jwk import RSAKey

from sakip.models import Login, Membership, SsoIdentity, User
from tests.sakip.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.sakip.test_account import log_in, set_up


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    provider = Provider()
    settings.OIDC_ISSUER = provider.issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    yield provider
    provider.stop()


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user(
        "198001012005011001", email="budi@contoh.go.id", password="kata-sandi-uji-2026"
    )


def way_back(client: Client, target: str = "") -> str:
    """Through the provider, as a browser goes; the address with code and state that it is sent back to."""
    sent = client.get(reverse("sso"), {"next": target})
    assert sent.status_code == 302
    return requests.get(sent.url, allow_redirects=False, timeout=60).headers["Location"]


def come_in(client: Client, target: str = ""):
    return client.get(way_back(client, target))


def refused(answer, why: str) -> bool:
    return answer.status_code == 403 and why in answer.content.decode() and not Login.objects.exists()


def test_the_button_is_there_only_where_it_leads_somewhere(db, settings, provider):
    assert "SSO pemerintah" in Client().get(reverse("login")).content.decode()
    settings.OIDC_ISSUER = ""
    assert "SSO pemerintah" not in Client().get(reverse("login")).content.decode()


@pytest.mark.parametrize(
    "claims",
    [
        {"nip": "198001012005011001"},
        {"preferred_username": "198001012005011001"},
        {"email": "Budi@contoh.go.id", "email_verified": True},
    ],
)
def test_a_known_person_comes_in_and_gets_no_role(person, provider, claims):
    provider.claims |= claims
    client = Client()
    answer = come_in(client, reverse("notifications"))
    assert answer.url == reverse("notifications")
    assert client.get(reverse("account")).status_code == 200
    assert (Login.objects.get().user, Login.objects.get().method) == (person, "sso")
    assert SsoIdentity.objects.get().subject == "orang-1"
    assert not Membership.objects.filter(user=person).exists()


def test_a_linked_person_is_known_by_number_alone(person, provider):
    provider.claims |= {"nip": person.username}
    come_in(Client())
    provider.claims = {"sub": "orang-1"}
    assert come_in(Client()).status_code == 302
    assert Login.objects.count() == 2


def test_a_linked_account_is_not_taken_by_a_second_number(person, provider):
    provider.claims |= {"nip": person.username}
    come_in(Client())
    Login.objects.all().delete()
    provider.claims["sub"] = "orang-2"
    assert refused(come_in(Client()), "belum terhubung")


@pytest.mark.parametrize(
    "claims", [{}, {"nip": "tidak-ada"}, {"email": "budi@contoh.go.id", "email_verified": False}]
)
def test_an_unknown_person_stays_outside(person, provider, claims):
    provider.claims |= claims
    known = User.objects.count()
    assert refused(come_in(Client()), "belum terhubung")
    assert User.objects.count() == known


def test_an_email_that_two_accounts_have_proves_nothing(person, provider):
    User.objects.create_user("lain", email=person.email)
    provider.claims |= {"email": person.email, "email_verified": True}
    assert refused(come_in(Client()), "belum terhubung")


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": "198001012005011001"},
        {"email": "budi@contoh.go.id", "email_verified": True},
    ],
)
def test_no_name_at_the_provider_leads_to_a_superuser(person, provider, claims):
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    provider.claims |= claims
    assert refused(come_in(Client()), "belum terhubung")


def test_a_closed_account_stays_closed(person, provider):
    User.objects.update(is_active=False)
    provider.claims |= {"nip": person.username}
    assert refused(come_in(Client()), "belum terhubung")


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "lain"},
        {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
        {"aud": "portal-lain"},
        {"iss": "http://penyedia-lain"},
    ],
    ids=lambda spoil: next(iter(spoil)),
)
def test_a_token_that_is_not_for_this_log_in_is_refused(person, provider, spoil):
    provider.claims |= {"nip": person.username}
    provider.spoil = spoil
    assert refused(come_in(Client()), "tidak sah")


def test_a_strange_signature_is_refused(person, provider):
    provider.claims |= {"nip": person.username}
    provider.signer = RSAKey.generate_key(2048, {"kid": "satu"})
    assert refused(come_in(Client()), "tidak sah")


def test_a_wrong_state_is_refused(person, provider):
    provider.claims |= {"nip": person.username}
    client = Client()
    assert refused(client.get(way_back(client).replace("state=", "state=x")), "tidak sah")


def test_an_answer_in_another_browser_is_refused(person, provider):
    provider.claims |= {"nip": person.username}
    assert refused(Client().get(way_back(Client())), "tidak sah")


def test_a_code_works_once(person, provider):
    provider.claims |= {"nip": person.username}
    client = Client()
    address = way_back(client)
    client.get(address)
    Login.objects.all().delete()
    assert client.get(address).status_code == 403


def test_the_second_factor_is_asked_here_too(person, provider):
    client, _ = log_in(person)
    set_up(client)
    provider.claims |= {"nip": person.username}
    fresh = Client()
    assert come_in(fresh).url == reverse("login_code")
    assert fresh.get(reverse("account")).status_code == 302


def test_nobody_is_sent_elsewhere(person, provider):
    provider.claims |= {"nip": person.username}
    assert come_in(Client(), "https://contoh.com/").url == reverse("home")


def test_a_provider_that_is_down_says_so(db, settings, provider):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert "tidak dapat dihubungi" in Client().get(reverse("sso")).content.decode()
