"""The page Riwayat and its files: what is shown, filtered and taken away, and by whom."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from sakip.actions.history import Change, record
from sakip.models import HistoryAction, HistoryEntry
from sakip.queries.history_page import COLUMNS, Filter, entries_of
from sakip.tabular import safe_text
from tests.world import YEAR, Office, make_office


@pytest.fixture
def office(db) -> Office:
    office = make_office()
    write(office, "village", "operator", "amount_rp", "belum ada", "1500000.5")
    write(office, "village", "planner", "state", "Draf", "Diajukan", action=HistoryAction.TRANSITION)
    write(office, "office", "colleague", "obstacle", "", "=SUM(A1)", days_ago=10)
    return office


def write(office, unit, by, field, old, new, *, action=HistoryAction.UPDATE, days_ago=0, count=1):
    owner = getattr(office, unit)
    row = owner.quarters.get(year=YEAR, quarter=3).realisations.first()
    return record(
        agency=office.agency,
        unit=owner,
        subject=row,
        action=action,
        changes=[Change(field, old, new)] * count,
        by=office.people[by],
        at=timezone.now() - timedelta(days=days_ago),
    )


def read(office: Office, persona: str = "operator", name: str = "history", **query):
    client = Client()
    client.force_login(office.people[persona])
    return client.get(reverse(name, args=["contoh", YEAR]), query)


def fields(response) -> list[str]:
    return [row.field for row in response.context["rows"]]


def test_the_columns_are_offered_under_their_data(office):
    html = read(office).content.decode()
    group = html[html.index('<optgroup label="Realisasi triwulan">') :]
    group = group[: group.index("</optgroup>")]
    assert 'value="budget.quarterlyrealisation:amount_rp">realisasi</option>' in group


def test_lines_are_shown_in_the_portals_words(office):
    response = read(office)
    newest, first, oldest = response.context["rows"]
    assert (first.kind, first.field, first.old, first.new) == (
        "Realisasi triwulan",
        "realisasi",
        "belum ada",
        "1.500.000,5",
    )
    assert (newest.action, newest.new) == ("berpindah status", "Diajukan")
    assert oldest.unit == "Kantor contoh"
    assert "operator.contoh" in response.content.decode()


def test_what_a_data_pack_brought_says_so(office):
    record(
        agency=office.agency,
        unit=None,
        subject=office.agency,
        action=HistoryAction.IMPORT,
        changes=[Change("units.csv", "", "diimpor 2 baris")],
        by=None,
        at=timezone.now(),
    )
    newest = read(office).context["rows"][0]
    assert (newest.by, newest.field) == ("paket data", "berkas units.csv")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"unit": "kantor"}, ["kendala"]),
        ({"unit": "kelurahan"}, ["status", "realisasi"]),
        ({"tindakan": "transition"}, ["status"]),
        ({"kolom": "budget.quarterlyrealisation:amount_rp"}, ["realisasi"]),
        ({"dari": "TODAY"}, ["status", "realisasi"]),
        ({"sampai": "YESTERDAY"}, ["kendala"]),
        ({"oleh": "OPERATOR"}, ["realisasi"]),
        ({"data": "ROW"}, ["kendala"]),
        ({"unit": "kelurahan", "tindakan": "update"}, ["realisasi"]),
    ],
)  # fmt: skip
def test_filters(office, query, shown):
    today = timezone.localdate()
    row = office.office.quarters.get(quarter=3).realisations.first()
    words = {
        "TODAY": today.isoformat(),
        "YESTERDAY": (today - timedelta(days=1)).isoformat(),
        "OPERATOR": office.people["operator"].pk,
        "ROW": f"budget.quarterlyrealisation:{row.pk}",
    }
    assert fields(read(office, **{key: words.get(value, value) for key, value in query.items()})) == shown


@pytest.mark.parametrize(
    "query", [{"dari": "31-31-2026"}, {"unit": "x"}, {"oleh": "'; --"}, {"data": "x:y"}, {"page": "z"}]
)
def test_a_filter_that_cannot_be_understood_filters_nothing(office, query):
    response = read(office, **query)
    assert response.status_code == 200
    assert len(response.context["rows"]) == 3


def test_pages(office):
    write(office, "village", "operator", "amount_rp", "1", "2", count=120)
    response = read(office, page=2, unit="kelurahan")
    assert len(response.context["rows"]) == 50
    html = response.content.decode()
    assert "Halaman 2 dari 3" in html
    assert "?unit=kelurahan&amp;page=3" in html


def test_the_number_of_queries_does_not_grow(
    office, client, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(office.people["operator"])
    address = reverse("history", args=["contoh", YEAR])
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    write(office, "village", "operator", "amount_rp", "1", "2", count=40)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_the_csv_holds_what_the_page_shows_and_no_formula(office):
    response = read(office, name="history_csv", unit="kantor")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(content), delimiter=";")
    assert tuple(head) == COLUMNS
    assert line[8] == "'=SUM(A1)"
    assert line[2] == "Kantor contoh"


def test_the_workbook_holds_every_line(office):
    write(office, "village", "operator", "amount_rp", "1", "2", count=70)
    sheet = load_workbook(io.BytesIO(read(office, name="history_xlsx").content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert len(rows) == 1 + 73
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        (" \n=1+1", "' \n=1+1"),
        ("-5,25", "-5,25"),
        ("-", "-"),
        ("+62", "'+62"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_texts_cannot_act(text, kept):
    assert safe_text(text) == kept


def test_another_agencys_lines_are_never_shown(office):
    other = make_office("lain")
    owner = other.village
    record(
        agency=other.agency,
        unit=owner,
        subject=owner,
        action="update",
        changes=[Change("name", "", "Rahasia")],
        by=other.people["planner"],
        at=timezone.now(),
    )
    assert "Rahasia" not in read(office, "planner").content.decode()
    assert set(entries_of(office.agency, Filter()).values_list("agency", flat=True)) == {office.agency.pk}
    assert HistoryEntry.objects.filter(agency=other.agency).count() == 1
    client = Client()
    client.force_login(other.people["planner"])
    for name in ("history", "history_csv", "history_xlsx"):
        assert client.get(reverse(name, args=["contoh", YEAR])).status_code == 404
