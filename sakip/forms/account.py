"""Whether and where somebody wants mail."""

from django import forms

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
