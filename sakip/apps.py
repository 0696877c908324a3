"""The accountability core: plans, indicators, agreements, measurements, scores."""

from django.apps import AppConfig


class SakipConfig(AppConfig):
    name = "sakip"
    verbose_name = "Akuntabilitas kinerja"
    default_auto_field = "django.db.models.BigAutoField"
