"""Who somebody is: Django's own check of the password, and the user read together with the roles of today."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import F, FilteredRelation
from django.utils import timezone

from sakip.models import User
from sakip.models.user import current
from sakip.workflow.roles import remember_roles


class PortalBackend(ModelBackend):
    """Every page asks for the user and then for their roles; this reads both in one query."""

    def get_user(self, user_id: int) -> User | None:
        held = FilteredRelation("memberships", condition=current(timezone.localdate(), "memberships__"))
        rows = list(
            User.objects.filter(pk=user_id)
            .annotate(
                held=held,
                held_key=F("held__pk"),
                held_role=F("held__role"),
                held_government=F("held__government_id"),
                held_agency=F("held__agency_id"),
                held_unit=F("held__unit_id"),
                held_unit_name=F("held__unit__name"),
            )
            .order_by("held_key")
        )
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        user = rows[0]
        remember_roles(
            user,
            (
                (row.held_role, row.held_government, row.held_agency, row.held_unit, row.held_unit_name)
                for row in rows
                if row.held_key is not None
            ),
        )
        return user
