"""The money of an agreement's programmes beside the ceilings in force."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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


@dataclass(frozen=True, slots=True)
class AgreeableProgramme:
    """What the draft says of a programme, or would say if it held it. `before_rp` is the amount in the
    document that the draft is compared with, `check` holds the draft's against the ceiling in force."""

    node: ProgrammeNode
    name: str
    is_included: bool
    amount_rp: Decimal | None
    before_rp: Decimal | None
    ceiling_rp: Decimal | None

    @property
    def check(self) -> BudgetCheck:
        return check_budget(self.amount_rp if self.is_included else None, self.ceiling_rp)


def agreeable_programmes(
    draft: AgreementDocument | None, before: AgreementDocument | None, budget: BudgetYear
) -> tuple[AgreeableProgramme, ...]:
    """Those of the draft in its order, then those that it left out, then those that only the budget has."""
    ceilings = {found.node: found.sum.ceiling_rp for found in budget.programmes}
    earlier = {row.node: row for row in before.programmes} if before else {}
    own = {row.node: row for row in draft.programmes} if draft else {}
    return tuple(
        AgreeableProgramme(
            node=node,
            name=row.name if (row := own.get(node) or earlier.get(node)) else node.name,
            is_included=node in own,
            amount_rp=row.amount_rp if row else ceilings[node],
            before_rp=earlier[node].amount_rp if node in earlier else None,
            ceiling_rp=ceilings.get(node),
        )
        for node in dict.fromkeys([*own, *earlier, *ceilings])
    )
