"""How efficiently a year used its money, by the policy's definition, with the two years before."""

from dataclasses import dataclass

from budget.efficiency import Efficiency, EfficiencyDefinition, EfficiencyInput, OutputLine, efficiency
from budget.queries.budget_year import BudgetYear, budget_years
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
    """The year's efficiency: of each indicator, and of all together."""

    definition: EfficiencyDefinition
    rows: tuple[IndicatorEfficiency, ...]
    overall: YearEfficiency


def efficiency_report(
    indicators: tuple[IndicatorYear, ...], budget: BudgetYear, policy: ScoringPolicy
) -> EfficiencyReport:
    overall = _of_year(budget.year, _mean(indicators), budget, policy)
    rows = tuple(
        IndicatorEfficiency(
            indicator, efficiency(policy.efficiency_definition, _input(indicator.achievement, budget))
        )
        for indicator in indicators
    )
    return EfficiencyReport(overall.efficiency.definition, rows, overall)


def efficiency_before(reader: PerformanceReader, policy: ScoringPolicy) -> tuple[YearEfficiency, ...]:
    """The two years before the reader's, the latest first, by the policy of that year, so that they can be
    compared; what is not known of them has its reason."""
    earlier = range(reader.year - 1, reader.year - 1 - YEARS_BEFORE, -1)
    budgets = budget_years(reader.agency, earlier)
    return tuple(_of_year(year, _mean(reader.results_in(year)), budgets[year], policy) for year in earlier)


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
