"""Writes an empty data pack to start from, or brings the tables of docs/data-pack.md up to date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from budget.packs import AGENCY_PACK
from sakip.packs.describing import described, with_files, write_empty_pack

DOCUMENT = settings.BASE_DIR / "docs" / "data-pack.md"
EXAMPLE = settings.BASE_DIR / "fixtures" / "palaran_2025"


class Command(BaseCommand):
    help = "Membuat paket data kosong, atau memperbarui tabel pada docs/data-pack.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        empty = tasks.add_parser("empty", help="paket kosong: setiap berkas dengan baris judulnya")
        empty.add_argument("folder", type=Path)
        tasks.add_parser("document", help="perbarui docs/data-pack.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["task"] == "empty":
            count = write_empty_pack(options["folder"], AGENCY_PACK)
            self.stdout.write(f"{options['folder']}: {count} berkas.")
            return
        document = with_files(DOCUMENT.read_text(encoding="utf-8"), described(AGENCY_PACK, EXAMPLE))
        DOCUMENT.write_text(document, encoding="utf-8")
        self.stdout.write(f"{DOCUMENT.name} diperbarui.")
