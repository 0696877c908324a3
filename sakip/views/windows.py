"""The page Jadwal: when quarters are filled in and reviewed, when the report is due, who may be late."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sakip.actions.windows import FIELDS, end_exception, grant_exception, set_report_due, set_windows
from sakip.forms.windows import ExceptionForm, ReportDueForm, WindowForm
from sakip.indonesian import date_long
from sakip.models import Agency, QuarterException, RowState, UnitQuarter
from sakip.scoring.quarters import QUARTERS, ROMAN
from sakip.views.place import Place, PortalRequest, enter
from sakip.workflow import permissions


def _place(request: PortalRequest, agency: str, year: int) -> Place:
    place = enter(request, agency, year)
    permissions.require_set_windows(request.user, place.agency)
    return place


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """All four quarters; a POST sets the dates of the one it names."""
    place = _place(request, agency, year)
    if request.method != "POST":
        return _page(request, place, {}, None)
    sent = request.POST.get("quarter", "")
    if sent not in {"1", "2", "3", "4"}:
        raise Http404
    quarter = int(sent)
    form = WindowForm(request.POST, prefix=f"tw{quarter}")
    if not form.is_valid():
        return _page(request, place, {quarter: form}, None)
    count = set_windows(
        agency=place.agency,
        year=year,
        quarter=quarter,
        by=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(request, f"Jadwal triwulan {ROMAN[quarter - 1]} tersimpan untuk {count} unit.")
    return redirect("windows", agency, year)


@require_POST
def report_due(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """The last day for the year's report. 404 in a year that the agency does not have."""
    place = _place(request, agency, year)
    if place.reporting_year is None:
        raise Http404
    form = ReportDueForm(request.POST, year=year)
    if not form.is_valid():
        return _page(request, place, {}, None, form)
    found = set_report_due(
        reporting_year=place.reporting_year, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    told = f"menjadi {date_long(found.report_due)}" if found.report_due else "dikosongkan"
    messages.success(request, f"Batas penyampaian LKjIP {year} {told}.")
    return redirect("windows", agency, year)


@require_POST
def grant(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """Leave for one unit's quarter."""
    place = _place(request, agency, year)
    form = _exception_form(place, request.POST)
    if not form.is_valid():
        return _page(request, place, {}, form)
    leave = grant_exception(by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, f"{leave.unit_quarter} mendapat perpanjangan pengisian.")
    return redirect("windows", agency, year)


@require_POST
def end(request: PortalRequest, agency: str, year: int, leave: int) -> HttpResponse:
    """Take a leave back."""
    place = _place(request, agency, year)
    found = get_object_or_404(
        QuarterException.objects.select_related("unit_quarter__unit__agency"),
        pk=leave,
        unit_quarter__unit__agency=place.agency,
        unit_quarter__year=year,
    )
    end_exception(leave=found, by=request.user, at=timezone.now())
    messages.success(request, f"Perpanjangan {found.unit_quarter} diakhiri.")
    return redirect("windows", agency, year)


def _quarters(agency: Agency, year: int):
    """The agency's quarters in the order in which they are chosen from."""
    return (
        UnitQuarter.objects.for_agency(agency)
        .in_year(year)
        .filter(unit__is_active=True)
        .select_related("unit__agency")
        .order_by("-quarter", "unit__sort_order", "unit__name")
    )


def _exception_form(place: Place, data=None) -> ExceptionForm:
    fillable = _quarters(place.agency, place.year).filter(state__in=[RowState.DRAFT, RowState.RETURNED])
    return ExceptionForm(data, quarters=fillable, today=timezone.localdate())


def _due_form(place: Place) -> ReportDueForm | None:
    """None in a year that the agency does not have: nothing is reported of it."""
    known = place.reporting_year
    return ReportDueForm(initial={"report_due": known.report_due}, year=place.year) if known else None


def _page(
    request: PortalRequest,
    place: Place,
    sent: dict[int, WindowForm],
    leave_form: ExceptionForm | None,
    due_form: ReportDueForm | None = None,
) -> HttpResponse:
    found = list(_quarters(place.agency, place.year))
    leaves = (
        QuarterException.objects.filter(unit_quarter__in=found)
        .select_related("unit_quarter__unit", "granted_by")
        .order_by("-valid_until", "-pk")
    )
    today = timezone.localdate()
    context = {
        "quarters": [_quarter(number, found, sent.get(number)) for number in QUARTERS],
        "leaves": [{"row": leave, "is_open": leave.valid_until >= today} for leave in leaves],
        "due_form": due_form or _due_form(place),
        "leave_form": leave_form or _exception_form(place),
        "heading": f"Jadwal {place.year}",
        "lead": "Kapan triwulan diisi dan diperiksa, kapan laporan disampaikan, serta perpanjangan per unit.",
    }
    is_wrong = bool(sent) or leave_form is not None or due_form is not None
    return render(
        request,
        "sakip/windows/page.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK,
    )


def _quarter(number: int, found: list[UnitQuarter], sent: WindowForm | None) -> dict[str, object]:
    """`differs`: units have dates of their own, which saving makes one."""
    rows = [row for row in found if row.quarter == number]
    windows = {tuple(getattr(row, field) for field in FIELDS) for row in rows}
    initial = dict(zip(FIELDS, max(windows, key=str), strict=True)) if windows else {}
    return {
        "number": number,
        "label": f"Triwulan {ROMAN[number - 1]}",
        "form": sent or WindowForm(initial=initial, prefix=f"tw{number}"),
        "differs": len(windows) > 1,
        "is_absent": not rows,
    }
