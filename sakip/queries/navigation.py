"""The frame around a page: the agency at hand and the links that its user may follow."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from sakip.models import Role, User
from sakip.queries.inbox import acts_in, task_count
from sakip.queries.tour import steps_of
from sakip.workflow import permissions

# (address name, label, icon, names of the addresses that belong to it)
ROOMS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("dashboard", "Beranda", "layout-dashboard", frozenset({"dashboard", "unit_home", "planner_home"})),
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
    ("reconciliation", "Rekonsiliasi", "scale", frozenset({"reconciliation"})),
    ("figures", "Asal angka", "list-details", frozenset({"figures", "figure"})),
    ("history", "Riwayat", "history", frozenset({"history"})),
    ("windows", "Jadwal", "calendar-event", frozenset({"windows"})),
)
# Pages whose address holds nothing but agency and year: another year shows the same page.
YEARLY = frozenset(name for name, *_ in ROOMS) | {"downloads"}


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
    held = permissions.roles_in_order(user, place.agency)
    return {
        "nav": [*rooms(place, user, here), *_outside(user)],
        "agency": place.agency,
        "year": place.year,
        "year_options": _years(place, here),
        "role_label": ", ".join(dict.fromkeys(role.role.label for role in held)),
        "current_unit": ", ".join(dict.fromkeys(role.unit_name for role in held if role.unit_name)),
        "tour": _tour(request, user, here, [role.role for role in held]),
        "search_url": reverse("search", args=[place.agency.slug, place.year]),
        "sample_data": place.is_sample,
        "sample_text": f"Angka tahun {place.year} dipakai untuk peragaan dan bukan angka resmi.",
    }


def _tour(request: HttpRequest, user: User, here: str | None, roles: list[Role]) -> dict[str, object] | None:
    """Offered on the home page until it was taken or declined; started again from the menu by `?tur`."""
    starts = "tur" in request.GET
    if here != "dashboard" or (user.has_seen_tour and not starts):
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


def _outside(user: User) -> list[Link]:
    links = []
    if len(permissions.roles_of(user)) > 1 or permissions.sees_everything(user):
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
