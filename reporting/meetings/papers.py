"""A meeting's papers: the invitation with what will be discussed, the attendance list, and the minutes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from budget.queries.budget_year import entered_rp
from reporting.figures import printed_result
from reporting.lkjip.blocks import (
    STAR,
    Heading,
    Item,
    ItemList,
    PageBreak,
    Paragraph,
    Signature,
    SignatureBlock,
    TableBlock,
    TitleBlock,
)
from reporting.lkjip.signing import head_signature, letterhead
from reporting.meetings import tables
from reporting.meetings.blocks import Facts, LetterHead, Paper, SigningList, SigningRow, from_data, to_data
from reporting.meetings.review import QuarterReview
from sakip import indonesian
from sakip.models import Attendance, Attendee, Meeting
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result

INVITATION, ATTENDANCE, MINUTES = "undangan", "daftar-hadir", "notulen"
BLANK = "................................"
SAMPLE, DRAFT = "Data contoh", "Draf"
# Lines at the list's end for people who come without an invitation.
SPARE_LINES = 4
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*\u2022])\s+")


def paper_of(key: str, review: QuarterReview) -> Paper:
    """The paper under its key; final minutes are those that were kept. KeyError for any other key."""
    meeting = _meeting(review)
    if key == MINUTES and meeting.is_final:
        kept: Paper = from_data(meeting.minutes_document)
        return kept
    return BUILDERS[key](review)


def final_minutes(review: QuarterReview) -> dict[str, object]:
    """The minutes as they are kept once they are final."""
    data: dict[str, object] = to_data(_minutes(review, is_draft=False))
    return data


def _meeting(review: QuarterReview) -> Meeting:
    if review.meeting is None:
        raise ValueError("Triwulan ini belum memiliki rapat.")
    return review.meeting


def _paper(review: QuarterReview, key: str, name: str, blocks: Iterable[object], *marks: str) -> Paper:
    meeting, office = _meeting(review), review.office
    is_sample = office.is_sample
    warning = "Data contoh: angka dan isi dokumen ini dibuat untuk peragaan dan bukan dokumen resmi."
    return Paper(
        key=key,
        title=f"{name} Rapat Evaluasi Kinerja Triwulan {review.roman} Tahun {office.year}",
        agency_name=office.agency.name,
        day=(meeting.invited_on or meeting.held_on) if key == INVITATION else meeting.held_on,
        blocks=tuple(blocks),
        mark=" \u00b7 ".join([*([SAMPLE] if is_sample else []), *marks]),
        warning=warning if is_sample else "",
    )


# ---------------------------------------------------------------- what all three tell
def subject(review: QuarterReview) -> str:
    return f"Rapat Evaluasi Kinerja dan Anggaran Triwulan {review.roman} Tahun {review.office.year}"


def clock(meeting: Meeting) -> str:
    """'09.00 sampai selesai', '09.00 sampai 12.00'."""
    end = f"{meeting.ends_at:%H.%M}" if meeting.ends_at else "selesai"
    return f"Pukul {meeting.starts_at:%H.%M} sampai {end}"


def _when_and_where(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    return (
        ("Hari, tanggal", indonesian.date_with_weekday(meeting.held_on)),
        ("Waktu", clock(meeting)),
        ("Tempat", meeting.place),
    )


def summary(review: QuarterReview) -> str:
    """The quarter in three sentences."""
    total, policy = review.units.total, review.office.policy
    attained = review.attained_in_all
    spent = entered_rp(total.cumulated)
    money = (
        f"Sampai dengan triwulan {review.roman} tahun {review.office.year}, serapan anggaran "
        f"{_in_words(total.absorption, policy)}"
    )
    if spent is not None and total.ceiling_rp is not None:
        money += f" ({indonesian.rupiah(spent)} dari {indonesian.rupiah(total.ceiling_rp)})"
    money += f" dan realisasi fisik {_in_words(total.physical, policy)}."
    if total.absorption.provisional:
        money += " Angka ini sementara karena belum semua unit mengisi."
    met = (
        f"{attained.met} dari {attained.judged} indikator yang dapat dinilai mencapai target rencana aksi."
        if attained.judged
        else tables.NOT_JUDGED
    )
    return " ".join((money, met, _open_matters(review)))


def _in_words(result: Result, policy: ScoringPolicy) -> str:
    """A percentage, or why there is none, within a sentence."""
    shown = printed_result(result, policy)
    return f"belum dapat dihitung ({shown})" if result.reason else shown


def _open_matters(review: QuarterReview) -> str:
    chronic = f", {len(review.chronic)} di antaranya kronis" if review.chronic else ""
    obstacles = (
        f"Unit kerja melaporkan {len(review.obstacles)} kendala{chronic}"
        if review.obstacles
        else "Tidak ada kendala yang dilaporkan"
    )
    left = (
        f"{len(review.pending)} tindak lanjut rapat sebelumnya belum selesai."
        if review.pending
        else "tidak ada tindak lanjut rapat sebelumnya yang terbuka."
    )
    return f"{obstacles}; {left}"


def said(text: str) -> list[Paragraph]:
    """What people typed, a paragraph a line; an asterisk stays one."""
    return [Paragraph(_plain(line)) for line in text.splitlines() if line.strip()]


def agenda(text: str) -> ItemList:
    """Numbered anew, whatever people wrote before each line."""
    lines = [_BULLET.sub("", line) for line in text.splitlines() if line.strip()]
    return ItemList(True, tuple(Item(_plain(line)) for line in lines))


def _plain(line: str) -> str:
    return line.strip().replace("*", STAR)


def _quarter_tables(review: QuarterReview) -> list[TableBlock]:
    return [
        TableBlock(tables.agreement_table(review)),
        TableBlock(tables.units_table(review)),
        TableBlock(tables.behind_table(review)),
    ]


# ---------------------------------------------------------------- the invitation
def _invitation(review: QuarterReview) -> Paper:
    meeting, office = _meeting(review), review.office
    day = indonesian.date_long(meeting.invited_on) if meeting.invited_on else BLANK
    listed = [attendee.role for attendee in meeting.attendees.all()]
    blocks: list[object] = [
        letterhead(office),
        LetterHead(
            facts=(
                ("Nomor", meeting.invitation_number),
                ("Sifat", "Biasa"),
                ("Lampiran", "Satu berkas"),
                ("Hal", f"Undangan {subject(review)}"),
            ),
            place_and_day=f"{office.agency.government.place}, {day}",
            addressees=tuple(listed) or ("Para peserta rapat",),
        ),
        Paragraph(
            f"Dalam rangka evaluasi capaian kinerja dan realisasi anggaran triwulan {review.roman} tahun "
            f"{office.year} pada {office.agency.name}, kami mengundang Bapak/Ibu untuk hadir pada:"
        ),
        Facts(_when_and_where(meeting)),
        Paragraph("Agenda rapat:"),
        agenda(meeting.agenda),
        Paragraph(summary(review)),
        Paragraph(
            "Bahan rapat terlampir. Unit kerja dimohon menyiapkan penjelasan atas kendala yang dilaporkan "
            "dan bukti penyelesaian tindak lanjut rapat sebelumnya."
        ),
        Paragraph("Demikian undangan ini disampaikan. Atas perhatian dan kehadiran Bapak/Ibu, terima kasih."),
        # The letter tells place and day at its head.
        SignatureBlock((replace(head_signature(office, None), place=""),)),
        PageBreak(),
        TitleBlock(("Bahan rapat", subject(review))),
        *_quarter_tables(review),
        TableBlock(tables.obstacles_table(review)),
        TableBlock(tables.earlier_table(review)),
    ]
    return _paper(review, INVITATION, "Undangan", blocks)


# ---------------------------------------------------------------- the attendance list
def _attendance(review: QuarterReview) -> Paper:
    meeting = _meeting(review)
    rows = [
        SigningRow(attendee.role, attendee.unit.name if attendee.unit else "")
        for attendee in meeting.attendees.select_related("unit")
    ]
    blocks: list[object] = [
        letterhead(review.office),
        TitleBlock(("Daftar hadir", subject(review))),
        Facts((*_when_and_where(meeting), ("Pimpinan rapat", meeting.leader_role))),
        Paragraph(summary(review)),
        SigningList((*rows, *[SigningRow("", "")] * SPARE_LINES)),
        SignatureBlock((_chair(review),)),
    ]
    return _paper(review, ATTENDANCE, "Daftar Hadir", blocks)


# ---------------------------------------------------------------- the minutes
def _draft_minutes(review: QuarterReview) -> Paper:
    return _minutes(review, is_draft=True)


def _minutes(review: QuarterReview, *, is_draft: bool) -> Paper:
    meeting = _meeting(review)
    attendees = list(meeting.attendees.select_related("unit"))
    blocks: list[object] = [
        letterhead(review.office),
        TitleBlock(("Notulen", subject(review))),
        Facts(
            (
                *_when_and_where(meeting),
                ("Pimpinan rapat", meeting.leader_role),
                ("Notulis", meeting.secretary_role or "-"),
                ("Peserta", presence(attendees)),
            )
        ),
        Heading("A. Agenda"),
        agenda(meeting.agenda),
        Heading("B. Capaian kinerja dan realisasi anggaran"),
        Paragraph(summary(review)),
        *_quarter_tables(review),
        Heading("C. Kendala dan solusi"),
        TableBlock(tables.obstacles_table(review)),
        Heading("D. Tindak lanjut rapat sebelumnya"),
        TableBlock(tables.earlier_table(review)),
        Heading("E. Pembahasan"),
        *(said(meeting.minutes) or [Paragraph("Belum ditulis.")]),
        Heading("F. Tindak lanjut yang disepakati"),
        TableBlock(tables.agreed_table(review)),
        Heading("G. Kehadiran"),
        TableBlock(tables.attendance_table(attendees)),
        SignatureBlock((Signature("", meeting.secretary_role or "Notulis"), _chair(review))),
    ]
    return _paper(review, MINUTES, "Notulen", blocks, *([DRAFT] if is_draft else []))


def presence(attendees: list[Attendee]) -> str:
    """'9 hadir dari 12 yang diundang'; what was not recorded is not counted as absent."""
    present = [attendee for attendee in attendees if attendee.attendance == Attendance.PRESENT]
    if not present:
        return f"{len(attendees)} diundang, kehadiran belum dicatat"
    return f"{len(present)} hadir dari {len(attendees)} yang diundang"


def _chair(review: QuarterReview) -> Signature:
    """Whoever led signs: by name where it is the head and a name is recorded, else room is left for it."""
    meeting, office = _meeting(review), review.office
    if meeting.leader_role == office.agency.head_title:
        return head_signature(office, meeting.held_on)
    return Signature("", meeting.leader_role, place=office.agency.government.place, day=meeting.held_on)


BUILDERS: dict[str, Callable[[QuarterReview], Paper]] = {
    INVITATION: _invitation,
    ATTENDANCE: _attendance,
    MINUTES: _draft_minutes,
}
