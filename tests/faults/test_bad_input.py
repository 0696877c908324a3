"""Whatever is sent to the entry page: no failure of the server, no silent change, and a reason in words."""

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.models import BudgetLine, QuarterlyRealisation
from sakip.models import HistoryEntry
from tests.faults.conftest import PASSWORD
from tests.faults.office import Portal, Staff, cells_of, saving
from tests.world import YEAR, Office, make_office

OURS = ("sakip", "budget", "reporting")
LONG = "9" * 5000
# What is refused, and a part of the words that say why.
NO_AMOUNTS = {
    "-1": "negatif",
    "\u22125": "negatif",
    "1,234.56": "tampaknya berarti",
    "1234567.89": "tampaknya berarti",
    "1.234,567": "paling banyak 2 angka di belakang koma",
    "150%": "adalah persen",
    "9999999999999999999": "terlalu besar",
    "1,5,5": "bukan angka",
    "1e9": "bukan angka",
    "1E+3": "bukan angka",
    "NaN": "bukan angka",
    "-Infinity": "bukan angka",
    "0x10": "bukan angka",
    "1_000": "bukan angka",
    "=1+1": "bukan angka",
    "1/0": "bukan angka",
    "12 ribu": "bukan angka",
    "\uff11\uff12": "bukan angka",
    "\u0661\u0662": "bukan angka",
    "\N{PILE OF POO}": "bukan angka",
    "1\u202e2": "bukan angka",
    "1\x002": "bukan angka",
    "<script>alert(1)</script>": "bukan angka",
    "'; DROP TABLE sakip_user; --": "bukan angka",
    "{{ 7|add:7 }}": "bukan angka",
    "12.345.678.901.234.567": "terlalu besar",
    LONG: "bukan angka",
}


# ---------------------------------------------------------------- the village's open quarter
@dataclass
class Desk:
    """The operator of the village in front of the entry page."""

    client: Client
    office: Office

    @property
    def line(self) -> BudgetLine:
        return self.office.line(self.office.village)

    def address(self, name: str = "entry", **changed: object) -> str:
        place = {"agency": self.office.agency.slug, "year": YEAR, "unit": "kelurahan", "quarter": 4}
        return reverse(name, kwargs=place | changed)

    def group(self) -> str:
        return self.address("entry_group", group=f"s{self.line.node_id}")

    def stored(self) -> QuarterlyRealisation | None:
        return QuarterlyRealisation.objects.filter(line=self.line, unit_quarter__quarter=4).first()


@pytest.fixture
def desk(db) -> Desk:
    office = make_office()
    client = Client(raise_request_exception=False)
    client.force_login(office.people["operator"])
    return Desk(client, office)


def contents() -> dict[str, str]:
    """A digest of every row of the portal's own tables."""
    models = (model for label in OURS for model in apps.get_app_config(label).get_models())
    return {model._meta.label: digest(model) for model in models}


def digest(model: type[Model]) -> str:
    rows = list(model._default_manager.order_by("pk").values_list())
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = contents()
    yield
    after = contents()
    assert [label for label in before if after[label] != before[label]] == []


# ---------------------------------------------------------------- what is typed
@pytest.mark.parametrize("typed", NO_AMOUNTS, ids=lambda text: ascii(text)[:30])
def test_what_is_no_amount_is_refused_in_words(desk, typed):
    cell = f"l{desk.line.pk}-amount"
    for address in (desk.group(), desk.address()):
        with nothing_changes():
            response = desk.client.post(address, {cell: typed, f"{cell}-lihat": ""})
        html = response.content.decode()
        assert response.status_code == 422
        assert NO_AMOUNTS[typed] in html
        assert "<script>alert" not in html


@pytest.mark.parametrize("typed", ["", " ", "belum ada"])
def test_nothing_typed_changes_nothing(desk, typed):
    cell = f"l{desk.line.pk}-amount"
    with nothing_changes():
        response = desk.client.post(desk.group(), {cell: typed, f"{cell}-lihat": ""})
    assert response.status_code == 200


