"""The page Evaluasi AKIP: a year's worksheet, the evaluator's judgement, and the workbook to take along."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.lke.places import unfolded
from reporting.lke.workbook import to_xlsx
from reporting.lke.worksheet import Worksheet
from reporting.views import evaluation_shown as shown
from reporting.views import follow_ups
from reporting.views.evaluation_shown import Reader, Refused, judgement_form
from reporting.views.office import enter_office, no_data
from sakip.actions import lke as actions
from sakip.actions.lke import WorksheetChangedError
from sakip.queries.follow_ups import evidence_of
from sakip.queries.lke import JudgedSubComponent
from sakip.tabular import XLSX_TYPE
from sakip.views.place import PortalRequest
from sakip.workflow import lke as policies
from sakip.workflow import permissions

CHANGED = "Bagian ini diubah orang lain sejak halaman dibuka. Periksa isinya sekarang, lalu ulangi."


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    return _page(request, Worksheet(office))


@require_POST
def judge(request: PortalRequest, agency: str, year: int, code: str) -> HttpResponse:
    """The evaluator's judgement of one sub-component."""
    worksheet = enter_worksheet(request, agency, year)
    permissions.require_judge(request.user, worksheet.office.agency)
    found = _sub_component(worksheet, code)
    policies.require_write(worksheet.declared)
    form = judgement_form(worksheet.office.policy, found, request.POST)
    if not form.is_valid():
        return _page(request, worksheet, Refused(code, form))
    try:
        actions.judge(
            agency=worksheet.office.agency,
            year=year,
            sub_component=found.sub_component,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except WorksheetChangedError:
        form.add_error(None, CHANGED)
        return _page(request, worksheet, Refused(code, form))
    messages.success(request, f"Penilaian sub komponen {code} tersimpan.")
    return redirect(unfolded(agency, year, code))


@require_POST
def take_over(request: PortalRequest, agency: str, year: int, code: str) -> HttpResponse:
    """Make what was recommended on a sub-component a recommendation of the LHE; doing so again changes
    nothing."""
    worksheet = enter_worksheet(request, agency, year)
    permissions.require_recommend(request.user, worksheet.office.agency)
    found = _sub_component(worksheet, code)
    version = request.POST.get("version", "")
    try:
        row = actions.take_over_recommendation(
            agency=worksheet.office.agency,
            year=year,
            sub_component=found.sub_component,
            version=int(version) if version.isdecimal() else 0,
            by=request.user,
            at=timezone.now(),
        )
    except WorksheetChangedError:
        messages.warning(request, CHANGED)
    except ValidationError as refused:
        messages.warning(request, refused.message)
    else:
        said = f"Rekomendasi sub komponen {code} menjadi rekomendasi LHE {year} nomor {row.number}."
        messages.success(request, said)
    return redirect(unfolded(agency, year, code))


@require_safe
def as_xlsx(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    content = to_xlsx(enter_worksheet(request, agency, year))
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="lke-{agency}-{year}.xlsx"'
    return response


# ---------------------------------------------------------------- finding
def enter_worksheet(request: PortalRequest, agency: str, year: int) -> Worksheet:
    """The worksheet of a year that has data; 404 where it has none."""
    office = enter_office(request, agency, year)
    if office is None:
        raise Http404
    return Worksheet(office)


def _sub_component(worksheet: Worksheet, code: str) -> JudgedSubComponent:
    found = worksheet.sub_component(code)
    if found is None:
        raise Http404
    return found


# ---------------------------------------------------------------- showing
def _page(request: PortalRequest, worksheet: Worksheet, refused: Refused | None = None) -> HttpResponse:
    office, is_open = worksheet.office, not worksheet.closed
    reader = Reader(
        worksheet,
        may_answer=is_open and permissions.may_answer_criteria(request.user, office.agency),
        may_judge=is_open and permissions.may_judge(request.user, office.agency),
        may_recommend=permissions.may_recommend(request.user, office.agency),
        may_manage=permissions.may_manage(request.user, office.agency),
        only_open=request.GET.get("tampil") == shown.OPEN_ONLY,
        opened=refused.code if refused else request.GET.get("buka", ""),
        refused=refused,
        proofs=evidence_of(office.agency, office.year),
    )
    components = [shown.component(reader, found) for found in worksheet.components]
    context = {
        "stats": shown.stats(worksheet),
        "components": components,
        "together": shown.together(worksheet),
        "components_note": shown.components_note(worksheet),
        "questions": shown.questions(components),
        "tabs": shown.tabs(reader),
        "nothing_left": reader.only_open and not worksheet.answered.left,
        "follow_ups": [] if reader.only_open else follow_ups.shown(office),
        "follow_ups_of": office.recommendations.year,
        "closed": worksheet.closed,
        "may_answer": reader.may_answer,
        "may_judge": reader.may_judge,
        "heading": f"Evaluasi AKIP {office.year}",
        "lead": "Lembar kerja evaluasi (LKE) menurut Peraturan Menteri PANRB Nomor 88 Tahun 2021: setiap "
        "kriteria dengan jawaban portal, jawaban kantor, dan buktinya.",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "reporting/evaluation/page.html", context, status=status)
