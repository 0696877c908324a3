"""What an indicator's year is read from: the agreement, the quarters, the years before, the plan."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sakip.models import (
    Agency,
    Agreement,
    AgreementIndicator,
    AnnualResult,
    Indicator,
    IndicatorVersion,
    Measurement,
    NationalStandard,
    ScoringPolicy,
    Unit,
    UnitQuarter,
)
from sakip.queries.performance import PerformanceReader
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from tests.recipes import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(palaran: Agency):
    return ScoringPolicy.objects.for_year(palaran.government, 2025).as_policy()


@pytest.fixture
def ipp(palaran: Agency) -> Indicator:
    return Indicator.objects.get(agency=palaran, key="ipp")


def of(palaran, policy, year=2025):
    return PerformanceReader(palaran, year, policy).of_agreement()


def enter(indicator: Indicator, year: int, quarter: int, value: str | None, unit: Unit | None = None) -> None:
    held, _ = UnitQuarter.objects.get_or_create(unit=unit or indicator.unit, year=year, quarter=quarter)
    Measurement.objects.update_or_create(
        unit_quarter=held,
        indicator=indicator,
        defaults={
            "value_state": "missing" if value is None else "number",
            "value": None if value is None else Decimal(value),
        },
    )


def test_the_agreement_in_force_gives_the_indicators(palaran, policy):
    (row,) = of(palaran, policy)
    assert row.key == "ipp"
    assert row.number == 1
    assert row.outcome_text == "Meningkatnya Kualitas Pelayanan Publik di Kecamatan"
    assert (row.target, row.realised) == (Measured.of(Decimal("3.65")), Measured.of(Decimal("1.53")))
    assert row.quarters == (MISSING, MISSING, MISSING, Measured.of(Decimal("1.53")))
    assert row.achievement.printed() == Decimal("41.92")
    assert row.achievement.steps[-1].expression == "1,53 / 3,65 × 100"
    assert row.attainment == "belum mencapai"
    assert not row.provisional


def test_the_plan_is_judged_by_its_last_year(palaran, policy):
    (row,) = of(palaran, policy)
    assert row.plan_final == (2029, Measured.of(Decimal("3.80")))
    assert row.plan_achievement.printed() == Decimal("40.26")
    assert [str(year) for year in row.plan_targets] == ["2025", "2026", "2027", "2028", "2029"]


def test_the_category_is_the_band_on_the_scale_of_the_indicators_key(palaran, policy, ipp):
    (row,) = of(palaran, policy)
    assert (row.category.label, row.category.name) == ("D", "Prioritas Pembinaan")
    enter(ipp, 2025, 4, "1.50")
    assert of(palaran, policy)[0].category.label == "E"
    enter(ipp, 2025, 4, "6")  # off the scale
    assert of(palaran, policy)[0].category is None


def test_a_changed_realisation_changes_everything_that_follows(palaran, policy, ipp):
    enter(ipp, 2025, 4, "3.65")
    (row,) = of(palaran, policy)
    assert row.achievement.value == 100
    assert row.attainment == "mencapai"
    assert row.plan_achievement.printed() == Decimal("96.05")


def test_quarters_that_can_still_change_the_year_make_it_provisional(palaran, policy, ipp):
    Measurement.objects.filter(indicator=ipp).delete()
    enter(ipp, 2025, 2, "2")
    (row,) = of(palaran, policy)
    assert row.realised == Measured.of(2)
    assert row.provisional
    assert row.achievement.provisional
    assert row.plan_achievement.provisional


def test_without_entries_the_annual_result_counts(palaran, policy, ipp):
    Measurement.objects.filter(indicator=ipp).delete()
    AnnualResult.objects.update_or_create(
        indicator=ipp,
        year=2025,
        defaults={"realised_state": "number", "realised": Decimal(3), "source": "Laporan lain"},
    )
    (row,) = of(palaran, policy)
    assert (row.realised, row.source, row.provisional) == (Measured.of(3), "Laporan lain", False)
    enter(ipp, 2025, 4, "2")
    (row,) = of(palaran, policy)
    assert (row.realised, row.source) == (Measured.of(2), "Realisasi triwulan")


def test_another_units_entry_of_the_same_indicator_does_not_count(palaran, policy, ipp):
    other = palaran.units.get(slug="bukuan")
    enter(ipp, 2025, 4, "5", unit=other)
    assert of(palaran, policy)[0].realised == Measured.of(Decimal("1.53"))


def test_an_indicator_without_a_unit_is_measured_by_the_agencys_own_office(palaran, policy, ipp):
    Indicator.objects.filter(pk=ipp.pk).update(unit=None)
    assert of(palaran, policy)[0].realised == Measured.of(Decimal("1.53"))


def test_nothing_entered_is_missing_and_not_zero(palaran, policy, ipp):
    Measurement.objects.filter(indicator=ipp).delete()
    (row,) = of(palaran, policy)
    assert row.realised == MISSING
    assert row.achievement.reason.key == "realised_missing"
    assert row.attainment == "belum dapat dinilai"
    assert row.category is None
    assert row.last_entry is None


def test_zero_is_a_number_and_nihil_is_not(palaran, policy, ipp):
    enter(ipp, 2025, 4, "0")
    assert of(palaran, policy)[0].achievement.value == 0
    Measurement.objects.filter(indicator=ipp, unit_quarter__quarter=4).update(value_state="nihil", value=None)
    (row,) = of(palaran, policy)
    assert row.realised == NIHIL
    assert row.achievement.reason.key == "realised_nihil"


def test_the_national_standard_says_whether_there_is_none(palaran, policy, ipp):
    (row,) = of(palaran, policy)
    assert row.national_standard == NOT_APPLICABLE
    assert row.national_achievement.reason.text == "standar nasional tidak ada"
    NationalStandard.objects.update(value_state="number", value=Decimal("3.06"))
    assert of(palaran, policy)[0].national_achievement.value == Decimal(50)
    NationalStandard.objects.all().delete()
    (row,) = of(palaran, policy)
    assert row.national_standard is None
    assert row.national_achievement.reason.text == "standar nasional belum dicatat"


def test_the_last_entry_tells_where_the_figure_came_from(palaran, policy):
    last = of(palaran, policy)[0].last_entry
    assert (last.quarter, last.unit, last.state) == (4, "Kantor Kecamatan", "Dikunci")


def test_without_an_agreement_there_is_nothing_to_report(palaran, policy):
    assert of(palaran, policy, year=2020) == ()


def test_an_indicator_without_a_definition_has_no_achievement(palaran, policy, ipp):
    IndicatorVersion.objects.filter(indicator=ipp).delete()
    (row,) = of(palaran, policy)
    assert row.name == "ipp"
    assert row.achievement.reason.text == "definisi indikator belum ada"


def test_a_range_is_judged_by_the_bounds_of_its_definition(palaran, policy, ipp):
    IndicatorVersion.objects.filter(indicator=ipp).update(
        polarity="range", lower_bound=Decimal(1), upper_bound=Decimal(2)
    )
    (row,) = of(palaran, policy)
    assert row.achievement.value == 100
    assert row.trend.judgement == ""


def test_table_of_years_has_every_indicator_that_was_ever_measured(palaran, policy):
    rows = {row.indicator.key: row for row in PerformanceReader(palaran, 2025, policy).history(4)}
    assert list(rows) == ["ipp", "ikm", "sarana-pemberdayaan"]
    ikm = rows["ikm"].results
    assert [result.year for result in ikm] == [2022, 2023, 2024, 2025]
    assert [result.realised.number for result in ikm] == [
        Decimal("87.15"),
        Decimal("93.85"),
        Decimal("87.23"),
        None,
    ]
    assert ikm[0].achievement.printed() == Decimal("112.38")
    assert rows["ipp"].current.achievement.printed() == Decimal("41.92")


def test_a_year_measured_here_is_history_for_the_next(palaran, policy, ipp):
    Measurement.objects.filter(indicator=ipp, unit_quarter__year=2026).delete()
    enter(ipp, 2026, 1, "2")
    (row,) = of(palaran, policy, year=2026)
    assert row.target == Measured.of(Decimal("3.68"))
    assert row.previous.achievement.printed() == Decimal("41.92")
    assert (row.trend.word, row.trend.judgement, row.trend.change) == ("naik", "membaik", Decimal("0.47"))
    assert row.provisional


def test_a_year_without_an_agreement_counts_by_its_key_indicators(palaran, policy):
    reader = PerformanceReader(palaran, 2025, policy)
    assert [result.achievement.printed() for result in reader.results_in(2024)] == [
        Decimal("98.78"),
        Decimal("120.07"),
    ]
    assert reader.results_in(2019) == ()


def test_queries_do_not_grow_with_the_indicators(palaran, policy, django_assert_num_queries):
    of(palaran, policy)
    with CaptureQueriesContext(connection) as before:
        of(palaran, policy)
    agreement = Agreement.objects.in_force(palaran, 2025)
    for number in range(2, 12):
        indicator = make(Indicator, agency=palaran, unit=palaran.units.first())
        make(IndicatorVersion, indicator=indicator)
        make(AgreementIndicator, agreement=agreement, indicator=indicator, number=number)
        make(AnnualResult, indicator=indicator)
    with django_assert_num_queries(len(before)):
        assert len(of(palaran, policy)) == 11
