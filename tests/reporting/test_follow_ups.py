"""The follow-ups of an LHE on the worksheet's page, and the files that prove them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sakip.actions.evidence import Piece, attach, keep_file
from sakip.evidence.kinds import Limits
from sakip.models import (
    AkipEvaluation,
    Evidence,
    FollowUp,
    FollowUpStatus,
    LkeSubComponent,
    Recommendation,
    SubComponentJudgement,
)
from sakip.queries.evidence import indicator_subject
from tests.recipes import make
from tests.sakip.evidence_files import noisy_jpeg
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
PICTURE = noisy_jpeg()
SECTION = f"Tindak lanjut rekomendasi LHE {YEAR - 1}"


@pytest.fixture
def office(settings, tmp_path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    return make_office("contoh")


def followed_up(office: Office, number: int = 1, year: int = YEAR - 1, **changes) -> FollowUp:
    evaluation, _ = AkipEvaluation.objects.get_or_create(
        agency=office.agency, year=year, defaults={"score": 70}
    )
    row = Recommendation.objects.create(evaluation=evaluation, number=number, text=f"Susun SOP {number}.")
    values = {"text": "SOP disusun.", "status": FollowUpStatus.DONE, "date_to": date(YEAR, 3, 1)}
    return FollowUp.objects.create(recommendation=row, **values | changes)


def photo(office: Office, tmp_path) -> Evidence:
    """What was attached to a unit's quarter, and serves a follow-up as well."""
    path = tmp_path / "sop.jpg"
    path.write_bytes(PICTURE)
    with path.open("rb") as stream:
        kept = keep_file(office.agency, stream, "sop.jpg", Limits())
    subject = indicator_subject(office.quarter(office.village), office.indicator("k-kelurahan-1").pk)
    by = office.people["planner"]
    return attach(subject=subject, pieces=[Piece(kept=kept)], by=by, at=timezone.now()).added[0]


def page(client, office: Office, **query) -> str:
    client.force_login(office.people["evaluator"])
    return client.get(reverse("evaluation", args=["contoh", YEAR]), query).content.decode()


def address(evidence: Evidence, number: int = 1, of: int = YEAR - 1) -> str:
    return reverse("follow_up_proof", args=["contoh", YEAR, of, number, evidence.pk])


def test_a_recommendation_stands_with_what_was_done_and_its_proof(client, office, tmp_path):
    follow_up, link = followed_up(office), "https://contoh.go.id/sop"
    file = photo(office, tmp_path)
    follow_up.evidence.add(file, make(Evidence, agency=office.agency, link=link, name="Laman SOP"))
    html = page(client, office)
    for part in (SECTION, "Susun SOP 1.", "SOP disusun.", "1 Maret 2026", "Selesai", f'href="{link}"'):
        assert part in html
    assert f'href="{address(file)}"' in html
    answer = client.get(address(file))
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sop.jpg"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_follow_up_without_proof_says_so(client, office):
    followed_up(office, evidence_kind="Berkas daring", status_confidence="low")
    followed_up(office, 2, text="", status=FollowUpStatus.NOT_STARTED, date_to=None)
    Recommendation.objects.create(
        evaluation=AkipEvaluation.objects.get(agency=office.agency), number=3, text="C"
    )
    html = page(client, office)
    assert "Bukti menurut sumber: Berkas daring; belum ada di portal." in html
    assert "Status tidak terbaca dengan pasti" in html
    assert html.count("Belum ada bukti.") == 2
    assert html.count("Belum diisi") == 2


def test_only_the_whole_worksheet_shows_follow_ups_and_only_where_there_are_any(client, office):
    assert "Tindak lanjut rekomendasi" not in page(client, office)
    followed_up(office)
    assert SECTION not in page(client, office, tampil="belum")
    assert SECTION in page(client, office)


def test_the_proof_of_another_agency_is_neither_shown_nor_served(client, office, tmp_path):
    follow_up, file = followed_up(office), photo(office, tmp_path)
    Evidence.objects.filter(pk=file.pk).update(agency=make_office("lain").agency)
    follow_up.evidence.add(file)
    assert address(file) not in page(client, office)
    assert client.get(address(file)).status_code == 404


def test_a_file_is_served_beside_its_own_recommendation_only(client, office, tmp_path):
    follow_up, file = followed_up(office), photo(office, tmp_path)
    followed_up(office, 2)
    client.force_login(office.people["evaluator"])
    assert client.get(address(file)).status_code == 404, "not linked yet"
    follow_up.evidence.add(file)
    assert client.get(address(file)).status_code == 200
    assert client.get(address(file, number=2)).status_code == 404
    assert client.get(address(file, of=YEAR - 2)).status_code == 404
    client.force_login(make_office("lain").people["evaluator"])
    assert client.get(address(file)).status_code == 404


def test_a_recommendation_of_the_years_own_lhe_shows_its_proof_beside_the_judgement(client, office, tmp_path):
    follow_up, file = followed_up(office, year=YEAR), photo(office, tmp_path)
    follow_up.evidence.add(file)
    sub = LkeSubComponent.objects.in_year(YEAR).get(component="perencanaan", aspect="keberadaan")
    judgement = make(
        SubComponentJudgement,
        agency=office.agency,
        year=YEAR,
        sub_component=sub,
        recommendation="Susun SOP 1.",
    )
    Recommendation.objects.filter(pk=follow_up.recommendation_id).update(judgement=judgement)
    html = page(client, office)
    assert "Bukti tindak lanjut:" in html
    assert f'href="{address(file, of=YEAR)}"' in html


def test_the_page_asks_the_same_however_many_follow_ups_there_are(client, office):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, office)
        return len(seen)

    def add(number: int) -> None:
        proofs = [make(Evidence, agency=office.agency, link=f"https://contoh.go.id/{n}") for n in range(3)]
        followed_up(office, number).evidence.add(*proofs)

    add(1)
    page(client, office)
    before = asked()
    for number in range(2, 8):
        add(number)
    assert asked() == before
