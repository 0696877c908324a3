"""Meetings and what they agreed: who may write what and when, and what comes back until it is done."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import PermissionDenied

from sakip.actions import agreed_actions, meetings
from sakip.actions.evidence import Piece
from sakip.actions.meetings import AttendeeEntry, MeetingChangedError
from sakip.models import ActionState, AgreedAction, Attendance, HistoryEntry, Meeting
from sakip.queries.meetings import carried_over, days_late, open_followups, usual_attendees
from sakip.workflow.meetings import MeetingClosed
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 22, 3, tzinfo=UTC)
HELD, DUE = date(2026, 10, 22), date(2026, 11, 30)
PROOF = Piece(link="https://contoh.go.id/bukti")
DOCUMENT = {"blocks": []}


@pytest.fixture
def office() -> Office:
    return make_office()


def facts(**changes) -> dict:
    return {
        "held_on": HELD,
        "starts_at": time(9),
        "ends_at": None,
        "place": "Ruang rapat",
        "agenda": "Evaluasi kinerja",
        "leader_role": "Camat",
        "secretary_role": "",
        "invitation_number": "",
        "invited_on": None,
        "minutes": "Pembahasan.",
    } | changes


def hold(office: Office, quarter: int = 3, version: int | None = None, **changes) -> Meeting:
    return meetings.save_meeting(
        agency=office.agency,
        year=YEAR,
        quarter=quarter,
        facts=facts(**changes),
        attendees=[AttendeeEntry("Lurah", office.village, Attendance.PRESENT)],
        version=version,
        by=office.people["planner"],
        at=NOW,
    )


def agree(office: Office, meeting: Meeting, text: str = "Lengkapi dokumen", due: date = DUE) -> AgreedAction:
    return agreed_actions.agree(
        meeting=meeting, text=text, unit=office.village, due_on=due, by=office.people["planner"], at=NOW
    )


def report(office: Office, action: AgreedAction, by: str = "operator", pieces=(PROOF,)) -> AgreedAction:
    return agreed_actions.report_done(
        action=action, report="Dokumen lengkap.", pieces=pieces, by=office.people[by], at=NOW
    )


def accept(office: Office, action: AgreedAction, at: datetime = NOW) -> AgreedAction:
    return agreed_actions.accept(action=action, by=office.people["head"], at=at)


# ---------------------------------------------------------------- the meeting
def test_a_meeting_is_written_with_its_history(office):
    meeting = hold(office)
    assert (meeting.version, meeting.attendees.get().role) == (1, "Lurah")
    entries = HistoryEntry.objects.filter(model="sakip.meeting", object_id=meeting.pk)
    assert {"place", "agenda", "peserta"} <= set(entries.values_list("field", flat=True))


@pytest.mark.parametrize("persona", ["operator", "unit_head", "head", "evaluator", "admin", "city"])
def test_only_the_perencana_keeps_meetings(office, persona):
    with pytest.raises(PermissionDenied):
        meetings.save_meeting(
            agency=office.agency,
            year=YEAR,
            quarter=3,
            facts=facts(),
            attendees=[],
            version=None,
            by=office.people[persona],
            at=NOW,
        )
    assert not office.agency.meetings.exists()


def test_the_second_of_two_writers_is_told(office):
    meeting = hold(office)
    hold(office, version=meeting.version, place="Aula")
    for seen in (meeting.version, None):
        with pytest.raises(MeetingChangedError):
            hold(office, version=seen, place="Pendopo")
    assert office.agency.meetings.get().place == "Aula"


def test_final_minutes_stay_until_they_are_opened_with_a_reason(office):
    meeting = hold(office)
    planner = office.people["planner"]
    meetings.finalise(meeting=meeting, print_minutes=lambda: DOCUMENT, by=planner, at=NOW)
    final = office.agency.meetings.get()
    assert final.is_final
    assert final.minutes_document == DOCUMENT
    with pytest.raises(MeetingClosed):
        hold(office, version=final.version)
    with pytest.raises(MeetingClosed):
        agree(office, final)
    with pytest.raises(MeetingClosed, match="alasan"):
        meetings.reopen(meeting=final, reason=" ", by=planner, at=NOW)
    meetings.reopen(meeting=final, reason="Salah tanggal", by=planner, at=NOW)
    assert office.agency.meetings.get().minutes_document is None


@pytest.mark.parametrize("lacking", [{"minutes": " "}, {"attendance": Attendance.ABSENT}])
def test_minutes_without_words_or_attendance_do_not_become_final(office, lacking):
    meeting = hold(office, minutes=lacking.get("minutes", "Pembahasan."))
    if "attendance" in lacking:
        meeting.attendees.update(**lacking)
    with pytest.raises(MeetingClosed):
        meetings.finalise(
            meeting=meeting, print_minutes=lambda: DOCUMENT, by=office.people["planner"], at=NOW
        )


def test_the_usual_attendees_are_roles(office):
    assert [invited.role for invited in usual_attendees(office.agency)] == ["Lurah contoh"]


# ---------------------------------------------------------------- what was agreed
def test_an_action_is_done_when_its_proof_was_accepted(office):
    action = report(office, agree(office, hold(office)))
    assert (action.state, action.evidence.get().link) == (ActionState.REPORTED, PROOF.link)
    assert open_followups(office.agency, HELD)
    action = accept(office, action)
    assert action.state == ActionState.DONE
    assert open_followups(office.agency, HELD) == ()


def test_a_report_needs_proof(office):
    action = agree(office, hold(office))
    with pytest.raises(MeetingClosed, match="bukti"):
        report(office, action, pieces=())
    assert AgreedAction.objects.of_agency(office.agency).get().state == ActionState.OPEN


def test_the_same_proof_chosen_twice_is_kept_once(office):
    action = report(office, agree(office, hold(office)), pieces=(PROOF, PROOF))
    assert action.evidence.count() == 1


@pytest.mark.parametrize("persona", ["colleague", "planner", "head", "evaluator"])
def test_only_the_unit_reports(office, persona):
    action = agree(office, hold(office))
    with pytest.raises(PermissionDenied):
        report(office, action, by=persona)


@pytest.mark.parametrize("persona", ["operator", "unit_head", "evaluator", "admin"])
def test_a_unit_does_not_accept_its_own_report(office, persona):
    action = report(office, agree(office, hold(office)))
    with pytest.raises(PermissionDenied):
        agreed_actions.accept(action=action, by=office.people[persona], at=NOW)


def test_a_report_given_back_can_be_made_again_and_keeps_its_proof(office):
    action = report(office, agree(office, hold(office)))
    planner = office.people["planner"]
    with pytest.raises(MeetingClosed, match="alasan"):
        agreed_actions.give_back(action=action, reason="", by=planner, at=NOW)
    action = agreed_actions.give_back(action=action, reason="Belum ditandatangani", by=planner, at=NOW)
    assert (action.state, action.reason) == (ActionState.OPEN, "Belum ditandatangani")
    action = report(office, action, pieces=(PROOF,))
    assert (action.state, action.reason, action.evidence.count()) == (ActionState.REPORTED, "", 1)


def test_two_clicks_accept_once(office):
    action = report(office, agree(office, hold(office)))
    accept(office, action)
    with pytest.raises(MeetingClosed):
        accept(office, action)


def test_cancelling_needs_a_reason(office):
    action = agree(office, hold(office))
    planner = office.people["planner"]
    with pytest.raises(MeetingClosed, match="alasan"):
        agreed_actions.cancel(action=action, reason=" ", by=planner, at=NOW)
    agreed_actions.cancel(action=action, reason="Kegiatan dihapus", by=planner, at=NOW)
    assert AgreedAction.objects.of_agency(office.agency).get().state == ActionState.CANCELLED


# ---------------------------------------------------------------- what comes back
def told(office: Office, quarter: int, on: date = HELD) -> list[str]:
    return [line.action.text for line in carried_over(office.agency, YEAR, quarter, on)]


def test_it_comes_back_every_quarter_until_it_is_done(office):
    action = agree(office, hold(office, 1, held_on=date(2026, 4, 22)))
    hold(office, 2, held_on=date(2026, 7, 22))
    assert (told(office, 1), told(office, 2), told(office, 3)) == ([], [action.text], [action.text])
    report(office, action)
    assert told(office, 3) == [action.text]
    accept(office, action, datetime(2026, 8, 3, tzinfo=UTC))
    assert told(office, 3) == [action.text]  # told once more, with its proof
    hold(office, 3, held_on=HELD)
    assert told(office, 4) == []


def test_the_day_decides_what_is_late(office):
    action = agree(office, hold(office))
    (line,) = open_followups(office.agency, date(2026, 12, 2))
    assert (line.days_late, line.is_overdue) == (2, True)
    assert days_late(action, DUE) == 0
    reported = report(office, action)
    assert days_late(reported, date(2027, 1, 1)) == 0  # it waits for its reviewer since October


def test_open_followups_take_two_queries_at_any_size(office, django_assert_num_queries):
    meeting = hold(office)
    report(office, agree(office, meeting))
    for number in range(5):
        agree(office, meeting, f"Tindak lanjut {number}")
    with django_assert_num_queries(2):
        lines = open_followups(office.agency, HELD)
        assert [line.action.number for line in lines] == [1, 2, 3, 4, 5, 6]
        assert [len(line.action.evidence.all()) for line in lines] == [1, 0, 0, 0, 0, 0]
        assert all(line.action.unit.name and line.action.meeting.place for line in lines)


def test_another_agencys_followups_are_not_ours(office):
    other = make_office("lain", government=office.agency.government)
    agree(other, hold(other))
    assert open_followups(office.agency, HELD) == ()
    assert told(office, 4) == []
