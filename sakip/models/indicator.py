"""Indicators with their versions, targets per year and quarter, and results of earlier years."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sakip.models.base import (
    YEAR_VALIDATORS,
    ValueState,
    number_field,
    one_of,
    state_field,
    value_matches_state,
)
from sakip.models.organisation import Agency, Unit
from sakip.models.planning import Objective, Outcome, ProgrammeNode
from sakip.scoring.achievement import Polarity as ScoringPolarity
from sakip.scoring.aggregation import Combine as ScoringCombine
from sakip.scoring.quarters import ROMAN


class Polarity(models.TextChoices):
    HIGHER = ScoringPolarity.HIGHER.value, "Makin tinggi makin baik"
    LOWER = ScoringPolarity.LOWER.value, "Makin rendah makin baik"
    RANGE = ScoringPolarity.RANGE.value, "Dalam rentang"


class Combine(models.TextChoices):
    SUM = ScoringCombine.SUM.value, "Jumlah"
    LAST = ScoringCombine.LAST.value, "Nilai terakhir"
    MEAN = ScoringCombine.MEAN.value, "Rata-rata"
    MAX = ScoringCombine.MAX.value, "Nilai tertinggi"


class Indicator(models.Model):
    """What is measured. Belongs to exactly one of: an objective, an outcome, a node of the programme tree,
    or (for indicators of an older plan whose cascade is not known) to the agency alone.

    A sub-activity that several units carry has one indicator per unit.
    """

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="indicators", verbose_name="perangkat daerah"
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="unit yang mengukur",
        help_text="Unit yang mengisi realisasinya.",
    )
    objective = models.ForeignKey(
        Objective, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name="tujuan"
    )
    outcome = models.ForeignKey(
        Outcome, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name="sasaran"
    )
    node = models.ForeignKey(
        ProgrammeNode,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="program/kegiatan/sub kegiatan",
    )
    key = models.CharField("kunci", max_length=60)
    is_key = models.BooleanField("indikator kinerja utama (IKU)", default=False)
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikator"
        ordering = ["agency", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="sakip_indicator_unique_key"),
            models.CheckConstraint(
                condition=(
                    Q(objective__isnull=True, outcome__isnull=True)
                    | Q(objective__isnull=True, node__isnull=True)
                    | Q(outcome__isnull=True, node__isnull=True)
                ),
                name="sakip_indicator_at_most_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def version_in(self, year: int) -> "IndicatorVersion | None":
        """The definition in force in a year; reads the prefetched versions."""
        fitting = [version for version in self.versions.all() if version.valid_from_year <= year]
        return max(fitting, key=lambda version: version.valid_from_year, default=None)


class IndicatorVersion(models.Model):
    """The definition of an indicator from a year on. Changing how quarters combine after data exists makes
    a new version; the old years keep theirs."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="versions", verbose_name="indikator"
    )
    valid_from_year = models.PositiveSmallIntegerField("berlaku mulai tahun", validators=YEAR_VALIDATORS)
    name = models.CharField("nama", max_length=400)
    unit_of_measure = models.CharField("satuan", max_length=40, blank=True)
    polarity = models.CharField("polarisasi", max_length=10, choices=Polarity, default=Polarity.HIGHER)
    lower_bound = number_field(verbose_name="batas bawah rentang")
    upper_bound = number_field(verbose_name="batas atas rentang")
    combine = models.CharField("gabungan triwulan", max_length=10, choices=Combine)
    decimals = models.PositiveSmallIntegerField("desimal", default=2)
    formula_text = models.TextField("rumus", blank=True)
    source = models.CharField("sumber data", max_length=200, blank=True)
    is_declared_ours = models.BooleanField(
        "ditetapkan portal",
        default=False,
        help_text="Polarisasi, gabungan dan desimal tidak ada dalam dokumen asal.",
    )

    class Meta:
        verbose_name = "definisi indikator"
        verbose_name_plural = "definisi indikator"
        ordering = ["indicator", "valid_from_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "valid_from_year"], name="sakip_indicatorversion_unique_year"
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(polarity=Polarity.RANGE)
                    | Q(
                        lower_bound__isnull=False,
                        upper_bound__isnull=False,
                        lower_bound__lte=F("upper_bound"),
                    )
                ),
                name="sakip_indicatorversion_range_has_bounds",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="sakip_indicatorversion_decimals_fit"),
            one_of("polarity", Polarity, "sakip_indicatorversion_polarity_known"),
            one_of("combine", Combine, "sakip_indicatorversion_combine_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """How quarters combine stays as it was once a quarter was measured by it."""
        before = IndicatorVersion.objects.filter(pk=self.pk).exclude(combine=self.combine).first()
        if before and before.is_in_use():
            raise ValidationError(
                {
                    "combine": "Gabungan triwulan tidak dapat diubah karena realisasi sudah diisi. "
                    "Tambahkan definisi baru yang berlaku mulai tahun berikutnya."
                }
            )

    def is_in_use(self) -> bool:
        """Whether a realisation was entered in a year that this definition covers."""
        later = self.indicator.versions.filter(valid_from_year__gt=self.valid_from_year)
        until = later.aggregate(first=models.Min("valid_from_year"))["first"]
        entered = self.indicator.measurements.filter(unit_quarter__year__gte=self.valid_from_year)
        if until is not None:
            entered = entered.filter(unit_quarter__year__lt=until)
        return entered.exclude(value_state=ValueState.MISSING).exists()


class TargetKind(models.TextChoices):
    PLAN = "plan", "Renstra"
    ANNUAL = "annual", "Tahunan (RKT/RKPD)"
    ACTION_PLAN = "action_plan", "Rencana aksi triwulan"


class Target(models.Model):
    """A target of an indicator: of the strategic plan, of the year, or of a quarter (action plan)."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="indikator")
    kind = models.CharField("jenis", max_length=12, choices=TargetKind)
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    quarter = models.PositiveSmallIntegerField("triwulan", default=0, help_text="0 untuk setahun.")
    value_state = state_field(verbose_name="status nilai")
    value = number_field(verbose_name="target")

    class Meta:
        verbose_name = "target"
        verbose_name_plural = "target"
        ordering = ["indicator", "year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind", "year", "quarter"], name="sakip_target_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind=TargetKind.ACTION_PLAN, quarter__range=(1, 4))
                | (~Q(kind=TargetKind.ACTION_PLAN) & Q(quarter=0)),
                name="sakip_target_quarter_fits_kind",
            ),
            value_matches_state("value_state", "value", "sakip_target_value_matches_state"),
            one_of("kind", TargetKind, "sakip_target_kind_known"),
        ]

    def __str__(self) -> str:
        quarter = f" TW {ROMAN[self.quarter - 1]}" if self.quarter else ""
        return f"{self.indicator}{quarter} {self.year}"


