"""The admin of the reports."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from reporting import models
from reporting.year import OfficeYear
from sakip.admin.base import AgencyAdmin, ReadOnlyAdmin
from sakip.models import ScoringPolicy


def own_sections() -> list[tuple[str, str]]:
    """The sections of the report whose text an office may write itself."""
    from reporting.lkjip.document import CHAPTERS

    return [(part.key, part.key) for chapter in CHAPTERS for part in chapter.PARTS if part.manuscript]


class NarrativeForm(forms.ModelForm):
    """A text that cannot be filled in stops the whole report, so it is refused here."""

    section = forms.ChoiceField(label="bagian", choices=own_sections)

    class Meta:
        model = models.Narrative
        fields = ["agency", "year", "section", "text"]

    def clean_year(self) -> int:
        """Asked for before the model asks, since the report of the year is read meanwhile."""
        year: int = self.cleaned_data["year"]
        models.Narrative._meta.get_field("year").run_validators(year)
        return year

    def clean(self) -> dict[str, object]:
        from reporting.figures import figures
        from reporting.lkjip.facts import ReportFacts
        from reporting.lkjip.narrative import NarrativeError

        given = super().clean() or {}
        if {"agency", "year", "text"} <= given.keys():
            office = OfficeYear(given["agency"], given["year"])
            try:
                ReportFacts(office, figures(office)).own_words(given["text"])
            except NarrativeError as error:
                self.add_error("text", str(error))
            except ScoringPolicy.DoesNotExist:
                self.add_error("year", "Belum ada kebijakan penilaian untuk tahun ini.")
        return given


@admin.register(models.Narrative)
class NarrativeAdmin(AgencyAdmin):
    form = NarrativeForm
    list_display = ["section", "year", "agency", "updated_at"]

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        obj.version += 1
        obj.updated_at, obj.updated_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)


admin.site.register(
    models.Edition, ReadOnlyAdmin, list_display=["agency", "year", "number", "issued_at", "sha256"]
)
admin.site.register(
    models.ReportJob,
    ReadOnlyAdmin,
    list_display=["agency", "year", "format", "state", "requested_by", "requested_at"],
)
admin.site.register(models.Download, ReadOnlyAdmin, list_display=["owner", "job", "asked_at"])
admin.site.register(
    models.PublicPage, ReadOnlyAdmin, list_display=["agency", "year", "is_on", "changed_at", "changed_by"]
)
