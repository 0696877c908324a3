"""The admin of the core: everything in the model can be seen and edited here by those who may."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest

from sakip import models
from sakip.admin.base import AgencyAdmin, AgencyInline, ReadOnlyAdmin, ReferenceAdmin
from sakip.admin.logins import LoginAdmin, SsoIdentityAdmin
from sakip.admin.resources import ReferenceImportAdmin, resource_for
from sakip.admin.users import MembershipAdmin, UserAdmin
from sakip.evidence.contents import identify
from sakip.evidence.kinds import JPEG, PNG, Limits, RefusedError

__all__ = ["LoginAdmin", "MembershipAdmin", "SsoIdentityAdmin", "UserAdmin"]

admin.site.site_header = "Portal SAKIP - data induk"
admin.site.site_title = "Portal SAKIP"
admin.site.index_title = "Data induk"


def inline(model, *fields: str, fk_name: str | None = None) -> type[AgencyInline]:
    return type(
        f"{model.__name__}Inline", (AgencyInline,), {"model": model, "fields": fields, "fk_name": fk_name}
    )


class KeptAdmin(AgencyAdmin):
    """Rows whose history hangs on them: switched off or renamed, never deleted."""

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(models.Government)
class GovernmentAdmin(ReferenceImportAdmin):
    list_display = ["name", "head_title", "province"]
    resource_classes = [resource_for(models.Government, "name")]


@admin.register(models.NomenclatureCode)
class NomenclatureCodeAdmin(ReferenceImportAdmin):
    list_display = ["code", "name", "nomenclature_year", "is_verified"]
    list_filter = ["nomenclature_year", "is_verified"]
    search_fields = ["code", "name"]
    resource_classes = [resource_for(models.NomenclatureCode, "nomenclature_year", "code")]


@admin.register(models.ScoringPolicy)
class ScoringPolicyAdmin(ReferenceAdmin):
    list_display = ["name", "government", "valid_from", "valid_until"]


@admin.register(models.LkeSubComponent)
class LkeSubComponentAdmin(ReferenceAdmin):
    list_display = ["code", "component", "aspect", "weight", "valid_from", "valid_until"]


@admin.register(models.LkeCriterion)
class LkeCriterionAdmin(ReferenceAdmin):
    list_display = ["code", "text", "is_verified"]
    list_filter = ["sub_component__component", "is_verified"]
    list_select_related = ["sub_component"]
    search_fields = ["text"]


class UnitInline(AgencyInline):
    """Kept, as by itself."""

    model = models.Unit
    fields = ["name", "report_name", "slug", "kind", "parent", "sort_order", "is_active"]
    can_delete = False


@admin.register(models.Agency)
class AgencyOwnAdmin(KeptAdmin):
    list_display = ["name", "slug", "kind", "government"]
    search_fields = ["name", "slug"]
    inlines = [UnitInline]

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Whose the agency is, and its address, are not its own to change: rights and links hang on them."""
        return [] if request.user.is_superuser else ["government", "slug"]


@admin.register(models.Unit)
class UnitAdmin(KeptAdmin):
    list_display = ["name", "slug", "kind", "sort_order", "is_active"]
    list_filter = ["kind", "is_active"]


@admin.register(models.StrategicPlan)
class StrategicPlanAdmin(AgencyAdmin):
    list_display = ["__str__", "agency", "effective_from", "effective_until"]
    inlines = [
        inline(models.Mission, "number", "text", "is_carried"),
        inline(models.FlagshipProgramme, "number", "text", "is_carried"),
        inline(models.Objective, "number", "text", "mission", "rpjmd_reference"),
    ]


@admin.register(models.Objective)
class ObjectiveAdmin(AgencyAdmin):
    list_display = ["text", "plan"]
    inlines = [inline(models.Outcome, "number", "text")]


@admin.register(models.Outcome)
class OutcomeAdmin(AgencyAdmin):
    list_display = ["text", "objective"]
    inlines = [inline(models.Strategy, "number", "text")]


