"""A field for a day: chosen in the device's own calendar, and understood as well where it has none."""

from django import forms

# The first is what a calendar sends; the others are how a day is typed here.
FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]


class DayInput(forms.DateInput):
    """The browser's own calendar; it sends ISO dates."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: str, **kwargs) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=FORMATS,
        widget=DayInput,
        error_messages={"invalid": "Tulis tanggal seperti 31-12-2026."},
        **kwargs,
    )
