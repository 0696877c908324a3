"""A draft of a performance agreement on its pages: it changes no figure, and what is typed is not lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.queries.completeness import year_completeness
from budget.queries.quarter_plan import definitions
from reporting.agreement_sheet import DraftSheet
from reporting.lkjip.document import document_of
from reporting.lkjip.export import to_json
from reporting.models import Edition
from reporting.year import OfficeYear
from sakip.actions.agreements import IndicatorEntry, start_draft, write_draft
from sakip.models import Agreement, Indicator, IndicatorVersion
from sakip.queries.agreements import draft_of_year
from sakip.scoring.values import MISSING, Measured
from tests.recipes import make
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PLACE = {"agency": "contoh", "year": YEAR}
PAGE, FORM = (reverse(name, kwargs=PLACE) for name in ("agreements", "agreement_draft"))
START, FORCE, DISCARD = (
    reverse(f"agreement_{step}", kwargs=PLACE) for step in ("start", "put_in_force", "discard")
)


@pytest.fixture
def office() -> Office:
    return make_office("contoh")


@pytest.fixture
def desk(office, client):
    """The planner at work, with a draft begun."""
    client.force_login(office.people["planner"])
    client.post(START)
    return client


def draft() -> Agreement:
    return Agreement.objects.drafts().get()


def row(office: Office, key: str) -> str:
    return f"i{office.indicator(key).pk}"


def sent(office: Office, **changes: str) -> dict[str, str]:
    """The form as it is sent with one indicator; `changes` by the ending of the box's name."""
    ipp = row(office, "ipp")
    boxes = {
        "version": str(draft().version),
        "title": "Perjanjian Kinerja Perubahan",
        "signed_on": "2026-11-06",
        "first_party_title": "Camat",
        "second_party_title": "Walikota",
        f"{ipp}-is_included": "on",
        f"{ipp}-outcome_text": "Pelayanan publik meningkat",
        f"{ipp}-unit_of_measure": "indeks",
        f"{ipp}-target": "3,7",
        f"p{programme(office)}-amount": "6000000",
    }
    named = {name: next((box for box in boxes if box.endswith(name)), name) for name in changes}
    return boxes | {named[name]: value for name, value in changes.items()}


def programme(office: Office) -> int:
    return office.line(office.village).node.parent.parent_id


def target() -> tuple[str, Decimal | None]:
    found = draft().indicators.get()
    return found.target_state, found.target


# ---------------------------------------------------------------- it changes nothing
def test_a_draft_changes_no_figure_no_report_and_no_target(office):
    """Of this year and the next, whatever it holds."""

    def everything() -> list[object]:
        shown: list[object] = []
        for year in (YEAR, YEAR + 1):
            shown.append(year_completeness(office.agency, year))
            entry = definitions(office.agency.pk, year, Q())
            shown.append([(v.pk, v.agreed_state, v.agreed_target) for v in entry])
        year = OfficeYear(office.agency, YEAR)
        shown += [to_json(document_of(year)), year.indicator_history, year.nko]
        return shown

    before = everything()
    planner = office.people["planner"]
    start_draft(agency=office.agency, year=YEAR, by=planner, at=NOW)
    assert everything() == before
    held = [
        IndicatorEntry(office.indicator(key), "Sasaran lain", "", Measured.of(99))
        for key in ("ipp", "k-kelurahan-1")
    ]
    write_draft(
        agency=office.agency,
        year=YEAR,
        facts={
            "title": "Lain",
            "signed_on": date(2026, 1, 1),
            "first_party_title": "Lurah",
            "second_party_title": "",
        },
        indicators=held,
        programmes=[],
        version=1,
        by=planner,
        at=NOW,
    )
    assert everything() == before


def test_whoever_reads_the_office_sees_the_draft_first_and_cannot_write(office, desk):
    desk.post(FORM, sent(office))
    desk.force_login(office.people["operator"])
    html = desk.get(PAGE).content.decode()
    assert html.index("Rancangan, belum berlaku") < html.index("Berlaku</span>")
    assert "Semula" in html
    assert START not in html
    assert FORM not in html
    assert desk.get(FORM).status_code == 403


# ---------------------------------------------------------------- the form
def test_the_planner_starts_writes_and_puts_in_force(office, client):
    client.force_login(office.people["planner"])
    assert "Buat perubahan" in client.get(PAGE).content.decode()
    assert client.post(START).url == FORM
    assert client.post(START).url == FORM
    html = client.get(PAGE).content.decode()
    assert "Buat perubahan" not in html
    assert "Tanggal penandatanganan belum diisi." in html
    assert 'data-dialog="berlakukan"' not in html
    assert client.post(FORM, sent(office)).url == PAGE
    html = client.get(PAGE).content.decode()
    assert "LKjIP 2026 memakai target Perjanjian Kinerja Perubahan." in html
    client.post(FORCE, {"version": draft().version})
    html = client.get(PAGE).content.decode()
    assert "Perjanjian Kinerja Perubahan sudah berlaku." in html
    assert Agreement.objects.in_force(office.agency, YEAR).indicators.get().target == Decimal("3.7")
    assert "3,70" in client.get(reverse("dashboard", kwargs=PLACE)).content.decode()
    assert client.get(FORM).url == PAGE


