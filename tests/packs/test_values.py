"""How a cell is read, as a table: what it becomes, or that it is refused."""

from datetime import date
from decimal import Decimal

import pytest

from sakip.packs.values import (
    Choice,
    Date,
    Kind,
    MeasuredNumber,
    Number,
    Text,
    UnexpectedValueError,
    Whole,
    YesNo,
)
from sakip.scoring.values import NIHIL, NOT_APPLICABLE, Measured

MONEY = Number(20, 2)
MEASURED = MeasuredNumber(Number(20, 6))


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Whole(32767), "0", 0),
        (Whole(32767), "007", 7),
        (MONEY, "37203277426", Decimal("37203277426")),
        (MONEY, "97.13", Decimal("97.13")),
        (MONEY, "-5", Decimal(-5)),
        (MONEY, "1.500", Decimal("1.500")),
        (MEASURED, "0", Measured.of(0)),
        (MEASURED, "3.65", Measured.of(Decimal("3.65"))),
        (MEASURED, "nihil", NIHIL),
        (MEASURED, "tidak_berlaku", NOT_APPLICABLE),
        (Date(), "2026-01-15", date(2026, 1, 15)),
        (YesNo(), "ya", True),
        (YesNo(), "tidak", False),
        (Choice({"murni": "murni"}), "murni", "murni"),
        (Text(3), "abc", "abc"),
        (Text(), "dua\nbaris", "dua\nbaris"),
    ],
)
def test_a_cell_becomes_a_value(kind: Kind, cell, value):
    assert kind.read(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Whole(32767), "32768"),
        (Whole(32767), "-1"),
        (Whole(32767), "1.0"),
        (Whole(32767), "٣"),
        (Whole(32767), "9" * 5000),
        (MONEY, "1,234"),
        (MONEY, "1.234,5"),
        (MONEY, "37.203.277.426"),
        (MONEY, "97.13.00"),
        (MONEY, "Rp 5"),
        (MONEY, "1e5"),
        (MONEY, "NaN"),
        (MONEY, "-"),
        (MONEY, "0.005"),
        (MONEY, "1" * 19),
        (MEASURED, "Nihil"),
        (MEASURED, "NA"),
        (MEASURED, "-"),
        (Date(), "15-01-2026"),
        (Date(), "2026-02-30"),
        (Date(), "20260115"),
        (Date(), "2026-W03-4"),
        (YesNo(), "Ya"),
        (YesNo(), "1"),
        (Choice({"murni": "murni"}), "Murni"),
        (Text(3), "abcd"),
        (Text(), "a\x00b"),
    ],
)
def test_a_cell_is_refused_with_what_is_expected(kind: Kind, cell):
    with pytest.raises(UnexpectedValueError) as refused:
        kind.read(cell)
    assert str(refused.value)
