"""The government's single sign-on by OpenID Connect: authorization code with PKCE, state and nonce.

It proves who somebody is and gives no role: whom the portal does not know stays outside.
"""

import logging
from http import HTTPStatus

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError

from sakip.actions import logins
from sakip.models import LoginMethod, SsoIdentity, User
from sakip.views import entrance

log = logging.getLogger(__name__)
IS_DOWN = "Layanan SSO tidak dapat dihubungi. Coba lagi, atau masuk dengan kata sandi."
IS_INVALID = "Jawaban SSO tidak sah atau sudah kedaluwarsa. Mulai lagi dari tombol SSO."
FAULTS = (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError, RuntimeError)
# Claims that may hold the name of the portal's account, the first that fits counts.
NAME_CLAIMS = ("nip", "preferred_username")


def provider():
    """The one that the environment names. A 404 when it names none."""
    if not settings.OIDC_ISSUER:
        raise Http404("SSO tidak diatur.")
    return OAuth().register(
        "sso",
        server_metadata_url=f"{settings.OIDC_ISSUER}/.well-known/openid-configuration",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": 10,
        },
    )


@login_not_required
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Off to the provider; where to come out afterwards waits in the session."""
    client = provider()
    target = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    request.session["sso_next"] = target if is_ours else ""
    try:
        return client.authorize_redirect(request, request.build_absolute_uri(reverse("sso_return")))
    except FAULTS as fault:
        return _refuse(request, IS_DOWN, fault)


@login_not_required
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    client = provider()
    try:
        claims = client.authorize_access_token(request, claims_options=_claims_options())["userinfo"]
        subject = claims["sub"]
    except FAULTS as fault:
        return _refuse(request, IS_INVALID, fault)
    user = owner_of(settings.OIDC_ISSUER, subject, claims)
    if user is None:
        return _refuse(
            request,
            "Akun SSO Anda belum terhubung dengan akun portal. Minta admin instansi menyamakan surel atau "
            "nama pengguna (NIP) Anda.",
        )
    target = request.session.pop("sso_next", "") or resolve_url(settings.LOGIN_REDIRECT_URL)
    return entrance.welcome(request, user, LoginMethod.SSO, target)


def _claims_options() -> dict[str, dict[str, object]]:
    return {
        "iss": {"essential": True, "values": [settings.OIDC_ISSUER, f"{settings.OIDC_ISSUER}/"]},
        "aud": {"essential": True, "values": [settings.OIDC_CLIENT_ID]},
        "exp": {"essential": True},
        "nonce": {"essential": True},
    }


def owner_of(issuer: str, subject: str, claims) -> User | None:
    """Whose it is: linked before, or by NIP or user name, or by verified e-mail of exactly one account. A
    superuser's account is nobody's by a name or an address that somebody has at the provider."""
    known = SsoIdentity.objects.filter(issuer=issuer, subject=subject).select_related("user").first()
    if known:
        return known.user if known.user.is_active else None
    free = User.objects.filter(is_active=True, is_superuser=False).exclude(sso_identities__issuer=issuer)
    names = [str(claims[name]) for name in NAME_CLAIMS if claims.get(name)]
    found = next((user for name in names if (user := free.filter(username=name).first())), None)
    if found is None and claims.get("email") and claims.get("email_verified") is True:
        same = list(free.filter(email__iexact=claims["email"])[:2])
        found = same[0] if len(same) == 1 else None
    if found:
        logins.link(user=found, issuer=issuer, subject=subject, at=timezone.now())
    return found


def _refuse(request: HttpRequest, reason: str, fault: Exception | None = None) -> HttpResponse:
    """The log-in page with the reason. The log names the kind of fault and no token."""
    log.warning("single sign-on refused: %s", type(fault).__name__ if fault else "unknown person")
    context = {"form": AuthenticationForm(request), "sso_fault": reason, "has_sso": True}
    return render(request, "registration/login.html", context, status=HTTPStatus.FORBIDDEN)
