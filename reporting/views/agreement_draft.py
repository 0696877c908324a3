"""Writing a performance agreement as a draft: starting it, its form, putting it in force, deleting it."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reporting.agreement_sheet import DraftSheet
from reporting.views.office import enter_office
from reporting.year import OfficeYear
from sakip.actions import agreements as actions
from sakip.actions.agreements import AgreementMovedError
from sakip.queries.agreements import draft_of_year
from sakip.views.place import PortalRequest
from sakip.workflow import permissions
from sakip.workflow.agreements import AgreementNotReady

MOVED = (
    "Rancangan ini diubah, diberlakukan, atau dihapus orang lain sejak halaman dibuka. Periksa keadaannya "
    "sekarang, lalu ulangi."
)
WRITTEN = (
    "Sementara itu rancangan disimpan orang lain. Isian Anda masih di sini; di bawah kotak yang berbeda "
    "tertulis yang tersimpan. Pilih Simpan sekali lagi untuk memakai isian Anda."
)
GONE = (
    "Rancangan ini sementara itu diberlakukan atau dihapus orang lain, jadi isian Anda belum tersimpan. "
    "Salin yang Anda perlukan, lalu buat perubahan baru dari halaman Perjanjian Kinerja."
)


@require_POST
def start(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = _office(request, agency, year)
    actions.start_draft(agency=office.agency, year=year, by=request.user, at=timezone.now())
    return redirect("agreement_draft", agency, year)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """The form. What is sent after the draft has gone is shown again, so that it can be copied."""
    office = _office(request, agency, year)
    draft = draft_of_year(office.agency, year)
    if request.method != "POST":
        if draft is None:
            return redirect("agreements", agency, year)
        return _page(request, DraftSheet(office, draft))
    sheet = DraftSheet(office, draft, request.POST)
    if draft is None:
        sheet.facts.add_error(None, GONE)
    elif sheet.is_valid() and _saved(request, sheet):
        messages.success(request, "Rancangan tersimpan. Target yang berlaku belum berubah.")
        return redirect("agreements", agency, year)
    return _page(request, sheet, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _saved(request: PortalRequest, sheet: DraftSheet) -> bool:
    """Whether it was; False where somebody else was faster, which the sheet then says."""
    try:
        actions.write_draft(
            agency=request.place.agency,
            year=request.place.year,
            facts=sheet.facts_sent,
            indicators=sheet.indicators_sent,
            programmes=sheet.programmes_sent,
            version=sheet.facts.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except AgreementMovedError:
        sheet.facts.add_error(None, WRITTEN)
        sheet.shows_saved = True
        return False
    return True


@require_POST
def put_in_force(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    return _step(request, agency, year, actions.put_in_force, "{title} sudah berlaku.")


@require_POST
def discard(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    return _step(request, agency, year, actions.discard_draft, "Rancangan {title} dihapus.")


def _step(
    request: PortalRequest, agency: str, year: int, action: Callable[..., object], done: str
) -> HttpResponse:
    """Take it on the draft that its reader saw, and go back to the agreements with what became of it."""
    office = _office(request, agency, year)
    draft = draft_of_year(office.agency, year)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 10 else -1
    try:
        action(agency=office.agency, year=year, version=version, by=request.user, at=timezone.now())
    except AgreementMovedError:
        messages.error(request, MOVED)
    except AgreementNotReady as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done.format(title=draft.title if draft else ""))
    return redirect("agreements", agency, year)


def _office(request: PortalRequest, agency: str, year: int) -> OfficeYear:
    office = enter_office(request, agency, year)
    permissions.require_keep_agreements(request.user, request.place.agency)
    if office is None:
        raise Http404
    return office


def _page(request: PortalRequest, sheet: DraftSheet, *, status: int = HTTPStatus.OK) -> HttpResponse:
    here = [request.place.agency.slug, request.place.year]
    back = reverse("agreements", args=here)
    context = {
        "sheet": sheet,
        "back_url": back,
        "heading": f"Rancangan {sheet.draft.title}" if sheet.draft else "Rancangan perjanjian kinerja",
        "lead": "Rancangan tidak mengubah angka apa pun sampai diberlakukan.",
        "breadcrumbs": [{"label": "Perjanjian Kinerja", "url": back}, {"label": "Rancangan"}],
    }
    return render(request, "reporting/agreement_draft.html", context, status=status)
