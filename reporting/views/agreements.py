"""The year's performance agreements, as documents."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.agreed import documents
from reporting.models import Edition
from reporting.views.office import enter_office, no_data
from reporting.year import OfficeYear
from sakip.queries.agreements import AgreementDocument, draft_of_year
from sakip.views.place import PortalRequest
from sakip.workflow import agreements as policies
from sakip.workflow import permissions


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    draft = draft_of_year(office.agency, year)
    may_keep = permissions.may_keep_agreements(request.user, office.agency)
    context = {
        "documents": documents(office, draft),
        "may_keep": may_keep,
        "writing": _writing(office, draft) if draft and may_keep else None,
        "is_first": office.agreements.in_force is None,
        "heading": f"Perjanjian Kinerja {year}",
        "lead": "Dokumen yang menetapkan target dan anggaran tahun ini. Bila ada perubahan, perubahan yang "
        "terakhir berlaku.",
        "breadcrumbs": [
            {"label": "Kelengkapan", "url": reverse("planner_home", args=[agency, year])},
            {"label": "Perjanjian Kinerja"},
        ],
    }
    return render(request, "reporting/agreements.html", context)


def _writing(office: OfficeYear, draft: AgreementDocument) -> dict[str, object]:
    """What the planner can do with the draft, and what is asked before."""
    return {
        "lacking": policies.lacking(draft.agreement, draft.agreement.indicators.all()),
        "hidden": [{"name": "version", "value": draft.agreement.version}],
        "put_in_force": _consequences(office, draft),
        "discard": f"{draft.title} dihapus beserta isinya. Yang berlaku tetap berlaku.",
    }


def _consequences(office: OfficeYear, draft: AgreementDocument) -> str:
    said = f"Mulai sekarang capaian, NKO, beranda, dan LKjIP {office.year} memakai target {draft.title}."
    if before := office.agreements.in_force:
        said += f" {before.title} tetap dapat dibaca di halaman ini."
    if Edition.objects.filter(agency=office.agency, year=office.year).exists():
        said += f" Edisi LKjIP {office.year} yang sudah terbit tetap seperti saat terbit."
    return f"{said} Setelah berlaku, perjanjian hanya berubah lewat perubahan berikutnya."
