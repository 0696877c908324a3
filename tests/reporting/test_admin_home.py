"""The administrator's page: accounts and roles that want mending, and how far the year is prepared."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from reporting.dashboards.admin_home import Seen, look
from sakip.actions.history import Change, record
from sakip.models import Agency, AkipEvaluation, Membership, ReportingYear, Role, Unit, UnitQuarter, User
from sakip.views.place import Place
from tests.recipes import make
from tests.world import YEAR, Office, days_from_today, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office("contoh")


def seen(office: Office, year: int = YEAR, by: str = "admin", on: date | None = None) -> Seen:
    years = tuple(ReportingYear.objects.filter(agency=office.agency).order_by("year"))
    place = Place(Agency.objects.get(pk=office.agency.pk), year, years)
    return look(User.objects.get(pk=office.people[by].pk), place, on or timezone.localdate())


def page(client, office: Office, year: int = YEAR, persona: str = "admin") -> str:
    client.force_login(office.people[persona])
    return client.get(reverse("admin_home", args=["contoh", year])).content.decode()


def wanting(office: Office) -> dict[str, tuple[bool, bool]]:
    found = seen(office).wanting
    return {account.user.username: (account.lacks_role, account.lacks_second_factor) for account in found}


# ---------------------------------------------------------------- accounts
def test_an_account_without_a_role_and_one_whose_role_ended_are_named(client, office):
    new = User.objects.create_user("baru.masuk")
    admin, opened = office.people["admin"], [Change("username", "", "baru.masuk")]
    record(agency=None, unit=None, subject=new, action="create", changes=opened, by=admin, at=timezone.now())
    Membership.objects.filter(user=office.people["operator"]).update(valid_until=days_from_today(-1))
    found = wanting(office)
    assert found["baru.masuk"] == found["operator.contoh"] == (True, False)
    html = page(client, office)
    assert f"/admin/sakip/membership/add/?user={new.pk}&amp;agency={office.agency.pk}" in html
    assert "Belum pernah diberi peran." in html
    assert "Peran terakhir berakhir" in html
    ended = Membership.objects.get(user=office.people["operator"])
    assert reverse("admin:sakip_membership_change", args=[ended.pk]) in html
    ended.valid_until, ended.valid_from = None, days_from_today(5)
    ended.save()
    assert "operator.contoh" not in wanting(office)
    User.objects.filter(pk=new.pk).update(is_active=False)
    assert "baru.masuk" not in wanting(office)


def test_a_role_that_decides_wants_a_second_factor(office):
    expected = {"planner.contoh", "head.contoh", "admin.contoh"}
    assert {name for name, (_, code) in wanting(office).items() if code} == expected
    TOTPDevice.objects.create(user=office.people["head"], confirmed=True)
    TOTPDevice.objects.create(user=office.people["planner"], confirmed=False)
    assert "head.contoh" not in wanting(office)
    assert "planner.contoh" in wanting(office)


def test_accounts_of_another_agency_are_not_ones_to_keep(client, office):
    other = make_office("lain", government=office.agency.government)
    Membership.objects.create(user=office.people["planner"], role=Role.EVALUATOR, agency=other.agency)
    names = {account.user.username for account in seen(office).accounts}
    assert not any(name.endswith(".lain") for name in names)
    # Who works elsewhere as well is kept by the city, not by either administrator; nor is the city's own.
    assert names & {"planner.contoh", "city.contoh"} == set()
    assert "lain" not in page(client, office)


# ---------------------------------------------------------------- roles
def test_roles_that_nobody_holds_today_are_offered_to_be_given(client, office):
    vacant = {(unit and unit.slug, role) for unit, role in seen(office).vacant}
    assert vacant == {("kantor", Role.UNIT_HEAD)}
    Membership.objects.filter(user=office.people["operator"]).update(valid_from=days_from_today(1))
    Membership.objects.filter(user=office.people["head"]).delete()
    User.objects.filter(pk=office.people["planner"].pk).update(is_active=False)
    vacant = {(unit and unit.slug, role) for unit, role in seen(office).vacant}
    assert vacant >= {("kelurahan", Role.OPERATOR), (None, Role.HEAD), (None, Role.PLANNER)}
    html = page(client, office)
    assert "1 unit tanpa operator" in html
    agency, unit = office.agency.pk, office.village.pk
    assert f"/admin/sakip/membership/add/?role=operator&amp;agency={agency}&amp;unit={unit}" in html
    Unit.objects.filter(pk=office.village.pk).update(is_active=False)
    assert not any(unit == office.village for unit, _ in seen(office).vacant)


@pytest.mark.parametrize(("days", "is_named"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_role_is_named_a_month_before_it_ends(client, office, days, is_named):
    row = Membership.objects.get(user=office.people["head"])
    row.valid_until = days_from_today(days)
    row.save()
    assert (row in seen(office).ending) is is_named
    assert ("Daftar peran yang berakhir dalam 30 hari" in page(client, office)) is is_named


# ---------------------------------------------------------------- the year
def told(office: Office, year: int = YEAR, on: date | None = None) -> dict[str, tuple[str, bool]]:
    return {step.name: (step.told, step.is_done) for step in seen(office, year, on=on).steps}


def test_the_steps_of_a_year_say_how_far_they_are(office):
    found = told(office)
    assert found["Tahun pelaporan 2026"] == ("Sudah dibuka", True)
    assert found["Unit kerja"] == ("2 unit aktif", True)
    assert found["Pagu anggaran"] == found["Perjanjian kinerja 2026"] == ("Ada", True)
    urls = {step.name: step.url for step in seen(office).steps}
    assert urls["Perjanjian kinerja 2026"] == reverse("agreements", args=["contoh", YEAR])
    assert found["Renstra yang berlaku"] == ("Belum ada", False)
    assert found["Batas penyampaian LKjIP"] == ("Belum ditetapkan", False)
    assert found["LHE AKIP 2025"] == ("Belum dicatat", False)
    UnitQuarter.objects.filter(unit__agency=office.agency).update(
        entry_opens=date(2026, 1, 1), entry_closes=date(2026, 12, 31)
    )
    UnitQuarter.objects.filter(unit=office.village, quarter=1).update(entry_opens=None)
    ReportingYear.objects.filter(agency=office.agency).update(report_due=date(2027, 2, 26))
    make(AkipEvaluation, agency=office.agency, year=2025)
    found = told(office)
    assert found["Jadwal pengisian"] == ("7 dari 8 triwulan unit berjadwal", False)
    assert found["Batas penyampaian LKjIP"] == ("26 Februari 2027", True)
    assert found["LHE AKIP 2025"] == ("Nilai 80,25", True)


def test_the_next_year_is_a_step_from_october_on(office):
    name = "Tahun berikutnya, 2027"
    assert name not in told(office, on=date(2026, 9, 30))
    assert told(office, on=date(2026, 10, 1))[name] == ("Belum dibuka", False)
    assert name not in told(office, on=date(2027, 10, 1))
    ReportingYear.objects.create(agency=office.agency, year=2027)
    assert told(office, on=date(2026, 10, 1))[name] == ("Sudah dibuka", True)


def test_a_year_that_is_not_opened_is_opened_from_here(client, office):
    html = page(client, office, 2031)
    assert f"/admin/sakip/reportingyear/add/?agency={office.agency.pk}&amp;year=2031" in html
    assert "0 dari 8 triwulan unit berjadwal" in html


# ---------------------------------------------------------------- reaching it
def test_an_administrator_starts_here_and_nobody_else_is_led_here(client, office):
    address = reverse("admin_home", args=["contoh", YEAR])
    start = reverse("agency", args=["contoh"])
    for persona in office.people:
        client.force_login(office.people[persona])
        tabs = client.get(reverse("dashboard", args=["contoh", YEAR])).content.decode()
        is_admin = persona == "admin"
        assert (client.get(start).url == address) is is_admin
        assert (address in tabs) is is_admin


def test_an_agency_without_any_year_is_prepared_by_its_administrator(client, office):
    ReportingYear.objects.filter(agency=office.agency).delete()
    client.force_login(office.people["admin"])
    this_year = timezone.localdate().year
    assert client.get(reverse("agency", args=["contoh"])).url == reverse(
        "admin_home", args=["contoh", this_year]
    )


def test_many_accounts_cost_as_many_queries_as_few(client, office):
    page(client, office)
    with CaptureQueriesContext(connection) as few:
        page(client, office)
    for number in range(20):
        user = User.objects.create_user(f"orang.{number}")
        until = timezone.localdate() + timedelta(days=number)
        unit = Unit.objects.create(
            agency=office.agency, slug=f"u-{number}", name=f"Unit {number}", kind="kelurahan"
        )
        Membership.objects.create(
            user=user, role=Role.OPERATOR, agency=office.agency, unit=unit, valid_until=until
        )
        User.objects.create_user(f"tanpa.{number}")
    with CaptureQueriesContext(connection) as many:
        html = page(client, office)
    assert "Unit 19" in html
    assert len(many) == len(few)
