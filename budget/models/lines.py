"""Budget versions, lines and ceilings; quarterly entries and official realisations."""

from django.db import models
from django.db.models import Q

from sakip.models import Agency, ProgrammeNode, QuarterRow, RowState, Unit, UnitQuarter
from sakip.models.base import (
    YEAR_VALIDATORS,
    measured,
    number_field,
    one_of,
    rupiah_field,
    state_field,
    value_matches_state,
)
from sakip.scoring.values import Measured


class FundingSource(models.Model):
    """PAD, DAU, ..."""

    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=200)

    class Meta:
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class BudgetKind(models.TextChoices):
    ORIGINAL = "murni", "Murni"
    SHIFTED = "pergeseran", "Pergeseran"
    REVISED = "perubahan", "Perubahan"


class BudgetVersionQuerySet(models.QuerySet["BudgetVersion"]):
    def latest_of(self, agency, year: int) -> "BudgetVersion | None":
        """The version in force at year end: the one with the highest number."""
        return self.filter(agency=agency, year=year).order_by("-number").first()


class BudgetVersion(models.Model):
    """A budget document of a year: the original, a shift within it, or the revised one."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="budget_versions", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    number = models.PositiveSmallIntegerField("urutan")
    kind = models.CharField("jenis", max_length=12, choices=BudgetKind)
    document = models.CharField("dokumen", max_length=200, blank=True)
    effective_on = models.DateField("berlaku", null=True, blank=True)

    objects = BudgetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versi anggaran"
        verbose_name_plural = "versi anggaran"
        ordering = ["agency", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], name="budget_budgetversion_unique_number"
            ),
            one_of("kind", BudgetKind, "budget_budgetversion_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def in_year(self, agency, year: int) -> "BudgetLineQuerySet":
        return self.filter(unit__agency=agency, year=year)

    def for_unit(self, unit) -> "BudgetLineQuerySet":
        return self.filter(unit=unit)


class BudgetLine(models.Model):
    """A sub-activity of one unit in one year, per funding source where it is known. Versions of the budget
    give it ceilings; entries and the official realisation hang on the line, not on a version."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="budget_lines", verbose_name="unit kerja")
    node = models.ForeignKey(
        ProgrammeNode, models.PROTECT, related_name="budget_lines", verbose_name="sub kegiatan"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR_VALIDATORS)
    funding_source = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name="sumber dana",
    )
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = "baris anggaran"
        verbose_name_plural = "baris anggaran"
        ordering = ["year", "unit", "sort_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "node", "year", "funding_source"],
                name="budget_budgetline_unique",
                condition=Q(funding_source__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["unit", "node", "year"],
                name="budget_budgetline_unique_unsourced",
                condition=Q(funding_source__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node} ({self.unit})"


class Ceiling(models.Model):
    """The amount (rupiah) that a version of the budget allows a line."""

    version = models.ForeignKey(
        BudgetVersion, models.CASCADE, related_name="ceilings", verbose_name="versi anggaran"
    )
    line = models.ForeignKey(
        BudgetLine, models.CASCADE, related_name="ceilings", verbose_name="baris anggaran"
    )
    amount_rp = rupiah_field(verbose_name="pagu")

    class Meta:
        verbose_name = "pagu"
        verbose_name_plural = "pagu"
        constraints = [
            models.UniqueConstraint(fields=["version", "line"], name="budget_ceiling_unique"),
            models.CheckConstraint(condition=Q(amount_rp__gte=0), name="budget_ceiling_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.amount_rp}"


class CashPlan(models.Model):
    """The amount (rupiah) that a line plans to spend in a quarter (anggaran kas)."""

    line = models.ForeignKey(
        BudgetLine, models.CASCADE, related_name="cash_plans", verbose_name="baris anggaran"
    )
    quarter = models.PositiveSmallIntegerField("triwulan")
    amount_rp = rupiah_field(verbose_name="rencana kas")

    class Meta:
        verbose_name = "anggaran kas"
        verbose_name_plural = "anggaran kas"
        constraints = [
            models.UniqueConstraint(fields=["line", "quarter"], name="budget_cashplan_unique_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="budget_cashplan_quarter_1_to_4"),
            models.CheckConstraint(condition=Q(amount_rp__gte=0), name="budget_cashplan_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line} TW {self.quarter}"


class QuarterlyRealisation(QuarterRow):
    """What a line spent in one quarter (rupiah, that quarter alone) and its physical progress at the
    quarter's end (percent, cumulated over the year). Spending above the ceiling is a finding of a check,
    never refused here: real forms have it."""

    unit_quarter = models.ForeignKey(
        UnitQuarter, models.CASCADE, related_name="realisations", verbose_name="triwulan unit"
    )
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="realisations", verbose_name="baris anggaran"
    )
    amount_state = state_field(verbose_name="status realisasi")
    amount_rp = rupiah_field(verbose_name="realisasi", null=True, blank=True)
    physical_state = state_field(verbose_name="status fisik")
    physical_pct = number_field(verbose_name="fisik (%)")

    class Meta:
        verbose_name = "realisasi triwulan"
        verbose_name_plural = "realisasi triwulan"
        ordering = ["unit_quarter", "line__sort_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_quarter", "line"], name="budget_quarterlyrealisation_unique"
            ),
            value_matches_state(
                "amount_state", "amount_rp", "budget_quarterlyrealisation_amount_matches_state"
            ),
            value_matches_state(
                "physical_state", "physical_pct", "budget_quarterlyrealisation_physical_matches_state"
            ),
            models.CheckConstraint(
                condition=Q(amount_rp__isnull=True) | Q(amount_rp__gte=0),
                name="budget_quarterlyrealisation_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(physical_pct__isnull=True) | Q(physical_pct__range=(0, 100)),
                name="budget_quarterlyrealisation_physical_0_to_100",
            ),
            one_of("state", RowState, "budget_quarterlyrealisation_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.line.node} {self.unit_quarter}"

    @property
    def amount(self) -> Measured:
        return measured(self.amount_state, self.amount_rp)

    @property
    def physical(self) -> Measured:
        return measured(self.physical_state, self.physical_pct)


class OfficialRealisation(models.Model):
    """The year's realisation of a line from the finance system (LRA)."""

    line = models.OneToOneField(
        BudgetLine, models.CASCADE, related_name="official_realisation", verbose_name="baris anggaran"
    )
    amount_rp = rupiah_field(verbose_name="realisasi")
    physical_pct = number_field(verbose_name="fisik (%)")
    source = models.CharField("sumber", max_length=200, blank=True)

    class Meta:
        verbose_name = "realisasi resmi"
        verbose_name_plural = "realisasi resmi"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_rp__gte=0), name="budget_officialrealisation_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.amount_rp}"
