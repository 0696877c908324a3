"""The way in: from the front door to the user's agency and its current year."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sakip.models import ReportingYear
from sakip.views.place import PortalRequest
from sakip.workflow import permissions


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Straight to the one agency, or a choice where there are several (or none)."""
    agencies = list(permissions.agencies_of(request.user))
    if len(agencies) == 1:
        return redirect("agency", agencies[0].slug)
    return render(request, "sakip/agencies.html", {"agencies": agencies, "heading": "Perangkat daerah"})


@require_safe
def agency(request: PortalRequest, agency: str) -> HttpResponse:
    """To this year's page; to the latest year with data where this one has none."""
    found = permissions.get_agency(request.user, agency)
    years = list(ReportingYear.objects.filter(agency=found).order_by("year").values_list("year", flat=True))
    today = timezone.localdate().year
    year = today if today in years or not years else years[-1]
    return redirect("dashboard", found.slug, year)
