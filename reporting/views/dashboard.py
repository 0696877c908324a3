"""The home page of an agency's year: the office's state, and what is still missing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budget.queries.completeness import year_completeness
from reporting import office_charts
from reporting.dashboards import home
from reporting.views.office import enter_office, no_data
from sakip.views.place import PortalRequest
from sakip.workflow import permissions


@require_safe
def dashboard(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    waiting = home.waiting(office, year_completeness(office.agency, year), timezone.localdate())
    own = [item for item in waiting if permissions.may_fill_in(request.user, item.unit)]
    context = {
        "stats": home.stats(office),
        "indicators": home.indicator_table(office),
        "plan_path": home.drawn(office, office_charts.plan_path),
        "units": home.drawn(office, office_charts.absorption_per_unit, home.unit_table(office)),
        "quarters": home.drawn(office, office_charts.quarters, home.quarter_table(office)),
        "akip": home.drawn(office, office_charts.akip_trend),
        "recommendations": office.recommendations,
        "open_recommendations": home.open_recommendations(office),
        "waiting": waiting,
        "own": own,
        "missing": sum(item.cell.missing for item in waiting),
        "notice": office.efficiency.overall.efficiency.notice,
        "heading": office.agency.name,
        "eyebrow": f"Keadaan kinerja dan anggaran tahun {year}",
    }
    return render(request, "reporting/dashboards/home.html", context)
