"""One criterion of a year's worksheet: what the portal answers, what the office says, and its proof."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.lke.places import anchor
from reporting.lke.worksheet import CriterionLine, Worksheet
from reporting.views.evaluation import CHANGED, enter_worksheet
from reporting.views.evaluation_shown import shown_line
from sakip.actions import lke as actions
from sakip.actions.lke import WorksheetChangedError
from sakip.evidence.kinds import EXPECTED, MEGABYTE
from sakip.forms.lke import AnswerForm
from sakip.models import CriterionAnswer, Evidence, User
from sakip.uploads import MOST_FILES
from sakip.views.evidence import Fault, taken_pieces
from sakip.views.evidence_files import ALONE, saved
from sakip.views.place import PortalRequest
from sakip.workflow import lke as policies
from sakip.workflow import permissions


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PortalRequest, agency: str, year: int, code: str) -> HttpResponse:
    """The criterion with both answers; a POST is the office's."""
    worksheet = enter_worksheet(request, agency, year)
    line = _find(worksheet, code)
    if request.method != "POST":
        return _page(request, worksheet, line, _form(line))
    _require_write(request.user, worksheet)
    form = AnswerForm(request.POST, request.FILES, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, worksheet, line, form)
    pieces, faults = taken_pieces(request, worksheet.office.agency, form)
    if faults:
        return _page(request, worksheet, line, form, faults)
    try:
        actions.answer_criterion(
            agency=worksheet.office.agency,
            year=year,
            criterion=line.office.criterion,
            statement=form.cleaned_data["statement"],
            version=form.cleaned_data["version"],
            pieces=pieces,
            by=request.user,
            at=timezone.now(),
        )
    except WorksheetChangedError:
        form.add_error(None, CHANGED)
        return _page(request, worksheet, line, form)
    messages.success(request, f"Jawaban kriteria {code} tersimpan.")
    return redirect("criterion", agency, year, code)


@require_POST
def remove_proof(request: PortalRequest, agency: str, year: int, code: str, evidence: int) -> HttpResponse:
    """Take a piece off the office's answer."""
    worksheet = enter_worksheet(request, agency, year)
    answer, piece = _find_proof(_find(worksheet, code), evidence)
    _require_write(request.user, worksheet)
    actions.drop_proof(answer=answer, evidence=piece, by=request.user, at=timezone.now())
    messages.success(request, f"Bukti “{piece}” dilepas dari kriteria {code}.")
    return redirect("criterion", agency, year, code)


@require_safe
@csp_override(ALONE)
def proof(request: PortalRequest, agency: str, year: int, code: str, evidence: int) -> FileResponse:
    """A file that proves the office's answer, to be saved."""
    _, piece = _find_proof(_find(enter_worksheet(request, agency, year), code), evidence)
    return saved(piece)


# ---------------------------------------------------------------- finding
def _find(worksheet: Worksheet, code: str) -> CriterionLine:
    line = worksheet.line(code)
    if line is None:
        raise Http404
    return line


def _find_proof(line: CriterionLine, key: int) -> tuple[CriterionAnswer, Evidence]:
    """A piece of this criterion's answer, found through it."""
    if line.office.answer is None:
        raise Http404
    rows = line.office.answer.evidence.select_related("stored_file")
    return line.office.answer, get_object_or_404(rows, pk=key)


def _require_write(user: User, worksheet: Worksheet) -> None:
    """Before any file is kept; the action asks again within its transaction."""
    permissions.require_answer_criteria(user, worksheet.office.agency)
    policies.require_write(worksheet.declared)


def _refusal(user: User, worksheet: Worksheet) -> str:
    """Why this user cannot answer now; empty where they can."""
    try:
        _require_write(user, worksheet)
    except PermissionDenied as refused:
        return str(refused)
    return ""


# ---------------------------------------------------------------- showing
def _form(line: CriterionLine) -> AnswerForm:
    answer = line.office.answer
    initial = {
        "version": answer.version if answer else 0,
        "statement": answer.statement if answer else "",
    }
    return AnswerForm(today=timezone.localdate(), initial=initial)


def _page(
    request: PortalRequest,
    worksheet: Worksheet,
    line: CriterionLine,
    form: AnswerForm,
    faults: list[Fault] | None = None,
) -> HttpResponse:
    office = worksheet.office
    place = [office.agency.slug, office.year]
    sub = line.office.criterion.sub_component
    back = reverse("evaluation", args=place)
    before, after = worksheet.neighbours(line.code)
    context = {
        "line": shown_line(place, line),
        "sub_component": sub,
        "form": form,
        "faults": faults or [],
        "refusal": _refusal(request.user, worksheet),
        "closed": worksheet.closed,
        "expected": EXPECTED,
        "limit_mb": settings.UPLOAD_LIMIT // MEGABYTE,
        "most_files": MOST_FILES,
        "neighbours": [
            {"code": code, "label": label, "url": reverse("criterion", args=[*place, code])}
            for code, label in ((before, "Sebelumnya"), (after, "Berikutnya"))
            if code
        ],
        "heading": f"Kriteria {line.code}",
        "eyebrow": f"{sub.get_component_display()}, {sub.get_aspect_display().lower()}, tahun {office.year}",
        "breadcrumbs": [
            {"label": "Evaluasi AKIP", "url": f"{back}?buka={sub.code}#{anchor(sub.code)}"},
            {"label": f"Kriteria {line.code}"},
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "reporting/evaluation/criterion.html", context, status=status)
