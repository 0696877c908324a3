"""How efficiently a year used its money, by the policy's definition, with the two years before."""

from collections.abc import Mapping
from dataclasses import dataclass

from budget.efficiency import Efficiency, EfficiencyDefinition, EfficiencyInput, OutputLine, efficiency
from budget.queries.budget_year import BudgetYear
from sakip.queries.performance import IndicatorYear, PerformanceReader, mean_achievement
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import REALISED_MISSING, Result

YEARS_BEFORE = 2


@dataclass(frozen=True, slots=True)
class YearEfficiency:
    """A whole year: the mean achievement of its indicators against the absorption of its budget."""

    year: int
    achievement: Result
    budget: BudgetYear
    efficiency: Efficiency


@dataclass(frozen=True, slots=True)
class IndicatorEfficiency:
    """An indicator's achievement against the absorption of the budget that serves all indicators."""

    indicator: IndicatorYear
    efficiency: Efficiency


@dataclass(frozen=True, slots=True)
class EfficiencyReport:
    """`before` holds the two years before, the latest first; what is not known of them has its reason."""

    definition: EfficiencyDefinition
    rows: tuple[IndicatorEfficiency, ...]
    overall: YearEfficiency
    before: tuple[YearEfficiency, ...]


def efficiency_report(
    reader: PerformanceReader,
    indicators: tuple[IndicatorYear, ...],
    budgets: Mapping[int, BudgetYear],
    policy: ScoringPolicy,
) -> EfficiencyReport:
    """`budgets` must hold the reader's year and the two before. All years by the policy of this one, so that
    they can be compared."""
    year = reader.year
    overall = _of_year(year, _mean(indicators), budgets[year], policy)
    rows = tuple(
        IndicatorEfficiency(
            indicator, efficiency(policy.efficiency_definition, _input(indicator.achievement, budgets[year]))
        )
        for indicator in indicators
    )
    before = tuple(
        _of_year(earlier, _mean(reader.results_in(earlier)), budgets[earlier], policy)
        for earlier in range(year - 1, year - 1 - YEARS_BEFORE, -1)
    )
    return EfficiencyReport(overall.efficiency.definition, rows, overall, before)


def _of_year(year: int, achievement: Result, budget: BudgetYear, policy: ScoringPolicy) -> YearEfficiency:
    found = efficiency(policy.efficiency_definition, _input(achievement, budget), policy.rounding)
    return YearEfficiency(year, achievement, budget, found)


def _mean(results) -> Result:
    return mean_achievement(results) if results else Result.without(REALISED_MISSING)


def _input(achievement: Result, budget: BudgetYear) -> EfficiencyInput:
    outputs = [
        OutputLine(line.ceiling_rp, line.physical.number, line.realised_rp)
        for line in budget.lines
        if line.ceiling_rp is not None and line.physical.number is not None and line.realised_rp is not None
    ]
    return EfficiencyInput(achievement, budget.total.absorption, outputs)
