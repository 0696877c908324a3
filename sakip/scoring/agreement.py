"""Whether an agreement says what the plans say: its targets, and the budgets of its programmes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sakip.scoring.achievement import Polarity
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.arithmetic import difference
from sakip.scoring.comparison import trend
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.values import Measured


class Remark(StrEnum):
    """What differs, or what has no counterpart."""

    TARGET_MISSING = "target_missing"
    PLAN_MISSING = "plan_missing"
    PLAN_DIFFERS = "plan_differs"
    ACTION_MISSING = "action_missing"
    ACTION_INCOMPLETE = "action_incomplete"
    ACTION_DIFFERS = "action_differs"
    WORSE_THAN_BEFORE = "worse_than_before"
    NOT_AGREED = "not_agreed"
    BUDGET_DIFFERS = "budget_differs"
    CEILING_MISSING = "ceiling_missing"


@dataclass(frozen=True, slots=True)
class TargetCheck:
    """A target beside what it should agree with. `action` is the action plan's quarters together."""

    target: Measured
    plan: Measured
    action: Measured
    before: Measured
    remarks: tuple[Remark, ...]


def check_target(
    target: Measured,
    plan: Measured,
    quarters: Sequence[Measured],
    before: Measured,
    method: Combine,
    polarity: Polarity,
) -> TargetCheck:
    """A target of the agreement against the plan's of the year, the quarters of the action plan, which
    should end at it, and the realisation of the year before. Never raises."""
    action = action_value(quarters, method)
    found = (
        Remark.TARGET_MISSING if target.is_missing else None,
        _against(target, plan, Remark.PLAN_MISSING, Remark.PLAN_DIFFERS),
        check_action(target, quarters, method),
        Remark.WORSE_THAN_BEFORE if trend(target, before, polarity).judgement == "memburuk" else None,
    )
    return TargetCheck(target, plan, action, before, tuple(remark for remark in found if remark))


def _against(target: Measured, other: Measured, missing: Remark, differs: Remark) -> Remark | None:
    if other.is_missing:
        return missing
    return None if target.is_missing or target == other else differs


def action_value(quarters: Sequence[Measured], method: Combine) -> Measured:
    """Where the quarters of an action plan end: combined as the realisations are."""
    return combine(quarters, method, len(QUARTERS)).value


def check_action(target: Measured, quarters: Sequence[Measured], method: Combine) -> Remark | None:
    """What the quarters of an action plan lack to end at the year's target. A plan of a yearly value needs no
    more than its last quarter. Never raises."""
    action = action_value(quarters, method)
    needed = quarters[-1:] if method in (Combine.LAST, Combine.MAX) else quarters
    if not action.is_missing and any(quarter.is_missing for quarter in needed):
        return Remark.ACTION_INCOMPLETE
    return _against(target, action, Remark.ACTION_MISSING, Remark.ACTION_DIFFERS)


@dataclass(frozen=True, slots=True)
class BudgetCheck:
    """A programme's money in the agreement beside its ceilings in force, in rupiah; `gap` is ceiling less
    agreed, None where one of them is missing."""

    agreed_rp: Decimal | None
    ceiling_rp: Decimal | None
    gap: Decimal | None
    remarks: tuple[Remark, ...]


def check_budget(agreed_rp: Decimal | None, ceiling_rp: Decimal | None) -> BudgetCheck:
    """One of the two is known. Never raises."""
    if agreed_rp is None or ceiling_rp is None:
        missing = Remark.NOT_AGREED if agreed_rp is None else Remark.CEILING_MISSING
        return BudgetCheck(agreed_rp, ceiling_rp, None, (missing,))
    gap = difference(ceiling_rp, agreed_rp)
    return BudgetCheck(agreed_rp, ceiling_rp, gap, (Remark.BUDGET_DIFFERS,) if gap else ())
