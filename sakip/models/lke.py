"""The evaluator's worksheet (LKE): sub-components and criteria, what an office answers, what is judged."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sakip.models.base import YEAR_VALIDATORS, not_after, one_of
from sakip.models.evaluation import AkipComponent
from sakip.models.measurement import Evidence
from sakip.models.organisation import Agency


class LkeAspect(models.TextChoices):
    EXISTENCE = "keberadaan", "Keberadaan"
    QUALITY = "kualitas", "Kualitas"
    USE = "pemanfaatan", "Pemanfaatan"


class LkeSubComponentQuerySet(models.QuerySet["LkeSubComponent"]):
    def in_year(self, year: int) -> "LkeSubComponentQuerySet":
        """Those by which a year is evaluated."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=year), valid_from__lte=year)


class LkeSubComponent(models.Model):
    """One aspect of one component, judged as a whole; its weight in points of 100. Valid for a span of years,
    since the worksheet changes with its regulation."""

    component = models.CharField("komponen", max_length=20, choices=AkipComponent)
    aspect = models.CharField("aspek", max_length=12, choices=LkeAspect)
    text = models.TextField("sub komponen")
    weight = models.DecimalField("bobot", max_digits=5, decimal_places=2)
    valid_from = models.PositiveSmallIntegerField("berlaku mulai tahun", validators=YEAR_VALIDATORS)
    valid_until = models.PositiveSmallIntegerField(
        "berlaku sampai tahun", null=True, blank=True, validators=YEAR_VALIDATORS
    )

    objects = LkeSubComponentQuerySet.as_manager()

    class Meta:
        verbose_name = "sub komponen LKE"
        verbose_name_plural = "sub komponen LKE"
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["component", "aspect", "valid_from"], name="sakip_lkesubcomponent_unique_start"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100), name="sakip_lkesubcomponent_weight_fits"
            ),
            not_after("valid_from", "valid_until", "sakip_lkesubcomponent_period_in_order"),
            one_of("component", AkipComponent, "sakip_lkesubcomponent_component_known"),
            one_of("aspect", LkeAspect, "sakip_lkesubcomponent_aspect_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def code(self) -> str:
        """As the worksheet numbers it: 1.a is the existence of planning."""
        component = AkipComponent.values.index(self.component) + 1
        return f"{component}.{'abc'[LkeAspect.values.index(self.aspect)]}"


class LkeCriterion(models.Model):
    """A question of a sub-component. `proof_key` names what the portal can answer by itself (empty: nothing);
    `is_verified` is no where public copies of the worksheet differ in its words or its place."""

    sub_component = models.ForeignKey(
        LkeSubComponent, models.CASCADE, related_name="criteria", verbose_name="sub komponen"
    )
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("kriteria")
    expected_evidence = models.CharField("bukti yang diharapkan", max_length=200)
    proof_key = models.CharField("jawaban portal", max_length=40, blank=True)
    is_verified = models.BooleanField("terverifikasi", default=True)

    class Meta:
        verbose_name = "kriteria LKE"
        verbose_name_plural = "kriteria LKE"
        ordering = ["sub_component", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["sub_component", "number"], name="sakip_lkecriterion_unique_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def code(self) -> str:
        return f"{self.sub_component.code}.{self.number}"


class Written(models.Model):
    """What somebody wrote about an agency's year. `version` rises with every write, so that the second of two
    writers notices the first."""

    year = models.PositiveSmallIntegerField("tahun yang dinilai", validators=YEAR_VALIDATORS)
    version = models.PositiveIntegerField("versi", default=0)
    updated_at = models.DateTimeField("diubah")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diubah oleh"
    )

    class Meta:
        abstract = True


class CriterionAnswer(Written):
    """What the office says to a criterion for a year, with its proof."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="criterion_answers", verbose_name="perangkat daerah"
    )
    criterion = models.ForeignKey(
        LkeCriterion, models.PROTECT, related_name="answers", verbose_name="kriteria"
    )
    statement = models.TextField("jawaban kantor")
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="criterion_answers", verbose_name="bukti dukung"
    )

    class Meta:
        verbose_name = "jawaban kriteria LKE"
        verbose_name_plural = "jawaban kriteria LKE"
        ordering = ["agency", "year", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "criterion"], name="sakip_criterionanswer_unique_criterion"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="sakip_criterionanswer_has_statement"),
        ]

    def __str__(self) -> str:
        return f"LKE {self.year}, {self.criterion}"


class SubComponentJudgement(Written):
    """The evaluator's working judgement of a sub-component: a label of the policy's scale of answers. It is
    never the declared result, which is `AkipEvaluation`."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="lke_judgements", verbose_name="perangkat daerah"
    )
    sub_component = models.ForeignKey(
        LkeSubComponent, models.PROTECT, related_name="judgements", verbose_name="sub komponen"
    )
    answer = models.CharField("nilai", max_length=4)
    note = models.TextField("catatan")
    recommendation = models.TextField("rekomendasi", blank=True)

    class Meta:
        verbose_name = "penilaian sub komponen LKE"
        verbose_name_plural = "penilaian sub komponen LKE"
        ordering = ["agency", "year", "sub_component"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "sub_component"], name="sakip_subcomponentjudgement_unique"
            ),
            models.CheckConstraint(condition=~Q(answer=""), name="sakip_subcomponentjudgement_has_answer"),
            models.CheckConstraint(condition=~Q(note=""), name="sakip_subcomponentjudgement_has_note"),
        ]

    def __str__(self) -> str:
        return f"LKE {self.year}, {self.sub_component}"
