"""Says whether the history is whole; the exit status is 1 when a chain is broken."""

from django.core.management.base import BaseCommand, CommandError

from sakip.models import HistoryEntry
from sakip.queries.history import broken_links


class Command(BaseCommand):
    help = "Memeriksa rantai riwayat: baris yang hilang, disisipkan atau diubah disebut."

    def handle(self, *args, **options) -> None:
        found = list(broken_links())
        for link in found:
            self.stderr.write(f"{link.chain} baris {link.sequence}: {link.reason}")
        if found:
            raise CommandError(f"{len(found)} rantai riwayat rusak.")
        chains = HistoryEntry.objects.values("chain").distinct().count()
        self.stdout.write(f"Riwayat utuh: {HistoryEntry.objects.count()} baris dalam {chains} rantai.")
