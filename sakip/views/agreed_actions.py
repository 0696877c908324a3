"""One follow-up of a meeting: the unit's report with its proof, and what reviewers decide."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sakip.actions import agreed_actions
from sakip.evidence.kinds import EXPECTED, MEGABYTE
from sakip.forms.meetings import ActionReportForm, AgreedActionForm, ReviewForm
from sakip.models import ActionState, AgreedAction, Unit, User
from sakip.queries.meetings import FollowUpLine, days_late
from sakip.uploads import MOST_FILES
from sakip.views.evidence import Fault, taken_pieces
from sakip.views.evidence_files import ALONE, saved
from sakip.views.place import Place, PortalRequest, enter
from sakip.workflow import meetings as policies
from sakip.workflow import permissions

TONES = {
    ActionState.OPEN: ("neutral", "circle-dashed"),
    ActionState.REPORTED: ("info", "send"),
    ActionState.DONE: ("success", "circle-check"),
    ActionState.CANCELLED: ("neutral", "ban"),
}
SAID = {
    "terima": "Laporan diterima: tindak lanjut selesai.",
    "kembalikan": "Laporan dikembalikan kepada unit kerja.",
    "batalkan": "Tindak lanjut dibatalkan.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PortalRequest, agency: str, year: int, action: int) -> HttpResponse:
    """What was agreed and how far it is; a POST is the unit's report that it is done."""
    found = _find(enter(request, agency, year), action)
    form = ActionReportForm(today=timezone.localdate())
    if request.method != "POST":
        return _page(request, found, form)
    permissions.require_report_action(request.user, found.unit)
    policies.require_report(found)
    form = ActionReportForm(request.POST, request.FILES, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    pieces, faults = taken_pieces(request, found.meeting.agency, form)
    if faults:
        return _page(request, found, form, faults=faults, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not pieces and not found.evidence.exists():
        form.add_error("uploads", "Lampirkan sedikitnya satu bukti: berkas atau tautan.")
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    agreed_actions.report_done(
        action=found,
        report=form.cleaned_data["report"],
        pieces=pieces,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "Tindak lanjut dilaporkan selesai dan menunggu pemeriksaan perencana.")
    return redirect(request.path)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PortalRequest, agency: str, year: int, action: int) -> HttpResponse:
    """Its words, unit and due date, while the minutes are a draft."""
    place = enter(request, agency, year)
    found = _find(place, action)
    permissions.require_keep_meetings(request.user, place.agency)
    policies.require_change_action(found)
    units = meeting_units(place)
    initial = {"text": found.text, "unit": found.unit.slug, "due_on": found.due_on}
    form = AgreedActionForm(request.POST or None, units=units, held_on=found.meeting.held_on, initial=initial)
    if request.method == "POST" and form.is_valid():
        agreed_actions.change(action=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Tindak lanjut tersimpan.")
        return redirect("meeting", agency, year, found.meeting.quarter)
    context = {
        "form": form,
        "action": found,
        "heading": "Ubah tindak lanjut",
        "back_url": _meeting_url(found),
        "breadcrumbs": [*_breadcrumbs(found), {"label": "Ubah"}],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "sakip/meetings/change.html", context, status=status)


@require_POST
def review(request: PortalRequest, agency: str, year: int, action: int) -> HttpResponse:
    """Accept the report, give it back, or cancel the follow-up."""
    place = enter(request, agency, year)
    found = _find(place, action)
    permissions.require_review_action(request.user, place.agency)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, "Pilih terima, kembalikan, atau batalkan; alasan paling banyak 1.000 karakter."
        )
        return redirect("agreed_action", agency, year, action)
    step, reason = form.cleaned_data["step"], form.cleaned_data["reason"]
    try:
        if step == "terima":
            agreed_actions.accept(action=found, by=request.user, at=timezone.now())
        else:
            do = agreed_actions.give_back if step == "kembalikan" else agreed_actions.cancel
            do(action=found, reason=reason, by=request.user, at=timezone.now())
    except policies.MeetingClosed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, SAID[step])
    return redirect("agreed_action", agency, year, action)


