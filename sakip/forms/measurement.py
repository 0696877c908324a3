"""Forms of the rows of a quarter. Each cell carries hidden what its writer saw, so that one that somebody
else changed in between is noticed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms

from sakip.actions.measurement import Conflict, Content, Edit, content
from sakip.forms.fields import ChosenTextarea, DoubtfulNumberError, MeasureField
from sakip.models import Measurement
from sakip.models.measurement import QuarterRow
from sakip.scoring.values import Measured

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """What the page needs of one cell. `text` stands in the box; `seen` goes along hidden;
    `readings` are what a doubtful number may mean; `theirs` is what somebody else saved in between (None:
    nobody did)."""

    name: str
    label: str
    text: str
    seen: str
    errors: tuple[str, ...]
    readings: tuple[str, ...]
    theirs: str | None

    @property
    def row(self) -> str:
        """The part of the name that all cells of the row share."""
        return self.name.partition("-")[0]


def text_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        widget=ChosenTextarea,
        error_messages={
            "max_length": "Terlalu panjang: %(show_value)d karakter; paling banyak %(limit_value)d."
        },
    )


class CellForm(forms.Form):
    """Cells that can each be right or wrong for itself; `initial` is what stands in them."""

    def __init__(self, initial: Mapping[str, Content], **kwargs) -> None:
        self.conflicts: dict[str, Conflict] = {}
        super().__init__(initial=dict(initial), **kwargs)

    def edits(self) -> dict[str, Edit]:
        """The cells that the writer changed and that can be understood; one with an error is left out."""
        self.is_valid()
        edits = {cell: Edit(self._seen(cell), self.cleaned_data[cell]) for cell in self._understood()}
        return {cell: edit for cell, edit in edits.items() if edit.seen != edit.wanted}

    def take(self, conflicts: Iterable[Conflict]) -> None:
        """Remember which of the edits met what somebody else wrote."""
        self.conflicts = {conflict.cell: conflict for conflict in conflicts}

    @property
    def cells(self) -> dict[str, Cell]:
        return {name: self._cell(name) for name in self.fields}

    def _understood(self) -> list[str]:
        """Cells that were sent and hold no error; what a page left out is not touched."""
        return [c for c in self.fields if self.add_prefix(c) in self.data and c in self.cleaned_data]

    def _cell(self, name: str) -> Cell:
        field = self.fields[name]
        is_sent = self.is_bound and self.add_prefix(name) in self.data
        errors = self.errors.as_data().get(name, []) if is_sent else []
        conflict = self.conflicts.get(name)
        is_settled = not (errors or conflict)
        if is_sent:
            text = _written(field, self.cleaned_data[name] if is_settled else self[name].value())
        else:
            text = _written(field, self.initial[name])
        return Cell(
            name=self.add_prefix(name),
            label=str(field.label),
            text=text,
            seen=text if is_settled else self._sent(name, "lihat"),
            errors=tuple(message for error in errors for message in error.messages),
            readings=next((e.readings for e in errors if isinstance(e, DoubtfulNumberError)), ()),
            theirs=_named(field, conflict.theirs) if conflict else None,
        )

    def _seen(self, cell: str) -> Content:
        """What the page showed, or what the writer was shown of somebody else's and overrides knowingly."""
        field = self.fields[cell]
        text = self._sent(cell, "timpa") or self._sent(cell, "lihat")
        if not isinstance(field, MeasureField):
            return _unified(text)
        try:
            return field.to_python(text)
        except forms.ValidationError:
            return field.to_python("")

    def _sent(self, cell: str, part: str) -> str:
        return str(self.data.get(f"{self.add_prefix(cell)}-{part}", ""))


class RowForm(CellForm):
    """The cells of one row of a quarter."""

    obstacle = text_field("Kendala")
    solution = text_field("Solusi")

    def __init__(
        self, row: QuarterRow, measures: Mapping[str, tuple[str, str]], *, has_texts: bool = True, **kwargs
    ) -> None:
        self.row = row
        super().__init__({cell: content(row, cell, measures) for cell in self.base_fields}, **kwargs)
        if not has_texts:
            del self.fields["obstacle"], self.fields["solution"]

    def clean_obstacle(self) -> str:
        return _unified(self.cleaned_data["obstacle"])

    def clean_solution(self) -> str:
        return _unified(self.cleaned_data["solution"])


class MeasurementForm(RowForm):
    """The realisation (K) of an indicator."""

    value = MeasureField(label="Realisasi")

    def __init__(self, row: Measurement, measures: Mapping[str, tuple[str, str]], **kwargs) -> None:
        super().__init__(row, measures, **kwargs)
        field = self.fields["value"]
        if row.indicator.node_id is None and isinstance(field, MeasureField):
            # What stands above the programme tree, growth for example, may fall below zero.
            field.smallest = None


def _written(field: forms.Field, value: object) -> str:
    return str(field.prepare_value(value) or "")


def _named(field: forms.Field, value: Content) -> str:
    """Somebody else's value as a button can carry it: never empty, and read back as the same."""
    return _written(field, value) or (value.state.label if isinstance(value, Measured) else " ")


def _unified(text: str) -> str:
    """Browsers send line ends as CRLF."""
    return text.replace("\r\n", "\n").strip()
