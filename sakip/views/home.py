"""The way in: from the front door to the user's agency and its current year."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sakip.models import Agency, ReportingYear, Role, Unit, User
from sakip.views.place import PortalRequest
from sakip.workflow import permissions
from sakip.workflow.roles import roles_in_order


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Whoever compares agencies to their table; the others straight to the one agency, or to a choice where
    there are several (or none)."""
    if permissions.may_compare(request.user):
        compared = permissions.compared_agencies(request.user)
        years = ReportingYear.objects.filter(agency__in=compared).order_by("year")
        if known := list(years.values_list("year", flat=True).distinct()):
            return redirect("city", shown_year(known))
    agencies = list(permissions.agencies_of(request.user))
    if len(agencies) == 1:
        return redirect("agency", agencies[0].slug)
    return render(request, "sakip/agencies.html", {"agencies": agencies, "heading": "Perangkat daerah"})


@require_safe
def agency(request: PortalRequest, agency: str) -> HttpResponse:
    """To this year's page of the person's role; to the latest year with data where this one has none."""
    found = permissions.get_agency(request.user, agency)
    years = list(ReportingYear.objects.filter(agency=found).order_by("year").values_list("year", flat=True))
    if not years:
        name = "admin_home" if permissions.may_manage(request.user, found) else "dashboard"
        return redirect(name, found.slug, timezone.localdate().year)
    return redirect(landing(request.user, found, shown_year(years)))


def shown_year(years: list[int]) -> int:
    """This year, or the latest where this one has no data; `years` rise, and there is one."""
    today = timezone.localdate().year
    return today if today in years else years[-1]


def landing(user: User, agency: Agency, year: int) -> str:
    """The page of the role that a person holds: those who look at the whole office start there, a planner
    with what is complete, an evaluator with the worksheet, an administrator with what wants mending, the
    people of a unit with their unit."""
    held = roles_in_order(user, agency)
    roles = {role.role for role in held}
    place = [agency.slug, year]
    if Role.PLANNER in roles:
        return reverse("planner_home", args=place)
    if roles == {Role.EVALUATOR}:
        return reverse("evaluation", args=place)
    if roles == {Role.ADMIN}:
        return reverse("admin_home", args=place)
    own = [role.unit for role in held if role.unit is not None]
    if own and roles <= permissions.EDITS_OWN_UNIT:
        return reverse("unit_home", args=[*place, Unit.objects.get(pk=own[0]).slug])
    return reverse("dashboard", args=place)
