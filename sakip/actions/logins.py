"""Beginning and ending sessions, and linking an account of the single sign-on."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from sakip.models import Login, LoginEnding, LoginMethod, SsoIdentity, User


def begin(
    *,
    user: User,
    method: LoginMethod,
    with_code: bool,
    address: str,
    device: str,
    session_key: str,
    at: datetime,
) -> Login:
    """Write down a log-in that succeeded."""
    return Login.objects.create(
        user=user,
        method=method,
        with_code=with_code,
        address=address[:45],
        device=device[:300],
        session_key=session_key,
        at=at,
        seen_at=at,
        expires_at=at + timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )


def seen(*, login: int, at: datetime) -> None:
    """Its session was used; `login` is its key, as the session holds it."""
    Login.objects.filter(pk=login).update(seen_at=at)


def carry_on(*, login: int, session_key: str) -> None:
    """The session got a new key, as after a new password, and is still the same log-in."""
    Login.objects.filter(pk=login).update(session_key=session_key)


@transaction.atomic
def end(*, logins: QuerySet[Login], ending: LoginEnding, by: User, at: datetime) -> int:
    """End the person's own sessions among these: whoever uses them has to log in again. How many ended."""
    if logins.exclude(user=by).exists():
        raise PermissionDenied("Hanya sesi Anda sendiri yang dapat Anda akhiri.")
    return _end(logins, ending, at)


@transaction.atomic
def end_all(*, user: User, at: datetime) -> int:
    """Whoever keeps the account gave it a new password: whoever is in with the old one goes out."""
    return _end(Login.objects.filter(user=user), LoginEnding.PASSWORD, at)


def _end(logins: QuerySet[Login], ending: LoginEnding, at: datetime) -> int:
    found = list(logins.select_for_update().filter(ending=LoginEnding.OPEN))
    Session.objects.filter(session_key__in=[login.session_key for login in found]).delete()
    for login in found:
        login.ending, login.ended_at, login.session_key = ending, at, ""
    Login.objects.bulk_update(found, ["ending", "ended_at", "session_key"])
    return len(found)


def link(*, user: User, issuer: str, subject: str, at: datetime) -> None:
    """Remember whose the account of the single sign-on is, so that a changed e-mail does not matter."""
    SsoIdentity.objects.create(user=user, issuer=issuer, subject=subject, linked_at=at)
