"""The agencies of a city in one table: for the city's bureau, and for evaluators of several agencies."""

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.city.columns import COLUMNS, HEADINGS, Sorting, file_row
from reporting.city.contacts import contacts
from reporting.city.lines import CityYear, city_year
from reporting.city.page import distribution, headlines
from reporting.city.summary import STAGES
from sakip.models import Agency
from sakip.queries.navigation import city_frame
from sakip.tabular import XLSX_TYPE, csv_lines, workbook
from sakip.views.place import YEARS, PortalRequest
from sakip.workflow import permissions

# So many agencies to call are shown at once; the rest opens.
FIRST = 10


@require_safe
def page(request: PortalRequest, year: int) -> HttpResponse:
    agencies, city = _read(request, year)
    sorting = Sorting.read(request.GET.get("urut", ""))
    calls = contacts(city.lines, year)
    context = {
        "city": city,
        "lines": sorting.apply(city.lines),
        "columns": [_heading(column, sorting) for column in COLUMNS],
        "sorted_by": request.GET.get("urut", ""),
        "stages": STAGES,
        "headlines": headlines(city, len(calls)),
        "calls": calls[:FIRST],
        "more_calls": calls[FIRST:],
        "distribution": distribution(city),
        "done": len(city.lines) - city.pending,
        "heading": _title(agencies),
        "year": year,
        "sample_data": any(line.is_sample for line in city.lines),
        "sample_text": f"Sebagian angka tahun {year} dipakai untuk peragaan dan bukan angka resmi.",
        **city_frame(request, request.user, agencies, year),
    }
    return render(request, "reporting/city/page.html", context)


@require_safe
def as_csv(request: PortalRequest, year: int) -> HttpResponseBase:
    _, city = _read(request, year)
    if city.pending:
        return redirect("city", year)
    rows = (file_row(line) for line in city.lines)
    response = StreamingHttpResponse(csv_lines(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="perbandingan-{year}.csv"'
    return response


@require_safe
def as_xlsx(request: PortalRequest, year: int) -> HttpResponse:
    _, city = _read(request, year)
    if city.pending:
        return redirect("city", year)
    content = workbook(f"Perbandingan {year}", HEADINGS, (file_row(line) for line in city.lines))
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="perbandingan-{year}.xlsx"'
    return response


def _read(request: PortalRequest, year: int) -> tuple[list[Agency], CityYear]:
    permissions.require_compare(request.user)
    if year not in YEARS:
        raise Http404
    agencies = list(permissions.compared_agencies(request.user).order_by("name"))
    return agencies, city_year(agencies, year, timezone.localdate())


def _title(agencies: list[Agency]) -> str:
    governments = {agency.government for agency in agencies}
    return str(governments.pop()) if len(governments) == 1 else "Semua perangkat daerah"


def _heading(column, sorting: Sorting) -> dict[str, object]:
    active = column == sorting.column
    return {
        "label": column.label,
        "kind": column.kind,
        "url": f"?urut={sorting.next_of(column)}",
        "sort": ("descending" if sorting.falls else "ascending") if active else "",
    }
