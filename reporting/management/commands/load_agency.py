"""Loads the data pack of an agency (docs/data-pack.md): all of it, or nothing and a list of faults."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from budget.packs import AGENCY_PACK
from sakip.models import ReportingYear
from sakip.packs.faults import PackFaultsError
from sakip.packs.loading import Loaded, OnDifference, PackDiffersError, load_pack


class Command(BaseCommand):
    help = "Memuat paket data perangkat daerah dari sebuah folder berisi berkas CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--if-absent",
            action="store_true",
            help="lewati bila tahun-tahun paket itu sudah ada, sehingga isian tetap utuh",
        )
        parser.add_argument(
            "--replace", action="store_true", help="ganti nilai portal yang berbeda dengan nilai paket"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        if options["if_absent"] and is_loaded(folder):
            self.stdout.write(f"{folder}: data sudah ada di portal; dilewati.")
            return
        mode = OnDifference.REPLACE if options["replace"] else OnDifference.REFUSE
        try:
            done = load_pack(folder, AGENCY_PACK, at=timezone.now(), on_difference=mode)
        except PackFaultsError as error:
            raise CommandError(listed(error.faults, "kesalahan; tidak ada yang dimuat")) from error
        except PackDiffersError as error:
            headline = "nilai di portal berbeda dari paket; tidak ada yang dimuat (--replace menggantinya)"
            raise CommandError(listed(error.differences, headline)) from error
        self.stdout.write(self.summary(folder, done))

    def summary(self, folder: Path, done: Loaded) -> str:
        if done.is_unchanged:
            return f"{folder}: {done.same} baris sudah ada dan sama; tidak ada yang berubah."
        new = sum(done.created.values())
        return f"{folder}: {new} baris baru, {done.replaced} diganti, {done.same} sudah ada dan sama."


def listed(items: list, headline: str) -> str:
    return "\n".join([f"{len(items)} {headline}:", *(f"- {item}" for item in items)])


def is_loaded(folder: Path) -> bool:
    """Whether the portal knows the pack's agency with all its years. A faulty pack is not: it is then read
    in full, and says what is wrong."""
    try:
        slug = column(folder / "agency.csv", "slug")
        years = {int(year) for year in column(folder / "years.csv", "year")}
    except (OSError, ValueError, KeyError, csv.Error):
        return False
    known = ReportingYear.objects.filter(agency__slug__in=slug, year__in=years).values_list("year", flat=True)
    return bool(years) and years == set(known)


def column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name].strip() for row in csv.DictReader(file) if row[name]]
