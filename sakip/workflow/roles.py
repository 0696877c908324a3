"""Which roles a user holds today, and where: what `permissions.py` answers from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from sakip.models import Agency, Membership, Role, User


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds today, and where."""

    role: Role
    government: int | None
    agency: int | None
    unit: int | None
    unit_name: str = ""


def roles_of(user: User) -> tuple[Held, ...]:
    """The roles held today, read once per request (a request has its own user object)."""
    held: tuple[Held, ...] | None = getattr(user, "_roles_held", None)
    return _read_roles(user) if held is None else held


def _read_roles(user: User) -> tuple[Held, ...]:
    if not user.is_authenticated or not user.is_active:
        return ()
    memberships: QuerySet[Membership] = user.current_memberships().order_by("pk")
    return remember_roles(
        user, memberships.values_list("role", "government_id", "agency_id", "unit_id", "unit__name")
    )


def remember_roles(
    user: User, rows: Iterable[tuple[str, int | None, int | None, int | None, str | None]]
) -> tuple[Held, ...]:
    """Keep what was read of the roles (role, government, agency, unit and its name) with the user."""
    held = tuple(
        Held(Role(role), government, agency, unit, name or "")
        for role, government, agency, unit, name in rows
    )
    user._roles_held = held  # type: ignore[attr-defined]
    return held


def sees_everything(user: User) -> bool:
    """The superuser, who sets up the portal, reads all. Filling in needs a role."""
    return bool(user.is_active and user.is_superuser)


def roles_in_order(user: User, agency: Agency) -> list[Held]:
    """What a user holds in an agency, one of its units, or its whole government."""
    return [
        held
        for held in roles_of(user)
        if held.agency == agency.pk or (held.agency is None and held.government == agency.government_id)
    ]


def roles_in(user: User, agency: Agency) -> frozenset[Role]:
    return frozenset(held.role for held in roles_in_order(user, agency))


def units_of(user: User, agency: Agency) -> frozenset[int]:
    """Keys of the units in which a user holds a role of a unit."""
    return frozenset(
        held.unit for held in roles_of(user) if held.unit is not None and held.agency == agency.pk
    )
