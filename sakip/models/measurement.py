"""The hinge of performance and money: the year, the unit's quarter, and what is measured in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sakip.models.base import (
    YEAR_VALIDATORS,
    RowState,
    measured,
    not_after,
    number_field,
    one_of,
    state_field,
    value_matches_state,
)
from sakip.models.indicator import EvidenceKind, Indicator
from sakip.models.organisation import Agency, Unit
from sakip.scoring.quarters import ROMAN
from sakip.scoring.values import Measured


class ReportingYear(models.Model):
    """A year of an agency: whether its figures are sample data, the number and date of its report, and the
    last day on which the report is on time."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="reporting_years", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    is_sample = models.BooleanField("data contoh", default=False)
    report_number = models.CharField("nomor laporan", max_length=60, blank=True)
    report_date = models.DateField("tanggal laporan", null=True, blank=True)
    measured_on = models.DateField("tanggal pengukuran", null=True, blank=True)
    reviewed_on = models.DateField("tanggal reviu", null=True, blank=True)
    report_due = models.DateField("batas penyampaian LKjIP", null=True, blank=True)

    class Meta:
        verbose_name = "tahun pelaporan"
        verbose_name_plural = "tahun pelaporan"
        ordering = ["agency", "year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="sakip_reportingyear_unique_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


class UnitQuarterQuerySet(models.QuerySet["UnitQuarter"]):
    def for_agency(self, agency) -> "UnitQuarterQuerySet":
        return self.filter(unit__agency=agency)

    def in_year(self, year: int) -> "UnitQuarterQuerySet":
        return self.filter(year=year)


class UnitQuarter(models.Model):
    """A unit's quarter: its window, its workflow state and its lock. Measurements and budget realisations
    both hang on it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="quarters", verbose_name="unit kerja")
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    quarter = models.PositiveSmallIntegerField("triwulan")
    entry_opens = models.DateField("pengisian dibuka", null=True, blank=True)
    entry_closes = models.DateField("pengisian ditutup", null=True, blank=True)
    review_closes = models.DateField("pemeriksaan ditutup", null=True, blank=True)
    state = models.CharField("status", max_length=12, choices=RowState, default=RowState.DRAFT)
    lock_reason = models.CharField("alasan dikunci", max_length=200, blank=True)
    version = models.PositiveIntegerField("versi", default=0)

    objects = UnitQuarterQuerySet.as_manager()

    class Meta:
        verbose_name = "triwulan unit"
        verbose_name_plural = "triwulan unit"
        ordering = ["unit", "year", "quarter"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "quarter"], name="sakip_unitquarter_unique"),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)), name="sakip_unitquarter_quarter_1_to_4"
            ),
            not_after("entry_opens", "entry_closes", "sakip_unitquarter_window_in_order"),
            not_after("entry_closes", "review_closes", "sakip_unitquarter_review_after_entry"),
            one_of("state", RowState, "sakip_unitquarter_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} TW {self.roman} {self.year}"

    @property
    def roman(self) -> str:
        return ROMAN[self.quarter - 1]


class QuarterException(models.Model):
    """Leave for a unit to fill in after its window, with a reason and an end."""

    unit_quarter = models.ForeignKey(
        UnitQuarter, models.CASCADE, related_name="exceptions", verbose_name="triwulan unit"
    )
    reason = models.TextField("alasan")
    valid_until = models.DateField("berlaku sampai")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diberikan oleh"
    )
    granted_at = models.DateTimeField("diberikan pada")

    class Meta:
        verbose_name = "perpanjangan pengisian"
        verbose_name_plural = "perpanjangan pengisian"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sakip_quarterexception_needs_reason")
        ]

    def __str__(self) -> str:
        return f"{self.unit_quarter} s.d. {self.valid_until}"


class EvidenceFile(models.Model):
    """A stored file, once per agency and content. Served only through a view that checks who asks."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="evidence_files", verbose_name="perangkat daerah"
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField("berkas", upload_to="bukti/%Y/%m/")
    content_type = models.CharField("jenis isi", max_length=100)
    size = models.PositiveBigIntegerField("ukuran (bita)")

    class Meta:
        verbose_name = "berkas bukti"
        verbose_name_plural = "berkas bukti"
        constraints = [
            models.UniqueConstraint(fields=["agency", "sha256"], name="sakip_evidencefile_unique_content")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(models.Model):
    """A proof: a file or a link, of one unit's quarter or (without it) of the agency as a whole."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="evidence", verbose_name="perangkat daerah"
    )
    unit_quarter = models.ForeignKey(
        UnitQuarter,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name="triwulan unit",
    )
    kind = models.CharField("jenis", max_length=20, choices=EvidenceKind)
    name = models.CharField("nama", max_length=200)
    description = models.TextField("keterangan", blank=True)
    dated = models.DateField("tanggal bukti", null=True, blank=True)
    stored_file = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, blank=True, related_name="uses", verbose_name="berkas"
    )
    link = models.URLField("tautan", max_length=500, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="oleh"
    )
    added_at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "bukti dukung"
        verbose_name_plural = "bukti dukung"
        constraints = [
            models.CheckConstraint(
                condition=Q(stored_file__isnull=False, link="") | (Q(stored_file__isnull=True) & ~Q(link="")),
                name="sakip_evidence_file_or_link",
            ),
            one_of("kind", EvidenceKind, "sakip_evidence_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class QuarterRow(models.Model):
    """What a row of a quarter carries beside its values. `version` rises with every write, so that the
    second of two writers notices the first."""

    # Each kind of row points to it under a related name of its own.
    unit_quarter: models.ForeignKey[UnitQuarter]
    state = models.CharField("status", max_length=12, choices=RowState, default=RowState.DRAFT)
    obstacle = models.TextField("kendala", blank=True)
    solution = models.TextField("solusi", blank=True)
    version = models.PositiveIntegerField("versi", default=0)
    updated_at = models.DateTimeField("diubah", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diubah oleh",
    )
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="%(class)s_rows", verbose_name="bukti dukung"
    )

    class Meta:
        abstract = True


class Measurement(QuarterRow):
    """The realisation of an indicator in a unit's quarter."""

    unit_quarter = models.ForeignKey(
        UnitQuarter, models.CASCADE, related_name="measurements", verbose_name="triwulan unit"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="measurements", verbose_name="indikator"
    )
    value_state = state_field(verbose_name="status nilai")
    value = number_field(verbose_name="realisasi")

    class Meta:
        verbose_name = "realisasi indikator"
        verbose_name_plural = "realisasi indikator"
        ordering = ["unit_quarter", "indicator__sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["unit_quarter", "indicator"], name="sakip_measurement_unique"),
            value_matches_state("value_state", "value", "sakip_measurement_value_matches_state"),
            one_of("state", RowState, "sakip_measurement_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_quarter}"

    @property
    def measured(self) -> Measured:
        return measured(self.value_state, self.value)


class RowKind(models.TextChoices):
    QUARTER = "quarter", "Triwulan"
    MEASUREMENT = "measurement", "Realisasi indikator"
    REALISATION = "realisation", "Realisasi anggaran"


class Transition(models.Model):
    """One step of the workflow of a row or of the whole quarter: who, when, why."""

    unit_quarter = models.ForeignKey(
        UnitQuarter, models.CASCADE, related_name="transitions", verbose_name="triwulan unit"
    )
    row_kind = models.CharField("baris", max_length=12, choices=RowKind)
    row_id = models.PositiveBigIntegerField("nomor baris", null=True, blank=True)
    from_state = models.CharField("dari", max_length=12, choices=RowState)
    to_state = models.CharField("menjadi", max_length=12, choices=RowState)
    reason = models.TextField("alasan", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "perpindahan status"
        verbose_name_plural = "perpindahan status"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_state=RowState.RETURNED) | ~Q(reason=""),
                name="sakip_transition_return_needs_reason",
            ),
            models.CheckConstraint(
                condition=Q(row_kind=RowKind.QUARTER, row_id__isnull=True)
                | (~Q(row_kind=RowKind.QUARTER) & Q(row_id__isnull=False)),
                name="sakip_transition_row_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_quarter}: {self.from_state} -> {self.to_state}"


class RowNote(models.Model):
    """The note that a soft check asks for."""

    unit_quarter = models.ForeignKey(
        UnitQuarter, models.CASCADE, related_name="row_notes", verbose_name="triwulan unit"
    )
    row_kind = models.CharField("baris", max_length=12, choices=RowKind)
    row_id = models.PositiveBigIntegerField("nomor baris", null=True, blank=True)
    check_key = models.CharField("pemeriksaan", max_length=60, blank=True)
    text = models.TextField("catatan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "catatan baris"
        verbose_name_plural = "catatan baris"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["row_kind", "row_id"], name="sakip_rownote_row")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="sakip_rownote_not_empty")]

    def __str__(self) -> str:
        return self.text[:80]
