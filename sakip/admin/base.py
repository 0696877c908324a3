"""The admin shows everybody the rows of the agencies they administer, and writes the history."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from sakip.actions.history import changes_between, record
from sakip.models import Agency, HistoryAction
from sakip.queries.ownership import agency_of, path_to, unit_of
from sakip.workflow.permissions import managed_agencies


def stored_values(row: models.Model) -> dict[str, object]:
    """The row's columns by field name, as the database holds them now."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    before = type(row)._default_manager.filter(pk=row.pk).values(*[field.attname for field in fields]).first()
    return {field.name: before[field.attname] for field in fields} if before else {}


def linked_rows(row: models.Model) -> dict[str, object]:
    """What the row is linked to beside its columns, by field name."""
    return {
        field.name: "; ".join(sorted(str(linked) for linked in getattr(row, field.name).all()))
        for field in row._meta.many_to_many
    }


class HistoryAdmin(admin.ModelAdmin):
    """Every write through the admin is one line of history a changed field, by whom and when."""

    def save_model(self, request: HttpRequest, obj: models.Model, form, change: bool) -> None:
        before = stored_values(obj) if change else {}
        super().save_model(request, obj, form, change)
        action = HistoryAction.UPDATE if change else HistoryAction.CREATE
        self._record(request, obj, action, before, stored_values(obj))

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        before = stored_values(obj)
        self._record(request, obj, HistoryAction.DELETE, before, dict.fromkeys(before))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        for row in queryset:
            self.delete_model(request, row)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        known = {row.pk: stored_values(row) for row in formset.queryset}
        for row in formset.save(commit=False):
            before = known.get(row.pk, {})
            row.save()
            action = HistoryAction.UPDATE if before else HistoryAction.CREATE
            self._record(request, row, action, before, stored_values(row))
        for row in formset.deleted_objects:
            self.delete_model(request, row)
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        before = linked_rows(form.instance)
        super().save_related(request, form, formsets, change)
        if (after := linked_rows(form.instance)) != before:
            self._record(request, form.instance, HistoryAction.UPDATE, before, after)

    def _record(
        self, request: HttpRequest, row: models.Model, action: str, before: dict, after: dict
    ) -> None:
        record(
            agency=agency_of(row),
            unit=unit_of(row),
            subject=row,
            action=action,
            changes=changes_between(before, after),
            by=request.user,
            at=timezone.now(),
        )


class ReferenceAdmin(HistoryAdmin):
    """Data that all agencies share: only a superuser changes it, every administrator reads it."""

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.is_staff

    def _is_superuser(self, request: HttpRequest, obj=None) -> bool:
        return request.user.is_superuser

    has_add_permission = has_change_permission = has_delete_permission = _is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff


class OwnChoices:
    """A form offers only rows of the agencies that the user administers."""

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **_own(db_field, request, kwargs))

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **_own(db_field, request, kwargs))


def _own(db_field, request: HttpRequest, kwargs: dict) -> dict:
    path = path_to(db_field.related_model, Agency)
    if path is None or request.user.is_superuser:
        return kwargs
    mine = managed_agencies(request.user)
    rows = kwargs.get("queryset", db_field.related_model._default_manager.all())
    return kwargs | {"queryset": rows.filter(**{f"{path or 'pk'}__in": mine})}


class AgencyAdmin(OwnChoices, HistoryAdmin):
    """Rows that belong to an agency. Others' rows do not exist here: not in lists, links or choices."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        path = path_to(self.model, Agency) or "pk"
        return rows.filter(**{f"{path}__in": managed_agencies(request.user)})

    def _administers(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        if request.user.is_superuser or not request.user.is_staff:
            return request.user.is_superuser
        mine = managed_agencies(request.user)
        if obj is None:
            return mine.exists()
        owner = agency_of(obj)
        return owner is not None and mine.filter(pk=owner.pk).exists()

    has_view_permission = has_change_permission = has_delete_permission = _administers

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._administers(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._administers(request)


class ReadOnlyAdmin(AgencyAdmin):
    """Rows with screens and rules of their own: here they are only read."""

    def _nobody(self, request: HttpRequest, obj=None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _nobody


class AgencyInline(OwnChoices, admin.TabularInline):
    """Rows edited inside their parent; whoever may edit the parent may edit them."""

    extra = 0
    show_change_link = True

    def _parent_decides(self, request: HttpRequest, obj=None) -> bool:
        return request.user.is_staff

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = _parent_decides
