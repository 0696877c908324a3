"""The perencana writes the office's own text of a section, and the report says it."""

import pytest
from django.urls import reverse

from reporting.lkjip.document import build_document
from reporting.models import Narrative
from sakip.models import HistoryEntry, User

pytestmark = pytest.mark.django_db
INDEX = reverse("narratives", args=["palaran", 2025])
SECTION = reverse("narrative", args=["palaran", 2025, "IV.B"])
TEXT = "Capaian {{ iku.ipp.achievement }} perlu dinaikkan.\n\n- Pelatihan\n- Survei"


@pytest.fixture
def planner(palaran, client) -> User:
    user = User.objects.get(username="perencana")
    client.force_login(user)
    return user


def send(client, text: str, version: int = 0):
    return client.post(SECTION, {"text": text, "version": version}, follow=True)


def test_what_is_written_is_printed_with_its_figures(client, palaran, planner):
    assert "IV.B Saran" in client.get(INDEX).content.decode()
    answer = send(client, TEXT).content.decode()
    assert "Naskah bagian IV.B tersimpan." in answer
    assert "Naskah kantor" in answer
    assert "Capaian 41,92% perlu dinaikkan." in client.get(SECTION).content.decode()
    row = Narrative.objects.get()
    assert (row.version, row.updated_by) == (1, planner)
    lines = HistoryEntry.objects.filter(model="reporting.narrative")
    assert [(line.field, line.new, line.by) for line in lines] == [("text", TEXT, planner)]


def test_an_empty_text_gives_the_section_back(client, palaran, planner):
    standard = build_document(palaran, 2025).chapters
    send(client, TEXT)
    assert "Naskah kantor" not in send(client, "  ", version=1).content.decode()
    assert build_document(palaran, 2025).chapters == standard


def test_a_name_that_is_not_known_is_refused_and_what_was_typed_stays(client, planner):
    answer = send(client, "Nilai {{ iku.ipp.achievment }}.")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Mungkin maksud Anda “iku.ipp.achievement”" in html
    assert "Nilai {{ iku.ipp.achievment }}." in html
    assert not Narrative.objects.exists()


def test_a_second_click_is_one_save_and_a_second_writer_is_told(client, planner):
    send(client, TEXT)
    assert "tersimpan" in send(client, TEXT).content.decode()
    late = send(client, "Kata lain.")
    assert late.status_code == 422
    assert "sementara itu ditulis orang lain" in late.content.decode()
    assert Narrative.objects.get().text == TEXT


def test_a_text_whose_figure_is_gone_is_named_on_the_list(client, palaran, planner):
    Narrative.objects.create(agency=palaran, year=2025, section="IV.B", text="{{ tidak.ada }}")
    html = client.get(INDEX).content.decode()
    assert "Perlu diperbaiki" in html
    assert "nama angka “tidak.ada” tidak dikenal" in html
    assert "Laporan belum dapat disusun" in client.get(SECTION).content.decode()


def test_only_the_planner_is_offered_the_pen(client, palaran, planner):
    report = reverse("report", args=["palaran", 2025])
    assert INDEX in client.get(report).content.decode()
    client.force_login(User.objects.get(username="camat"))
    assert INDEX not in client.get(report).content.decode()


def test_a_report_that_cannot_be_made_says_why(client, palaran, planner):
    """A figure that a text names may go: the reader is told, and the planner led to the text."""
    Narrative.objects.create(agency=palaran, year=2025, section="IV.B", text="{{ tidak.ada }}")
    answer = client.get(reverse("report", args=["palaran", 2025]))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Laporan belum dapat disusun" in html
    assert "nama angka “tidak.ada” tidak dikenal" in html
    assert "Buka naskah" in html
    assert client.get(reverse("report_json", args=["palaran", 2025])).status_code == 409
    client.force_login(User.objects.get(username="camat"))
    assert "Buka naskah" not in client.get(reverse("report", args=["palaran", 2025])).content.decode()
