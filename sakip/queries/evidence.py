"""Reading evidence: what proves a row of a quarter, what its indicator asks for, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.http import Http404

from sakip.models import Evidence, EvidenceKind, EvidenceRequirement, Indicator, Measurement, UnitQuarter
from sakip.models.measurement import QuarterRow
from sakip.queries.measuring import measured_by


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of a quarter as something to be proved. The row itself may not be written yet: `where` names it.

    `kind` and `key` are its part of the address.
    """

    unit_quarter: UnitQuarter
    kind: str
    key: int
    name: str
    rows: models.QuerySet
    where: Mapping[str, models.Model]
    asked: tuple[EvidenceRequirement, ...] = ()

    def row(self) -> QuarterRow | None:
        """The row as it stands, if it was written."""
        return self.rows.filter(unit_quarter=self.unit_quarter, **self.where).first()

    def new_row(self) -> QuarterRow:
        return self.rows.model(unit_quarter=self.unit_quarter, **self.where)

    def evidence(self) -> list[Evidence]:
        """What proves the row, the newest first."""
        row = self.row()
        if row is None:
            return []
        return list(row.evidence.select_related("stored_file", "added_by").order_by("-added_at", "-pk"))


Finder = Callable[[UnitQuarter, int], Subject]


def indicator_subject(unit_quarter: UnitQuarter, key: int) -> Subject:
    """The realisation of an indicator that the unit measures; 404 for any other."""
    found = Indicator.objects.filter(measured_by(unit_quarter.unit), pk=key)
    indicator = found.prefetch_related("versions", "evidence_requirements").first()
    version = indicator.version_in(unit_quarter.year) if indicator else None
    if indicator is None or version is None:
        raise Http404
    return Subject(
        unit_quarter,
        "indikator",
        key,
        version.name,
        Measurement.objects.all(),
        {"indicator": indicator},
        tuple(indicator.evidence_requirements.all()),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the checklist: pieces of a kind that are asked for, and how many there are."""

    kind: EvidenceKind
    minimum: int
    there: int
    description: str = ""

    @property
    def missing(self) -> int:
        return max(self.minimum - self.there, 0)


@dataclass(frozen=True, slots=True)
class Proof:
    """How far a row is proved: pieces in all, and the checklist of its indicator."""

    pieces: int = 0
    asked: tuple[Asked, ...] = field(default=())

    @property
    def missing(self) -> int:
        return sum(line.missing for line in self.asked)

    @property
    def wanted(self) -> int:
        return sum(line.minimum for line in self.asked)


NO_PROOF = Proof()


def proof_of(kinds: Iterable[str], asked: Iterable[EvidenceRequirement]) -> Proof:
    """The checklist, in the order of the kinds."""
    there = Counter(kinds)
    order = list(EvidenceKind)
    lines = (
        Asked(EvidenceKind(line.kind), line.minimum, there[line.kind], line.description) for line in asked
    )
    return Proof(there.total(), tuple(sorted(lines, key=lambda line: order.index(line.kind))))


def kinds_by_row(rows: models.QuerySet, owner: str, unit_quarter: UnitQuarter) -> dict[int, list[str]]:
    """The kinds of evidence of a quarter's rows, by the row's owner (its indicator, its budget line)."""
    found: dict[int, list[str]] = {}
    pairs = rows.filter(unit_quarter=unit_quarter, evidence__isnull=False)
    for key, kind in pairs.values_list(owner, "evidence__kind"):
        found.setdefault(key, []).append(kind)
    return found


def indicator_proofs(unit_quarter: UnitQuarter) -> dict[int, Proof]:
    """By indicator of the unit; those without evidence that ask for none are left out. Two queries."""
    kinds = kinds_by_row(Measurement.objects.all(), "indicator_id", unit_quarter)
    asked: dict[int, list[EvidenceRequirement]] = {}
    indicators = Indicator.objects.filter(measured_by(unit_quarter.unit))
    for requirement in EvidenceRequirement.objects.filter(indicator__in=indicators):
        asked.setdefault(requirement.indicator_id, []).append(requirement)
    return {key: proof_of(kinds.get(key, ()), asked.get(key, ())) for key in kinds.keys() | asked.keys()}
