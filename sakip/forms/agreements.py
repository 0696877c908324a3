"""The form of a performance agreement that is being written: what stands above it, and its rows."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import CharField, Model

from sakip.forms.days import day_field
from sakip.forms.fields import DoubtfulNumberError, MeasureField
from sakip.models import Agreement, AgreementIndicator, Indicator, ProgrammeNode

UNTICKED = (
    "Baris ini Anda ubah, tetapi tidak dicentang Dimuat. Centang bila hendak dimuat, atau kembalikan isinya."
)


def _longest(model: type[Model], field: str) -> int | None:
    found = model._meta.get_field(field)
    return found.max_length if isinstance(found, CharField) else None


class PlainText(forms.CharField):
    """Browsers send line ends as CRLF. A text with such ends or with spaces around it is the same text."""

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def has_changed(self, initial: object, data: object) -> bool:
        return super().has_changed(self.to_python(initial), data)


class AgreementForm(forms.Form):
    """`version` is the one that its writer saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = forms.CharField(
        label="Judul",
        max_length=_longest(Agreement, "title"),
        error_messages={"required": "Tulis judul perjanjian."},
    )
    signed_on = day_field(
        "Tanggal penandatanganan",
        required=False,
        help_text="Perlu ada saat diberlakukan.",
    )
    first_party_title = forms.CharField(
        label="Pihak pertama",
        max_length=_longest(Agreement, "first_party_title"),
        help_text="Jabatan, misalnya Camat.",
        error_messages={"required": "Tulis jabatan pihak pertama."},
    )
    second_party_title = forms.CharField(
        label="Pihak kedua",
        max_length=_longest(Agreement, "second_party_title"),
        required=False,
        help_text="Jabatan, misalnya Walikota.",
    )


class RowForm(forms.Form):
    """A row that the document can hold; `name` says of what. One that it does not hold must say what it said
    before, so that nothing typed is lost unnoticed."""

    is_included = forms.BooleanField(label="Dimuat", required=False)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        for field in self.fields.values():
            field.widget.attrs |= {"aria-label": f"{field.label}: {name}", "autocomplete": "off"}

    def clean(self) -> None:
        if self.cleaned_data.get("is_included"):
            self.clean_included()
        elif set(self.changed_data) - {"is_included"}:
            self.add_error("is_included", UNTICKED)

    def clean_included(self) -> None:
        """What a row that the document holds must have."""

    def readings(self, field: str) -> tuple[str, ...]:
        """What a doubtful number may mean."""
        errors = self.errors.as_data().get(field, [])
        return next((e.readings for e in errors if isinstance(e, DoubtfulNumberError)), ())


class IndicatorRowForm(RowForm):
    outcome_text = PlainText(
        label="Sasaran", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    unit_of_measure = PlainText(
        label="Satuan", required=False, max_length=_longest(AgreementIndicator, "unit_of_measure")
    )
    # A target above the programme tree, growth for example, may lie below zero.
    target = MeasureField(label="Target", smallest=None)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"i{indicator.pk}", **kwargs)
        self.indicator = indicator

    def clean_included(self) -> None:
        if "outcome_text" in self.cleaned_data and not self.cleaned_data["outcome_text"]:
            self.add_error("outcome_text", "Tulis sasaran indikator ini.")


class ProgrammeRowForm(RowForm):
    amount = MeasureField(label="Anggaran", is_rupiah=True, decimals=2)

    def __init__(self, *args: Any, node: ProgrammeNode, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"p{node.pk}", **kwargs)
        self.node = node

    @property
    def amount_rp(self) -> Decimal:
        return self.cleaned_data["amount"].number

    def clean_included(self) -> None:
        amount = self.cleaned_data.get("amount")
        if amount is not None and not amount.is_number:
            self.add_error("amount", "Isi anggaran program yang dimuat, dalam rupiah; 0 bila tidak ada.")
