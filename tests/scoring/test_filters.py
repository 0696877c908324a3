"""The template filters: figures, or the words that stand where there are none."""

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from sakip.scoring.result import TARGET_ZERO, Result
from sakip.scoring.values import NIHIL, Measured
from tests.scoring.tables import policy_with


def rendered(expression, value):
    return Template("{% load indonesian %}{{ value|" + expression + " }}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("number", Decimal("1234.5"), "1.234,50"),
        ("number:0", 1234, "1.234"),
        ("rupiah", Decimal("1000.00"), "Rp\u00a01.000"),
        ("rupiah", Decimal("-1000.50"), "-Rp\u00a01.000,50"),
        ("plain", Decimal("3.6500"), "3,65"),
        ("tanggal", date(2026, 1, 15), "15 Januari 2026"),
        ("tanggal", None, ""),
        ("number", Measured.of(0), "0,00"),
        ("number", NIHIL, "nihil"),
        ("rupiah", None, "belum ada"),
        ("number", "bukan angka", "bukan angka"),
    ],
)
def test_filters(expression, value, shown):
    assert rendered(expression, value) == shown


@pytest.mark.parametrize("name", ["percentage", "ratio"])
def test_a_percentage_is_rounded_as_the_policy_says(name):
    template = Template("{% load entry_grid %}{{ value|" + name + ":policy }}")
    value, truncating = Result.computed(Decimal("41.9178")), policy_with("rounding=truncate")
    assert template.render(Context({"value": value, "policy": policy_with()})) == "41,92%"
    assert template.render(Context({"value": value, "policy": truncating})) == "41,91%"
    assert "target nol" in template.render(
        Context({"value": Result.without(TARGET_ZERO), "policy": truncating})
    )


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="Decimal"):
        rendered("number", 1.5)
