"""The page of the year's performance agreements."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.agreed import documents
from reporting.year import OfficeYear
from sakip.models import Agreement, AgreementProgramme, User

pytestmark = pytest.mark.django_db
PAGE = reverse("agreements", args=["palaran", 2025])


@pytest.fixture
def reader(palaran, client) -> User:
    user = User.objects.get(username="camat")
    client.force_login(user)
    return user


def test_the_agreement_in_force_stands_first_and_says_what_it_replaced(palaran):
    found = documents(OfficeYear(palaran, 2025))
    assert [(one["document"].kind, one["is_in_force"], one["is_agreement"]) for one in found] == [
        ("perubahan", True, True),
        ("murni", False, True),
        ("rkt", False, False),
    ]
    captions = [one[table]["caption"] for one in found for table in ("targets", "budgets")]
    assert len(set(captions)) == 6
    assert [column["label"] for column in found[0]["targets"]["columns"]][-1] == "Semula"
    assert [column["label"] for column in found[1]["targets"]["columns"]][-1] == "Target"


def test_a_changed_target_stands_beside_what_it_was(palaran):
    revised = revisions(palaran).get().indicators.get()
    original = Agreement.objects.get(agency=palaran, year=2025, kind="murni")
    assert before_of(target_rows(palaran)) == "baru"
    before = original.indicators.create(
        indicator=revised.indicator, number=9, outcome_text="S", target_state="number", target=revised.target
    )
    assert before_of(target_rows(palaran)) == "tetap"
    original.indicators.filter(pk=before.pk).update(target=1)
    assert before_of(target_rows(palaran)) == "1,00"
    original.indicators.filter(pk=before.pk).update(target_state="missing", target=None)
    assert before_of(target_rows(palaran)) == "belum ada"


def test_what_the_revision_left_out_is_told(palaran):
    original = Agreement.objects.get(agency=palaran, year=2025, kind="murni")
    dropped = target_rows(palaran)[1:]
    assert len(dropped) == original.indicators.count() == 2
    assert {row["cells"][2]["text"] for row in dropped} == {"tidak dimuat lagi"}
    programme = revisions(palaran).get().programmes.first()
    programme.delete()
    row = budget_rows(palaran)[-1]
    assert (row["cells"][0]["text"], row["cells"][1]["text"]) == (programme.name, "tidak dimuat lagi")


def test_a_changed_amount_stands_beside_what_it_was(palaran):
    programme = revisions(palaran).get().programmes.first()
    before = Agreement.objects.get(agency=palaran, year=2025, kind="murni").programmes.get(
        node=programme.node
    )
    AgreementProgramme.objects.filter(pk=before.pk).update(amount_rp=1000)
    assert before_of(budget_rows(palaran)) == "1.000,00"
    AgreementProgramme.objects.filter(pk=before.pk).update(amount_rp=programme.amount_rp)
    assert before_of(budget_rows(palaran)) == "tetap"


def test_an_unsigned_revision_is_in_force_and_the_page_says_so(client, palaran, reader):
    html = client.get(PAGE).content.decode()
    assert "Ditandatangani 6 November 2025" in html
    assert "sudah memakai target dokumen ini" not in html
    revisions(palaran).update(signed_on=None)
    html = client.get(PAGE).content.decode()
    assert "Tanggal penandatanganan belum diisi" in html
    assert "sudah memakai target dokumen ini" in html


def test_a_year_without_documents_says_so(client, palaran, reader):
    Agreement.objects.filter(agency=palaran, year=2025).delete()
    assert "Belum ada perjanjian kinerja" in client.get(PAGE).content.decode()


def test_the_planners_page_and_the_calendar_lead_here(client, palaran, reader):
    assert PAGE in client.get(reverse("planner_home", args=["palaran", 2025])).content.decode()
    Agreement.objects.filter(agency=palaran, year=2026).update(signed_on=date(2026, 1, 5))
    home = client.get(reverse("dashboard", args=["palaran", 2026])).content.decode()
    assert reverse("agreements", args=["palaran", 2026]) in home


def revisions(palaran):
    return Agreement.objects.filter(agency=palaran, year=2025, kind="perubahan")


def target_rows(palaran) -> list[dict]:
    return documents(OfficeYear(palaran, 2025))[0]["targets"]["rows"]


def budget_rows(palaran) -> list[dict]:
    return documents(OfficeYear(palaran, 2025))[0]["budgets"]["rows"]


def before_of(rows: list[dict]) -> str:
    return rows[0]["cells"][-1]["text"]
