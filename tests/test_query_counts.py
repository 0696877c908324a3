"""The number of queries of a page does not depend on how many agencies the database holds."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.models import BudgetLine
from sakip.actions.agreements import start_draft
from tests.reporting.public_desk import open_year
from tests.world import YEAR, make_office

AGENCIES = 20
# What a page may ask at most; raise it only for a reason.
PAGES = {
    "dashboard": 48,
    "unit_home": 43,
    "planner_home": 45,
    "admin_home": 15,
    "action_plan": 13,
    "entry_overview": 16,
    "entry": 22,
    "cell_details": 18,
    "report": 58,
    "narratives": 58,
    "narrative": 58,
    "agreements": 13,
    "agreement_draft": 25,
    "editions": 10,
    "downloads": 9,
    "figures": 56,
    "figure": 30,
    "reconciliation": 21,
    "search": 8,
    "inbox": 8,
    "meetings": 10,
    "meeting": 41,
    "history": 12,
    "evaluation": 54,
    "criterion": 13,
}

# Who reads a page that is not for everybody.
READERS = {
    "admin_home": "admin",
    "agreement_draft": "planner",
    "narratives": "planner",
    "narrative": "planner",
}


@pytest.fixture
def count_queries(client):
    def count(name: str) -> int:
        place: dict[str, object] = {"agency": "contoh", "year": YEAR}
        if name == "cell_details":
            line = BudgetLine.objects.filter(unit__agency__slug="contoh", unit__slug="kelurahan").first()
            place |= {"unit": "kelurahan", "quarter": 4, "cell": f"l{line.pk}-amount"}
        if name == "meeting":
            place |= {"quarter": 3}
        if name.startswith("entry") and name != "entry_overview":
            place |= {"unit": "kelurahan", "quarter": 4}
        if name == "figure":
            place |= {"key": "unit_quarters.kelurahan.q3.absorption"}
        if name == "narrative":
            place |= {"section": "IV.B"}
        if name == "criterion":
            place |= {"code": "1.a.1"}
        if name in {"unit_home", "action_plan"}:
            place |= {"unit": "kelurahan"}
        cache.clear()
        # Asks the database once what it can do.
        assert connection.features.supports_json_field
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name, kwargs=place)).status_code == 200
        return len(seen)

    return count


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_much_at_one_agency_as_at_twenty(db, client, count_queries, name):
    office = make_office("contoh")
    client.force_login(office.people[READERS.get(name, "operator")])
    if name == "agreement_draft":
        start_draft(agency=office.agency, year=YEAR, by=office.people["planner"], at=timezone.now())
    client.get(reverse("home"))
    alone = count_queries(name)
    for number in range(1, AGENCIES):
        make_office(f"lain-{number}", government=office.agency.government)
    assert count_queries(name) == alone
    assert alone <= PAGES[name]


@pytest.mark.parametrize(("name", "most"), [("public_index", 1), ("public_page", 2)])
def test_a_page_for_everybody_asks_nothing_of_the_reader(db, client, name, most):
    """Neither the session nor the user, logged in or not; and as much at one agency as at several."""
    office = make_office("contoh")
    open_year(office)
    address = reverse(name, kwargs={"agency": "contoh", "year": YEAR} if name == "public_page" else {})
    for others in range(3):
        if others:
            open_year(make_office(f"lain-{others}", government=office.agency.government))
            client.force_login(office.people["operator"])
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        assert len(seen) == most


def test_an_unchanged_report_is_not_made_again(db, client, count_queries):
    """The second reader gets the kept page: the queries are those of the fingerprint and the frame."""
    office = make_office("contoh")
    client.force_login(office.people["operator"])
    first = count_queries("report")
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("report", kwargs={"agency": "contoh", "year": YEAR}))
    assert len(seen) < first


def test_the_home_page_of_a_head_takes_five_queries_while_nothing_changes(db, client, count_queries):
    office = make_office("contoh")
    client.force_login(office.people["head"])
    count_queries("dashboard")
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("dashboard", kwargs={"agency": "contoh", "year": YEAR}))
    assert len(seen) <= 5


@pytest.mark.parametrize("cell", ["amount", "obstacle"])
def test_saving_a_cell_takes_at_most_twelve_queries(db, client, cell):
    """A new row and a known one alike; the marks around the transaction ask nothing and are not counted."""
    office = make_office("contoh")
    client.force_login(office.people["operator"])
    line = office.line(office.village)
    place = {"agency": "contoh", "year": YEAR, "unit": "kelurahan", "quarter": 4, "group": f"s{line.node_id}"}
    address = reverse("entry_group", kwargs=place)
    seen = ""
    for typed in ("5", "6"):
        with CaptureQueriesContext(connection) as captured:
            data = {f"l{line.pk}-{cell}": typed, f"l{line.pk}-{cell}-lihat": seen}
            assert client.post(address, data).status_code == 200
        asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVE", "RELEASE"))]
        assert any(sql.startswith(("INSERT", "UPDATE")) and "history" in sql for sql in asked)
        assert len(asked) <= 12
        seen = typed


def test_a_key_that_no_figure_has_costs_nothing(db, client):
    """A crawler that makes up addresses does not have the whole year worked out."""
    office = make_office("contoh")
    client.force_login(office.people["operator"])
    place = {"agency": "contoh", "year": YEAR}
    with CaptureQueriesContext(connection) as made_up:
        assert client.get(reverse("figure", kwargs=place | {"key": "tidak.ada"})).status_code == 404
    with CaptureQueriesContext(connection) as known:
        assert client.get(reverse("figure", kwargs=place | {"key": "nko.score"})).status_code == 200
    assert len(made_up) < len(known) / 2
