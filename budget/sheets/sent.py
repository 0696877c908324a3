"""What a file says about the cells of a quarter, whichever kind of file it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from budget.sheets.problems import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a cell of the portal was found."""

    sheet: str
    row: int
    column: int


@dataclass(slots=True)
class Unmatched:
    """A row of a foreign sheet that no row of the portal answers to."""

    row: int
    code: str
    name: str
    why: str


@dataclass(slots=True)
class Sent:
    """`texts`: what the file wants in each cell, by the form's name of the cell; `seen`: what the cell showed
    when the file was downloaded (a foreign sheet knows none); `places`: where it stands. `problems` are
    mendable, one a cell; `notices` only inform."""

    texts: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)

    def put(self, name: str, text: str, place: Place) -> None:
        self.texts[name] = text
        self.places[name] = place

    def fault(self, place: Place, message: str, mend: str) -> None:
        self.problems.append(Problem(message, mend, place.sheet, place.row, place.column))
