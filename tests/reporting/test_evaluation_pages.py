"""The page Evaluasi AKIP, a criterion's page and the workbook, as each reader sees them."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reporting.lke.worksheet import Worksheet
from reporting.year import OfficeYear
from sakip.models import (
    AkipComponentScore,
    AkipEvaluation,
    CriterionAnswer,
    Evidence,
    LkeSubComponent,
    SubComponentJudgement,
    User,
)
from tests.recipes import NOW, make
from tests.sakip.evidence_files import picture
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db
PLACE = ["contoh", YEAR]


@pytest.fixture
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_office("contoh")


def ours(model):
    """The demo's office has rows as well."""
    return model.objects.filter(agency__slug="contoh")


def visit(client, office, persona, name="evaluation", *more, **query):
    client.force_login(office.people[persona])
    return client.get(reverse(name, args=[*PLACE, *more]), query)


def judge_all(office, answer: str) -> None:
    for sub in LkeSubComponent.objects.in_year(YEAR):
        SubComponentJudgement.objects.create(
            agency=office.agency,
            year=YEAR,
            sub_component=sub,
            answer=answer,
            note="Lengkap.",
            updated_by=office.people["evaluator"],
            updated_at=NOW,
        )


def send_judgement(client, office, code="1.a", **changes):
    client.force_login(office.people["evaluator"])
    data = {"version": 0, "answer": "BB", "note": "Lengkap.", "recommendation": ""} | changes
    return client.post(reverse("evaluation_judge", args=[*PLACE, code]), data)


def send_answer(client, office, code="1.a.1", **changes):
    client.force_login(office.people["planner"])
    data = {"version": 0, "statement": "Pedoman ditetapkan."} | changes
    return client.post(reverse("criterion", args=[*PLACE, code]), data)


# ---------------------------------------------------------------- the list
def test_every_criterion_is_on_the_page_with_the_portals_answer(client, office):
    html = visit(client, office, "city").content.decode()
    assert len(re.findall(r'<tr role="row" id="lke-\d-\w-\d+"', html)) == 80
    assert 'id="lke-4-c-5"' in html
    assert "Anggaran murni: pagu" in html
    assert "Jawab<span" not in html
    assert "Simpan nilai" not in html


def test_only_what_is_not_answered_can_be_shown(client, office):
    before = visit(client, office, "planner", tampil="belum").content.decode()
    assert 'id="lke-1-a-1"' in before
    send_answer(client, office, link="https://contoh.go.id/pedoman")
    after = visit(client, office, "planner", tampil="belum").content.decode()
    assert 'id="lke-1-a-1"' not in after
    # Met by the data: the budget is there.
    assert 'id="lke-1-a-6"' not in after


def test_a_year_without_a_worksheet_says_so(client, office):
    LkeSubComponent.objects.update(valid_from=YEAR + 1)
    html = visit(client, office, "evaluator").content.decode()
    assert "Belum ada lembar kerja untuk tahun ini" in html
    assert "Nilai kertas kerja" not in html


def test_words_without_proof_are_no_answer_yet(client, office):
    send_answer(client, office)
    worksheet = Worksheet(OfficeYear(office.agency, YEAR))
    assert worksheet.line("1.a.1").is_answered is False
    ours(CriterionAnswer).get().evidence.add(make(Evidence, agency=office.agency))
    assert Worksheet(OfficeYear(office.agency, YEAR)).line("1.a.1").is_answered is True


def test_the_portals_answer_is_said_with_a_sign_a_word_a_reason_and_a_place(client, office):
    html = visit(client, office, "evaluator", "criterion", "1.a.6").content.decode()
    for part in ("Terpenuhi", "#circle-check", "Anggaran murni", "LKjIP III.B", "/lkjip/#bagian-iii-b"):
        assert part in html


# ---------------------------------------------------------------- the office's answer
def test_the_planner_answers_with_a_file(client, office):
    file = io.BytesIO(picture())
    file.name = "pedoman.jpg"
    assert send_answer(client, office, uploads=[file]).status_code == 302
    html = visit(client, office, "evaluator", "criterion", "1.a.1").content.decode()
    assert "Pedoman ditetapkan." in html
    assert "pedoman.jpg" in html
    assert "Simpan jawaban" not in html
    assert "Lepas" not in html


def test_a_file_that_is_refused_keeps_what_was_typed(client, office):
    file = io.BytesIO(b"bukan gambar")
    file.name = "foto.jpg"
    response = send_answer(client, office, uploads=[file])
    assert response.status_code == 422
    assert "Pedoman ditetapkan." in response.content.decode()
    assert not ours(CriterionAnswer).exists()


def test_an_answer_that_changed_meanwhile_is_not_overwritten(client, office):
    send_answer(client, office)
    response = send_answer(client, office, statement="Lain")
    assert response.status_code == 422
    assert "diubah orang lain" in response.content.decode()
    assert ours(CriterionAnswer).get().statement == "Pedoman ditetapkan."


