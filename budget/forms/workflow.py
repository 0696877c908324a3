"""What is sent with a step of a quarter: which step, the version that its doer saw, and why."""

from datetime import date

from django import forms

from budget.queries.quarter_grid import RowRef
from sakip.forms.days import day_field
from sakip.workflow.transitions import Action

LONGEST_REASON = 2000


class ReasonedForm(forms.Form):
    """A step of the quarter as it was shown. `until`: a reopened quarter can be filled in up to that day."""

    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(required=False, max_length=LONGEST_REASON, label="Alasan")
    until = day_field("Dapat diisi sampai", required=False)

    def __init__(self, *args, today: date, **kwargs) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_reason(self) -> str:
        return self.cleaned_data["reason"].replace("\r\n", "\n").strip()

    def clean_until(self) -> date | None:
        until = self.cleaned_data["until"]
        if until is not None and until < self.today:
            raise forms.ValidationError("Tanggal berakhirnya pengisian sudah lewat.")
        return until

    @property
    def problem(self) -> str:
        """The first thing that is wrong, in words."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")


class StepForm(ReasonedForm):
    action = forms.TypedChoiceField(
        choices=[(action.value, action.value) for action in Action], coerce=Action
    )


class GiveBackForm(ReasonedForm):
    """Rows are sent as 'realisation:12', once each."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "Alasan wajib diisi."

    @property
    def rows(self) -> list[RowRef]:
        sent = self.data.getlist("row") if hasattr(self.data, "getlist") else []
        return [ref for ref in map(RowRef.read, sent) if ref is not None]
