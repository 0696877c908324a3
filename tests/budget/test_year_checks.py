"""All checks of a year in one reading: the findings of the entry page, in as many queries at any size."""

from decimal import Decimal

import pytest

from budget.models import QuarterlyRealisation
from budget.queries.quarter_reader import QuarterReader
from budget.queries.submission import submission
from budget.queries.year_checks import year_checks
from reporting.year import OfficeYear
from sakip.models import Measurement, RowNote, RowState, UnitQuarter, ValueState
from tests.recipes import NOW
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db
QUERIES = 5


@pytest.fixture
def office():
    return make_office("contoh")


def quarters(agency) -> list[UnitQuarter]:
    found = UnitQuarter.objects.for_agency(agency).in_year(YEAR).select_related("unit__agency__government")
    return list(found.order_by("unit", "quarter"))


def read(agency):
    policy = OfficeYear(agency, YEAR).policy
    return {
        (found.unit_quarter.unit.slug, found.unit_quarter.quarter): found
        for found in year_checks(agency, YEAR, policy, quarters(agency))
    }


def enter(office, quarter: int = 4, **values) -> QuarterlyRealisation:
    row, _ = QuarterlyRealisation.objects.update_or_create(
        unit_quarter=office.quarter(office.village, quarter),
        line=office.line(office.village),
        defaults={"amount_state": ValueState.NUMBER, "amount_rp": Decimal(100_000), **values},
    )
    return row


def test_the_same_findings_as_quarter_by_quarter(palaran):
    """Every row of the demo's year opened, its checks asked for one quarter after the other."""
    for model in (UnitQuarter, QuarterlyRealisation, Measurement):
        model.objects.update(state=RowState.DRAFT)
    policy, rows = OfficeYear(palaran, YEAR).policy, quarters(palaran)
    together = year_checks(palaran, YEAR, policy, rows)
    assert sum(len(found.checks) for found in together) > 30
    for found in together:
        own = submission(QuarterReader(found.unit_quarter).grid())
        alone = {check.key for check in (*own.hard, *own.soft) if check.finding.key != "missing"}
        shown = {check.key for check in found.checks}
        assert shown <= alone
        # What the entry page says besides is about rows in which the quarter holds nothing yet.
        empty = {check.row for check in own.hard if check.finding.key == "missing"}
        assert alone - shown <= {check.key for check in (*own.hard, *own.soft) if check.row in empty}


def test_nothing_is_open_where_nothing_stands_out(office):
    assert not any(found.checks for found in read(office.agency).values())


def test_a_hard_and_a_soft_finding_with_their_cells(office):
    line = office.line(office.village)
    enter(
        office,
        amount_rp=Decimal(900_000),
        physical_state=ValueState.NUMBER,
        physical_pct=Decimal(50),
    )
    found = read(office.agency)["kelurahan", 4]
    assert [(check.finding.key, check.anchor) for check in found.checks] == [
        ("above_ceiling", f"l{line.pk}-amount"),
        ("physical_falls", f"l{line.pk}-physical"),
    ]
    assert (found.hard, found.soft) == (1, 1)
    assert {check.name for check in found.checks} == {"Sub kegiatan 1"}


def test_a_row_with_only_one_of_its_cells_is_checked_and_is_not_said_to_be_unfilled(office):
    enter(office, amount_rp=Decimal(900_000))
    found = read(office.agency)["kelurahan", 4]
    assert [check.finding.key for check in found.checks] == ["above_ceiling"]


def test_a_note_closes_a_finding_of_its_own_row_and_quarter(office):
    row = enter(office, amount_rp=Decimal(900_000))
    note = {
        "row_kind": "realisation",
        "check_key": "above_ceiling",
        "text": "Pergeseran anggaran menunggu DPPA.",
        "by": office.people["operator"],
        "at": NOW,
    }
    elsewhere = office.quarter(office.village, 3)
    RowNote.objects.create(unit_quarter=elsewhere, row_id=row.pk, **note)
    RowNote.objects.create(unit_quarter=row.unit_quarter, row_id=row.pk + 1, **note)
    assert read(office.agency)["kelurahan", 4].checks
    RowNote.objects.create(unit_quarter=row.unit_quarter, row_id=row.pk, **note)
    assert not read(office.agency)["kelurahan", 4].checks


def test_an_empty_row_of_a_later_quarter_repeats_nothing(office):
    enter(office, 3, amount_rp=Decimal(5_000_000))
    enter(office, amount_state=ValueState.MISSING, amount_rp=None)
    found = read(office.agency)
    assert "above_ceiling" in {check.finding.key for check in found["kelurahan", 3].checks}
    assert not found["kelurahan", 4].checks


def test_a_finding_stays_with_its_unit_and_agency(office):
    other = make_office("lain", government=office.agency.government)
    enter(office, amount_rp=Decimal(900_000))
    assert not any(found.checks for found in read(other.agency).values())
    assert [place for place, found in read(office.agency).items() if found.checks] == [("kelurahan", 4)]


@pytest.mark.parametrize("name", ["small", "large"])
def test_as_many_queries_at_any_size(palaran, office, name, django_assert_num_queries):
    agency = palaran if name == "large" else office.agency
    policy, rows = OfficeYear(agency, YEAR).policy, quarters(agency)
    with django_assert_num_queries(QUERIES):
        year_checks(agency, YEAR, policy, rows)
