"""The money of an agreement's programmes beside the ceilings in force."""

from __future__ import annotations

from dataclasses import dataclass

from budget.queries.budget_year import BudgetYear
from sakip.models import ProgrammeNode
from sakip.queries.agreements import AgreementDocument
from sakip.scoring.agreement import BudgetCheck, check_budget


@dataclass(frozen=True, slots=True)
class AgreedBudget:
    node: ProgrammeNode
    name: str
    check: BudgetCheck


def agreed_budgets(document: AgreementDocument, budget: BudgetYear) -> tuple[AgreedBudget, ...]:
    """The programmes of the agreement in its order, then those that only the budget has."""
    ceilings = {found.node.pk: found.sum.ceiling_rp for found in budget.programmes}
    agreed = {programme.node.pk for programme in document.programmes}
    return (
        *(
            AgreedBudget(row.node, row.name, check_budget(row.amount_rp, ceilings.get(row.node.pk)))
            for row in document.programmes
        ),
        *(
            AgreedBudget(found.node, found.node.name, check_budget(None, found.sum.ceiling_rp))
            for found in budget.programmes
            if found.node.pk not in agreed
        ),
    )
