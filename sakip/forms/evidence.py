"""The form under a row: files, or a link, and what holds for all that is sent together."""

from datetime import date

from django import forms
from django.core.validators import URLValidator

from sakip.evidence.kinds import ACCEPTED
from sakip.forms.days import day_field
from sakip.models import EvidenceKind

LONGEST_DESCRIPTION = 1000
EARLIEST_YEAR = 2000
PICTURES = "image/*"
ENDINGS = ",".join(ending for content in ACCEPTED for ending in content.extensions)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what they are is told from their content when they are kept."""

    widget = SeveralFiles

    def clean(self, data, initial=None) -> list:
        return list(data or [])


class EvidenceForm(forms.Form):
    """At least one file or a link."""

    uploads = FilesField(
        label="Berkas",
        required=False,
        widget=SeveralFiles(attrs={"accept": f"{ENDINGS},{PICTURES}"}),
    )
    link = forms.URLField(
        label="Tautan",
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[
            URLValidator(
                schemes=["http", "https"],
                message="Tulis alamat lengkap yang berawalan https://, misalnya https://contoh.go.id/laporan.",
            )
        ],
        error_messages={
            "invalid": "Tulis alamat lengkap yang berawalan https://, misalnya https://contoh.go.id/laporan.",
            "max_length": "Alamat ini lebih panjang dari %(limit_value)d karakter.",
        },
    )
    kind = forms.ChoiceField(
        label="Jenis bukti", required=False, choices=[("", "Menurut isi berkas"), *EvidenceKind.choices]
    )
    dated = day_field("Tanggal bukti", required=False)
    description = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": "Terlalu panjang: %(show_value)d karakter; paling banyak %(limit_value)d."
        },
    )

    def __init__(self, *args, today: date, **kwargs) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.fields["dated"].widget.attrs["max"] = today.isoformat()

    def clean_dated(self) -> date | None:
        dated = self.cleaned_data["dated"]
        if dated and dated.year < EARLIEST_YEAR:
            raise forms.ValidationError("Tanggal ini sebelum tahun 2000. Periksa tahunnya.")
        if dated and dated > self.today:
            raise forms.ValidationError("Tanggal ini belum tiba. Tulis tanggal pada bukti itu sendiri.")
        return dated

    def clean_kind(self) -> EvidenceKind | None:
        kind = self.cleaned_data["kind"]
        return EvidenceKind(kind) if kind else None
