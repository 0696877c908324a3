"""Documents that fix a year's targets: the annual plan (RKT) and the performance agreements (PK)."""

from django.db import models
from django.db.models import Q

from sakip.models.base import (
    YEAR_VALIDATORS,
    number_field,
    one_of,
    rupiah_field,
    state_field,
    value_matches_state,
)
from sakip.models.indicator import Indicator
from sakip.models.organisation import Agency
from sakip.models.planning import ProgrammeNode, StrategicPlan


class AgreementKind(models.TextChoices):
    ANNUAL_PLAN = "rkt", "Rencana Kinerja Tahunan"
    ORIGINAL = "murni", "Perjanjian Kinerja"
    REVISED = "perubahan", "Perjanjian Kinerja Perubahan"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_year(self, agency, year: int) -> "AgreementQuerySet":
        return self.filter(agency=agency, year=year)

    def binding(self) -> "AgreementQuerySet":
        """What counts: agreements and revisions that were put in force; neither an RKT nor a draft."""
        return self.filter(is_draft=False).exclude(kind=AgreementKind.ANNUAL_PLAN)

    def drafts(self) -> "AgreementQuerySet":
        """What is still being written, and changes no figure."""
        return self.filter(is_draft=True)

    def in_force(self, agency, year: int) -> "Agreement | None":
        """The agreement in force at year end: the last revision, else the original."""
        return self.in_year(agency, year).binding().order_by("-revision").first()


class Agreement(models.Model):
    """An RKT or a PK. Revision 0 is the original, n the nth revision; a draft is not in force yet."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="agreements", verbose_name="perangkat daerah"
    )
    plan = models.ForeignKey(
        StrategicPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="Renstra",
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    kind = models.CharField("jenis", max_length=10, choices=AgreementKind)
    revision = models.PositiveSmallIntegerField("perubahan ke", default=0)
    title = models.CharField("judul", max_length=200)
    signed_on = models.DateField("ditandatangani", null=True, blank=True)
    first_party_title = models.CharField("pihak pertama", max_length=100)
    second_party_title = models.CharField("pihak kedua", max_length=100, blank=True)
    is_draft = models.BooleanField("rancangan, belum berlaku", default=False)
    version = models.PositiveIntegerField("versi", default=0)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "perjanjian kinerja"
        verbose_name_plural = "perjanjian kinerja"
        ordering = ["agency", "year", "revision", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "kind", "revision"], name="sakip_agreement_unique_revision"
            ),
            models.CheckConstraint(
                condition=Q(kind=AgreementKind.REVISED, revision__gte=1)
                | (~Q(kind=AgreementKind.REVISED) & Q(revision=0)),
                name="sakip_agreement_revision_fits_kind",
            ),
            one_of("kind", AgreementKind, "sakip_agreement_kind_known"),
            models.CheckConstraint(
                condition=Q(is_draft=False) | ~Q(kind=AgreementKind.ANNUAL_PLAN),
                name="sakip_agreement_annual_plan_no_draft",
            ),
            models.UniqueConstraint(
                fields=["agency", "year"], condition=Q(is_draft=True), name="sakip_agreement_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts(self) -> bool:
        """Whether it was put in force, as `binding` asks the database."""
        return not self.is_draft and self.kind != AgreementKind.ANNUAL_PLAN


class AgreementIndicator(models.Model):
    """An indicator of the document with its target; the outcome is worded as in the document."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="indicators", verbose_name="perjanjian"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="agreement_indicators", verbose_name="indikator"
    )
    number = models.PositiveSmallIntegerField("nomor")
    outcome_text = models.TextField("sasaran")
    unit_of_measure = models.CharField("satuan", max_length=40, blank=True)
    target_state = state_field(verbose_name="status target")
    target = number_field(verbose_name="target")

    class Meta:
        verbose_name = "indikator perjanjian"
        verbose_name_plural = "indikator perjanjian"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="sakip_agreementindicator_unique_number"
            ),
            models.UniqueConstraint(
                fields=["agreement", "indicator"], name="sakip_agreementindicator_unique_indicator"
            ),
            value_matches_state("target_state", "target", "sakip_agreementindicator_target_matches_state"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.name}"

    @property
    def name(self) -> str:
        """As the definition of the year names the indicator; its key where there is none."""
        version = self.indicator.version_in(self.agreement.year)
        return version.name if version else self.indicator.key


class AgreementProgramme(models.Model):
    """A programme of the document with its budget in rupiah."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="programmes", verbose_name="perjanjian"
    )
    node = models.ForeignKey(
        ProgrammeNode, models.PROTECT, related_name="agreement_programmes", verbose_name="program"
    )
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("nama dalam dokumen", max_length=400)
    amount_rp = rupiah_field(verbose_name="anggaran")

    class Meta:
        verbose_name = "program perjanjian"
        verbose_name_plural = "program perjanjian"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="sakip_agreementprogramme_unique_number"
            ),
            models.UniqueConstraint(
                fields=["agreement", "node"], name="sakip_agreementprogramme_unique_node"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__gte=0), name="sakip_agreementprogramme_amount_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.name}"
