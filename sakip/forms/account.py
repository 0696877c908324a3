"""One's own account: mail, the code of the second factor, and the password."""

from http import HTTPStatus

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth import forms as forms_of_django
from django.http import HttpRequest

from sakip.models import User


class NotificationForm(forms.ModelForm):
    """A new address takes the password: the single sign-on may know somebody by it, and a session that was
    left open is no way to give one's account to somebody else. Whoever has no password came by that sign-on,
    which knows them by its own number already."""

    password = forms.CharField(
        label="Kata sandi Anda",
        required=False,
        strip=False,
        help_text="Diminta hanya bila alamat surel diubah.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["email", "password", "wants_mail"]

    class Meta:
        model = User
        fields = ["email", "wants_mail"]
        labels = {"email": "Alamat surel", "wants_mail": "Kirimi saya surel"}
        help_texts = {
            "wants_mail": "Saat isian diajukan, dikembalikan, atau disahkan, dan sebelum tenggat berakhir."
        }

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if not self.instance.has_usable_password():
            del self.fields["password"]

    def clean(self) -> None:
        if self.cleaned_data.get("wants_mail") and not self.cleaned_data.get("email"):
            self.add_error("email", "Tulis alamat surel, atau matikan pemberitahuan.")
        if "password" in self.fields and "email" in self.changed_data and not self.errors:
            self._check_password(self.cleaned_data["password"])

    def _check_password(self, password: str) -> None:
        if not password:
            return self.add_error("password", "Tulis kata sandi Anda untuk mengubah alamat surel.")
        try:
            check_own_password(self.request, password)
        except forms.ValidationError as refused:
            self.add_error("password", refused)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Kode",
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "").lower()


def is_locked_out(request: HttpRequest) -> bool:
    return getattr(request, "axes_locked_out", False)


def refusal_status(request: HttpRequest) -> HTTPStatus:
    """How a form with a secret is refused: too many tries, or not understood."""
    return HTTPStatus.TOO_MANY_REQUESTS if is_locked_out(request) else HTTPStatus.UNPROCESSABLE_ENTITY


def check_own_password(request: HttpRequest, password: str) -> str:
    """The password of whoever is logged in, guessed as rarely as at the log-in: a session that was left open
    is no way to it. Raises ValidationError for another one, and when it was guessed too often."""
    found = authenticate(request, username=request.user.get_username(), password=password)
    if is_locked_out(request):
        raise forms.ValidationError("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi.")
    if found != request.user:
        raise forms.ValidationError("Kata sandi tidak cocok.")
    return password


class PasswordForm(forms.Form):
    """Turns the second factor off."""

    password = forms.CharField(
        label="Kata sandi Anda",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        return check_own_password(self.request, self.cleaned_data["password"])


class PasswordChangeForm(forms_of_django.PasswordChangeForm):
    """Django's, with the old password guessed as rarely as at the log-in."""

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        return check_own_password(self.request, self.cleaned_data["old_password"])
