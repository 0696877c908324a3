"""Writing the year's performance agreement as a draft that changes no figure, and putting it in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import models, transaction

from sakip.actions import history
from sakip.models import (
    Agency,
    Agreement,
    AgreementIndicator,
    AgreementKind,
    AgreementProgramme,
    HistoryAction,
    Indicator,
    ProgrammeNode,
    User,
)
from sakip.models.base import measured
from sakip.queries.agreements import AgreedIndicator, AgreedProgramme, forerunner
from sakip.queries.planning import in_force_during
from sakip.scoring.values import Measured
from sakip.workflow import agreements as policies
from sakip.workflow import permissions

FACTS = ("title", "signed_on", "first_party_title", "second_party_title")
# What the documents of a year hold, by field.
type Values = dict[str, object]


class AgreementMovedError(Exception):
    """Somebody else wrote the draft, put it in force or deleted it meanwhile; nothing was saved."""


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator that the document holds."""

    indicator: Indicator
    outcome_text: str
    unit_of_measure: str
    target: Measured


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """A programme that the document holds, with its budget in rupiah."""

    node: ProgrammeNode
    name: str
    amount_rp: Decimal


# ---------------------------------------------------------------- the steps
@transaction.atomic
def start_draft(*, agency: Agency, year: int, by: User, at: datetime) -> Agreement:
    """A copy of what is in force as its next revision; in a year without an agreement the original, copied
    from the year's RKT, else from the agreement of the year before, else empty. The draft that is there where
    it was started before. Raises PermissionDenied for anybody but the perencana."""
    permissions.require_keep_agreements(by, agency)
    _hold(agency)
    if found := Agreement.objects.in_year(agency, year).drafts().first():
        return found
    source = forerunner(agency, year)
    draft = _copy_of(source.agreement if source else None, agency, year)
    # One that no draft before had, since each save of one wrote history: a page left open on a draft that was
    # deleted does nothing to this one.
    draft.version = 1 + history.length_of(agency, None)
    draft.save()
    lines = _Lines(by, at, f"Disalin dari {source.title}." if source else "")
    lines.note(HistoryAction.CREATE, draft, {}, _facts(draft))
    if source:
        rows = {row.indicator: _values(row) for row in source.indicators}
        _write_rows(draft.indicators, "indicator", rows, lines)
        _write_rows(draft.programmes, "node", {row.node: _values(row) for row in source.programmes}, lines)
    lines.record(agency)
    return draft


@transaction.atomic
def write_draft(
    *,
    agency: Agency,
    year: int,
    facts: Mapping[str, object],
    indicators: Sequence[IndicatorEntry],
    programmes: Sequence[ProgrammeEntry],
    version: int,
    by: User,
    at: datetime,
) -> Agreement:
    """Save the draft as it was sent; `facts` hold FACTS. Rows that it has keep their order, new ones come
    after them. Nothing where nothing changes. `version` is the one that its writer saw. Raises
    PermissionDenied for anybody but the perencana, and AgreementMovedError."""
    permissions.require_keep_agreements(by, agency)
    _hold(agency)
    draft = _draft(agency, year)
    before, after = _facts(draft), {name: facts[name] for name in FACTS}
    wanted = ({e.indicator: _values(e) for e in indicators}, {e.node: _values(e) for e in programmes})
    if before == after and wanted == (_indicators_of(draft), _programmes_of(draft)):
        return draft
    if draft.version != version:
        raise AgreementMovedError
    for name, value in after.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    lines = _Lines(by, at)
    lines.note(HistoryAction.UPDATE, draft, before, after)
    _write_rows(draft.indicators, "indicator", wanted[0], lines)
    _write_rows(draft.programmes, "node", wanted[1], lines)
    lines.record(agency)
    return draft


@transaction.atomic
def put_in_force(*, agency: Agency, year: int, version: int, by: User, at: datetime) -> Agreement:
    """From now on the draft is the agreement of the year; what it replaces stays readable. Raises
    PermissionDenied for anybody but the perencana, AgreementMovedError, and AgreementNotReady where it lacks
    its day, an indicator or a target."""
    permissions.require_keep_agreements(by, agency)
    _hold(agency)
    draft = _draft(agency, year, version)
    rows = draft.indicators.order_by("number").select_related("indicator")
    in_force = Agreement.objects.in_force(agency, year)
    policies.require_put_in_force(draft, rows.prefetch_related("indicator__versions"), in_force)
    draft.is_draft = False
    draft.version += 1
    draft.save(update_fields=["is_draft", "version"])
    lines = _Lines(by, at)
    lines.note(HistoryAction.TRANSITION, draft, {"status": "rancangan"}, {"status": "berlaku"})
    lines.record(agency)
    return draft


@transaction.atomic
def discard_draft(*, agency: Agency, year: int, version: int, by: User, at: datetime) -> None:
    """Delete the draft; what is in force stays. Raises PermissionDenied for anybody but the perencana, and
    AgreementMovedError."""
    permissions.require_keep_agreements(by, agency)
    _hold(agency)
    draft = _draft(agency, year, version)
    lines = _Lines(by, at)
    _write_rows(draft.indicators, "indicator", {}, lines)
    _write_rows(draft.programmes, "node", {}, lines)
    lines.note(HistoryAction.DELETE, draft, _facts(draft), {})
    lines.record(agency)
    draft.delete()


