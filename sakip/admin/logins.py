"""Log-ins and linked accounts of the single sign-on, of the people whose accounts one keeps."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from sakip.admin.base import HistoryAdmin
from sakip.models import Login, SsoIdentity
from sakip.queries.accounts import accounts_of
from sakip.workflow.permissions import managed_agencies


class OfAccounts(HistoryAdmin):
    """Rows of the accounts that an administrator keeps: read, neither written nor changed."""

    list_select_related = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(user__in=accounts_of(request.user))

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        user = request.user
        keeps = user.is_staff and managed_agencies(user).exists()
        return user.is_superuser or keeps

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def _nobody(self, request: HttpRequest, obj=None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _nobody


@admin.register(Login)
class LoginAdmin(OfAccounts):
    list_display = ["user", "at", "method", "with_code", "address", "device", "seen_at", "ended_at", "ending"]
    list_filter = ["method", "ending"]
    date_hierarchy = "at"
    # Whoever knows the key of a running session is in.
    exclude = ["session_key"]


@admin.register(SsoIdentity)
class SsoIdentityAdmin(OfAccounts):
    """Deleting one unlinks: the next log-in looks for NIP, user name and e-mail again."""

    list_display = ["user", "issuer", "subject", "linked_at"]

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_view_permission(request)
