"""The perencana answers a criterion with a file, the evaluator reads it and judges, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from sakip.models import Agency, AkipEvaluation, CriterionAnswer, SubComponentJudgement, User
from tests.browser.sound import faults_on
from tests.sakip.evidence_files import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/palaran/2026/evaluasi/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def judgement_of(component: str) -> SubComponentJudgement:
    """Of the component's existence."""
    rows = SubComponentJudgement.objects.filter(agency__slug="palaran", year=2026)
    return rows.get(sub_component__component=component, sub_component__aspect="keberadaan")


def test_a_criterion_is_answered_and_its_sub_component_judged(page, sign_in, page_errors):
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(PAGE)
    page.locator("summary", has_text="1.a").click()
    page.get_by_role("link", name="Jawab kriteria 1.a.1", exact=True).click()
    page.get_by_role("textbox", name="Jawaban kantor").fill("Pedoman perencanaan ditetapkan camat.")
    page.get_by_label("Berkas").set_input_files(
        {"name": "pedoman.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.get_by_role("button", name="Simpan jawaban").click()
    expect(page.get_by_text("Jawaban kriteria 1.a.1 tersimpan.")).to_be_visible()
    expect(page.get_by_role("link", name="pedoman.jpg")).to_be_visible()
    answers = CriterionAnswer.objects.filter(agency__slug="palaran", year=2026, criterion__number=1)
    assert answers.get(criterion__sub_component__component="perencanaan").version == 1

    sign_in(page, User.objects.get(username="evaluator"))
    page.goto("/palaran/")
    expect(page).to_have_url(re.compile(r"/evaluasi/$"))
    page.goto(PAGE)
    fold = page.locator("#lke-1-a")
    fold.locator("summary").click()
    expect(fold.get_by_text("Pedoman perencanaan ditetapkan camat.")).to_be_visible()
    with page.expect_download() as saved:
        fold.get_by_role("link", name="pedoman.jpg").click()
    assert saved.value.suggested_filename == "pedoman.jpg"
    fold.get_by_role("button", name="Simpan nilai 1.a").click()
    expect(fold.get_by_text("Belum tersimpan: 2 isian perlu diperbaiki")).to_be_visible()
    fold.get_by_label("Nilai", exact=True).select_option("BB")
    fold.get_by_label("Catatan").fill("Pedoman ada dan dipakai.")
    fold.get_by_role("button", name="Simpan nilai 1.a").click()
    expect(page.get_by_text("Penilaian sub komponen 1.a tersimpan.")).to_be_visible()
    expect(page.locator("#lke-1-a").get_by_text("4,8 dari 6")).to_be_visible()
    assert judgement_of("perencanaan").answer == "BB"
    # The browser notes the refused judgement as an error; nothing else may have gone wrong.
    assert all("422" in error for error in page_errors)
    page_errors.clear()


def test_a_judgement_sent_twice_is_kept_once(page, sign_in):
    sign_in(page, User.objects.get(username="evaluator"))
    page.goto(f"{PAGE}?buka=3.a")
    fold = page.locator("#lke-3-a")
    fold.get_by_label("Nilai", exact=True).select_option("A")
    fold.get_by_label("Catatan").fill("Baik.")
    fold.get_by_role("button", name="Simpan nilai 3.a").dblclick()
    expect(page.get_by_text("Penilaian sub komponen 3.a tersimpan.")).to_be_visible()
    assert judgement_of("pelaporan").version == 1


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])
@pytest.mark.parametrize("username", ["perencana", "evaluator"])
def test_the_unfolded_worksheet_is_sound(open_page, sign_in, username, width, height):
    page = open_page(width, height)
    sign_in(page, User.objects.get(username=username))
    page.goto(f"{PAGE}?tampil=belum")
    assert page.locator("details[open]").count() == 12
    assert faults_on(page) == []


def test_the_worksheet_prints_with_everything_unfolded(page, sign_in):
    sign_in(page, User.objects.get(username="evaluator"))
    page.goto(PAGE)
    row = page.locator("#lke-4-c-1")
    expect(row).not_to_be_visible()
    page.emulate_media(media="print")
    expect(row).to_be_visible()
    expect(page.get_by_role("button", name="Simpan nilai 4.c")).not_to_be_visible()


def test_a_recommendation_taken_over_twice_is_there_once(page, sign_in):
    agency = Agency.objects.get(slug="palaran")
    declared = AkipEvaluation.objects.create(agency=agency, year=2026, score=78)
    sign_in(page, User.objects.get(username="evaluator"))
    page.goto(f"{PAGE}?buka=2.a")
    fold = page.locator("#lke-2-a")
    fold.get_by_role("button", name="Jadikan rekomendasi LHE").click()
    page.get_by_role("dialog").get_by_role("button", name="Jadikan rekomendasi LHE").dblclick()
    expect(page.get_by_text("menjadi rekomendasi LHE 2026 nomor 1.")).to_be_visible()
    expect(fold.get_by_text("Nomor 1")).to_be_visible()
    assert declared.recommendations.count() == 1
