"""The named figures: their keys, what they print, and how they say they came about."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.queries.unit_quarter import spent_rows
from reporting.dashboards import heat
from reporting.dashboards.cells import cell_figures
from reporting.dashboards.office import OfficeQuarter
from reporting.figures import figures, part
from reporting.year import OfficeYear
from sakip.models import Agency, Evidence, Measurement, ScoringPolicy, StaffCount, User
from sakip.queries.agreements import agreements_of_year
from tests.recipes import make

pytestmark = pytest.mark.django_db
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


@pytest.fixture
def named(palaran):
    return figures(OfficeYear(palaran, 2025))


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("agency.name", "Kecamatan Palaran"),
        ("report.date", "15 Januari 2026"),
        ("population.total", "60.701"),
        ("population.units.bantuas.share", "8,76%"),
        ("staff.total", "100"),
        ("staff.age.di_atas_50", "10"),
        ("assets.quantity", "126"),
        ("akip.score", "80,25"),
        ("akip.predicate", "A"),
        ("akip.change", "3,75"),
        ("akip.trend", "naik"),
        ("recommendations.total", "13"),
        ("recommendations.done", "9"),
        ("agreement.original.budget", "Rp\u00a036.339.463.781,00"),
        ("iku.ipp.target", "3,65"),
        ("iku.ipp.realised", "1,53"),
        ("iku.ipp.achievement", "41,92%"),
        ("iku.ipp.attainment", "belum mencapai"),
        ("iku.ipp.category", "D"),
        ("iku.ipp.plan_achievement", "40,26%"),
        ("iku.ipp.national_achievement", "standar nasional tidak ada"),
        ("budget.ceiling", "Rp\u00a037.203.277.426,00"),
        ("budget.realised", "Rp\u00a036.123.140.441,00"),
        ("budget.absorption", "97,10%"),
        ("budget.unspent", "Rp\u00a01.080.136.985,00"),
        ("budget.programmes", "3"),
        ("budget.activities", "10"),
        ("budget.sub_activities", "38"),
        ("budget.lines", "56"),
        ("budget.low_absorption", "4"),
        ("budget.units.kantor_kecamatan.absorption", "94,06%"),
        ("budget.nodes.p2.absorption", "95,21%"),
        ("quarters.q4.cumulated", "Rp\u00a034.661.825.356,00"),
        ("nko.score", "41,92%"),
        ("nko.predicate", "Kurang"),
        ("efficiency.value", "-55,18 poin persen"),
        ("efficiency.verdict", "tidak efisien"),
        ("efficiency.definition", "Capaian dikurangi serapan"),
        ("awards.count", "11"),
    ],
)
def test_what_2025_says(named, key, printed):
    assert named[key].printed == printed


def test_the_working_is_told(named):
    achieved = named["iku.ipp.achievement"]
    assert achieved.formula == "1,53 / 3,65 × 100"
    assert achieved.inputs == {"target": "3,65", "realisasi": "1,53"}
    assert achieved.value != Decimal("41.92")  # unrounded
    assert named["budget.absorption"].formula == "36.123.140.441 / 37.203.277.426 × 100"
    assert named["budget.unspent"].formula == "37.203.277.426 − 36.123.140.441"


def test_the_score_is_told_from_target_and_realisation_on(named):
    name = "Indeks Pelayanan Publik (IPP) Perangkat Daerah"
    assert named["nko.score"].formula == (
        f"{name}: 1,53 / 3,65 × 100; {name}: 41,9178… × (100% − 0%); 41,9178… / 1"
    )
    assert named["nko.score"].inputs == {f"capaian {name}": "41,92%", "predikat AKIP": "A (80,25)"}


def test_the_source_of_a_realisation_is_its_quarter(named):
    assert named["iku.ipp.realised"].source == "Realisasi triwulan: TW IV Kantor Kecamatan, dikunci"


def test_the_evidence_of_a_realisation_is_named(palaran):
    measurement = Measurement.objects.get(
        indicator__key="ipp", unit_quarter__year=2025, unit_quarter__quarter=4
    )
    measurement.evidence.add(make(Evidence, agency=palaran, name="Hasil penilaian"))
    named = figures(OfficeYear(palaran, 2025))
    assert named["iku.ipp.realised"].source.endswith("dikunci; bukti: Hasil penilaian")


@pytest.mark.parametrize("year", [2025, 2026])
def test_keys_can_be_written_in_a_text(palaran, year):
    keys = set(figures(OfficeYear(palaran, year)))
    assert all(KEY.fullmatch(key) for key in keys)
    beginnings = {key[:place] for key in keys for place in range(len(key)) if key[place] == "."}
    assert not keys & beginnings


def test_every_figure_prints_something_even_for_an_empty_office(palaran):
    agency = make(Agency, government=palaran.government)
    for figure in figures(OfficeYear(agency, 2025)).values():
        assert figure.printed
        assert figure.label
        assert "None" not in figure.printed


def test_a_missing_figure_says_so_and_is_not_zero(palaran):
    agency = make(Agency, government=palaran.government)
    named = figures(OfficeYear(agency, 2025))
    assert (named["budget.ceiling"].value, named["budget.ceiling"].printed) == (None, "belum ada")
    assert named["population.total"].printed == "belum ada"
    assert named["recommendations.total"].value == 0


def test_one_realisation_changes_every_figure_that_rests_on_it(palaran, named):
    Measurement.objects.filter(indicator__key="ipp", unit_quarter__year=2025, unit_quarter__quarter=4).update(
        value=Decimal("3.65")
    )
    changed = figures(OfficeYear(palaran, 2025))
    differing = {key for key in named if named[key].printed != changed[key].printed}
    assert {
        "iku.ipp.realised",
        "iku.ipp.achievement",
        "iku.ipp.attainment",
        "iku.ipp.category",
        "iku.ipp.plan_achievement",
        "iku.mean_achievement",
        "iku.reached",
        "iku.not_reached",
        "nko.score",
        "nko.predicate",
        "efficiency.value",
        "efficiency.verdict",
    } <= differing
    assert not any(key.startswith(("budget.", "staff.", "population.")) for key in differing)


def test_names_that_give_one_key_are_told_apart(palaran):
    for place, category in enumerate(("S-1", "S 1")):
        make(
            StaffCount,
            agency=palaran,
            unit=palaran.units.get(slug="bukuan"),
            dimension="education",
            category=category,
            sort_order=90 + place,
        )
    named = figures(OfficeYear(palaran, 2025))
    assert named["staff.education.s_1"].printed == named["staff.education.s_1_2"].printed == "1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("rawa-makmur", "rawa_makmur"), ("P1.K2", "p1_k2"), (">50", "di_atas_50"), ("Laki-laki", "laki_laki")],
)
def test_a_name_becomes_part_of_a_key(text, expected):
    assert part(text) == expected


def test_a_name_without_letters_still_has_a_key():
    assert part("–") == "lain"


def test_what_counts_as_low_absorption_is_the_policys(palaran):
    stored = ScoringPolicy.objects.for_year(palaran.government_id, 2025)
    stored.rules["low_absorption"] = "97.5"
    stored.save()
    found = figures(OfficeYear(palaran, 2025))["budget.low_absorption"]
    assert found.label == "Baris dengan serapan di bawah 97,5%"
    assert found.value > 4


def test_the_author_of_what_nobody_entered_is_the_data_pack(palaran):
    last = OfficeYear(palaran, 2025).indicators[0].last_entry
    assert last is not None
    assert last.by == "dimuat dari paket data"


def test_the_rows_behind_the_score_are_rounded_as_the_policy_says(client, palaran):
    policy = ScoringPolicy.objects.for_year(palaran.government, 2025)
    policy.rules = policy.rules | {"rounding": "truncate"}
    policy.save()
    client.force_login(User.objects.get(username="camat"))
    html = client.get(reverse("figure", args=[palaran.slug, 2025, "nko.score"])).content.decode()
    assert "41,91%" in html
    assert "41,92%" not in html


def test_a_target_names_its_agreement_and_not_who_entered_the_realisation(client, palaran):
    client.force_login(User.objects.get(username="camat"))
    target, realised = (
        client.get(reverse("figure", args=[palaran.slug, 2026, f"iku.ipp.{what}"])).content.decode()
        for what in ("target", "realised")
    )
    agreement = agreements_of_year(palaran, 2026).in_force
    assert agreement is not None
    assert "Ditetapkan dalam" in target
    assert agreement.title in target
    assert "Isian terakhir" not in target
    assert "Isian terakhir" in realised
    assert "Ditetapkan dalam" not in realised


# ---------------------------------------------------------------- the cells of the heat map
def cell_page(client, palaran, key: str, year: int = 2026):
    client.force_login(User.objects.get(username="camat"))
    return client.get(reverse("figure", args=[palaran.slug, year, key]))


def test_a_cell_of_the_heat_map_names_its_formula_rows_and_authors(client, palaran):
    html = cell_page(client, palaran, "unit_quarters.bukuan.q3.absorption").content.decode()
    assert "Serapan Kelurahan Bukuan s.d. TW III" in html
    assert "64,47%" in html
    assert "3.647.122.279 / 5.656.963.341 × 100" in html
    assert "Rencana kas s.d. TW III" in html
    assert "Operator Kelurahan Bukuan" in html
    assert "/realisasi/bukuan/tw-3/#l" in html


def test_the_money_of_a_quarter_leads_on_to_each_unit(client, palaran):
    html = cell_page(client, palaran, "quarters.q3.absorption").content.decode()
    assert "Menurut unit kerja, triwulan III" in html
    for unit in OfficeYear(palaran, 2026).units:
        key = f"unit_quarters.{part(unit.slug)}.q3.absorption"
        assert reverse("figure", args=[palaran.slug, 2026, key]) in html


def test_a_line_to_which_nothing_applies_is_not_missing(client, palaran):
    html = cell_page(client, palaran, "budget.units.kantor_kecamatan.realised").content.decode()
    line = html[html.index("Penyediaan Bahan Bacaan") :]
    assert "belum ada" not in line[: line.index("</tr>")]


def test_the_rows_behind_a_cell_add_up_to_it(palaran):
    seen = OfficeQuarter(OfficeYear(palaran, 2026), 3, date(2026, 11, 25))
    for each in seen.office.curve.units:
        rows = spent_rows(each.unit, seen.office.budget, 3, seen.office.curve.source)
        assert sum(row.spent.number or 0 for row in rows) == each.points[2].cumulated.number
        assert all(row.entry is not None for row in rows if row.spent.is_number)


def test_a_cell_of_a_printed_year_says_so(client, palaran):
    html = cell_page(client, palaran, "unit_quarters.bukuan.q3.absorption", 2025).content.decode()
    assert "Realisasi triwulan sebagaimana tercetak pada formulir E.81" in html
    assert "dari formulir tercetak" in html
    assert "Rencana kas" not in html


def test_targets_met_are_counted_from_the_indicators_below(client, palaran):
    html = cell_page(client, palaran, "unit_quarters.simpang_pasir.q3.attained").content.decode()
    assert "0 dari 2" in html
    assert html.count("belum</td>") == 2
    unjudged = cell_page(client, palaran, "unit_quarters.bukuan.q4.attained", 2025).content.decode()
    assert "Belum ada indikator yang dapat dinilai" in unjudged


@pytest.mark.parametrize("key", ["unit_quarters.entah.q3.absorption", "unit_quarters.bukuan.q5.absorption"])
def test_a_cell_that_there_is_not_is_not_found(client, palaran, key):
    assert cell_page(client, palaran, key).status_code == 404


def test_every_cell_of_the_heat_map_leads_to_its_figure(palaran):
    seen = OfficeQuarter(OfficeYear(palaran, 2026), 3, date(2026, 11, 25))
    known = {reverse("figure", args=[palaran.slug, 2026, key]) for key in cell_figures(seen)}
    shown = [cell for row in heat.rows(seen) for cell in (*row["money"], *row["targets"]) if cell]
    assert len(shown) == 36
    assert {cell["url"] for cell in shown} <= known