@require_safe
@csp_override(ALONE)
def proof(request: PortalRequest, agency: str, year: int, action: int, evidence: int) -> FileResponse:
    """A file that proves it, to be saved."""
    found = _find(enter(request, agency, year), action)
    return saved(get_object_or_404(found.evidence.select_related("stored_file"), pk=evidence))


# ---------------------------------------------------------------- finding
def _find(place: Place, key: int) -> AgreedAction:
    """A follow-up of a meeting of this agency and year, or 404."""
    rows = AgreedAction.objects.of_agency(place.agency).filter(meeting__year=place.year)
    return get_object_or_404(
        rows.select_related("meeting__agency", "unit", "reported_by", "closed_by"), pk=key
    )


def meeting_units(place: Place) -> list[Unit]:
    """The units that a follow-up can be given to."""
    return list(place.agency.units.filter(is_active=True).order_by("sort_order", "name"))


# ---------------------------------------------------------------- showing
def shown_line(line: FollowUpLine) -> dict[str, object]:
    """A follow-up as lists show it."""
    action = line.action
    tone, icon = TONES[ActionState(action.state)]
    return {
        "action": action,
        "url": action_url(action),
        "meeting": f"TW {action.meeting.roman} {action.meeting.year}",
        "label": action.get_state_display(),
        "tone": "danger" if line.is_overdue and action.state == ActionState.OPEN else tone,
        "icon": "clock-exclamation" if line.is_overdue else icon,
        "late": f"terlambat {line.days_late} hari" if line.is_overdue else "",
    }


def action_url(action: AgreedAction) -> str:
    meeting = action.meeting
    return reverse("agreed_action", args=[meeting.agency.slug, meeting.year, action.pk])


def _meeting_url(action: AgreedAction) -> str:
    meeting = action.meeting
    return reverse("meeting", args=[meeting.agency.slug, meeting.year, meeting.quarter])


def _breadcrumbs(action: AgreedAction) -> list[dict[str, str]]:
    meeting = action.meeting
    return [
        {"label": "Rapat", "url": reverse("meetings", args=[meeting.agency.slug, meeting.year])},
        {"label": f"Triwulan {meeting.roman}", "url": _meeting_url(action)},
        {"label": f"Tindak lanjut {action.number}"},
    ]


def _refusal(user: User, action: AgreedAction) -> str:
    """Why this user cannot report now; empty where they can."""
    try:
        permissions.require_report_action(user, action.unit)
        policies.require_report(action)
    except PermissionDenied as refused:
        return str(refused)
    return ""


def _page(
    request: PortalRequest,
    action: AgreedAction,
    form: ActionReportForm,
    *,
    faults: list[Fault] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    user, agency = request.user, action.meeting.agency
    may_decide = permissions.may_review_action(user, agency)
    may_keep = permissions.may_keep_meetings(user, agency)
    context = {
        "action": action,
        "line": shown_line(FollowUpLine(action, days_late(action, timezone.localdate()))),
        "proofs": action.evidence.select_related("stored_file", "added_by").order_by("added_at", "pk"),
        "form": form,
        "faults": faults or [],
        "refusal": _refusal(user, action),
        "may_review": may_decide and policies.may_review(action),
        "may_cancel": may_decide and policies.may_cancel(action),
        "may_change": may_keep and policies.may_change_action(action),
        "give_back_step": [{"name": "step", "value": "kembalikan"}],
        "cancel_step": [{"name": "step", "value": "batalkan"}],
        "expected": EXPECTED,
        "limit_mb": settings.UPLOAD_LIMIT // MEGABYTE,
        "most_files": MOST_FILES,
        "review_url": reverse("agreed_action_review", args=[agency.slug, action.meeting.year, action.pk]),
        "heading": "Tindak lanjut rapat",
        "eyebrow": f"{action.unit.name}, rapat triwulan {action.meeting.roman} tahun {action.meeting.year}",
        "breadcrumbs": _breadcrumbs(action),
    }
    return render(request, "sakip/meetings/action.html", context, status=status)
