"""What several models share: the value states and the row of a quarter."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from sakip.scoring.values import Measured, State


class ValueState(models.TextChoices):
    """How a value stands; zero is a number. Never conflated (docs/scoring.md)."""

    NUMBER = State.NUMBER.value, "angka"
    NIHIL = State.NIHIL.value, "nihil"
    NOT_APPLICABLE = State.NOT_APPLICABLE.value, "tidak berlaku"
    MISSING = State.MISSING.value, "belum ada"


class RowState(models.TextChoices):
    """Workflow state of a row and of a unit's quarter."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    VERIFIED = "verified", "Diverifikasi"
    APPROVED = "approved", "Disahkan"
    LOCKED = "locked", "Dikunci"
    RETURNED = "returned", "Dikembalikan"


YEAR_VALIDATORS = [MinValueValidator(2000), MaxValueValidator(2100)]

# What the addresses of the portal itself begin with, so that no agency can have it as its own.
RESERVED_SLUGS = frozenset(
    {
        *("admin", "akun", "desain", "kata-sandi", "keluar", "kota", "masuk", "media", "panduan"),
        *("pemberitahuan", "publik", "static", "tur"),
    }
)


def not_reserved(slug: str) -> None:
    """Raises ValidationError for an address that the portal uses itself, however it is written."""
    if slug.lower() in RESERVED_SLUGS:
        raise ValidationError(
            "Kode selain %(slug)s: alamat itu dipakai portal sendiri.", params={"slug": slug}
        )


def state_field(**kwargs) -> models.CharField:
    return models.CharField(max_length=16, choices=ValueState, default=ValueState.MISSING, **kwargs)


def number_field(**kwargs) -> models.DecimalField:
    """A measured number: up to 14 digits before and 6 after the comma, empty unless its state is number."""
    return models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True, **kwargs)


def rupiah_field(**kwargs) -> models.DecimalField:
    """Money in rupiah with sen."""
    return models.DecimalField(max_digits=20, decimal_places=2, **kwargs)


def value_matches_state(state: str, value: str, name: str) -> models.CheckConstraint:
    """A number exists exactly when the state says so."""
    return models.CheckConstraint(
        condition=(
            Q(**{state: ValueState.NUMBER, f"{value}__isnull": False})
            | (Q(**{f"{value}__isnull": True}) & ~Q(**{state: ValueState.NUMBER}))
        ),
        name=name,
    )


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The column holds one of the choices, whoever writes it."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def not_after(start: str, end: str, name: str) -> models.CheckConstraint:
    """start <= end where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{start}__lte": F(end)}),
        name=name,
    )


def measured(state: str, value: Decimal | None) -> Measured:
    """The columns of a row as the value that scoring takes."""
    return Measured(State(state), value)
