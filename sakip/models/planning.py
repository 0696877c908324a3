"""The strategic plan and its cascade, and the programme tree with its national codes."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from sakip.models.base import YEAR_VALIDATORS, not_after, one_of
from sakip.models.organisation import Agency, Unit


class StrategicPlanQuerySet(models.QuerySet["StrategicPlan"]):
    def in_force(self, date) -> "StrategicPlanQuerySet":
        """Plans in force on the date, the newest first. Two can be in force in one year."""
        return self.filter(
            Q(effective_from__isnull=True) | Q(effective_from__lte=date),
            Q(effective_until__isnull=True) | Q(effective_until__gte=date),
        ).order_by("-first_year")


class StrategicPlan(models.Model):
    """A Renstra: five years of an agency."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="strategic_plans", verbose_name="perangkat daerah"
    )
    first_year = models.PositiveSmallIntegerField("tahun awal", validators=YEAR_VALIDATORS)
    last_year = models.PositiveSmallIntegerField("tahun akhir", validators=YEAR_VALIDATORS)
    established_on = models.DateField("ditetapkan", null=True, blank=True)
    effective_from = models.DateField("berlaku sejak", null=True, blank=True)
    effective_until = models.DateField("berlaku sampai", null=True, blank=True)
    vision = models.TextField("visi", blank=True)

    objects = StrategicPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "Renstra"
        verbose_name_plural = "Renstra"
        ordering = ["agency", "first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "first_year", "last_year"], name="sakip_strategicplan_unique_period"
            ),
            models.CheckConstraint(
                condition=Q(first_year__lt=F("last_year")), name="sakip_strategicplan_period_in_order"
            ),
            not_after("effective_from", "effective_until", "sakip_strategicplan_effect_in_order"),
        ]

    def __str__(self) -> str:
        return f"Renstra {self.period}"

    @property
    def period(self) -> str:
        return f"{self.first_year}-{self.last_year}"


class Mission(models.Model):
    """A mission of the government's vision; the agency carries some of them."""

    plan = models.ForeignKey(StrategicPlan, models.CASCADE, related_name="missions", verbose_name="Renstra")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("misi")
    is_carried = models.BooleanField("diemban perangkat daerah", default=False)

    class Meta:
        verbose_name = "misi"
        verbose_name_plural = "misi"
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="sakip_mission_unique_number")]

    def __str__(self) -> str:
        return self.text[:80]


class FlagshipProgramme(models.Model):
    """A flagship programme (program unggulan) of the government."""

    plan = models.ForeignKey(
        StrategicPlan, models.CASCADE, related_name="flagship_programmes", verbose_name="Renstra"
    )
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("program unggulan")
    is_carried = models.BooleanField("diemban perangkat daerah", default=False)

    class Meta:
        verbose_name = "program unggulan"
        verbose_name_plural = "program unggulan"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="sakip_flagship_unique_number")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Objective(models.Model):
    """A tujuan."""

    plan = models.ForeignKey(StrategicPlan, models.CASCADE, related_name="objectives", verbose_name="Renstra")
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="objectives", verbose_name="misi"
    )
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("tujuan")
    rpjmd_reference = models.CharField("rujukan RPJMD", max_length=100, blank=True)

    class Meta:
        verbose_name = "tujuan"
        verbose_name_plural = "tujuan"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="sakip_objective_unique_number")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Outcome(models.Model):
    """A sasaran."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="outcomes", verbose_name="tujuan")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("sasaran")

    class Meta:
        verbose_name = "sasaran"
        verbose_name_plural = "sasaran"
        ordering = ["objective", "number"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "number"], name="sakip_outcome_unique_number")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Strategy(models.Model):
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="strategies", verbose_name="sasaran")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("strategi")

    class Meta:
        verbose_name = "strategi"
        verbose_name_plural = "strategi"
        ordering = ["outcome", "number"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "number"], name="sakip_strategy_unique_number")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Policy(models.Model):
    """An arah kebijakan of a strategy."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="policies", verbose_name="strategi")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("arah kebijakan")

    class Meta:
        verbose_name = "arah kebijakan"
        verbose_name_plural = "arah kebijakan"
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="sakip_policy_unique_number")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class NodeLevel(models.TextChoices):
    PROGRAMME = "program", "Program"
    ACTIVITY = "kegiatan", "Kegiatan"
    SUB_ACTIVITY = "sub_kegiatan", "Sub kegiatan"


CODE_FORMAT = RegexValidator(
    r"^[0-9X]\.[0-9X]{2}\.\d{2}(\.\d\.\d{2}(\.\d{2}|\.\d{4})?)?$",
    "Kode nomenklatur ditulis seperti 7.01.01, 7.01.01.2.06 atau 7.01.01.2.06.0009.",
)


class NomenclatureCode(models.Model):
    """A verified national code of a programme, activity or sub-activity."""

    nomenclature_year = models.PositiveSmallIntegerField("tahun nomenklatur", validators=YEAR_VALIDATORS)
    code = models.CharField("kode", max_length=30, validators=[CODE_FORMAT])
    name = models.CharField("nama", max_length=400)
    is_verified = models.BooleanField("terverifikasi", default=True)

    class Meta:
        verbose_name = "kode nomenklatur"
        verbose_name_plural = "kode nomenklatur"
        ordering = ["nomenclature_year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomenclature_year", "code"], name="sakip_nomenclaturecode_unique_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProgrammeNode(models.Model):
    """A programme, activity or sub-activity of an agency. The code is empty where it is not verified."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="programme_nodes", verbose_name="perangkat daerah"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    responsible_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programme_nodes",
        verbose_name="penanggung jawab",
    )
    key = models.CharField("kunci", max_length=40, help_text="Kunci dalam paket data, misalnya P1.K4.S6.")
    level = models.CharField("tingkat", max_length=12, choices=NodeLevel)
    nomenclature_year = models.PositiveSmallIntegerField("tahun nomenklatur", validators=YEAR_VALIDATORS)
    code = models.CharField("kode nomenklatur", max_length=30, blank=True, validators=[CODE_FORMAT])
    name = models.CharField("nama", max_length=400)
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "program, kegiatan, sub kegiatan"
        verbose_name_plural = "program, kegiatan, sub kegiatan"
        ordering = ["agency", "sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="sakip_programmenode_unique_key"),
            models.UniqueConstraint(
                fields=["agency", "nomenclature_year", "code"],
                name="sakip_programmenode_unique_code",
                condition=~Q(code=""),
            ),
            models.CheckConstraint(
                condition=Q(level=NodeLevel.PROGRAMME, parent__isnull=True)
                | (~Q(level=NodeLevel.PROGRAMME) & Q(parent__isnull=False)),
                name="sakip_programmenode_only_programme_is_root",
            ),
            one_of("level", NodeLevel, "sakip_programmenode_level_known"),
        ]

    def __str__(self) -> str:
        return self.name
