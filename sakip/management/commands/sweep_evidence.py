"""Lists evidence files that no row names (removed evidence, interrupted uploads); --hapus deletes them."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sakip.actions.evidence import remove_unnamed, unnamed_files


class Command(BaseCommand):
    help = "Menampilkan berkas bukti yang tidak lagi dipakai; dengan --hapus, menghapusnya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hari", type=int, default=30, help="Hanya yang lebih tua dari sekian hari.")
        parser.add_argument("--hapus", action="store_true", help="Hapus, bukan hanya tampilkan.")

    def handle(self, *args, hari: int, hapus: bool, **options) -> None:
        before = timezone.now() - timedelta(days=hari)
        count = 0
        for path in unnamed_files(before):
            if not hapus or remove_unnamed(path, before):
                count += 1
                self.stdout.write(str(path))
        self.stdout.write(f"{count} berkas {'dihapus' if hapus else 'tidak dipakai'}.")
