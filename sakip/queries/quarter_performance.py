"""Every indicator of an agency at the end of one quarter, against the targets of the action plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F

from sakip.models import (
    Agency,
    Indicator,
    IndicatorVersion,
    Measurement,
    Target,
    TargetKind,
    Unit,
    UnitKind,
)
from sakip.models.base import measured
from sakip.scoring.achievement import Polarity, achievement
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.comparison import has_attained
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.values import MISSING, Measured

# By indicator and quarter.
Values = dict[int, dict[int, Measured]]


@dataclass(frozen=True, slots=True)
class QuarterIndicator:
    """An indicator up to a quarter: `target` is the action plan's, combined like the realisations; `unit`
    measures it. `provisional` where a quarter that belongs to it is missing."""

    indicator: Indicator
    version: IndicatorVersion
    unit: Unit | None
    target: Measured
    realised: Measured
    achievement: Result

    @property
    def has_attained(self) -> bool | None:
        """Whether the target up to the quarter is met; None where that cannot be computed."""
        return has_attained(self.achievement)


def indicators_by_quarter(
    agency: Agency, year: int, last: int, policy: ScoringPolicy
) -> tuple[tuple[QuarterIndicator, ...], ...]:
    """For each quarter up to the last one, the indicators that have a target in the year's action plan or a
    realisation up to it, by unit and in the order of the form. Five queries whatever the size."""
    targets: Values = defaultdict(dict)
    planned = Target.objects.filter(
        indicator__agency=agency, kind=TargetKind.ACTION_PLAN, year=year, quarter__range=(1, last)
    )
    for indicator, quarter, state, value in planned.values_list(
        "indicator_id", "quarter", "value_state", "value"
    ):
        targets[indicator][quarter] = measured(state, value)
    values: Values = defaultdict(dict)
    entered = Measurement.objects.filter(
        unit_quarter__unit__agency=agency, unit_quarter__year=year, unit_quarter__quarter__lte=last
    )
    for indicator, quarter, state, value in entered.values_list(
        "indicator_id", "unit_quarter__quarter", "value_state", "value"
    ):
        values[indicator][quarter] = measured(state, value)
    office = Unit.objects.filter(agency=agency, kind=UnitKind.OFFICE).order_by("sort_order", "pk").first()
    found = list(
        Indicator.objects.filter(agency=agency, pk__in=targets.keys() | values.keys())
        .select_related("unit")
        .prefetch_related("versions")
        .order_by(F("unit__sort_order").asc(nulls_first=True), "unit__name", "sort_order", "pk")
    )
    return tuple(
        tuple(
            _at(indicator, version, indicator.unit or office, targets, values, quarter, policy)
            for indicator in found
            if _says_something(indicator.pk, targets, values, quarter)
            and (version := indicator.version_in(year)) is not None
        )
        for quarter in range(1, last + 1)
    )


def _says_something(indicator: int, targets: Values, values: Values, quarter: int) -> bool:
    known = targets.get(indicator, {}).keys() | values.get(indicator, {}).keys()
    return any(number <= quarter for number in known)


def _at(
    indicator: Indicator,
    version: IndicatorVersion,
    unit: Unit | None,
    targets: Values,
    values: Values,
    quarter: int,
    policy: ScoringPolicy,
) -> QuarterIndicator:
    def up_to_now(found: dict[int, Measured]):
        quarters = [found.get(number, MISSING) for number in range(1, quarter + 1)]
        return combine(quarters, Combine(version.combine), quarter)

    target, realised = up_to_now(targets.get(indicator.pk, {})), up_to_now(values.get(indicator.pk, {}))
    result = achievement(
        target.value,
        realised.value,
        Polarity(version.polarity),
        policy,
        lower=version.lower_bound,
        upper=version.upper_bound,
    )
    return QuarterIndicator(
        indicator=indicator,
        version=version,
        unit=unit,
        target=target.value,
        realised=realised.value,
        achievement=result.as_provisional(realised.provisional),
    )
