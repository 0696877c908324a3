"""Every indicator of an agency at the end of one quarter, against the targets of the action plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from decimal import Decimal

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
from sakip.scoring.aggregation import Combine, Combined, combine
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


class QuarterReader:
    """Reads an agency's action plan of a year and what was entered against it once, in four queries."""

    def __init__(self, agency: Agency, year: int, policy: ScoringPolicy) -> None:
        self.policy = policy
        self.targets, self.values = _targets(agency, year), _values(agency, year)
        self.units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
        offices = [unit for unit in self.units.values() if unit.kind == UnitKind.OFFICE]
        self.office = min(offices, key=lambda unit: (unit.sort_order, unit.pk), default=None)
        self.versions = _versions(agency, year, self.targets.keys() | self.values.keys())

    def at(self, quarter: int) -> tuple[QuarterIndicator, ...]:
        """The indicators that have a target in the action plan or a realisation up to the quarter, by unit
        and in the order of the form."""
        return tuple(
            self._indicator(version, quarter)
            for version in self.versions
            if any(number <= quarter for number in self._known(version.indicator_id))
        )

    def _known(self, indicator: int) -> Set[int]:
        return self.targets[indicator].keys() | self.values[indicator].keys()

    def _indicator(self, version: IndicatorVersion, quarter: int) -> QuarterIndicator:
        indicator = version.indicator
        target = _up_to(self.targets[indicator.pk], version, quarter)
        realised = _up_to(self.values[indicator.pk], version, quarter)
        result = achievement(
            target.value,
            realised.value,
            Polarity(version.polarity),
            self.policy,
            lower=version.lower_bound,
            upper=version.upper_bound,
        )
        return QuarterIndicator(
            indicator=indicator,
            version=version,
            unit=self.units[indicator.unit_id] if indicator.unit_id else self.office,
            target=target.value,
            realised=realised.value,
            achievement=result.as_provisional(realised.provisional),
        )


def _targets(agency: Agency, year: int) -> Values:
    found = Target.objects.filter(indicator__agency=agency, kind=TargetKind.ACTION_PLAN, year=year)
    return _by_quarter(found.values_list("indicator_id", "quarter", "value_state", "value"))


def _values(agency: Agency, year: int) -> Values:
    found = Measurement.objects.filter(unit_quarter__unit__agency=agency, unit_quarter__year=year)
    return _by_quarter(found.values_list("indicator_id", "unit_quarter__quarter", "value_state", "value"))


def _by_quarter(rows: Iterable[tuple[int, int, str, Decimal | None]]) -> Values:
    values: Values = defaultdict(dict)
    for indicator, quarter, state, value in rows:
        values[indicator][quarter] = measured(state, value)
    return values


def _versions(agency: Agency, year: int, indicators: Collection[int]) -> list[IndicatorVersion]:
    """The definition in force of each indicator, with it, by unit and in the order of the form."""
    found = (
        IndicatorVersion.objects.filter(
            indicator__agency=agency, indicator__in=indicators, valid_from_year__lte=year
        )
        .select_related("indicator")
        .order_by(
            F("indicator__unit__sort_order").asc(nulls_first=True),
            "indicator__unit__name",
            "indicator__sort_order",
            "indicator",
            "valid_from_year",
        )
    )
    return list({version.indicator_id: version for version in found}.values())


def _up_to(found: dict[int, Measured], version: IndicatorVersion, quarter: int) -> Combined:
    quarters = [found.get(number, MISSING) for number in range(1, quarter + 1)]
    return combine(quarters, Combine(version.combine), quarter)
