"""What everybody may read of an issued report: the edition's own figures, without people, proof and prose.

Nothing is computed or read anew here: the page, its charts and its files show what the edition keeps, so that
they cannot differ from the report.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from reporting.models import Edition
from sakip.scoring.policy_reader import PolicyReader
from sakip.scoring.scales import Scale
from sakip.scoring.values import MISSING

# What the public data hold of an edition's figures (the beginnings of their keys) and tables. The working of
# a figure is public; its source, which names units, states and proof, is not.
FIGURES = ("agency.name", "government.name", "year.current", "iku.", "budget.", "nko.", "efficiency.")
FIGURE_PARTS = ("key", "label", "value", "printed", "formula", "provisional")
TABLES = ("3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.9", "3.10")
OF_INDICATOR = re.compile(r"iku\.(?P<key>\w+)\.(?P<what>[a-z_]+?)(?P<again>_\d+)?")
OF_PROGRAMME = re.compile(r"budget\.nodes\.(?P<key>\w+)\.(?P<what>[a-z]+)(?P<again>_\d+)?")


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the report prints it. `value` is None for a word, or where there is no number."""

    value: Decimal | None
    printed: str
    label: str = ""
    provisional: bool = False

    @property
    def is_number(self) -> bool:
        return self.value is not None

    @property
    def said(self) -> str:
        """As it stands in a sentence, which has no room for a badge."""
        return f"{self.printed} (sementara)" if self.provisional and self.is_number else self.printed

    @property
    def lacking(self) -> str:
        """Why there is no number, as a sentence; empty where there is one."""
        return "" if self.is_number else f"{self.printed[:1].upper()}{self.printed[1:]}."

    @property
    def is_missing(self) -> bool:
        return self.value is None and self.printed == MISSING.state.label

    @property
    def whole(self) -> int:
        """A count; none where it is missing."""
        return int(self.value or 0)


NOTHING = Shown(None, MISSING.state.label)


@dataclass(frozen=True, slots=True)
class KeyIndicator:
    """An indicator of the agreement, with its row of table 3.2."""

    number: str
    outcome: str
    name: str
    unit_of_measure: str
    target: Shown
    realised: Shown
    achievement: Shown
    attainment: str
    category: Shown
    meaning: Shown


@dataclass(frozen=True, slots=True)
class Spending:
    """The money of a programme, or of all."""

    name: str
    ceiling: Shown
    realised: Shown
    absorption: Shown
    unspent: Shown


class PublicReport:
    """The public side of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._figures = {figure["key"]: _shown(figure) for figure in edition.snapshot["figures"]}
        self._tables = {table["number"]: table for table in edition.snapshot.get("tables", [])}

    @property
    def year(self) -> int:
        return self.edition.year

    @property
    def is_sample(self) -> bool:
        return bool(self.edition.snapshot.get("is_sample"))

    def figure(self, key: str) -> Shown:
        """The figure of this key, or that there is none yet."""
        return self._figures.get(key, NOTHING)

    @property
    def has_provisional(self) -> bool:
        public = (figure for key, figure in self._figures.items() if key.startswith(FIGURES))
        return any(figure.provisional and figure.is_number for figure in public)

    @property
    def agency(self) -> str:
        return self.figure("agency.name").printed

    @property
    def government(self) -> str:
        return self.figure("government.name").printed

    @cached_property
    def indicators(self) -> tuple[KeyIndicator, ...]:
        """In the order of the agreement, which is that of table 3.2."""
        rows = self._rows("3.2")
        found = self._groups(OF_INDICATOR)
        return tuple(
            KeyIndicator(
                number=row.get("No.", ""),
                outcome=row.get("Sasaran", ""),
                name=about["name"].printed,
                unit_of_measure=row.get("Satuan", ""),
                target=about["target"],
                realised=about["realised"],
                achievement=about["achievement"],
                attainment=about["attainment"].printed,
                category=about["category"],
                meaning=about["meaning"],
            )
            for about, row in zip(found, rows, strict=False)
        )

    @cached_property
    def spending(self) -> Spending:
        parts = {what: self.figure(f"budget.{what}") for what in Spending.__slots__ if what != "name"}
        return Spending(name="Seluruh anggaran", **parts)

    @cached_property
    def programmes(self) -> tuple[Spending, ...]:
        return tuple(
            Spending(
                name=about["ceiling"].label.removeprefix("Pagu "),
                ceiling=about["ceiling"],
                realised=about["realised"],
                absorption=about["absorption"],
                unspent=about["unspent"],
            )
            for about in self._groups(OF_PROGRAMME)
        )

    @cached_property
    def scale(self) -> Scale:
        """Of the predicates of the organisation's score, by the rules that the edition was scored by."""
        return PolicyReader(self.edition.policy["rules"]).scale("nko_scale")

    def data(self) -> dict[str, Any]:
        """The edition's snapshot reduced to its public figures and tables."""
        snapshot = self.edition.snapshot
        return {
            "agency": snapshot["agency"],
            "year": snapshot["year"],
            "is_sample": self.is_sample,
            "figures": [
                {part: figure[part] for part in FIGURE_PARTS if part in figure}
                for figure in snapshot["figures"]
                if figure["key"].startswith(FIGURES)
            ],
            "tables": [self._tables[number] for number in TABLES if number in self._tables],
        }

    def _rows(self, number: str) -> list[dict[str, str]]:
        """The rows of a table by the headings of their columns."""
        table = self._tables.get(number, {"columns": [], "rows": []})
        return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]

    def _groups(self, pattern: re.Pattern[str]) -> list[dict[str, Shown]]:
        """The figures about one thing together, in the order of the report. Two things whose keys would be
        the same are told apart by a number at the end."""
        found: dict[tuple[str, str], dict[str, Shown]] = {}
        for key, figure in self._figures.items():
            if match := pattern.fullmatch(key):
                found.setdefault((match["key"], match["again"] or ""), {})[match["what"]] = figure
        return list(found.values())


def _shown(figure: Mapping[str, Any]) -> Shown:
    value = figure["value"]
    return Shown(
        value=None if value is None else Decimal(value),
        printed=figure["printed"],
        label=figure["label"],
        provisional=figure.get("provisional", False),
    )
