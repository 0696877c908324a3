"""What waits for whom, and when quarters are filled in: the pages Tugas and Jadwal."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sakip.models import HistoryEntry, QuarterException, RowState, Transition, UnitQuarter
from tests.budget.test_workflow import go, row
from tests.budget.test_workflow_pages import VILLAGE, YEARLY, as_, get, send
from tests.world import Office, days_from_today, make_office


@pytest.fixture
def office(db) -> Office:
    return make_office()


# ---------------------------------------------------------------- the inbox
def inbox(office: Office, persona: str) -> tuple[int, int, int]:
    """Returned, waiting, elsewhere."""
    page = as_(office, persona).get(reverse("inbox", kwargs=YEARLY))
    return tuple(len(page.context[name]) for name in ("returned", "waiting", "elsewhere"))


@pytest.mark.parametrize(
    ("done", "waiting"),
    [
        (0, {"operator", "unit_head", "colleague"}),
        (1, {"planner", "colleague"}),
        (2, {"head", "colleague"}),
        (3, {"planner", "colleague"}),
        (4, {"colleague"}),
    ],
)
def test_each_state_waits_for_its_people(office, done, waiting):
    go(office, done)
    found = {persona for persona in office.people if inbox(office, persona)[1]}
    assert found == waiting


def test_what_was_returned_stands_first_with_its_reason_and_age(office):
    go(office, 1)
    send(office, "planner", "rows_give_back", row=[f"realisation:{row(office).pk}"], reason="Cek SP2D")
    Transition.objects.update(at=timezone.now() - timedelta(days=3))
    html = get(office, "operator", "inbox", YEARLY)
    assert inbox(office, "operator") == (1, 0, 0)
    assert "Cek SP2D" in html
    assert "dikembalikan oleh planner.contoh 3 hari yang lalu, 1 baris" in html
    assert inbox(office, "planner") == (0, 0, 1)


def test_the_navigation_counts_what_waits(office):
    go(office, 1)
    assert '1<span class="visually-hidden"> perlu ditangani' in get(office, "planner", "history", YEARLY)
    assert "perlu ditangani" not in get(office, "head", "history", YEARLY)
    assert "/tugas/" not in get(office, "evaluator", "history", YEARLY)


def test_a_quarter_that_is_not_open_waits_for_nobody(office):
    UnitQuarter.objects.filter(quarter=4).update(entry_opens=days_from_today(2))
    assert inbox(office, "operator") == (0, 0, 0)


# ---------------------------------------------------------------- the windows
def test_the_dates_are_set_for_every_unit_with_history(office):
    dates = {
        "tw4-entry_opens": "2026-12-01",
        "tw4-entry_closes": "2027-01-10",
        "tw4-review_closes": "2027-01-20",
    }
    answer = send(office, "planner", "windows", YEARLY, quarter=4, **dates)
    assert "tersimpan untuk 2 unit" in answer.content.decode()
    assert set(
        UnitQuarter.objects.filter(quarter=4, unit__agency=office.agency).values_list(
            "review_closes", flat=True
        )
    ) == {date(2027, 1, 20)}
    assert HistoryEntry.objects.filter(model="sakip.unitquarter", field="review_closes").count() == 2
    again = send(office, "admin", "windows", YEARLY, quarter=4, **dates)
    assert "tersimpan untuk 0 unit" in again.content.decode()


def test_saving_dates_opens_a_year(office):
    place = YEARLY | {"year": 2027}
    send(office, "admin", "windows", place, quarter=1, **{"tw1-entry_opens": "2027-04-01"})
    opened = UnitQuarter.objects.filter(year=2027)
    assert {(each.unit, each.quarter, each.state) for each in opened} == {
        (office.office, 1, RowState.DRAFT),
        (office.village, 1, RowState.DRAFT),
    }


def test_dates_in_the_wrong_order_are_refused(office):
    answer = send(
        office,
        "planner",
        "windows",
        YEARLY,
        quarter=4,
        **{"tw4-entry_opens": "2027-01-10", "tw4-entry_closes": "2026-12-01"},
    )
    assert answer.status_code == 422
    assert "Tidak boleh sebelum 10 Januari 2027." in answer.content.decode()


def test_leave_to_be_late_is_given_shown_and_ended(office):
    UnitQuarter.objects.filter(quarter=4).update(entry_closes=days_from_today(-1))
    assert "ajukan/" not in get(office, "operator")
    quarter = office.quarter(office.village)
    until = days_from_today(5)
    answer = send(
        office,
        "planner",
        "exception_grant",
        YEARLY,
        unit_quarter=quarter.pk,
        valid_until=until,
        reason="Banjir",
    )
    assert "mendapat perpanjangan pengisian" in answer.content.decode()
    assert "Banjir" in answer.content.decode()
    page = get(office, "operator")
    assert "ajukan/" in page
    assert "5 hari lagi" in page
    assert (
        "ajukan/"
        not in as_(office, "colleague")
        .get(reverse("entry", kwargs=VILLAGE | {"unit": "kantor"}))
        .content.decode()
    )
    leave = QuarterException.objects.get()
    assert (leave.granted_by, leave.reason) == (office.people["planner"], "Banjir")
    assert send(office, "admin", "exception_end", YEARLY | {"leave": leave.pk}).status_code == 200
    assert "ajukan/" not in get(office, "operator")
    assert HistoryEntry.objects.filter(model="sakip.quarterexception").count() == 2


@pytest.mark.parametrize(
    ("days", "reason", "said"), [(-1, "Banjir", "sudah lewat"), (3, " ", "Bidang ini tidak boleh kosong")]
)
def test_leave_needs_a_day_to_come_and_a_reason(office, days, reason, said):
    answer = send(
        office,
        "planner",
        "exception_grant",
        YEARLY,
        unit_quarter=office.quarter(office.village).pk,
        valid_until=days_from_today(days),
        reason=reason,
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not QuarterException.objects.exists()


def test_no_leave_for_another_agencys_unit(office):
    other = make_office("lain")
    answer = send(
        office,
        "planner",
        "exception_grant",
        YEARLY,
        unit_quarter=other.quarter(other.village).pk,
        valid_until=days_from_today(3),
        reason="Banjir",
    )
    assert answer.status_code == 422
    QuarterException.objects.create(
        unit_quarter=other.quarter(other.village),
        reason="x",
        valid_until=days_from_today(3),
        granted_by=other.people["planner"],
        granted_at=timezone.now(),
    )
    leave = QuarterException.objects.get()
    assert send(office, "planner", "exception_end", YEARLY | {"leave": leave.pk}).status_code == 404
