"""The demo's worksheet: some answers of the office and two judgements, all of them marked as sample data."""

from datetime import date, datetime, time

from django.utils import timezone

from sakip.actions.evidence import Piece
from sakip.actions.lke import answer_criterion, judge
from sakip.models import Agency, EvidenceKind, User
from sakip.queries.lke import worksheet

ANSWERED_ON, JUDGED_ON = date(2026, 11, 9), date(2026, 11, 16)
# By criterion: what the office says, and the name of its proof (none yet where it is empty).
ANSWERS: dict[str, tuple[str, str]] = {
    "1.a.2": ("RPJPD Kota menjadi rujukan tujuan jangka panjang dalam Renstra.", "Kutipan RPJPD"),
    "1.b.2": ("Renstra, RKT, dan PK diunggah ke laman kecamatan pada Februari.", "Tautan publikasi"),
    "1.b.11": ("SKP tahunan seluruh pegawai telah ditetapkan; berkasnya sedang dikumpulkan.", ""),
    "1.c.7": ("Setiap lurah dan kepala seksi menandatangani pernyataan komitmen.", "Pernyataan komitmen"),
    "2.a.1": ("SOP pengumpulan data kinerja berlaku sejak Januari.", "SOP pengumpulan data kinerja"),
    "3.a.2": ("Laporan kinerja disusun tiap triwulan dan dibahas dalam rapat.", "Laporan triwulan I-III"),
    "4.b.2": ("Tim evaluasi internal ditetapkan dengan surat tugas.", "Surat tugas tim evaluasi"),
}
JUDGEMENTS: dict[str, tuple[str, str, str]] = {
    "2.a": (
        "B",
        "SOP dan jadwal pengumpulan data tersedia; definisi operasional sebagian besar indikator belum ada.",
        "Melengkapi rumus dan sumber data seluruh indikator kegiatan dan sub kegiatan.",
    ),
    "4.b": ("CC", "Tim dan aplikasinya ada; kertas kerja evaluasi belum dilampirkan.", ""),
}


def fill_worksheet(agency: Agency, year: int, planner: User, evaluator: User) -> None:
    """Part of the worksheet, as it stands in the middle of an evaluation."""
    subs = worksheet(agency, year)
    for found in (row for sub in subs for row in sub.criteria if row.code in ANSWERS):
        statement, proof = ANSWERS[found.code]
        address = f"https://contoh.invalid/lke/{found.code}"
        piece = Piece(link=address, name=f"{proof} (data contoh)", kind=EvidenceKind.LINK)
        answer_criterion(
            agency=agency,
            year=year,
            criterion=found.criterion,
            statement=f"Data contoh: {statement}",
            pieces=[piece] if proof else [],
            version=0,
            by=planner,
            at=_at(ANSWERED_ON),
        )
    for sub in (sub for sub in subs if sub.code in JUDGEMENTS):
        answer, note, recommendation = JUDGEMENTS[sub.code]
        judge(
            agency=agency,
            year=year,
            sub_component=sub.sub_component,
            answer=answer,
            note=f"Data contoh: {note}",
            recommendation=recommendation,
            version=0,
            by=evaluator,
            at=_at(JUDGED_ON),
        )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
