"""Persona x address x state: who gets what from every address of the portal. No address without a row."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from reporting.actions import jobs
from reporting.actions.public_pages import open_to_everybody
from reporting.models import Edition, JobState, ReportJob
from reporting.views import meeting_papers
from sakip.actions.agreed_actions import give_back
from sakip.actions.agreements import start_draft
from sakip.actions.evidence import Piece, attach, keep_file
from sakip.actions.lke import answer_criterion
from sakip.actions.meetings import finalise
from sakip.evidence.kinds import Limits
from sakip.middleware import WRITES
from sakip.models import (
    AgreedAction,
    AkipEvaluation,
    CriterionAnswer,
    Evidence,
    FollowUp,
    LkeCriterion,
    Recommendation,
    RowState,
    ScoringPolicy,
    UnitQuarter,
    User,
)
from sakip.queries.evidence import indicator_subject
from tests.access_row import MISSING, PERSONAS, YEARLY, Row
from tests.access_table import ROWS, VILLAGE
from tests.recipes import make
from tests.sakip.evidence_files import picture
from tests.sakip.test_meetings import agree, hold, report
from tests.world import YEAR, Office, days_from_today, make_office


# ---------------------------------------------------------------- the world
@dataclass
class World:
    office: Office
    people: dict[str, User | None]
    job: ReportJob
    photo: Evidence
    action: AgreedAction
    answer: CriterionAnswer
    follow_up: FollowUp

    def client(self, persona: str) -> Client:
        client = Client(raise_request_exception=False)
        if user := self.people[persona]:
            client.force_login(user)
        return client

    def set_state(self, state: str) -> None:
        """The village's fourth quarter, the job, the public page or the meeting, as the row wants it."""
        quarter = UnitQuarter.objects.filter(unit=self.office.village, quarter=4)
        if state in RowState.values:
            quarter.update(state=state)
        elif state == "too early":
            quarter.update(entry_opens=days_from_today(1))
        elif state == "too late":
            quarter.update(entry_closes=days_from_today(-1))
        elif state == "unfinished":
            ReportJob.objects.filter(pk=self.job.pk).update(state=JobState.RUNNING, file="")
        elif state == "public":
            agency, head = self.office.agency, self.office.people["head"]
            open_to_everybody(agency=agency, year=YEAR, by=head, at=timezone.now())
        elif state == "reported":
            report(self.office, self.action, pieces=())
        elif state == "declared":
            AkipEvaluation.objects.create(
                agency=self.office.agency, year=YEAR, score=80, issued_on=days_from_today(0)
            )
        elif state == "agreement draft":
            planner = self.office.people["planner"]
            start_draft(agency=self.office.agency, year=YEAR, by=planner, at=timezone.now())
        elif state == "final":
            planner, meeting = self.office.people["planner"], self.office.agency.meetings.get()
            finalise(meeting=meeting, print_minutes=lambda: {"blocks": []}, by=planner, at=timezone.now())

    def address(self, row: Row) -> str:
        place = dict(row.place)
        if place.get("job") == "JOB":
            place["job"] = self.job.pk
        if place.get("download") == "DOWNLOAD":
            place["download"] = self.job.downloads.get().pk
        if place.get("group") == "SUB":
            place["group"] = f"s{self.office.line(self.office.village).node_id}"
        rows: dict[object, object] = {"ROW": self.photo.measurement_rows.get().indicator_id}
        rows["LINE"] = self.office.line(self.office.village).pk
        rows |= {"AMOUNT": f"l{rows['LINE']}-amount", "VALUE": f"m{rows['ROW']}-value"}
        place = {key: rows.get(value, value) for key, value in place.items()}
        if place.get("evidence") == "PHOTO":
            place["evidence"] = self.photo.pk
        if place.get("action") == "ACTION":
            place["action"] = self.action.pk
        if place.get("evidence") == "ANSWERED":
            place["evidence"] = self.answer.evidence.get().pk
        if place.get("evidence") == "FOLLOWED_UP":
            place["evidence"] = self.follow_up.evidence.get().pk
        if place.get("evidence") == "PROOF":
            place["evidence"] = self.action.evidence.get().pk
        return reverse(row.name, kwargs=place)


@pytest.fixture
def world(db, settings, tmp_path, monkeypatch) -> World:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(jobs, "render_pdf", lambda document, progress: b"%PDF-1.7")
    monkeypatch.setattr(meeting_papers, "to_pdf", lambda paper: b"%PDF-1.7")
    office = make_office("contoh")
    job = ReportJob.objects.create(
        agency=office.agency,
        year=YEAR,
        format="pdf",
        fingerprint="x" * 64,
        state=JobState.DONE,
        percent=100,
        file=jobs.store(b"%PDF-1.7", "laporan/2026/uji.pdf"),
        requested_by=office.people["planner"],
        requested_at=timezone.now(),
    )
    job.downloads.create(owner=office.people["planner"], asked_at=timezone.now())
    Edition.objects.create(
        agency=office.agency,
        year=YEAR,
        number=1,
        issued_at=timezone.now(),
        issued_by=office.people["head"],
        snapshot={"agency": "contoh", "year": YEAR, "figures": []},
        policy={"rules": ScoringPolicy.objects.for_year(None, YEAR).rules},
        file=job.file.name,
        sha256=hashlib.sha256(b"%PDF-1.7").hexdigest(),
        unsettled=0,
    )
    people: dict[str, User | None] = {
        **office.people,
        "superuser": User.objects.create_superuser("root"),
        "roleless": User.objects.create_user("tanpa-peran"),
        "stranger": make_office("lain").people["planner"],
        "anonymous": None,
    }
    return World(office, people, job, _photo(office), _action(office), _answer(office), _follow_up(office))


