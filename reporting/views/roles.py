"""The pages of a unit, of the planner and of the administrator: the office's state from where they stand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.dashboards import admin_home as administrator
from reporting.dashboards import planner, roles
from reporting.dashboards.keeping import Kept, Standing, for_reader, kept, seen_at, standing
from reporting.views.dashboard import asked_quarter
from reporting.views.office import enter_office, no_data
from reporting.year import OfficeYear
from sakip.scoring.quarters import ROMAN
from sakip.views.place import PortalRequest, enter
from sakip.workflow import permissions


@require_safe
def unit_home(request: PortalRequest, agency: str, year: int, unit: str) -> HttpResponse:
    """404 for a unit that the agency does not have."""
    now = standing(request, agency, year)
    return for_reader(
        request, now, asked_quarter(request), lambda: _unit_page(request, now, agency, year, unit)
    )


def _unit_page(request: PortalRequest, now: Standing, agency: str, year: int, unit: str) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    asked = asked_quarter(request)
    page = kept(office, now, "unit", [unit, asked], lambda year, people: _unit(year, asked, unit, people))
    if not page["name"]:
        raise Http404
    place = [office.agency.slug, office.year]
    here = reverse("unit_home", args=[*place, unit])
    context = {
        "kept": page,
        "views": roles.switch(request.user, office.agency, year, "unit_home", page["units"]),
        "tabs": [
            {"label": f"TW {roman}", "url": f"{here}?tw={number}", "active": number == page["quarter"]}
            for number, roman in enumerate(ROMAN, 1)
        ],
        "siblings": [
            {"label": name, "url": reverse("unit_home", args=[*place, slug]), "active": slug == unit}
            for _, name, slug in page["units"]
        ],
        "may_fill_in": permissions.may_fill_in(request.user, page["unit"]),
        "heading": page["name"],
        "eyebrow": f"Keadaan unit s.d. triwulan {ROMAN[page['quarter'] - 1]} {year}",
    }
    return render(request, "reporting/dashboards/unit.html", context)


def _unit(office: OfficeYear, asked: int | None, slug: str, people: dict[int, str]) -> Kept:
    seen = seen_at(office, asked)
    unit = next((row.unit for row in seen.completeness if row.unit.slug == slug), None)
    if unit is None:
        return {"name": ""}
    context = roles.unit_page(seen, unit, people)
    entry_url, entry_roman = roles.entry_place(seen, unit)
    return {
        "unit": unit,
        "name": unit.name,
        "quarter": seen.quarter,
        "entry_url": entry_url,
        "entry_roman": entry_roman,
        "units": roles.units_of(seen),
        "body": render_to_string("reporting/dashboards/_unit.html", context),
    }


@require_safe
def planner_home(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    now = standing(request, agency, year)
    return for_reader(request, now, None, lambda: _planner_page(request, now, agency, year))


def _planner_page(request: PortalRequest, now: Standing, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    page = kept(office, now, "planner", [], lambda year, people: _planner(year))
    context = {
        "kept": page,
        "views": roles.switch(request.user, office.agency, year, "planner_home", page["units"]),
        "heading": f"Kelengkapan isian {year}",
        "eyebrow": office.agency.name,
    }
    return render(request, "reporting/dashboards/planner.html", context)


def _planner(office: OfficeYear) -> Kept:
    seen = seen_at(office, None)
    body = render_to_string("reporting/dashboards/_planner.html", planner.page(seen))
    return {"units": roles.units_of(seen), "body": body}


@require_safe
def admin_home(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """Also of a year that is not opened yet: here stands what opens it. Read anew each time."""
    place = enter(request, agency, year)
    permissions.require_manage(request.user, place.agency)
    seen = administrator.look(request.user, place, timezone.localdate())
    units = [(unit.pk, unit.name, unit.slug) for unit in seen.units] if place.reporting_year else []
    context = {
        **administrator.page(seen),
        "views": roles.switch(request.user, place.agency, year, "admin_home", units),
        "heading": "Pengelolaan portal",
        "eyebrow": place.agency.name,
        "lead": f"Akun, peran, dan persiapan tahun {year} yang perlu dibenahi lebih dahulu.",
    }
    return render(request, "reporting/dashboards/admin.html", context)
