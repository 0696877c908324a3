"""The last day for the report: set with history, counted down in the calendar, and asked about when late."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from reporting.dashboards import deadlines
from reporting.dashboards.office import OfficeQuarter
from reporting.dashboards.reports_due import ReportDeadline
from reporting.models import Edition
from reporting.year import OfficeYear
from sakip.actions.windows import set_report_due
from sakip.models import Agreement, HistoryEntry, ReportingYear
from tests.recipes import make
from tests.world import YEAR, days_from_today, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def office():
    return make_office("contoh")


def page(client, office, name="dashboard", who="head") -> str:
    client.force_login(office.people[who])
    return client.get(reverse(name, args=[office.agency.slug, YEAR])).content.decode()


def send(client, office, day: str, who="planner"):
    client.force_login(office.people[who])
    address = reverse("report_due", args=[office.agency.slug, YEAR])
    return client.post(address, {"report_due": day}, follow=True)


def set_due(office, days: int, year: int = YEAR) -> date:
    """`days` from today, whatever the year."""
    due = days_from_today(days)
    ReportingYear.objects.update_or_create(agency=office.agency, year=year, defaults={"report_due": due})
    return due


def issue(office, year: int = YEAR) -> None:
    make(
        Edition,
        agency=office.agency,
        year=year,
        number=1,
        issued_at=timezone.now(),
        issued_by=office.people["head"],
    )


def rows(office, on: date) -> dict[str, dict]:
    seen = OfficeQuarter(OfficeYear(office.agency, YEAR), 3, on)
    return {row["name"]: row for row in deadlines.rows(seen)}


# ---------------------------------------------------------------- setting it
def test_the_planner_sets_it_with_history_and_the_same_day_writes_nothing(client, office):
    html = send(client, office, f"{YEAR + 1}-02-26").content.decode()
    assert f"Batas penyampaian LKjIP {YEAR} menjadi 26 Februari {YEAR + 1}." in html
    assert f'value="{YEAR + 1}-02-26"' in html
    line = HistoryEntry.objects.get(field="report_due")
    assert (line.old, line.new, line.by) == ("", f"{YEAR + 1}-02-26", office.people["planner"])
    send(client, office, f"{YEAR + 1}-02-26", "admin")
    assert HistoryEntry.objects.filter(field="report_due").count() == 1
    assert "dikosongkan" in send(client, office, "").content.decode()
    assert ReportingYear.objects.get(agency=office.agency, year=YEAR).report_due is None


@pytest.mark.parametrize("day", [f"{YEAR}-12-31", "besok"])
def test_a_day_within_the_year_or_none_at_all_is_refused(client, office, day):
    answer = send(client, office, day)
    assert answer.status_code == 422
    assert not HistoryEntry.objects.filter(field="report_due").exists()
    said = answer.content.decode()
    assert f"mulai 1 Januari {YEAR + 1}" in said or "Tulis tanggal seperti" in said


def test_the_action_itself_asks_who(office):
    row = ReportingYear.objects.get(agency=office.agency, year=YEAR)
    with pytest.raises(PermissionDenied):
        set_report_due(reporting_year=row, report_due=None, by=office.people["head"], at=timezone.now())


# ---------------------------------------------------------------- the calendar
@pytest.mark.parametrize(
    ("due", "issued", "on", "told"),
    [
        (
            None,
            None,
            date(2027, 1, 1),
            "Lazimnya akhir Januari sampai akhir Februari 2027 (belum diverifikasi)",
        ),
        (date(2027, 2, 26), None, date(2026, 11, 25), "93 hari lagi"),
        (date(2027, 2, 26), None, date(2027, 2, 26), "Hari ini"),
        (date(2027, 2, 26), None, date(2027, 3, 3), "Terlambat 5 hari, belum ada edisi yang terbit"),
        (date(2027, 2, 26), date(2027, 2, 26), date(2027, 3, 3), "Edisi pertama terbit 26 Februari 2027"),
        (
            date(2027, 2, 26),
            date(2027, 3, 1),
            date(2027, 3, 3),
            "Edisi pertama terbit 1 Maret 2027, 3 hari setelah batas",
        ),
    ],
)
def test_how_a_report_stands(due, issued, on, told):
    assert deadlines.standing(ReportDeadline(2026, due, issued), on)[0] == told


def test_the_calendar_has_the_agreement_the_reports_and_the_end_of_the_plan(palaran):
    seen = OfficeQuarter(OfficeYear(palaran, 2025), 4, date(2025, 12, 1))
    found = {row["name"]: (row["day"], row["told"]) for row in deadlines.rows(seen)}
    assert found["Perjanjian Kinerja Tahun 2025"] == ("30 Januari 2025", "Ditandatangani")
    assert found["Perjanjian Kinerja Perubahan Tahun 2025"] == ("6 November 2025", "Ditandatangani")
    assert found["Penyampaian LKjIP 2025"][0] == "belum ditetapkan"
    assert found["Akhir Renstra 2025-2029"] == ("31 Desember 2029", "4 tahun lagi")
    assert found["Akhir Renstra 2021-2026"] == ("18 September 2025", "Sudah berakhir")


def test_a_year_without_an_agreement_says_so(office):
    on = date(YEAR, 3, 1)
    assert rows(office, on)["Perjanjian Kinerja"]["told"] == "Tanggal penandatanganan belum diisi"
    Agreement.objects.filter(agency=office.agency).delete()
    assert rows(office, on)[f"Perjanjian Kinerja {YEAR}"]["told"] == "Perjanjian kinerja tahun ini belum ada"


# ---------------------------------------------------------------- what needs attention
@pytest.mark.parametrize("year", [YEAR - 1, YEAR])
def test_a_late_report_needs_attention_until_an_edition_is_issued(client, office, year):
    set_due(office, -5, year)
    html = page(client, office)
    assert "Laporan terlambat" in html
    assert "terlambat 5 hari; belum ada edisi yang terbit." in html
    assert "Perencana dan Camat" in html
    assert reverse("editions", args=[office.agency.slug, year]) in html
    issue(office, year)
    assert "Laporan terlambat" not in page(client, office)


def test_a_report_is_not_late_on_its_last_day_nor_is_another_agencys(client, office):
    set_due(office, 0)
    other = make_office("lain", government=office.agency.government)
    set_due(other, -5)
    html = page(client, office)
    assert "Laporan terlambat" not in html
    assert "Hari ini" in html


def test_an_edition_of_another_agency_does_not_count(client, office):
    set_due(office, -5)
    issue(make_office("lain", government=office.agency.government))
    assert "Laporan terlambat" in page(client, office)


def test_days_are_those_of_the_office(office):
    due = set_due(office, -1)
    found = OfficeQuarter(OfficeYear(office.agency, YEAR), 3, due + timedelta(days=1)).reports
    assert [(one.year, one.days_late(due), one.days_late(due + timedelta(days=1))) for one in found] == [
        (YEAR, 0, 1)
    ]
