"""The whole page kept for one reader: handed out again while nothing changed, and never a moment longer."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sakip.models import Membership, QuarterException, Role, RowState, Unit, UnitQuarter
from tests.recipes import make
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrf(?:-token|middlewaretoken)" (?:content|value)="(\w+)"')


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def office():
    made = make_office("contoh")
    for user in made.people.values():
        type(user).objects.filter(pk=user.pk).update(has_seen_tour=True)
    return made


def url(office, name="dashboard", *more):
    return reverse(name, args=[office.agency.slug, YEAR, *more])


def page(client, office, who="head", address="") -> str:
    client.force_login(office.people[who])
    answer = client.get(address or url(office))
    assert answer.status_code == 200
    return answer.content.decode()


def without_tokens(html: str) -> str:
    return TOKEN.sub("", html)


@pytest.mark.parametrize("name", ["dashboard", "unit_home", "planner_home"])
def test_the_second_time_nothing_but_the_token_differs_and_five_queries_are_asked(client, office, name):
    address = url(office, name, *(["kelurahan"] if name == "unit_home" else []))
    first = page(client, office, "planner", address)
    client.force_login(office.people["planner"])
    with CaptureQueriesContext(connection) as seen:
        second = client.get(address).content.decode()
    assert without_tokens(first) == without_tokens(second)
    assert len(seen) == 5


def test_a_kept_page_carries_a_token_that_the_portal_takes(office):
    client = Client(enforce_csrf_checks=True)
    quarter = office.quarter(office.village)
    UnitQuarter.objects.filter(pk=quarter.pk).update(state=RowState.VERIFIED)
    page(client, office)
    tokens = set(TOKEN.findall(client.get(url(office)).content.decode()))
    assert len(tokens) == 1
    place = [office.agency.slug, YEAR, quarter.unit.slug, quarter.quarter]
    data = {"action": "sahkan", "version": quarter.version, "kembali": "beranda"}
    step = reverse("quarter_step", args=place)
    assert client.post(step, data).status_code == 403
    assert client.post(step, data | {"csrfmiddlewaretoken": tokens.pop()}).status_code == 302


def test_another_readers_token_is_never_handed_out(client, office):
    first = TOKEN.findall(page(client, office))[0]
    other = Client()
    other.force_login(office.people["head"])
    assert first not in other.get(url(office)).content.decode()


def test_a_message_is_shown_once_and_not_kept(client, office):
    page(client, office)
    quarter = office.quarter(office.village)
    UnitQuarter.objects.filter(pk=quarter.pk).update(state=RowState.VERIFIED)
    place = [office.agency.slug, YEAR, quarter.unit.slug, quarter.quarter]
    data = {"action": "sahkan", "version": quarter.version, "kembali": "beranda"}
    answer = client.post(reverse("quarter_step", args=place), data)
    text = str(next(iter(get_messages(answer.wsgi_request))))
    assert text in client.get(url(office)).content.decode()
    assert text not in client.get(url(office)).content.decode()


def open_for_longer(office):
    make(QuarterException, unit_quarter=office.quarter(office.village))


def take_over(office):
    Membership.objects.filter(user=office.people["head"]).update(role=Role.EVALUATOR)


def see_the_tour_again(office):
    type(office.people["head"]).objects.filter(pk=office.people["head"].pk).update(has_seen_tour=False)


def rename_the_sender(office):
    type(office.people["operator"]).objects.filter(username=office.people["operator"].username).update(
        first_name="Nama", last_name="Baru"
    )


def rename_a_unit(office):
    Unit.objects.filter(pk=office.village.pk).update(name="Kelurahan Baru")


@pytest.mark.parametrize("change", [take_over, see_the_tour_again, rename_a_unit])
def test_what_the_page_shows_besides_figures_changes_it_at_once(client, office, change):
    before = page(client, office)
    change(office)
    assert without_tokens(page(client, office)) != without_tokens(before)


@pytest.mark.parametrize("change", [open_for_longer, rename_the_sender])
def test_what_may_be_seen_elsewhere_is_read_afresh(client, office, change):
    page(client, office)
    change(office)
    client.force_login(office.people["head"])
    with CaptureQueriesContext(connection) as seen:
        client.get(url(office))
    assert len(seen) > 5


def test_a_stranger_gets_nothing_that_is_kept(client, office):
    page(client, office)
    other = make_office("lain", government=office.agency.government)
    client.force_login(other.people["head"])
    assert client.get(url(office)).status_code == 404


def test_made_up_comparisons_are_one_page(client, office):
    page(client, office)
    client.force_login(office.people["head"])
    for asked in ("x", "2025-9", "٢٠٢٥-1", "-", "1"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url(office), {"banding": asked}).status_code == 200
        assert len(seen) == 5
