"""Where the agreement's indicators and the organisation score are expected at year end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

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
    planned: Mapping[int, Mapping[int, Measured]],
    policy: ScoringPolicy,
    akip_score: Decimal | None,
    through: int = 4,
) -> YearForecast:
    """The forecast from what is known up to the quarter `through`; `planned` are the targets of the action
    plan by indicator and quarter."""
    rows = tuple(_row(row, planned.get(row.indicator.pk, {}), policy, through) for row in indicators)
    achieved = [IndicatorAchievement(found.row.name, found.achievement) for found in rows]
    return YearForecast(rows, organisation_score(achieved, policy, akip_score=akip_score))


def _row(
    row: IndicatorYear, planned: Mapping[int, Measured], policy: ScoringPolicy, through: int
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


def _forecast(row: IndicatorYear, planned: Mapping[int, Measured], through: int) -> Forecast:
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
