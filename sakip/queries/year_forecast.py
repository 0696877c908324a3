"""Where the agreement's indicators and the organisation score are expected at year end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sakip.models import Target, TargetKind
from sakip.models.base import measured
from sakip.queries.performance import IndicatorYear
from sakip.scoring.achievement import achievement
from sakip.scoring.aggregation import Combine
from sakip.scoring.forecast import Basis, Forecast, forecast_year
from sakip.scoring.organisation_score import IndicatorAchievement, OrganisationScore, organisation_score
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import Result, Step
from sakip.scoring.values import MISSING, Measured


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """An indicator with its expected value, and its achievement then."""

    row: IndicatorYear
    forecast: Forecast
    achievement: Result


@dataclass(frozen=True, slots=True)
class YearForecast:
    rows: tuple[ForecastRow, ...]
    score: OrganisationScore


def year_forecast(
    indicators: Sequence[IndicatorYear],
    year: int,
    policy: ScoringPolicy,
    akip_score: Decimal | None,
    through: int = 4,
) -> YearForecast:
    """The forecast from what is known up to the quarter `through`; one query."""
    planned: dict[int, dict[int, Measured]] = defaultdict(dict)
    targets = Target.objects.filter(
        indicator__in=[row.indicator.pk for row in indicators], kind=TargetKind.ACTION_PLAN, year=year
    )
    for target in targets:
        planned[target.indicator_id][target.quarter] = measured(target.value_state, target.value)
    rows = tuple(_row(row, planned[row.indicator.pk], policy, through) for row in indicators)
    achieved = [IndicatorAchievement(found.row.name, found.achievement) for found in rows]
    return YearForecast(rows, organisation_score(achieved, policy, akip_score=akip_score))


def _row(
    row: IndicatorYear, planned: dict[int, Measured], policy: ScoringPolicy, through: int
) -> ForecastRow:
    found = _forecast(row, planned, through)
    value = found.value.value
    version = row.version
    reached = achievement(
        row.target,
        MISSING if value is None else Measured.of(value),
        row.polarity,
        policy,
        lower=version.lower_bound if version else None,
        upper=version.upper_bound if version else None,
    )
    return ForecastRow(row, found, reached if value is not None else Result.without(_reason(found)))


def _reason(found: Forecast):
    assert found.value.reason is not None
    return found.value.reason


def _forecast(row: IndicatorYear, planned: dict[int, Measured], through: int) -> Forecast:
    """A year whose result is known without its quarters needs no forecast."""
    entered = any(not value.is_missing for value in row.quarters)
    if row.realised.number is not None and not entered:
        step = Step("hasil tahun ini", row.realised.number)
        return Forecast(Result.computed(row.realised.number, step), Basis.COMPLETE)
    quarters = [value if number <= through else MISSING for number, value in enumerate(row.quarters or (), 1)]
    quarters += [MISSING] * (4 - len(quarters))
    method = Combine(row.version.combine) if row.version else Combine.LAST
    plans = [planned.get(number, MISSING) for number in QUARTERS]
    return forecast_year(quarters, plans, method, row.previous.realised if row.previous else MISSING)
