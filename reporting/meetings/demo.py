"""The demo's meetings: what was agreed after quarter II and came back after III. Roles, never names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from django.utils import timezone

from reporting.meetings.papers import final_minutes
from reporting.meetings.review import QuarterReview
from reporting.year import OfficeYear
from sakip.actions import agreed_actions
from sakip.actions.evidence import Piece
from sakip.actions.meetings import AttendeeEntry, finalise, save_meeting
from sakip.models import Agency, AgreedAction, Attendance, EvidenceKind, Meeting, Unit, User
from sakip.queries.meetings import usual_attendees

AGENDA = """Pembukaan oleh pimpinan rapat
Tindak lanjut rapat sebelumnya
Capaian kinerja dan realisasi anggaran
Kendala dan solusi
Kesepakatan tindak lanjut"""
MINUTES = {
    2: """Data contoh. Serapan anggaran dibahas per unit kerja; unit dengan serapan di bawah rencana \
menjelaskan penyebabnya.
Pekerjaan fisik di Kelurahan Simpang Pasir belum dimulai karena lokasi tergenang. Rapat meminta lokasi \
pengganti disiapkan.""",
    3: """Data contoh. Kelurahan Bantuas telah melengkapi dokumen pertanggungjawaban triwulan II beserta \
buktinya.
Kendala pembangunan sarana di Kelurahan Simpang Pasir berulang sejak triwulan I. Rapat meminta jadwal \
penyelesaian tertulis.
Indikator yang belum mencapai target triwulan dibahas satu per satu bersama unit penanggung jawab.""",
}
HELD = {2: date(2026, 7, 23), 3: date(2026, 10, 22)}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a unit was asked; `report` and `day` say what it reported and when, `accepted_on` when that was
    accepted."""

    unit: str
    text: str
    due_on: date
    report: str = ""
    proof: str = ""
    day: date | None = None
    accepted_on: date | None = None


AGREED = {
    2: (
        Agreed(
            "bantuas",
            "Melengkapi dokumen pertanggungjawaban belanja triwulan II.",
            date(2026, 8, 31),
            "Seluruh dokumen pertanggungjawaban telah diserahkan kepada bendahara.",
            "Tanda terima dokumen",
            date(2026, 8, 27),
            date(2026, 9, 2),
        ),
        Agreed(
            "simpang-pasir",
            "Menyiapkan lokasi pengganti yang tidak tergenang untuk pembangunan sarana kelurahan.",
            date(2026, 9, 30),
        ),
        Agreed(
            "kantor-kecamatan",
            "Menghitung ulang kebutuhan anggaran fasilitasi kunjungan tamu.",
            date(2026, 9, 15),
            "Kebutuhan telah dihitung ulang dan diusulkan pada perubahan anggaran.",
            "Nota usulan perubahan",
            date(2026, 9, 14),
        ),
    ),
    3: (
        Agreed(
            "simpang-pasir",
            "Menyampaikan jadwal tertulis penyelesaian pekerjaan fisik kepada perencana.",
            date(2026, 11, 13),
        ),
        Agreed(
            "bantuas",
            "Membentuk kelompok masyarakat dan menyelesaikan rencana anggaran biaya Probebaya.",
            date(2026, 12, 4),
        ),
        Agreed(
            "kantor-kecamatan",
            "Meninjau target rencana aksi indikator yang berulang tidak tercapai.",
            date(2026, 12, 11),
        ),
    ),
}


def hold_meetings(agency: Agency, year: int, planner: User, operators: dict[int, User]) -> None:
    """Quarter II with final minutes, quarter III still a draft; `operators` by the key of their unit."""
    units = {unit.slug: unit for unit in Unit.objects.filter(agency=agency)}
    for quarter, day in HELD.items():
        meeting = _hold(agency, year, quarter, planner)
        for agreed in AGREED[quarter]:
            if unit := units.get(agreed.unit):
                _agree(meeting, agreed, unit, planner, operators[unit.pk])
        if quarter == min(HELD):
            review = QuarterReview(OfficeYear(agency, year), quarter, meeting, day)
            finalise(
                meeting=meeting, print_minutes=partial(final_minutes, review), by=planner, at=_at(day, 16)
            )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _hold(agency: Agency, year: int, quarter: int, planner: User) -> Meeting:
    day = HELD[quarter]
    invited = usual_attendees(agency)
    absent = len(invited) - 1 if quarter == max(HELD) else None
    return save_meeting(
        agency=agency,
        year=year,
        quarter=quarter,
        facts={
            "held_on": day,
            "starts_at": time(9),
            "ends_at": time(11, 30),
            "place": f"Ruang Rapat {agency.name}",
            "agenda": AGENDA,
            "leader_role": agency.head_title,
            "secretary_role": "Kepala Sub Bagian Perencanaan Program dan Keuangan",
            "invitation_number": "",
            "invited_on": day.replace(day=day.day - 3),
            "minutes": MINUTES[quarter],
        },
        attendees=[
            AttendeeEntry(each.role, each.unit, Attendance.ABSENT if place == absent else Attendance.PRESENT)
            for place, each in enumerate(invited)
        ],
        version=None,
        by=planner,
        at=_at(day, 13),
    )


def _agree(meeting: Meeting, agreed: Agreed, unit: Unit, planner: User, operator: User) -> None:
    action: AgreedAction = agreed_actions.agree(
        meeting=meeting,
        text=agreed.text,
        unit=unit,
        due_on=agreed.due_on,
        by=planner,
        at=_at(meeting.held_on, 14),
    )
    if agreed.day is None:
        return
    link = Piece(
        link=f"https://contoh.invalid/rapat/tw-{meeting.quarter}/{action.number}",
        name=f"{agreed.proof} (data contoh)",
        kind=EvidenceKind.LINK,
        dated=agreed.day,
    )
    agreed_actions.report_done(
        action=action, report=agreed.report, pieces=[link], by=operator, at=_at(agreed.day, 10)
    )
    if agreed.accepted_on:
        agreed_actions.accept(action=action, by=planner, at=_at(agreed.accepted_on, 10))
