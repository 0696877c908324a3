"""Money: budget versions, lines, ceilings, realisations, imported forms."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = "Anggaran"
    default_auto_field = "django.db.models.BigAutoField"
