"""Every component of the design in every state, on one page; only where DEBUG is on (docs/design.md)."""

import json

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

TEMPLATES = settings.BASE_DIR / "templates"


class ShowcaseForm(forms.Form):
    indicator = forms.CharField(label="Nama indikator", help_text="Tulis seperti di perjanjian kinerja.")
    realisation = forms.DecimalField(
        label="Realisasi", localize=True, help_text="Angka dengan koma, misalnya 97,13."
    )
    method = forms.ChoiceField(
        label="Cara menggabungkan triwulan",
        required=False,
        choices=[("sum", "Jumlah"), ("last", "Nilai terakhir")],
    )
    polarity = forms.ChoiceField(
        label="Polarisasi",
        widget=forms.RadioSelect,
        choices=[("higher", "Makin tinggi makin baik"), ("lower", "Makin rendah makin baik")],
    )
    note = forms.CharField(
        label="Kendala",
        required=False,
        widget=forms.Textarea,
        help_text="Satu kalimat: apa yang menghambat dan di mana.",
    )
    evidence = forms.FileField(
        label="Bukti dukung", required=False, help_text="PDF, JPG, atau XLSX, paling besar 10 MB."
    )
    matched = forms.BooleanField(label="Angka ini sudah saya cocokkan dengan bukti dukung")


def showcase(request: HttpRequest) -> HttpResponse:
    demo = json.loads((TEMPLATES / "design/showcase.json").read_text(encoding="utf-8"))
    demo["svg"] = mark_safe((TEMPLATES / "design/_chart.svg").read_text(encoding="utf-8"))  # noqa: S308 - our own file
    demo["page"] = Paginator(range(230), 50).page(2)
    form = ShowcaseForm(
        {"indicator": "Indeks kepuasan masyarakat", "realisation": "1.2.3", "polarity": "higher"}
    )
    return render(request, "design/showcase.html", {"demo": demo, "form": form, "sample_data": True})
