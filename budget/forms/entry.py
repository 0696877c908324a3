"""Reading what a unit sent for its quarter: a form a row, the rows of a group together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget.actions.entry import MEASURES, Outcome
from budget.models import BudgetLine
from budget.queries.quarter_grid import Group, IndicatorCells, LineCells
from sakip.actions.measurement import MEASURES as INDICATOR_MEASURES
from sakip.actions.measurement import Edit
from sakip.forms.fields import MeasureField
from sakip.forms.measurement import Cell, MeasurementForm, RowForm
from sakip.models import Indicator


class RealisationForm(RowForm):
    """Money of the quarter alone and physical progress cumulated over the year."""

    amount = MeasureField(label="Realisasi", is_rupiah=True, decimals=2)
    physical = MeasureField(label="Fisik", largest=Decimal(100))


@dataclass(frozen=True, slots=True)
class GroupForms:
    """The forms of a group's rows, in its order. Obstacle and solution are written once a sub-activity: with
    its first line, or with the indicator where there is no line."""

    group: Group
    lines: tuple[RealisationForm, ...]
    indicators: tuple[MeasurementForm, ...]

    @classmethod
    def of(cls, group: Group, data: Mapping | None = None) -> GroupForms:
        return cls(
            group,
            tuple(
                RealisationForm(
                    cells.row, MEASURES, data=data, prefix=f"l{cells.line.pk}", has_texts=place == 0
                )
                for place, cells in enumerate(group.lines)
            ),
            tuple(
                MeasurementForm(
                    cells.row,
                    INDICATOR_MEASURES,
                    data=data,
                    prefix=f"m{cells.indicator.pk}",
                    has_texts=not group.lines and place == 0,
                )
                for place, cells in enumerate(group.indicators)
            ),
        )

    @property
    def all(self) -> tuple[RowForm, ...]:
        return (*self.lines, *self.indicators)

    @property
    def cells(self) -> list[Cell]:
        return [cell for form in self.all for cell in form.cells.values()]

    def takes(self, data: Mapping) -> bool:
        """Whether every cell that was sent, with what its writer saw, is one of these."""
        names = {form.add_prefix(name) for form in self.all for name in form.fields}
        return all(name.removesuffix("-lihat") in names for name in data if name.endswith("-lihat"))

    @property
    def open_cells(self) -> list[Cell]:
        """Those that the page shows as boxes: the cells of rows that a reviewer has not passed on."""
        return [
            cell
            for row, form in zip(self.group.rows, self.all, strict=True)
            if row.takes_entries
            for cell in form.cells.values()
        ]

    @property
    def first_empty(self) -> str:
        """The name of the first measured cell that waits for an entry; empty where none does."""
        return next((c.name for c in self.open_cells if not c.text and c not in self.texts.values()), "")

    @property
    def sent_cells(self) -> list[Cell]:
        """Those that were sent: no other can have become wrong, or right again."""
        return [cell for form in self.all for cell in form.cells.values() if cell.name in form.data]

    @property
    def texts(self) -> dict[str, Cell]:
        """Obstacle and solution."""
        first = self.all[0].cells
        return {name: first[name] for name in ("obstacle", "solution")}

    @property
    def line_rows(self) -> list[tuple[LineCells, dict[str, Cell]]]:
        return [(line, form.cells) for line, form in zip(self.group.lines, self.lines, strict=True)]

    @property
    def indicator_rows(self) -> list[tuple[IndicatorCells, dict[str, Cell]]]:
        pairs = zip(self.group.indicators, self.indicators, strict=True)
        return [(indicator, form.cells) for indicator, form in pairs]

    @property
    def errors(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.errors]

    @property
    def conflicts(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.theirs is not None]

    def edits(self) -> EntryEdits:
        """What the writer changed, as the action takes it."""
        lines = ((c.line, f.edits()) for c, f in zip(self.group.lines, self.lines, strict=True))
        indicators = (
            (c.indicator, f.edits()) for c, f in zip(self.group.indicators, self.indicators, strict=True)
        )
        return EntryEdits(
            {line: edits for line, edits in lines if edits},
            {indicator: edits for indicator, edits in indicators if edits},
        )

    def take(self, outcome: Outcome) -> None:
        """Remember which cells somebody else had changed."""
        for cells, line_form in zip(self.group.lines, self.lines, strict=True):
            if saved := outcome.realisations.get(cells.line):
                line_form.take(saved.conflicts)
        for indicator_cells, form in zip(self.group.indicators, self.indicators, strict=True):
            if saved := outcome.measurements.get(indicator_cells.indicator):
                form.take(saved.conflicts)


@dataclass(frozen=True, slots=True)
class EntryEdits:
    """Changed cells by row."""

    realisations: dict[BudgetLine, dict[str, Edit]]
    measurements: dict[Indicator, dict[str, Edit]]

    def __bool__(self) -> bool:
        return bool(self.realisations or self.measurements)

    def __or__(self, other: EntryEdits) -> EntryEdits:
        return EntryEdits(self.realisations | other.realisations, self.measurements | other.measurements)
