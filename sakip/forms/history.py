"""What the reader of the history wants to see, from the address of the page."""

import re
from typing import Any

from django import forms

from sakip.forms.days import day_field
from sakip.queries.history_page import Choices, Filter

SUBJECT = re.compile(r"([a-z]+\.[a-z]+):(\d{1,18})")
ALL = ("", "Semua")


class HistoryForm(forms.Form):
    """Every field may be empty; `data` names one row, as links to a row's own history do."""

    unit = forms.ChoiceField(label="Unit kerja", required=False)
    oleh = forms.ChoiceField(label="Oleh", required=False)
    kolom = forms.ChoiceField(label="Kolom", required=False)
    tindakan = forms.ChoiceField(label="Tindakan", required=False)
    dari = day_field("Sejak", required=False)
    sampai = day_field("Sampai", required=False)
    data = forms.RegexField(SUBJECT, required=False, widget=forms.HiddenInput)  # type: ignore[assignment]

    def __init__(self, *args, choices: Choices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.slug: unit for unit in choices.units}
        self.people = {str(person.pk): person for person in choices.people}
        offered = {
            "unit": [(slug, unit.name) for slug, unit in self.units.items()],
            "oleh": [(pk, str(person)) for pk, person in self.people.items()],
            "kolom": choices.fields,
            "tindakan": choices.actions,
        }
        for name, values in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ALL, *values]

    def wanted(self) -> Filter:
        """What can be understood of it; a field with an error filters nothing."""
        self.is_valid()
        sent: dict[str, Any] = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        model, _, field = sent["kolom"].partition(":")
        subject = SUBJECT.fullmatch(sent["data"])
        return Filter(
            unit=self.units.get(sent["unit"]),
            by=self.people.get(sent["oleh"]),
            field=(model, field) if field else None,
            action=sent["tindakan"],
            since=sent["dari"] or None,
            until=sent["sampai"] or None,
            subject=(subject[1], int(subject[2])) if subject else None,
        )
