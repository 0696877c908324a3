"""Every table: its shape, and that it can be built for a full, an open and an empty year."""

from decimal import Decimal

import pytest

from budget.models import BudgetLine, BudgetVersion, OfficialRealisation
from budget.queries.quarter_units import quarter_units
from reporting.dashboards.home import unit_table
from reporting.figures import figures
from reporting.lke.facts import LkeFacts
from reporting.lke.planning import budget_ceilings
from reporting.lke.proofs import Standing
from reporting.lkjip.chapters import results
from reporting.tables import TABLES, build_table, reconciliation
from reporting.tables.base import EMPTY, RowKind, Table
from reporting.year import OfficeYear
from sakip.models import (
    Agency,
    AgreementIndicator,
    AgreementKind,
    AnnualResult,
    Indicator,
    IndicatorVersion,
    Measurement,
)
from tests.recipes import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(palaran: Agency) -> OfficeYear:
    return OfficeYear(palaran, 2025)


def column(table: Table, key: str) -> list[str]:
    place = table.keys.index(key)
    return [row.cells[place].printed for row in table.rows]


def every_table(year: OfficeYear) -> dict[str, Table]:
    return {number: build_table(year, number) for number in TABLES}


@pytest.mark.parametrize("which", ["2025", "2026", "empty"])
@pytest.mark.parametrize("number", TABLES)
def test_every_table_can_be_built(palaran, number, which):
    agency = make(Agency, government=palaran.government) if which == "empty" else palaran
    table = build_table(OfficeYear(agency, 2025 if which == "empty" else int(which)), number)
    assert table.number == number
    assert table.title
    assert len(set(table.keys)) == len(table.columns)
    for row in table.rows:
        assert all(isinstance(cell.printed, str) and cell.printed != "None" for cell in row.cells)
        assert any(cell.printed for cell in row.cells)
    if not table.rows:
        assert table.empty_text


def test_the_report_has_every_printed_table_in_order(year):
    numbers = [build_table(year, number).number for number in TABLES]
    printed = [f"1.{n}" for n in range(1, 10)] + ["2.1", "2.2", "2.3"] + [f"3.{n}" for n in range(1, 12)]
    assert [number for number in numbers if number in printed] == printed
    assert len(set(numbers)) == len(numbers)


def test_two_indicators_of_one_name_keep_their_own_scores(palaran):
    item = AgreementIndicator.objects.filter(
        agreement__agency=palaran, agreement__year=2025, agreement__kind=AgreementKind.REVISED
    ).get()
    version = item.indicator.version_in(2025)
    twin = make(Indicator, agency=palaran, key="ipp-2")
    make(IndicatorVersion, indicator=twin, name=version.name, valid_from_year=2025, combine="last")
    make(AnnualResult, indicator=twin, year=2025, realised_state="number", realised=Decimal(80))
    make(
        AgreementIndicator,
        agreement=item.agreement,
        indicator=twin,
        number=item.number + 1,
        target_state="number",
        target=Decimal(100),
    )
    year = OfficeYear(palaran, 2025)
    finals = column(build_table(year, "3.10"), "final")
    assert finals[:2] == ["41,92%", "80,00%"]
    assert "1,53 / 3,65" in figures(year)["nko.score"].formula
    assert "80 / 100" in figures(year)["nko.score"].formula
    assert figures(year)["nko.score"].formula.count("80 × (100% − 0%)") == 1


def test_a_declared_nothing_is_not_called_missing(palaran):
    Measurement.objects.filter(indicator__key="ipp", unit_quarter__year=2025).update(
        value_state="nihil", value=None
    )
    year = OfficeYear(palaran, 2025)
    assert figures(year)["iku.ipp.achievement"].inputs["realisasi"] == "nihil"
    assert results.indicator(year.indicators[0], year.policy)["realised"] == "nihil"


def test_a_column_of_money_aligns_at_the_right(year):
    for table in every_table(year).values():
        for place, one in enumerate(table.columns):
            cells = [row.cells[place] for row in table.rows]
            if any(cell.value is not None and cell.value > 10**6 for cell in cells):
                assert one.align == "right", f"{table.number}: {one.label}"


