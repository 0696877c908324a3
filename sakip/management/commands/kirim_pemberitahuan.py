"""Writes the reminders that are due and sends every mail that waits; a timer calls it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sakip.actions.notifications import send_waiting, tell_deadlines


class Command(BaseCommand):
    help = "Menulis pengingat tenggat dan mengirim surel yang menunggu. Jalankan dari pewaktu."

    def handle(self, *args, **options) -> None:
        reminders = tell_deadlines(at=timezone.now())
        sent, failed = send_waiting(at=timezone.now())
        self.stdout.write(f"Pengingat ditulis: {reminders}. Terkirim: {sent}. Gagal: {failed}.")
        if failed:
            raise CommandError(f"{failed} surel belum terkirim dan akan dicoba lagi.")
