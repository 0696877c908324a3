"""The template filters: figures, or the words that stand where there are none."""

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from sakip.scoring.result import TARGET_ZERO, Result
from sakip.scoring.values import NIHIL, Measured


def rendered(expression, value):
    return Template("{% load indonesian %}{{ value|" + expression + " }}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("number", Decimal("1234.5"), "1.234,50"),
        ("number:0", 1234, "1.234"),
        ("pct", Decimal("97.0966"), "97,10%"),
        ("rupiah", Decimal(1000), "Rp 1.000,00"),
        ("plain", Decimal("3.6500"), "3,65"),
        ("tanggal", date(2026, 1, 15), "15 Januari 2026"),
        ("tanggal", None, ""),
        ("terbilang", 56, "lima puluh enam"),
        ("terbilang_rupiah", 1000, "Seribu Rupiah"),
        ("pct", Result.computed(Decimal("41.9178")), "41,92%"),
        ("pct", Result.without(TARGET_ZERO), "target nol"),
        ("number", Measured.of(0), "0,00"),
        ("number", NIHIL, "nihil"),
        ("rupiah", None, "belum ada"),
        ("number", "bukan angka", "bukan angka"),
        ("terbilang", None, "belum ada"),
    ],
)
def test_filters(expression, value, shown):
    assert rendered(expression, value) == shown


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="Decimal"):
        rendered("number", 1.5)
