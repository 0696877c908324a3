"""Issued editions: the very PDF that was read, kept with its data and policy, whatever changes later."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from budget.actions.workflow import take_step
from budget.models import QuarterlyRealisation
from reporting.actions import jobs
from reporting.actions.editions import NotIssuableError, issue_edition
from reporting.models import Edition, EditionIsFinalError, JobState, ReportJob
from sakip.models import HistoryEntry, ReportingYear, RowState, ScoringPolicy, UnitQuarter
from sakip.workflow.transitions import Action
from tests.world import YEAR, Office, days_from_today, make_office

NOW = timezone.now()


def issue(office: Office, job: ReportJob, persona: str = "planner") -> Edition:
    return issue_edition(job=job, by=office.people[persona], at=NOW)


def change_the_report(office: Office, number: str = "900/2") -> None:
    ReportingYear.objects.filter(agency=office.agency, year=YEAR).update(report_number=number)


# ---------------------------------------------------------------- issuing
@pytest.mark.parametrize("persona", ["planner", "head"])
def test_an_edition_keeps_file_data_and_policy(office, make_pdf, persona):
    job = make_pdf()
    edition = issue(office, job, persona)
    assert edition.number == 1
    assert edition.file.read() == job.file.read()
    assert edition.file.name != job.file.name
    assert edition.snapshot["tables"]
    assert edition.policy["rules"] == ScoringPolicy.objects.for_year(office.agency.government, YEAR).rules
    lines = HistoryEntry.objects.filter(model="reporting.edition", object_id=edition.pk)
    assert {line.field: line.new for line in lines} == {"number": "1", "sha256": edition.sha256}
    assert {line.by for line in lines} == {office.people[persona]}


@pytest.mark.parametrize("persona", ["operator", "unit_head", "evaluator", "admin", "city"])
def test_nobody_else_issues(office, make_pdf, persona):
    with pytest.raises(PermissionDenied, match=r"perencana atau Camat"):
        issue(office, make_pdf(), persona)
    assert not Edition.objects.exists()


def test_what_changed_since_the_pdf_is_not_issued_unseen(office, make_pdf):
    job = make_pdf()
    change_the_report(office)
    with pytest.raises(NotIssuableError, match="Data berubah"):
        issue(office, job)


def test_an_unfinished_pdf_is_not_issued(office, make_pdf):
    job = make_pdf()
    ReportJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    job.refresh_from_db()
    with pytest.raises(NotIssuableError, match="belum jadi"):
        issue(office, job)


def test_the_same_report_is_issued_once_and_a_changed_one_again(office, make_pdf):
    first = issue(office, make_pdf())
    with pytest.raises(NotIssuableError, match="Edisi 1 sudah memuat"):
        issue(office, make_pdf())
    change_the_report(office)
    second = issue(office, make_pdf())
    assert (first.number, second.number) == (1, 2)
    assert second.sha256 != first.sha256


def test_data_that_change_while_they_are_read_are_read_again(office, make_pdf, monkeypatch):
    """The file's fingerprint names the data that the file shows."""
    read = jobs.document_of
    changes = iter(["900/A"])

    def document_of(office_year):
        document = read(office_year)
        for number in changes:
            change_the_report(office, number)
        return document

    monkeypatch.setattr(jobs, "document_of", document_of)
    edition = issue(office, make_pdf())
    assert b"report.number=900/A" in edition.file.read()


def test_data_that_never_rest_give_a_file_that_is_not_issued(office, make_pdf, monkeypatch):
    read, numbers = jobs.document_of, iter(range(1000))

    def document_of(office_year):
        document = read(office_year)
        change_the_report(office, f"900/{next(numbers)}")
        return document

    monkeypatch.setattr(jobs, "document_of", document_of)
    job = make_pdf()
    assert job.state == JobState.DONE
    with pytest.raises(NotIssuableError, match="Data berubah"):
        issue(office, job)


