"""The frame around a page: the agency at hand and the links that its user may follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from sakip.models import Agency, ReportingYear, Role, User
from sakip.queries.inbox import acts_in, task_count
from sakip.queries.tour import steps_of, tour_page
from sakip.workflow import permissions
from sakip.workflow.roles import roles_in_order, roles_of

# The pages that a role starts from, each reached from the others by tabs.
HOMES = frozenset({"dashboard", "unit_home", "planner_home", "admin_home"})
# (address name, label, icon, names of the addresses that belong to it)
ROOMS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("dashboard", "Beranda", "layout-dashboard", HOMES | {"agreements", "agreement_draft", "action_plan"}),
    (
        "entry_overview",
        "Realisasi",
        "list-check",
        frozenset({"entry_overview", "entry", "submission", "undo"}),
    ),
    ("inbox", "Tugas", "clipboard-check", frozenset({"inbox"})),
    (
        "meetings",
        "Rapat",
        "users",
        frozenset({"meetings", "meeting", "meeting_edit", "agreed_action", "agreed_action_change"}),
    ),
    ("report", "LKjIP", "report-analytics", frozenset({"report", "report_job", "editions"})),
    (
        "evaluation",
        "Evaluasi AKIP",
        "award",
        frozenset({"evaluation", "evaluation_judge", "criterion"}),
    ),
    ("reconciliation", "Rekonsiliasi", "scale", frozenset({"reconciliation"})),
    ("figures", "Asal angka", "list-details", frozenset({"figures", "figure"})),
    ("history", "Riwayat", "history", frozenset({"history"})),
    ("windows", "Jadwal", "calendar-event", frozenset({"windows"})),
)
# Pages whose address holds nothing but agency and year: another year shows the same page.
YEARLY = frozenset(name for name, *_ in ROOMS) | {"downloads", "admin_home", "agreements", "action_plans"}


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    icon: str = ""
    active: bool = False
    badge: str | SimpleLazyObject = ""
    group: str = ""


def portal_frame(request: HttpRequest, user: User) -> dict[str, object]:
    """Context of `base.html`; only the navigation of the site where the request has no place of its own."""
    place = getattr(request, "place", None)
    if place is None:
        return {"nav": []}
    here = request.resolver_match.url_name if request.resolver_match else ""
    held = roles_in_order(user, place.agency)
    roles = [role.role for role in held]
    tour_place = [place.year] if tour_page(roles) == "city" else [place.agency.slug, place.year]
    return {
        "nav": [*rooms(place, user, here), *_outside(user, place.year)],
        "agency": place.agency,
        "year": place.year,
        "year_options": _years(place, here),
        "role_label": ", ".join(dict.fromkeys(role.role.label for role in held)),
        "current_unit": ", ".join(dict.fromkeys(role.unit_name for role in held if role.unit_name)),
        "tour": _tour(request, user, here, roles),
        "tour_url": reverse(tour_page(roles), args=tour_place) if roles else "",
        "search_url": reverse("search", args=[place.agency.slug, place.year]),
        "sample_data": place.is_sample,
        "sample_text": f"Angka tahun {place.year} dipakai untuk peragaan dan bukan angka resmi.",
    }


def city_frame(request: HttpRequest, user: User, agencies: Sequence[Agency], year: int) -> dict[str, object]:
    """The frame around the page that compares agencies."""
    roles = [role.role for role in roles_of(user)]
    years = ReportingYear.objects.filter(agency__in=agencies).values_list("year", flat=True).distinct()
    return {
        "nav": _outside(user, year, is_here=True),
        "year_options": [
            Link(str(known), reverse("city", args=[known]), active=known == year)
            for known in sorted({*years, year}, reverse=True)
        ],
        "role_label": ", ".join(dict.fromkeys(role.label for role in roles)),
        "tour": _tour(request, user, "city", roles),
        "tour_url": reverse("city", args=[year]) if tour_page(roles) == "city" else "",
    }


def _tour(request: HttpRequest, user: User, here: str | None, roles: list[Role]) -> dict[str, object] | None:
    """Offered on the page where the role starts until it was taken or declined; started again from the menu
    by `?tur`."""
    starts = "tur" in request.GET
    if here != tour_page(roles) or (user.has_seen_tour and not starts):
        return None
    steps = steps_of(roles)
    return {"steps": steps, "is_offered": not user.has_seen_tour, "starts": starts} if steps else None


def rooms(place, user: User, here: str | None = None) -> list[Link]:
    """The rooms that the user may enter. How many tasks wait is counted only where the link is shown."""
    agency, year = place.agency, place.year
    closed = set()
    if not acts_in(user, agency):
        closed.add("inbox")
    if not permissions.may_set_windows(user, agency):
        closed.add("windows")
    tasks = SimpleLazyObject(lambda: str(task_count(user, agency, year, timezone.localdate()) or ""))
    return [
        Link(
            label,
            reverse(name, args=[agency.slug, year]),
            icon,
            active=here in belonging,
            badge=tasks if name == "inbox" else "",
        )
        for name, label, icon, belonging in ROOMS
        if name not in closed
    ]


def _outside(user: User, year: int, is_here: bool = False) -> list[Link]:
    links = []
    if permissions.may_compare(user):
        url = reverse("city", args=[year])
        group = "" if is_here else "Lainnya"
        links.append(Link("Semua perangkat daerah", url, "building-community", is_here, group=group))
    elif len(roles_of(user)) > 1:
        links.append(Link("Semua instansi", reverse("home"), "building-community", group="Lainnya"))
    if user.is_staff:
        links.append(Link("Data dasar", reverse("admin:index"), "database", group="Lainnya"))
    return links


def _years(place, here: str | None) -> list[Link]:
    name = here if here in YEARLY else "dashboard"
    known = dict.fromkeys([*(row.year for row in place.years), place.year])
    return [
        Link(str(year), reverse(name, args=[place.agency.slug, year]), active=year == place.year)
        for year in sorted(known, reverse=True)
    ]
