"""Users, and the roles they hold in an agency, a unit or a whole government for a time."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sakip.models.base import not_after
from sakip.models.organisation import Agency, Government, Unit


class Role(models.TextChoices):
    OPERATOR = "operator", "Operator"
    UNIT_HEAD = "penanggung_jawab", "Penanggung jawab"
    PLANNER = "perencana", "Perencana"
    HEAD = "camat", "Camat"
    EVALUATOR = "evaluator", "Evaluator"
    ADMIN = "admin", "Admin instansi"
    CITY = "pengawas_kota", "Pengawas kota"


UNIT_ROLES = (Role.OPERATOR, Role.UNIT_HEAD)
AGENCY_ROLES = (Role.PLANNER, Role.HEAD, Role.EVALUATOR, Role.ADMIN)


class User(AbstractUser):
    """Somebody who logs in. What they may do follows from their memberships."""

    title = models.CharField("jabatan", max_length=200, blank=True)
    wants_mail = models.BooleanField("terima surel pemberitahuan", default=True)
    has_seen_tour = models.BooleanField("sudah ditawari tur", default=False)

    class Meta(AbstractUser.Meta):
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def current_memberships(self, on=None) -> "models.QuerySet[Membership]":
        return self.memberships.current(on or timezone.localdate())


def current(on: date, prefix: str = "") -> Q:
    """The condition that a role is held on a day; `prefix` leads to the membership ('memberships__')."""
    since, until = f"{prefix}valid_from", f"{prefix}valid_until"
    return (Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": on})) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": on})
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> "MembershipQuerySet":
        return self.filter(current(on))


class Membership(models.Model):
    """A role: of a unit (operator, penanggung jawab), of an agency, or of all agencies of a government."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="pengguna")
    role = models.CharField("peran", max_length=20, choices=Role)
    government = models.ForeignKey(
        Government,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="pemerintah daerah",
    )
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="perangkat daerah",
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name="unit kerja"
    )
    valid_from = models.DateField("sejak", null=True, blank=True)
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "peran pengguna"
        verbose_name_plural = "peran pengguna"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role__in=UNIT_ROLES, unit__isnull=False, agency__isnull=False, government__isnull=True)
                    | Q(
                        role__in=AGENCY_ROLES,
                        unit__isnull=True,
                        agency__isnull=False,
                        government__isnull=True,
                    )
                    | Q(role=Role.CITY, unit__isnull=True, agency__isnull=True, government__isnull=False)
                ),
                name="sakip_membership_scope_fits_role",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "agency", "unit"],
                name="sakip_membership_unique_unit",
                condition=Q(unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "agency"],
                name="sakip_membership_unique_agency",
                condition=Q(unit__isnull=True, agency__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "government"],
                name="sakip_membership_unique_government",
                condition=Q(agency__isnull=True),
            ),
            not_after("valid_from", "valid_until", "sakip_membership_term_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def save(self, *args, **kwargs) -> None:
        self.clean()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """The unit is one of the agency's; no constraint of the database can look at two tables."""
        if self.unit and self.agency and self.unit.agency_id != self.agency_id:
            raise ValidationError({"unit": f"{self.unit} bukan unit kerja {self.agency}."})
