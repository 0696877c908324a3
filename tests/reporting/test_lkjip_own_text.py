"""The office's own text of a section: what it may name, and that what cannot be filled in is refused."""

import pytest
from django.urls import reverse

from reporting.figures import figures
from reporting.lkjip.document import build_document
from reporting.lkjip.export import render_html
from reporting.lkjip.facts import ReportFacts
from reporting.lkjip.narrative import NarrativeError
from reporting.models import Narrative
from reporting.year import OfficeYear
from sakip.models import User

pytestmark = pytest.mark.django_db


def section(document, number):
    return next(section for section in document.sections if section.number == number)


def own(agency, key: str, text: str) -> Narrative:
    return Narrative.objects.create(agency=agency, year=2025, section=key, text=text)


def test_own_text_replaces_a_section_and_keeps_its_tables(palaran):
    own(palaran, "III.A.1", "Capaian kami {{ iku.ipp.achievement }}.\n\n[gambar capaian]")
    blocks = section(build_document(palaran, 2025), "III.A.1").blocks
    assert [block.kind for block in blocks] == ["paragraph", "figure", "table"]
    assert blocks[0].text == "Capaian kami 41,92%."


def test_own_text_with_an_unknown_name_stops_the_report(palaran):
    own(palaran, "IV.A", "{{ iku.ipp.achievment }}")
    with pytest.raises(NarrativeError, match=r"iku\.ipp\.achievement"):
        build_document(palaran, 2025)


def test_own_text_with_an_unknown_table_stops_the_report(palaran):
    own(palaran, "IV.A", "Kata-kata.\n\n[tabel capain]")
    with pytest.raises(NarrativeError, match="tabel capain"):
        build_document(palaran, 2025)


@pytest.mark.parametrize(
    ("year", "key", "text", "is_kept"),
    [
        (2025, "IV.A", "Capaian {{ iku.ipp.achievement }}.\n\n[tabel capaian]", True),
        (2025, "IV.A", "Capaian {{ iku.ipp.achievment }}.", False),
        (2025, "IV.A", "Kata-kata.\n\n[gambar capain]", False),
        (2025, "IV.Z", "Kata-kata.", False),
        (2001, "IV.A", "Kata-kata.", False),
        (99999, "IV.A", "Kata-kata.", False),
    ],
)
def test_the_admin_takes_only_text_that_the_report_can_fill_in(palaran, client, year, key, text, is_kept):
    root = User.objects.create_superuser("root", password="Rahasia-1234")
    client.force_login(root)
    data = {"agency": palaran.pk, "year": year, "section": key, "text": text}
    client.post(reverse("admin:reporting_narrative_add"), data)
    kept = list(Narrative.objects.filter(agency=palaran))
    assert [(row.version, row.updated_by) for row in kept] == ([(1, root)] if is_kept else [])


def test_own_text_of_another_year_or_agency_is_not_used(palaran, other_agency):
    Narrative.objects.create(agency=palaran, year=2026, section="IV.B", text="Kata-kata tahun lain.")
    Narrative.objects.create(agency=other_agency, year=2025, section="IV.B", text="Kata-kata orang lain.")
    assert "Kata-kata" not in render_html(build_document(palaran, 2025))


def test_names_for_own_text_hold_words_too(palaran):
    office = OfficeYear(palaran, 2025)
    names = ReportFacts(office, figures(office)).names
    assert names["budget.activities"] == "10"
    assert names["words.budget.activities"] == "sepuluh"
    assert names["words.budget.ceiling"].startswith("tiga puluh tujuh miliar dua ratus tiga juta")
    assert "words.iku.ipp.achievement" not in names
