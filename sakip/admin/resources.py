"""Import and export of reference data in bulk, with the same history as single edits."""

import re

from django.db import models
from django.utils import timezone
from django.utils.safestring import mark_safe
from import_export import resources
from import_export.admin import ImportExportModelAdmin
from import_export.forms import ExportForm

from sakip.actions.history import changes_between, record
from sakip.admin.base import ReferenceAdmin, stored_values
from sakip.models import HistoryAction


class PlainDiff(resources.Diff):
    """The package's differences without colours of their own, which the content security policy refuses."""

    def as_html(self) -> list[str]:
        # Text is escaped by then, so whatever looks like a tag is one.
        return [mark_safe(re.sub(r' style="[^"]*"', "", html)) for html in super().as_html()]  # noqa: S308


class HistoryResource(resources.ModelResource):
    """A resource whose imported rows go into the history as imported."""

    @classmethod
    def get_diff_class(cls) -> type[resources.Diff]:
        return PlainDiff

    def before_save_instance(self, instance: models.Model, row, **kwargs) -> None:
        self._before = stored_values(instance) if instance.pk else {}

    def after_save_instance(self, instance: models.Model, row, **kwargs) -> None:
        record(
            agency=None,
            unit=None,
            subject=instance,
            action=HistoryAction.IMPORT,
            changes=changes_between(self._before, stored_values(instance)),
            by=kwargs.get("user"),
            at=timezone.now(),
        )


def resource_for(model: type[models.Model], *keys: str) -> type[HistoryResource]:
    """A resource that finds existing rows by their natural key, so that a second import adds nothing."""
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    return resources.modelresource_factory(
        model,
        resource_class=HistoryResource,
        meta_options={
            "fields": fields,
            "import_id_fields": keys,
            "skip_unchanged": True,
            "report_skipped": True,
            "use_transactions": True,
            "clean_model_instances": True,
        },
    )


class ReferenceImportAdmin(ReferenceAdmin, ImportExportModelAdmin):
    """Reference data with import and export; importing asks for the right to change. All fields are exported:
    the package's choice among them needs scripts inside the page."""

    export_form_class = ExportForm

    def has_import_permission(self, request) -> bool:
        return self.has_change_permission(request)

    def has_export_permission(self, request) -> bool:
        return self.has_view_permission(request)
