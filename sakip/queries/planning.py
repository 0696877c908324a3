"""The strategic plans of a year with their cascade, from the vision down to the policies."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from sakip.models import (
    Agency,
    FlagshipProgramme,
    Indicator,
    IndicatorVersion,
    Mission,
    Objective,
    Outcome,
    StrategicPlan,
    Strategy,
    Target,
    TargetKind,
)
from sakip.models.base import measured
from sakip.scoring.values import Measured


@dataclass(frozen=True, slots=True)
class PlannedIndicator:
    """An indicator of the cascade with the plan's target of each year that has one."""

    indicator: Indicator
    name: str
    unit_of_measure: str
    decimals: int
    targets: dict[int, Measured]


@dataclass(frozen=True, slots=True)
class PlannedStrategy:
    text: str
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedOutcome:
    outcome: Outcome
    text: str
    indicators: tuple[PlannedIndicator, ...]
    strategies: tuple[PlannedStrategy, ...]


@dataclass(frozen=True, slots=True)
class PlannedObjective:
    objective: Objective
    text: str
    rpjmd_reference: str
    mission: Mission | None
    indicators: tuple[PlannedIndicator, ...]
    outcomes: tuple[PlannedOutcome, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A strategic plan with its whole cascade."""

    plan: StrategicPlan
    missions: tuple[Mission, ...]
    flagship_programmes: tuple[FlagshipProgramme, ...]
    objectives: tuple[PlannedObjective, ...]

    @property
    def period(self) -> str:
        return self.plan.period

    @property
    def carried_missions(self) -> tuple[Mission, ...]:
        return tuple(mission for mission in self.missions if mission.is_carried)

    @property
    def carried_programmes(self) -> tuple[FlagshipProgramme, ...]:
        return tuple(programme for programme in self.flagship_programmes if programme.is_carried)

    @property
    def outcomes(self) -> tuple[PlannedOutcome, ...]:
        return tuple(outcome for objective in self.objectives for outcome in objective.outcomes)


def in_force_during(agency: Agency, year: int) -> QuerySet[StrategicPlan]:
    """Every plan in force on some day of the year, the latest first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return StrategicPlan.objects.filter(
        Q(effective_from__isnull=True) | Q(effective_from__lte=last),
        Q(effective_until__isnull=True) | Q(effective_until__gte=first),
        agency=agency,
        first_year__lte=year,
        last_year__gte=year,
    ).order_by("-first_year")


def plans_of_year(agency: Agency, year: int) -> tuple[Plan, ...]:
    """Every plan in force on some day of the year, the one in force at its end first."""
    indicators = Indicator.objects.order_by("sort_order", "pk").prefetch_related(
        Prefetch("versions", IndicatorVersion.objects.filter(valid_from_year__lte=year)),
        Prefetch("targets", Target.objects.filter(kind=TargetKind.PLAN).order_by("year")),
    )
    strategies = Strategy.objects.order_by("number").prefetch_related("policies")
    outcomes = Outcome.objects.order_by("number").prefetch_related(
        Prefetch("strategies", strategies), Prefetch("indicators", indicators)
    )
    objectives = Objective.objects.order_by("number").select_related("mission")
    found = in_force_during(agency, year).prefetch_related(
        Prefetch("missions", Mission.objects.order_by("number")),
        Prefetch("flagship_programmes", FlagshipProgramme.objects.order_by("number")),
        Prefetch(
            "objectives",
            objectives.prefetch_related(Prefetch("outcomes", outcomes), Prefetch("indicators", indicators)),
        ),
    )
    plans = [_plan(plan, year) for plan in found]
    return tuple(sorted(plans, key=lambda plan: not _is_in_force(plan.plan, date(year, 12, 31))))


def _is_in_force(plan: StrategicPlan, day: date) -> bool:
    return plan.effective_until is None or plan.effective_until >= day


def _plan(plan: StrategicPlan, year: int) -> Plan:
    return Plan(
        plan=plan,
        missions=tuple(plan.missions.all()),
        flagship_programmes=tuple(plan.flagship_programmes.all()),
        objectives=tuple(_objective(objective, year) for objective in plan.objectives.all()),
    )


def _objective(objective: Objective, year: int) -> PlannedObjective:
    return PlannedObjective(
        objective=objective,
        text=objective.text,
        rpjmd_reference=objective.rpjmd_reference,
        mission=objective.mission,
        indicators=tuple(_indicator(indicator, year) for indicator in objective.indicators.all()),
        outcomes=tuple(
            PlannedOutcome(
                outcome=outcome,
                text=outcome.text,
                indicators=tuple(_indicator(indicator, year) for indicator in outcome.indicators.all()),
                strategies=tuple(
                    PlannedStrategy(strategy.text, tuple(policy.text for policy in strategy.policies.all()))
                    for strategy in outcome.strategies.all()
                ),
            )
            for outcome in objective.outcomes.all()
        ),
    )


def _indicator(indicator: Indicator, year: int) -> PlannedIndicator:
    version = indicator.version_in(year)
    return PlannedIndicator(
        indicator=indicator,
        name=version.name if version else indicator.key,
        unit_of_measure=version.unit_of_measure if version else "",
        decimals=version.decimals if version else 2,
        targets={t.year: measured(t.value_state, t.value) for t in indicator.targets.all()},
    )
