"""What the home page shows of an office's year, ready for its components. Figures come computed; here they
are only named, printed and linked to where they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse

from budget.queries.completeness import QuarterCell, UnitRow
from reporting import office_charts
from reporting.charts import PHONE_WIDTH
from reporting.dashboards.tones import tone_of
from reporting.figures import part, printed_measured, printed_result, why_not
from reporting.lke.places import unfolded
from reporting.office_charts import Drawing
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import FollowUpStatus, Unit
from sakip.queries.performance import IndicatorYear
from sakip.scoring.quarters import ROMAN
from sakip.scoring.result import Result
from sakip.scoring.values import MISSING, Measured
from sakip.workflow import policies

OPEN_STATUSES = (FollowUpStatus.IN_PROGRESS, FollowUpStatus.NOT_STARTED)

Context = dict[str, object]
# Every question that the table asks of a cell answered: what a dictionary lacks, a template looks for in four
# places before it gives up, eight times a cell.
PLAIN: Context = dict.fromkeys(
    ("header", "kind", "colspan", "rowspan", "value_kind", "state", "predicate", "url", "note"), ""
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit's quarter that takes entries and is not complete; `url` is where they are made."""

    unit: Unit
    cell: QuarterCell
    standing: policies.Standing
    url: str


def link(year: OfficeYear, key: str) -> str:
    """Where the figure with this key explains itself."""
    return _figure_url(year.agency.slug, year.year, key)


@lru_cache(maxsize=4096)
def _figure_url(agency: str, year: int, key: str) -> str:
    """A page has a hundred of them, the same ones each time it is made."""
    return reverse("figure", args=[agency, year, key])


def stats(year: OfficeYear) -> list[Context]:
    """The office's state in six figures."""
    nko, total, efficiency = year.nko, year.budget.total, year.efficiency.overall.efficiency
    akip = year.latest_akip
    predicate = nko.predicate
    shown = [
        _stat(year, "Nilai kinerja organisasi (NKO)", nko.nko, "nko.score")
        | {
            "badge_label": predicate.label if predicate else "",
            "badge_tone": tone_of(predicate, year.policy.nko_scale),
            "hint": _akip_hint(year),
        },
        _stat(year, "Capaian indikator kinerja", year.mean_achievement, "iku.mean_achievement")
        | {"hint": f"{len(year.indicators)} indikator perjanjian kinerja"},
        _stat(year, "Serapan anggaran", total.absorption, "budget.absorption")
        | {
            "hint": f"{_rupiah(total.realised_rp)} dari {_rupiah(total.ceiling_rp)}",
            "progress": total.absorption.value,
        },
        _stat(year, "Realisasi fisik", total.physical, "budget.physical")
        | {"hint": "Tertimbang menurut pagu", "progress": total.physical.value},
        _stat(year, "Efisiensi", efficiency.result, "efficiency.value", efficiency.definition.unit)
        | {"hint": f"{efficiency.definition.formula}: {efficiency.verdict or 'belum dapat disimpulkan'}"},
    ]
    if akip is not None:
        shown.append(
            {
                "label": f"Nilai AKIP {akip.year}",
                "value": indonesian.number(akip.score),
                "link": link(year, "akip.score"),
                "badge_label": f"{akip.predicate.label} · {akip.predicate.name}",
                "badge_tone": tone_of(akip.predicate, year.policy.akip_scale),
                "hint": f"{akip.trend.word.capitalize()} dari tahun sebelumnya" if akip.trend.word else "",
            }
        )
    return shown


def _stat(year: OfficeYear, label: str, found: Result, key: str, unit: str = "%") -> Context:
    return {
        "label": label,
        "value": printed_result(found, year.policy, ""),
        "unit": unit,
        "missing": why_not(found),
        "provisional": found.provisional,
        "link": link(year, key),
    }


def _akip_hint(year: OfficeYear) -> str:
    """How far the AKIP predicate corrects the achievements, or why there is no score."""
    if year.nko.correction is None:
        return ""
    label = year.nko.akip.label if year.nko.akip else ""
    return f"Koreksi predikat AKIP {label}: {indonesian.plain(year.nko.correction)}%"


def _rupiah(amount) -> str:
    return "belum ada" if amount is None else office_charts.short_rupiah(amount)


# ---------------------------------------------------------------- indicators
INDICATOR_COLUMNS = (
    {"label": "Indikator", "kind": "text"},
    {"label": "Target", "kind": "number"},
    {"label": "Realisasi", "kind": "number"},
    {"label": "Tahun lalu", "kind": "number"},
    {"label": "Capaian", "kind": "number"},
    {"label": "Kategori", "kind": "text"},
)


def indicator_table(year: OfficeYear) -> Context:
    """Each cell carries its heading: on a phone a row is a card."""
    return {
        "id": "indikator",
        "caption": "Indikator perjanjian kinerja",
        "columns": INDICATOR_COLUMNS,
        "rows": [
            {
                "cells": [
                    cell | {"label": column["label"]}
                    for column, cell in zip(INDICATOR_COLUMNS, _indicator_cells(year, row), strict=True)
                ]
            }
            for row in year.indicators
        ],
    }