def test_a_year_without_an_agreement_gets_its_first(office, client):
    Agreement.objects.all().delete()
    client.force_login(office.people["planner"])
    html = client.get(PAGE).content.decode()
    assert "Buat perjanjian" in html
    client.post(START)
    assert (draft().kind, draft().indicators.count()) == ("murni", 0)
    assert "Belum ada indikator yang dimuat." in client.get(PAGE).content.decode()
    sheet = DraftSheet(OfficeYear(office.agency, YEAR), draft_of_year(office.agency, YEAR))
    assert sheet.before_label == ""
    assert client.post(FORM, sent(office)).url == PAGE
    client.post(FORCE, {"version": draft().version})
    assert Agreement.objects.in_force(office.agency, YEAR).kind == "murni"


def test_the_question_says_that_an_issued_edition_stays(office, desk):
    desk.post(FORM, sent(office))
    assert "sudah terbit" not in desk.get(PAGE).content.decode()
    make(Edition, agency=office.agency, year=YEAR)
    assert "Edisi LKjIP 2026 yang sudah terbit tetap" in desk.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0", ("number", Decimal(0))),
        ("1.234,56", ("number", Decimal("1234.56"))),
        ("-1,5", ("number", Decimal("-1.5"))),
        ("nihil", ("nihil", None)),
        ("Tidak Berlaku", ("not_applicable", None)),
        ("", ("missing", None)),
    ],
)
def test_what_is_typed_is_understood(office, desk, typed, stored):
    assert desk.post(FORM, sent(office, target=typed)).status_code == 302
    assert target() == stored


@pytest.mark.parametrize(
    ("box", "typed", "said"),
    [
        ("target", "1,234.56", "tampaknya berarti 1234,56"),
        ("target", "-", "dapat berarti belum ada, nihil, tidak berlaku, atau 0"),
        ("target", "tiga", "bukan angka"),
        ("outcome_text", "  ", "Tulis sasaran indikator ini."),
        ("title", "", "Tulis judul perjanjian."),
        ("signed_on", "6 November", "Tulis tanggal"),
        ("amount", "1,5,5", "bukan angka"),
    ],
)
def test_what_is_not_understood_is_asked_about_and_stays(office, desk, box, typed, said):
    response = desk.post(FORM, sent(office, target="8,8") | sent(office, **{box: typed}))
    assert response.status_code == 422
    html = response.content.decode()
    assert said.lower() in html.lower()
    assert "Belum tersimpan" in html
    if typed.strip():
        assert f'value="{typed}"' in html
    assert target() == ("number", Decimal("3.680000"))


def test_a_click_chooses_what_a_doubtful_number_means(office, desk):
    html = desk.post(FORM, sent(office, target="1,234.56")).content.decode()
    answer = f"{row(office, 'ipp')}-target-arti"
    assert f'name="{answer}" value="1234,56"' in html
    desk.post(FORM, sent(office, target="1,234.56") | {answer: "1234,56"})
    assert target() == ("number", Decimal("1234.56"))


def test_a_programme_is_held_with_an_amount(office, desk):
    tick = f"p{programme(office)}-is_included"
    for typed in ("", "nihil"):
        response = desk.post(FORM, sent(office, amount=typed) | {tick: "on"})
        assert "Isi anggaran program yang dimuat" in response.content.decode()
    assert desk.post(FORM, sent(office, amount="5.999.999,50") | {tick: "on"}).status_code == 302
    assert draft().programmes.get().amount_rp == Decimal("5999999.50")
    html = desk.get(FORM).content.decode()
    assert "pagu lebih besar 0,5" in html
    assert "6.000.000" in html


def test_a_row_that_is_typed_into_but_not_ticked_is_asked_about(office, desk):
    data = sent(office, target="9")
    del data[f"{row(office, 'ipp')}-is_included"]
    response = desk.post(FORM, data)
    assert "tidak dicentang Dimuat" in response.content.decode()
    assert target() == ("number", Decimal("3.680000"))
    untouched = data | {
        f"{row(office, 'ipp')}-target": "3,68",
        f"{row(office, 'ipp')}-unit_of_measure": "dokumen",
    }
    assert desk.post(FORM, untouched).status_code == 302
    assert not draft().indicators.exists()


@pytest.mark.parametrize(
    ("stored", "typed"), [("Satu\r\ndua", "Satu\r\ndua"), ("Satu\ndua", "Satu\r\ndua"), ("Satu ", "Satu ")]
)
def test_a_row_left_as_it_is_shown_is_not_asked_about(office, desk, stored, typed):
    """The admin keeps line ends as browsers send them, a pack keeps spaces."""
    left_out = office.indicator("k-kelurahan-1")
    Agreement.objects.in_force(office.agency, YEAR).indicators.create(
        indicator=left_out, number=2, outcome_text=stored, unit_of_measure="buah ", target_state="missing"
    )
    boxes = {"outcome_text": typed, "unit_of_measure": "buah ", "target": ""}
    shown = {f"i{left_out.pk}-{name}": text for name, text in boxes.items()}
    assert desk.post(FORM, sent(office) | shown).status_code == 302
    assert draft().indicators.count() == 1


