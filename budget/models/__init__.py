"""All models of the budget, importable from one place."""

from budget.models.imported import FormLevel, ImportedForm, ImportedLine, ImportedMean
from budget.models.lines import (
    BudgetKind,
    BudgetLine,
    BudgetVersion,
    CashPlan,
    Ceiling,
    FundingSource,
    OfficialRealisation,
    QuarterlyRealisation,
)
from budget.models.sheets import ColumnMapping, SheetUpload

__all__ = [
    "BudgetKind",
    "BudgetLine",
    "BudgetVersion",
    "CashPlan",
    "Ceiling",
    "ColumnMapping",
    "FormLevel",
    "FundingSource",
    "ImportedForm",
    "ImportedLine",
    "ImportedMean",
    "OfficialRealisation",
    "QuarterlyRealisation",
    "SheetUpload",
]
