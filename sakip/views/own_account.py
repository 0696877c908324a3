"""Akun saya: one's password, second factor and sessions on one page."""

import secrets
from base64 import b32encode
from http import HTTPStatus
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sakip.actions import logins
from sakip.actions import second_factor as factor
from sakip.forms.account import CodeForm, PasswordForm, refusal_status
from sakip.models import Login, LoginEnding
from sakip.views.account import way_to
from sakip.views.place import PortalRequest
from sakip.workflow.permissions import needs_second_factor

PAST = 10
KEY_SALT = "second-factor"
# Seconds in which a key that is shown has to be proved.
KEY_LASTS = 3600
WRONG_CODE = "Kode tidak cocok. Periksa jam ponsel Anda, lalu tulis kode yang sedang tampil."


@require_safe
def page(request: PortalRequest) -> HttpResponse:
    return _page(request, PasswordForm(request=request))


def _page(request: PortalRequest, form: PasswordForm) -> HttpResponse:
    running = Login.objects.filter(user=request.user).running(timezone.now())
    here = request.session.get("login", 0)
    context = {
        "heading": "Akun saya",
        "breadcrumbs": way_to(),
        "running": running,
        "here": here,
        "has_others": any(login.pk != here for login in running),
        "past": Login.objects.filter(user=request.user).exclude(pk__in=running.values("pk"))[:PAST],
        "has_second_factor": factor.has_second_factor(request.user),
        "is_required": settings.REQUIRE_SECOND_FACTOR and needs_second_factor(request.user),
        "form": form,
    }
    status = refusal_status(request) if form.errors else HTTPStatus.OK
    return render(request, "sakip/account/page.html", context, status=status)


@require_POST
def end_session(request: PortalRequest, login: int) -> HttpResponse:
    """One of one's own sessions; whose number it is not answers as if there were none."""
    found = get_object_or_404(Login.objects.running(timezone.now()), pk=login, user=request.user)
    _end(request, Login.objects.filter(pk=found.pk))
    return redirect("account")


@require_POST
def end_others(request: PortalRequest) -> HttpResponse:
    _end(request, Login.objects.filter(user=request.user).exclude(pk=request.session.get("login", 0)))
    return redirect("account")


def _end(request: PortalRequest, chosen) -> None:
    count = logins.end(logins=chosen, ending=LoginEnding.ENDED, by=request.user, at=timezone.now())
    messages.success(request, f"{count} sesi diakhiri." if count else "Tidak ada sesi lain.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: PortalRequest) -> HttpResponse:
    """The QR code to scan, then one code as proof; the recovery codes are in the answer and nowhere else."""
    if factor.has_second_factor(request.user):
        return redirect("account")
    signed, key = _offered_key(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data["code"]
            codes = factor.set_up(by=request.user, key=key, code=code, at=timezone.now())
        except factor.WrongCodeError:
            form.add_error("code", WRONG_CODE)
        else:
            request.session.pop("must_set_up", None)
            shown = {"heading": "Kode pemulihan", "codes": codes, "breadcrumbs": way_to("Kode pemulihan")}
            return render(request, "sakip/account/recovery.html", shown)
    shared = b32encode(bytes.fromhex(key)).decode()
    issuer = settings.OTP_TOTP_ISSUER
    label = quote(f"{issuer}:{request.user.get_username()}")
    drawn = segno.make(f"otpauth://totp/{label}?{urlencode({'secret': shared, 'issuer': issuer})}")
    context: dict[str, object] = {
        "heading": "Pasang kode autentikator",
        "breadcrumbs": way_to("Kode autentikator"),
        "form": form,
        "signed": signed,
        # Drawn by us from hex digits and an encoded name.
        "drawn": mark_safe(drawn.svg_inline(scale=5, light="#fff", border=4)),  # noqa: S308
        "key": " ".join(shared[at : at + 4] for at in range(0, len(shared), 4)),
        "is_required": request.session.get("must_set_up"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "sakip/account/second_factor.html", context, status=status)


def _offered_key(request: PortalRequest) -> tuple[str, str]:
    """The key (hex) that the page offered this person, else a new one. It waits in the page, signed, because
    a page that is only read writes nothing, not even into the session."""
    try:
        signed = request.POST.get("key", "")
        owner, key = signing.loads(signed, salt=KEY_SALT, max_age=KEY_LASTS)
    except signing.BadSignature:
        owner, key = None, ""
    if owner == request.user.pk:
        return signed, key
    key = secrets.token_hex(20)
    return signing.dumps([request.user.pk, key], salt=KEY_SALT), key


@require_POST
def second_factor_off(request: PortalRequest) -> HttpResponse:
    form = PasswordForm(request.POST, request=request)
    if not form.is_valid():
        return _page(request, form)
    factor.turn_off(user=request.user, by=request.user, at=timezone.now())
    messages.success(request, "Kode autentikator dimatikan.")
    if settings.REQUIRE_SECOND_FACTOR and needs_second_factor(request.user):
        request.session["must_set_up"] = True
        return redirect("second_factor")
    return redirect("account")
