"""Perlu perhatian: what the head of an office should ask about, why, whom, and where the row is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from budget.standing import Question
from reporting.dashboards.office import Asked, OfficeQuarter
from reporting.dashboards.tones import tone_of
from reporting.figures import part, printed_measured, printed_result
from reporting.office_charts import short_rupiah
from sakip import indonesian
from sakip.models import Role, RowState, Unit
from sakip.queries.meetings import head_of
from sakip.queries.quarter_performance import QuarterIndicator
from sakip.scoring.result import Result
from sakip.scoring.scales import Scale
from sakip.workflow import policies

# Tones of the realisation scale that count as red.
RED = frozenset({"orange", "danger"})
GRAVITY = ("danger", "warning")
OPEN = frozenset({RowState.DRAFT, RowState.RETURNED})


@dataclass(frozen=True, slots=True)
class Concern:
    """One line of the list; `kind` is a word with its `tone` and `icon`, `who` a name or a role."""

    kind: str
    tone: str
    icon: str
    title: str
    reason: str
    unit: Unit | None
    who: str
    url: str

    @property
    def place(self) -> str:
        """The unit, where `who` does not name it already: *Lurah Bukuan* says *Kelurahan Bukuan*."""
        if self.unit is None:
            return ""
        own_name = self.unit.name.partition(" ")[2] or self.unit.name
        return "" if own_name in self.who else self.unit.name


def concerns(seen: OfficeQuarter, people: Mapping[int, str]) -> list[Concern]:
    """The most urgent first: late reports, red indicators of the agreement, money without output, overdue
    follow-ups, other red indicators, low absorption, chronic obstacles, missing entries, output without
    money."""
    red = list(_red(seen))
    agreed = {row.indicator.pk for row in seen.office.indicators}
    groups = (
        list(_late_reports(seen)),
        [_indicator(seen, found, people) for found in red if found.indicator.pk in agreed],
        list(_agreed(seen)),
        list(_lines(seen, Question.MONEY_ONLY, people)),
        list(_overdue(seen, people)),
        [_indicator(seen, found, people) for found in red if found.indicator.pk not in agreed],
        list(_lines(seen, Question.LOW, people)),
        list(_chronic(seen, people)),
        list(_missing(seen, people)),
        list(_lines(seen, Question.OUTPUT_ONLY, people)),
    )
    return [concern for group in groups for concern in group]


def most_concerning(found: list[Concern]) -> list[tuple[Unit, list[Concern]]]:
    """Units by how much there is to ask them, grave things first; the first one needs a call.
    Entries that can still be made in time are nothing to call about."""
    by_unit: dict[Unit, list[Concern]] = defaultdict(list)
    for concern in found:
        if concern.unit is not None and concern.tone in GRAVITY:
            by_unit[concern.unit].append(concern)
    return sorted(by_unit.items(), key=_gravity)


def _gravity(item: tuple[Unit, list[Concern]]) -> tuple[object, ...]:
    unit, own = item
    count = Counter(concern.tone for concern in own)
    return (*(-count[tone] for tone in GRAVITY), unit.sort_order, unit.name)


def responsible(unit: Unit | None, people: Mapping[int, str], fallback: str = "") -> str:
    """The person who answers for a unit, else the title."""
    if unit is None:
        return fallback
    return people.get(unit.pk) or head_of(unit)


def _entry(seen: OfficeQuarter, unit: Unit, anchor: str = "") -> str:
    office = seen.office
    place = reverse("entry", args=[office.agency.slug, office.year, unit.slug, seen.quarter])
    return f"{place}#{anchor}" if anchor else place


def _red(seen: OfficeQuarter) -> Iterator[QuarterIndicator]:
    """Worst first."""
    scale = seen.office.policy.realisation_scale
    measured = seen.measured(seen.quarter)
    known = [found for found in measured if found.achievement.value is not None]
    for found in sorted(known, key=lambda found: found.achievement.value or 0):
        if _is_red(found.achievement, scale):
            yield found


def _is_red(found: Result, scale: Scale) -> bool:
    value = found.value
    return value is not None and scale.contains(value) and tone_of(scale.band_for(value), scale) in RED


def _agreed(seen: OfficeQuarter) -> Iterator[Concern]:
    """Red indicators of the agreement by the year, where none can be judged by the quarter."""
    office = seen.office
    if seen.met(seen.quarter).judged:
        return
    for row in office.indicators:
        if _is_red(row.achievement, office.policy.realisation_scale):
            achieved = printed_result(row.achievement, office.policy)
            realised, target = (printed_measured(value, row.decimals) for value in (row.realised, row.target))
            numbers = f"{realised} dari target {target}"
            place = [office.agency.slug, office.year, f"iku.{part(row.key)}.achievement"]
            yield Concern(
                "Capaian rendah",
                "danger",
                "target-arrow",
                row.name,
                f"Capaian {achieved} setahun: {numbers}.",
                None,
                office.agency.head_title,
                reverse("figure", args=place),
            )


def _indicator(seen: OfficeQuarter, found: QuarterIndicator, people: Mapping[int, str]) -> Concern:
    places, office = found.version.decimals, seen.office
    reason = (
        f"Capaian {printed_result(found.achievement, office.policy)} s.d. TW {seen.roman}: "
        f"{printed_measured(found.realised, places)} dari target {printed_measured(found.target, places)}."
    )
    agreed = {row.indicator.pk: row.key for row in office.indicators}
    if found.indicator.pk in agreed:
        key = f"iku.{part(agreed[found.indicator.pk])}.achievement"
        url = reverse("figure", args=[office.agency.slug, office.year, key])
    else:
        url = _entry(seen, found.unit, f"m{found.indicator.pk}-capaian") if found.unit else ""
    who = responsible(found.unit, people, office.agency.head_title)
    return Concern(
        "Capaian rendah", "danger", "target-arrow", found.version.name, reason, found.unit, who, url
    )


_KINDS = {
    Question.LOW: ("Serapan rendah", "warning", "wallet"),
    Question.MONEY_ONLY: ("Uang tanpa keluaran", "danger", "coins"),
    Question.OUTPUT_ONLY: ("Keluaran tanpa uang", "info", "checklist"),
}


def _lines(seen: OfficeQuarter, question: Question, people: Mapping[int, str]) -> Iterator[Concern]:
    kind, tone, icon = _KINDS[question]
    for asked in seen.asked:
        if question in asked.questions:
            unit = asked.line.unit
            url = _entry(seen, unit, f"l{asked.line.line.pk}-serapan")
            name = asked.line.sub_activity.name
            yield Concern(
                kind, tone, icon, name, _why(seen, asked, question), unit, responsible(unit, people), url
            )


def _why(seen: OfficeQuarter, asked: Asked, question: Question) -> str:
    spent = short_rupiah(asked.spent) if asked.spent is not None else "belum ada"
    if question is Question.MONEY_ONLY:
        return f"{spent} terpakai s.d. TW {seen.roman}, realisasi fisik masih 0."
    if question is Question.OUTPUT_ONLY:
        return f"Realisasi fisik sudah ada s.d. TW {seen.roman}, tetapi belum ada uang yang terpakai."
    planned = short_rupiah(asked.planned) if asked.planned is not None else "belum ada"
    limit = f"{indonesian.plain(seen.office.policy.low_absorption)}%"
    return f"Terpakai {spent}, kurang dari {limit} rencana s.d. TW {seen.roman} ({planned})."


def _late_reports(seen: OfficeQuarter) -> Iterator[Concern]:
    for found in seen.reports:
        late = found.days_late(seen.on)
        if late and found.due is not None:
            reason = (
                f"Batas penyampaian {indonesian.date_long(found.due)}, terlambat {late} hari; "
                "belum ada edisi yang terbit."
            )
            who = f"{Role.PLANNER.label} dan {seen.office.agency.head_title}"
            url = reverse("editions", args=[seen.office.agency.slug, found.year])
            yield Concern(
                "Laporan terlambat", "danger", "clock", f"LKjIP {found.year}", reason, None, who, url
            )


def _chronic(seen: OfficeQuarter, people: Mapping[int, str]) -> Iterator[Concern]:
    for found in seen.chronic:
        reason = f"Kendala {len(found.quarters)} triwulan berturut-turut: {found.text}"
        who = responsible(found.unit, people)
        yield Concern(
            "Kendala kronis",
            "warning",
            "history",
            found.name,
            reason,
            found.unit,
            who,
            _entry(seen, found.unit),
        )


def _overdue(seen: OfficeQuarter, people: Mapping[int, str]) -> Iterator[Concern]:
    for line in seen.overdue:
        action = line.action
        reason = f"Batas {indonesian.date_long(action.due_on)}, terlambat {line.days_late} hari."
        who = responsible(action.unit, people)
        url = reverse("meeting", args=[seen.office.agency.slug, action.meeting.year, action.meeting.quarter])
        yield Concern(
            "Tindak lanjut terlambat", "danger", "clock", action.text, reason, action.unit, who, url
        )


def _missing(seen: OfficeQuarter, people: Mapping[int, str]) -> Iterator[Concern]:
    """Quarters up to the one shown, and those that take entries today, that are not complete or were given
    back."""
    for row in seen.completeness:
        for cell in row.quarters:
            if cell is None:
                continue
            found = cell.unit_quarter
            returned = found.state == RowState.RETURNED
            if not cell.missing and not returned:
                continue
            standing = policies.standing(found, seen.on)
            if not standing.is_open and not (found.quarter <= seen.quarter and found.state in OPEN):
                continue
            reason = "Menunggu diperbaiki dan diajukan kembali."
            if cell.missing:
                reason = f"{cell.missing} dari {cell.expected} baris belum terisi."
            if standing.is_open and standing.closes is not None:
                reason += f" Pengisian sampai {indonesian.date_long(standing.closes)}."
            elif not standing.is_open:
                reason += f" {standing.reason}"
            place = [seen.office.agency.slug, seen.office.year, row.unit.slug, found.quarter]
            title = f"Isian {row.unit.name} TW {found.roman}"
            yield Concern(
                "Dikembalikan" if returned else "Belum terisi",
                "neutral" if standing.is_open else "warning",
                "arrow-back-up" if returned else "pencil",
                title,
                reason,
                row.unit,
                responsible(row.unit, people),
                reverse("entry", args=place),
            )
