"""The home page of an office: answers, attention, approvals, and a cache that leaks nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from budget.models import CashPlan, QuarterlyRealisation
from reporting.dashboards.attention import Concern
from sakip.models import (
    ActionState,
    AgreedAction,
    Meeting,
    Membership,
    Role,
    RowState,
    Target,
    TargetKind,
    Unit,
    UnitQuarter,
    ValueState,
)
from tests.recipes import make
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def office():
    return make_office("contoh")


def page(client, office, who="head", **query) -> str:
    client.force_login(office.people[who])
    answer = client.get(reverse("dashboard", args=[office.agency.slug, YEAR]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def step(client, office, quarter, **changes):
    place = [office.agency.slug, YEAR, quarter.unit.slug, quarter.quarter]
    data = {"action": "sahkan", "version": quarter.version, "kembali": "beranda"} | changes
    return client.post(reverse("quarter_step", args=place), data)


def test_the_five_answers(client, office):
    html = page(client, office)
    for label in (
        "Sesuai target?",
        "Uang bergerak?",
        "Unit yang perlu dihubungi",
        "Menunggu persetujuan Anda",
        "Perkiraan NKO akhir tahun",
    ):
        assert label in html
    assert "s.d. triwulan III" in html
    assert len(html.encode()) < 100_000


def test_an_earlier_quarter_and_a_comparison(client, office):
    html = page(client, office, tw=2, banding=f"{YEAR}-1")
    assert "s.d. triwulan II 2026" in html
    assert "TW II 2026" in html
    assert "Perbandingan" in html
    assert f'<option value="{YEAR}-1" selected>' in html
    assert "Perbandingan" not in page(client, office, tw="9", banding="1999-1")


def test_money_without_output_and_low_absorption(client, office):
    line = office.line(office.village)
    rows = QuarterlyRealisation.objects.filter(line=line)
    rows.update(physical_pct=Decimal(0))
    other = office.line(office.office, "P1.K1.S2")
    for quarter in (1, 2, 3, 4):
        CashPlan.objects.create(line=other, quarter=quarter, amount_rp=Decimal(500_000))
    html = page(client, office)
    assert "Uang tanpa keluaran" in html
    assert "Serapan rendah" in html
    assert "rencana s.d. TW III" in html
    assert f"#l{line.pk}-serapan" in html


def test_output_without_money(client, office):
    QuarterlyRealisation.objects.filter(line=office.line(office.village)).update(amount_rp=Decimal(0))
    assert "Keluaran tanpa uang" in page(client, office)


def test_a_red_indicator_names_its_person(client, office):
    indicator = office.indicator("k-kelurahan-1")
    Target.objects.create(
        indicator=indicator,
        kind=TargetKind.ACTION_PLAN,
        year=YEAR,
        quarter=3,
        value_state=ValueState.NUMBER,
        value=Decimal(30),
    )
    html = page(client, office)
    assert "Capaian rendah" in html
    assert str(office.people["unit_head"]) in html


def test_chronic_obstacles_overdue_follow_ups_and_missing_entries(client, office):
    line = office.line(office.village)
    QuarterlyRealisation.objects.filter(line=line).update(obstacle="Listrik padam")
    meeting = make(Meeting, agency=office.agency, year=YEAR, quarter=2)
    make(
        AgreedAction,
        meeting=meeting,
        unit=office.village,
        text="Pinjam genset",
        due_on=timezone.localdate() - timedelta(days=5),
        state=ActionState.OPEN,
    )
    html = page(client, office)
    assert "Kendala 3 triwulan berturut-turut: Listrik padam" in html
    assert "terlambat 5 hari" in html
    assert "Belum terisi" in html


def test_a_quarter_given_back_asks_for_attention_though_every_row_is_filled(client, office):
    found = office.quarter(office.village, 3)
    found.state = RowState.RETURNED
    found.save()
    client.force_login(office.people["operator"])
    place = [office.agency.slug, YEAR, office.village.slug]
    html = client.get(reverse("unit_home", args=place), {"tw": 3}).content.decode()
    assert "Dikembalikan" in html.split('id="triwulan"')[0]
    assert "Menunggu diperbaiki dan diajukan kembali." in html


@pytest.mark.parametrize(
    ("unit", "who", "place"),
    [
        ("Kelurahan Bukuan", "Lurah Bukuan", ""),
        ("Kelurahan Bukuan", "Siti Aminah", "Kelurahan Bukuan"),
        ("Sekretariat", "Sekretariat", ""),
        (None, "Perencana", ""),
    ],
)
def test_a_unit_that_its_person_names_is_not_named_twice(unit, who, place):
    concern = Concern("", "", "", "", "", Unit(name=unit) if unit else None, who, "")
    assert concern.place == place


def test_the_head_approves_on_the_page_and_comes_back(client, office):
    quarter = office.quarter(office.village)
    UnitQuarter.objects.filter(pk=quarter.pk).update(state=RowState.VERIFIED)
    html = page(client, office)
    assert f'data-dialog="setujui-{quarter.pk}"' in html
    answer = step(client, office, quarter)
    assert answer.url == reverse("dashboard", args=[office.agency.slug, YEAR])
    quarter.refresh_from_db()
    assert quarter.state == RowState.APPROVED
    assert f'data-dialog="setujui-{quarter.pk}"' not in page(client, office)


def test_a_late_approval_comes_back_with_the_reason(client, office):
    quarter = office.quarter(office.village)
    UnitQuarter.objects.filter(pk=quarter.pk).update(state=RowState.VERIFIED)
    client.force_login(office.people["head"])
    answer = step(client, office, quarter, version=99)
    assert answer.url == reverse("dashboard", args=[office.agency.slug, YEAR])
    quarter.refresh_from_db()
    assert quarter.state == RowState.VERIFIED


def test_nobody_else_sees_the_heads_approvals(client, office):
    quarter = office.quarter(office.village)
    UnitQuarter.objects.filter(pk=quarter.pk).update(state=RowState.VERIFIED)
    page(client, office)
    for who in ("operator", "unit_head", "planner", "evaluator", "city"):
        assert "setujui-" not in page(client, office, who)


def test_the_kept_page_is_one_agencys_alone(client, office):
    other = make_office("lain", government=office.agency.government)
    page(client, office)
    html = page(client, other)
    assert "Kelurahan lain" in html
    assert "Kelurahan contoh" not in html


def test_a_change_of_data_or_of_people_is_seen_at_once(client, office):
    before = page(client, office)
    line = office.line(office.village)
    QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=3).update(amount_rp=Decimal(999_000))
    after = page(client, office)
    assert before != after
    Membership.objects.filter(user=office.people["unit_head"]).delete()
    assert str(office.people["unit_head"]) not in page(client, office)


def test_each_role_lands_on_its_page(client, office):
    place = [office.agency.slug, YEAR]
    expected = {
        "head": reverse("dashboard", args=place),
        "evaluator": reverse("evaluation", args=place),
        "city": reverse("dashboard", args=place),
        "planner": reverse("planner_home", args=place),
        "operator": reverse("unit_home", args=[*place, "kelurahan"]),
        "colleague": reverse("unit_home", args=[*place, "kantor"]),
    }
    for who, url in expected.items():
        client.force_login(office.people[who])
        assert client.get(reverse("agency", args=[office.agency.slug])).url == url


def test_without_a_cash_plan_nothing_is_said_of_its_pace(client, office):
    assert "Rencana kas s.d. TW III: belum ada" in page(client, office)
    address = reverse("unit_home", args=[office.agency.slug, YEAR, "kelurahan"])
    assert "dari rencana kas" not in client.get(address).content.decode()
    for quarter in (1, 2, 3, 4):
        CashPlan.objects.create(line=office.line(office.village), quarter=quarter, amount_rp=Decimal(400_000))
    assert "terpakai, 100,00% dari rencana kas" in client.get(address).content.decode()


def test_a_units_page_is_its_own(client, office):
    client.force_login(office.people["operator"])
    html = client.get(reverse("unit_home", args=[office.agency.slug, YEAR, "kelurahan"])).content.decode()
    assert "Isi TW IV" in html
    assert "tw-4/" in html
    other = client.get(reverse("unit_home", args=[office.agency.slug, YEAR, "kantor"])).content.decode()
    assert "Isi TW IV" not in other
    assert "Kantor contoh" in other


def test_the_planner_is_told_that_a_year_came_from_paper(client, palaran):
    planner = make(Membership, role=Role.PLANNER, agency=palaran, unit=None).user
    client.force_login(planner)
    for year, is_told in ((2025, True), (2026, False)):
        html = client.get(reverse("planner_home", args=["palaran", year])).content.decode()
        assert ("formulir E.81 tercetak" in html) is is_told


def test_the_planner_sees_what_is_missing_part_by_part(client, office):
    client.force_login(office.people["planner"])
    html = client.get(reverse("planner_home", args=[office.agency.slug, YEAR])).content.decode()
    assert "kurang 2" in html
    assert "2/2" in html
