"""What keeps coming back: an obstacle that the same row reports quarter after quarter."""

from __future__ import annotations

from collections.abc import Sequence

# What people write where there is nothing to report.
NOTHING = frozenset({"", "nihil", "tidak ada", "tidak ada kendala", "tidak ada hambatan", "belum ada"})
_AROUND = " \t\r\n.-\u2010\u2013\u2014\u2212"


def says_something(text: str) -> bool:
    """Whether a text reports an obstacle: not empty, not a dash, not *nihil* or *tidak ada*."""
    return " ".join(text.strip(_AROUND).lower().split()) not in NOTHING


def quarters_in_a_row(texts: Sequence[str]) -> int:
    """How many of the last quarters, the oldest first, report an obstacle without a gap."""
    count = 0
    for text in reversed(texts):
        if not says_something(text):
            break
        count += 1
    return count


def is_chronic(quarters: int, chronic_after: int) -> bool:
    """Whether an obstacle has come back often enough to be called chronic."""
    return quarters >= chronic_after
