"""All models of the budget, importable from one place."""

from budget.models.comments import CELLS_OF_LINE, CellComment, CellName
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
    "CELLS_OF_LINE",
    "BudgetKind",
    "BudgetLine",
    "BudgetVersion",
    "CashPlan",
    "Ceiling",
    "CellComment",
    "CellName",
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
