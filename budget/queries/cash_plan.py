"""What was planned to be spent by quarter (anggaran kas), beside what was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.absorption import absorption
from budget.models import CashPlan
from budget.queries.budget_year import BudgetYear, LineYear
from budget.standing import pace
from sakip.models import Agency
from sakip.scoring.arithmetic import total
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import CASH_PLAN_MISSING, Result

NOTHING = (Decimal(0),) * 4


@dataclass(frozen=True, slots=True)
class CashPlans:
    """`by_line` holds the four quarters of a line, each alone, in rupiah; a line without a plan is absent."""

    by_line: Mapping[int, Sequence[Decimal]]

    def of(self, line: LineYear) -> Sequence[Decimal]:
        return self.by_line.get(line.line.pk, NOTHING)

    def cumulated(self, lines: Iterable[LineYear], quarter: int) -> Decimal | None:
        """Rupiah planned since January; None where none of the lines has a plan."""
        plans = [self.of(line) for line in lines if line.line.pk in self.by_line]
        return total([amount for plan in plans for amount in plan[:quarter]]) if plans else None

    def curve(self, budget: BudgetYear) -> tuple[Result, ...]:
        """Planned absorption by the end of each quarter, in percent of the ceiling."""
        planned = [self.cumulated(budget.lines, quarter) for quarter in QUARTERS]
        ceiling, unknown = budget.total.ceiling_rp, Result.without(CASH_PLAN_MISSING)
        return tuple(unknown if amount is None else absorption(ceiling, amount) for amount in planned)

    def pace(self, lines: Sequence[LineYear], spent: Decimal | None, quarter: int) -> Result:
        """Money spent by a quarter in percent of what was planned by then."""
        return pace(spent, self.cumulated(lines, quarter))


def cash_plans(agency: Agency, year: int) -> CashPlans:
    """The year's plans in one query."""
    found: dict[int, list[Decimal]] = defaultdict(lambda: list(NOTHING))
    plans = CashPlan.objects.filter(line__unit__agency=agency, line__year=year)
    for line, quarter, amount in plans.values_list("line_id", "quarter", "amount_rp"):
        found[line][quarter - 1] = amount
    return CashPlans(dict(found))
