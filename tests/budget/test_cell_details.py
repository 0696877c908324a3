"""The details of a cell: its other periods, its working, its changes, what is said about it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budget.actions.comments import add_comment
from budget.actions.entry import save_entries
from budget.models import BudgetLine, CellComment, CellName
from budget.queries.cell_details import CellRef, cell_details
from budget.queries.quarter_reader import QuarterReader
from sakip.actions.measurement import Edit
from sakip.models import HistoryEntry, Indicator, RowState, UnitKind, UnitQuarter
from sakip.scoring.values import MISSING, NIHIL, Measured
from sakip.workflow.policies import QuarterClosed
from tests.world import YEAR, Office, make_office


@pytest.fixture
def office(db) -> Office:
    return make_office()


def address(office: Office, cell: object) -> str:
    return reverse("cell_details", args=[office.agency.slug, YEAR, office.village.slug, 4, cell])


def client_of(office: Office, persona: str) -> Client:
    client = Client()
    client.force_login(office.people[persona])
    return client


def details_of(quarter: UnitQuarter, text: str):
    ref = CellRef.read(text)
    assert ref is not None
    return cell_details(QuarterReader(quarter).grid(), ref)


def village_cell(office: Office, cell: str = "amount") -> str:
    return f"l{office.line(office.village).pk}-{cell}"


# ---------------------------------------------------------------- the address
@pytest.mark.parametrize(
    "text", ["", "l1", "l1-value", "m1-amount", "m1-physical", "x1-amount", "l1-amount "]
)
def test_what_names_no_cell(text):
    assert CellRef.read(text) is None


def test_an_address_is_read_as_it_is_written():
    assert str(CellRef.read("l12-physical")) == "l12-physical"
    assert CellRef.read("m5-value") == CellRef(False, 5, CellName.VALUE)


# ---------------------------------------------------------------- periods and working
def test_the_working_of_an_amount_goes_up_to_the_programme(office):
    line = office.line(office.village)
    save_entries(
        unit_quarter=office.quarter(office.village),
        realisations={line: {"amount": Edit(MISSING, Measured.of(300_000))}},
        measurements={},
        by=office.people["operator"],
        at=timezone.now(),
    )
    found = details_of(office.quarter(office.village), village_cell(office))
    assert [period.value.number for period in found.periods.quarters] == [200_000] * 3 + [300_000]
    assert found.periods.quarters[-1].is_now
    steps = [[step.expression for step in working.result.steps] for working in found.workings]
    assert steps == [
        ["200.000 + 200.000 + 200.000 + 300.000"],
        ["900.000 / 1.000.000 × 100"],
        ["1.500.000 / 3.000.000 × 100"],
        ["1.500.000 / 3.000.000 × 100"],
    ]
    assert [working.label for working in found.workings][2:] == [
        "Serapan: Kegiatan satu",
        "Serapan: Program satu",
    ]
    (change,) = found.changes
    assert (change.old, change.new) == ("belum ada", "300.000")


def test_a_word_has_no_bar_and_breaks_no_scale(office):
    line = office.line(office.village, "P1.K1.S2")
    save_entries(
        unit_quarter=office.quarter(office.village),
        realisations={line: {"amount": Edit(MISSING, NIHIL)}},
        measurements={},
        by=office.people["operator"],
        at=timezone.now(),
    )
    found = details_of(office.quarter(office.village), f"l{line.pk}-amount")
    assert (found.periods.quarters[-1].value, found.periods.quarters[-1].bar) == (NIHIL, None)
    assert found.periods.longest_quarter == 200_000


def test_an_indicator_shows_how_its_quarters_combine(office):
    found = details_of(office.quarter(office.village), f"m{office.indicator('k-kelurahan-1').pk}-value")
    assert [working.label for working in found.workings] == [
        "Sampai triwulan IV (jumlah)",
        "Capaian",
        "Capaian: Kegiatan satu",
        "Capaian: Program satu",
    ]
    assert found.workings[0].result.steps[0].expression == "1 + 1 + 1"
    assert found.workings[1].result.steps[0].expression == "3 / 4 × 100"
    assert found.siblings == ()


def test_earlier_years_are_the_official_and_the_printed_ones(palaran):
    """Bukuan, 2026: the same sub-activity in 2025 has an official figure and printed quarters."""
    quarter = UnitQuarter.objects.select_related("unit__agency__government").get(
        unit__slug="bukuan", year=2026, quarter=4
    )
    line = BudgetLine.objects.get(unit=quarter.unit, year=2026, node__code="7.01.02.2.01.0002")
    found = details_of(quarter, f"l{line.pk}-amount")
    assert next((p.label, p.value.number, p.note) for p in found.periods.years) == (
        "2025",
        167_569_999,
        "realisasi resmi",
    )
    first = found.periods.quarters[0]
    assert (first.label, first.value.number, first.note) == ("TW I 2025", 43_310_000, "tercetak")
    indicator = Indicator.objects.filter(annual_results__isnull=False, agency=palaran).first()
    office_quarter = UnitQuarter.objects.select_related("unit__agency__government").get(
        unit__agency=palaran, unit__kind=UnitKind.OFFICE, year=2026, quarter=4
    )
    declared = details_of(office_quarter, f"m{indicator.pk}-value")
    assert "dari laporan" in {period.note for period in declared.periods.years}


# ---------------------------------------------------------------- comments
def test_a_comment_has_author_time_and_history(office):
    cell = village_cell(office)
    answer = client_of(office, "planner").post(address(office, cell), {"text": " Sudah final?\r\n"})
    assert answer.status_code == 302
    comment = CellComment.objects.get()
    assert (comment.text, comment.by, comment.cell) == ("Sudah final?", office.people["planner"], "amount")
    entry = HistoryEntry.objects.get(model="budget.cellcomment")
    assert (entry.unit, entry.field, entry.new) == (office.village, "text", "Sudah final?")
    page = client_of(office, "evaluator").get(address(office, cell)).content.decode()
    assert "Sudah final?" in page
    assert 'name="text"' not in page
    entry_page = client_of(office, "operator").get(
        reverse("entry", args=[office.agency.slug, YEAR, office.village.slug, 4])
    )
    assert "1 komentar" in entry_page.content.decode()


def test_the_panel_is_part_of_the_page_and_counts_on(office):
    answer = client_of(office, "operator").post(
        address(office, village_cell(office, "physical")),
        {"text": "Foto menyusul"},
        headers={"HX-Request": "true"},
    )
    html = answer.content.decode()
    assert "<html" not in html
    assert "Komentar ditambahkan." in html
    assert f'id="kom-l{office.line(office.village).pk}"' in html


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001])
def test_an_empty_or_endless_comment_is_refused_in_words(office, text):
    answer = client_of(office, "operator").post(address(office, village_cell(office)), {"text": text})
    assert answer.status_code == 422
    assert ("masih kosong" if not text.strip() else "Terlalu panjang") in answer.content.decode()
    assert not CellComment.objects.exists()


def test_a_locked_quarter_can_still_be_asked_about(office):
    UnitQuarter.objects.filter(pk=office.quarter(office.village).pk).update(state=RowState.LOCKED)
    answer = client_of(office, "head").post(address(office, village_cell(office)), {"text": "Mengapa turun?"})
    assert answer.status_code == 302
    assert CellComment.objects.get().text == "Mengapa turun?"


def test_who_may_not_comment_and_on_whose_cell(office):
    def say(by: str, subject):
        add_comment(
            unit_quarter=office.quarter(office.village),
            subject=subject,
            cell=CellName.AMOUNT if isinstance(subject, BudgetLine) else CellName.VALUE,
            text="Halo",
            by=office.people[by],
            at=timezone.now(),
        )

    with pytest.raises(PermissionDenied, match="hanya dapat ditulis oleh"):
        say("colleague", office.line(office.village))
    for foreign in (office.line(office.office), office.indicator("k-kantor-1")):
        with pytest.raises(QuarterClosed, match="bukan milik"):
            say("operator", foreign)
    assert not CellComment.objects.exists()
