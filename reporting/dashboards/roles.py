"""The page of a unit, and the way from one page of the office to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.urls import reverse

from budget.queries.completeness import QuarterCell, UnitRow
from budget.queries.quarter_curve import UnitCurve
from reporting.dashboards import attention, cells, heat, home
from reporting.dashboards.answers import OFFICIAL
from reporting.dashboards.office import OfficeQuarter
from reporting.figures import part, printed_result, why_not
from reporting.office_charts import short_rupiah
from sakip.models import Agency, Unit, User
from sakip.workflow import permissions, policies, roles

Context = dict[str, object]
# (key, name, slug) of each unit.
Units = Sequence[tuple[int, str, str]]


def units_of(seen: OfficeQuarter) -> Units:
    return [(row.unit.pk, row.unit.name, row.unit.slug) for row in seen.completeness]


def own_unit(user: User, agency: Agency, units: Units) -> str:
    """The slug of the unit that the user belongs to, else of the first one; empty where there is none."""
    own = roles.units_of(user, agency)
    slugs = [slug for pk, _, slug in units if pk in own] or [slug for *_, slug in units]
    return slugs[0] if slugs else ""


def switch(user: User, agency: Agency, year: int, here: str, units: Units) -> list[Context]:
    """Tabs to the pages of the office: everybody with a role in the agency reads them all, but for that of
    who keeps its accounts."""
    place = [agency.slug, year]
    tabs = [("dashboard", "Kantor", reverse("dashboard", args=place))]
    unit = own_unit(user, agency, units)
    if unit:
        tabs.append(("unit_home", "Unit kerja", reverse("unit_home", args=[*place, unit])))
    tabs.append(("planner_home", "Kelengkapan", reverse("planner_home", args=place)))
    if permissions.may_manage(user, agency):
        tabs.append(("admin_home", "Pengelolaan", reverse("admin_home", args=place)))
    return [{"label": label, "url": url, "active": name == here} for name, label, url in tabs]


# ---------------------------------------------------------------- a unit
def unit_page(seen: OfficeQuarter, unit: Unit, people: Mapping[int, str]) -> Context:
    """A unit's own state: what it reached and spent, its quarters, and what it is asked about."""
    found = [concern for concern in attention.concerns(seen, people) if concern.unit == unit]
    row = next((row for row in seen.completeness if row.unit == unit), None)
    curve = next((each for each in seen.office.curve.units if each.unit == unit), None)
    return {
        "answers": _unit_answers(seen, unit, found),
        "concerns": found,
        "quarters": _quarters(seen, row) if row else [],
        "heat": heat.row(seen, curve) if curve else None,
        "heat_note": heat.note(seen),
        "printed": seen.is_printed,
        "who": attention.responsible(unit, people),
        "agency": seen.office.agency,
        "year": seen.office.year,
    }


def _unit_answers(seen: OfficeQuarter, unit: Unit, found: Sequence[attention.Concern]) -> list[Context]:
    office, met = seen.office, seen.met(seen.quarter, unit)
    curve = next((each for each in office.curve.units if each.unit == unit), None)
    answers: list[Context] = [
        {
            "label": "Sesuai target?",
            "value": f"{met.met} dari {met.judged}",
            "unit": "indikator",
            "missing": "" if met.judged else f"Realisasi TW {seen.roman} belum ada.",
            "hint": f"Mencapai target rencana aksi s.d. TW {seen.roman}",
            "link": home.link(office, cells.key(unit, seen.quarter, cells.ATTAINED)) if curve else "",
        }
    ]
    if curve is not None:
        answers.append(_unit_money(seen, curve))
    kinds = Counter(concern.kind.lower() for concern in found)
    answers.append(
        {
            "label": "Perlu perhatian",
            "value": str(len(found)) if found else "Tidak ada",
            "unit": "hal" if found else "",
            "hint": ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(3)),
            "link": "#perhatian",
        }
    )
    return answers


def _unit_money(seen: OfficeQuarter, curve: UnitCurve) -> Context:
    """By the official realisation where the year has one, as on the page of the office."""
    office, unit, point = seen.office, curve.unit, curve.points[seen.quarter - 1]
    found, spent, key = (
        point.absorption,
        point.cumulated_rp,
        cells.key(unit, seen.quarter, cells.ABSORPTION),
    )
    pace, told = seen.unit_pace(unit, point), ""
    if pace.reason is None:
        told = f", {printed_result(pace, office.policy)} dari rencana kas"
    if seen.official:
        own = next(row.sum for row in office.budget.units if row.unit == unit)
        found, spent, key = own.absorption, own.realised_rp, f"budget.units.{part(unit.slug)}.absorption"
        told = f". {OFFICIAL}"
    return {
        "label": "Uang bergerak?",
        "value": printed_result(found, office.policy, ""),
        "unit": "% terserap",
        "missing": why_not(found),
        "provisional": found.provisional,
        "progress": found.value,
        "hint": "" if spent is None else f"{short_rupiah(spent)} terpakai{told}",
        "link": home.link(office, key),
    }


def entry_place(seen: OfficeQuarter, unit: Unit) -> tuple[str, str]:
    """The quarter that takes entries today: its address and numeral; empty where none does."""
    found = [
        cell.unit_quarter
        for row in seen.completeness
        if row.unit == unit
        for cell in row.quarters
        if cell is not None and policies.may_enter(cell.unit_quarter, seen.on)
    ]
    if not found:
        return "", ""
    place = [seen.office.agency.slug, seen.office.year, unit.slug, found[0].quarter]
    return reverse("entry", args=place), found[0].roman


def _quarters(seen: OfficeQuarter, row: UnitRow) -> list[Context]:
    return [quarter_cell(seen, cell) for cell in row.quarters if cell is not None]


def quarter_cell(seen: OfficeQuarter, cell: QuarterCell) -> Context:
    """How far a unit's quarter is, part by part, and until when it can be filled in."""
    found = cell.unit_quarter
    place = [seen.office.agency.slug, found.year, found.unit.slug, found.quarter]
    standing = policies.standing(found, seen.on)
    return {
        "name": f"Triwulan {found.roman}",
        "url": reverse("entry", args=place),
        "state": found.state,
        "lines": cell.lines,
        "indicators": cell.indicators,
        "evidence": cell.evidence,
        "closes": standing.closes if standing.is_open else None,
        "days_left": standing.days_left,
    }