def test_a_criterion_leads_to_its_neighbours(client, office):
    html = visit(client, office, "planner", "criterion", "1.b.1").content.decode()
    assert "Sebelumnya: 1.a.6" in html
    assert "Berikutnya: 1.b.2" in html
    first = visit(client, office, "planner", "criterion", "1.a.1").content.decode()
    assert "Sebelumnya" not in first


# ---------------------------------------------------------------- the judgement
def test_a_judgement_comes_back_to_its_place(client, office):
    response = send_judgement(client, office)
    assert response.url == f"{reverse('evaluation', args=PLACE)}?buka=1.a#lke-1-a"
    html = visit(client, office, "head").content.decode()
    assert "4,8 dari 6" in html
    assert "Dari bobot 6,00 yang sudah dinilai; 11 sub komponen belum dinilai." in html
    assert "Sementara" in html


@pytest.mark.parametrize("wrong", [{"answer": "Z"}, {"note": ""}, {"version": "x"}, {"note": "x" * 4001}])
def test_a_wrong_judgement_is_refused_where_it_was_made(client, office, wrong):
    response = send_judgement(client, office, **wrong)
    assert response.status_code == 422
    assert '<details class="lke-sub" id="lke-1-a" open>' in response.content.decode()
    assert not ours(SubComponentJudgement).exists()


def test_a_judgement_that_changed_meanwhile_is_not_overwritten(client, office):
    send_judgement(client, office)
    assert send_judgement(client, office, answer="AA").status_code == 422
    assert ours(SubComponentJudgement).get().answer == "BB"


def test_the_scale_is_the_policys(client, office):
    policy = office.agency.government.scoring_policies.get()
    policy.rules["lke_answers"] = {"Y": "100", "T": "0"}
    policy.save()
    assert send_judgement(client, office, answer="BB").status_code == 422
    assert send_judgement(client, office, answer="Y").status_code == 302


def test_the_scale_is_offered_from_the_best_down(client, office):
    policy = office.agency.government.scoring_policies.get()
    policy.rules["lke_answers"] = {"E": "0", "AA": "100", "BB": "80"}
    policy.save()
    html = visit(client, office, "evaluator").content.decode()
    assert html.index("AA (100)") < html.index("BB (80)") < html.index("E (0)")


def test_the_home_page_leads_to_the_worksheet(client, palaran):
    client.force_login(User.objects.get(username="camat"))
    html = client.get(reverse("dashboard", args=["palaran", 2025])).content.decode()
    assert f'<a href="{reverse("evaluation", args=["palaran", 2025])}">Lembar kerja' in html


# ---------------------------------------------------------------- both figures
def test_the_declared_score_stands_beside_the_working_one(client, office):
    judge_all(office, "BB")
    make(AkipEvaluation, agency=office.agency, year=YEAR, score=Decimal("80.25"))
    html = visit(client, office, "evaluator").content.decode()
    assert "80,00" in html
    assert "80,25" in html
    assert "Selisih dengan kertas kerja: 0,25." in html


def test_what_the_lhe_gives_a_component_stands_beside_it(client, office):
    judge_all(office, "BB")
    declared = make(AkipEvaluation, agency=office.agency, year=YEAR, score=Decimal("80.25"))
    html = visit(client, office, "head").content.decode()
    assert "LHE 2026 dicatat tanpa nilai komponen." in html
    assert "Selisih</th>" not in html
    make(AkipComponentScore, evaluation=declared, component="perencanaan", score=Decimal("24.6"))
    make(AkipComponentScore, evaluation=declared, component="pengukuran", score=Decimal(82))
    html = visit(client, office, "head").content.decode()
    rows = html[html.index("Selisih</th>") : html.index("</tfoot>")]
    for shown in ("24,60", "0,60", "82,00", "nilai LHE melebihi bobot", "80,25", "0,25", "Belum ada"):
        assert shown in rows
    book = load_workbook(io.BytesIO(visit(client, office, "head", "evaluation_xlsx").content))
    scores = {row[1]: row for row in book["Nilai"].iter_rows(min_row=4, values_only=True)}
    assert scores["Perencanaan Kinerja"][5:8] == (24, 24.6, 0.6)
    assert scores["Pengukuran Kinerja"][6:8] == (82, "nilai LHE melebihi bobot")
    assert scores["Nilai kertas kerja"][5:8] == (80, 80.25, 0.25)


# ---------------------------------------------------------------- into the LHE
def take_over(client, office, persona="evaluator", code="1.a", version=1):
    client.force_login(office.people[persona])
    place = reverse("evaluation_take_over", args=[*PLACE, code])
    return client.post(place, {"version": version}, follow=True).content.decode()


