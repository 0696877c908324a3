"""Who compares which agencies, where they start, and what an empty city says."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from sakip.models import Government, Membership, Role, ScoringPolicy, User
from tests.recipes import make
from tests.reporting.cities import beside, page, read
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def office():
    return make_office("contoh")


def test_each_sees_their_own_agencies(client, office):
    one, two = beside(office, 2)
    stranger = make_office("kota-lain")
    html = page(client, office.people["city"])
    assert "Kecamatan Lain-1" in html
    assert "Kecamatan Kota-Lain" not in html
    assert "Kecamatan Contoh" not in page(client, stranger.people["city"])
    evaluator = User.objects.create_user("inspektur")
    for agency in (one.agency, stranger.agency):
        Membership.objects.create(user=evaluator, role=Role.EVALUATOR, agency=agency)
    Membership.objects.create(user=evaluator, role=Role.OPERATOR, agency=two.agency, unit=two.village)
    html = page(client, evaluator)
    assert "Kecamatan Lain-0" in html
    assert "Kecamatan Kota-Lain" in html
    assert "Kecamatan Lain-1" not in html
    assert "Semua perangkat daerah</h1>" in html
    Membership.objects.filter(user=evaluator, role=Role.EVALUATOR, agency=one.agency).delete()
    client.force_login(evaluator)
    assert client.get(reverse("city", args=[YEAR])).status_code == 403


def test_whoever_compares_starts_there_and_finds_the_way_back(client, office):
    client.force_login(office.people["city"])
    assert client.get("/").url == reverse("city", args=[YEAR])
    own = client.get(reverse("dashboard", args=["contoh", YEAR])).content.decode()
    assert f'href="{reverse("city", args=[YEAR])}"' in own
    client.force_login(office.people["evaluator"])
    assert client.get("/").url == reverse("agency", args=["contoh"])
    own = client.get(reverse("dashboard", args=["contoh", YEAR])).content.decode()
    assert "/kota/" not in own


def test_a_year_that_nobody_opened_or_no_policy_covers(client, office):
    html = page(client, office.people["city"], 2031)
    assert "Belum ada data tahun ini" in html
    ScoringPolicy.objects.all().delete()
    assert read().reports == []
    assert "Belum ada data tahun ini" in page(client, office.people["city"])


def test_without_any_agency_there_is_the_choice(client, office):
    Membership.objects.create(
        user=User.objects.create_user("baru"), role=Role.CITY, government=make(Government)
    )
    client.force_login(User.objects.get(username="baru"))
    assert client.get("/").status_code == 200
    assert "Belum ada perangkat daerah" in page(client, User.objects.get(username="baru"))
