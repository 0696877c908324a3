"""Locks the quarters whose window for review has ended; a timer calls it once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from budget.actions.workflow import lock_ended


class Command(BaseCommand):
    help = "Mengunci triwulan yang sudah disahkan dan jendela pemeriksaannya telah berakhir."

    def handle(self, *args, **options) -> None:
        for moved in lock_ended(at=timezone.now()):
            self.stdout.write(f"Dikunci: {moved.transition.unit_quarter}")
