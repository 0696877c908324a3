"""Forms of the workbook's pages: the file, the columns of an office's own sheet, the preview's answers."""

from collections.abc import Mapping

from django import forms
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budget.sheets.foreign import CODE, FIELDS, NAME, VALUES, Columns, texts_of
from budget.sheets.guard import MOST_BYTES


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Berkas Excel",
        help_text=f"Berkas .xlsx atau .csv, paling besar {MOST_BYTES // 1024 // 1024} MB.",
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "Pilih berkas lebih dahulu.",
            "empty": "Berkas kosong. Pilih berkas yang berisi data.",
            "max_length": "Nama berkas terlalu panjang; paling banyak %(max)d karakter.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"Berkas terlalu besar; paling besar {MOST_BYTES // 1024 // 1024} MB. "
                "Hapus gambar dan lembar yang tidak diperlukan, lalu unggah lagi."
            )
        return file


class ColumnsForm(forms.Form):
    """Which column of a sheet holds what, below a heading row."""

    def __init__(self, sheet: Worksheet, guess: Columns, data: Mapping | None = None) -> None:
        super().__init__(data, initial={field: str(place) for field, place in guess.places.items()})
        heading = texts_of(sheet, guess.header_row)
        self.header_row = guess.header_row
        choices = [("", "tidak ada"), *((str(place), _named(place, text)) for place, text in heading.items())]
        for field, label in FIELDS.items():
            self.fields[field] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self):
        chosen = [self.cleaned_data.get(field) for field in VALUES if self.cleaned_data.get(field)]
        if not (self.cleaned_data.get(CODE) or self.cleaned_data.get(NAME)):
            self.add_error(CODE, "Pilih kolom kode, kolom nama, atau keduanya.")
        if not chosen:
            self.add_error(VALUES[0], "Pilih paling sedikit satu kolom angka.")
        if len(set(chosen)) < len(chosen):
            self.add_error(VALUES[0], "Satu kolom hanya untuk satu jenis angka.")
        return self.cleaned_data

    @property
    def columns(self) -> Columns:
        places = {field: int(place) for field, place in self.cleaned_data.items() if place}
        return Columns(self.header_row, places)


def _named(place: int, text: str) -> str:
    """'F: Realisasi (Rp)'."""
    shown = " ".join(text.split())
    return f"{get_column_letter(place + 1)}: {shown[:60]}"


def answers(data: Mapping) -> dict[str, str]:
    """What was chosen for each question of the preview, by the cell's name."""
    return {key.removeprefix("pilih-"): str(data[key]) for key in data if key.startswith("pilih-")}
