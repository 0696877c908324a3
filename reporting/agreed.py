"""The page of the year's performance agreements: each document, and what a revision changed."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.figures import printed_measured
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.queries.agreements import (
    AgreedIndicator,
    AgreedProgramme,
    AgreementDocument,
    Agreements,
    anchor_of,
)

Context = dict[str, object]
# In place of a figure: a row that the replaced document did not have, had alike, and alone had.
NEW, SAME, DROPPED = "baru", "tetap", "tidak dimuat lagi"


def documents(office: OfficeYear, draft: AgreementDocument | None = None) -> list[Context]:
    """The draft first, then the agreement in force, what that replaced, and the annual plan last."""
    found = office.agreements
    return [_document(document, before, found) for document, before in _with_earlier(found, draft)]


def _with_earlier(
    found: Agreements, draft: AgreementDocument | None
) -> Iterator[tuple[AgreementDocument, AgreementDocument | None]]:
    """Each document with the agreement that it revises."""
    if draft:
        yield draft, found.in_force
    signed = [document for document in (found.original, *found.revisions) if document]
    earlier = [None, *signed[:-1]]
    yield from reversed(list(zip(signed, earlier, strict=False)))
    if found.annual_plan:
        yield found.annual_plan, None


def _document(document: AgreementDocument, before: AgreementDocument | None, found: Agreements) -> Context:
    return {
        "document": document,
        "id": anchor_of(document.agreement),
        "is_draft": document.agreement.is_draft,
        "is_in_force": document is found.in_force,
        "is_agreement": document is not found.annual_plan,
        "parties": " dan ".join(party for party in (document.first_party, document.second_party) if party),
        "targets": _targets(document, before),
        "budgets": _budgets(document, before),
    }


# ---------------------------------------------------------------- its targets
def _targets(document: AgreementDocument, before: AgreementDocument | None) -> Context:
    return {
        "id": f"target-{document.agreement.pk}",
        "caption": f"Target {document.title}",
        "columns": [
            {"label": "Indikator", "kind": "text"},
            {"label": "Sasaran", "kind": "text"},
            {"label": "Target", "kind": "number"},
            *([{"label": "Semula", "kind": "number"}] if before else []),
        ],
        "rows": list(_target_rows(document, before)),
    }


def _target_rows(document: AgreementDocument, before: AgreementDocument | None) -> Iterator[Context]:
    if before is None:
        yield from (_row(_named(row), _printed(row)) for row in document.indicators)
        return
    earlier = {row.indicator.pk: row for row in before.indicators}
    for row in document.indicators:
        old = earlier.pop(row.indicator.pk, None)
        was = NEW if old is None else SAME if old.target == row.target else _printed(old)
        yield _row(_named(row), _printed(row), was)
    yield from (_row(_named(row), DROPPED, _printed(row)) for row in earlier.values())


def _named(row: AgreedIndicator) -> list[Context]:
    return [
        {"text": row.name, "kind": "text", "header": True, "note": row.unit_of_measure},
        {"text": row.outcome_text, "kind": "text"},
    ]


def _printed(row: AgreedIndicator) -> str:
    return printed_measured(row.target, row.decimals)


# ---------------------------------------------------------------- its programmes
def _budgets(document: AgreementDocument, before: AgreementDocument | None) -> Context:
    total = indonesian.number(document.programmes_total_rp)
    was = [indonesian.number(before.programmes_total_rp)] if before else []
    return {
        "id": f"anggaran-{document.agreement.pk}",
        "caption": f"Anggaran {document.title}",
        "columns": [
            {"label": "Program", "kind": "text"},
            {"label": "Anggaran", "kind": "number", "unit": "Rp"},
            *([{"label": "Semula", "kind": "number", "unit": "Rp"}] if before else []),
        ],
        "rows": list(_budget_rows(document, before)),
        "footer_rows": [_row(_name("Jumlah"), total, *was)],
    }


def _budget_rows(document: AgreementDocument, before: AgreementDocument | None) -> Iterator[Context]:
    if before is None:
        yield from (_row(_name(row.name), _amount(row)) for row in document.programmes)
        return
    earlier = {row.node.pk: row for row in before.programmes}
    for row in document.programmes:
        old = earlier.pop(row.node.pk, None)
        was = NEW if old is None else SAME if old.amount_rp == row.amount_rp else _amount(old)
        yield _row(_name(row.name), _amount(row), was)
    yield from (_row(_name(row.name), DROPPED, _amount(row)) for row in earlier.values())


def _name(text: str) -> list[Context]:
    return [{"text": text, "kind": "text", "header": True}]


def _amount(row: AgreedProgramme) -> str:
    return indonesian.number(row.amount_rp)


def _row(named: list[Context], *figures: str) -> Context:
    return {"cells": [*named, *({"text": figure, "kind": "number"} for figure in figures)]}
