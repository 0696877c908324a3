"""A row of the table of access: one address asked in one way, and what each persona gets."""

from dataclasses import dataclass, field

from tests.world import YEAR

PERSONAS = (
    "operator",
    "colleague",
    "unit_head",
    "planner",
    "head",
    "evaluator",
    "admin",
    "city",
    "superuser",
    "roleless",
    "stranger",
    "anonymous",
)
OF_AGENCY = frozenset(PERSONAS) - {"stranger", "anonymous", "roleless"}
FILLING_IN = frozenset({"operator", "unit_head", "planner"})
SUBMITTING = frozenset({"operator", "unit_head"})
ACTING = frozenset({"operator", "unit_head", "planner", "head"})
PLANNING = frozenset({"planner"})
ISSUING = frozenset({"planner", "head"})
WINDOWS = frozenset({"planner", "admin"})
MANAGING = frozenset({"admin", "superuser"})
OK, MOVED, FORBIDDEN, MISSING, WRONG_METHOD, NOT_UNDERSTOOD = 200, 302, 403, 404, 405, 422

Place = dict[str, object]
YEARLY: Place = {"agency": "contoh", "year": YEAR}
EMPTY_YEAR: Place = {"agency": "contoh", "year": 2031}


@dataclass(frozen=True)
class Row:
    """One address asked in one way. `allowed` get `answer`; of the agency's other people each gets `refused`;
    strangers get a 404 and anonymous visitors the log-in, unless `everybody` says what all get."""

    name: str
    method: str = "get"
    answer: int = OK
    allowed: frozenset[str] = OF_AGENCY
    refused: int = FORBIDDEN
    place: Place = field(default_factory=dict)
    state: str = "open"
    everybody: dict[str, int] | None = None

    def expected(self, persona: str) -> int:
        if self.everybody is not None:
            return self.everybody.get(persona, self.answer)
        if persona == "anonymous":
            return MOVED
        if self.answer == WRONG_METHOD:
            return WRONG_METHOD
        if persona not in OF_AGENCY:
            return MISSING
        return self.answer if persona in self.allowed else self.refused

    def __str__(self) -> str:
        place = "-".join(str(value) for value in self.place.values())
        return f"{self.method} {self.name} {place} {self.state}".replace("  ", " ")