def _photo(office: Office) -> Evidence:
    """What the perencana attached to an indicator of the village, and nobody else may remove."""
    kept = keep_file(office.agency, io.BytesIO(picture()), "foto.jpg", Limits())
    subject = indicator_subject(office.quarter(office.village), office.indicator("k-kelurahan-1").pk)
    by = office.people["planner"]
    return attach(subject=subject, pieces=[Piece(kept=kept)], by=by, at=timezone.now()).added[0]


def _action(office: Office) -> AgreedAction:
    """What a meeting asked of the village, whose report with its proof was given back."""
    kept = keep_file(office.agency, io.BytesIO(picture()), "bukti.jpg", Limits())
    action = report(office, agree(office, hold(office)), pieces=[Piece(kept=kept)])
    return give_back(action=action, reason="Kurang", by=office.people["planner"], at=timezone.now())


def _answer(office: Office) -> CriterionAnswer:
    """What the perencana answered to the first criterion, with a file."""
    kept = keep_file(office.agency, io.BytesIO(picture()), "pedoman.jpg", Limits())
    return answer_criterion(
        agency=office.agency,
        year=YEAR,
        criterion=LkeCriterion.objects.get(
            sub_component__component="perencanaan", sub_component__aspect="keberadaan", number=1
        ),
        statement="Pedoman ditetapkan.",
        pieces=[Piece(kept=kept)],
        version=0,
        by=office.people["planner"],
        at=timezone.now(),
    )


def _follow_up(office: Office) -> FollowUp:
    """What was done about the only recommendation of the LHE of the year before, with a file."""
    evaluation = AkipEvaluation.objects.create(agency=office.agency, year=YEAR - 1, score=70)
    recommendation = Recommendation.objects.create(evaluation=evaluation, number=1, text="Lengkapi SOP.")
    follow_up = FollowUp.objects.create(recommendation=recommendation, text="SOP disusun.")
    stored = Evidence.objects.filter(agency=office.agency, stored_file__isnull=False).first().stored_file
    follow_up.evidence.add(make(Evidence, agency=office.agency, stored_file=stored, link="", name="sop.jpg"))
    return follow_up


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_gets_what(world: World, row: Row):
    world.set_state(row.state)
    address = world.address(row)
    got = {persona: _ask(world.client(persona), row.method, address) for persona in PERSONAS}
    assert got == {persona: row.expected(persona) for persona in PERSONAS}


def _ask(client: Client, method: str, address: str) -> int:
    """What is written is taken back, so that each persona finds the same."""
    ask: Callable = client.post if method == "post" else client.get
    with transaction.atomic():
        answer = ask(address).status_code
        transaction.set_rollback(True)
    return answer


# ---------------------------------------------------------------- the table is whole
def named_addresses(patterns=None) -> set[str]:
    """Every named address of the portal; the admin has tests of its own."""
    found: set[str] = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                found |= named_addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            found.add(pattern.name)
    return found


def test_every_address_has_a_row():
    assert named_addresses() == {row.name for row in ROWS}


def test_nobody_sees_another_agencys_job(world):
    """A job's number under one's own agency does not open somebody else's file."""
    client = world.client("stranger")
    for name in ("report_job", "report_file"):
        address = reverse(name, kwargs={"agency": "lain", "year": YEAR, "job": world.job.pk})
        assert client.get(address).status_code == MISSING


def test_a_refusal_says_why(world):
    client = world.client("colleague")
    response = client.post(reverse("entry", kwargs=VILLAGE), {})
    assert "hanya dapat diisi oleh operator" in response.content.decode()


def test_anonymous_visitors_come_back_to_where_they_wanted(world):
    address = reverse("report", kwargs=YEARLY)
    client = world.client("anonymous")
    response = client.get(address)
    assert response.url == f"{reverse('login')}?next={address}"
    user = world.office.people["operator"]
    entered = client.post(
        response.url, {"username": user.username, "password": "kata-sandi-uji-2026", "next": address}
    )
    assert entered.url == address


def test_the_log_in_sends_nobody_elsewhere(world):
    user = world.office.people["operator"]
    entered = world.client("anonymous").post(
        reverse("login"),
        {"username": user.username, "password": "kata-sandi-uji-2026", "next": "https://evil.example/"},
    )
    assert entered.url == reverse("home")


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "get"], ids=str)
def test_reading_writes_nothing(world: World, row: Row):
    """Whatever the answer is: not even a row of the session, which the middleware would let pass."""
    world.set_state(row.state)
    client, address = world.client("planner"), world.address(row)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
        client.head(address)
    assert [query["sql"] for query in seen if WRITES.match(query["sql"])] == []