def test_a_changed_realisation_changes_every_table_that_shows_it(palaran):
    Measurement.objects.filter(indicator__key="ipp", unit_quarter__year=2025, unit_quarter__quarter=4).update(
        value=Decimal("3.80")
    )
    tables = every_table(OfficeYear(palaran, 2025))
    assert column(tables["3.2"], "achievement") == ["104,11%"]
    assert column(tables["3.2"], "category") == ["B"]
    assert column(tables["3.3"], "achievement")[0] == "104,11%"
    assert column(tables["3.4"], "achievement") == ["100,00%"]
    assert column(tables["3.10"], "final")[-2:] == ["104,11%", "Istimewa"]
    assert column(tables["3.6"], "efficiency")[0] == "7,01"
    assert column(tables["L.4"], "realised") == ["3,80"]
    assert column(tables["L.5"], "verdict") == ["efisien"]


def test_two_indicators_have_a_mean(palaran, year):
    agreement = year.agreements.revised.agreement
    ikm = Indicator.objects.get(agency=palaran, key="ikm")
    agreement.indicators.create(
        indicator=ikm, number=2, outcome_text="Pelayanan", target_state="number", target=Decimal("88.5")
    )
    tables = every_table(OfficeYear(palaran, 2025))
    assert column(tables["3.2"], "achievement")[0] == "41,92%"
    assert [row.kind for row in tables["3.2"].rows][-1] is RowKind.MEAN
    assert tables["3.10"].provisional
    assert any("Indeks Kepuasan Masyarakat" in note for note in tables["3.10"].notes)


def test_a_ceiling_that_the_version_in_force_dropped_is_not_zero(palaran, year):
    """The money spent under it is shown all the same, on every page and in the report."""
    make(BudgetVersion, agency=palaran, year=2025, number=9, kind="perubahan")
    rows = unit_table(year)["rows"]
    assert {row["cells"][1]["text"] for row in rows} == {"belum ada"}
    assert set(column(build_table(year, "3.7"), "ceiling")) == {EMPTY}
    assert set(column(build_table(year, "2.3b"), "ceiling")) == {EMPTY}
    assert set(column(build_table(year, "3.6"), "ceiling")) == {EMPTY}
    assert "0,00" not in [row[1] for row in reconciliation.build(year).printed_rows]
    assert figures(year)["budget.ceiling"].printed == "belum ada"
    assert budget_ceilings(LkeFacts(year)).standing is Standing.NOT_YET
    assert {found.ceiling_rp for found in quarter_units(palaran, year.budget, year.curve, 4).units} == {None}


def test_a_missing_value_is_a_dash_and_a_reason_is_a_word(palaran, year):
    table = build_table(year, "3.7")
    absorption = dict(zip(column(table, "name"), column(table, "absorption"), strict=True))
    assert absorption["Penyediaan Bahan Bacaan dan Peraturan Perundang-undangan"] == "pagu nol"
    assert absorption["Pemeliharaan Mebel"] == "0,00%"
    assert build_table(year, "3.5").printed_rows[0][-2:] == ["tidak ada", "tidak ada"]
    assert column(build_table(year, "3.3"), "realised_2022") == [EMPTY, "87,15", "100,00"]


def test_a_line_without_official_realisation_makes_the_table_provisional(palaran):
    line = BudgetLine.objects.filter(unit__agency=palaran, year=2025).first()
    OfficialRealisation.objects.filter(line=line).delete()
    table = build_table(OfficeYear(palaran, 2025), "3.7")
    assert table.provisional
    assert "isian triwulan" in table.source


def test_the_agreements_are_told_in_words(year):
    (note,) = build_table(year, "2.2a").notes
    assert note.startswith("Terbilang: Tiga Puluh Enam Miliar Tiga Ratus Tiga Puluh Sembilan Juta")


def test_an_unrevised_agreement_says_so(palaran, year):
    year.agreements.revised.agreement.delete()
    table = build_table(OfficeYear(palaran, 2025), "2.3")
    assert table.rows == ()
    assert table.empty_text == "Perjanjian Kinerja tahun ini tidak diubah."
    assert build_table(OfficeYear(palaran, 2025), "2.2").rows
    assert year.agreements.original.kind is AgreementKind.ORIGINAL


def test_the_ipp_bands_have_no_gap_between_them(year):
    rows = build_table(year, "3.1").printed_rows
    assert rows[6] == ["> 1,50 dan ≤ 2,00", "D", "Prioritas Pembinaan"]
    assert rows[-1][0] == "≥ 0,00 dan ≤ 1,00"


def test_figures_and_tables_print_the_same(year):
    named = figures(year)
    table = build_table(year, "3.7")
    assert table.printed_rows[0][1:] == [
        named["budget.ceiling"].printed.removeprefix("Rp\u00a0"),
        named["budget.physical"].printed,
        named["budget.realised"].printed.removeprefix("Rp\u00a0"),
        named["budget.absorption"].printed,
    ]
