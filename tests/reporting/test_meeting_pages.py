"""The page Rapat: from the form to final minutes, and a follow-up from the meeting to its accepted proof."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sakip.actions.meetings import AttendeeEntry, save_meeting
from sakip.models import ActionState, AgreedAction, HistoryEntry, Meeting
from tests.sakip.evidence_files import noisy_jpeg
from tests.sakip.test_meetings import DUE, NOW, agree, facts, hold, report
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
YEARLY = ["contoh", YEAR]
QUARTER = [*YEARLY, 3]


@pytest.fixture
def office(settings, tmp_path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    return make_office()


def as_(office: Office, persona: str) -> Client:
    client = Client()
    client.force_login(office.people[persona])
    return client


def html_of(response) -> str:
    return response.content.decode()


def get(office: Office, persona: str, name: str, *place) -> str:
    response = as_(office, persona).get(reverse(name, args=place))
    assert response.status_code == 200
    return html_of(response)


def send(office: Office, persona: str, name: str, *place, **fields) -> str:
    """Where it leads is followed, and what stands there given back."""
    response = as_(office, persona).post(reverse(name, args=place), fields, follow=True)
    return html_of(response)


def meeting_of(office: Office) -> Meeting:
    return office.agency.meetings.get(quarter=3)


# ---------------------------------------------------------------- the form
def filled(office: Office, **changes) -> dict[str, object]:
    """What the form sends when it is filled in from what it offers."""
    page = as_(office, "planner").get(reverse("meeting_edit", args=QUARTER))
    form, people = page.context["form"], page.context["people"]
    sent = {name: form[name].value() or "" for name in form.fields}
    for each in (people.management_form, *people.forms):
        sent |= {each.add_prefix(name): each[name].value() or "" for name in each.fields}
    return sent | {"held_on": "2026-10-22", "starts_at": "09:00", "place": "Aula"} | changes


def test_the_form_offers_what_is_usual_and_makes_the_meeting(office):
    sent = filled(office, **{"peserta-1-role": "Ketua LPM", "peserta-1-unit": "kelurahan"})
    assert (sent["leader_role"], sent["peserta-0-role"]) == ("Camat", "Lurah contoh")
    html = send(office, "planner", "meeting_edit", *QUARTER, **sent)
    assert "Rapat triwulan III tersimpan." in html
    people = meeting_of(office).attendees.values_list("role", "unit__slug", "attendance")
    assert list(people) == [("Lurah contoh", "kelurahan", "invited"), ("Ketua LPM", "kelurahan", "invited")]


def test_the_next_meeting_takes_over_place_and_time(office):
    hold(office, 2, place="Pendopo")
    assert filled(office, place="")["leader_role"] == "Camat"
    page = as_(office, "planner").get(reverse("meeting_edit", args=QUARTER))
    assert page.context["form"]["place"].value() == "Pendopo"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"held_on": ""}, "Tanggal rapat"),
        ({"held_on": "kemarin"}, "Tulis tanggal seperti 31-12-2026."),
        ({"ends_at": "08:00"}, "Jam selesai harus sesudah 09.00."),
        ({"invited_on": "2026-10-30"}, "tidak dapat bertanggal sesudah rapat (22 Oktober 2026)"),
        ({"peserta-0-unit": "tidak-ada"}, "Masukkan pilihan yang valid"),
        ({"peserta-TOTAL_FORMS": "x"}, "Belum tersimpan"),
    ],
)
def test_a_slip_is_named_and_what_was_typed_stays(office, wrong, said):
    sent = filled(office, place="Ruang Serbaguna") | wrong
    response = as_(office, "planner").post(reverse("meeting_edit", args=QUARTER), sent)
    assert response.status_code == 422
    if "TOTAL" not in str(wrong):
        assert said in html_of(response)
    assert "Ruang Serbaguna" in html_of(response)
    assert not office.agency.meetings.exists()


def test_the_slower_of_two_planners_is_told_and_overwrites_nothing(office):
    meeting = hold(office)
    sent = filled(office)
    hold(office, version=meeting.version, place="Pendopo")
    response = as_(office, "planner").post(reverse("meeting_edit", args=QUARTER), sent)
    assert response.status_code == 422
    assert "diubah orang lain sejak halaman dibuka" in html_of(response)
    assert meeting_of(office).place == "Pendopo"


# ---------------------------------------------------------------- the quarter's page
def test_a_quarter_without_a_meeting_shows_its_figures(office):
    html = get(office, "evaluator", "meeting", *QUARTER)
    assert "Rapat triwulan ini belum disusun" in html
    assert "Realisasi anggaran dan kinerja per unit kerja" in html
    assert "Susun rapat" not in html
    assert "Susun rapat" in get(office, "planner", "meeting", *QUARTER)


def test_minutes_become_final_and_are_opened_with_a_reason(office):
    meeting = hold(office)
    html = send(office, "planner", "meeting_finalise", *QUARTER, version="99")
    assert "diubah orang lain" in html
    html = send(office, "planner", "meeting_finalise", *QUARTER, version=meeting.version)
    assert "Notulen final." in html
    assert "Tambah tindak lanjut" not in html
    assert meeting_of(office).is_final
    html = send(office, "planner", "meeting_reopen", *QUARTER, reason=" ")
    assert "alasan wajib diisi" in html
    html = send(office, "planner", "meeting_reopen", *QUARTER, reason="Salah tulis")
    assert "dibuka kembali sebagai draf" in html
    assert HistoryEntry.objects.filter(model="sakip.meeting", reason="Salah tulis").exists()


def test_what_minutes_lack_is_said_before_the_button_is_there(office):
    hold(office, minutes="")
    html = get(office, "planner", "meeting", *QUARTER)
    assert "Pembahasan belum ditulis." in html
    assert "Jadikan final" not in html


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-1.7"), ("docx", b"PK\x03\x04")])
def test_papers_are_saved_under_a_name_of_their_own(office, kind, start):
    hold(office)
    response = as_(office, "head").get(reverse(f"meeting_{kind}", args=[*QUARTER, "daftar-hadir"]))
    assert response.content.startswith(start)
    name = f"daftar-hadir-rapat-contoh-2026-tw-3.{kind}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_what_was_agreed_is_written_down_with_its_due_date(office):
    hold(office)
    sent = {"text": "Lengkapi dokumen", "unit": "kelurahan", "due_on": "2026-10-01"}
    assert "tidak boleh sebelum hari rapat (22 Oktober 2026)" in send(
        office, "planner", "meeting_agree", *QUARTER, **sent
    )
    html = send(office, "planner", "meeting_agree", *QUARTER, **sent | {"due_on": "2026-11-30"})
    assert "Tindak lanjut dicatat." in html
    action = AgreedAction.objects.of_agency(office.agency).get()
    changed = sent | {"text": "Lengkapi dan kirim", "due_on": "2026-12-01"}
    assert "Lengkapi dan kirim" in send(
        office, "planner", "agreed_action_change", *YEARLY, action.pk, **changed
    )


# ---------------------------------------------------------------- a follow-up's way
def waiting(office: Office, persona: str) -> int:
    return len(as_(office, persona).get(reverse("inbox", args=YEARLY)).context["followups"])


def test_a_follow_up_from_the_meeting_to_its_accepted_proof(office):
    action = agree(office, hold(office))
    place = [*YEARLY, action.pk]
    assert (waiting(office, "operator"), waiting(office, "colleague"), waiting(office, "planner")) == (
        1,
        0,
        0,
    )

    html = send(office, "operator", "agreed_action", *place, report="Sudah lengkap")
    assert "Lampirkan sedikitnya satu bukti" in html
    bad = SimpleUploadedFile("alat.jpg", b"MZ\x90\x00 program")
    html = send(office, "operator", "agreed_action", *place, report="Sudah lengkap", uploads=[bad])
    assert "1 berkas tidak dapat diterima" in html
    photo = SimpleUploadedFile("tanda-terima.jpg", noisy_jpeg())
    html = send(office, "operator", "agreed_action", *place, report="Sudah lengkap", uploads=[photo])
    assert "menunggu pemeriksaan perencana" in html
    assert (waiting(office, "operator"), waiting(office, "planner"), waiting(office, "head")) == (0, 1, 1)
    proof = reverse("agreed_action_proof", args=[*place, action.evidence.get().pk])
    saved = as_(office, "planner").get(proof)
    assert saved["Content-Disposition"] == 'attachment; filename="tanda-terima.jpg"'

    assert "alasan wajib diisi" in send(office, "planner", "agreed_action_review", *place, step="kembalikan")
    send(office, "planner", "agreed_action_review", *place, step="kembalikan", reason="Belum ditandatangani")
    assert "Dikembalikan: Belum ditandatangani" in get(office, "operator", "inbox", *YEARLY)
    send(office, "operator", "agreed_action", *place, report="Ditandatangani", link="https://contoh.go.id/x")
    assert "tindak lanjut selesai" in send(office, "head", "agreed_action_review", *place, step="terima")
    assert "berstatus selesai" in send(office, "planner", "agreed_action_review", *place, step="terima")
    action.refresh_from_db()
    assert (action.state, action.evidence.count()) == (ActionState.DONE, 2)
    assert (waiting(office, "operator"), waiting(office, "planner")) == (0, 0)


def test_it_comes_back_in_the_next_quarter_and_is_late(office):
    today = timezone.localdate()
    agree(office, hold(office, held_on=today - timedelta(days=60)), due=today - timedelta(days=5))
    html = get(office, "operator", "meeting", *YEARLY, 4)
    assert "Lengkapi dokumen" in html
    assert "terlambat 5 hari" in html
    assert "terlambat 5 hari" in get(office, "city", "meetings", *YEARLY)


def test_a_task_of_last_year_is_not_lost(office):
    agree(office, hold(office))
    page = as_(office, "operator").get(reverse("inbox", args=["contoh", YEAR + 1]))
    assert len(page.context["followups"]) == 1
    page = as_(office, "operator").get(reverse("inbox", args=["contoh", YEAR - 1]))
    assert page.context["followups"] == []


def test_cancelling_tells_why(office):
    action = agree(office, hold(office))
    place = [*YEARLY, action.pk]
    html = send(office, "head", "agreed_action_review", *place, step="batalkan", reason="Kegiatan dihapus")
    assert "Alasan pembatalan" in html
    assert "Kegiatan dihapus" in html
    assert "Pilih terima" in send(office, "head", "agreed_action_review", *place, step="lain")


# ---------------------------------------------------------------- queries
@pytest.mark.parametrize("name", ["meetings", "meeting", "inbox"])
def test_a_page_asks_as_much_for_one_follow_up_as_for_many(office, name):
    meeting = hold(office)
    report(office, agree(office, hold(office, 2)))
    agree(office, meeting)
    client = as_(office, "planner")
    address = reverse(name, args=QUARTER if name == "meeting" else YEARLY)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    count()
    few = count()
    for number in range(8):
        agree(office, meeting, f"Tindak lanjut {number}", DUE)
        report(office, agree(office, office.agency.meetings.get(quarter=2)))
    save_meeting(
        agency=office.agency,
        year=YEAR,
        quarter=3,
        facts=facts(),
        attendees=[AttendeeEntry(f"Ketua RT {number}", office.village) for number in range(20)],
        version=meeting.version,
        by=office.people["planner"],
        at=NOW,
    )
    assert count() == few
