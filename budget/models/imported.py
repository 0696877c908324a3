"""Printed or outside forms whose lines were taken over as they stand."""

from django.db import models

from budget.models.lines import BudgetLine
from sakip.models import Agency, Confidence, NodeLevel, ProgrammeNode, Unit
from sakip.models.base import YEAR_VALIDATORS, number_field, one_of, rupiah_field


class ImportedForm(models.Model):
    """A printed or outside form whose lines were taken over as they stand."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="imported_forms", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    key = models.CharField("kunci", max_length=40, help_text="Misalnya e81.")
    title = models.CharField("judul", max_length=200)
    source = models.CharField("sumber", max_length=200, blank=True)

    class Meta:
        verbose_name = "formulir terimpor"
        verbose_name_plural = "formulir terimpor"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "key"], name="budget_importedform_unique_key")
        ]

    def __str__(self) -> str:
        return self.title


class FormLevel(models.TextChoices):
    AGENCY = "perangkat_daerah", "Perangkat daerah"
    PROGRAMME = NodeLevel.PROGRAMME.value, "Program"
    ACTIVITY = NodeLevel.ACTIVITY.value, "Kegiatan"
    SUB_ACTIVITY = NodeLevel.SUB_ACTIVITY.value, "Sub kegiatan"


class ImportedLine(models.Model):
    """One printed line of an E.81 form: duplicates, gaps and doubts included. Empty means not printed or not
    readable, never zero. `declared_k_pct` is the percentage of the indicator line where target or realisation
    cannot be read; `derived_total_rp` is worked out from other lines and marked wherever it is shown."""

    form = models.ForeignKey(ImportedForm, models.CASCADE, related_name="lines", verbose_name="formulir")
    number = models.PositiveSmallIntegerField("nomor baris")
    level = models.CharField("tingkat", max_length=20, choices=FormLevel)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="imported_lines", verbose_name="unit kerja"
    )
    node = models.ForeignKey(
        ProgrammeNode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="imported_lines",
        verbose_name="simpul program",
    )
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="imported_lines",
        verbose_name="baris anggaran",
    )
    name = models.CharField("nama tercetak", max_length=400)
    indicator_name = models.CharField("indikator", max_length=400, blank=True)
    target = number_field(verbose_name="target K")
    target_unit = models.CharField("satuan", max_length=40, blank=True)
    ceiling_rp = rupiah_field(verbose_name="pagu tercetak", null=True, blank=True)
    fund_source = models.CharField("sumber dana", max_length=20, blank=True)
    k_q1 = number_field(verbose_name="K TW I")
    k_q2 = number_field(verbose_name="K TW II")
    k_q3 = number_field(verbose_name="K TW III")
    k_q4 = number_field(verbose_name="K TW IV")
    k_total = number_field(verbose_name="K setahun")
    rp_q1 = rupiah_field(verbose_name="Rp TW I", null=True, blank=True)
    rp_q2 = rupiah_field(verbose_name="Rp TW II", null=True, blank=True)
    rp_q3 = rupiah_field(verbose_name="Rp TW III", null=True, blank=True)
    rp_q4 = rupiah_field(verbose_name="Rp TW IV", null=True, blank=True)
    rp_total = rupiah_field(verbose_name="Rp setahun", null=True, blank=True)
    derived_total_rp = rupiah_field(verbose_name="Rp setahun (turunan)", null=True, blank=True)
    plan_to_date_rp = rupiah_field(verbose_name="Rp Renstra s.d. tahun ini", null=True, blank=True)
    printed_k_pct = number_field(verbose_name="K tercetak (%)")
    declared_k_pct = number_field(verbose_name="K baris indikator (%)")
    printed_rp_pct = number_field(verbose_name="Rp tercetak (%)")
    confidence = models.CharField("keyakinan baca", max_length=6, choices=Confidence, blank=True)
    source_lines = models.CharField("baris sumber", max_length=60, blank=True)
    note = models.TextField("catatan", blank=True)

    class Meta:
        verbose_name = "baris formulir terimpor"
        verbose_name_plural = "baris formulir terimpor"
        ordering = ["form", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="budget_importedline_unique_number"),
            one_of("level", FormLevel, "budget_importedline_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class ImportedMean(models.Model):
    """A printed mean row of the form, kept to be compared with ours."""

    form = models.ForeignKey(ImportedForm, models.CASCADE, related_name="means", verbose_name="formulir")
    node = models.ForeignKey(
        ProgrammeNode, models.PROTECT, related_name="imported_means", verbose_name="simpul program"
    )
    k_pct = number_field(verbose_name="rata-rata K (%)")
    rp_pct = number_field(verbose_name="rata-rata Rp (%)")
    k_predicate = models.CharField("predikat K", max_length=4, blank=True)
    rp_predicate = models.CharField("predikat Rp", max_length=4, blank=True)
    note = models.TextField("catatan", blank=True)

    class Meta:
        verbose_name = "rata-rata tercetak"
        verbose_name_plural = "rata-rata tercetak"
        constraints = [
            models.UniqueConstraint(fields=["form", "node"], name="budget_importedmean_unique_node")
        ]

    def __str__(self) -> str:
        return f"{self.node}"
