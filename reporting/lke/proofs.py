"""What an answer of the portal to a criterion is, and how counts become one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How far a criterion is met."""

    MET = "terpenuhi"
    PARTLY = "sebagian"
    NOT_YET = "belum"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Where:
    """The page that shows what the answer rests on: the name of its address under the year, and a place."""

    name: str
    label: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """An answer computed from the data: how far, why, and where to see it."""

    standing: Standing
    text: str
    where: Where


def report(section: str) -> Where:
    """A section of the report: 'III.A.1'."""
    return Where("report", f"LKjIP {section}", f"bagian-{section.replace('.', '-').lower()}")


@dataclass(frozen=True, slots=True)
class Count:
    """`done` of `expected`."""

    done: int
    expected: int

    @property
    def left(self) -> int:
        return self.expected - self.done

    @property
    def standing(self) -> Standing:
        """Nothing expected is nothing met: there is no data to rest on."""
        if self.done and self.done == self.expected:
            return Standing.MET
        return Standing.PARTLY if self.done else Standing.NOT_YET

    def __str__(self) -> str:
        return f"{self.done} dari {self.expected}"


def counted(count: Count, text: str, where: Where, none: str) -> Proof:
    """`text` follows the count in a sentence; `none` is said where nothing is expected."""
    if not count.expected:
        return Proof(Standing.NOT_YET, none, where)
    return Proof(count.standing, f"{count} {text}.", where)


def either(is_met: bool, text: str, where: Where, otherwise: str) -> Proof:
    return Proof(Standing.MET if is_met else Standing.NOT_YET, text if is_met else otherwise, where)
