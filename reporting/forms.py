"""The office's own text of a section."""

from django import forms

from reporting.lkjip.manuscripts import problem_of
from reporting.year import OfficeYear

LONGEST_TEXT = 20_000


class NarrativeForm(forms.Form):
    """Empty for the standard text. A text that the report cannot fill in is refused."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Naskah",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        help_text="Kosongkan untuk memakai naskah baku. Tabel dan gambar bagian ini tetap tampil.",
    )

    def __init__(self, *args, office: OfficeYear, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.office = office

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if text and (problem := problem_of(self.office, text)):
            raise forms.ValidationError(problem)
        return text
