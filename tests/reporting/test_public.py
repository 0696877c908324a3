"""The public page: switched on by the office, made of the newest approved edition and of nothing else."""

import csv
import importlib
import io
import json
from copy import deepcopy
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.models import QuarterlyRealisation
from reporting.actions import jobs
from reporting.actions.editions import NotIssuableError
from reporting.actions.public_pages import NotPublishableError, close, open_to_everybody
from reporting.models import Edition, PublicPage
from sakip.models import HistoryEntry, RowState, Transition, UnitQuarter, User
from tests.reporting.public_desk import edition_of, open_year
from tests.reporting.test_editions import issue
from tests.world import YEAR, Office, make_office

NOW = timezone.now()
PLACE = {"agency": "contoh", "year": YEAR}
FILES = ("lkjip.pdf", "data.csv", "anggaran.csv", "data.json")


def page_address(**changes: object) -> str:
    return reverse("public_page", kwargs=PLACE | changes)


def file_address(name: str) -> str:
    return reverse("public_file", kwargs=PLACE | {"name": name})


def everything(client: Client) -> str:
    """All that can be read without logging in, but for the PDF, which is the edition's own."""
    texts = [client.get(file_address(name)).content.decode() for name in FILES[1:]]
    return "\n".join([client.get(page_address()).content.decode(), *texts])


def settle(office: Office) -> None:
    UnitQuarter.objects.filter(unit__agency=office.agency, year=YEAR).update(state=RowState.LOCKED)


# ---------------------------------------------------------------- the switch
@pytest.mark.parametrize("persona", ["planner", "head"])
def test_opening_and_closing_are_in_the_history(office, client, persona):
    by = office.people[persona]
    edition_of(office.agency, YEAR, by)
    for _twice in range(2):
        page = open_to_everybody(agency=office.agency, year=YEAR, by=by, at=NOW)
    assert client.get(page_address()).status_code == 200
    for _twice in range(2):
        close(agency=office.agency, year=YEAR, by=by, at=NOW)
    closed = client.get(page_address())
    assert closed.status_code == 404
    assert f'href="{reverse("public_index")}"' in closed.content.decode()
    lines = HistoryEntry.objects.filter(model="reporting.publicpage", object_id=page.pk).order_by("sequence")
    assert [(line.field, line.old, line.new, line.by) for line in lines] == [
        ("is_on", "tidak", "ya", by),
        ("is_on", "ya", "tidak", by),
    ]


@pytest.mark.parametrize("persona", ["operator", "unit_head", "evaluator", "admin", "city"])
def test_nobody_else_opens_or_closes(office, persona):
    open_year(office)
    for switch in (open_to_everybody, close):
        with pytest.raises(PermissionDenied, match=r"perencana atau Camat"):
            switch(agency=office.agency, year=YEAR, by=office.people[persona], at=NOW)
    assert PublicPage.objects.get().is_on


