"""What a unit's quarter is measured against and entering does not change: lines with their ceilings, and
indicators with their definition and target of the year. One query each, and one for the scoring policy."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery

from budget.models import BudgetLine, BudgetVersion, Ceiling
from sakip.models import (
    Agreement,
    AgreementIndicator,
    Indicator,
    IndicatorVersion,
    ProgrammeNode,
    ScoringPolicy,
    Target,
    TargetKind,
    UnitQuarter,
)
from sakip.models.base import measured
from sakip.queries.measuring import measured_by
from sakip.scoring import policy as scoring
from sakip.scoring.values import MISSING, Measured


def path_of(node: ProgrammeNode) -> list[ProgrammeNode]:
    """The node and those above it."""
    return [node, *path_of(node.parent)] if node.parent else [node]


def nodes_of(lines: Iterable[BudgetLine]) -> dict[int, ProgrammeNode]:
    """The nodes of the lines and those above them, by key."""
    return {node.pk: node for line in lines for node in path_of(line.node)}


class Entered(NamedTuple):
    """What a row of a line holds."""

    amount: Measured = MISSING
    physical: Measured = MISSING


class Earlier:
    """What the quarters before one hold, in order: `lines` by budget line, `indicators` by indicator."""

    def __init__(self, quarters: int) -> None:
        self.lines: defaultdict[int, list[Entered]] = defaultdict(lambda: [Entered()] * quarters)
        self.indicators: defaultdict[int, list[Measured]] = defaultdict(lambda: [MISSING] * quarters)


class QuarterPlan:
    """`ceilings` by line; `versions` are the definitions in force, each with its indicator; `targets` by
    indicator; `lines_of`, `versions_of` and `children` by node. Lines and indicators stand in the order of
    the form. `earlier` is what the first reader of the rows found. `lines` and `versions` are those that
    `planned_lines` and `definitions` gave for the unit."""

    def __init__(
        self,
        unit_quarter: UnitQuarter,
        policy: scoring.ScoringPolicy,
        lines: Iterable[Any],
        versions: Iterable[Any],
    ) -> None:
        self.quarter = unit_quarter
        self.policy = policy
        self.lines: list[BudgetLine] = list(lines)
        self.ceilings: dict[int, Decimal] = {
            line.pk: line.ceiling_rp for line in lines if line.ceiling_rp is not None
        }
        nodes = nodes_of(self.lines)
        self.versions: list[IndicatorVersion] = [version for version in versions if counts(version, nodes)]
        self.targets = {version.indicator_id: target_of(version) for version in self.versions}
        self.lines_of: Mapping[int, list[BudgetLine]] = _grouped((line.node_id, line) for line in self.lines)
        self.versions_of: Mapping[int | None, list[IndicatorVersion]] = _grouped(
            (version.indicator.node_id, version) for version in self.versions
        )
        ordered = sorted(nodes.values(), key=lambda node: (node.sort_order, node.pk))
        self.nodes: Mapping[int, ProgrammeNode] = nodes
        self.children: Mapping[int | None, list[ProgrammeNode]] = _grouped(
            (node.parent_id, node) for node in ordered
        )
        self.earlier: Earlier | None = None


def read_plan(unit_quarter: UnitQuarter) -> QuarterPlan:
    """Of one unit. Raises ScoringPolicy.DoesNotExist in a year without one."""
    unit, year = unit_quarter.unit, unit_quarter.year
    policy = ScoringPolicy.objects.for_year(unit.agency.government_id, year).as_policy()
    lines = planned_lines(unit.agency_id, year, Q(unit=unit))
    for line in lines:
        line.unit = unit
    return QuarterPlan(unit_quarter, policy, lines, definitions(unit.agency_id, year, measured_by(unit)))


def planned_lines(agency: int, year: int, wanted: Q) -> list[Any]:
    """Budget lines in the order of the form, each with `ceiling_rp` of the version in force; one query."""
    latest = BudgetVersion.objects.filter(agency=agency, year=year).order_by("-number")
    ceiling = Ceiling.objects.filter(line=OuterRef("pk"), version=Subquery(latest.values("pk")[:1]))
    return list(
        BudgetLine.objects.filter(wanted, unit__agency=agency, year=year)
        .select_related("funding_source", "node__parent__parent")
        .annotate(ceiling_rp=Subquery(ceiling.values("amount_rp")[:1]))
        .order_by("node__sort_order", "sort_order", "pk")
    )


def definitions(agency: int, year: int, wanted: Q) -> list[Any]:
    """The definitions in force of the indicators, each with what the agreement and the year set as its
    target; one query."""
    in_force = IndicatorVersion.objects.filter(
        indicator=OuterRef("indicator"), valid_from_year__lte=year
    ).order_by("-valid_from_year")
    agreement = Agreement.objects.in_year(agency, year).binding().order_by("-revision")
    agreed = AgreementIndicator.objects.filter(
        agreement=Subquery(agreement.values("pk")[:1]), indicator=OuterRef("indicator")
    ).order_by("-number")
    annual = Target.objects.filter(
        indicator=OuterRef("indicator"), kind=TargetKind.ANNUAL, year=year
    ).order_by("pk")
    return list(
        IndicatorVersion.objects.filter(
            pk=Subquery(in_force.values("pk")[:1]),
            indicator__in=Indicator.objects.filter(wanted, agency=agency),
        )
        .select_related("indicator__node")
        .annotate(
            agreed_state=Subquery(agreed.values("target_state")[:1]),
            agreed_target=Subquery(agreed.values("target")[:1]),
            annual_state=Subquery(annual.values("value_state")[:1]),
            annual_target=Subquery(annual.values("value")[:1]),
        )
        .order_by("indicator__sort_order", "indicator_id")
    )


def counts(version: Any, nodes: Container[int | None]) -> bool:
    """Whether an indicator of `definitions` is measured in the year: agreed, or of a node that has money."""
    return version.agreed_state is not None or version.indicator.node_id in nodes


def target_of(version: Any) -> Measured:
    """The agreement's target, else the year's own, of an indicator that `definitions` read."""
    if version.agreed_state is not None:
        return measured(version.agreed_state, version.agreed_target)
    if version.annual_state is not None:
        return measured(version.annual_state, version.annual_target)
    return MISSING


def _grouped[K, V](pairs: Iterable[tuple[K, V]]) -> Mapping[K, list[V]]:
    """In the order given; a key that is not there has no values."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


# Seconds for which the plan of a unit is used again while its cells are saved one by one. Pages, submission
# and exports read it afresh.
KEPT_FOR = 30
# Agency, year, unit and quarter as an address names them.
Address = tuple[str, int, str, int]
_kept: dict[Address, tuple[float, QuarterPlan]] = {}


def recent_plan(address: Address) -> QuarterPlan | None:
    """The plan as it was at most so many seconds ago, whoever asks: the caller sees to it that they may."""
    at, plan = _kept.get(address, (0, None))
    return plan if time.monotonic() - at <= KEPT_FOR else None


def keep_plan(address: Address, plan: QuarterPlan) -> None:
    """Keep it for the next who asks."""
    _kept[address] = (time.monotonic(), plan)


def forget_plans() -> None:
    """For tests, whose keys come back with other meanings."""
    _kept.clear()
