"""What of a unit's quarter is filled in, of what is expected."""

from decimal import Decimal

import pytest

from budget.queries.completeness import QuarterCell, year_completeness
from sakip.models import AgreementIndicator, Measurement, Unit, ValueState
from tests.recipes import make
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def cell(office: Office, unit: Unit, quarter: int) -> QuarterCell:
    row = next(row for row in year_completeness(office.agency, YEAR) if row.unit == unit)
    found = row.quarters[quarter - 1]
    assert found is not None
    return found


def test_what_left_the_agreement_fills_no_place_of_another(office):
    quarter = office.quarter(office.office, 3)
    agreed = office.indicator("ipp")
    values = {"unit_quarter": quarter, "value_state": ValueState.NUMBER, "value": Decimal(3)}
    make(Measurement, indicator=agreed, **values)
    before = cell(office, office.office, 3)
    assert (before.indicators.filled, before.indicators.expected) == (3, 3)
    AgreementIndicator.objects.filter(indicator=agreed).delete()
    Measurement.objects.filter(unit_quarter=quarter).exclude(indicator=agreed).first().delete()
    after = cell(office, office.office, 3)
    assert (after.indicators.filled, after.indicators.expected, after.indicators.missing) == (1, 2, 1)
    assert (after.evidence.filled, after.evidence.expected) == (0, 1)
