"""Units against quarters: money and targets, each cell a number, a code and a shade."""

from __future__ import annotations

from django.urls import reverse

from budget.queries.quarter_curve import UnitCurve
from reporting.dashboards import cells, home
from reporting.dashboards.office import OfficeQuarter
from reporting.dashboards.tones import tone_of
from reporting.figures import printed_result
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import Result

Context = dict[str, object]


def rows(seen: OfficeQuarter) -> list[Context]:
    """A row a unit: absorption shaded by the cash plan so far, and the share of targets met, up to the
    quarter shown."""
    return [row(seen, each) for each in seen.office.curve.units]


def note(seen: OfficeQuarter) -> str:
    """Whose money the cells tell where the year has official figures besides; else nothing."""
    total = seen.office.budget.total
    if total.realised_rp is None or total.provisional:
        return ""
    source = seen.office.curve.source.label
    return f"Serapan per triwulan: {source}; setahun, realisasi resmi (LRA) yang berlaku."


def row(seen: OfficeQuarter, each: UnitCurve) -> Context:
    return {
        "name": each.unit.name,
        "url": reverse("unit_home", args=[seen.office.agency.slug, seen.office.year, each.unit.slug]),
        "money": [_money(seen, each, quarter) for quarter in QUARTERS],
        "targets": [_targets(seen, each, quarter) for quarter in QUARTERS],
    }


def _money(seen: OfficeQuarter, each: UnitCurve, quarter: int) -> Context:
    if quarter > seen.quarter:
        return {}
    point = each.points[quarter - 1]
    shade = _shade(seen, seen.unit_pace(each.unit, point))
    return shade | {
        "text": _text(seen, point.absorption),
        "url": _url(seen, each, quarter, cells.ABSORPTION),
    }


def _targets(seen: OfficeQuarter, each: UnitCurve, quarter: int) -> Context:
    if quarter > seen.quarter:
        return {}
    met = seen.met(quarter, each.unit)
    text = f"{met.met}/{met.judged}" if met.judged else ""
    return _shade(seen, met.share) | {"text": text, "url": _url(seen, each, quarter, cells.ATTAINED)}


def _text(seen: OfficeQuarter, found: Result) -> str:
    return "" if found.value is None else printed_result(found, seen.office.policy, "")


def _shade(seen: OfficeQuarter, found: Result) -> Context:
    scale, value = seen.office.policy.realisation_scale, found.value
    if value is None or not scale.contains(value):
        return {"tone": "neutral", "code": ""}
    band = scale.band_for(value)
    return {"tone": tone_of(band, scale), "code": band.label, "word": band.name}


def _url(seen: OfficeQuarter, each: UnitCurve, quarter: int, what: str) -> str:
    return home.link(seen.office, cells.key(each.unit, quarter, what))
