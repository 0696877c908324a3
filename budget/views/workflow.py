"""Steps of a unit's quarter, as the buttons of the entry page send them; and undoing one's last change."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from budget.actions.undo import NothingToUndo, last_change, undo_last_change
from budget.actions.workflow import Moved, NotReadyError, SupersededError, give_back_rows, take_step
from budget.forms.workflow import GiveBackForm, ReasonedForm, StepForm
from budget.queries.submission import Submission, submission, unproved
from budget.views.journey import moment
from budget.views.quarter import quarter_of, reader_of
from sakip.models import RowState, UnitQuarter
from sakip.queries.history_page import described_all
from sakip.views.place import PortalRequest
from sakip.workflow import permissions, policies
from sakip.workflow.transitions import Action, step_for
from sakip.workflow.wording import DONE, waiting_text

NOTE = "catatan-"


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """What is left to mend or to explain, and the button that submits."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    if request.method == "POST":
        return _submit(request, unit_quarter)
    permissions.require_fill_in(request.user, unit_quarter.unit)
    if not policies.may_enter(unit_quarter, timezone.localdate()):
        # A step back in the browser after submitting: the quarter's page says how it stands.
        return redirect(_entry(unit_quarter))
    permissions.require_do(request.user, unit_quarter, Action.SUBMIT)
    found = submission(reader_of(unit_quarter).grid())
    return _submission_page(request, unit_quarter, found, {check.key: check.note for check in found.soft})