def _hold(agency: Agency) -> None:
    """One writer of an agency's agreements at a time, so that two clicks make one draft."""
    Agency.objects.select_for_update().get(pk=agency.pk)


def _draft(agency: Agency, year: int, version: int | None = None) -> Agreement:
    """The draft, as its reader saw it where a version is given."""
    draft = Agreement.objects.in_year(agency, year).drafts().select_related("agency").first()
    if draft is None or version not in (None, draft.version):
        raise AgreementMovedError
    return draft


def _facts(draft: Agreement) -> Values:
    return {name: getattr(draft, name) for name in FACTS}


# ---------------------------------------------------------------- what is copied
def _copy_of(source: Agreement | None, agency: Agency, year: int) -> Agreement:
    """Not signed; in the plan of what it is copied from, or in that of a new year."""
    own = source if source and source.year == year else None
    revision = own.revision + 1 if own and own.kind != AgreementKind.ANNUAL_PLAN else 0
    kind = AgreementKind.REVISED if revision else AgreementKind.ORIGINAL
    which = f" ke-{revision}" if revision > 1 else ""
    return Agreement(
        agency=agency,
        year=year,
        plan=own.plan if own else in_force_during(agency, year).first(),
        kind=kind,
        revision=revision,
        title=f"{kind.label}{which} Tahun {year}",
        first_party_title=source.first_party_title if source else agency.head_title,
        second_party_title=(source.second_party_title if source else "") or agency.government.head_title,
        is_draft=True,
    )


def _indicators_of(document: Agreement) -> dict[Indicator, Values]:
    rows = document.indicators.order_by("number").select_related("indicator")
    return {row.indicator: _values(row) for row in rows}


def _programmes_of(document: Agreement) -> dict[ProgrammeNode, Values]:
    rows = document.programmes.order_by("number").select_related("node")
    return {row.node: _values(row) for row in rows}


# ---------------------------------------------------------------- rows and their history
type Indicating = AgreementIndicator | AgreedIndicator | IndicatorEntry
type Budgeting = AgreementProgramme | AgreedProgramme | ProgrammeEntry


def _values(row: Indicating | Budgeting) -> Values:
    """What the row says of its indicator or programme, with the target as the value that it is."""
    match row:
        case AgreementProgramme() | AgreedProgramme() | ProgrammeEntry():
            return {"name": row.name, "amount_rp": row.amount_rp}
        case AgreementIndicator():
            target = measured(row.target_state, row.target)
        case AgreedIndicator() | IndicatorEntry():
            target = row.target
    return {"outcome_text": row.outcome_text, "unit_of_measure": row.unit_of_measure, "target": target}


class _Lines:
    """What a step changed, for the history; several rows of the same action together."""

    def __init__(self, by: User, at: datetime, reason: str = "") -> None:
        self.by, self.at, self.reason = by, at, reason
        self.changed: dict[HistoryAction, list[tuple[models.Model, list[history.Change]]]] = {}

    def note(self, action: HistoryAction, subject: models.Model, before: Values, after: Values) -> None:
        names = dict.fromkeys([*before, *after])
        was, is_now = ({name: side.get(name) for name in names} for side in (before, after))
        self.changed.setdefault(action, []).append((subject, history.changes_between(was, is_now)))

    def record(self, agency: Agency) -> None:
        for action, subjects in self.changed.items():
            history.record_all(
                agency=agency,
                unit=None,
                subjects=subjects,
                action=action,
                by=self.by,
                at=self.at,
                reason=self.reason,
                is_locked=True,
            )


def _put(row: models.Model, name: str, value: object) -> None:
    if isinstance(value, Measured):
        setattr(row, f"{name}_state", value.state.value)
        value = value.number
    setattr(row, name, value)


def _write_rows[Subject: models.Model](
    rows, key: str, wanted: Mapping[Subject, Values], lines: _Lines
) -> None:
    """Make a document's `rows` say what is wanted of each indicator or node, the row's `key`."""
    existing = {getattr(row, key): row for row in rows.order_by("number").select_related(key, "agreement")}
    gone = [row for found, row in existing.items() if found not in wanted]
    for row in gone:
        lines.note(HistoryAction.DELETE, row, _values(row), {})
    rows.filter(pk__in=[row.pk for row in gone]).delete()
    kept = [found for found in existing if found in wanted]
    # In this order no row takes the number of one that has it still.
    for number, found in enumerate(dict.fromkeys([*kept, *wanted]), 1):
        row = existing.get(found) or rows.model(agreement=rows.instance, **{key: found})
        action = HistoryAction.UPDATE if row.pk else HistoryAction.CREATE
        before = _values(row) if row.pk else {}
        for name, value in wanted[found].items():
            _put(row, name, value)
        row.number = number
        row.save()
        lines.note(action, row, before, wanted[found])
