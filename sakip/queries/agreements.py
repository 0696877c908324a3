"""The documents that fix a year's targets: the annual plan and the performance agreements."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from sakip.models import (
    Agency,
    Agreement,
    AgreementIndicator,
    AgreementKind,
    AgreementProgramme,
    Indicator,
    ProgrammeNode,
)
from sakip.models.agreement import AgreementQuerySet
from sakip.models.base import measured
from sakip.scoring.arithmetic import total
from sakip.scoring.values import Measured


@dataclass(frozen=True, slots=True)
class AgreedIndicator:
    indicator: Indicator
    number: int
    outcome_text: str
    name: str
    unit_of_measure: str
    decimals: int
    target: Measured


@dataclass(frozen=True, slots=True)
class AgreedProgramme:
    node: ProgrammeNode
    number: int
    name: str
    amount_rp: Decimal


@dataclass(frozen=True, slots=True)
class AgreementDocument:
    """One document; `programmes_total_rp` is the sum of its programmes."""

    agreement: Agreement
    title: str
    kind: AgreementKind
    revision: int
    signed_on: date | None
    first_party: str
    second_party: str
    indicators: tuple[AgreedIndicator, ...]
    programmes: tuple[AgreedProgramme, ...]
    programmes_total_rp: Decimal


@dataclass(frozen=True, slots=True)
class Agreements:
    """A year's documents; the revisions in their order."""

    annual_plan: AgreementDocument | None
    original: AgreementDocument | None
    revisions: tuple[AgreementDocument, ...]

    @property
    def revised(self) -> AgreementDocument | None:
        """The last revision."""
        return self.revisions[-1] if self.revisions else None

    @property
    def in_force(self) -> AgreementDocument | None:
        """The one in force at year end."""
        return self.revised or self.original


def agreements_of_year(agency: Agency, year: int) -> Agreements:
    """Without what is still a draft."""
    found = Agreement.objects.in_year(agency, year).filter(is_draft=False)
    documents = [_document(agreement) for agreement in _with_rows(found)]
    by_kind = {document.kind: document for document in documents}
    return Agreements(
        annual_plan=by_kind.get(AgreementKind.ANNUAL_PLAN),
        original=by_kind.get(AgreementKind.ORIGINAL),
        revisions=tuple(d for d in documents if d.kind == AgreementKind.REVISED),
    )


def draft_of_year(agency: Agency, year: int) -> AgreementDocument | None:
    """What the planner is writing; it counts nowhere."""
    draft = _with_rows(Agreement.objects.in_year(agency, year).drafts()).first()
    return _document(draft) if draft else None


def anchor_of(agreement: Agreement) -> str:
    """Where the document stands on the page of the year's agreements."""
    return f"dokumen-{agreement.pk}"


def forerunner(agency: Agency, year: int) -> AgreementDocument | None:
    """What a new draft begins with: the agreement in force, else the year's RKT, else the agreement of the
    year before."""
    found = agreements_of_year(agency, year)
    return found.in_force or found.annual_plan or agreements_of_year(agency, year - 1).in_force


def binding_agreements(agency: Agency, year: int) -> list[Agreement]:
    """The agreement and its revisions in their order, without what stands in them; one query."""
    return list(Agreement.objects.in_year(agency, year).binding().order_by("revision"))


def _with_rows(found: AgreementQuerySet) -> AgreementQuerySet:
    """In the order of the revisions."""
    indicators = AgreementIndicator.objects.order_by("number").select_related("indicator")
    return found.order_by("revision").prefetch_related(
        Prefetch("indicators", indicators.prefetch_related("indicator__versions")),
        Prefetch("programmes", AgreementProgramme.objects.order_by("number").select_related("node")),
    )


def _document(agreement: Agreement) -> AgreementDocument:
    programmes = tuple(
        AgreedProgramme(row.node, row.number, row.name, row.amount_rp) for row in agreement.programmes.all()
    )
    return AgreementDocument(
        agreement=agreement,
        title=agreement.title,
        kind=AgreementKind(agreement.kind),
        revision=agreement.revision,
        signed_on=agreement.signed_on,
        first_party=agreement.first_party_title,
        second_party=agreement.second_party_title,
        indicators=tuple(_indicator(row, agreement.year) for row in agreement.indicators.all()),
        programmes=programmes,
        programmes_total_rp=total([programme.amount_rp for programme in programmes]),
    )


def _indicator(row: AgreementIndicator, year: int) -> AgreedIndicator:
    version = row.indicator.version_in(year)
    return AgreedIndicator(
        indicator=row.indicator,
        number=row.number,
        outcome_text=row.outcome_text,
        name=version.name if version else row.indicator.key,
        unit_of_measure=row.unit_of_measure or (version.unit_of_measure if version else ""),
        decimals=version.decimals if version else 2,
        target=measured(row.target_state, row.target),
    )
