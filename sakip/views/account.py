"""Logging in and out, changing one's own password, and choosing whether to get mail."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sakip.actions import logins, second_factor
from sakip.actions.notifications import choose_mail
from sakip.forms.account import CodeForm, NotificationForm, PasswordChangeForm, is_locked_out, refusal_status
from sakip.models import Login, LoginEnding, LoginMethod
from sakip.views import entrance
from sakip.views.place import PortalRequest

WRONG_CODE = "Kode tidak cocok atau sudah dipakai. Tunggu beberapa detik, lalu tulis kode baru."


class LoginView(views.LoginView):
    """Whoever is logged in already goes home; but one who was sent here from a
    page that is not theirs may log in as somebody else."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if request.user.is_authenticated and not self.get_redirect_url():
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        return entrance.welcome(self.request, form.get_user(), LoginMethod.PASSWORD, self.get_success_url())

    def form_invalid(self, form) -> HttpResponse:
        is_locked = is_locked_out(self.request)
        response = self.render_to_response(self.get_context_data(form=form, is_locked=is_locked))
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS if is_locked else HTTPStatus.OK
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(has_sso=bool(settings.OIDC_ISSUER), **kwargs)


class LogoutView(views.LogoutView):
    def post(self, request: HttpRequest, *args, **kwargs):
        if request.user.is_authenticated:
            mine = Login.objects.filter(pk=request.session.get("login", 0))
            logins.end(logins=mine, ending=LoginEnding.LOGOUT, by=request.user, at=timezone.now())
        return super().post(request, *args, **kwargs)


def way_to(page: str = "") -> list[dict[str, str]]:
    """The way from the home page to one's account, or to a page of it: these have no menu beside them."""
    way = [{"label": "Beranda", "url": reverse("home")}, {"label": "Akun saya"}]
    return [way[0], {**way[1], "url": reverse("account")}, {"label": page}] if page else way


class PasswordChangeView(views.PasswordChangeView):
    request: PortalRequest
    template_name = "sakip/account/password_change.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("account")

    def get_context_data(self, **kwargs) -> dict[str, object]:
        more = {"heading": "Ganti kata sandi", "breadcrumbs": way_to("Kata sandi")}
        return super().get_context_data(**kwargs) | more

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = refusal_status(self.request)
        return response

    def form_valid(self, form) -> HttpResponse:
        """Django refuses the other sessions by the new password's hash; here they end in the list as well."""
        messages.success(self.request, "Kata sandi telah diganti. Sesi lain telah diakhiri.")
        here = self.request.session.get("login", 0)
        others = Login.objects.filter(user=self.request.user).exclude(pk=here)
        response = super().form_valid(form)
        logins.end(logins=others, ending=LoginEnding.PASSWORD, by=self.request.user, at=timezone.now())
        logins.carry_on(login=here, session_key=self.request.session.session_key or "")
        return response


login = login_not_required(LoginView.as_view())
logout = LogoutView.as_view()
password_change = PasswordChangeView.as_view()


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def login_code(request: HttpRequest) -> HttpResponse:
    """The second step of a log-in, for whoever set it up: the app's code or a recovery code."""
    waiting = entrance.who_waits(request)
    if waiting is None:
        return redirect("login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if second_factor.is_right(user=waiting.user, code=form.cleaned_data["code"]):
            return entrance.enter(request, waiting.user, waiting.method, waiting.target, with_code=True)
        form.add_error("code", WRONG_CODE)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "registration/code.html", {"form": form}, status=status)


@login_not_required
@require_safe
def admin_login(request: HttpRequest) -> HttpResponse:
    """Strangers log in at the portal's own door; whoever is in and was sent here may not go further."""
    if request.user.is_authenticated:
        raise PermissionDenied("Data induk hanya untuk pengelolanya. Peran Anda tidak mencakupnya.")
    return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))


@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: PortalRequest) -> HttpResponse:
    """One's own address and whether mails are wanted."""
    sent = request.POST if request.method == "POST" else None
    form = NotificationForm(sent, instance=request.user, request=request)
    if request.method == "POST" and form.is_valid():
        choice = {name: form.cleaned_data[name] for name in ("wants_mail", "email")}
        choose_mail(user=request.user, at=timezone.now(), **choice)
        messages.success(request, "Pilihan pemberitahuan tersimpan.")
        return redirect("notifications")
    status = refusal_status(request) if form.errors else HTTPStatus.OK
    return render(
        request,
        "sakip/account/notifications.html",
        {"form": form, "heading": "Pemberitahuan", "breadcrumbs": way_to("Pemberitahuan")},
        status=status,
    )
