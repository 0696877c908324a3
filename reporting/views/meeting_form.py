"""The form of a quarter's meeting: time and place, agenda and minutes, and who is invited."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reporting.views.office import enter_office
from sakip.actions.meetings import FIELDS, AttendeeEntry, MeetingChangedError, save_meeting
from sakip.forms.meetings import AttendeeFormSet, MeetingForm
from sakip.models import Agency, Attendance, Meeting
from sakip.queries.meetings import usual_attendees
from sakip.scoring.quarters import ROMAN
from sakip.views.agreed_actions import meeting_units
from sakip.views.place import PortalRequest
from sakip.workflow import meetings as policies
from sakip.workflow import permissions

PREFIX = "peserta"
AGENDA = """Pembukaan oleh pimpinan rapat
Tindak lanjut rapat sebelumnya
Capaian kinerja dan realisasi anggaran
Kendala dan solusi
Kesepakatan tindak lanjut"""
# What a new meeting takes over from the one before.
KEPT = ("starts_at", "ends_at", "place", "leader_role", "secretary_role")
CHANGED = (
    "Rapat ini diubah orang lain sejak halaman dibuka, jadi isian Anda belum disimpan. Salin yang Anda "
    "perlukan, lalu buka lagi halaman ini."
)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, agency: str, year: int, quarter: int) -> HttpResponse:
    """A new meeting, or a draft to be changed."""
    office = enter_office(request, agency, year)
    if office is None:
        raise Http404
    permissions.require_keep_meetings(request.user, office.agency)
    meeting = Meeting.objects.filter(agency=office.agency, year=year, quarter=quarter).first()
    if meeting:
        policies.require_change_meeting(meeting)
    units = meeting_units(request.place)
    if request.method == "POST":
        form = MeetingForm(request.POST)
        people = AttendeeFormSet(request.POST, prefix=PREFIX, form_kwargs={"units": units})
        if form.is_valid() and people.is_valid() and _saved(request, form, people, quarter):
            messages.success(request, f"Rapat triwulan {ROMAN[quarter - 1]} tersimpan.")
            return redirect("meeting", agency, year, quarter)
        return _page(request, form, people, quarter, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    form = MeetingForm(initial=_initial(office.agency, year, quarter, meeting))
    listed = _listed(office.agency, meeting)
    people = AttendeeFormSet(initial=listed, prefix=PREFIX, form_kwargs={"units": units})
    return _page(request, form, people, quarter)


def _saved(request: PortalRequest, form: MeetingForm, people: BaseFormSet, quarter: int) -> bool:
    """Whether it was; False where somebody else was faster, which the form then says."""
    lines = [line.cleaned_data for line in people.forms if line.cleaned_data.get("role")]
    entries = [AttendeeEntry(line["role"], line["unit"], Attendance(line["attendance"])) for line in lines]
    try:
        save_meeting(
            agency=request.place.agency,
            year=request.place.year,
            quarter=quarter,
            facts={name: form.cleaned_data[name] for name in FIELDS},
            attendees=entries,
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except MeetingChangedError:
        form.add_error(None, CHANGED)
        return False
    return True


def _initial(agency: Agency, year: int, quarter: int, meeting: Meeting | None) -> dict[str, object]:
    if meeting:
        return {name: getattr(meeting, name) for name in (*FIELDS, "version")}
    before = Meeting.objects.filter(agency=agency).before(year, quarter).order_by("-year", "-quarter").first()
    usual: dict[str, object] = {"agenda": AGENDA, "leader_role": agency.head_title}
    return usual | ({name: getattr(before, name) for name in KEPT} if before else {})


def _listed(agency: Agency, meeting: Meeting | None) -> list[dict[str, object]]:
    """The list as it is, or those who are usually invited."""
    if meeting:
        return [
            {
                "role": line.role,
                "unit": line.unit.slug if line.unit else "",
                "attendance": line.attendance,
            }
            for line in meeting.attendees.select_related("unit")
        ]
    return [
        {"role": one.role, "unit": one.unit.slug if one.unit else "", "attendance": Attendance.INVITED}
        for one in usual_attendees(agency)
    ]


def _page(
    request: PortalRequest,
    form: MeetingForm,
    people: BaseFormSet,
    quarter: int,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    place = [request.place.agency.slug, request.place.year]
    back = reverse("meeting", args=[*place, quarter])
    context = {
        "form": form,
        "people": people,
        "back_url": back,
        "heading": f"Susun rapat triwulan {ROMAN[quarter - 1]} {request.place.year}",
        "breadcrumbs": [
            {"label": "Rapat", "url": reverse("meetings", args=place)},
            {"label": f"Triwulan {ROMAN[quarter - 1]}", "url": back},
            {"label": "Susun"},
        ],
    }
    return render(request, "reporting/meetings/form.html", context, status=status)
