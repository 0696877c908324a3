"""What the office shows: dashboards, report tables, the LKjIP and the official forms."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Pelaporan"
    default_auto_field = "django.db.models.BigAutoField"