def test_closing_what_was_never_open_leaves_no_row(office):
    close(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    assert not PublicPage.objects.exists()


@pytest.mark.parametrize(
    ("unsettled", "reason"), [(None, "Belum ada edisi"), (1, "sebelum semua triwulan unit disahkan")]
)
def test_a_year_without_an_approved_edition_is_refused_with_a_reason(office, client, unsettled, reason):
    if unsettled:
        edition_of(office.agency, YEAR, office.people["head"], unsettled=unsettled)
    with pytest.raises(NotPublishableError, match=reason):
        open_to_everybody(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    client.force_login(office.people["head"])
    answer = client.post(reverse("public_open", kwargs=PLACE), follow=True)
    assert "Halaman publik belum dibuka." in answer.text
    assert reason in answer.text
    assert 'data-dialog="buka-publik"' not in answer.text
    assert not PublicPage.objects.exists()


def test_the_editions_page_leads_there_and_back(office, client):
    edition_of(office.agency, YEAR, office.people["head"])
    client.force_login(office.people["planner"])
    shown = client.get(reverse("editions", kwargs=PLACE)).text
    assert "Siapa pun, tanpa masuk, dapat membaca" in shown
    opened = client.post(reverse("public_open", kwargs=PLACE), follow=True).text
    assert page_address() in opened
    assert "Yang tampil: edisi 1" in opened
    client.force_login(office.people["operator"])
    seen = client.get(reverse("editions", kwargs=PLACE)).text
    assert page_address() in seen
    assert "tutup-publik" not in seen
    client.force_login(office.people["planner"])
    assert "Tertutup" in client.post(reverse("public_close", kwargs=PLACE), follow=True).text


# ---------------------------------------------------------------- which edition
def test_a_report_that_was_approved_since_is_issued_again(office, make_pdf):
    """Though it reads the same: only now may everybody read it. Once is enough."""
    assert issue(office, make_pdf()).unsettled == 2
    with pytest.raises(NotIssuableError, match="Edisi 1 sudah memuat"):
        issue(office, make_pdf())
    settle(office)
    second = issue(office, make_pdf())
    assert (second.number, second.unsettled) == (2, 0)
    with pytest.raises(NotIssuableError, match="Edisi 2 sudah memuat"):
        issue(office, make_pdf())


def test_an_edition_of_unapproved_figures_never_takes_the_place_of_an_approved_one(office, client):
    open_year(office)
    edition_of(office.agency, YEAR, office.people["head"], number=2, unsettled=1)
    assert "edisi 1 laporan resmi" in client.get(page_address()).text
    client.force_login(office.people["head"])
    assert "Edisi sesudahnya terbit sebelum" in client.get(reverse("editions", kwargs=PLACE)).text
    edition_of(office.agency, YEAR, office.people["head"], number=3)
    assert "edisi 3 laporan resmi" in client.get(page_address()).text


def test_editions_issued_before_are_counted_by_the_way_of_the_quarters(office):
    """One quarter was approved since, one was reopened since, the rest did not move."""
    settle(office)
    edition = edition_of(office.agency, YEAR, office.people["head"], issued_at=NOW, unsettled=9)
    approved, reopened = office.quarter(office.village), office.quarter(office.office)
    UnitQuarter.objects.filter(pk=reopened.pk).update(state=RowState.DRAFT)
    steps = (
        (approved, RowState.VERIFIED, RowState.APPROVED),
        (approved, RowState.APPROVED, RowState.LOCKED),
        (reopened, RowState.LOCKED, RowState.DRAFT),
    )
    for hours, (quarter, before, after) in enumerate(steps, 1):
        Transition.objects.create(
            unit_quarter=quarter,
            row_kind="quarter",
            from_state=before,
            to_state=after,
            at=NOW + timedelta(hours=hours),
        )
    migration = importlib.import_module("reporting.migrations.0004_public_page")
    migration.count_what_was_unsettled(apps, None)
    assert Edition.objects.get(pk=edition.pk).unsettled == 1


# ---------------------------------------------------------------- what is shown
def test_everything_shown_is_the_editions(office, client):
    """Each figure is replaced in the edition by one of its own, and the page and its files show those."""
    printed = {
        "iku.ipp.target": "71,01",
        "iku.ipp.realised": "71,02",
        "iku.ipp.achievement": "71,03%",
        "budget.ceiling": "Rp 71.004,00",
        "budget.realised": "Rp 71.005,00",
        "budget.absorption": "71,06%",
        "budget.nodes.p1.ceiling": "Rp 71.007,00",
        "budget.nodes.p1.realised": "Rp 71.008,00",
        "budget.nodes.p1.absorption": "71,09%",
        "nko.score": "71,10%",
        "nko.predicate": "Butuh Perbaikan",
    }
    edition = edition_of(office.agency, YEAR, office.people["head"])
    snapshot = deepcopy(edition.snapshot)
    for figure in snapshot["figures"]:
        if figure["key"] in printed:
            figure |= {"printed": printed[figure["key"]], "value": "71"}
    Edition.objects.filter(pk=edition.pk).update(snapshot=snapshot)
    open_to_everybody(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    page = client.get(page_address()).text.replace("\N{NO-BREAK SPACE}", " ")
    assert [key for key, text in printed.items() if text not in page] == []
    data = client.get(file_address("data.json")).json()
    shown = {figure["key"]: figure["printed"] for figure in data["figures"]}
    assert {key: shown[key] for key in printed} == printed
    [row] = rows_of(client, "data.csv")
    assert (row["Target"], row["Realisasi"], row["Capaian (%)"]) == ("71,01", "71,02", "71,03")
    [row] = rows_of(client, "anggaran.csv")
    assert (row["Pagu (Rp)"], row["Realisasi (Rp)"], row["Serapan (%)"]) == ("71007,00", "71008,00", "71,09")


def test_the_real_report_of_2025(palaran, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    camat = User.objects.get(username="camat")
    edition = edition_of(palaran, 2025, camat)
    open_to_everybody(agency=palaran, year=2025, by=camat, at=NOW)
    page = client.get(reverse("public_page", kwargs={"agency": "palaran", "year": 2025})).text
    figures = {figure["key"]: figure["printed"] for figure in edition.snapshot["figures"]}
    assert "belum mencapai target indikator kinerjanya, membelanjakan 97,10% dari anggarannya" in page
    for key in ("iku.ipp.target", "iku.ipp.realised", "budget.ceiling", "budget.nodes.p3.unspent"):
        assert figures[key] in page, key
    assert "kategori D, yaitu Prioritas Pembinaan." in page
    assert "di atas 20,00 sampai 60,00 (predikat kantor ini)" in page
    assert "Data contoh" not in page


def rows_of(client: Client, name: str) -> list[dict[str, str]]:
    text = client.get(file_address(name)).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_what_changes_later_leaves_page_and_files_as_they_were(office, make_pdf, client):
    settle(office)
    issue(office, make_pdf())
    open_to_everybody(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    before = {address: client.get(address) for address in map(file_address, FILES)}
    before[page_address()] = client.get(page_address())
    QuarterlyRealisation.objects.filter(unit_quarter=office.quarter(office.village, 3)).update(amount_rp=1)
    UnitQuarter.objects.filter(pk=office.quarter(office.village).pk).update(state=RowState.DRAFT)
    for address, answer in before.items():
        again = client.get(address)
        assert (again.content, again["ETag"]) == (answer.content, answer["ETag"]), address


def test_nobodys_name_and_no_proof_leave_the_house(office, client):
    """Whatever an edition keeps: people stand in its prose, proof in the sources of its figures."""
    edition = edition_of(office.agency, YEAR, office.people["head"])
    snapshot = deepcopy(edition.snapshot)
    for figure in snapshot["figures"]:
        figure["source"] = "TW IV Kelurahan; bukti: rahasia.jpg"
    for section in snapshot["sections"]:
        section["text"] += " Budi Santoso, NIP 198001012005011001"
    snapshot["tables"].append({"number": "9.9", "title": "Pegawai", "columns": ["Nama"], "rows": [["Budi"]]})
    Edition.objects.filter(pk=edition.pk).update(snapshot=snapshot)
    open_to_everybody(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    shown = everything(client)
    for secret in ("rahasia", "Budi", "NIP", office.people["head"].username, "Masuk", "csrf"):
        assert secret not in shown, secret


def test_the_files_are_the_editions(office, client):
    open_year(office)
    edition = Edition.objects.get()
    page = client.get(page_address()).text
    for name in FILES:
        answer = client.get(file_address(name))
        assert f'filename="contoh-{YEAR}-edisi-1-{name}"' in answer["Content-Disposition"]
        assert file_address(name) in page
    assert client.get(file_address("lkjip.pdf")).content == edition.file.read()
    assert edition.sha256 in page
    about = client.get(file_address("data.json")).json()
    assert about["edition"]["sha256"] == edition.sha256
    assert about["licence"] == "Data terbuka; sebutkan sumber."


@pytest.mark.parametrize("damage", ["lost", "altered"])
def test_a_file_that_is_not_what_was_issued_is_not_handed_out(office, client, damage):
    open_year(office)
    name = str(Edition.objects.get().file.name)
    default_storage.delete(name)
    if damage == "altered":
        jobs.store(b"%PDF-1.7 lain", name)
    assert client.get(file_address("lkjip.pdf")).status_code == 404
    page = client.get(page_address()).text
    assert file_address("lkjip.pdf") not in page
    assert file_address("data.csv") in page


def test_sample_data_say_so(office, client):
    edition = edition_of(office.agency, YEAR, office.people["head"])
    Edition.objects.filter(pk=edition.pk).update(snapshot=edition.snapshot | {"is_sample": True})
    open_to_everybody(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    assert "Angka pada halaman ini dipakai untuk peragaan" in client.get(page_address()).text
    assert json.loads(client.get(file_address("data.json")).content)["is_sample"] is True


def test_what_is_provisional_says_so(office, client):
    edition = edition_of(office.agency, YEAR, office.people["head"])
    snapshot = deepcopy(edition.snapshot)
    for figure in snapshot["figures"]:
        figure["provisional"] = figure["key"] in {"budget.absorption", "budget.nodes.p1.realised"}
    Edition.objects.filter(pk=edition.pk).update(snapshot=snapshot)
    open_to_everybody(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    page = client.get(page_address()).text
    assert "% (sementara) dari anggarannya" in page
    assert "Yang bertanda sementara masih menunggu sebagian datanya." in page
    assert [row["Sementara"] for row in rows_of(client, "anggaran.csv")] == ["ya"]
    assert [row["Sementara"] for row in rows_of(client, "data.csv")] == ["tidak"]


# ---------------------------------------------------------------- for whoever asks
def test_what_is_not_open_looks_like_what_is_not_there(office, client):
    """A closed year, a year without an edition and an unknown agency: one answer, after one query."""
    open_year(office)
    close(agency=office.agency, year=YEAR, by=office.people["head"], at=NOW)
    answers = []
    for changes in ({}, {"year": 2031}, {"agency": "tidak-ada"}):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(page_address(**changes))
        answers.append((answer.status_code, answer.content, len(seen)))
    assert answers == [(404, answers[0][1], 1)] * 3


@pytest.mark.parametrize("name", ["", *FILES])
def test_any_cache_may_keep_the_answer(office, client, name):
    open_year(office)
    address = file_address(name) if name else page_address()
    for persona in (None, "operator"):
        if persona:
            client.force_login(office.people[persona])
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
        since = {"if-modified-since": answer["Last-Modified"]}
        assert client.get(address, headers=since).status_code == 304


def test_another_edition_is_another_answer(office, client):
    open_year(office)
    first = client.get(page_address())
    at = NOW + timedelta(days=2)
    edition_of(office.agency, YEAR, office.people["head"], number=2, issued_at=at)
    second = client.get(page_address(), headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second["Last-Modified"] != first["Last-Modified"]


def test_search_engines_may_list_the_page(office, client):
    open_year(office)
    for address in (page_address(), reverse("public_index")):
        assert "noindex" not in client.get(address).text


def test_the_list_holds_the_opened_years_alone(office, client):
    assert "Belum ada laporan yang dibuka untuk umum" in client.get(reverse("public_index")).text
    open_year(office)
    other = make_office("lain", government=office.agency.government)
    edition_of(other.agency, YEAR, other.people["head"])
    shown = client.get(reverse("public_index")).text
    assert page_address() in shown
    assert "Kecamatan Lain" not in shown
