"""Forms of the worksheet: the office's answer to a criterion, the judgement of a sub-component."""

from collections.abc import Iterable

from django import forms

from sakip.forms.evidence import EvidenceForm

LONGEST = 4000


def _text(label: str, rows: int, **kwargs) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


class AnswerForm(EvidenceForm):
    """What the office says, with files or a link that prove it; proof may come later. `version` is the one
    that its writer saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    statement = _text(
        "Jawaban kantor",
        4,
        help_text="Pendek: apa yang ada, nomor dan tanggalnya, dan di mana dapat dilihat.",
        error_messages={"required": "Tulis jawaban kantor."},
    )
    description = None  # type: ignore[assignment]
    field_order = ["version", "statement", "uploads", "link", "kind", "dated"]


class JudgementForm(forms.Form):
    """A label of the policy's scale, why, and what to do about it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label="Nilai", error_messages={"required": "Pilih nilai."})
    note = _text("Catatan", 3, error_messages={"required": "Tulis catatan yang mendasari nilai."})
    recommendation = _text("Rekomendasi", 2, required=False)

    def __init__(self, *args, labels: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih nilai"), *labels]
