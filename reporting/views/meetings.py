"""The page Rapat: a year's meetings, and one quarter with its figures, obstacles, follow-ups and papers."""

from collections.abc import Collection
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.figures import printed_result
from reporting.meetings import tables
from reporting.meetings.papers import ATTENDANCE, INVITATION, MINUTES, clock, final_minutes, presence, summary
from reporting.meetings.review import QuarterReview
from reporting.tables.base import Table
from reporting.views.office import enter_office, no_data
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.actions import agreed_actions
from sakip.actions import meetings as actions
from sakip.actions.meetings import MeetingChangedError
from sakip.forms.meetings import AgreedActionForm
from sakip.models import Agency, Attendee, Meeting
from sakip.models.meeting import PENDING
from sakip.queries.meetings import open_followups
from sakip.scoring.quarters import QUARTERS, ROMAN
from sakip.views.agreed_actions import meeting_units, shown_line
from sakip.views.place import PortalRequest
from sakip.workflow import meetings as policies
from sakip.workflow import permissions

PAPERS = ((INVITATION, "Undangan"), (ATTENDANCE, "Daftar hadir"), (MINUTES, "Notulen"))
CHANGED = "Rapat ini diubah orang lain sejak halaman dibuka. Periksa isinya sekarang, lalu ulangi."


