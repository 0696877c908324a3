"""Forms of a quarter's meeting: its facts, who is invited, what was agreed, and the report of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from sakip.forms.days import day_field
from sakip.forms.evidence import EvidenceForm
from sakip.indonesian import date_long
from sakip.models import Attendance, Unit

LONGEST_TEXT, LONGEST_ROLE, LONGEST_WORDS = 1000, 200, 20_000
MOST_ATTENDEES, SPARE_ROWS = 150, 3
CHOOSE_UNIT = ("", "Pilih unit kerja")


class TimeInput(forms.TimeInput):
    """The browser's own clock; it sends 09:30."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def _time_field(label: str, **kwargs) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=TimeInput,
        error_messages={"invalid": "Tulis jam, misalnya 09:30."},
        **kwargs,
    )


def _text(label: str, rows: int, longest: int, **kwargs) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, **kwargs)


class UnitChoice(forms.ChoiceField):
    """A unit by its short name; the units are read once for all rows of a form."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.units: dict[str, Unit] = {}

    def offer(self, units: Sequence[Unit], nothing: tuple[str, str]) -> None:
        self.units = {unit.slug: unit for unit in units}
        self.choices = [nothing, *((unit.slug, unit.name) for unit in units)]

    def clean(self, value: Any) -> Unit | None:
        return self.units.get(super().clean(value))


class MeetingForm(forms.Form):
    """`version` is the one its writer saw; empty for a meeting that was not there."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    held_on = day_field("Tanggal rapat")
    starts_at = _time_field("Mulai")
    ends_at = _time_field("Selesai", required=False, help_text="Kosongkan untuk “sampai selesai”.")
    place = forms.CharField(label="Tempat", max_length=200)
    leader_role = forms.CharField(
        label="Pimpinan rapat", max_length=LONGEST_ROLE, help_text="Jabatan, misalnya Camat."
    )
    secretary_role = forms.CharField(
        label="Notulis", max_length=LONGEST_ROLE, required=False, help_text="Jabatan."
    )
    invitation_number = forms.CharField(
        label="Nomor undangan",
        max_length=60,
        required=False,
        help_text="Dapat ditulis tangan pada surat bila belum ada.",
    )
    invited_on = day_field("Tanggal undangan", required=False)
    agenda = _text("Agenda", 5, LONGEST_WORDS, help_text="Satu butir tiap baris; nomor ditambahkan sendiri.")
    minutes = _text(
        "Pembahasan",
        10,
        LONGEST_WORDS,
        required=False,
        help_text="Apa yang dibahas, satu alinea tiap baris. Angka, kendala, dan tindak lanjut masuk sendiri "
        "ke notulen.",
    )

    def clean(self) -> None:
        sent = self.cleaned_data
        start, end = sent.get("starts_at"), sent.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", f"Jam selesai harus sesudah {start:%H.%M}.")
        held, invited = sent.get("held_on"), sent.get("invited_on")
        if held and invited and invited > held:
            day = date_long(held)
            self.add_error("invited_on", f"Undangan tidak dapat bertanggal sesudah rapat ({day}).")


class AttendeeForm(forms.Form):
    """A line of the list; one without a role is left out."""

    role = forms.CharField(label="Jabatan", max_length=LONGEST_ROLE, required=False)
    unit = UnitChoice(label="Unit kerja", required=False)
    attendance = forms.ChoiceField(label="Kehadiran", choices=Attendance.choices, initial=Attendance.INVITED)

    def __init__(self, *args, units: Sequence[Unit], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitChoice)
        field.offer(units, ("", "-"))
        for name, shown in self.fields.items():
            shown.widget.attrs["aria-label"] = f"{shown.label} peserta {(self.prefix or name).split('-')[-1]}"


AttendeeFormSet = forms.formset_factory(
    AttendeeForm, extra=SPARE_ROWS, max_num=MOST_ATTENDEES, absolute_max=MOST_ATTENDEES + SPARE_ROWS
)


class AgreedActionForm(forms.Form):
    """What was agreed: what, who, until when. A due date before the meeting is a slip."""

    text = _text("Tindak lanjut", 2, LONGEST_TEXT, help_text="Apa yang dikerjakan dan apa buktinya nanti.")
    unit = UnitChoice(label="Penanggung jawab")
    due_on = day_field("Batas waktu")

    def __init__(self, *args, units: Sequence[Unit], held_on: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.held_on = held_on
        field = self.fields["unit"]
        assert isinstance(field, UnitChoice)
        field.offer(units, CHOOSE_UNIT)
        self.fields["due_on"].widget.attrs["min"] = held_on.isoformat()

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.held_on:
            raise forms.ValidationError(
                f"Batas waktu tidak boleh sebelum hari rapat ({date_long(self.held_on)})."
            )
        return due


class ActionReportForm(EvidenceForm):
    """That it is done, with files or a link as proof."""

    report = _text("Apa yang telah dikerjakan", 3, LONGEST_TEXT)
    kind = None  # type: ignore[assignment]
    description = None  # type: ignore[assignment]
    field_order = ["report", "uploads", "link", "dated"]


class ReviewForm(forms.Form):
    """What a reviewer decides."""

    step = forms.ChoiceField(choices=[(name, name) for name in ("terima", "kembalikan", "batalkan")])
    reason = forms.CharField(required=False, max_length=LONGEST_TEXT)
