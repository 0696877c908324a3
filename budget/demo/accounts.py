"""The demo's accounts, one a role and an operator a unit. Offices and roles only, never persons."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from sakip.models import Agency, Membership, Role, Unit, UnitKind, User


@dataclass(frozen=True, slots=True)
class Account:
    """Who logs in: `unit` for roles of a unit, otherwise the role is the agency's or the government's."""

    username: str
    office: str
    role: Role
    unit: Unit | None = None

    @property
    def place(self) -> str:
        return self.unit.name if self.unit else ""


def accounts_of(agency: Agency) -> tuple[Account, ...]:
    """The accounts of an agency's demo, the units first."""
    return (*_of_units(agency), *_of_agency(agency))


def _of_units(agency: Agency) -> Iterator[Account]:
    for unit in agency.units.order_by("sort_order"):
        is_office = unit.kind == UnitKind.OFFICE
        short = "kantor" if is_office else unit.slug
        head = "sekretaris" if is_office else "lurah"
        title = "Sekretaris Kecamatan" if is_office else unit.name.replace("Kelurahan", "Lurah")
        yield Account(f"operator.{short}", f"Operator {unit.name}", Role.OPERATOR, unit)
        yield Account(f"{head}.{short}", title, Role.UNIT_HEAD, unit)


def _of_agency(agency: Agency) -> Iterator[Account]:
    yield Account("perencana", "Kepala Sub Bagian Perencanaan Program dan Keuangan", Role.PLANNER)
    yield Account("camat", f"{agency.head_title} {agency.name.removeprefix('Kecamatan ')}", Role.HEAD)
    yield Account("evaluator", "Evaluator Inspektorat", Role.EVALUATOR)
    yield Account("admin", f"Admin {agency.name}", Role.ADMIN)
    yield Account("pengawas", f"Pengawas {agency.government.place}", Role.CITY)


def open_accounts(agency: Agency, accounts: tuple[Account, ...], password: str) -> dict[str, User]:
    """Every account's user, made where there is none; one that exists keeps its password and roles."""
    known = User.objects.in_bulk([account.username for account in accounts], field_name="username")
    missing = [account for account in accounts if account.username not in known]
    if missing:
        # One hash for all: the password is the same and printed, and a hash takes half a second.
        hashed = make_password(password)
        known |= {account.username: _open(agency, account, hashed) for account in missing}
    return known


def _open(agency: Agency, account: Account, hashed: str) -> User:
    user = User.objects.create(
        username=account.username,
        email=f"{account.username}@contoh.invalid",
        first_name=account.office,
        title=account.office,
        password=hashed,
        is_staff=account.role == Role.ADMIN,
    )
    is_city = account.role == Role.CITY
    Membership.objects.create(
        user=user,
        role=account.role,
        government=agency.government if is_city else None,
        agency=None if is_city else agency,
        unit=account.unit,
    )
    return user
