"""Workbooks on their way in: an upload that waits to be applied, and how an office's own sheets are read."""

from django.conf import settings
from django.db import models

from sakip.models import Agency, UnitQuarter


class ColumnMapping(models.Model):
    """Which columns of an office's own sheet hold what, kept by the sheet's heading row. `columns` gives the
    place (from 0) of each field that the sheet has: code, name, amount, physical, value."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="column_mappings", verbose_name="perangkat daerah"
    )
    header_key = models.CharField("sidik kepala tabel", max_length=64)
    header_row = models.PositiveSmallIntegerField("baris kepala tabel")
    columns = models.JSONField("kolom", default=dict)
    updated_at = models.DateTimeField("diubah")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diubah oleh"
    )

    class Meta:
        verbose_name = "pemetaan kolom"
        verbose_name_plural = "pemetaan kolom"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "header_key"], name="budget_columnmapping_unique_header"
            ),
            models.CheckConstraint(
                condition=models.Q(header_row__gte=1), name="budget_columnmapping_row_from_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: baris {self.header_row}"


class SheetUpload(models.Model):
    """A workbook that somebody sent for a unit's quarter and has not applied yet: the file as it came, one a
    person and quarter. It changes no figure. `mapping` and `sheet` are set once a foreign sheet's columns
    are known."""

    unit_quarter = models.ForeignKey(
        UnitQuarter, models.CASCADE, related_name="sheet_uploads", verbose_name="triwulan unit"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sheet_uploads", verbose_name="oleh"
    )
    at = models.DateTimeField("pada")
    name = models.CharField("nama berkas", max_length=200)
    content = models.BinaryField("isi")
    mapping = models.ForeignKey(
        ColumnMapping, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="pemetaan"
    )
    sheet = models.CharField("lembar", max_length=100, blank=True)

    class Meta:
        verbose_name = "unggahan lembar kerja"
        verbose_name_plural = "unggahan lembar kerja"
        constraints = [
            models.UniqueConstraint(fields=["unit_quarter", "by"], name="budget_sheetupload_unique_writer")
        ]

    def __str__(self) -> str:
        return self.name
