"""The page Riwayat: who changed what, when and why; of the office, a unit or one row; and as a file."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sakip.forms.history import HistoryForm
from sakip.queries.history_page import COLUMNS, Filter, choices_of, described_all, entries_of, lines
from sakip.tabular import XLSX_TYPE, csv_lines, workbook
from sakip.views.place import PortalRequest, enter

PAGE = 50


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    place = enter(request, agency, year)
    form = HistoryForm(request.GET, choices=choices_of(place.agency))
    wanted = form.wanted()
    found = Paginator(entries_of(place.agency, wanted), PAGE).get_page(request.GET.get("page"))
    rows = described_all(list(found))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "rows": rows,
        "page": found,
        "query": query.urlencode(),
        "is_filtered": wanted != Filter(),
        "subject": rows[0].label if wanted.subject and rows else "",
        "heading": "Riwayat",
        "lead": "Setiap perubahan data: siapa, kapan, dari apa menjadi apa, dan mengapa.",
    }
    return render(request, "sakip/history/page.html", context)


@require_safe
def as_csv(request: PortalRequest, agency: str, year: int) -> StreamingHttpResponse:
    rows = (line.cells for line in _lines(request, agency, year))
    response = StreamingHttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="riwayat-{agency}.csv"'
    return response


@require_safe
def as_xlsx(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    rows = (line.cells for line in _lines(request, agency, year))
    response = HttpResponse(workbook("Riwayat", COLUMNS, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="riwayat-{agency}.xlsx"'
    return response


def _lines(request: PortalRequest, agency: str, year: int):
    """What the page shows with the same filters, all of it."""
    place = enter(request, agency, year)
    wanted = HistoryForm(request.GET, choices=choices_of(place.agency)).wanted()
    return lines(entries_of(place.agency, wanted))
