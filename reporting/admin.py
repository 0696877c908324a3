"""The admin of the reports."""

from django.contrib import admin

from reporting import models
from sakip.admin.base import AgencyAdmin, ReadOnlyAdmin

admin.site.register(models.Narrative, AgencyAdmin, list_display=["section", "year", "agency", "updated_at"])
admin.site.register(
    models.Edition, ReadOnlyAdmin, list_display=["agency", "year", "number", "issued_at", "sha256"]
)
admin.site.register(
    models.ReportJob,
    ReadOnlyAdmin,
    list_display=["agency", "year", "format", "state", "requested_by", "requested_at"],
)
admin.site.register(models.Download, ReadOnlyAdmin, list_display=["owner", "job", "asked_at"])
admin.site.register(
    models.PublicPage, ReadOnlyAdmin, list_display=["agency", "year", "is_on", "changed_at", "changed_by"]
)
