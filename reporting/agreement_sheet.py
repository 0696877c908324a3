"""The sheet on which the planner writes a performance agreement: its forms, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.forms import BaseForm

from budget.queries.agreed_budget import AgreeableProgramme, agreeable_programmes
from reporting.figures import printed_measured
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.actions.agreements import FACTS, IndicatorEntry, ProgrammeEntry
from sakip.forms.agreements import AgreementForm, IndicatorRowForm, ProgrammeRowForm, RowForm
from sakip.models import AgreementKind
from sakip.queries.agreement_draft import AgreeableIndicator, agreeable_indicators
from sakip.queries.agreements import AgreementDocument, forerunner
from sakip.scoring.values import Measured

ABSENT = "tidak dimuat"
CEILING = "Pagu yang berlaku"


@dataclass
class Cell:
    """A box of a row; `saved` is what is stored where somebody else wrote it meanwhile."""

    bound: object
    kind: str
    readings: tuple[str, ...] = ()
    saved: str = ""


@dataclass
class SheetRow:
    """A row of one of the tables: its boxes, then what stands beside them, each under its heading."""

    form: RowForm
    unit: str = ""
    cells: list[Cell] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)


class DraftSheet:
    """The forms of a draft, filled with `data` where it was sent. `before` is the document that the draft is
    compared with. A draft that is gone leaves that document's rows, so that what was typed still has a
    place."""

    def __init__(
        self, office: OfficeYear, draft: AgreementDocument | None, data: Mapping | None = None
    ) -> None:
        self.office, self.draft = office, draft
        self.before = forerunner(office.agency, office.year)
        shown = draft or self.before
        facts = {name: getattr(shown.agreement, name) for name in FACTS} if shown else {}
        self.version = draft.agreement.version if draft else 0
        self.facts = AgreementForm(data, initial=facts | {"version": self.version})
        self.indicators = [
            (row, _indicator_form(row, data))
            for row in agreeable_indicators(office.agency, office.year, draft, self.before, office.plans)
        ]
        self.programmes = [
            (row, _programme_form(row, data))
            for row in agreeable_programmes(draft, self.before, office.budget)
        ]
        self.shows_saved = False

    # -- what was sent
    @property
    def _forms(self) -> list[BaseForm]:
        return [self.facts, *(form for _, form in self.indicators), *(form for _, form in self.programmes)]

    def is_valid(self) -> bool:
        """All of them are asked, so that each says what is wrong with it."""
        return not [form for form in self._forms if not form.is_valid()]

    @property
    def headline(self) -> str:
        if self.facts.non_field_errors():
            return "Belum tersimpan"
        return f"Belum tersimpan: {len(self.problems)} hal perlu diperbaiki"

    @property
    def problems(self) -> list[dict[str, str]]:
        """What keeps it from being saved, each with the way to its box."""
        found = [{"text": str(error)} for error in self.facts.non_field_errors()]
        if self.shows_saved:
            found += [
                {
                    "text": f"{self.facts[name].label}, tersimpan: {_stored(self.facts, name)}",
                    "url": f"#{self.facts[name].id_for_label}",
                }
                for name in self.facts.changed_data
                if name in FACTS
            ]
        for form in self._forms:
            of_row = f", {form.name}" if isinstance(form, RowForm) else ""
            for bound in form:
                found += [
                    {"text": f"{bound.label}{of_row}: {error}", "url": f"#{bound.id_for_label}"}
                    for error in bound.errors
                ]
        return found

    @property
    def facts_sent(self) -> dict[str, object]:
        return {name: self.facts.cleaned_data[name] for name in FACTS}

    @property
    def indicators_sent(self) -> list[IndicatorEntry]:
        sent = [(row.indicator, form.cleaned_data) for row, form in self.indicators]
        return [
            IndicatorEntry(indicator, found["outcome_text"], found["unit_of_measure"], found["target"])
            for indicator, found in sent
            if found["is_included"]
        ]

    @property
    def programmes_sent(self) -> list[ProgrammeEntry]:
        return [
            ProgrammeEntry(row.node, row.name, form.amount_rp)
            for row, form in self.programmes
            if form.cleaned_data["is_included"]
        ]

    # -- what is shown
    @property
    def before_label(self) -> str:
        """What the document is that the draft is compared with, as a heading; empty where there is none."""
        if self.before is None:
            return ""
        if self.before.kind == AgreementKind.ANNUAL_PLAN:
            return "RKT"
        year = self.before.agreement.year
        return "Berlaku" if year == self.office.year else f"Tahun {year}"

    @property
    def indicator_rows(self) -> Iterator[SheetRow]:
        for row, form in self.indicators:
            beside = [(self.before_label, _printed(row.before, row.decimals))] if self.before else []
            yield SheetRow(form, row.unit_of_measure, self._cells(form), beside)

    @property
    def has_budget_before(self) -> bool:
        return bool(self.before and self.before.programmes)

    @property
    def programme_rows(self) -> Iterator[SheetRow]:
        for row, form in self.programmes:
            beside = [(CEILING, _rupiah(row.ceiling_rp, "belum ada"))]
            if self.has_budget_before:
                beside.insert(0, (self.before_label, _rupiah(row.before_rp, ABSENT)))
            beside.append(("Selisih", _gap(row)))
            yield SheetRow(form, "", self._cells(form), beside)

    @property
    def totals(self) -> list[tuple[str, str]]:
        """Of the programmes as they are saved, then of those beside them, each under its heading."""
        own = self.draft.programmes_total_rp if self.draft else None
        found = [("Anggaran", own)]
        if self.before and self.before.programmes:
            found.append((self.before_label, self.before.programmes_total_rp))
        found.append((CEILING, self.office.budget.total.ceiling_rp))
        return [(label, _rupiah(amount, "belum ada")) for label, amount in found]

    def _cells(self, form: RowForm) -> list[Cell]:
        changed = set(form.changed_data) if self.shows_saved else set()
        return [
            Cell(
                bound=form[name],
                kind="number" if name in ("target", "amount") else "text",
                readings=form.readings(name),
                saved=_stored(form, name) if name in changed else "",
            )
            for name in form.fields
        ]


def _indicator_form(row: AgreeableIndicator, data: Mapping | None) -> IndicatorRowForm:
    initial = {
        "is_included": row.is_included,
        "outcome_text": row.outcome_text,
        "unit_of_measure": row.unit_of_measure,
        "target": row.target,
    }
    return IndicatorRowForm(data, indicator=row.indicator, name=row.name, initial=initial)


def _programme_form(row: AgreeableProgramme, data: Mapping | None) -> ProgrammeRowForm:
    initial = {"is_included": row.is_included, "amount": Measured.optional(row.amount_rp)}
    return ProgrammeRowForm(data, node=row.node, name=row.name, initial=initial)


def _stored(form: BaseForm, name: str) -> str:
    value = form.initial[name]
    if isinstance(value, bool):
        return "dimuat" if value else ABSENT
    if isinstance(value, date):
        return indonesian.date_long(value)
    return str(form.fields[name].prepare_value(value) or "") or "kosong"


def _printed(value: Measured | None, decimals: int) -> str:
    return ABSENT if value is None else printed_measured(value, decimals)


def _rupiah(amount: Decimal | None, absent: str) -> str:
    return absent if amount is None else indonesian.plain(amount)


def _gap(row: AgreeableProgramme) -> str:
    """How the saved amount stands to the ceiling."""
    gap = row.check.gap
    if gap is None:
        return ""
    if not gap:
        return "sama"
    word = "lebih besar" if gap > 0 else "lebih kecil"
    return f"pagu {word} {indonesian.plain(abs(gap))}"
