"""What holds for every request: GET never writes, and a script is told when its session has ended."""

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.contrib.auth import middleware as auth
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sakip.actions import logins

READING = {"GET", "HEAD", "OPTIONS"}
WRITES = re.compile(
    r"^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|MERGE)\b\s+[\"`]?(\w+)", re.IGNORECASE
)
# The session is the browser's own row, not the office's data.
EXEMPT_TABLES = {"django_session"}


class WriteInReadError(RuntimeError):
    """A view tried to change the database while answering a request that must only read."""


def refuse_writes(execute, sql, params, many, context):
    found = WRITES.match(sql)
    if found and found.group(2).lower() not in EXEMPT_TABLES:
        raise WriteInReadError(f"GET tidak boleh menulis ke {found.group(2)}.")
    return execute(sql, params, many, context)


SESSION_ENDED = "Sesi Anda telah berakhir. Masuk kembali di tab lain, lalu ubah isian ini sekali lagi."


def refusal_to_script(reason: str) -> HttpResponse:
    """A 403 that the page shows as a message. A redirect to the log-in would look to htmx like success."""
    message = {"pesan": {"text": reason, "tone": "danger"}}
    return HttpResponse(status=HTTPStatus.FORBIDDEN, headers={"HX-Trigger": json.dumps(message)})


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Django's, but a page that is open is told why it is refused, be it that its session ended."""

    def handle_no_permission(self, request: HttpRequest, view_func):
        if request.headers.get("HX-Request"):
            return refusal_to_script(SESSION_ENDED)
        came_from = urlsplit(request.headers.get("Referer", ""))
        if request.method not in READING and came_from.netloc == request.get_host():
            # What was sent is answered on its page: the address that it was sent to may only take, not show.
            page = came_from._replace(scheme="", netloc="", fragment="").geturl()
            door, field = self.get_login_url(view_func), self.get_redirect_field_name(view_func)
            return redirect_to_login(page, door, field)
        return super().handle_no_permission(request, view_func)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, PermissionDenied) and request.headers.get("HX-Request"):
            return refusal_to_script(str(exception))
        return None


# How often a session's "last seen" is written; in between, a request costs no query.
SEEN_EVERY = 600
WITHOUT_SECOND_FACTOR = {"second_factor", "logout"}


class SessionMiddleware:
    """When a session was last seen, and no shared cache for what it saw; nobody passes who has yet to set up
    a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A page for everybody does not look at the session, or no cache might keep it.
        if not request.session.accessed:
            return response
        # What somebody sees who is signed in is not for a cache that others share.
        response.headers.setdefault("Cache-Control", "private")
        now = timezone.now()
        login = request.session.get("login")
        if login and now.timestamp() - request.session.get("seen", 0) > SEEN_EVERY:
            request.session["seen"] = now.timestamp()
            logins.seen(login=login, at=now)
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.session.get("must_set_up"):
            return None
        here = request.resolver_match.url_name if request.resolver_match else ""
        if here in WITHOUT_SECOND_FACTOR:
            return None
        if request.headers.get("HX-Request"):
            return refusal_to_script("Pasang dahulu kode autentikator pada halaman Akun saya.")
        return redirect("second_factor")


# The provider of the single sign-on sends the browser back by GET, and that is a log-in.
LOGS_IN_BY_GET = "/masuk/sso/kembali/"


class ReadOnlyGetMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING or request.path_info == LOGS_IN_BY_GET:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)
