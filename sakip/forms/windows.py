"""The dates of a quarter, the last day for the report, and leave to be late."""

from datetime import date
from itertools import pairwise

from django import forms

from sakip import indonesian
from sakip.forms.days import day_field
from sakip.models import UnitQuarter

LONGEST_REASON = 500


class WindowForm(forms.Form):
    """When a quarter is filled in and reviewed, the same for all units; every date may be empty."""

    entry_opens = day_field("Pengisian dibuka", required=False)
    entry_closes = day_field("Pengisian ditutup", required=False)
    review_closes = day_field("Pemeriksaan ditutup", required=False)

    def clean(self) -> None:
        dates = [(name, self.cleaned_data.get(name)) for name in self.fields]
        known = [(name, day) for name, day in dates if day is not None]
        for (_, before), (name, after) in pairwise(known):
            if after < before:
                self.add_error(name, f"Tidak boleh sebelum {indonesian.date_long(before)}.")


class ReportDueForm(forms.Form):
    """The last day on which the report of a year is on time; empty where none is set."""

    report_due = day_field("Batas penyampaian LKjIP", required=False)

    def __init__(self, *args, year: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_report_due(self) -> date | None:
        due: date | None = self.cleaned_data["report_due"]
        if due is not None and due.year <= self.year:
            raise forms.ValidationError(
                f"Laporan tahun {self.year} disampaikan setelah tahunnya berakhir. "
                f"Pilih tanggal mulai 1 Januari {self.year + 1}."
            )
        return due


class ExceptionForm(forms.Form):
    """Leave for one unit's quarter."""

    unit_quarter = forms.ModelChoiceField(
        UnitQuarter.objects.none(), label="Triwulan unit", empty_label="Pilih triwulan unit"
    )
    valid_until = day_field("Dapat diisi sampai")
    reason = forms.CharField(
        label="Alasan",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dibaca oleh unit dan tercatat dalam riwayat.",
    )

    def __init__(self, *args, quarters, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["unit_quarter"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = quarters

    def clean_valid_until(self) -> date:
        until: date = self.cleaned_data["valid_until"]
        if until < self.today:
            raise forms.ValidationError("Tanggal ini sudah lewat.")
        return until
