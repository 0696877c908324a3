"""Mails that wait to be sent, written in the same transaction as the event that they tell of."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sakip.models.organisation import Agency


class OutgoingMail(models.Model):
    """One mail to one person. `key` names event and person, so that nothing is written twice; `claimed_at` is
    set by the sender that is about to hand it over, so that two senders do not both do it."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="outgoing_mails", verbose_name="perangkat daerah"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="outgoing_mails", verbose_name="penerima"
    )
    key = models.CharField("kunci", max_length=120, unique=True)
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    path = models.CharField("alamat halaman", max_length=200, blank=True)
    created_at = models.DateTimeField("ditulis pada")
    claimed_at = models.DateTimeField("diambil pada", null=True, blank=True)
    sent_at = models.DateTimeField("dikirim pada", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    error = models.CharField("galat terakhir", max_length=300, blank=True)

    class Meta:
        verbose_name = "surel keluar"
        verbose_name_plural = "surel keluar"
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["created_at"], name="sakip_mail_waiting", condition=Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.subject