class AnnualResult(models.Model):
    """Target and result of a year as a finished document declares them, without quarters measured here."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="annual_results", verbose_name="indikator"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    target_state = state_field(verbose_name="status target")
    target = number_field(verbose_name="target")
    realised_state = state_field(verbose_name="status realisasi")
    realised = number_field(verbose_name="realisasi")
    source = models.CharField("sumber", max_length=200, blank=True)

    class Meta:
        verbose_name = "hasil tahunan"
        verbose_name_plural = "hasil tahunan"
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="sakip_annualresult_unique_year"),
            value_matches_state("target_state", "target", "sakip_annualresult_target_matches_state"),
            value_matches_state("realised_state", "realised", "sakip_annualresult_realised_matches_state"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class NationalStandard(models.Model):
    """The national (or provincial) figure an indicator is compared with. *Tidak berlaku* says none exists."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="national_standards", verbose_name="indikator"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    value_state = state_field(verbose_name="status nilai")
    value = number_field(verbose_name="standar")
    source = models.CharField("sumber", max_length=200, blank=True)

    class Meta:
        verbose_name = "standar nasional"
        verbose_name_plural = "standar nasional"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="sakip_nationalstandard_unique_year"),
            value_matches_state("value_state", "value", "sakip_nationalstandard_value_matches_state"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class EvidenceKind(models.TextChoices):
    DOCUMENT = "dokumen", "Dokumen"
    PHOTO = "foto", "Foto"
    SHEET = "lembar_kerja", "Lembar kerja"
    MINUTES = "notulen", "Notulen"
    LETTER = "surat", "Surat"
    LINK = "tautan", "Tautan"
    OTHER = "lain", "Lain-lain"


class EvidenceRequirement(models.Model):
    """Which evidence, and how many pieces, a measurement of the indicator needs."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="evidence_requirements", verbose_name="indikator"
    )
    kind = models.CharField("jenis bukti", max_length=20, choices=EvidenceKind)
    minimum = models.PositiveSmallIntegerField("jumlah minimal", default=1)
    description = models.CharField("keterangan", max_length=200, blank=True)

    class Meta:
        verbose_name = "bukti yang diminta"
        verbose_name_plural = "bukti yang diminta"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind"], name="sakip_evidencerequirement_unique_kind"
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=1), name="sakip_evidencerequirement_at_least_one"
            ),
            one_of("kind", EvidenceKind, "sakip_evidencerequirement_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.minimum} {self.get_kind_display()}"
