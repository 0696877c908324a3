"""What happens between the proof of who somebody is and their first page, whichever door they came by."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sakip.actions import logins
from sakip.actions.second_factor import has_second_factor
from sakip.models import LoginMethod, User
from sakip.visitors import address_of, device_of
from sakip.workflow.permissions import needs_second_factor

BACKEND = "sakip.backends.PortalBackend"
# Seconds in which the code of the second factor must follow the password.
PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who proved their password (or came by the single sign-on) and owes the code."""

    user: User
    method: LoginMethod
    target: str


def welcome(request: HttpRequest, user: User, method: LoginMethod, target: str) -> HttpResponse:
    """In, or on to the second factor."""
    if not has_second_factor(user):
        return enter(request, user, method, target, with_code=False)
    request.session["waiting"] = [user.pk, method.value, target, time.time()]
    return redirect("login_code")


def who_waits(request: HttpRequest) -> Waiting | None:
    user_id, method, target, since = request.session.get("waiting") or (None, "", "", 0)
    if user_id is None or time.time() - since > PATIENCE:
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return Waiting(user, LoginMethod(method), target) if user else None


def enter(
    request: HttpRequest, user: User, method: LoginMethod, target: str, *, with_code: bool
) -> HttpResponse:
    request.session.pop("waiting", None)
    auth.login(request, user, backend=BACKEND)
    now = timezone.now()
    began = logins.begin(
        user=user,
        method=method,
        with_code=with_code,
        address=address_of(request),
        device=device_of(request),
        session_key=request.session.session_key or "",
        at=now,
    )
    request.session["login"], request.session["seen"] = began.pk, now.timestamp()
    if settings.REQUIRE_SECOND_FACTOR and not with_code and needs_second_factor(user):
        request.session["must_set_up"] = True
        return redirect("second_factor")
    return redirect(target)
