"""Reading the history: is every chain whole?"""

from collections.abc import Iterator
from dataclasses import dataclass

from sakip.models import HistoryEntry


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first line of a chain that does not fit the one before it, or whose content was changed."""

    chain: str
    sequence: int
    reason: str


def broken_links() -> Iterator[BrokenLink]:
    """The first broken line of each chain, in the order of the chains. Reads in portions: a chain is long."""
    chain, expected, previous, broken = "", 0, "", False
    for entry in HistoryEntry.objects.order_by("chain", "sequence").iterator(chunk_size=2000):
        if entry.chain != chain:
            chain, expected, previous, broken = entry.chain, 1, "", False
        if not broken and (reason := _fault(entry, expected, previous)):
            broken = True
            yield BrokenLink(entry.chain, entry.sequence, reason)
        expected, previous = entry.sequence + 1, entry.hash


def _fault(entry: HistoryEntry, expected: int, previous: str) -> str:
    if entry.sequence != expected:
        return f"baris {expected} hilang"
    if entry.previous_hash != previous:
        return "tidak menyambung dengan baris sebelumnya"
    if entry.hash != entry.content_hash():
        return "isinya diubah setelah ditulis"
    return ""
