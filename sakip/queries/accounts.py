"""The accounts and roles that an administrator keeps, and what of them wants mending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Cast
from django_otp.plugins.otp_totp.models import TOTPDevice

from sakip.models import Agency, HistoryAction, HistoryEntry, Membership, Role, Unit, User
from sakip.queries.people import Person
from sakip.workflow.permissions import GUARDED, grantable_roles, managed_agencies

# So long before its end a role is worth a look.
SOON = timedelta(days=30)
OF_UNITS = (Role.OPERATOR, Role.UNIT_HEAD)
OF_AGENCY = (Role.PLANNER, Role.HEAD)


def accounts_of(user: User) -> QuerySet[User]:
    """The accounts that an administrator keeps: those whose roles are all of their agencies and theirs to
    grant, and those without any that came from their agencies."""
    if user.is_superuser:
        return User.objects.all()
    mine = managed_agencies(user)
    roles = Membership.objects.filter(user=OuterRef("pk"))
    others = roles.exclude(agency__in=mine) | roles.exclude(role__in=grantable_roles(user))
    theirs = Exists(roles) | _opened(mine) | _let_go(mine)
    return User.objects.filter(theirs, ~Exists(others), is_superuser=False)


def _opened(agencies: QuerySet[Agency]) -> Exists:
    """The history names who opened an account: an administrator of one of the agencies."""
    openers = Membership.objects.filter(role=Role.ADMIN, agency__in=agencies).values("user")
    lines = HistoryEntry.objects.filter(model="sakip.user", action=HistoryAction.CREATE, by__in=openers)
    return Exists(lines.filter(object_id=OuterRef("pk")))


def _let_go(agencies: QuerySet[Agency]) -> Exists:
    """The history also keeps whose role of the agencies was taken away."""
    lines = HistoryEntry.objects.filter(
        model="sakip.membership", action=HistoryAction.DELETE, field="user", agency__in=agencies
    )
    return Exists(lines.filter(old=Cast(OuterRef("pk"), CharField())))


@dataclass(frozen=True, slots=True)
class Account:
    """An account in use with the roles it holds today or will hold, and the one that ended last."""

    user: User
    held: tuple[Membership, ...]
    ended: Membership | None
    has_second_factor: bool

    @property
    def lacks_role(self) -> bool:
        return not self.held

    @property
    def lacks_second_factor(self) -> bool:
        """Where a role decides or keeps accounts."""
        return not self.has_second_factor and any(row.role in GUARDED for row in self.held)


def kept_accounts(by: User, agency: Agency, on: date) -> list[Account]:
    """The accounts in use that `by` keeps, with a role of the agency now or once, or with none at all; two
    queries."""
    rows = accounts_of(by).filter(is_active=True, is_superuser=False)
    rows = rows.filter(
        Exists(Membership.objects.filter(user=OuterRef("pk"), agency=agency))
        | ~Exists(Membership.objects.filter(user=OuterRef("pk")))
    )
    having = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    held = Membership.objects.select_related("unit").order_by("valid_until", "pk")
    rows = rows.annotate(has_code=Exists(having)).prefetch_related(Prefetch("memberships", held))
    return [_account(user, on) for user in rows.order_by("first_name", "username")]


def _account(user: User, on: date) -> Account:
    """Its roles come by their last day."""
    rows = list(user.memberships.all())
    over = [row for row in rows if row.valid_until is not None and row.valid_until < on]
    held = tuple(row for row in rows if row not in over)
    return Account(user, held, over[-1] if over else None, user.has_code)  # type: ignore[attr-defined]


def ending_roles(agency: Agency, on: date) -> list[Membership]:
    """The roles of the agency that end soon, the next first; one query."""
    rows = Membership.objects.current(on).filter(agency=agency, user__is_active=True)
    rows = rows.filter(valid_until__lte=on + SOON).select_related("user", "unit")
    return list(rows.order_by("valid_until", "pk"))


def vacant_roles(units: Sequence[Unit], people: Iterable[Person]) -> list[tuple[Unit | None, Role]]:
    """The roles without which work stands still and that nobody holds: of the agency (None), then unit by
    unit."""
    held = {(person.unit, person.role) for person in people}
    wanted: list[tuple[Unit | None, Role]] = [(None, role) for role in OF_AGENCY]
    wanted += [(unit, role) for unit in units for role in OF_UNITS]
    return [(unit, role) for unit, role in wanted if (unit.pk if unit else None, role) not in held]
