"""The history: every change of every figure, chained by hash per unit (or agency), never edited."""

import hashlib
import json
from datetime import UTC

from django.conf import settings
from django.db import models

from sakip.models.base import one_of
from sakip.models.organisation import Agency, Unit


class HistoryAction(models.TextChoices):
    CREATE = "create", "dibuat"
    UPDATE = "update", "diubah"
    DELETE = "delete", "dihapus"
    TRANSITION = "transition", "berpindah status"
    IMPORT = "import", "diimpor"


class HistoryIsFinalError(Exception):
    """Somebody tried to change or delete a written line of the history."""


class HistoryEntry(models.Model):
    """One change of one field. `hash` covers the entry and the hash before it in the same chain."""

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="history",
        verbose_name="perangkat daerah",
        help_text="Kosong untuk data rujukan bersama.",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="history", verbose_name="unit kerja"
    )
    chain = models.CharField("rantai", max_length=40)
    sequence = models.PositiveBigIntegerField("urutan")
    at = models.DateTimeField("pada")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="oleh"
    )
    action = models.CharField("tindakan", max_length=12, choices=HistoryAction)
    model = models.CharField("jenis data", max_length=60)
    object_id = models.PositiveBigIntegerField("nomor")
    label = models.CharField("baris", max_length=300)
    field = models.CharField("kolom", max_length=60, blank=True)
    old = models.TextField("semula", blank=True)
    new = models.TextField("menjadi", blank=True)
    reason = models.TextField("alasan", blank=True)
    previous_hash = models.CharField("sidik sebelumnya", max_length=64, blank=True)
    hash = models.CharField("sidik", max_length=64)

    class Meta:
        verbose_name = "riwayat"
        verbose_name_plural = "riwayat"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["model", "object_id"], name="sakip_history_object")]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="sakip_historyentry_unique_sequence"),
            one_of("action", HistoryAction, "sakip_historyentry_action_known"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.field}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise HistoryIsFinalError("Riwayat tidak dapat diubah.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise HistoryIsFinalError("Riwayat tidak dapat dihapus.")

    def content_hash(self) -> str:
        """SHA-256 over the line's content and the hash before it; the same on every machine."""
        content = [
            self.chain,
            self.sequence,
            self.at.astimezone(UTC).isoformat(),
            self.by_id,
            self.action,
            self.model,
            self.object_id,
            self.label,
            self.field,
            self.old,
            self.new,
            self.reason,
            self.previous_hash,
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
