"""Accounts and roles. An administrator of an agency keeps the accounts of that agency and no others, and can
never make somebody a superuser."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sakip.actions import logins
from sakip.actions.second_factor import has_second_factor, turn_off
from sakip.admin.base import AgencyAdmin, HistoryAdmin, stored_values
from sakip.models import HistoryAction, Membership, Role, User
from sakip.models.user import AGENCY_ROLES, UNIT_ROLES
from sakip.queries.accounts import accounts_of
from sakip.workflow.permissions import grantable_roles, managed_agencies, may_grant, require_grant

admin.site.unregister(Group)

ACCOUNT = (None, {"fields": ["username", "password"]})
PERSON = (
    "Pemegang akun",
    {"fields": ["first_name", "last_name", "title", "email", "wants_mail", "is_active"]},
)
POWERS = ("Kewenangan admin", {"fields": ["is_staff", "is_superuser"]})
SECRET = {"password"}
# Where a role is held: which of the places it names, and names alone.
PLACES = ("government", "agency", "unit")
PLACE_OF = {
    **dict.fromkeys(UNIT_ROLES, ("agency", "unit")),
    **dict.fromkeys(AGENCY_ROLES, ("agency",)),
    Role.CITY: ("government",),
}


@admin.register(User)
class UserAdmin(HistoryAdmin, DjangoUserAdmin):
    list_display = ["username", "first_name", "last_name", "title", "is_active"]
    list_filter = ["is_active"]
    filter_horizontal = []
    actions = ["take_off_second_factor"]

    @admin.action(description="Lepas kode autentikator (ponsel dan kode pemulihan hilang)")
    def take_off_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For the accounts chosen among those one keeps; their next log-in takes the password alone."""
        having = [user for user in queryset if has_second_factor(user)]
        for user in having:
            turn_off(user=user, by=request.user, at=timezone.now())
        self.message_user(request, f"Kode autentikator dilepas dari {len(having)} akun.")

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Another's new password, with its line of history. One's own is changed where the old one is asked
        for."""
        account = self.get_object(request, unquote(id))
        if account == request.user:
            return redirect("password_change")
        before = stored_values(account) if account else {}
        response = super().user_change_password(request, id, form_url)
        if account and (after := stored_values(account))["password"] != before["password"]:
            self._record(request, account, HistoryAction.UPDATE, before, after)
            logins.end_all(user=account, at=timezone.now())
        return response

    def get_fieldsets(self, request: HttpRequest, obj=None):
        if obj is None:
            return self.add_fieldsets
        return [ACCOUNT, PERSON, POWERS] if request.user.is_superuser else [ACCOUNT, PERSON]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return accounts_of(request.user)

    def _keeps(self, request: HttpRequest, obj: User | None = None) -> bool:
        if not request.user.is_staff or not managed_agencies(request.user).exists():
            return request.user.is_superuser
        return obj is None or accounts_of(request.user).filter(pk=obj.pk).exists()

    has_view_permission = has_change_permission = _keeps

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._keeps(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Accounts are switched off, never deleted: the history names them."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._keeps(request)

    def _record(self, request, row, action, before, after) -> None:
        hidden = {key: "(rahasia)" for key in SECRET & after.keys() if before.get(key) == after[key]}
        changed = {key: "(diganti)" for key in SECRET & after.keys() if before.get(key) != after[key]}
        super()._record(
            request,
            row,
            action,
            {**before, **hidden, **dict.fromkeys(changed)},
            {**after, **hidden, **changed},
        )


class MembershipForm(forms.ModelForm):
    """A role stays with whom it was granted to; another person gets a role of their own."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        user = self.fields.get("user")
        if self.instance.pk and isinstance(user, forms.ModelChoiceField):
            user.queryset = User.objects.filter(pk=self.instance.user_id)

    def clean(self) -> dict[str, object]:
        """What the database would refuse by the name of its constraint is said at the place to mend."""
        found = super().clean() or {}
        if role := found.get("role"):
            label = Role(role).label.lower()
            for name in PLACES:
                if name in PLACE_OF[Role(role)] and not found.get(name):
                    self.add_error(name, f"Pilih tempat peran {label}.")
                elif name not in PLACE_OF[Role(role)] and found.get(name):
                    self.add_error(name, f"Kosongkan: tidak dipakai untuk peran {label}.")
        return found


@admin.register(Membership)
class MembershipAdmin(AgencyAdmin):
    """Roles that the city appoints are read by the agency's administrator, not changed."""

    form = MembershipForm
    list_display = ["user", "role", "agency", "unit", "valid_from", "valid_until"]
    list_filter = ["role"]
    list_select_related = ["user", "agency", "unit"]

    def _grants(self, request: HttpRequest, obj=None) -> bool:
        return self._administers(request, obj) and (obj is None or may_grant(request.user, Role(obj.role)))

    has_change_permission = has_delete_permission = _grants

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        require_grant(request.user, Role(obj.role))
        super().save_model(request, obj, form, change)

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = accounts_of(request.user)
        if db_field.name == "government" and not request.user.is_superuser:
            kwargs["queryset"] = db_field.related_model._default_manager.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "role":
            offered = ["", *grantable_roles(request.user)]
            kwargs["choices"] = [choice for choice in db_field.get_choices() if choice[0] in offered]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
