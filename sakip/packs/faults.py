"""What is wrong in a pack: where it stands, what was found there and what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` is the line of the file (the header is line 1), or None for the file as a whole."""

    file: str
    line: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", baris {self.line}"
        if self.column:
            place += f", kolom {self.column}"
        return f"{place}: ditemukan {shortened(self.found)}, seharusnya {self.expected}"


class PackFaultsError(Exception):
    """The pack has faults; nothing was loaded."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line or 0, fault.column))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shortened(found: str) -> str:
    """A value as a message shows it: quoted, on one line, and not too long."""
    if not found:
        return "sel kosong"
    flat = " ".join("".join(char if char.isprintable() else "·" for char in found).split())
    return f"“{flat}”" if len(flat) <= LONGEST_SHOWN else f"“{flat[:LONGEST_SHOWN]}…”"
