"""The year's performance agreements, as documents."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.agreed import documents
from reporting.views.office import enter_office, no_data
from sakip.views.place import PortalRequest


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    context = {
        "documents": documents(office),
        "heading": f"Perjanjian Kinerja {year}",
        "lead": "Dokumen yang menetapkan target dan anggaran tahun ini. Bila ada perubahan, perubahan yang "
        "terakhir berlaku.",
        "breadcrumbs": [
            {"label": "Kelengkapan", "url": reverse("planner_home", args=[agency, year])},
            {"label": "Perjanjian Kinerja"},
        ],
    }
    return render(request, "reporting/agreements.html", context)
