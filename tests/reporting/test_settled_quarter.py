"""Which quarter the pages of an office look at, whom they judge in it, and the year once it is over."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from budget.models import QuarterlyRealisation
from reporting.charts import PHONE_WIDTH
from reporting.dashboards import answers, attention, head, heat
from reporting.dashboards.office import OfficeQuarter
from reporting.year import OfficeYear
from sakip.models import (
    ActionState,
    Agency,
    AgreedAction,
    Indicator,
    Measurement,
    Meeting,
    RowState,
    Target,
    TargetKind,
    UnitQuarter,
    User,
    ValueState,
)
from tests.palaran import SLUG
from tests.recipes import make
from tests.world import PASSWORD, YEAR, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def office():
    """The village has handed its fourth quarter in, with all it was to reach; the other has not begun."""
    found = make_office("contoh")
    for indicator in Indicator.objects.filter(unit__isnull=False, agency=found.agency):
        for quarter in (1, 2, 3, 4):
            plan(indicator, quarter)
    done = found.quarter(found.village)
    for key in ("P1.K1.S1", "P1.K1.S2"):
        QuarterlyRealisation.objects.create(
            unit_quarter=done,
            line=found.line(found.village, key),
            amount_state=ValueState.NUMBER,
            amount_rp=Decimal(400_000),
            physical_state=ValueState.NUMBER,
            physical_pct=Decimal(100),
        )
    for indicator in Indicator.objects.filter(unit=found.village):
        Measurement.objects.create(
            unit_quarter=done, indicator=indicator, value_state=ValueState.NUMBER, value=Decimal(1)
        )
    UnitQuarter.objects.filter(pk=done.pk).update(state=RowState.SUBMITTED)
    return found


def plan(indicator: Indicator, quarter: int) -> None:
    """One a quarter, and ten in the last: the unit that is silent there stands at 3 of 13."""
    value = Decimal(10 if quarter == 4 and indicator.unit.slug == "kantor" else 1)
    Target.objects.create(
        indicator=indicator,
        kind=TargetKind.ACTION_PLAN,
        year=YEAR,
        quarter=quarter,
        value_state=ValueState.NUMBER,
        value=value,
    )


def seen(office, quarter: int | None = None, on: date | None = None) -> OfficeQuarter:
    """By default as it is today."""
    return OfficeQuarter(OfficeYear(office.agency, YEAR), quarter, on or timezone.localdate())


# ---------------------------------------------------------------- while a quarter is filled in
def test_a_quick_unit_does_not_move_the_page_to_a_quarter_that_others_fill_in(client, office):
    assert seen(office).quarter == 3
    client.force_login(office.people["head"])
    html = client.get(reverse("dashboard", args=[office.agency.slug, YEAR])).content.decode()
    assert "s.d. triwulan III" in html


def test_the_charts_of_the_page_fit_a_phone(client, office):
    client.force_login(office.people["head"])
    html = client.get(reverse("dashboard", args=["contoh", YEAR])).content.decode()
    drawn = [part[: part.index(">")] for part in html.split("<svg role=")[1:]]
    assert len(drawn) == 2
    assert all(f'width="{PHONE_WIDTH}"' in head for head in drawn)


def test_the_quarter_is_settled_once_all_is_in_or_the_window_has_closed(office):
    assert seen(office, on=timezone.localdate() + timedelta(days=21)).quarter == 4
    UnitQuarter.objects.filter(quarter=4).update(state=RowState.SUBMITTED)
    assert seen(office).quarter == 4


def test_an_office_without_any_settled_quarter_shows_the_one_begun(office):
    QuarterlyRealisation.objects.filter(unit_quarter__quarter__lt=4).delete()
    assert seen(office).quarter == 4


def test_only_units_that_entered_the_quarter_are_judged_in_it(office):
    found = seen(office, 4)
    met = found.met(4)
    assert (met.met, met.judged) == (2, 2)
    assert [row["targets"][3]["text"] for row in heat.rows(found)] == ["", "2/2"]
    assert found.unentered == (office.office,)
    answer = answers.answers(found, {}, [])[0]
    assert answer["provisional"] is True
    assert "1 unit kerja belum mengisi triwulan ini." in str(answer["hint"])


def test_who_has_not_entered_the_quarter_is_asked_for_it_and_for_nothing_else(office):
    found = attention.concerns(seen(office, 4), {})
    assert [concern.kind for concern in found if concern.unit == office.office] == ["Belum terisi"]
    late = seen(office, 3)
    Measurement.objects.filter(indicator__unit=office.office).update(value=Decimal(0))
    assert "Capaian rendah" in [concern.kind for concern in attention.concerns(late, {})]


def test_a_unit_that_has_handed_in_is_not_invited_to_fill_in(client, office):
    client.force_login(office.people["operator"])
    assert (
        "Isi TW" not in client.get(reverse("unit_home", args=["contoh", YEAR, "kelurahan"])).content.decode()
    )
    client.force_login(office.people["colleague"])
    assert "Isi TW IV" in client.get(reverse("unit_home", args=["contoh", YEAR, "kantor"])).content.decode()


# ---------------------------------------------------------------- a year that is over
@pytest.fixture
def last_year() -> OfficeQuarter:
    return OfficeQuarter(OfficeYear(Agency.objects.get(slug=SLUG), 2025), None, date(2026, 11, 25))


def test_the_year_s_end_is_told_by_the_official_realisation(last_year):
    target, money, _, score = answers.answers(last_year, {}, [])
    assert (target["value"], target["unit"]) == ("0 dari 1", "indikator perjanjian")
    assert money["value"] == "97,10"
    assert money["hint"] == "Rp\u00a036,12 miliar terpakai. Menurut realisasi resmi (LRA)."
    assert str(money["link"]).endswith("/angka/budget.absorption/")
    assert (score["label"], score["value"]) == ("NKO tahun 2025", "41,92")
    assert head.forecast_rows(last_year) == []
    curve = head.curve(last_year)
    assert "realisasi resmi (LRA) setahun: 97,10%" in str(curve["note"])
    assert "rencana kas" not in f"{curve['caption']} {curve['note']}".lower()
    assert head.comparison(last_year, last_year)["rows"][1][1] == "97,10% (LRA)"


def test_a_missed_agreement_is_asked_about_though_no_quarter_is_measured(last_year):
    first = attention.concerns(last_year, {})[0]
    assert (first.kind, first.who) == ("Capaian rendah", "Camat")
    assert first.reason == "Capaian 41,92% setahun: 1,53 dari target 3,65."
    assert first.url.endswith("/palaran/2025/angka/iku.ipp.achievement/")


def test_a_year_without_a_cash_plan_says_so(last_year):
    assert last_year.planned_curve[0].reason is not None
    assert last_year.planned_curve[0].reason.text == "rencana kas belum ada"
    assert last_year.pace.reason is not None
    assert last_year.pace.reason.text == "rencana kas belum ada"


def test_a_unit_s_page_tells_the_same_money_as_the_figure_behind_it(client):
    client.force_login(User.objects.create_superuser("pembaca", password=PASSWORD))
    html = client.get(reverse("unit_home", args=[SLUG, 2025, "bantuas"])).content.decode()
    assert "98,59" in html
    assert "budget.units.bantuas.absorption" in html
    assert "pagu belum ada" not in html
    assert "200,82" in html
    assert "Tahun ini tidak diisi per triwulan di portal" in html
    assert "sebagaimana tercetak pada formulir E.81; setahun, realisasi resmi (LRA) yang berlaku." in html


def test_what_was_agreed_in_a_later_year_is_not_late_in_an_earlier_one(last_year):
    agency = last_year.office.agency
    for year in (2025, 2026):
        meeting = make(Meeting, agency=agency, year=year, quarter=4)
        make(
            AgreedAction,
            meeting=meeting,
            unit=last_year.completeness[0].unit,
            text=f"Janji {year}",
            due_on=date(2026, 1, 31),
            state=ActionState.OPEN,
        )
    assert [line.action.text for line in last_year.overdue] == ["Janji 2025"]
