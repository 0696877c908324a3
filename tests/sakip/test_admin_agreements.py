"""The agreements in the admin: what is in force, and no draft."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sakip.models import Agency, Agreement, AgreementIndicator, AgreementProgramme, Membership, User
from tests.recipes import make
from tests.sakip.test_admin import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make(Agency)


@pytest.fixture
def keeper(client, agency):
    user = make(User, is_staff=True)
    make(Membership, user=user, role="admin", agency=agency, unit=None)
    client.force_login(user)
    return client


def test_a_draft_of_an_agreement_is_not_there(keeper, agency) -> None:
    """It is written on its own page, where whoever wrote it last is known."""
    signed = make(Agreement, agency=agency, title="Perjanjian yang berlaku")
    draft = make(
        Agreement,
        agency=agency,
        title="Rancangan",
        kind="perubahan",
        revision=1,
        is_draft=True,
        year=signed.year,
    )
    rows = [make(AgreementIndicator, agreement=draft), make(AgreementProgramme, agreement=draft)]
    for row in (draft, *rows):
        assert keeper.get(address(type(row), "change", row.pk)).status_code == 302
    for page in (address(Agreement, "changelist"), address(AgreementProgramme, "add")):
        html = keeper.get(page).content.decode()
        assert signed.title in html
        assert draft.title not in html


def test_the_indicators_of_agreements_are_listed_in_as_many_queries_whatever_their_number(keeper, agency):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert keeper.get(address(AgreementIndicator, "changelist")).status_code == 200
        return len(seen)

    agreement = make(Agreement, agency=agency)
    make(AgreementIndicator, agreement=agreement, number=1)
    count()
    alone = count()
    for number in range(2, 7):
        make(AgreementIndicator, agreement=agreement, number=number)
    assert count() == alone


def test_a_row_that_is_there_already_is_said_to_be_there(keeper, agency) -> None:
    known = make(Agreement, agency=agency)
    names = ("year", "kind", "revision", "title", "first_party_title")
    form = {name: getattr(known, name) for name in names} | {"agency": agency.pk}
    form |= {
        f"{rows}-{part}_FORMS": 0 for rows in ("indicators", "programmes") for part in ("TOTAL", "INITIAL")
    }
    html = keeper.post(address(Agreement, "add"), form).content.decode()
    assert "Perjanjian kinerja dengan Perangkat daerah, Tahun, Jenis dan Perubahan ke ini sudah ada." in html
