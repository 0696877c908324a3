"""Where every figure comes from: the list of all, and one with its formula, inputs, source and rows."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.dashboards.origins import TOPICS, by_topic, origin, topic_of
from reporting.figures import figures
from reporting.views.office import enter_office, no_data
from sakip.views.place import PortalRequest


@require_safe
def index(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    context = {
        "topics": by_topic(list(figures(office).values())),
        "heading": "Asal angka",
        "lead": "Setiap angka pada laporan dan halaman portal, dengan cara menghitungnya.",
    }
    return render(request, "reporting/figures/index.html", context)


@require_safe
def figure(request: PortalRequest, agency: str, year: int, key: str) -> HttpResponse:
    # The year takes a while to work out: not for a key that no figure can have.
    known = key.partition(".")[0] in TOPICS
    office = enter_office(request, agency, year)
    found = figures(office).get(key) if office and known else None
    if office is None or found is None:
        raise Http404
    context = {
        "figure": found,
        "origin": origin(office, found),
        "inputs": [
            {"label": name[:1].upper() + name[1:], "value": text} for name, text in found.inputs.items()
        ],
        "steps": [step for step in found.formula.split("; ") if step],
        "heading": found.label,
        "breadcrumbs": [
            {"label": "Asal angka", "url": reverse("figures", args=[agency, year])},
            {"label": topic_of(key)},
        ],
    }
    return render(request, "reporting/figures/figure.html", context)
