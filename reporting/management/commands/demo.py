"""Opens the demo: accounts one a role, and the year 2026 with sample figures. What was entered stays."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from budget.demo.accounts import Account, accounts_of, open_accounts
from budget.demo.entries import People, fill_year
from budget.demo.year import open_year
from budget.models import BudgetVersion
from reporting.lke.demo import fill_worksheet
from reporting.meetings.demo import hold_meetings
from sakip.models import Agency, ReportingYear, Role, User

PASSWORD = "Contoh-2026!"  # noqa: S105 (printed on purpose; the demo holds no secrets)
YEAR = 2026


class Command(BaseCommand):
    help = "Membuka akun contoh dan tahun 2026 berisi data contoh. Yang sudah diisi tidak diubah."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", default="palaran", help="kode alamat perangkat daerah")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        agency = Agency.objects.select_related("government").filter(slug=options["agency"]).first()
        if agency is None or BudgetVersion.objects.latest_of(agency, YEAR - 1) is None:
            raise CommandError(f"Muat dahulu data {YEAR - 1}: manage.py load_agency fixtures/palaran_2025")
        accounts = accounts_of(agency)
        users = open_accounts(agency, accounts, PASSWORD)
        if not ReportingYear.objects.filter(agency=agency, year=YEAR).exists():
            opened = open_year(agency, YEAR, timezone.localdate())
            staff = people(accounts, users)
            fill_year(agency, opened, staff, timezone.now())
            hold_meetings(agency, YEAR, staff.planner, staff.operators)
            evaluator = next(a.username for a in accounts if a.role == Role.EVALUATOR)
            fill_worksheet(agency, YEAR, staff.planner, users[evaluator])
        self.stdout.write(table_of(accounts))


def people(accounts: tuple[Account, ...], users: dict[str, User]) -> People:
    by_role = {account.role: users[account.username] for account in accounts}
    operators = {
        account.unit.pk: users[account.username]
        for account in accounts
        if account.unit is not None and account.role == Role.OPERATOR
    }
    return People(operators, by_role[Role.PLANNER], by_role[Role.HEAD])


def table_of(accounts: tuple[Account, ...]) -> str:
    """The accounts as lines of text, for the terminal."""
    width = max(len(account.username) for account in accounts)
    roles = max(len(account.role.label) for account in accounts)
    lines = [f"Akun contoh (kata sandi: {PASSWORD})"]
    lines += [
        f"  {account.username:<{width}}  {account.role.label:<{roles}}  {account.place}".rstrip()
        for account in accounts
    ]
    return "\n".join(lines)
