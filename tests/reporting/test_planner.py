"""The planner's page: open checks by unit and quarter, and the agreement beside the plans and ceilings."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse

from budget.models import Ceiling, QuarterlyRealisation
from reporting.dashboards import planner
from reporting.dashboards.keeping import seen_at
from reporting.year import OfficeYear
from sakip.models import (
    Agreement,
    AgreementIndicator,
    AgreementProgramme,
    Target,
    TargetKind,
    User,
    ValueState,
)
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def page(client, agency, user, year=YEAR) -> str:
    client.force_login(user)
    return client.get(reverse("planner_home", args=[agency.slug, year])).content.decode()


def shown(agency, year=YEAR) -> dict:
    return planner.page(seen_at(OfficeYear(agency, year), None))


def texts(table: dict) -> list[list[str]]:
    return [[cell["text"] for cell in row["cells"]] for row in table["rows"]]


def last_cells(table: dict) -> list[str]:
    return [row[-1] for row in texts(table)]


# ---------------------------------------------------------------- the checks
def test_open_checks_are_counted_and_lead_to_their_cells(client):
    office = make_office("contoh")
    line = office.line(office.village)
    rows = QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=3)
    rows.update(amount_rp=Decimal(900_000), physical_pct=Decimal(35))
    html = page(client, office.agency, office.people["planner"])
    assert "1 wajib diperbaiki, 1 perlu penjelasan" in html
    assert "Fisik turun dari 40% menjadi 35%." in html
    assert "Fisik ditulis kumulatif sejak awal tahun." in html
    assert f"/realisasi/kelurahan/tw-3/#l{line.pk}-physical" in html
    assert 'href="#periksa-kelurahan"' in html
    assert 'id="periksa-kelurahan"' in html
    assert "periksa-kantor" not in html


def test_a_year_without_findings_says_so(client):
    office = make_office("contoh")
    html = page(client, office.agency, office.people["planner"])
    assert "Tidak ada pemeriksaan yang terbuka" in html
    assert "jumlah-pemeriksaan" not in html


# ---------------------------------------------------------------- the agreement
def test_an_agreement_that_follows_the_plans_has_no_remark(palaran):
    found = shown(palaran)
    assert texts(found["targets"]) == [
        ["Indeks Pelayanan Publik (IPP) Perangkat Daerah", "3,68", "3,68", "3,68", "1,53", "Sesuai"]
    ]
    assert last_cells(found["budgets"]) == ["Sesuai"] * 3
    assert [cell["text"] for cell in found["budgets"]["footer_rows"][0]["cells"]] == [
        *("Jumlah", "37.203.277.426", "37.203.277.426", "Sesuai")
    ]
    assert found["answers"][2]["value"] == "Tidak ada"


def test_a_target_that_leaves_the_plans_is_marked_with_its_reasons(palaran):
    AgreementIndicator.objects.filter(agreement__agency=palaran, agreement__year=YEAR).update(
        target=Decimal("1.5")
    )
    Target.objects.filter(
        indicator__agency=palaran, kind=TargetKind.ACTION_PLAN, year=YEAR, indicator__key="ipp", quarter=4
    ).delete()
    found = shown(palaran)
    (reasons,) = last_cells(found["targets"])
    assert "Berbeda dari target Renstra." in reasons
    assert "Rencana aksi" in reasons
    assert "Target lebih lemah dari realisasi tahun lalu." in reasons
    assert found["targets"]["rows"][0]["tone"] == "warning"
    assert found["targets"]["rows"][0]["cells"][-1]["url"].endswith("/lkjip/#tabel-2-2")
    assert found["answers"][2]["value"] == "1"


def test_an_indicator_of_the_plan_that_the_agreement_lacks_is_told(palaran):
    AgreementIndicator.objects.filter(agreement__agency=palaran, agreement__year=YEAR).delete()
    found = texts(shown(palaran)["targets"])
    assert found == [
        [
            "Indeks Pelayanan Publik (IPP) Perangkat Daerah",
            *("belum ada", "3,68", "belum ada", "belum ada", "Tidak ada dalam perjanjian."),
        ]
    ]


def test_money_that_leaves_the_ceilings_is_marked_with_the_gap(palaran):
    programmes = AgreementProgramme.objects.filter(agreement__agency=palaran, agreement__year=YEAR)
    first, second, _ = programmes.order_by("number")
    AgreementProgramme.objects.filter(pk=first.pk).update(amount_rp=first.amount_rp - 1000)
    second.delete()
    found = shown(palaran)["budgets"]
    assert last_cells(found) == [
        "Pagu lebih besar Rp\u00a01.000,00 daripada perjanjian.",
        "Sesuai",
        "Tidak ada dalam perjanjian.",
    ]
    assert found["rows"][2]["cells"][1]["text"] == "belum ada"
    assert "Pagu lebih besar" in found["footer_rows"][0]["cells"][-1]["text"]


def test_a_programme_without_a_ceiling_is_told(palaran):
    programme = AgreementProgramme.objects.filter(agreement__agency=palaran, agreement__year=YEAR).first()
    Ceiling.objects.filter(
        line__year=YEAR, line__unit__agency=palaran, line__node__parent__parent=programme.node
    ).delete()
    QuarterlyRealisation.objects.filter(line__year=YEAR, line__node__parent__parent=programme.node).delete()
    assert "Tidak ada pagunya dalam anggaran yang berlaku." in last_cells(shown(palaran)["budgets"])


def test_the_revision_in_force_is_compared_and_its_tables_linked(palaran):
    found = shown(palaran, 2025)
    assert found["agreement"].title == "Perjanjian Kinerja Perubahan Tahun 2025"
    row = found["targets"]["rows"][0]["cells"]
    assert [cell["text"] for cell in row[1:]] == [
        *("3,65", "3,65", "belum ada", "belum ada", "Rencana aksi triwulan belum ada.")
    ]
    assert row[-1]["url"].endswith("/lkjip/#tabel-2-3")


def test_every_linked_figure_is_there(client, palaran):
    client.force_login(User.objects.get(username="perencana"))
    found = shown(palaran)
    rows = [*found["targets"]["rows"], *found["budgets"]["rows"], *found["budgets"]["footer_rows"]]
    urls = {cell["url"] for row in rows for cell in row["cells"] if cell.get("url")}
    assert len(urls) == 7
    assert all(client.get(url).status_code == 200 for url in urls)


def test_no_agreement_and_one_without_programmes(client):
    office = make_office("contoh")
    html = page(client, office.agency, office.people["planner"])
    assert "Target indikator" in html
    assert "Renstra tidak memuat target tahun ini." in html
    assert "Rencana aksi triwulan belum ada." in html
    Agreement.objects.filter(agency=office.agency).delete()
    html = page(client, office.agency, office.people["planner"])
    assert "Belum ada perjanjian kinerja" in html
    assert "Target indikator" not in html
    assert ValueState.MISSING.label.lower() not in html.partition("Perjanjian terhadap rencana")[2]