def _indicator_cells(year: OfficeYear, row: IndicatorYear) -> list[Context]:
    base = f"iku.{part(row.key)}"
    category = PLAIN | {"text": "–", "kind": "text"}
    if row.category is not None and row.scale is not None:
        category |= {
            "text": row.category.name,
            "predicate": row.category.label,
            "tone": tone_of(row.category, row.scale),
            "full": True,
        }
    provisional = "Sementara" if row.achievement.provisional else ""
    return [
        _name_cell(row.name, row.outcome_text),
        _measured_cell(year, f"{base}.target", row.target, row.decimals),
        _measured_cell(year, f"{base}.realised", row.realised, row.decimals),
        _before(row),
        _figure_cell(year, f"{base}.achievement", printed_result(row.achievement, year.policy), provisional),
        category,
    ]


def _before(row: IndicatorYear) -> Context:
    before = row.previous.realised if row.previous else MISSING
    return PLAIN | {"text": printed_measured(before, row.decimals), "kind": "number"}


def _measured_cell(year: OfficeYear, key: str, value: Measured, places: int) -> Context:
    return _figure_cell(year, key, printed_measured(value, places))


def _figure_cell(year: OfficeYear, key: str, text: str, note: str = "") -> Context:
    return PLAIN | {"text": text, "kind": "number", "url": link(year, key), "note": note}


def _name_cell(text: str, note: str = "") -> Context:
    return PLAIN | {"text": text, "kind": "text", "header": True, "note": note}


# ---------------------------------------------------------------- money
def unit_table(year: OfficeYear) -> Context:
    """What stands behind the chart of the units."""
    budget = year.budget
    rows = [(f"budget.units.{part(u.unit.slug)}", u.unit.name, u.sum) for u in budget.units]
    return {
        "id": "serapan-unit",
        "caption": "Serapan anggaran per unit kerja",
        "columns": [
            {"label": "Unit kerja", "kind": "text"},
            {"label": "Pagu", "kind": "number", "unit": "Rp"},
            {"label": "Realisasi", "kind": "number", "unit": "Rp"},
            {"label": "Serapan", "kind": "number"},
            {"label": "Fisik", "kind": "number"},
        ],
        "rows": [{"cells": _sum_cells(year, key, name, found)} for key, name, found in rows],
        "footer_rows": [{"cells": _sum_cells(year, "budget", "Jumlah", budget.total)}],
    }


def _sum_cells(year: OfficeYear, key: str, name: str, found) -> list[Context]:
    provisional = "Sementara" if found.provisional else ""
    return [
        _name_cell(name),
        _figure_cell(year, f"{key}.ceiling", _amount(found.ceiling_rp)),
        _figure_cell(year, f"{key}.realised", _amount(found.realised_rp)),
        _figure_cell(year, f"{key}.absorption", printed_result(found.absorption, year.policy), provisional),
        _figure_cell(year, f"{key}.physical", printed_result(found.physical, year.policy)),
    ]


def _amount(amount: Decimal | None) -> str:
    return "belum ada" if amount is None else indonesian.number(amount, 0)


def quarter_table(year: OfficeYear) -> Context:
    """What stands behind the chart of the quarters."""
    return {
        "id": "serapan-triwulan",
        "caption": "Realisasi dan serapan per triwulan",
        "columns": [
            {"label": "Triwulan", "kind": "text"},
            {"label": "Realisasi", "kind": "number", "unit": "Rp"},
            {"label": "Kumulatif", "kind": "number", "unit": "Rp"},
            {"label": "Serapan", "kind": "number"},
        ],
        "rows": [
            {
                "cells": [
                    _name_cell(f"Triwulan {ROMAN[point.quarter - 1]}"),
                    _measured_cell(year, f"quarters.q{point.quarter}.spent", point.spent, 0),
                    _measured_cell(year, f"quarters.q{point.quarter}.cumulated", point.cumulated, 0),
                    _figure_cell(
                        year,
                        f"quarters.q{point.quarter}.absorption",
                        printed_result(point.absorption, year.policy),
                        "Sementara" if point.absorption.provisional else "",
                    ),
                ]
            }
            for point in year.curve.points
        ],
        "note": f"Sumber: {year.curve.source.label}.",
    }


def drawn(year: OfficeYear, draw: Callable[..., Drawing | None], table: Context | None = None) -> Context:
    """A chart for `figure.html`, drawn for a phone and enlarged on a desk; empty where there is nothing to
    draw."""
    drawing = draw(year, PHONE_WIDTH)
    if drawing is None:
        return {}
    return {"svg": drawing.svg, "caption": drawing.title, "note": drawing.note, "table": table}


# ---------------------------------------------------------------- what is missing
def waiting(year: OfficeYear, rows: list[UnitRow], on: date) -> list[Waiting]:
    """Every unit's quarter that takes entries today and lacks some, in the order of units and quarters."""
    found = []
    for row in rows:
        for cell in row.quarters:
            if cell is None or not cell.missing:
                continue
            standing = policies.standing(cell.unit_quarter, on)
            if standing.is_open:
                place = [year.agency.slug, year.year, row.unit.slug, cell.unit_quarter.quarter]
                found.append(Waiting(row.unit, cell, standing, reverse("entry", args=place)))
    return found


def open_recommendations(year: OfficeYear) -> list[Context]:
    """Recommendations that somebody still has to follow up, with the place of the worksheet that they come
    from."""
    evaluated = year.recommendations.year
    return [
        {
            "item": item,
            "url": unfolded(year.agency.slug, evaluated, item.sub_component)
            if evaluated and item.sub_component
            else "",
        }
        for item in year.recommendations.items
        if item.status in OPEN_STATUSES
    ]
