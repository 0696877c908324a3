"""Logging in and out, changing one's own password, and choosing whether to get mail."""

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sakip.actions.notifications import choose_mail
from sakip.forms.account import NotificationForm
from sakip.views.place import PortalRequest

UNPROCESSABLE = 422


class LoginView(views.LoginView):
    """Whoever is logged in already goes home; but one who was sent here from a
    page that is not theirs may log in as somebody else."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if request.user.is_authenticated and not self.get_redirect_url():
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)


class PasswordChangeView(views.PasswordChangeView):
    template_name = "sakip/account/password_change.html"
    success_url = reverse_lazy("home")
    extra_context = {"heading": "Ganti kata sandi"}

    def form_valid(self, form) -> HttpResponse:
        messages.success(self.request, "Kata sandi telah diganti.")
        return super().form_valid(form)


login = login_not_required(LoginView.as_view())
logout = views.LogoutView.as_view()
password_change = PasswordChangeView.as_view()


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
    form = NotificationForm(sent, instance=request.user)
    if request.method == "POST" and form.is_valid():
        choose_mail(user=request.user, **form.cleaned_data)
        messages.success(request, "Pilihan pemberitahuan tersimpan.")
        return redirect("notifications")
    status = UNPROCESSABLE if form.errors else 200
    return render(
        request,
        "sakip/account/notifications.html",
        {"form": form, "heading": "Pemberitahuan"},
        status=status,
    )
