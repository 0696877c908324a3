"""A day as it is sent by a calendar and as it is typed without one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from budget.forms.workflow import ReasonedForm
from sakip.forms.days import day_field
from sakip.forms.evidence import EvidenceForm
from sakip.forms.history import HistoryForm
from sakip.forms.meetings import MeetingForm
from sakip.forms.windows import WindowForm


@pytest.mark.parametrize("typed", ["2026-12-31", "31-12-2026", "31/12/2026"])
def test_a_day_is_read_as_it_is_written_here(typed):
    assert day_field("Hari").clean(typed) == date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["12/31/2026", "31 Desember", "2026-02-30"])
def test_what_is_no_day_is_answered_with_one(typed):
    with pytest.raises(ValidationError) as refused:
        day_field("Hari").clean(typed)
    assert refused.value.messages == ["Tulis tanggal seperti 31-12-2026."]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (ReasonedForm, "until"),
        (EvidenceForm, "dated"),
        (HistoryForm, "dari"),
        (MeetingForm, "held_on"),
        (WindowForm, "entry_opens"),
    ],
)
def test_every_form_asks_for_a_day_in_the_same_way(form, name):
    field = form.base_fields[name]
    assert (field.widget.input_type, field.error_messages["invalid"]) == (
        "date",
        "Tulis tanggal seperti 31-12-2026.",
    )
