"""A meeting's papers: what they tell, as PDF and as a Word document, and what final minutes keep."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO

import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from budget.models import QuarterlyRealisation
from reporting.meetings.blocks import from_data, to_data
from reporting.meetings.export import to_docx, to_pdf
from reporting.meetings.papers import ATTENDANCE, BUILDERS, INVITATION, MINUTES, final_minutes, paper_of
from reporting.meetings.review import QuarterReview
from reporting.year import OfficeYear
from sakip.actions import agreed_actions
from sakip.actions.meetings import AttendeeEntry, MeetingChangedError, finalise, save_meeting
from sakip.models import Attendance, Meeting, ReportingYear
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 22, 3, tzinfo=UTC)
HELD = date(2026, 10, 22)
EVERY = (INVITATION, ATTENDANCE, MINUTES)


@pytest.fixture
def office() -> Office:
    """A village that reported the same obstacle in three quarters, and what earlier meetings asked of it."""
    office = make_office()
    line = office.line(office.village)
    rows = QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter__lte=3)
    rows.update(obstacle="Lokasi tergenang *dalam*", solution="Menunggu surut")
    earlier = hold(office, 2, date(2026, 7, 22))
    agree(office, earlier, "Siapkan lokasi pengganti", date(2026, 9, 30))
    return office


def hold(office: Office, quarter: int = 3, day: date = HELD, attendees=None, **changes) -> Meeting:
    found = office.agency.meetings.filter(year=YEAR, quarter=quarter).first()
    return save_meeting(
        agency=office.agency,
        year=YEAR,
        quarter=quarter,
        facts={
            "held_on": day,
            "starts_at": time(9),
            "ends_at": None,
            "place": "Aula",
            "agenda": "1. Pembukaan\n2) Kendala dan solusi\n\n- Penutup",
            "leader_role": "Camat",
            "secretary_role": "",
            "invitation_number": "005/12",
            "invited_on": None,
            "minutes": "Rapat membahas <b>kendala</b>.\nSelesai pukul 11.\x0b",
        }
        | changes,
        attendees=attendees or [AttendeeEntry("Lurah Contoh", office.village, Attendance.PRESENT)],
        version=found.version if found else None,
        by=office.people["planner"],
        at=NOW,
    )


def agree(office: Office, meeting: Meeting, text: str, due: date) -> None:
    agreed_actions.agree(
        meeting=meeting, text=text, unit=office.village, due_on=due, by=office.people["planner"], at=NOW
    )


def review_of(office: Office, meeting: Meeting) -> QuarterReview:
    return QuarterReview(OfficeYear(office.agency, YEAR), meeting.quarter, meeting, HELD)


def pdf_text(content: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def word_text(content: bytes) -> str:
    """All words of a document, those in tables included, in their order."""
    return " ".join(node.text or "" for node in Document(BytesIO(content)).element.body.iter(qn("w:t")))


@pytest.fixture
def meeting(office) -> Meeting:
    meeting = hold(office)
    agree(office, meeting, "Kirim jadwal tertulis", date(2026, 11, 13))
    return meeting


TOLD = {
    INVITATION: ("Undangan", "005/12", "Kamis, 22 Oktober 2026", "1 kendala", "Siapkan lokasi pengganti"),
    ATTENDANCE: ("DAFTAR HADIR", "Lurah Contoh", "Tanda tangan", "1 tindak lanjut rapat sebelumnya"),
    MINUTES: (
        "NOTULEN",
        "1 hadir dari 1 yang diundang",
        "Rapat membahas <b>kendala</b>.",
        "Lokasi tergenang *dalam*",
        "Menunggu surut",
        "Kronis sejak TW I 2026",
        "Belum selesai, terlambat 22 hari",
        "Kirim jadwal tertulis",
        "13 November 2026",
    ),
}


@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_paper_tells_what_is_known(office, meeting, key, kind):
    paper = paper_of(key, review_of(office, meeting))
    text = pdf_text(to_pdf(paper)) if kind == "pdf" else word_text(to_docx(paper))
    plain = " ".join(text.split())
    for words in TOLD[key]:
        assert words.lower() in plain.lower(), words


def test_the_pdf_is_the_same_every_time_and_names_itself(office, meeting):
    paper = paper_of(MINUTES, review_of(office, meeting))
    content = to_pdf(paper)
    assert content == to_pdf(paper)
    found = pypdf.PdfReader(BytesIO(content))
    assert found.metadata.title == "Notulen Rapat Evaluasi Kinerja Triwulan III Tahun 2026"
    assert found.root_object["/Lang"] == "id"
    assert 2 <= len(found.pages) <= 4


def test_a_list_of_many_runs_over_pages_with_its_heading(office, meeting):
    people = [AttendeeEntry(f"Ketua RT {number}") for number in range(1, 61)]
    hold(office, attendees=people)
    paper = paper_of(ATTENDANCE, review_of(office, office.agency.meetings.get(quarter=3)))
    pages = pypdf.PdfReader(BytesIO(to_pdf(paper))).pages
    assert len(pages) >= 3
    assert all("Tanda tangan" in page.extract_text() for page in pages[:-1])
    tables = Document(BytesIO(to_docx(paper))).tables
    signing = next(table for table in tables if len(table.columns) == 5)
    assert len(signing.rows) == 65


# ---------------------------------------------------------------- the Word document
def test_the_word_document_is_made_for_an_indonesian_office(office, meeting):
    word = Document(BytesIO(to_docx(paper_of(MINUTES, review_of(office, meeting)))))
    assert word.core_properties.language == "id-ID"
    assert {node.get(qn("w:val")) for node in word.styles.element.iter(qn("w:lang"))} == {"id-ID"}
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    headings = [line.text for line in word.paragraphs if line.style.name == "Heading 2"]
    assert headings[0] == "A. Agenda"
    assert headings[-1] == "G. Kehadiran"
    framed = [table for table in word.tables if table.style.name == "Table Grid"]
    assert len(framed) == 7
    for table in framed:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "Camat" in word.tables[-1].rows[0].cells[1].text
    assert "NIP ....." in word.tables[-1].rows[0].cells[1].text


def test_marks_stand_on_every_page(office, meeting):
    ReportingYear.objects.filter(agency=office.agency).update(is_sample=True)
    paper = paper_of(MINUTES, review_of(office, meeting))
    assert paper.mark == "Data contoh \u00b7 Draf"
    word = Document(BytesIO(to_docx(paper)))
    assert word.sections[0].header.paragraphs[0].text == paper.mark
    assert word.paragraphs[0].text.startswith("Data contoh: angka dan isi")
    for page in pypdf.PdfReader(BytesIO(to_pdf(paper))).pages:
        assert paper.mark in page.extract_text()


# ---------------------------------------------------------------- final minutes
def test_final_minutes_stay_as_they_were_signed(office, meeting):
    planner = office.people["planner"]
    review = review_of(office, meeting)
    finalise(meeting=meeting, print_minutes=lambda: final_minutes(review), by=planner, at=NOW)
    final = office.agency.meetings.get(quarter=3)
    QuarterlyRealisation.objects.filter(unit_quarter__unit=office.village).update(
        amount_rp=1, obstacle="Lain"
    )
    kept = paper_of(MINUTES, review_of(office, final))
    assert kept.mark == ""
    text = pdf_text(to_pdf(kept))
    assert "Lokasi tergenang" in text
    assert "Lain." not in text
    assert "Lokasi tergenang" not in word_text(to_docx(paper_of(INVITATION, review_of(office, final))))


def test_minutes_made_of_an_older_state_do_not_become_final(office, meeting):
    hold(office, minutes="Diubah orang lain")
    with pytest.raises(MeetingChangedError):
        finalise(meeting=meeting, print_minutes=dict, by=office.people["planner"], at=NOW)


def test_what_is_agreed_while_the_minutes_are_made_final_stands_in_them(office, meeting):
    review = review_of(office, meeting)
    agree(office, meeting, "Ukur ulang lokasi", date(2026, 11, 30))
    finalise(
        meeting=meeting,
        print_minutes=lambda: final_minutes(review),
        by=office.people["planner"],
        at=NOW,
    )
    assert "Ukur ulang lokasi" in str(office.agency.meetings.get(quarter=3).minutes_document)


@pytest.mark.parametrize("key", BUILDERS)
def test_a_paper_survives_being_kept(office, meeting, key):
    paper = paper_of(key, review_of(office, meeting))
    assert to_pdf(from_data(to_data(paper))) == to_pdf(paper)
    with pytest.raises(KeyError):
        from_data(to_data(paper) | {"is": "Lain"})
    with pytest.raises(TypeError):
        to_data(replace(paper, blocks=(office,)))
