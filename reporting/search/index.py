"""The index of an office's year, kept for everybody who may read it as long as nothing has changed; and what
only its reader finds: the pages open to them, their guides, and the way to their other agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from budget.models import QuarterlyRealisation
from reporting.fingerprint import data_fingerprint
from reporting.guide.texts import SLUGS, all_guides, guide_of, labels_of
from reporting.search.sources import records_of
from reporting.year import OfficeYear
from sakip.models import Agency, AgreedAction, CriterionAnswer, Meeting, User
from sakip.queries.navigation import Link
from sakip.queries.search import Entry, Kind, Record, prepare
from sakip.queries.searchable import Places
from sakip.views.place import Place
from sakip.workflow import permissions
from sakip.workflow.roles import roles_of

# What can be found and no report shows.
ALSO: dict[type[Model], str] = {
    Meeting: "agency",
    AgreedAction: "meeting__agency",
    CriterionAnswer: "agency",
    CriterionAnswer.evidence.through: "criterionanswer__agency",
    AgreedAction.evidence.through: "agreedaction__meeting__agency",
    QuarterlyRealisation.evidence.through: "quarterlyrealisation__line__unit__agency",
}
# While many save, the index is not made anew for every key that somebody presses.
FRESH = timedelta(seconds=15)
KEPT_FOR = 24 * 3600
# Which pages there are beside the rooms: (address name, needs the agency's year, title).
PAGES = (
    ("planner_home", True, "Kelengkapan isian"),
    ("agreements", True, "Perjanjian Kinerja"),
    ("action_plans", True, "Rencana aksi"),
    ("editions", True, "Edisi laporan"),
    ("downloads", True, "Unduhan saya"),
    ("guides", False, "Panduan"),
    ("account", False, "Akun saya"),
    ("notifications", False, "Pemberitahuan"),
    ("password_change", False, "Ganti kata sandi"),
)
# What a page is about, by its title: shown beneath it, and searched.
ABOUT = {
    "Beranda": "Keadaan kinerja dan anggaran",
    "Realisasi": "Isian triwulan setiap unit",
    "Tugas": "Yang menunggu Anda",
    "Rencana aksi": "Target setiap triwulan, unit demi unit",
    "Rapat": "Rapat evaluasi triwulan dan tindak lanjutnya",
    "LKjIP": "Laporan kinerja tahun ini, dibaca dan diunduh",
    "Evaluasi AKIP": "Lembar kerja evaluasi (LKE) dan buktinya",
    "Rekonsiliasi": "Realisasi resmi dan isian per baris anggaran",
    "Asal angka": "Setiap angka dengan cara menghitungnya",
    "Riwayat": "Siapa mengubah apa dan kapan",
    "Jadwal": "Kapan triwulan diisi dan diperiksa, perpanjangan",
    "Kelengkapan isian": "Unit dan triwulan yang belum lengkap",
    "Perjanjian Kinerja": "Target dan anggaran tahun ini, dan perubahannya",
    "Edisi laporan": "LKjIP yang telah terbit",
    "Unduhan saya": "Berkas laporan yang Anda minta",
    "Panduan": "Langkah demi langkah untuk setiap peran",
    "Akun saya": "Kata sandi, kode autentikator, dan sesi",
    "Pemberitahuan": "Surel yang dikirim kepada Anda",
}


class Kept(NamedTuple):
    """An index, when it was made, and of which data."""

    made: datetime
    data: str
    entries: tuple[Entry, ...]


def kept_index(agency: Agency, year: int) -> Sequence[Entry]:
    """What was found ready less than FRESH seconds ago, else what was made of the same data; nothing of a
    person is in it. No query or one where it is there."""
    now = timezone.now()
    key = f"cari:{agency.pk}:{year}:{timezone.localdate(now)}"
    kept: Kept | None = cache.get(key)
    if kept is not None and now - kept.made < FRESH:
        return kept.entries
    data = data_fingerprint(agency, year, ALSO)
    if kept is not None and kept.data == data:
        return kept.entries
    places = Places(agency, year, timezone.localdate(now))
    entries = prepare(records_of(OfficeYear(agency, year), places))
    cache.set(key, Kept(now, data, entries), KEPT_FOR)
    return entries


def own_entries(user: User, place: Place, rooms: Sequence[Link]) -> tuple[Entry, ...]:
    """What depends on who searches. One query for somebody with several agencies, none for others."""
    return prepare((*page_records(place, rooms), *_agencies(user, place.agency))) + _guides(_own(user))


def page_records(place: Place, rooms: Sequence[Link]) -> Iterator[Record]:
    """The rooms that the user may enter, the pages behind them, and the other years."""
    for room in rooms:
        yield Record(Kind.PAGE, room.label, room.url, ABOUT.get(room.label, ""))
    for name, is_yearly, title in PAGES:
        address = reverse(name, args=[place.agency.slug, place.year] if is_yearly else [])
        yield Record(Kind.PAGE, title, address, ABOUT.get(title, ""))
    for row in reversed(place.years):
        address = reverse("dashboard", args=[place.agency.slug, row.year])
        yield Record(Kind.PAGE, f"Tahun {row.year}", address, "Keadaan kinerja dan anggaran")


def _agencies(user: User, here: Agency) -> Iterator[Record]:
    if {role.agency for role in roles_of(user)} == {here.pk} and not user.is_superuser:
        return
    for agency in permissions.agencies_of(user).order_by("name"):
        if agency != here:
            yield Record(
                Kind.AGENCY, agency.name, reverse("agency", args=[agency.slug]), agency.government.name
            )


def _own(user: User) -> tuple[str, ...]:
    held = {role.role for role in roles_of(user)}
    return tuple(slug for role, slug in SLUGS.items() if role in held)


@lru_cache(maxsize=32)
def _guides(own: tuple[str, ...]) -> tuple[Entry, ...]:
    """The tasks of the reader's guides; of the others those that none of them has."""
    guides = [guide_of(slug) for slug in own]
    guides += [guide for guide in all_guides() if guide not in guides]
    found: dict[str, Record] = {}
    for guide in guides:
        address, labels = reverse("guide", args=[guide.slug]), labels_of(guide)
        for task in guide.tasks:
            found.setdefault(
                task.anchor,
                Record(
                    Kind.GUIDE,
                    task.title,
                    f"{address}#{task.anchor}",
                    guide.title,
                    words=" ".join(labels[task.anchor]),
                ),
            )
    return prepare(found.values())
