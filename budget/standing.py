"""What makes a budget line worth a question during the year. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.arithmetic import HUNDRED, percentage, product, quotient
from sakip.scoring.notation import plain, term
from sakip.scoring.result import CASH_PLAN_MISSING, REALISED_MISSING, Result, Step
from sakip.scoring.values import Measured, State


class Question(StrEnum):
    LOW = "low"
    MONEY_ONLY = "money_only"
    OUTPUT_ONLY = "output_only"


def planned_by(ceiling: Decimal | None, planned: Sequence[Decimal], quarter: int) -> Decimal | None:
    """Rupiah that should be spent by the end of a quarter: the cash plan's four quarters so far, or without
    a cash plan an even share of the ceiling."""
    if any(planned):
        return sum(planned[:quarter], Decimal(0))
    return None if ceiling is None else quotient(product(ceiling, Decimal(quarter)), Decimal(4))


def pace(spent: Decimal | None, planned: Decimal | None) -> Result:
    """spent / planned × 100, in percent; no value where nothing should have been spent yet."""
    if spent is None:
        return Result.without(REALISED_MISSING)
    if not planned or planned < 0:
        return Result.without(CASH_PLAN_MISSING)
    value = percentage(spent, planned)
    return Result.computed(value, Step(f"{term(spent)} / {plain(planned)} × 100", value))


def questions(
    spent: Decimal | None, physical: Sequence[Measured], planned: Decimal | None, limit: Decimal
) -> tuple[Question, ...]:
    """What to ask about a line. LOW: less than `limit` percent of what was planned by now; MONEY_ONLY: money
    is spent and the last physical progress is 0 or *nihil*; OUTPUT_ONLY: progress without any money spent.

    Unknown money or progress asks nothing: that is *belum ada*, a matter of its own. Never raises. A
    convention of this portal; docs/scoring.md, table `line_questions`.
    """
    found = []
    reached = pace(spent, planned).value
    progress = combine(physical, Combine.LAST, len(physical)).value
    done = Decimal(0) if progress.state is State.NIHIL else progress.number
    if spent is not None and spent > 0 and done == 0:
        found.append(Question.MONEY_ONLY)
    if reached is not None and reached < min(limit, HUNDRED):
        found.append(Question.LOW)
    if spent == 0 and done is not None and done > 0:
        found.append(Question.OUTPUT_ONLY)
    return tuple(found)
