"""Official realisations against entries, line by line, and the page that shows them."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from budget import models as b
from budget.queries.reconciliation import reconciliation
from sakip import models as s
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.rounding import RoundingMode
from tests.budget.small_office import SmallOffice
from tests.recipes import make

pytestmark = pytest.mark.django_db
RULES = Path("fixtures/reference/scoring_policy_2025.json")


@pytest.fixture
def policy() -> ScoringPolicy:
    return ScoringPolicy.from_dict(json.loads(RULES.read_text(encoding="utf-8")))


@pytest.fixture
def office() -> SmallOffice:
    return SmallOffice()


def read(office, policy):
    return reconciliation(office.agency, office.year, policy)


def official(line, amount):
    return make(b.OfficialRealisation, line=line, amount_rp=Decimal(amount))


def keys(line) -> list[str]:
    return [finding.key for finding in line.findings]


# ---------------------------------------------------------------- from entries
def test_a_line_that_agrees_and_one_that_does_not(office, policy):
    same, other = office.line("S1", 1000), office.line("S2", 1000)
    office.spend(same, 100, 200, 300, 200)
    office.spend(other, 100, 200, 300, 250)
    official(same, 800)
    official(other, 800)
    found = read(office, policy)
    assert [(line.agrees, line.difference_rp) for line in found.lines] == [(True, 0), (False, 50)]
    assert [line.name for line in found.chosen(only_differences=True)] == ["S2"]
    assert (found.sums.difference_rp, found.sums.agreeing, found.provisional) == (50, 1, False)
    assert (found.is_imported, found.form_total_rp, found.unseen_rp) == (False, None, None)


def test_a_line_above_its_ceiling_is_a_finding(office, policy):
    line = office.line("S1", 1000)
    office.spend(line, 2000, 0, 0, 250)
    official(line, 1000)
    (found,) = read(office, policy).lines
    assert keys(found) == ["above_ceiling"]
    assert found.findings[0].message == "225,00% dari pagu, lebih Rp\u00a01.250."


def test_the_share_is_rounded_as_the_policy_says(office, policy):
    office.spend(office.line("S1", 300), 500)
    (near,) = read(office, policy).lines
    (cut,) = read(office, replace(policy, rounding=RoundingMode.TRUNCATE)).lines
    assert near.findings[0].message == "166,67% dari pagu, lebih Rp\u00a0200."
    assert cut.findings[0].message == "166,66% dari pagu, lebih Rp\u00a0200."


def test_amounts_are_not_rounded_in_a_message(office, policy):
    line = office.line("S1", 1000)
    office.print_line(
        1, "sub_kegiatan", line=line, ceiling_rp=Decimal("1000.40"), rp_total=Decimal("1000.50")
    )
    (found,) = read(office, policy).lines
    assert [finding.message for finding in found.findings] == [
        "100,05% dari pagu, lebih Rp\u00a00,50.",
        "Pagu tercetak Rp\u00a01.000,40, selisih Rp\u00a00,40 dari pagu anggaran.",
    ]


def test_a_line_without_a_ceiling_of_its_own(office, policy):
    line = office.line("S1", 0)
    office.spend(line, 0, 0, 0, 5)
    official(line, 5)
    (found,) = read(office, policy).lines
    assert found.findings[0].message == "lebih Rp\u00a05."
    assert found.entered_pct.reason.text == "pagu nol"


def test_open_quarters_and_missing_figures(office, policy):
    begun, empty = office.line("S1", 1000), office.line("S2", 1000)
    office.spend(begun, 100, None, 300)
    found = read(office, policy)
    assert [keys(line) for line in found.lines] == [["entry_partial"], ["entry_missing"]]
    assert found.lines[0].findings[0].message == "Triwulan II, IV belum diisi."
    assert found.lines[1].findings[0].message == "Belum ada isian triwulan."
    assert [line.difference_rp for line in found.lines] == [None, None]
    assert (found.sums.missing, found.sums.partial) == (1, 1)
    assert found.provisional
    assert (found.has_official, found.sums.compared) == (False, 0)
    official(empty, 5)
    found = read(office, policy)
    assert found.counts() == {"entry_missing": 1, "entry_partial": 1, "official_missing": 1}
    assert keys(found.lines[0]) == ["entry_partial", "official_missing"]


def test_not_applicable_is_not_missing(office, policy):
    line, waits = office.line("S1", 0), office.line("S2", 1000)
    office.spend(line, 0, 0, 0)
    b.QuarterlyRealisation.objects.update(amount_state="not_applicable", amount_rp=None)
    found = read(office, policy)
    first, second = found.lines
    assert (first.is_not_applicable, first.is_missing, first.entered_rp, keys(first)) == (
        True,
        False,
        None,
        [],
    )
    assert (second.is_not_applicable, second.is_missing, second.pk) == (False, True, waits.pk)
    assert (found.sums.missing, first.quarter, second.quarter) == (1, 4, 1)
    official(waits, 10)
    office.spend(waits, 1, 2, 3, 4)
    assert not read(office, policy).provisional


# ---------------------------------------------------------------- from a printed form
def test_repeats_derived_totals_and_printed_ceilings(office, policy):
    line = office.line("S1", 1000)
    official(line, 900)
    office.print_line(1, "sub_kegiatan", line=line, ceiling_rp=1400, rp_total=2000)
    office.print_line(2, "sub_kegiatan", line=line, ceiling_rp=1000, derived_total_rp=10)
    (found,) = read(office, policy).lines
    assert found.entered_rp == 2010
    assert keys(found) == ["above_ceiling", "repeated", "ceiling_differs", "derived"]
    assert found.findings[1].message == "Tercetak 2 kali: Rp\u00a02.000 dan Rp\u00a010."


def test_quarters_that_do_not_add_up(office, policy):
    line = office.line("S1", 1000)
    office.print_line(1, "kegiatan", node=office.activity, rp_q1=5, rp_total=100)
    office.print_line(2, "sub_kegiatan", line=line, rp_q1=1, rp_q2=2, rp_q3=3, rp_q4=4, rp_total=100)
    found = read(office, policy)
    assert "quarters_differ" in keys(found.lines[0])
    assert [finding.message for finding in found.form_findings] == [
        "A: triwulan I tercetak Rp\u00a05, jumlah baris di bawahnya Rp\u00a01."
    ]


def test_hidden_and_unreadable_lines_and_what_the_form_holds_of_them(office, policy):
    office.print_line(1, "perangkat_daerah", name="Kantor", rp_total=1000)
    office.print_line(2, "sub_kegiatan", line=office.line("S1", 1000), rp_total=600)
    office.print_line(3, "sub_kegiatan", line=office.line("S2", 1000), ceiling_rp=1000)
    office.line("S3", 500)
    found = read(office, policy)
    assert (found.form_total_rp, found.unseen_rp, found.sums.missing) == (1000, 400, 2)
    assert [line.findings[0].message for line in found.lines[1:]] == [
        "Realisasi tidak terbaca pada formulir.",
        "Baris tidak tampak dalam formulir.",
    ]


# ---------------------------------------------------------------- the real year
def test_the_year_2025(palaran, policy):
    found = reconciliation(palaran, 2025, policy)
    assert (found.sums.official_rp, found.form_total_rp) == (36_123_140_441, 34_661_825_356)
    assert found.sums.entered_rp + found.unseen_rp == found.form_total_rp
    assert (found.sums.lines, found.sums.missing) == (56, 6)
    above = [(line.unit.name, line.findings[0].message) for line in found.lines if line.has("above_ceiling")]
    assert above == [
        ("Kelurahan Bantuas", "218,45% dari pagu, lebih Rp\u00a01.243.200.000."),
        ("Kelurahan Bantuas", "224,77% dari pagu, lebih Rp\u00a0793.279.045."),
    ]
    assert found.counts() == {
        "above_ceiling": 2,
        "repeated": 2,
        "ceiling_differs": 1,
        "quarters_differ": 1,
        "derived": 8,
        "entry_missing": 6,
    }
    assert len(found.form_findings) == 4


# ---------------------------------------------------------------- the page
@pytest.fixture
def reader(palaran, client):
    user = make(s.User)
    make(s.Membership, user=user, role="perencana", agency=palaran, unit=None)
    client.force_login(user)
    return client


def address(agency, year=2025) -> str:
    return reverse("reconciliation", args=[agency.slug, year])


def test_the_page_shows_every_line_with_its_findings(reader, palaran):
    page = reader.get(address(palaran)).content.decode()
    assert page.count('data-level="2"') == 56
    for figure in (
        "Rp\u00a036.123.140.441",
        "Rp\u00a034.661.825.356",
        "Rp\u00a0276.035.000",
        "218,45%",
        "224,77%",
    ):
        assert figure in page


def test_the_page_of_one_unit_and_only_its_differences(reader, palaran):
    unit = reader.get(address(palaran), {"unit": "bantuas"}).content.decode()
    assert unit.count('data-level="2"') == 4
    differing = reader.get(address(palaran), {"unit": "bukuan", "selisih": "1"}).content.decode()
    assert differing.count('data-level="2"') == 3
    assert "Jumlah 3 baris yang ditampilkan" in differing


def test_an_unknown_unit_is_not_found(reader, palaran):
    assert reader.get(address(palaran), {"unit": "lain"}).status_code == 404


def test_a_stranger_does_not_find_the_page(client, palaran):
    client.force_login(make(s.Membership).user)
    assert client.get(address(palaran)).status_code == 404


def test_a_year_without_official_figures_says_so(client, office, policy):
    line = office.line("S1", 1000)
    office.spend(line, 100, 200)
    user = make(s.User)
    make(s.Membership, user=user, role="perencana", agency=office.agency, unit=None)
    client.force_login(user)
    page = client.get(address(office.agency, office.year)).content.decode()
    assert "Realisasi resmi tahun ini belum dimuat" in page
    assert "Belum dapat dihitung" in page
    assert "Triwulan III, IV belum diisi." in page
    assert "0 dari 1 baris belum ada, 1 belum lengkap" in page
    assert "Sebagian baris belum ada atau belum lengkap isiannya." in page
    assert f"/realisasi/{line.unit.slug}/tw-3/#l{line.pk}-amount" in page


def test_a_year_without_a_budget_says_so(reader, palaran):
    page = reader.get(address(palaran, 2027)).content.decode()
    assert "Belum ada baris anggaran" in page