def _submit(request: PortalRequest, unit_quarter: UnitQuarter) -> HttpResponse:
    permissions.require_act(request.user, unit_quarter.unit)
    notes = {key.removeprefix(NOTE): str(text) for key, text in request.POST.items() if key.startswith(NOTE)}
    form = ReasonedForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _refused(request, unit_quarter, form.problem)
    try:
        moved = take_step(
            unit_quarter=unit_quarter,
            action=Action.SUBMIT,
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
            notes={key: text.replace("\r\n", "\n") for key, text in notes.items()},
        )
    except NotReadyError as refused:
        found = refused.submission
        typed = {check.key: notes.get(check.key, check.note).strip() for check in found.soft}
        return _submission_page(request, unit_quarter, found, typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except SupersededError as late:
        return _refused(request, unit_quarter, str(late))
    return _done(request, unit_quarter, moved)


def _submission_page(
    request: PortalRequest,
    unit_quarter: UnitQuarter,
    found: Submission,
    typed: dict[str, str],
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    step = step_for(unit_quarter.state, Action.SUBMIT)
    context = {
        "unit_quarter": unit_quarter,
        "unit": unit_quarter.unit,
        "found": found,
        "notes": [(check, typed[check.key]) for check in found.soft],
        "unproved": unproved(unit_quarter),
        "missing_notes": status != HTTPStatus.OK and not found.hard,
        "version": unit_quarter.version,
        "entry_url": _entry(unit_quarter),
        "next_step": waiting_text(RowState.SUBMITTED, unit_quarter.unit.agency),
        "label": step.label if step else "",
        "heading": f"{step.label if step else ''} triwulan {unit_quarter.roman} {unit_quarter.year}",
        "breadcrumbs": _breadcrumbs(unit_quarter, "Ajukan"),
    }
    return render(request, "budget/entry/submission.html", context, status=status)


@require_POST
def take(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """Verify, approve, lock, return or reopen the whole quarter."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    permissions.require_act(request.user, unit_quarter.unit)
    form = StepForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _refused(request, unit_quarter, form.problem)
    sent = form.cleaned_data
    step = step_for(unit_quarter.state, sent["action"])
    if step is not None and step.needs_reason and not sent["reason"]:
        permissions.require_take(request.user, unit_quarter, step)
        return _refused(request, unit_quarter, f"{step.label}: alasan wajib diisi.")
    return _answer(
        request,
        unit_quarter,
        lambda: take_step(
            unit_quarter=unit_quarter,
            action=sent["action"],
            version=sent["version"],
            by=request.user,
            at=timezone.now(),
            reason=sent["reason"],
            until=sent["until"],
        ),
    )


@require_POST
def give_back(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """Give the marked rows back, all with one reason."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    permissions.require_act(request.user, unit_quarter.unit)
    form = GiveBackForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _refused(request, unit_quarter, form.problem)
    if not form.rows:
        return _refused(request, unit_quarter, "Tandai dahulu baris yang dikembalikan.")
    sent = form.cleaned_data
    return _answer(
        request,
        unit_quarter,
        lambda: give_back_rows(
            unit_quarter=unit_quarter,
            rows=form.rows,
            version=sent["version"],
            by=request.user,
            at=timezone.now(),
            reason=sent["reason"],
            until=sent["until"],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: PortalRequest, agency: str, year: int, unit: str, quarter: int) -> HttpResponse:
    """What the user saved last in this quarter, and the button that takes it back."""
    unit_quarter = quarter_of(request, agency, year, unit, quarter)
    permissions.require_fill_in(request.user, unit_quarter.unit)
    if request.method == "POST":
        policies.require_enter(unit_quarter, timezone.localdate())
        return _undo(request, unit_quarter)
    standing = policies.standing(unit_quarter, timezone.localdate())
    if not standing.is_open:
        return _refused(request, unit_quarter, f"Tidak ada yang dapat diurungkan. {standing.reason}")
    change = last_change(unit_quarter, request.user)
    if change is None:
        return _refused(request, unit_quarter, "Anda belum mengubah isian pada triwulan ini.")
    context = {
        "unit_quarter": unit_quarter,
        "unit": unit_quarter.unit,
        "lines": described_all(change.entries),
        "key": change.key,
        "at": moment(change.entries[0].at),
        "entry_url": _entry(unit_quarter),
        "heading": "Urungkan perubahan terakhir",
        "breadcrumbs": _breadcrumbs(unit_quarter, "Urungkan"),
    }
    return render(request, "budget/entry/undo.html", context)


def _undo(request: PortalRequest, unit_quarter: UnitQuarter) -> HttpResponse:
    key = request.POST.get("key", "")
    try:
        count = undo_last_change(
            unit_quarter=unit_quarter,
            key=int(key) if key.isdecimal() else 0,
            by=request.user,
            at=timezone.now(),
        )
    except NothingToUndo as refused:
        return _refused(request, unit_quarter, str(refused))
    messages.success(request, f"Diurungkan: {count} isian kembali ke nilai semula.")
    return redirect(_entry(unit_quarter))


# ---------------------------------------------------------------- answers
def _answer(request: PortalRequest, unit_quarter: UnitQuarter, act: Callable[[], Moved]) -> HttpResponse:
    try:
        return _done(request, unit_quarter, act())
    except SupersededError as late:
        return _refused(request, unit_quarter, str(late))


def _done(request: PortalRequest, unit_quarter: UnitQuarter, moved: Moved) -> HttpResponse:
    what = DONE[RowState(moved.transition.to_state)]
    text = f"Realisasi triwulan {unit_quarter.roman} {unit_quarter.unit} telah {what}."
    messages.success(request, text)
    return redirect(_back(request, unit_quarter))


def _refused(request: PortalRequest, unit_quarter: UnitQuarter, why: str) -> HttpResponse:
    """Back to the quarter as it stands now, with what kept the step from being taken."""
    messages.warning(request, why)
    return redirect(_back(request, unit_quarter))


def _back(request: PortalRequest, unit_quarter: UnitQuarter) -> str:
    """The quarter's page, or the home page where the step was taken there."""
    if request.POST.get("kembali") == "beranda":
        return reverse("dashboard", args=[unit_quarter.unit.agency.slug, unit_quarter.year])
    return _entry(unit_quarter)


def _entry(unit_quarter: UnitQuarter) -> str:
    unit = unit_quarter.unit
    return reverse("entry", args=[unit.agency.slug, unit_quarter.year, unit.slug, unit_quarter.quarter])


def _breadcrumbs(unit_quarter: UnitQuarter, last: str) -> list[dict[str, str]]:
    unit = unit_quarter.unit
    overview = reverse("entry_overview", args=[unit.agency.slug, unit_quarter.year])
    return [
        {"label": "Realisasi", "url": overview},
        {"label": f"{unit.name} TW {unit_quarter.roman}", "url": _entry(unit_quarter)},
        {"label": last, "url": ""},
    ]
