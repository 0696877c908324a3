"""Where every figure comes from: the list of all, and one with its formula, inputs, source and rows."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.dashboards import cells
from reporting.dashboards.keeping import seen_at
from reporting.dashboards.origins import TOPICS, by_topic, origin, topic_of
from reporting.figures import Figure, figures
from reporting.views.office import enter_office, no_data
from reporting.year import OfficeYear
from sakip.views.place import PortalRequest


@require_safe
def index(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    context = {
        "topics": by_topic([*figures(office).values(), *_of_cells(office).values()]),
        "heading": "Asal angka",
        "lead": "Setiap angka pada laporan dan halaman portal, dengan cara menghitungnya.",
    }
    return render(request, "reporting/figures/index.html", context)


@require_safe
def figure(request: PortalRequest, agency: str, year: int, key: str) -> HttpResponse:
    office = enter_office(request, agency, year)
    found = _find(office, key) if office else None
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


def _find(office: OfficeYear, key: str) -> Figure | None:
    """The year takes a while to work out: not for a key that no figure can have, and of the heat map's cells
    only for theirs."""
    topic = key.partition(".")[0]
    if topic not in TOPICS:
        return None
    return (_of_cells(office) if topic == cells.TOPIC else figures(office)).get(key)


def _of_cells(office: OfficeYear) -> dict[str, Figure]:
    return cells.cell_figures(seen_at(office, None))
