"""Loads what every office shares: scoring policies, nomenclature, funding sources, national regulations."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from budget.packs import REFERENCE_PACK
from sakip.actions.history import changes_between, record
from sakip.models import HistoryAction, ScoringPolicy
from sakip.packs.faults import PackFaultsError
from sakip.packs.loading import OnDifference, load_pack

FOLDER = settings.BASE_DIR / "fixtures" / "reference"
# The rules of PermenPANRB 53/2014 reach back to the first report that follows it.
POLICIES = {"scoring_policy_2025.json": 2014}


class Command(BaseCommand):
    help = "Memuat data rujukan. Baris yang sudah diubah di portal dibiarkan, kecuali dengan --replace."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--replace", action="store_true", help="ganti baris yang berbeda")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        mode = OnDifference.REPLACE if options["replace"] else OnDifference.KEEP
        try:
            now = timezone.now()
            done = load_pack(FOLDER, REFERENCE_PACK, at=now, on_difference=mode)
            policies = sum(load_policy(FOLDER / name, year, mode, now) for name, year in POLICIES.items())
        except (PackFaultsError, ValueError) as error:
            raise CommandError(str(error)) from error
        new = sum(done.created.values()) + policies
        kept = f"{done.replaced} diganti, {done.kept} dibiarkan, {done.same} sama"
        self.stdout.write(f"Data rujukan: {new} baris baru, {kept}.")


def load_policy(path: Path, valid_from: int, mode: OnDifference, at: datetime) -> int:
    """The common policy of a file; how many rows were created. ValueError names a faulty rule."""
    rules = json.loads(path.read_text(encoding="utf-8"))
    policy = ScoringPolicy(name=rules.get("name", path.stem), valid_from=valid_from, rules=rules)
    policy.as_policy()
    common = ScoringPolicy.objects.filter(government__isnull=True, valid_from=valid_from).first()
    if common is None:
        policy.save()
        return 1
    if mode is OnDifference.REPLACE:
        _replace(common, policy, at)
    return 0


def _replace(common: ScoringPolicy, policy: ScoringPolicy, at: datetime) -> None:
    changes = changes_between(
        {"name": common.name, "rules": common.rules}, {"name": policy.name, "rules": policy.rules}
    )
    common.name, common.rules = policy.name, policy.rules
    common.save()
    record(
        agency=None,
        unit=None,
        subject=common,
        action=HistoryAction.UPDATE,
        changes=changes,
        by=None,
        at=at,
        reason="Data rujukan dimuat.",
    )
