"""Scales: the worked table, and that no value falls between two bands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.scoring.scales import Band, Scale
from tests.scoring.strategies import decimals
from tests.scoring.tables import label, measured_score, policy_with, table


@pytest.mark.parametrize("row", table("scales"), ids=label)
def test_worked_table(row, policy):
    scale = getattr(policy, f"{row['scale']}_scale")
    assert scale.band_for(measured_score(row["value"]).number).label == row["label"]


@given(scale=st.sampled_from(policy_with().scales), value=decimals("-10", "250", places=12))
def test_every_value_falls_into_one_band(scale, value):
    band = scale.band_for(value)
    above = scale.bands[: scale.bands.index(band)]
    assert band.holds(value)
    assert not any(higher.holds(value) for higher in above)


@given(scale=st.sampled_from(policy_with().scales), data=st.data())
def test_more_is_never_worse(scale, data):
    low, high = sorted([data.draw(decimals("-10", "250")), data.draw(decimals("-10", "250"))])
    order = [band.label for band in scale.bands]
    assert order.index(scale.band_for(high).label) <= order.index(scale.band_for(low).label)


@pytest.mark.parametrize("scale", policy_with().scales, ids=lambda scale: scale.key)
def test_nothing_lies_between_a_bound_and_its_neighbours(scale):
    sliver = Decimal("1E-20")
    for upper, lower in zip(scale.bands, scale.bands[1:], strict=False):
        assert scale.band_for(upper.bound + sliver) == upper
        assert scale.band_for(upper.bound - sliver) == lower
        assert scale.band_for(upper.bound) == (upper if upper.includes_bound else lower)


OPEN = Band("R", "Rendah")


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ((), "terendah"),
        ((Band("T", "Tinggi", Decimal(1)),), "terendah"),
        ((Band("S", "Sedang"), OPEN), "hanya pita terendah"),
        ((Band("S", "Sedang", Decimal(1)), Band("T", "Tinggi", Decimal(2)), OPEN), "urut"),
        ((Band("R", "Sedang", Decimal(1)), OPEN), "berulang"),
    ],
)
def test_a_scale_with_a_fault_is_refused(bands, message):
    with pytest.raises(ValueError, match=message):
        Scale("contoh", "Contoh", bands)
