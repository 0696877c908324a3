"""A unit's action plan of a year: the targets of the quarters of every indicator that it measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from budget.queries.quarter_plan import counts, definitions, nodes_of, path_of, planned_lines, target_of
from sakip.models import IndicatorVersion, ProgrammeNode, Target, TargetKind, Unit, UnitQuarter
from sakip.models.base import measured
from sakip.queries.measuring import measured_by
from sakip.scoring.aggregation import Combine
from sakip.scoring.agreement import Remark, action_value, check_action
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.values import MISSING, Measured
from sakip.workflow import policies


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """An indicator with the year's target and those of its quarters; `ends_at` is where they lead together,
    and `remark` what they lack to end at the year's target."""

    version: IndicatorVersion
    target: Measured
    quarters: Mapping[int, Measured]
    ends_at: Measured
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """The indicators of a node; without one, those above the programme tree."""

    node: ProgrammeNode | None
    rows: tuple[PlannedRow, ...]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """In the order of the form. `settled` are the quarters whose targets stay as they are."""

    groups: tuple[PlannedGroup, ...]
    settled: frozenset[int]

    @property
    def rows(self) -> list[PlannedRow]:
        return [row for group in self.groups for row in group.rows]


def action_plan(unit: Unit, year: int) -> ActionPlan:
    """Four queries."""
    agency = unit.agency_id
    nodes = nodes_of(planned_lines(agency, year, Q(unit=unit)))
    found: dict[int | None, list[IndicatorVersion]] = {}
    for version in definitions(agency, year, measured_by(unit)):
        if counts(version, nodes):
            found.setdefault(version.indicator.node_id, []).append(version)
    indicators = [version.indicator_id for versions in found.values() for version in versions]
    targets = _targets(indicators, year)
    groups = [
        PlannedGroup(
            nodes[pk] if pk in nodes else versions[0].indicator.node,
            tuple(_row(version, targets.get(version.indicator_id, {})) for version in versions),
        )
        for pk, versions in found.items()
    ]
    return ActionPlan(
        tuple(sorted(groups, key=lambda group: _place(group.node))),
        frozenset(
            quarter.quarter
            for quarter in UnitQuarter.objects.filter(unit=unit, year=year)
            if not policies.may_change_target(quarter)
        ),
    )


def _place(node: ProgrammeNode | None) -> list[tuple[int, int]]:
    """Where a node stands in the form: after those above it, and before those beneath."""
    return [(above.sort_order, above.pk) for above in reversed(path_of(node))] if node else []


def _targets(indicators: Sequence[int], year: int) -> dict[int, dict[int, Measured]]:
    found: dict[int, dict[int, Measured]] = {}
    targets = Target.objects.filter(indicator__in=indicators, kind=TargetKind.ACTION_PLAN, year=year)
    for target in targets:
        found.setdefault(target.indicator_id, {})[target.quarter] = measured(target.value_state, target.value)
    return found


def _row(version: IndicatorVersion, targets: Mapping[int, Measured]) -> PlannedRow:
    quarters = {quarter: targets.get(quarter, MISSING) for quarter in QUARTERS}
    method, target = Combine(version.combine), target_of(version)
    values = tuple(quarters.values())
    return PlannedRow(
        version, target, quarters, action_value(values, method), check_action(target, values, method)
    )
