"""Reads the worked tables of docs/scoring.md, so that the document and its tests cannot part."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from sakip.indonesian import parse_number
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import NOT_APPLICABLE_HERE, TARGET_ZERO, Result
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "scoring.md"
POLICY_DATA = ROOT / "fixtures" / "reference" / "scoring_policy_2025.json"
WORDS = {"belum ada": MISSING, "nihil": NIHIL, "tidak berlaku": NOT_APPLICABLE}

Row = dict[str, str]


@cache
def tables() -> dict[str, list[Row]]:
    """Every marked table by name: its rows, by column heading."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found: dict[str, list[Row]] = {}
    for name, body in re.findall(r"<!-- table: (\w+) -->\n((?:\|.*\n)+)", text):
        head, _, *rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in body.splitlines()]
        found[name] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def table(name: str) -> list[Row]:
    return tables()[name]


def label(row: Row) -> str:
    """The row as the test's name."""
    return " | ".join(cell for cell in row.values() if cell)[:90]


def policy_data() -> dict[str, object]:
    return json.loads(POLICY_DATA.read_text(encoding="utf-8"))


def policy_with(setting: str = "") -> ScoringPolicy:
    """The policy of 2025 with one `key=value` changed."""
    data = policy_data()
    if setting:
        key, value = setting.split("=")
        assert key in data
        data[key] = value
    return ScoringPolicy.from_dict(data)


def measured(cell: str) -> Measured:
    """'belum ada', 'nihil', 'tidak berlaku' or a number."""
    return WORDS[cell] if cell in WORDS else Measured.of(parse_number(cell, rupiah=True))


def amount(cell: str) -> Decimal | None:
    """Rupiah, or None for 'belum ada'."""
    return measured(cell).number


def as_result(cell: str) -> Result:
    """A percentage with any number of decimals, or the reason that stands in its place."""
    if cell == TARGET_ZERO.text:
        return Result.without(TARGET_ZERO)
    if cell in WORDS:
        result = Result.from_measured(WORDS[cell])
        return Result.without(NOT_APPLICABLE_HERE) if cell == "tidak berlaku" else result
    return Result.computed(parse_number(cell))


def measured_score(cell: str) -> Measured:
    """As `measured`, for a field that is not money, so with any number of decimals."""
    return WORDS[cell] if cell in WORDS else Measured.of(parse_number(cell))


def is_yes(cell: str) -> bool:
    return {"yes": True, "no": False}[cell]
