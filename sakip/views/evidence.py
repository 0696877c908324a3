"""The evidence of one row of a quarter: its list, its checklist, and the form that adds to it.

Which rows there are, the addresses say: `finders` maps a word of the address (`indikator`, `anggaran`) to the
function that finds the row, because the core does not know the budget's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sakip.actions.evidence import Attached, Piece, attach, detach, keep_file
from sakip.evidence.kinds import BY_CONTENT_TYPE, EXPECTED, MEGABYTE, Content, Limits, RefusedError
from sakip.forms.evidence import EvidenceForm
from sakip.models import Agency, Evidence, EvidenceKind, User
from sakip.models.measurement import QuarterRow
from sakip.queries.evidence import Finder, Subject, proof_of
from sakip.uploads import MOST_FILES, refused_uploads
from sakip.views.place import PortalRequest, enter
from sakip.workflow import permissions, policies

Finders = Mapping[str, Finder]


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that was not taken, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One piece as the page shows it."""

    evidence: Evidence
    content: Content | None
    may_remove: bool

    @property
    def is_picture(self) -> bool:
        """Whether it has a small copy for the list."""
        return self.content is not None and self.content.is_picture and self.content.is_shown

    @property
    def is_shown(self) -> bool:
        return self.content is not None and self.content.is_shown


