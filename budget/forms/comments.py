"""What is sent with a comment."""

from django import forms

LONGEST_COMMENT = 2000


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Tulis komentar",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Komentar masih kosong. Tulis pertanyaan atau penjelasannya.",
            "max_length": "Terlalu panjang: %(show_value)d karakter; paling banyak %(limit_value)d.",
        },
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")