@admin.register(models.Strategy)
class StrategyAdmin(AgencyAdmin):
    list_display = ["text", "outcome"]
    inlines = [inline(models.Policy, "number", "text")]


@admin.register(models.ProgrammeNode)
class ProgrammeNodeAdmin(AgencyAdmin):
    list_display = ["key", "code", "name", "level"]
    list_filter = ["level"]
    search_fields = ["key", "code", "name"]


@admin.register(models.Indicator)
class IndicatorAdmin(AgencyAdmin):
    list_display = ["key", "unit", "outcome", "node", "is_key"]
    list_filter = ["is_key"]
    search_fields = ["key", "versions__name"]
    list_select_related = ["unit", "outcome", "node"]
    inlines = [
        inline(
            models.IndicatorVersion,
            "valid_from_year",
            "name",
            "unit_of_measure",
            "polarity",
            "combine",
            "decimals",
            "source",
        ),
        inline(models.Target, "kind", "year", "quarter", "value_state", "value"),
        inline(models.AnnualResult, "year", "target_state", "target", "realised_state", "realised", "source"),
        inline(models.NationalStandard, "year", "value_state", "value", "source"),
        inline(models.EvidenceRequirement, "kind", "minimum", "description"),
    ]


@admin.register(models.Agreement)
class AgreementAdmin(AgencyAdmin):
    """What is in force; a draft is written by the perencana, on the page of the agreements."""

    list_display = ["title", "year", "kind", "revision", "signed_on"]
    list_filter = ["year", "kind"]
    exclude = ["is_draft", "version"]
    inlines = [
        inline(
            models.AgreementIndicator,
            "number",
            "indicator",
            "outcome_text",
            "unit_of_measure",
            "target_state",
            "target",
        ),
        inline(models.AgreementProgramme, "number", "node", "name", "amount_rp"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(is_draft=False)


class AgreedRowAdmin(AgencyAdmin):
    """Rows of what is in force."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(agreement__is_draft=False)

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "agreement":
            kwargs["queryset"] = models.Agreement.objects.filter(is_draft=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(models.AgreementIndicator)
class AgreementIndicatorAdmin(AgreedRowAdmin):
    list_display = ["number", "indicator", "agreement", "target"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """A row's name is the indicator's of the year."""
        return super().get_queryset(request).prefetch_related("indicator__versions")


@admin.register(models.AgreementProgramme)
class AgreementProgrammeAdmin(AgreedRowAdmin):
    list_display = ["number", "name", "agreement", "amount_rp"]


@admin.register(models.UnitQuarter)
class UnitQuarterAdmin(KeptAdmin):
    """Windows are kept here; state and lock move only through the workflow."""

    list_display = ["__str__", "state", "entry_opens", "entry_closes", "review_closes"]
    list_filter = ["year", "quarter", "state"]
    list_select_related = ["unit"]
    readonly_fields = ["unit", "year", "quarter", "state", "lock_reason", "version"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(models.AkipEvaluation)
class AkipEvaluationAdmin(AgencyAdmin):
    list_display = ["year", "score", "issued_on", "agency"]
    inlines = [
        inline(models.AkipComponentScore, "component", "score"),
        inline(models.Recommendation, "number", "component", "text"),
    ]


@admin.register(models.Recommendation)
class RecommendationAdmin(AgencyAdmin):
    list_display = ["number", "text", "evaluation"]
    readonly_fields = ["judgement"]
    inlines = [inline(models.FollowUp, "text", "status", "date_from", "date_to", "obstacle", "remark")]


@admin.register(models.IppAssessment)
class IppAssessmentAdmin(AgencyAdmin):
    list_display = ["year", "declared_total", "assessor", "agency"]
    inlines = [inline(models.IppAspect, "number", "name", "weight_pct", "score_state", "score", "note")]


@admin.register(models.IkmAssessment)
class IkmAssessmentAdmin(AgencyAdmin):
    list_display = ["year", "respondents", "declared_total", "agency"]
    inlines = [inline(models.IkmElement, "number", "name", "mean")]


@admin.register(models.Factor)
class FactorAdmin(AgencyAdmin):
    list_display = ["section", "context", "kind", "number", "text"]
    list_filter = ["year", "section", "kind"]


class AwardForm(forms.ModelForm):
    def clean_photo(self):
        """The report shows pictures alone, so whatever else was chosen is said here."""
        photo = self.cleaned_data["photo"]
        if not isinstance(photo, UploadedFile):
            return photo
        try:
            found = identify(photo.file, photo.name, Limits(size=settings.UPLOAD_LIMIT))
        except RefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused
        if found not in (JPEG, PNG):
            raise forms.ValidationError(f"Isinya {found.label}. Simpan fotonya sebagai JPEG atau PNG.")
        photo.seek(0)
        return photo


@admin.register(models.Award)
class AwardAdmin(AgencyAdmin):
    form = AwardForm
    list_display = ["number", "description", "rank", "unit", "year"]


PLAIN = {
    models.Position: ["key", "name", "kind", "parent"],
    models.Official: ["title", "acting", "unit", "valid_from", "valid_until"],
    models.LegalBasis: ["__str__", "agency", "purpose"],
    models.AgencyFunction: ["number", "text"],
    models.AgencyProfile: ["agency", "year", "area_km2"],
    models.PopulationCount: ["unit", "year", "rt_count", "male", "female"],
    models.StaffCount: ["unit", "year", "dimension", "category", "count"],
    models.Asset: ["number", "name", "condition", "quantity", "year"],
    models.ReportingYear: ["agency", "year", "is_sample", "report_number", "report_date"],
    models.Mission: ["number", "text", "plan"],
    models.FlagshipProgramme: ["number", "text", "plan"],
    models.Policy: ["number", "text", "strategy"],
    models.IndicatorVersion: ["name", "valid_from_year", "polarity", "combine"],
    models.Target: ["indicator", "kind", "year", "quarter", "value"],
    models.AnnualResult: ["indicator", "year", "target", "realised"],
    models.NationalStandard: ["indicator", "year", "value_state", "value"],
    models.EvidenceRequirement: ["indicator", "kind", "minimum"],
    models.AkipComponentScore: ["evaluation", "component", "score"],
    models.FollowUp: ["recommendation", "status", "date_to"],
    models.IppAspect: ["number", "name", "weight_pct", "score"],
    models.IkmElement: ["number", "name", "mean"],
}
READ_ONLY = {
    models.Measurement: ["indicator", "unit_quarter", "value_state", "value", "state"],
    models.QuarterException: ["unit_quarter", "valid_until", "reason", "granted_by"],
    models.Evidence: ["name", "kind", "unit_quarter", "added_by", "added_at"],
    models.EvidenceFile: ["sha256", "content_type", "size"],
    models.Transition: ["unit_quarter", "row_kind", "from_state", "to_state", "by", "at"],
    models.RowNote: ["unit_quarter", "row_kind", "check_key", "text", "by", "at"],
    models.Meeting: ["__str__", "agency", "held_on", "state"],
    models.Attendee: ["number", "role", "unit", "attendance", "meeting"],
    models.AgreedAction: ["number", "text", "unit", "due_on", "state", "meeting"],
    models.CriterionAnswer: ["criterion", "year", "agency", "updated_by", "updated_at"],
    models.SubComponentJudgement: ["sub_component", "year", "agency", "answer", "updated_by", "updated_at"],
    models.OutgoingMail: ["subject", "recipient", "created_at", "sent_at", "attempts", "error"],
    models.HistoryEntry: ["at", "by", "action", "label", "field", "old", "new"],
}
for model, columns in PLAIN.items():
    admin.site.register(model, AgencyAdmin, list_display=columns)
for model, columns in READ_ONLY.items():
    admin.site.register(model, ReadOnlyAdmin, list_display=columns)