@require_safe
def index(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    """The year's four quarters, and what is left to do of all meetings."""
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    found = Meeting.objects.filter(agency=office.agency, year=year).prefetch_related("actions")
    by_quarter = {meeting.quarter: meeting for meeting in found}
    left = open_followups(office.agency, timezone.localdate())
    context = {
        "quarters": [_listed(office.agency, year, quarter, by_quarter.get(quarter)) for quarter in QUARTERS],
        "lines": [shown_line(line) for line in left],
        "heading": f"Rapat kinerja {year}",
        "lead": "Rapat evaluasi kinerja triwulanan: undangan, daftar hadir, notulen, dan tindak lanjutnya.",
    }
    return render(request, "reporting/meetings/index.html", context)


def _listed(agency: Agency, year: int, quarter: int, meeting: Meeting | None) -> dict[str, object]:
    agreed = list(meeting.actions.all()) if meeting else []
    return {
        "label": f"Triwulan {ROMAN[quarter - 1]}",
        "url": reverse("meeting", args=[agency.slug, year, quarter]),
        "meeting": meeting,
        "agreed": len(agreed),
        "left": sum(action.state in PENDING for action in agreed),
    }


@require_safe
def page(request: PortalRequest, agency: str, year: int, quarter: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    return _page(request, review_of(office, quarter))


@require_POST
def agree(request: PortalRequest, agency: str, year: int, quarter: int) -> HttpResponse:
    """Write down what was agreed."""
    review, meeting = held_meeting(request, agency, year, quarter)
    permissions.require_keep_meetings(request.user, meeting.agency)
    policies.require_change_meeting(meeting)
    form = _agree_form(request, meeting, request.POST)
    if not form.is_valid():
        return _page(request, review, form)
    agreed_actions.agree(meeting=meeting, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "Tindak lanjut dicatat.")
    return redirect("meeting", agency, year, quarter)


@require_POST
def finalise(request: PortalRequest, agency: str, year: int, quarter: int) -> HttpResponse:
    """Keep the minutes as they are now, for good."""
    review, meeting = held_meeting(request, agency, year, quarter)
    permissions.require_keep_meetings(request.user, meeting.agency)
    if request.POST.get("version") != str(meeting.version):
        messages.error(request, CHANGED)
        return redirect("meeting", agency, year, quarter)
    try:
        actions.finalise(
            meeting=meeting,
            print_minutes=lambda: final_minutes(review),
            by=request.user,
            at=timezone.now(),
        )
    except policies.MeetingClosed as refused:
        messages.error(request, str(refused))
    except MeetingChangedError:
        messages.error(request, CHANGED)
    else:
        messages.success(request, "Notulen final. Angka di dalamnya tidak berubah lagi.")
    return redirect("meeting", agency, year, quarter)


@require_POST
def reopen(request: PortalRequest, agency: str, year: int, quarter: int) -> HttpResponse:
    """Open final minutes to be mended."""
    _, meeting = held_meeting(request, agency, year, quarter)
    permissions.require_keep_meetings(request.user, meeting.agency)
    try:
        actions.reopen(
            meeting=meeting, reason=request.POST.get("reason", "")[:2000], by=request.user, at=timezone.now()
        )
    except policies.MeetingClosed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Notulen dibuka kembali sebagai draf.")
    return redirect("meeting", agency, year, quarter)


# ---------------------------------------------------------------- finding
def review_of(office: OfficeYear, quarter: int) -> QuarterReview:
    """The quarter as its meeting sees it today, whether there is one or not."""
    meetings = Meeting.objects.filter(agency=office.agency, year=office.year, quarter=quarter)
    return QuarterReview(office, quarter, meetings.select_related("agency").first(), timezone.localdate())


def held_meeting(
    request: PortalRequest, agency: str, year: int, quarter: int
) -> tuple[QuarterReview, Meeting]:
    """The quarter and its meeting; 404 where there is none."""
    office = enter_office(request, agency, year)
    review = review_of(office, quarter) if office else None
    if review is None or review.meeting is None:
        raise Http404
    return review, review.meeting


def _agree_form(request: PortalRequest, meeting: Meeting, data=None) -> AgreedActionForm:
    return AgreedActionForm(data, units=meeting_units(request.place), held_on=meeting.held_on)


# ---------------------------------------------------------------- showing
def _page(
    request: PortalRequest, review: QuarterReview, form: AgreedActionForm | None = None
) -> HttpResponse:
    office, meeting = review.office, review.meeting
    place = [office.agency.slug, office.year]
    may_keep = permissions.may_keep_meetings(request.user, office.agency)
    attendees = list(meeting.attendees.select_related("unit")) if meeting else []
    is_open = bool(meeting and may_keep and policies.may_change_meeting(meeting))
    if form is None and meeting and is_open:
        form = _agree_form(request, meeting)
    context = {
        "review": review,
        "meeting": meeting,
        "summary": summary(review),
        "stats": _stats(review),
        "figures": [
            _shown(tables.agreement_table(review), "capaian") | {"as_cards": True},
            _shown(tables.units_table(review), "unit"),
            _shown(tables.behind_table(review), "tertinggal") | {"as_cards": True},
        ],
        "obstacles": _shown(
            tables.obstacles_table(review),
            "kendala",
            [place for place, group in enumerate(review.obstacles) if group.chronic],
        )
        | {"as_cards": True},
        "earlier": [shown_line(line) for line in review.earlier_actions],
        "agreed": [shown_line(line) for line in review.new_actions],
        "attendance": _shown(tables.attendance_table(attendees), "peserta") if meeting else None,
        "facts": _facts(meeting, attendees) if meeting else [],
        "may_keep": may_keep,
        "is_open": is_open,
        "lacking": policies.lacking(meeting, attendees) if meeting and is_open else (),
        "form": form if is_open else None,
        "version": [{"name": "version", "value": meeting.version}] if meeting else [],
        "papers": [_paper(place, review.quarter, *paper) for paper in PAPERS] if meeting else [],
        "tabs": [
            {
                "label": f"Triwulan {ROMAN[quarter - 1]}",
                "url": reverse("meeting", args=[*place, quarter]),
                "active": quarter == review.quarter,
            }
            for quarter in QUARTERS
        ],
        "heading": f"Rapat triwulan {review.roman} {office.year}",
        "breadcrumbs": [
            {"label": "Rapat", "url": reverse("meetings", args=place)},
            {"label": f"Triwulan {review.roman}"},
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.is_bound else HTTPStatus.OK
    return render(request, "reporting/meetings/page.html", context, status=status)


def _paper(place: list, quarter: int, key: str, label: str) -> dict[str, str]:
    return {
        "label": label,
        "pdf": reverse("meeting_pdf", args=[*place, quarter, key]),
        "docx": reverse("meeting_docx", args=[*place, quarter, key]),
    }


def _facts(meeting: Meeting, attendees: list[Attendee]) -> list[dict[str, str]]:
    """What may be empty says so only where the papers need it."""
    facts = [
        ("Hari, tanggal", indonesian.date_with_weekday(meeting.held_on)),
        ("Waktu", clock(meeting)),
        ("Tempat", meeting.place),
        ("Pimpinan rapat", meeting.leader_role),
        ("Notulis", meeting.secretary_role),
        ("Peserta", presence(attendees)),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _stats(review: QuarterReview) -> list[dict[str, object]]:
    total, policy = review.units.total, review.office.policy
    attained, chronic, left = review.attained_in_all, len(review.chronic), len(review.pending)
    late = sum(line.is_overdue for line in review.pending)
    return [
        {
            "label": label,
            "value": printed_result(result, policy),
            "missing": result.reason.text if result.reason else "",
            "provisional": result.provisional,
        }
        for label, result in (("Serapan anggaran", total.absorption), ("Realisasi fisik", total.physical))
    ] + [
        {
            "label": "Target triwulan tercapai",
            "value": f"{attained.met} dari {attained.judged}" if attained.judged else "",
            "missing": "" if attained.judged else tables.NOT_JUDGED,
        },
        {
            "label": "Kendala",
            "value": str(len(review.obstacles)),
            "badge_label": f"{chronic} kronis" if chronic else "",
            "badge_tone": "danger",
        },
        {
            "label": "Tindak lanjut terbuka",
            "value": str(left),
            "badge_label": f"{late} terlambat" if late else "",
            "badge_tone": "danger",
        },
    ]


def _shown(table: Table, key: str, marked: Collection[int] = ()) -> dict[str, object]:
    """A table of the papers for the page, or what stands there when it is empty. With `as_cards` a row of
    long texts beside few figures is a card on a phone."""
    return {
        "table": tables.page_table(table, f"tabel-{key}", marked),
        "title": table.title,
        "empty": table.empty_text,
    }
