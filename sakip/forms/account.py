"""One's own account: mail, the code of the second factor, and the password that turns it off."""

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from sakip.models import User


class NotificationForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "wants_mail"]
        labels = {"email": "Alamat surel", "wants_mail": "Kirimi saya surel"}
        help_texts = {
            "wants_mail": "Saat isian diajukan, dikembalikan, atau disahkan, dan sebelum tenggat berakhir."
        }

    def clean(self) -> None:
        if self.cleaned_data.get("wants_mail") and not self.cleaned_data.get("email"):
            self.add_error("email", "Tulis alamat surel, atau matikan pemberitahuan.")


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Kode",
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "").lower()


class PasswordForm(forms.Form):
    """The password of whoever is logged in, guessed as rarely as at the log-in: a session that was left open
    is no way to it."""

    password = forms.CharField(
        label="Kata sandi Anda",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    @property
    def is_locked(self) -> bool:
        return getattr(self.request, "axes_locked_out", False)

    def clean_password(self) -> str:
        password, name = self.cleaned_data["password"], self.request.user.get_username()
        found = authenticate(self.request, username=name, password=password)
        if self.is_locked:
            raise forms.ValidationError("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi.")
        if found != self.request.user:
            raise forms.ValidationError("Kata sandi tidak cocok.")
        return password
