"""How scores are computed in which years: rules that a regulation or a city can change, kept as data."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from sakip.models.base import YEAR_VALIDATORS, not_after
from sakip.models.organisation import Government
from sakip.scoring import policy as scoring


class ScoringPolicyQuerySet(models.QuerySet["ScoringPolicy"]):
    def for_year(self, government, year: int) -> "ScoringPolicy":
        """The government's own policy for the year, else the common one. Raises DoesNotExist."""
        fitting = self.filter(
            Q(government=government) | Q(government__isnull=True),
            Q(valid_until__isnull=True) | Q(valid_until__gte=year),
            valid_from__lte=year,
        )
        found = fitting.order_by(models.F("government").asc(nulls_last=True), "-valid_from").first()
        if found is None:
            raise self.model.DoesNotExist(f"Belum ada kebijakan penilaian yang berlaku untuk tahun {year}.")
        return found


class ScoringPolicy(models.Model):
    """A scoring policy with its period. Without a government it applies to all."""

    government = models.ForeignKey(
        Government,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="scoring_policies",
        verbose_name="pemerintah daerah",
    )
    name = models.CharField("nama", max_length=200)
    valid_from = models.PositiveSmallIntegerField("berlaku mulai tahun", validators=YEAR_VALIDATORS)
    valid_until = models.PositiveSmallIntegerField(
        "berlaku sampai tahun", null=True, blank=True, validators=YEAR_VALIDATORS
    )
    rules = models.JSONField("aturan")

    objects = ScoringPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "kebijakan penilaian"
        verbose_name_plural = "kebijakan penilaian"
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "valid_from"],
                name="sakip_scoringpolicy_unique_start",
                condition=Q(government__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["valid_from"],
                name="sakip_scoringpolicy_unique_common_start",
                condition=Q(government__isnull=True),
            ),
            not_after("valid_from", "valid_until", "sakip_scoringpolicy_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from}-{self.valid_until or 'kini'})"

    def clean(self) -> None:
        try:
            self.as_policy()
        except ValueError as error:
            raise ValidationError({"rules": str(error)}) from error

    def as_policy(self) -> scoring.ScoringPolicy:
        """The rules as the value that scoring takes. Raises ValueError naming the faulty rule."""
        return scoring.ScoringPolicy.from_dict(self.rules)