@pytest.mark.parametrize("typed", ["-", "\u2013"])
def test_a_dash_asks_which_of_its_meanings_is_meant(desk, typed):
    cell = f"l{desk.line.pk}-amount"
    with nothing_changes():
        response = desk.client.post(desk.group(), {cell: typed, f"{cell}-lihat": ""})
    assert response.status_code == 422
    html = response.content.decode()
    for meaning in ("nihil", "tidak berlaku", "belum ada"):
        assert meaning in html


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("0", "0"), ("1.234,56", "1234.56"), ("Rp 1.234,-", "1234"), (" 5 ", "5"), ("007", "7")],
)
def test_what_is_an_amount_is_kept_exactly(desk, typed, amount):
    desk.client.post(desk.group(), {f"l{desk.line.pk}-amount": typed})
    assert str(desk.stored().amount.number.normalize()) == amount


texts = st.one_of(
    st.text(max_size=60),
    st.text("0123456789.,-+ eE%Rp\u2212\n", max_size=24),
    st.sampled_from(["nihil", "tidak berlaku", "TB", "n", "belum ada", *NO_AMOUNTS]),
)
parts = st.sampled_from(["", "-lihat", "-pilih", "-arti", "-timpa"])
cells = st.sampled_from(["amount", "physical", "obstacle", "solution", "value", "version", "state"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(st.tuples(cells, parts), texts, max_size=8), whole=st.booleans())
def test_any_mixture_is_saved_with_its_history_or_refused_with_its_reason(desk, sent, whole):
    """A changed column has one more line in the history; what the answer calls wrong stays as it was."""
    line, indicator = desk.line.pk, desk.office.indicator("k-kelurahan-1").pk
    fields = {
        f"{'m' if name == 'value' else 'l'}{indicator if name == 'value' else line}-{name}{part}": text
        for (name, part), text in sent.items()
    }
    before, known = desk.stored(), HistoryEntry.objects.count()
    response = desk.client.post(desk.address() if whole else desk.group(), fields)
    after = desk.stored()
    assert response.status_code in {200, 302, 422}
    told = HistoryEntry.objects.order_by("pk")[known:]
    assert len({(entry.model, entry.field) for entry in told}) == len(told)
    changed = {entry.field for entry in told if entry.model == "budget.quarterlyrealisation"}
    assert changed == differing(before, after)
    if response.status_code == 422:
        wrong = re.findall(r'id="(l\d+|m\d+)-(\w+)-salah"[^>]*>(?!</span>)', response.content.decode())
        assert wrong
        assert not {name for _, name in wrong} & {field.split("_")[0] for field in changed}


def differing(before: QuarterlyRealisation | None, after: QuarterlyRealisation | None) -> set[str]:
    """Columns that hold something else, a state counted with its number."""
    if after is None:
        return set()
    old = before or QuarterlyRealisation()
    pairs = {
        "amount_rp": (old.amount, after.amount),
        "physical_pct": (old.physical, after.physical),
        "obstacle": (old.obstacle, after.obstacle),
        "solution": (old.solution, after.solution),
    }
    return {name for name, (then, now) in pairs.items() if then != now}


# ---------------------------------------------------------------- who sends, and where to
@pytest.mark.parametrize(
    ("place", "answer", "words"),
    [
        ({"quarter": 3}, 403, "sudah dikunci"),
        ({"unit": "kantor"}, 403, "hanya dapat diisi oleh"),
        ({"unit": "tidak-ada"}, 404, "tidak ditemukan"),
        ({"agency": "palaran"}, 404, "tidak ditemukan"),
        ({"agency": "palaran", "unit": "bukuan"}, 404, "tidak ditemukan"),
        ({"year": 2025}, 404, "tidak ditemukan"),
        ({"year": 9999}, 404, "tidak ditemukan"),
    ],
)
def test_another_place_is_refused(desk, place, answer, words):
    fields = {f"l{line.pk}-amount": "5" for line in BudgetLine.objects.all()}
    with nothing_changes():
        response = desk.client.post(desk.address(**place), fields)
    assert response.status_code == answer
    assert words in response.content.decode()


@pytest.mark.parametrize("quarter", ["0", "5", "44", "-1", "x", "%00"])
def test_a_quarter_that_cannot_be_is_not_found(desk, quarter):
    address = desk.address().replace("tw-4", f"tw-{quarter}")
    with nothing_changes():
        assert desk.client.post(address, {f"l{desk.line.pk}-amount": "5"}).status_code == 404


@pytest.mark.parametrize("name", ["entry", "entry_group"])
def test_without_the_forms_token_nothing_is_taken(desk, name):
    """A form on another site sends the session along, but cannot know the token."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = desk.client.cookies
    address = desk.address() if name == "entry" else desk.group()
    for token in ({}, {"csrfmiddlewaretoken": "x" * 64}):
        with nothing_changes():
            response = client.post(address, {f"l{desk.line.pk}-amount": "5"} | token)
        assert response.status_code == 403
        assert "Formulir ini sudah kedaluwarsa" in response.content.decode()


def test_rows_of_others_and_unknown_names_are_not_taken(desk):
    """Neither in one's own page nor in a group to which they do not belong."""
    others = [line.pk for line in BudgetLine.objects.exclude(unit=desk.office.village)]
    fields = {f"l{pk}-{cell}": "5" for pk in others for cell in ("amount", "physical", "obstacle")}
    fields |= {"state": "locked", "unit_quarter": "1", f"l{desk.line.pk}-version": "9", "l0-amount": "5"}
    for address in (desk.address(), desk.group()):
        with nothing_changes():
            assert desk.client.post(address, fields).status_code in {200, 302}


def test_a_unit_with_hundreds_of_lines_can_send_its_page(desk):
    fields = {f"l{number}-amount": "5" for number in range(1_000_000, 1_005_000)}
    assert desk.client.post(desk.address(), fields | {f"l{desk.line.pk}-amount": "5"}).status_code == 302
    assert desk.stored().amount.number == 5


def test_values_sent_twice_are_one_value(desk):
    """The last one counts, as everywhere on the web; it is written once."""
    desk.client.post(desk.group(), {f"l{desk.line.pk}-amount": ["5", "6"]})
    assert desk.stored().amount.number == 6
    assert desk.stored().version == 1


# ---------------------------------------------------------------- requests that are none
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("x" * 3_000_000, "application/x-www-form-urlencoded"),
        ("&".join(f"f{n}=1" for n in range(20_000)), "application/x-www-form-urlencoded"),
        ("no boundary", "multipart/form-data"),
        ("--x\r\nContent-Disposition: form-data\r\n", "multipart/form-data; boundary=x"),
        (b"\xff\xfe=%FF&l1-amount=%ED%A0%80", "application/x-www-form-urlencoded"),
        ('{"l1-amount": 5}', "application/json"),
        ("", "text/plain"),
        ("a=1", "application/x-www-form-urlencoded; charset=tidak-ada"),
    ],
    ids=["huge", "many fields", "no boundary", "cut off", "no text", "json", "empty", "charset"],
)
def test_a_spoilt_request_is_answered(desk, content, kind):
    for address in (desk.address(), desk.group()):
        with nothing_changes():
            response = desk.client.generic("POST", address, content, kind)
        assert response.status_code in {200, 302, 400, 413, 415}
        if response.status_code >= 400:
            assert "Permintaan tidak dapat dibaca" in response.content.decode()


@pytest.mark.sqlite
def test_a_double_click_saves_once(portal: Portal):
    """Both requests at the same moment, to two processes of the server."""
    portal.serve()
    operator = Staff(portal, "operator.bukuan", PASSWORD)
    page = f"/palaran/{YEAR}/realisasi/bukuan/tw-4/"
    seen = cells_of(operator.get(page).text)
    with ThreadPoolExecutor(6) as clicks:
        answers = list(clicks.map(lambda _: operator.post(page, saving(seen, "7")).status, range(6)))
    assert answers == [302] * 6
    versions = portal.rows("SELECT DISTINCT version FROM budget_quarterlyrealisation WHERE amount_rp = 7")
    assert versions == [(1,)]
    portal.check("verify_history")