def test_what_a_colleague_saved_meanwhile_is_shown_and_not_overwritten_unread(office, desk):
    data = sent(office, target="4", signed_on="")
    desk.post(FORM, sent(office, target="5"))
    response = desk.post(FORM, data)
    html = response.content.decode()
    assert response.status_code == 422
    assert "disimpan orang lain" in html
    assert "Tersimpan: 5" in html
    assert "Tanggal penandatanganan, tersimpan: 6 November 2026" in html
    assert target() == ("number", Decimal(5))
    assert f'name="version" value="{draft().version}"' in html
    desk.post(FORM, data | {"version": draft().version})
    assert target() == ("number", Decimal(4))


def test_a_day_that_a_colleague_took_out_meanwhile_is_shown_as_empty(office, desk):
    data = sent(office)
    desk.post(FORM, sent(office, signed_on="", target="5"))
    html = desk.post(FORM, data).content.decode()
    assert "Tanggal penandatanganan, tersimpan: kosong" in html


def test_what_was_typed_into_a_draft_that_is_gone_stays_on_the_screen(office, desk):
    data = sent(office, target="4,25")
    desk.post(DISCARD, {"version": draft().version})
    response = desk.post(FORM, data)
    assert response.status_code == 422
    assert 'value="4,25"' in response.content.decode()
    assert not Agreement.objects.drafts().exists()


@pytest.mark.parametrize("version", ["0", "", "x", "99999999999999999999"])
def test_a_step_on_another_draft_than_was_seen_is_refused(office, desk, version):
    for step in (FORCE, DISCARD):
        html = desk.post(step, {"version": version}, follow=True).content.decode()
        assert "diubah, diberlakukan, atau dihapus orang lain" in html
    assert draft().version == 1


def test_a_version_of_four_digits_comes_back_as_it_was_sent(office, desk):
    Agreement.objects.drafts().update(version=1234)
    for page in (PAGE, FORM):
        assert 'name="version" value="1234"' in desk.get(page).content.decode()


def test_a_draft_that_lacks_something_says_so_when_it_is_put_in_force(office, desk):
    html = desk.post(FORCE, {"version": 1}, follow=True).content.decode()
    assert "belum dapat diberlakukan" in html


def test_another_agencys_draft_does_not_exist(office, desk):
    desk.force_login(make_office("lain").people["planner"])
    for address in (FORM, START, FORCE, DISCARD):
        assert desk.post(address).status_code == 404
    assert Agreement.objects.drafts().count() == 1


# ---------------------------------------------------------------- its rows
def test_the_form_offers_what_the_year_knows(office, desk):
    """The rows of the draft, then the other key indicators that are defined by then; the programmes of the
    budget."""
    for key, since in (("ikm", YEAR), ("nanti", YEAR + 1)):
        indicator = make(Indicator, agency=office.agency, key=key, is_key=True)
        make(IndicatorVersion, indicator=indicator, valid_from_year=since, name=key.upper())
    sheet = DraftSheet(OfficeYear(office.agency, YEAR), draft_of_year(office.agency, YEAR))
    assert [(one.name, one.is_included) for one, _ in sheet.indicators] == [
        ("Indeks Pelayanan Publik", True),
        ("IKM", False),
    ]
    assert [(one.name, one.is_included, one.amount_rp) for one, _ in sheet.programmes] == [
        ("Program satu", False, Decimal(6_000_000))
    ]
    assert sheet.before_label == "Berlaku"


def test_what_the_draft_left_out_is_offered_again(office, desk):
    data = sent(office, unit_of_measure="dokumen", target="3,68")
    del data[f"{row(office, 'ipp')}-is_included"]
    desk.post(FORM, data)
    sheet = DraftSheet(OfficeYear(office.agency, YEAR), draft_of_year(office.agency, YEAR))
    assert [(one.name, one.is_included) for one, _ in sheet.indicators] == [
        ("Indeks Pelayanan Publik", False)
    ]


def test_the_pages_ask_as_much_for_many_rows_as_for_one(office, desk):
    def count() -> list[int]:
        found = []
        for address in (FORM, PAGE):
            with CaptureQueriesContext(connection) as seen:
                assert desk.get(address).status_code == 200
            found.append(len(seen))
        return found

    desk.get(FORM)
    few = count()
    for number in range(15):
        indicator = make(Indicator, agency=office.agency, key=f"iku-{number}", is_key=True)
        make(IndicatorVersion, indicator=indicator, name=f"IKU {number}")
        draft().indicators.create(
            indicator=indicator, number=number + 2, outcome_text="S", target_state=MISSING.state.value
        )
    assert count() == few