@require_http_methods(["GET", "HEAD", "POST"])
def page(
    request: PortalRequest,
    agency: str,
    year: int,
    unit: str,
    quarter: int,
    kind: str,
    row: int,
    finders: Finders,
) -> HttpResponse:
    """The list, the checklist and the form; a POST attaches what can be taken and names the rest."""
    subject = find_subject(request, agency, year, unit, quarter, kind, row, finders)
    form = EvidenceForm(today=timezone.localdate())
    if request.method != "POST":
        return _page(request, subject, form)
    _require_writable(request.user, subject, subject.row())
    form = EvidenceForm(request.POST, request.FILES, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, subject, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    pieces, faults = taken_pieces(request, subject.unit_quarter.unit.agency, form)
    if not pieces and not faults:
        form.add_error("uploads", "Pilih berkas atau tulis tautannya.")
        return _page(request, subject, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    done = attach(subject=subject, pieces=pieces, by=request.user, at=timezone.now())
    if faults or request.htmx:
        form = form if faults else EvidenceForm(today=timezone.localdate())
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return _page(request, subject, form, done=_said(done), faults=faults, status=status)
    messages.success(request, _said(done))
    return redirect(request.path)


@require_POST
def remove(
    request: PortalRequest,
    agency: str,
    year: int,
    unit: str,
    quarter: int,
    kind: str,
    row: int,
    evidence: int,
    finders: Finders,
) -> HttpResponse:
    """Take one piece off the row."""
    subject = find_subject(request, agency, year, unit, quarter, kind, row, finders)
    found = find_evidence(subject, evidence)
    detach(subject=subject, evidence=found, by=request.user, at=timezone.now())
    messages.success(request, f"Bukti “{found}” telah dihapus dari baris ini.")
    return redirect("evidence", agency, year, unit, quarter, kind, row)


# ---------------------------------------------------------------- finding
def find_subject(
    request: PortalRequest,
    agency: str,
    year: int,
    unit: str,
    quarter: int,
    kind: str,
    row: int,
    finders: Finders,
) -> Subject:
    """The row of the address; 404 for another agency's, for another unit's, and for none."""
    place = enter(request, agency, year)
    unit_quarter = permissions.get_unit_quarter(request.user, place.agency, year, unit, quarter)
    place.unit = unit_quarter.unit
    if kind not in finders:
        raise Http404
    return finders[kind](unit_quarter, row)


def find_evidence(subject: Subject, key: int) -> Evidence:
    """A piece of this row; it is found through its row, so that whoever may not read one finds no other."""
    found = next((piece for piece in subject.evidence() if piece.pk == key), None)
    if found is None:
        raise Http404
    return found


def _require_writable(user: User, subject: Subject, row: QuarterRow | None) -> None:
    """Before any file is kept; the action asks again within its transaction."""
    permissions.require_fill_in(user, subject.unit_quarter.unit)
    policies.require_enter(subject.unit_quarter, timezone.localdate())
    if row is not None:
        policies.require_change_row(row)


def _refusal(user: User, subject: Subject, row: QuarterRow | None) -> str:
    """Why this user cannot attach anything now; empty where they can."""
    try:
        _require_writable(user, subject, row)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


# ---------------------------------------------------------------- taking
def taken_pieces(
    request: PortalRequest, agency: Agency, form: EvidenceForm
) -> tuple[list[Piece], list[Fault]]:
    """What can be attached, its files kept already; and what was refused."""
    sent = form.cleaned_data
    shared = {
        "kind": sent.get("kind"),
        "dated": sent["dated"],
        "description": sent.get("description", "").strip(),
    }
    faults = [Fault(refused.name, str(refused.reason)) for refused in refused_uploads(request)]
    pieces = []
    for upload in sent["uploads"]:
        try:
            kept = keep_file(agency, upload.file, upload.name, Limits(size=settings.UPLOAD_LIMIT))
        except RefusedError as reason:
            faults.append(Fault(upload.name, str(reason)))
        else:
            pieces.append(Piece(kept=kept, **shared))
    if sent["link"]:
        pieces.append(Piece(link=sent["link"], **(shared | {"kind": EvidenceKind.LINK})))
    return pieces, faults


def _said(done: Attached) -> str:
    parts = []
    if done.added:
        parts.append(f"Terlampir: {len(done.added)} bukti.")
    if done.already:
        names = ", ".join(f"“{name}”" for name in done.already)
        parts.append(f"Sudah terlampir sebelumnya: {names}.")
    return " ".join(parts)


# ---------------------------------------------------------------- showing
def _page(
    request: PortalRequest,
    subject: Subject,
    form: EvidenceForm,
    *,
    done: str = "",
    faults: list[Fault] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    unit_quarter = subject.unit_quarter
    unit, agency = unit_quarter.unit, unit_quarter.unit.agency
    row, evidence = subject.row(), subject.evidence()
    refusal = _refusal(request.user, subject, row)
    address = [agency.slug, unit_quarter.year, unit.slug, unit_quarter.quarter]
    context = {
        "subject": subject,
        "unit": unit,
        "unit_quarter": unit_quarter,
        "row_state": row.state if row else "",
        "items": [_item(request.user, subject, piece, is_open=not refusal) for piece in evidence],
        "proof": proof_of((piece.kind for piece in evidence), subject.asked),
        "refusal": refusal,
        "form": form,
        "done": done,
        "faults": faults or [],
        "expected": EXPECTED,
        "limit": settings.UPLOAD_LIMIT,
        "limit_mb": settings.UPLOAD_LIMIT // MEGABYTE,
        "most_files": MOST_FILES,
        "page_url": reverse("evidence", args=[*address, subject.kind, subject.key]),
        "back_url": reverse("entry", args=address),
        "eyebrow": f"Bukti dukung {unit.name}, triwulan {unit_quarter.roman} tahun {unit_quarter.year}",
        "breadcrumbs": [
            {"label": "Realisasi", "url": reverse("entry_overview", args=address[:2])},
            {"label": f"{unit.name}, TW {unit_quarter.roman}", "url": reverse("entry", args=address)},
            {"label": "Bukti dukung"},
        ],
    }
    part = "#panel" if request.htmx else ""
    return render(request, f"sakip/evidence/page.html{part}", context, status=status)


def _item(user: User, subject: Subject, evidence: Evidence, *, is_open: bool) -> Item:
    stored = evidence.stored_file
    unit = subject.unit_quarter.unit
    return Item(
        evidence=evidence,
        content=BY_CONTENT_TYPE[stored.content_type] if stored else None,
        may_remove=is_open and permissions.may_remove_evidence(user, unit, evidence),
    )
