"""What others say of the office: AKIP evaluations and follow-ups, IPP, IKM, awards."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from sakip.models.base import (
    YEAR_VALIDATORS,
    not_after,
    number_field,
    one_of,
    state_field,
    value_matches_state,
)
from sakip.models.measurement import Evidence
from sakip.models.organisation import Agency, Unit


def score_field(verbose_name: str) -> models.DecimalField:
    return models.DecimalField(verbose_name, max_digits=5, decimal_places=2, null=True, blank=True)


class AkipEvaluation(models.Model):
    """The result (LHE) of a year's AKIP evaluation; the total is declared by the evaluator."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="akip_evaluations", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun yang dinilai", validators=YEAR_VALIDATORS)
    score = models.DecimalField("nilai", max_digits=5, decimal_places=2)
    issued_on = models.DateField("tanggal LHE", null=True, blank=True)
    evaluator = models.CharField("evaluator", max_length=200, blank=True)

    class Meta:
        verbose_name = "evaluasi AKIP"
        verbose_name_plural = "evaluasi AKIP"
        ordering = ["agency", "year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="sakip_akipevaluation_unique_year"),
            models.CheckConstraint(
                condition=Q(score__range=(0, 100)), name="sakip_akipevaluation_score_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"AKIP {self.year}: {self.score}"


class AkipComponent(models.TextChoices):
    PLANNING = "perencanaan", "Perencanaan Kinerja"
    MEASUREMENT = "pengukuran", "Pengukuran Kinerja"
    REPORTING = "pelaporan", "Pelaporan Kinerja"
    INTERNAL_EVALUATION = "evaluasi_internal", "Evaluasi Akuntabilitas Kinerja Internal"


class AkipComponentScore(models.Model):
    """What one component earned by the LHE: points out of the component's weight, as they stand there."""

    evaluation = models.ForeignKey(
        AkipEvaluation, models.CASCADE, related_name="components", verbose_name="evaluasi"
    )
    component = models.CharField("komponen", max_length=20, choices=AkipComponent)
    score = models.DecimalField(
        "nilai",
        max_digits=5,
        decimal_places=2,
        help_text="Seperti tertulis pada LHE: poin dari bobot komponen, misalnya 24,60 dari 30.",
    )

    class Meta:
        verbose_name = "nilai komponen AKIP"
        verbose_name_plural = "nilai komponen AKIP"
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "component"], name="sakip_akipcomponentscore_unique"
            ),
            models.CheckConstraint(
                condition=Q(score__range=(0, 100)), name="sakip_akipcomponentscore_score_0_to_100"
            ),
            one_of("component", AkipComponent, "sakip_akipcomponentscore_component_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_component_display()}: {self.score}"


class FollowUpStatus(models.TextChoices):
    NOT_STARTED = "belum", "Belum"
    IN_PROGRESS = "proses", "Dalam proses"
    DONE = "selesai", "Selesai"
    NOT_POSSIBLE = "tidak_dapat", "Tidak dapat ditindaklanjuti"


class Confidence(models.TextChoices):
    HIGH = "high", "Tinggi"
    MEDIUM = "medium", "Sedang"
    LOW = "low", "Rendah"


class Recommendation(models.Model):
    """A recommendation of the LHE, with the judgement of the worksheet that it was taken from, if any."""

    evaluation = models.ForeignKey(
        AkipEvaluation, models.CASCADE, related_name="recommendations", verbose_name="evaluasi"
    )
    number = models.PositiveSmallIntegerField("nomor")
    component = models.CharField("komponen", max_length=20, choices=AkipComponent, blank=True)
    text = models.TextField("rekomendasi")
    judgement = models.OneToOneField(
        "sakip.SubComponentJudgement",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_over",
        verbose_name="penilaian sub komponen LKE",
    )

    class Meta:
        verbose_name = "rekomendasi LHE"
        verbose_name_plural = "rekomendasi LHE"
        ordering = ["evaluation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "number"], name="sakip_recommendation_unique_number"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class FollowUp(models.Model):
    """What was done about a recommendation. `status_confidence` tells how surely the source was read."""

    recommendation = models.OneToOneField(
        Recommendation, models.CASCADE, related_name="follow_up", verbose_name="rekomendasi"
    )
    text = models.TextField("tindak lanjut", blank=True)
    date_from = models.DateField("dari tanggal", null=True, blank=True)
    date_to = models.DateField("sampai tanggal", null=True, blank=True)
    status = models.CharField(
        "status", max_length=12, choices=FollowUpStatus, default=FollowUpStatus.NOT_STARTED
    )
    status_confidence = models.CharField(
        "keyakinan baca", max_length=6, choices=Confidence, default=Confidence.HIGH
    )
    evidence_kind = models.CharField("bukti pendukung", max_length=100, blank=True)
    obstacle = models.TextField("kendala", blank=True)
    remark = models.TextField("keterangan", blank=True)
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="follow_ups", verbose_name="bukti dukung"
    )

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        constraints = [
            not_after("date_from", "date_to", "sakip_followup_dates_in_order"),
            one_of("status", FollowUpStatus, "sakip_followup_status_known"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class IppAssessment(models.Model):
    """The public service index of a year (0-5), its total declared by the assessor."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="ipp_assessments", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    declared_total = score_field("indeks yang ditetapkan")
    assessor = models.CharField("penilai", max_length=200, blank=True)

    class Meta:
        verbose_name = "penilaian IPP"
        verbose_name_plural = "penilaian IPP"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="sakip_ippassessment_unique_year"),
            models.CheckConstraint(
                condition=Q(declared_total__isnull=True) | Q(declared_total__range=(0, 5)),
                name="sakip_ippassessment_total_0_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"IPP {self.year}"


class IppAspect(models.Model):
    """One aspect with its weight in percent. The score stays as given: printed scores need not lie in 0-5."""

    assessment = models.ForeignKey(
        IppAssessment, models.CASCADE, related_name="aspects", verbose_name="penilaian"
    )
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("aspek", max_length=100)
    weight_pct = score_field("bobot (%)")
    score_state = state_field(verbose_name="status nilai")
    score = number_field(verbose_name="nilai")
    scope = models.CharField("cakupan", max_length=300, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)

    class Meta:
        verbose_name = "aspek IPP"
        verbose_name_plural = "aspek IPP"
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="sakip_ippaspect_unique_number"),
            value_matches_state("score_state", "score", "sakip_ippaspect_score_matches_state"),
        ]

    def __str__(self) -> str:
        return self.name


class IkmAssessment(models.Model):
    """The citizen satisfaction index of a year (25-100), computed from nine elements or declared."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="ikm_assessments", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    respondents = models.PositiveIntegerField("jumlah responden", null=True, blank=True)
    declared_total = score_field("indeks yang ditetapkan")

    class Meta:
        verbose_name = "survei IKM"
        verbose_name_plural = "survei IKM"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="sakip_ikmassessment_unique_year"),
            models.CheckConstraint(
                condition=Q(declared_total__isnull=True) | Q(declared_total__range=(25, 100)),
                name="sakip_ikmassessment_total_25_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"IKM {self.year}"


class IkmElement(models.Model):
    """The mean of one of the nine elements, 1-4, by the number that the regulation gives it."""

    COUNT = 9

    assessment = models.ForeignKey(
        IkmAssessment, models.CASCADE, related_name="elements", verbose_name="survei"
    )
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("unsur", max_length=100)
    mean = models.DecimalField("rata-rata", max_digits=5, decimal_places=4)

    class Meta:
        verbose_name = "unsur IKM"
        verbose_name_plural = "unsur IKM"
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="sakip_ikmelement_unique_number"),
            models.CheckConstraint(condition=Q(mean__range=(1, 4)), name="sakip_ikmelement_mean_1_to_4"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A tenth element is none of the regulation's, and would count for nothing."""
        if self.number is not None and not 1 <= self.number <= self.COUNT:
            raise ValidationError({"number": f"Unsur survei bernomor 1 sampai {self.COUNT}."})


class Award(models.Model):
    """An award of the year, with a photograph where one is kept."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="awards", verbose_name="perangkat daerah")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="awards", verbose_name="unit kerja")
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    number = models.PositiveSmallIntegerField("nomor")
    description = models.CharField("uraian", max_length=300)
    rank = models.CharField("peringkat", max_length=200)
    photo = models.FileField("dokumentasi", upload_to="penghargaan/%Y/", blank=True)

    class Meta:
        verbose_name = "penghargaan"
        verbose_name_plural = "penghargaan"
        ordering = ["agency", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="sakip_award_unique_number")
        ]

    def __str__(self) -> str:
        return self.description
