"""What a file would change, cell by cell, before anything is written: the portal's own forms decide what a
cell means, and every cell is compared with what stands in the portal now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from budget.forms.entry import EntryEdits, GroupForms
from budget.models import BudgetLine
from budget.queries.quarter_grid import Grid, LineCells
from budget.sheets.cells import plain_text
from budget.sheets.layout import HOLDS, EntryRow, entry_rows
from budget.sheets.problems import Problem
from budget.sheets.sent import Sent
from sakip.actions.measurement import Content, Edit
from sakip.forms.fields import MeasureField
from sakip.forms.measurement import Cell
from sakip.models import Indicator, User
from sakip.scoring.values import Measured

# What somebody answers to a question of the preview; anything else is one of a number's readings.
KEEP, TAKE = "tersimpan", "berkas"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell. `new` is None where the file's number may mean several things, which stand in `readings`.
    `is_conflict`: somebody changed the cell in the portal since the file was downloaded."""

    name: str
    row: EntryRow
    cell: Cell
    old: Content
    new: Content | None
    doubt: str
    readings: tuple[str, ...]
    is_conflict: bool
    answer: str

    @property
    def label(self) -> str:
        return self.cell.label

    @property
    def asks(self) -> bool:
        """Whether somebody must choose, and has chosen when `answer` is filled."""
        return self.is_conflict or bool(self.doubt)

    @property
    def is_measured(self) -> bool:
        return isinstance(self.old, Measured)

    @property
    def changed_by(self) -> User | None:
        return self.row.source.row.updated_by

    @property
    def changed_at(self) -> datetime | None:
        return self.row.source.row.updated_at


@dataclass(slots=True)
class Preview:
    """`problems` are mendable faults of cells; while there are any, nothing can be applied."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sent: Sent = field(default_factory=Sent)

    @property
    def questions(self) -> list[Change]:
        return [change for change in self.changes if change.asks]

    @property
    def plain(self) -> list[Change]:
        return [change for change in self.changes if not change.asks]

    @property
    def unanswered(self) -> list[Change]:
        return [change for change in self.questions if not change.answer]

    @property
    def can_apply(self) -> bool:
        return bool(self.changes) and not self.problems

    @property
    def fingerprint(self) -> str:
        """Differs as soon as the file, or a cell of the portal that it touches, is not as shown."""
        shown = [
            f"{change.name}|{_token(change.old)}|{change.cell.text}|{change.is_conflict}"
            for change in self.changes
        ]
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()

    def edits(self) -> EntryEdits:
        """What to write, over what was shown: the plain changes and those answered in the file's favour."""
        lines: dict[BudgetLine, dict[str, Edit]] = {}
        indicators: dict[Indicator, dict[str, Edit]] = {}
        for change in self.changes:
            if change.new is None or change.answer == KEEP or (change.asks and not change.answer):
                continue
            edit = Edit(change.old, change.new)
            cell = change.name.partition("-")[2]
            source = change.row.source
            if isinstance(source, LineCells):
                lines.setdefault(source.line, {})[cell] = edit
            else:
                indicators.setdefault(source.indicator, {})[cell] = edit
        return EntryEdits(lines, indicators)


def preview(grid: Grid, sent: Sent, answers: Mapping[str, str]) -> Preview:
    """`answers` to the questions, by the form's name of the cell."""
    found = Preview(problems=list(sent.problems), sent=sent)
    for group in grid.by_key.values():
        data = _data(GroupForms.of(group), sent)
        if not data:
            continue
        forms = GroupForms.of(group, data)
        doubtful = {cell.name: cell.readings for cell in forms.cells if cell.readings}
        chosen = {
            f"{name}-arti": answers[name]
            for name, readings in doubtful.items()
            if answers.get(name) in readings
        }
        resolved = GroupForms.of(group, data | chosen) if chosen else forms
        for asked, row in zip(entry_rows(forms), entry_rows(resolved), strict=True):
            _compare(found, asked, row, sent, answers)
    found.problems.sort(key=lambda problem: (problem.sheet, problem.row or 0, problem.column or 0))
    return found


def _data(forms: GroupForms, sent: Sent) -> dict[str, str]:
    """What the forms take: only cells that the file changed since it was downloaded."""
    data = {}
    for cell in forms.cells:
        text = sent.texts.get(cell.name)
        if text is None or text == sent.seen.get(cell.name):
            continue
        data[cell.name] = text
        data[f"{cell.name}-lihat"] = sent.seen.get(cell.name, cell.seen)
    return data


def _compare(found: Preview, asked: EntryRow, row: EntryRow, sent: Sent, answers: Mapping[str, str]) -> None:
    """A row's cells: `asked` as the file has them, `row` with the chosen readings of doubtful numbers."""
    edits, first_cells, cells = row.form.edits(), asked.form.cells, row.form.cells
    for name in filter(cells.__contains__, HOLDS):
        first, cell, edit = first_cells[name], cells[name], edits.get(name)
        if cell.name not in row.form.data:
            continue
        if first.errors and not first.readings:
            _fault(found, sent, cell.name, " ".join(first.errors))
        elif not first.readings and (edit is None or _same(edit.wanted, row.form.initial[name])):
            continue
        elif not row.source.takes_entries:
            state = row.source.row.get_state_display()
            _fault(found, sent, cell.name, f"Baris ini berstatus {state} dan tidak dapat diubah.")
        else:
            seen = sent.seen.get(cell.name)
            found.changes.append(_change(row, name, first, cell, seen, answers.get(cell.name, "")))


def _change(row: EntryRow, name: str, first: Cell, cell: Cell, seen: str | None, answer: str) -> Change:
    now: Content = row.form.initial[name]
    doubt = " ".join(first.errors)
    if cell.errors and answer in first.readings:
        # The reading that was chosen is itself refused: say why, and ask again.
        doubt, answer = " ".join(cell.errors), ""
    allowed = (KEEP, *(first.readings or (TAKE,)))
    return Change(
        name=cell.name,
        row=row,
        cell=first,
        old=now,
        new=None if cell.errors else row.form.cleaned_data[name],
        doubt=doubt,
        readings=first.readings,
        is_conflict=seen is not None and not _same(_seen(row, name, seen), now),
        answer=answer if answer in allowed else "",
    )


def _seen(row: EntryRow, name: str, text: str) -> Content:
    """What the cell showed when the file was downloaded."""
    field = row.form.fields[name]
    return field.to_python(text) if isinstance(field, MeasureField) else text


def _fault(found: Preview, sent: Sent, name: str, message: str) -> None:
    place = sent.places[name]
    found.problems.append(
        Problem(message, "Perbaiki sel ini, lalu unggah lagi.", place.sheet, place.row, place.column)
    )


def _same(one: Content, other: Content) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return plain_text(one) == plain_text(other)
    return one == other


def _token(value: Content) -> str:
    if isinstance(value, Measured):
        return f"{value.state}:{'' if value.number is None else value.number.normalize()}"
    return value
