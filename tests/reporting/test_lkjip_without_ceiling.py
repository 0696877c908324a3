"""A year without any ceiling: every sentence of the report and of the pages says so as an officer would."""

import re

import pytest
from django.urls import reverse

from budget.models import BudgetVersion, Ceiling, QuarterlyRealisation
from reporting.lkjip.document import build_document
from reporting.lkjip.export import render_html
from sakip.models import AgreementProgramme, ProgrammeNode
from tests.reporting.public_desk import open_year
from tests.reporting.test_public import settle
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
# What a figure without a value leaves behind where a sentence expects a number.
CLUMSY = (
    r"[Dd]ari pagu belum ada|dari belum ada|atau pagu belum ada|terserap pagu|berjumlah belum ada|"
    r"sisa (anggaran )?belum ada|adalah (capaian|serapan):|: capaian:|\(NKO\) predikat|pada belum ada|"
    r"\b0 \(nol\)|capaian keuangannya pagu|keuangan pagu|perkiraan realisasi belum ada|Predikat akip"
)


@pytest.fixture
def office() -> Office:
    office = make_office()
    Ceiling.objects.filter(version__agency=office.agency).delete()
    BudgetVersion.objects.filter(agency=office.agency).delete()
    return office


def read(html: str) -> str:
    text = re.sub(r"<[^>]+>", " ", html.partition("<body")[2]).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text)


def report(office: Office) -> str:
    return read(render_html(build_document(office.agency, YEAR)))


def forget_entries(office: Office) -> None:
    QuarterlyRealisation.objects.filter(line__unit__agency=office.agency).delete()


def test_the_report_says_what_was_spent_and_that_there_is_no_ceiling(office):
    text = report(office)
    assert not re.findall(CLUMSY, text)
    sentence = (
        "Realisasi anggaran Rp 2.400.000,00 (sementara); pagunya belum ada, "
        "sehingga serapan dan sisanya belum dapat dihitung."
    )
    assert text.count(sentence) == 2, "in the summary and in the conclusion"
    assert "Pagu anggaran belanja Kecamatan Contoh tahun 2026 belum ada. Belanjanya meliputi 1 (satu)" in text
    assert "Program satu: pagu belum ada, realisasi Rp 2.400.000,00, terdiri atas" in text
    assert "tingkat capaian keuangannya belum dapat dihitung (pagu belum ada)" in text
    assert "tingkat efisiensi belum dapat dihitung (capaian: realisasi belum ada)" in text
    assert "Anggaran yang tidak terpakai" not in text


def test_the_report_of_a_year_without_budget_counts_no_noughts(office):
    forget_entries(office)
    text = report(office)
    assert not re.findall(CLUMSY, text)
    assert text.count("Pagu dan realisasi anggaran belum ada.") == 2
    assert "Program dan anggaran yang mendukungnya belum diisi." in text
    assert "Program yang mendukung sasaran tahun 2026 belum diisi." in text
    assert "Anggaran belanja Kecamatan Contoh tahun 2026 belum diisi." in text
    assert "Program, kegiatan, dan sub kegiatan untuk Tabel 2.3b belum diisi." in text


def test_a_ceiling_of_nought_is_not_a_missing_one():
    office = make_office()
    Ceiling.objects.filter(version__agency=office.agency).update(amount_rp=0)
    text = report(office)
    assert text.count("Realisasi anggaran Rp 2.400.000,00 (sementara) dari pagu Rp 0,00.") == 2
    assert "belanja sebesar Rp 0,00 (nol rupiah)" in text
    assert "Anggaran yang tidak terpakai" not in text, "less than nothing is not unspent"


def test_a_ceiling_of_which_nothing_is_spent_yet():
    office = make_office()
    forget_entries(office)
    assert report(office).count("Pagu anggaran Rp 6.000.000,00; realisasinya belum ada.") == 2


def test_the_agreement_says_what_of_it_is_not_filled_in_yet(office):
    text = report(office)
    assert "Tanggal penandatanganan Perjanjian Kinerja Tahun 2026 belum diisi." in text
    assert "sedangkan program dan anggarannya untuk Tabel 2.2a belum diisi." in text
    assert text.count("Program dan anggaran perjanjian ini belum diisi.") == 2
    agreement = office.agency.agreements.get()
    node = ProgrammeNode.objects.get(agency=office.agency, key="P1")
    AgreementProgramme.objects.create(agreement=agreement, number=1, node=node, name="Satu", amount_rp=5)
    assert "dan anggarannya, yang berjumlah Rp 5,00, disajikan dalam Tabel 2.2a." in report(office)


@pytest.mark.parametrize("name", ["dashboard", "planner_home", "reconciliation", "figures", "agreements"])
def test_the_pages_of_such_a_year(client, office, name):
    client.force_login(office.people["planner"])
    text = read(client.get(reverse(name, args=["contoh", YEAR])).content.decode())
    assert not re.findall(CLUMSY, text)
    assert not re.findall(r"annual_plan|Tanggal revised", text), "a key is not a name"


def test_the_home_page_does_not_forecast_what_nobody_measured(client, office):
    client.force_login(office.people["head"])
    text = read(client.get(reverse("dashboard", args=["contoh", YEAR])).content.decode())
    assert "belum dapat diperkirakan (realisasi belum ada). Target 3,68." in text
    assert "Predikat AKIP belum ada." in text


def test_the_public_page_says_why_a_figure_is_not_there(client, office):
    settle(office)
    open_year(office)
    text = read(client.get(reverse("public_page", args=["contoh", YEAR])).content.decode())
    assert "Terserap Belum dapat dihitung Pagu belum ada." in text
    assert "Nilai Kinerja Organisasi Belum dapat dihitung Predikat AKIP belum ada." in text
