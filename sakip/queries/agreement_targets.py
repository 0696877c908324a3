"""The targets of an agreement beside those of the plans, and what the plan has besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sakip.models import Agency, Target, TargetKind
from sakip.models.base import measured
from sakip.queries.performance import IndicatorYear
from sakip.queries.planning import Plan, PlannedIndicator
from sakip.scoring.aggregation import Combine
from sakip.scoring.agreement import Remark, TargetCheck, check_target
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.values import MISSING, Measured

# What a page says of each, in the words of the planner's page.
REMARKS = {
    Remark.TARGET_MISSING: "Target perjanjian belum diisi.",
    Remark.PLAN_MISSING: "Renstra tidak memuat target tahun ini.",
    Remark.PLAN_DIFFERS: "Berbeda dari target Renstra.",
    Remark.ACTION_MISSING: "Rencana aksi triwulan belum ada.",
    Remark.ACTION_INCOMPLETE: "Rencana aksi belum lengkap: ada triwulan tanpa target.",
    Remark.ACTION_DIFFERS: "Rencana aksi tidak berakhir pada target setahun.",
    Remark.WORSE_THAN_BEFORE: "Target lebih lemah dari realisasi tahun lalu.",
    Remark.NOT_AGREED: "Tidak ada dalam perjanjian.",
    Remark.CEILING_MISSING: "Tidak ada pagunya dalam anggaran yang berlaku.",
}


@dataclass(frozen=True, slots=True)
class AgreedTarget:
    """`is_agreed` is False for an indicator that only the plan has."""

    key: str
    name: str
    unit_of_measure: str
    decimals: int
    is_agreed: bool
    check: TargetCheck


def agreed_targets(
    agency: Agency, year: int, agreed: Sequence[IndicatorYear], plan: Plan | None
) -> tuple[AgreedTarget, ...]:
    """The indicators of the agreement in its order, then those with a target of the year in the plan that
    the agreement lacks; one query."""
    action = _action_plan(agency, year)
    known = {row.indicator.pk for row in agreed}
    planned = _planned(plan) if plan else iter(())
    return (
        *(_agreed(row, action[row.indicator.pk]) for row in agreed),
        *(
            _only_planned(found, found.targets[year])
            for found in planned
            if found.indicator.pk not in known and not found.targets.get(year, MISSING).is_missing
        ),
    )


def _action_plan(agency: Agency, year: int) -> dict[int, list[Measured]]:
    found: dict[int, list[Measured]] = defaultdict(lambda: [MISSING] * len(QUARTERS))
    targets = Target.objects.filter(indicator__agency=agency, kind=TargetKind.ACTION_PLAN, year=year)
    for target in targets.filter(quarter__in=QUARTERS):
        found[target.indicator_id][target.quarter - 1] = measured(target.value_state, target.value)
    return found


def _agreed(row: IndicatorYear, quarters: Sequence[Measured]) -> AgreedTarget:
    method = Combine(row.version.combine) if row.version else Combine.LAST
    check = check_target(
        row.target,
        row.plan_targets.get(row.year, MISSING),
        quarters,
        row.previous.realised if row.previous else MISSING,
        method,
        row.polarity,
    )
    return AgreedTarget(row.key, row.name, row.unit_of_measure, row.decimals, True, check)


def _planned(plan: Plan) -> Iterator[PlannedIndicator]:
    for objective in plan.objectives:
        yield from objective.indicators
        for outcome in objective.outcomes:
            yield from outcome.indicators


def _only_planned(found: PlannedIndicator, target: Measured) -> AgreedTarget:
    check = TargetCheck(MISSING, target, MISSING, MISSING, (Remark.NOT_AGREED,))
    return AgreedTarget(found.indicator.key, found.name, found.unit_of_measure, found.decimals, False, check)
