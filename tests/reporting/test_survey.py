"""The satisfaction survey: its elements in the report and behind the IKM, and nothing where there is none."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reporting.figures import figures
from reporting.lkjip.document import build_document
from reporting.tables import build_table
from reporting.year import OfficeYear
from sakip.models import (
    AgreementIndicator,
    IkmAssessment,
    IkmElement,
    Indicator,
    IndicatorVersion,
    Measurement,
    ValueState,
)
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
MEANS = ("3.5", "3.5", "3.5", "3.5", "3.5", "3.6", "3.5", "3.5", "3.6")


@pytest.fixture
def office() -> Office:
    return make_office("contoh")


def survey(office: Office, means=MEANS, **changes) -> IkmAssessment:
    found = IkmAssessment.objects.create(agency=office.agency, year=YEAR, respondents=312, **changes)
    for number, mean in enumerate(means, 1):
        IkmElement.objects.create(assessment=found, number=number, name=f"Unsur {number}", mean=Decimal(mean))
    return found


def measure(office: Office, value: str) -> None:
    """The IKM as an indicator of the agreement, with what the office entered."""
    key = Indicator.objects.create(agency=office.agency, key="ikm", unit=office.office, is_key=True)
    IndicatorVersion.objects.create(
        indicator=key, valid_from_year=2025, name="IKM", unit_of_measure="Indeks", combine="last"
    )
    AgreementIndicator.objects.create(
        agreement=office.agency.agreements.get(),
        indicator=key,
        number=2,
        outcome_text="Pelayanan publik meningkat",
        target_state=ValueState.NUMBER,
        target=Decimal(87),
    )
    Measurement.objects.create(
        unit_quarter=office.quarter(office.office, 3),
        indicator=key,
        value_state="number",
        value=Decimal(value),
    )


def told(office: Office) -> str:
    document = build_document(office.agency, YEAR)
    return next(section for section in document.sections if section.number == "III.A.1").text


def tables(office: Office) -> list[str]:
    return [block.table.number for block in build_document(office.agency, YEAR).tables]


def page(client, office: Office, key: str) -> str:
    client.force_login(office.people["evaluator"])
    answer = client.get(reverse("figure", args=["contoh", YEAR, key]))
    assert answer.status_code == 200
    return answer.content.decode()


# ---------------------------------------------------------------- the report
def test_the_elements_stand_in_a_table_with_their_mean_and_the_index(office):
    survey(office)
    rows = build_table(OfficeYear(office.agency, YEAR), "3.2a").printed_rows
    assert rows[0] == ["1", "Unsur 1", "3,5000"]
    assert rows[-2:] == [["", "Rata-rata unsur", "3,5222"], ["", "IKM (rata-rata unsur × 25)", "88,06"]]
    assert len(rows) == 11
    assert tables(office)[tables(office).index("3.2") + 1] == "3.2a"
    assert (
        "Survei Kepuasan Masyarakat tahun 2026 diikuti 312 (tiga ratus dua belas) responden dan menghasilkan "
        "Indeks Kepuasan Masyarakat (IKM) 88,06, dengan mutu pelayanan B (Baik). Rata-rata setiap unsurnya "
        "disajikan dalam Tabel 3.2a."
    ) in told(office)


def test_a_year_without_a_survey_says_nothing_of_it(office, palaran):
    assert "Survei Kepuasan" not in told(office)
    assert "3.2a" not in tables(office)
    survey(office, means=(), declared_total=Decimal("88.31"))
    assert "3.2a" not in tables(office), "a declared total alone has no elements to show"
    assert "3.2a" not in [block.table.number for block in build_document(palaran, 2025).tables]
    assert not any(key.startswith("survey.") for key in figures(OfficeYear(palaran, 2025)))


def test_a_declared_index_wins_and_the_difference_is_said(office):
    survey(office, declared_total=Decimal("88.31"))
    text = told(office)
    assert "(IKM) 88,31, dengan mutu pelayanan A (Sangat Baik)" in text
    assert "Nilai yang ditetapkan (88,31) dipakai; hitungan dari bagian-bagiannya menghasilkan 88,06." in text


def test_a_missing_element_makes_the_index_provisional(office):
    survey(office, means=MEANS[:8])
    table = build_table(OfficeYear(office.agency, YEAR), "3.2a")
    assert table.provisional
    assert table.printed_rows[8] == ["9", "Sarana dan Prasarana", "-"]
    assert "(IKM) 87,81 (sementara)" in told(office)


def test_what_was_entered_is_compared_with_the_survey(office):
    survey(office)
    measure(office, "88.06")
    assert "perlu dicocokkan" not in told(office)
    Measurement.objects.filter(indicator__key="ikm").update(value=Decimal("88.16"))
    assert "berbeda dengan hasil survei dan perlu dicocokkan" in told(office)


# ---------------------------------------------------------------- where the figure comes from
def test_the_elements_stand_behind_the_figure(client, office):
    survey(office)
    measure(office, "88.06")
    for key in ("survey.index", "iku.ikm.realised", "iku.ikm.achievement"):
        html = page(client, office, key)
        assert "Unsur Survei Kepuasan Masyarakat" in html
        assert html.count("Unsur 9") == 1
    assert "Unsur Survei" not in page(client, office, "iku.ikm.target")
    assert "Unsur Survei" not in page(client, office, "iku.ipp.realised")
    found = figures(OfficeYear(office.agency, YEAR))
    assert [found[f"survey.{key}"].printed for key in ("index", "quality", "meaning", "respondents")] == [
        *("88,06", "B", "Baik", "312")
    ]
    assert "dibulatkan dua desimal: 88,06" in found["survey.index"].formula


# ---------------------------------------------------------------- what is kept
@pytest.mark.parametrize("number", [0, 10])
def test_there_are_nine_elements(office, number):
    element = IkmElement(assessment=survey(office), number=number, name="Lain", mean=Decimal(3))
    with pytest.raises(ValidationError, match="bernomor 1 sampai 9"):
        element.full_clean()