# ---------------------------------------------------------------- kept for good
def test_reopening_a_quarter_leaves_the_edition_as_it_was(office, make_pdf, client):
    """The unit corrects its spending after the edition: the report follows, the edition does not."""
    quarter = office.quarter(office.village)
    row = QuarterlyRealisation.objects.create(
        line=office.line(office.village), unit_quarter=quarter, amount_state="number", amount_rp=400_000
    )
    QuarterlyRealisation.objects.update(state=RowState.APPROVED)
    UnitQuarter.objects.filter(pk=quarter.pk).update(state=RowState.APPROVED)
    edition = issue(office, make_pdf())
    content, snapshot = edition.file.read(), edition.snapshot
    take_step(
        unit_quarter=office.quarter(office.village),
        action=Action.REOPEN,
        version=office.quarter(office.village).version,
        by=office.people["planner"],
        at=NOW,
        reason="Koreksi SP2D",
        until=days_from_today(3),
    )
    QuarterlyRealisation.objects.filter(pk=row.pk).update(amount_rp=900_000)

    kept = Edition.objects.get()
    assert (kept.snapshot, kept.sha256) == (snapshot, edition.sha256)
    client.force_login(office.people["planner"])
    place = {"agency": "contoh", "year": YEAR}
    assert client.get(reverse("edition_file", kwargs=place | {"number": 1})).content == content
    as_issued = client.get(reverse("edition_data", kwargs=place | {"number": 1})).json()
    now = client.get(reverse("report_json", kwargs=place)).json()
    spent = "budget.realised"
    assert (printed(as_issued, spent), printed(now, spent)) == ("Rp 2.800.000,00", "Rp 3.300.000,00")


def printed(report: dict, key: str) -> str:
    return next(f["printed"] for f in report["figures"] if f["key"] == key).replace("\N{NO-BREAK SPACE}", " ")


def test_an_edition_is_neither_changed_nor_deleted(office, make_pdf):
    edition = issue(office, make_pdf())
    edition.number = 5
    with pytest.raises(EditionIsFinalError):
        edition.save()
    with pytest.raises(EditionIsFinalError):
        edition.delete()


def test_a_number_is_given_once(office, make_pdf):
    edition = issue(office, make_pdf())
    edition.pk = None
    with pytest.raises(IntegrityError, match=r"unique_number|UNIQUE"), transaction.atomic():
        edition.save()


# ---------------------------------------------------------------- the page
@pytest.fixture
def place() -> dict[str, object]:
    return {"agency": "contoh", "year": YEAR}


def test_the_page_leads_from_pdf_to_edition(office, make_pdf, client, place):
    client.force_login(office.people["head"])
    address = reverse("editions", kwargs=place)
    assert "Belum ada PDF dari data sekarang" in client.get(address).text
    job = make_pdf()
    shown = client.get(address).text
    assert "Terbitkan edisi 1" in shown
    assert "triwulan unit belum disahkan" in shown
    answer = client.post(reverse("edition_issue", kwargs=place), {"job": job.pk}, follow=True)
    assert "Edisi 1 LKjIP 2026 telah diterbitkan." in answer.text
    assert "Edisi terbaru sesuai dengan data" in answer.text
    assert "edisi 1," in client.get(reverse("report", kwargs=place)).text


def test_a_reader_sees_the_editions_without_the_button(office, make_pdf, client, place):
    edition = issue(office, make_pdf())
    client.force_login(office.people["operator"])
    shown = client.get(reverse("editions", kwargs=place)).text
    assert edition.sha256 in shown
    assert "Terbitkan" not in shown


@pytest.mark.parametrize("sent", ["", "0", "x", "9" * 30])
def test_a_pdf_that_is_not_there_is_refused_with_a_reason(office, client, place, sent):
    client.force_login(office.people["head"])
    answer = client.post(reverse("edition_issue", kwargs=place), {"job": sent}, follow=True)
    assert "Edisi belum diterbitkan. PDF yang akan diterbitkan tidak ditemukan." in answer.text


def test_another_agencys_pdf_is_not_found(office, make_pdf, client, place):
    other = make_office("lain", government=office.agency.government)
    client.force_login(other.people["head"])
    address = reverse("edition_issue", kwargs=place | {"agency": "lain"})
    answer = client.post(address, {"job": make_pdf().pk}, follow=True)
    assert "tidak ditemukan" in answer.text
    assert not Edition.objects.exists()


@pytest.mark.parametrize("damage", ["lost", "altered"])
def test_a_file_that_is_not_what_was_issued_is_not_handed_out(office, make_pdf, client, place, damage):
    edition = issue(office, make_pdf())
    default_storage.delete(edition.file.name)
    if damage == "altered":
        jobs.store(b"%PDF-1.7 lain", edition.file.name)
    client.force_login(office.people["head"])
    answer = client.get(reverse("edition_file", kwargs=place | {"number": 1}))
    assert answer.status_code == 404
