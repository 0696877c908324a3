"""The facts of chapter I: shares and totals are worked out, and contradictions are told."""

from decimal import Decimal

import pytest

from sakip.models import Asset, LegalBasis, PopulationCount, StaffCount, StaffDimension
from sakip.queries import profile
from tests.recipes import make

pytestmark = pytest.mark.django_db


def test_population_has_shares_of_the_total(palaran):
    found = profile.population(palaran, 2025)
    assert found.total.total == 60701
    assert (found.total.male, found.total.female, found.total.rt_count) == (31374, 29327, 168)
    assert [str(row.share.printed()) for row in found.rows] == ["39.23", "25.33", "14.47", "12.21", "8.76"]
    assert found.total.share.value == 100
    assert found.rows[0].share.steps[-1].expression == "23.816 / 60.701 × 100"


def test_a_later_year_shows_the_latest_count(palaran):
    unit = palaran.units.get(slug="bukuan")
    make(PopulationCount, unit=unit, year=2024, male=1, female=1)
    assert profile.population(palaran, 2026).year == 2025
    assert profile.population(palaran, 2024).total.total == 2


def test_without_a_count_there_is_no_total(palaran):
    found = profile.population(palaran, 2001)
    assert (found.year, found.rows, found.total) == (None, (), None)


def test_nobody_has_no_share():
    assert profile.share(0, 0).reason.key == "nothing_to_count"
    assert profile.share(0, 3).value == 0


@pytest.mark.parametrize("dimension", StaffDimension)
def test_staff_adds_up_to_a_hundred_by_every_dimension(palaran, dimension):
    assert profile.staff(palaran, 2025)[dimension].total.total == 100


def test_a_total_that_other_tables_contradict_is_a_fault(palaran):
    found = profile.staff(palaran, 2025)
    assert found[StaffDimension.GRADE].faults == (
        "Kelurahan Simpang Pasir: 11 orang menurut golongan, sedangkan tabel pegawai lain mencatat 12 orang.",
        "Kelurahan Bantuas: 17 orang menurut golongan, sedangkan tabel pegawai lain mencatat 16 orang.",
    )
    others = [table.faults for key, table in found.items() if key is not StaffDimension.GRADE]
    assert others == [()] * 4


def test_the_whole_is_compared_too(palaran):
    StaffCount.objects.filter(agency=palaran, dimension="position", category="Pelaksana").update(count=60)
    faults = profile.staff(palaran, 2025)[StaffDimension.POSITION].faults
    assert faults == (
        "Jumlah: 94 orang menurut peta jabatan, sedangkan tabel pegawai lain mencatat 100 orang.",
    )


def test_staff_counted_for_the_agency_alone_has_no_unit_rows(palaran):
    table = profile.staff(palaran, 2025)[StaffDimension.POSITION]
    assert table.rows == ()
    assert dict(zip(table.categories, table.total.counts, strict=True))["Eselon IV"] == 33


def test_an_asset_of_unknown_number_is_in_no_sum(palaran):
    found = profile.assets(palaran, 2025)
    assert (len(found.rows), found.quantity, found.unknown) == (68, 126, 2)
    Asset.objects.filter(agency=palaran, number=16).update(quantity=0)
    again = profile.assets(palaran, 2025)
    assert (again.quantity, again.unknown) == (126, 1)


def test_another_agencys_legal_basis_is_not_shown(palaran):
    own = len(profile.legal_bases(palaran))
    make(LegalBasis)
    assert len(profile.legal_bases(palaran)) == own
    make(LegalBasis, agency=None, number="99")
    assert len(profile.legal_bases(palaran)) == own + 1


def test_the_territory_is_the_latest_known(palaran):
    assert profile.profile(palaran, 2026).area_km2 == Decimal("221.29")
    assert profile.profile(palaran, 2001) is None
