"""The home page of an agency's year: five answers, what waits for its reader, and what stands behind them."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from budget.views.journey import TEXTS
from reporting.dashboards import head, home, roles
from reporting.dashboards.keeping import Kept, People, Standing, for_reader, seen_at, standing
from reporting.dashboards.keeping import kept as keep
from reporting.dashboards.office import OfficeQuarter
from reporting.views.office import enter_office, no_data
from reporting.year import OfficeYear
from sakip.models import ScoringPolicy
from sakip.queries.inbox import Task, acts_in, inbox
from sakip.scoring.quarters import ROMAN
from sakip.views.place import PortalRequest
from sakip.workflow import permissions
from sakip.workflow.transitions import Action

# A longer list is read under Tugas.
MOST_TASKS = 10
REVIEWING = frozenset({Action.VERIFY, Action.APPROVE})


@require_safe
def dashboard(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    now = standing(request, agency, year)
    asked = [asked_quarter(request), *_comparison(request)]
    return for_reader(request, now, asked, lambda: _page(request, now, agency, year))


def _page(request: PortalRequest, now: Standing, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    asked, against = asked_quarter(request), _asked_comparison(request)
    chosen = f"{against[0]}-{against[1]}" if against else ""
    kept = keep(
        office, now, "head", [asked, against], lambda year, people: _made(year, asked, against, people)
    )
    tasks = _reviews(request, office)
    own = [item for item in kept["waiting"] if permissions.may_fill_in(request.user, item[0])]
    context = {
        "kept": kept,
        "reviews": [_review(task) for task in tasks[:MOST_TASKS]],
        "review_count": len(tasks),
        "acts": acts_in(request.user, office.agency),
        "own": own,
        "views": roles.switch(request.user, office.agency, year, "dashboard", kept["units"]),
        "quarters": _tabs(office, kept["quarter"], chosen),
        "choices": _choices(request, kept["quarter"]),
        "chosen": chosen,
        "asked": asked,
        "heading": office.agency.name,
        "eyebrow": f"Keadaan s.d. triwulan {ROMAN[kept['quarter'] - 1]} {year}",
    }
    return render(request, "reporting/dashboards/home.html", context)


def _made(office: OfficeYear, asked: int | None, against: tuple[int, int] | None, people: People) -> Kept:
    seen = seen_at(office, asked)
    context = head.page(seen, people, _then(office, against))
    waiting = home.waiting(office, list(seen.completeness), seen.on)
    return {
        "quarter": seen.quarter,
        "units": roles.units_of(seen),
        "answers": [
            render_to_string("_components/stat.html", answer)
            for answer in context["answers"]  # type: ignore[attr-defined]
        ],
        "body": render_to_string("reporting/dashboards/_office.html", context),
        "waiting": [(item.unit, item.cell.unit_quarter.roman, item.url) for item in waiting],
    }


def _then(office: OfficeYear, against: tuple[int, int] | None) -> OfficeQuarter | None:
    if against is None:
        return None
    year, quarter = against
    then = office if year == office.year else OfficeYear(office.agency, year)
    try:
        _ = then.policy
    except ScoringPolicy.DoesNotExist:
        return None
    return OfficeQuarter(then, quarter, timezone.localdate())


# ---------------------------------------------------------------- what was asked for
def asked_quarter(request: PortalRequest) -> int | None:
    text = request.GET.get("tw", "")
    return int(text) if text in {"1", "2", "3", "4"} else None


def _asked_comparison(request: PortalRequest) -> tuple[int, int] | None:
    """A quarter of a year of which there is data; anything else compares with nothing."""
    year, quarter = _comparison(request)
    known = {str(row.year): row.year for row in request.place.years if row.year <= request.place.year}
    return (known[year], int(quarter)) if year in known else None


def _comparison(request: PortalRequest) -> tuple[str, str]:
    """'2025-4' as year and quarter; both empty for anything else."""
    found = re.fullmatch(r"(\d{4})-([1-4])", request.GET.get("banding", ""), re.ASCII)
    return (found[1], found[2]) if found else ("", "")


def _tabs(office: OfficeYear, shown: int, chosen: str) -> list[dict[str, object]]:
    here = reverse("dashboard", args=[office.agency.slug, office.year])
    suffix = f"&banding={chosen}" if chosen else ""
    return [
        {"label": f"TW {roman}", "url": f"{here}?tw={number}{suffix}", "active": number == shown}
        for number, roman in enumerate(ROMAN, 1)
    ]


def _choices(request: PortalRequest, shown: int) -> list[tuple[str, str]]:
    """Every earlier quarter of which there is data, the latest first."""
    now = (request.place.year, shown)
    return [
        (f"{row.year}-{quarter}", f"TW {ROMAN[quarter - 1]} {row.year}")
        for row in reversed(request.place.years)
        for quarter in (4, 3, 2, 1)
        if (row.year, quarter) < now
    ]


# ---------------------------------------------------------------- what waits for the reader
def _reviews(request: PortalRequest, office: OfficeYear) -> tuple[Task, ...]:
    found = inbox(request.user, office.agency, office.year, timezone.localdate())
    return tuple(task for task in found.waiting if task.step.action in REVIEWING)


def _review(task: Task) -> dict[str, object]:
    quarter = task.unit_quarter
    place = [quarter.unit.agency.slug, quarter.year, quarter.unit.slug, quarter.quarter]
    return {
        "id": f"setujui-{quarter.pk}",
        "name": f"{quarter.unit.name}, triwulan {quarter.roman}",
        "url": reverse("entry", args=place),
        "action": reverse("quarter_step", args=place),
        "label": task.step.label,
        "text": f"{TEXTS[task.step.action]} Bukalah isiannya dahulu bila angkanya belum Anda baca.",
        "sender": task.sender,
        "age": task.age_days(timezone.localdate()),
        "days_left": task.review_days_left,
        "hidden": [
            {"name": "action", "value": task.step.action.value},
            {"name": "version", "value": quarter.version},
            {"name": "kembali", "value": "beranda"},
        ],
    }
