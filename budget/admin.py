"""The admin of the budget."""

from django.contrib import admin

from budget import models
from sakip.admin import inline
from sakip.admin.base import AgencyAdmin, ReadOnlyAdmin
from sakip.admin.resources import ReferenceImportAdmin, resource_for


@admin.register(models.FundingSource)
class FundingSourceAdmin(ReferenceImportAdmin):
    list_display = ["code", "name"]
    resource_classes = [resource_for(models.FundingSource, "code")]


@admin.register(models.BudgetVersion)
class BudgetVersionAdmin(AgencyAdmin):
    list_display = ["agency", "year", "number", "kind", "document"]
    list_filter = ["year", "kind"]


@admin.register(models.BudgetLine)
class BudgetLineAdmin(AgencyAdmin):
    list_display = ["node", "unit", "year", "funding_source"]
    list_filter = ["year", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["node", "unit", "funding_source"]
    search_fields = ["node__name", "node__code"]
    inlines = [
        inline(models.Ceiling, "version", "amount_rp"),
        inline(models.CashPlan, "quarter", "amount_rp"),
        inline(models.OfficialRealisation, "amount_rp", "physical_pct", "source"),
    ]


PLAIN = {
    models.Ceiling: ["line", "version", "amount_rp"],
    models.CashPlan: ["line", "quarter", "amount_rp"],
    models.OfficialRealisation: ["line", "amount_rp", "physical_pct", "source"],
    models.ImportedForm: ["title", "agency", "year", "source"],
    models.ImportedLine: ["number", "level", "name", "unit", "confidence"],
    models.ImportedMean: ["node", "k_pct", "rp_pct"],
    models.ColumnMapping: ["agency", "header_row", "updated_at", "updated_by"],
}
for model, columns in PLAIN.items():
    admin.site.register(model, AgencyAdmin, list_display=columns)
admin.site.register(
    models.QuarterlyRealisation,
    ReadOnlyAdmin,
    list_display=["line", "unit_quarter", "amount_state", "amount_rp", "physical_pct", "state"],
)
admin.site.register(
    models.CellComment,
    ReadOnlyAdmin,
    list_display=["unit_quarter", "line", "indicator", "cell", "text", "by", "at"],
)
admin.site.register(
    models.SheetUpload, ReadOnlyAdmin, list_display=["name", "unit_quarter", "by", "at", "sheet"]
)
