"""The office's year: what it gathers, that it reads each topic once, and how many queries that takes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.figures import figures
from reporting.tables import TABLES, build_table
from reporting.tables.base import Table
from reporting.year import OfficeYear
from sakip.models import (
    Agency,
    AkipEvaluation,
    FactorKind,
    Measurement,
    Official,
    ReportingYear,
    ScoringPolicy,
)
from tests.many import copy_agencies
from tests.recipes import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(palaran: Agency) -> OfficeYear:
    return OfficeYear(palaran, 2025)


def test_the_year_2025(year):
    assert not year.is_sample
    assert year.report_date == date(2026, 1, 15)
    assert year.report_number == "900/0073/400.02"
    assert year.plan.period == "2025-2029"
    assert year.nko.nko.printed() == Decimal("41.92")
    assert year.nko.predicate.name == "Kurang"
    assert year.nko.akip.label == "A"
    assert len(year.issues) == 5
    assert len(year.factors_of("III.A.5", FactorKind.SOLUTION)) == 6
    assert year.signatory("Camat").title == "Camat"


def test_the_year_2026_is_marked_as_sample_data(palaran):
    year = OfficeYear(palaran, 2026)
    assert year.is_sample
    assert [row.year for row in year.reporting_years][-2:] == [2025, 2026]
    assert year.budget.total.provisional


def test_efficiency_names_its_definition_and_looks_two_years_back(year):
    report = year.efficiency
    assert report.definition.name == "Capaian dikurangi serapan"
    assert report.overall.efficiency.result.printed() == Decimal("-55.18")
    assert report.overall.efficiency.verdict == "tidak efisien"
    assert [one.year for one in year.efficiency_before] == [2024, 2023]
    reasons = [one.efficiency.result.reason.text for one in year.efficiency_before]
    assert reasons == ["serapan: pagu belum ada"] * 2


def test_the_next_year_knows_this_ones_efficiency(palaran):
    before = OfficeYear(palaran, 2026).efficiency_before
    assert [one.efficiency.result.printed() for one in before] == [Decimal("-55.18"), None]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("achievement_minus_absorption", "-55.18"),
        ("output_per_input", "43.17"),
        ("index_te", "-0.57"),
        ("unspent", "2.90"),
    ],
)
def test_no_definition_gives_the_printed_23_18(palaran, definition, expected):
    policy = ScoringPolicy.objects.for_year(palaran.government, 2025)
    policy.rules["efficiency_definition"] = definition
    policy.save()
    found = OfficeYear(palaran, 2025).efficiency.overall.efficiency.result.printed()
    assert found == Decimal(expected) != Decimal("23.18")


def test_the_pmk_definition_takes_every_line_as_an_output(palaran):
    policy = ScoringPolicy.objects.for_year(palaran.government, 2025)
    policy.rules["efficiency_definition"] = "pmk"
    policy.save()
    result = OfficeYear(palaran, 2025).efficiency.overall.efficiency.result
    assert result.is_computed
    assert result.printed() != Decimal("23.18")


def test_the_akip_predicate_is_of_the_latest_evaluation_before_the_report(palaran):
    AkipEvaluation.objects.filter(agency=palaran, year=2024).update(issued_on=date(2026, 2, 1))
    year = OfficeYear(palaran, 2025)
    assert year.latest_akip.year == 2023
    assert year.nko.nko.printed() == Decimal("37.73")  # 41,92 less the 10% of BB


def test_the_signatory_is_of_the_reports_day(palaran):
    Official.objects.filter(agency=palaran, title="Camat").delete()
    make(
        Official,
        government=palaran.government,
        agency=palaran,
        acting="Plh.",
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 1, 31),
    )
    year = OfficeYear(palaran, 2025)
    assert year.signatory("Camat").acting == "Plh."
    assert year.signatory("Camat", date(2025, 11, 6)).acting == ""


def test_a_year_without_a_policy_says_so(palaran):
    with pytest.raises(ScoringPolicy.DoesNotExist, match="2001"):
        build_table(OfficeYear(palaran, 2001), "3.9")


def every_table(year: OfficeYear) -> list[Table]:
    return [build_table(year, number) for number in TABLES]


def test_each_topic_is_read_once(year):
    every_table(year)
    figures(year)
    with CaptureQueriesContext(connection) as again:
        every_table(year)
        figures(year)
    assert len(again) == 0


def test_the_report_takes_as_many_queries_at_20_agencies_as_at_one(palaran, tmp_path):
    def queries(agency: Agency) -> int:
        with CaptureQueriesContext(connection) as captured:
            year = OfficeYear(agency, 2025)
            tables = every_table(year)
            figures(year)
        assert sum(len(table.rows) for table in tables) > 400
        return len(captured)

    alone = queries(palaran)
    agencies = copy_agencies(tmp_path, 19)
    assert Agency.objects.count() == 20
    assert queries(palaran) == alone
    assert queries(agencies[-1]) == alone
    assert alone < 80


def test_nothing_of_another_agency_is_shown(palaran, tmp_path):
    (other,) = copy_agencies(tmp_path, 1)
    Measurement.objects.filter(indicator__agency=other).delete()
    ReportingYear.objects.filter(agency=other).delete()
    own, others = OfficeYear(palaran, 2025), OfficeYear(other, 2025)
    assert own.nko.nko.printed() == Decimal("41.92")
    assert others.nko.nko.reason is not None
    assert others.report_date is None
    assert others.budget.total == own.budget.total
