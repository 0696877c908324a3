"""Which agencies need a call, about what, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from reporting.city.lines import Line
from sakip import indonesian
from sakip.models import Agency, Role

# So many overdue quarters are named.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One reason to call: `who` answers for it, `url` is where it is seen."""

    kind: str
    tone: str
    icon: str
    text: str
    who: str
    url: str


@dataclass(frozen=True, slots=True)
class Contact:
    agency: Agency
    points: tuple[Point, ...]


def contacts(lines: Iterable[Line], year: int) -> list[Contact]:
    """The most pressing first: a report past its day, a year never opened, then whoever has the most quarters
    not handed in, reviews left lying, and grave concerns."""
    found = [(line, tuple(_points(line, year))) for line in lines if not line.is_pending]
    found.sort(key=lambda pair: (_weight(pair[0]), pair[0].agency.name))
    return [Contact(line.agency, points) for line, points in found if points]


def _weight(line: Line) -> tuple[int, ...]:
    if line.report is None or line.summary is None:
        return (0, -1, 0, 0, 0)
    summary = line.summary
    reviews = summary.unverified + summary.unapproved
    return (-int(bool(line.report.overdue)), 0, -len(summary.overdue), -reviews, -summary.urgent)


def _points(line: Line, year: int) -> Iterator[Point]:
    place = [line.agency.slug, year]
    head = line.people.who(Role.HEAD, line.agency.head_title)
    planner = line.people.who(Role.PLANNER)
    if line.report is None:
        text = f"Tahun {year} belum dibuka, atau belum ada kebijakan penilaiannya."
        admin = line.people.who(Role.ADMIN)
        yield Point(
            "Belum ada data", "warning", "circle-dashed", text, admin, reverse("dashboard", args=place)
        )
        return
    report, summary = line.report, line.summary
    if report.overdue and report.deadline.due is not None:
        due = indonesian.date_long(report.deadline.due)
        text = f"Belum terbit. Batas {due}, terlambat {report.overdue} hari."
        yield Point("LKjIP terlambat", "danger", "file-text", text, planner, reverse("editions", args=place))
    if summary is None:
        return
    entries = reverse("entry_overview", args=place)
    if summary.overdue:
        yield Point("Isian tertinggal", "warning", "pencil", _overdue(summary.overdue), planner, entries)
    for count, step, who in (
        (summary.unverified, "verifikasi", planner),
        (summary.unapproved, "pengesahan", head),
    ):
        if count:
            text = f"{count} triwulan unit menunggu {step} melewati batas pemeriksaan."
            yield Point("Pemeriksaan terlambat", "warning", "clock", text, who, entries)
    # A late report is among the grave concerns of the home page, and was named above.
    if urgent := summary.urgent - bool(report.overdue):
        text = f"{urgent} dari {summary.concerns} hal yang perlu perhatian pada berandanya."
        url = f"{reverse('dashboard', args=place)}#perhatian"
        yield Point("Hal mendesak", "danger", "alert-triangle", text, head, url)


def _overdue(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED
    listed = ", ".join(names[:NAMED]) + (f", dan {more} lainnya" if more > 0 else "")
    return f"{len(names)} triwulan unit lewat batas dan belum diajukan: {listed}."
