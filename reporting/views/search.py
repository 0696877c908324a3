"""Searching over everything of an agency's year: a page, and the same results for the dialog of all pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from reporting.search.index import kept_index, own_entries
from sakip.queries.inbox import inbox
from sakip.queries.navigation import Link, rooms
from sakip.queries.search import Group, Kind, Marked, Query, Record, marked, search, snippet
from sakip.views.place import PortalRequest, enter
from sakip.workflow.roles import units_of

# Of a kind, beside the others; and where it was asked for alone.
SHOWN, SHOWN_ALONE = 6, 100
MOST_TASKS = 5
# Kinds whose code is shown before the title.
CODED = (Kind.PROGRAMME, Kind.CRITERION)


@dataclass(frozen=True, slots=True)
class Result:
    """A record as it is shown: its texts in pieces, what was typed marked."""

    url: str
    title: Marked
    code: Marked
    place: Marked
    snippet: Marked


@require_safe
@vary_on_headers("HX-Request")
def results(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """?q= what to search for, ?jenis= one kind alone. Without words: where to go from here."""
    place = enter(request, agency, year)
    query = Query.of(request.GET.get("q", ""))
    open_rooms = rooms(place, request.user)
    context: dict[str, object] = {"query": query, "place": place, "heading": "Cari"}
    if query:
        own = own_entries(request.user, place, open_rooms)
        units = units_of(request.user, place.agency)
        found = search((*own, *kept_index(place.agency, year)), query, units)
        asked = _kind(request.GET.get("jenis", ""))
        groups = [group for group in found if asked in (None, group.kind)]
        here = reverse("search", args=[agency, year])
        context |= {
            "groups": [_shown(group, query, here, asked) for group in groups],
            "count": sum(len(group.records) for group in groups),
            "asked": asked,
            "other_years": [row.year for row in place.years if row.year != year],
        }
    elif not query.text:
        context |= {"rooms": open_rooms, "tasks": _tasks(request)}
    template = "reporting/search/_results.html" if request.htmx else "reporting/search/page.html"
    return render(request, template, context)


def _kind(text: str) -> Kind | None:
    return Kind(text) if text in Kind else None


def _shown(group: Group, query: Query, here: str, asked: Kind | None) -> dict[str, object]:
    most = SHOWN_ALONE if asked else SHOWN
    more = urlencode({"q": query.text, "jenis": group.kind.value})
    return {
        "kind": group.kind,
        "label": group.kind.label,
        "results": [_result(record, query) for record in group.records[:most]],
        "count": len(group.records),
        "left": max(len(group.records) - most, 0),
        "url": "" if asked else f"{here}?{more}",
    }


def _result(record: Record, query: Query) -> Result:
    code = record.codes[0] if record.codes and record.kind in CODED else ""
    return Result(
        record.url,
        marked(record.title, query),
        marked(code, query),
        marked(record.place, query),
        marked(snippet(record.text, query), query),
    )


def _tasks(request: PortalRequest) -> Sequence[Link]:
    """What waits for the reader, the quarter to be filled in among it."""
    place = request.place
    found = inbox(request.user, place.agency, place.year, timezone.localdate())
    links = []
    for task in (*found.returned, *found.waiting)[:MOST_TASKS]:
        quarter = task.unit_quarter
        does = "Perbaiki" if task.is_returned else "Isi" if task.standing.is_open else task.step.label
        address = reverse("entry", args=[place.agency.slug, place.year, quarter.unit.slug, quarter.quarter])
        links.append(
            Link(f"{does} triwulan {quarter.roman}, {quarter.unit.name}", address, "clipboard-check")
        )
    return links
