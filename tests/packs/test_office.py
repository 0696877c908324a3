"""The office is there for every test, also after tests that empty the tables."""

import pytest

from sakip.models import Agency, Unit


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_it_is_there_in_every_real_transaction(turn):
    assert Unit.objects.filter(agency__slug="palaran").count() == 6
    Agency.objects.filter(slug="palaran").update(name="Berubah")


def test_another_agency_has_its_own_rows(palaran, other_agency):
    assert other_agency.government != palaran.government
    assert not set(other_agency.units.all()) & set(palaran.units.all())


def test_it_is_there_in_a_test_that_is_rolled_back(palaran):
    assert palaran.name == "Kecamatan Palaran"
