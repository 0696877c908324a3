"""Who holds a role in an agency today, by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sakip.models import Agency, Membership, Role


class Person(NamedTuple):
    """A role held in an agency: by whom, and in which unit where it is a unit's."""

    user: int
    name: str
    role: str
    unit: int | None


def people_of(agency: Agency, on: date) -> tuple[Person, ...]:
    """Everybody with a role of the agency or of one of its units on a day; one query."""
    held = Membership.objects.current(on).filter(agency=agency, user__is_active=True).order_by("pk")
    rows = held.values_list(
        "user_id", "user__first_name", "user__last_name", "user__username", "role", "unit_id"
    )
    return tuple(
        Person(user, f"{first} {last}".strip() or username, role, unit)
        for user, first, last, username, role, unit in rows
    )


def unit_heads(people: Iterable[Person]) -> dict[int, str]:
    """By unit, the names of those who hold the role of penanggung jawab."""
    found: dict[int, str] = {}
    for person in people:
        if person.role == Role.UNIT_HEAD and person.unit is not None:
            known = found.get(person.unit)
            found[person.unit] = f"{known}, {person.name}" if known else person.name
    return found


@dataclass(frozen=True, slots=True)
class Holders:
    """The names of those who hold a role of the whole agency; empty where nobody does."""

    names: Mapping[Role, str] = field(default_factory=dict)

    def who(self, role: Role, title: str = "") -> str:
        """Their names, else the role's title."""
        return self.names.get(role) or title or role.label


def holders(agencies: Sequence[Agency], roles: Sequence[Role], on: date) -> dict[int, Holders]:
    """Of each agency, by its key; one query."""
    held = Membership.objects.current(on).filter(agency__in=agencies, role__in=roles, user__is_active=True)
    names: dict[int, dict[Role, list[str]]] = {agency.pk: {} for agency in agencies}
    for row in held.select_related("user").order_by("pk"):
        assert row.agency_id is not None
        names[row.agency_id].setdefault(Role(row.role), []).append(str(row.user))
    return {
        key: Holders({role: ", ".join(people) for role, people in found.items()})
        for key, found in names.items()
    }