def test_a_recommendation_waits_for_the_lhe(client, office):
    send_judgement(client, office, recommendation="Lengkapi SOP.")
    offer = reverse("evaluation_take_over", args=[*PLACE, "1.a"])
    for persona, link in (("evaluator", False), ("admin", True)):
        html = visit(client, office, persona).content.decode()
        assert "LHE AKIP 2026 belum dicatat. Admin instansi mencatat nilainya lebih dahulu" in html
        assert ("Catat LHE" in html) is link
        assert offer not in html
    assert "belum dicatat. Admin instansi" not in visit(client, office, "planner").content.decode()
    make(AkipEvaluation, agency=office.agency, year=YEAR)
    assert offer in visit(client, office, "evaluator").content.decode()
    assert offer not in visit(client, office, "planner").content.decode()


def test_a_recommendation_is_taken_over_and_leads_back(client, office):
    send_judgement(client, office, recommendation="Lengkapi SOP.")
    declared = make(AkipEvaluation, agency=office.agency, year=YEAR, issued_on=date(2027, 6, 12))
    assert "diubah orang lain" in take_over(client, office, version=7)
    assert not declared.recommendations.exists()
    assert "menjadi rekomendasi LHE 2026 nomor 1." in take_over(client, office)
    html = take_over(client, office)
    assert declared.recommendations.count() == 1
    assert reverse("evaluation_take_over", args=[*PLACE, "1.a"]) not in html
    assert "Nomor 1" in html
    declared.recommendations.update(text="Susun SOP.")
    assert "berbunyi “Susun SOP.”" in visit(client, office, "head").content.decode()
    book = load_workbook(io.BytesIO(visit(client, office, "evaluator", "evaluation_xlsx").content))
    scores = {row[0]: row for row in book["Nilai"].iter_rows(min_row=4, values_only=True)}
    assert scores["1.a"][9:11] == ("Lengkapi SOP.", 1)


def test_a_recommendation_on_the_home_page_leads_to_its_sub_component(client, palaran):
    evaluation = AkipEvaluation.objects.get(agency__slug="palaran", year=2024)
    judgement = make(
        SubComponentJudgement,
        agency=evaluation.agency,
        year=2024,
        sub_component=LkeSubComponent.objects.get(component="pengukuran", aspect="keberadaan"),
    )
    row = evaluation.recommendations.exclude(follow_up__status="selesai").first()
    row.judgement = judgement
    row.save()
    client.force_login(User.objects.get(username="camat"))
    html = client.get(reverse("dashboard", args=["palaran", 2025])).content.decode()
    assert 'href="/palaran/2024/evaluasi/?buka=2.a#lke-2-a"' in html


def test_the_working_score_never_enters_the_organisation_score(office):
    judge_all(office, "AA")
    assert OfficeYear(office.agency, YEAR + 1).latest_akip is None
    assert OfficeYear(office.agency, YEAR).latest_akip is None


def test_a_declared_evaluation_leaves_the_worksheet_to_be_read(client, office):
    judge_all(office, "BB")
    make(AkipEvaluation, agency=office.agency, year=YEAR, issued_on=date(2027, 6, 12))
    for persona in ("evaluator", "planner"):
        html = visit(client, office, persona).content.decode()
        assert "LHE AKIP 2026 telah terbit pada 12 Juni 2027" in html
        assert "Simpan nilai" not in html
        assert "Jawab<span" not in html


# ---------------------------------------------------------------- to take along
def test_the_workbook_holds_the_score_and_every_criterion(client, office):
    send_answer(client, office, link="https://contoh.go.id/pedoman")
    send_judgement(client, office, note="=1+1")
    response = visit(client, office, "evaluator", "evaluation_xlsx")
    assert 'filename="lke-contoh-2026.xlsx"' in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Nilai", "Kriteria"]
    criteria = {row[0]: row for row in book["Kriteria"].iter_rows(min_row=4, values_only=True)}
    assert criteria["1.a.1"][5] == "Pedoman ditetapkan."
    assert criteria["1.a.1"][6].endswith("https://contoh.go.id/pedoman")
    assert criteria["1.a.6"][3] == "Terpenuhi"
    assert len([code for code in criteria if code and code.count(".") == 2]) == 80
    scores = {row[1]: row for row in book["Nilai"].iter_rows(min_row=4, values_only=True)}
    assert scores["Nilai kertas kerja"][3:6] == (100, "-", 4.8)
    note = next(cell for row in book["Nilai"].iter_rows() for cell in row if cell.value == "=1+1")
    assert note.data_type == "s"


def test_the_page_costs_the_same_queries_however_much_is_answered(client, office):
    visit(client, office, "evaluator")
    with CaptureQueriesContext(connection) as empty:
        visit(client, office, "evaluator")
    judge_all(office, "B")
    for sub in LkeSubComponent.objects.in_year(YEAR):
        for criterion in sub.criteria.all():
            row = CriterionAnswer.objects.create(
                agency=office.agency,
                year=YEAR,
                criterion=criterion,
                statement="Ada.",
                updated_by=office.people["planner"],
                updated_at=NOW,
            )
            row.evidence.add(make(Evidence, agency=office.agency), make(Evidence, agency=office.agency))
    with CaptureQueriesContext(connection) as full:
        visit(client, office, "evaluator")
    # The pieces of evidence are read once there are answers.
    assert len(full) <= len(empty) + 1
