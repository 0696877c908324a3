"""Form E.81 of an agency's year (Permendagri 86/2017; table 3.8 of the report)."""

from __future__ import annotations

from budget.models import ImportedForm
from budget.queries.budget_year import BudgetYear, budget_year
from budget.queries.e81_form import E81Form, E81Node, IndicatorLine, Money
from budget.queries.e81_imported import imported_e81
from budget.queries.e81_native import native_e81
from sakip.models import Agency
from sakip.scoring.policy import ScoringPolicy

__all__ = ["FORM_KEY", "E81Form", "E81Node", "IndicatorLine", "Money", "e81"]

FORM_KEY = "e81"


def e81(agency: Agency, year: int, policy: ScoringPolicy, budget: BudgetYear | None = None) -> E81Form:
    """The form of a year: of a year whose printed form was taken over, that one, else from the entries.
    `budget` saves reading the year's budget again."""
    budget = budget or budget_year(agency, year)
    form = ImportedForm.objects.filter(agency=agency, year=year, key=FORM_KEY).first()
    if form:
        return imported_e81(form, budget, agency, policy)
    return native_e81(budget, agency, policy)
