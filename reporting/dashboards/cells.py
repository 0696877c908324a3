"""Where a cell of the heat map comes from: a unit at a quarter's end, its formula and rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from budget.queries.budget_year import entered_rp
from budget.queries.quarter_curve import UnitCurve
from budget.queries.unit_quarter import SpentRow, indicator_entries, spent_rows
from reporting.dashboards.office import OfficeQuarter
from reporting.figures import Figure, part, printed_measured, printed_result, result, working
from sakip import indonesian
from sakip.models import Unit
from sakip.queries.performance import LastEntry
from sakip.queries.quarter_performance import QuarterIndicator
from sakip.scoring.quarters import ROMAN
from sakip.scoring.values import MISSING, Measured
from sakip.templatetags.indonesian import tanggal

Context = dict[str, object]
TOPIC = "unit_quarters"
ABSORPTION, ATTAINED = "absorption", "attained"
NOT_JUDGED = "Belum ada indikator yang dapat dinilai: realisasi atau target rencana aksinya belum ada."
ATTAINMENT = {True: "ya", False: "belum", None: "belum dapat dinilai"}


def key(unit: Unit, quarter: int, what: str) -> str:
    """`unit_quarters.bukuan.q3.absorption`."""
    return f"{TOPIC}.{part(unit.slug)}.q{quarter}.{what}"


def cell_figures(seen: OfficeQuarter) -> dict[str, Figure]:
    """The figures of every cell, by key. Not among the figures of the report, which shows none of them."""
    found = (figure for each in seen.office.curve.units for figure in _figures(seen, each))
    return {figure.key: figure for figure in found}


def _figures(seen: OfficeQuarter, each: UnitCurve) -> Iterator[Figure]:
    for quarter in range(1, len(ROMAN) + 1):
        yield _absorption(seen, each, quarter)
        yield _attained(seen, each.unit, quarter)


def _absorption(seen: OfficeQuarter, each: UnitCurve, quarter: int) -> Figure:
    office, point, until = seen.office, each.points[quarter - 1], f"s.d. TW {ROMAN[quarter - 1]}"
    lines = [line for line in office.budget.lines if line.unit == each.unit]
    ceiling = next(row.sum.ceiling_rp for row in office.budget.units if row.unit == each.unit)
    inputs = {"pagu": _rupiah(Measured.optional(ceiling)), f"realisasi {until}": _rupiah(point.cumulated)}
    planned = seen.cash.cumulated(lines, quarter)
    if planned is not None:
        inputs[f"rencana kas {until}"] = indonesian.rupiah(planned)
        pace = printed_result(seen.unit_pace(each.unit, point), office.policy)
        inputs["realisasi terhadap rencana kas"] = pace
    source = office.curve.source.label
    return result(
        key(each.unit, quarter, ABSORPTION),
        f"Serapan {each.unit.name} {until}",
        point.absorption,
        office.policy,
        inputs=inputs,
        source=source[:1].upper() + source[1:],
    )


def _rupiah(value: Measured) -> str:
    return value.state.label if value.number is None else indonesian.rupiah(value.number)


def _attained(seen: OfficeQuarter, unit: Unit, quarter: int) -> Figure:
    met = seen.met(quarter, unit)
    return Figure(
        key=key(unit, quarter, ATTAINED),
        label=f"Indikator {unit.name} yang mencapai target s.d. TW {ROMAN[quarter - 1]}",
        value=None,
        printed=f"{met.met} dari {met.judged}" if met.judged else MISSING.state.label,
        formula=working(met.share) or NOT_JUDGED,
        inputs={
            "mencapai target": str(met.met),
            "dapat dinilai": str(met.judged),
            "bagian yang mencapai": printed_result(met.share, seen.office.policy),
        },
        source="Realisasi triwulan terhadap target rencana aksi",
    )


# ---------------------------------------------------------------- the rows behind
def rows_behind(seen: OfficeQuarter, slug: str, what: str) -> Context | None:
    """A table of what the cell sums up at the quarter of `seen`; None for a unit that has no cell."""
    unit = next((each.unit for each in seen.office.curve.units if part(each.unit.slug) == slug), None)
    if unit is None:
        return None
    return _lines(seen, unit) if what == ABSORPTION else _indicators(seen, unit)


def _lines(seen: OfficeQuarter, unit: Unit) -> Context:
    office = seen.office
    rows = spent_rows(unit, office.budget, seen.quarter, office.curve.source)
    return {
        "id": "baris",
        "caption": f"{len(rows)} baris anggaran s.d. triwulan {seen.roman}",
        "columns": [
            {"label": "Sub kegiatan", "kind": "text"},
            {"label": "Pagu", "kind": "number", "unit": "Rp"},
            {"label": "Realisasi", "kind": "number", "unit": "Rp"},
            {"label": "Diisi oleh", "kind": "text"},
            {"label": "Bukti dukung", "kind": "text"},
        ],
        "rows": [
            {
                "cells": [
                    {"text": row.name, "kind": "text", "header": True, "url": _line_url(seen, unit, row)},
                    _number("belum ada" if row.ceiling_rp is None else indonesian.number(row.ceiling_rp, 0)),
                    _number(_spent(row.spent)),
                    *_entry_cells(row.entry, "dari formulir tercetak" if row.line is None else "–"),
                ]
            }
            for row in rows
        ],
    }


def _line_url(seen: OfficeQuarter, unit: Unit, row: SpentRow) -> str:
    return "" if row.line is None else f"{_entry_url(seen, unit)}#l{row.line}-amount"


def _spent(value: Measured) -> str:
    amount = entered_rp(value)
    return value.state.label if amount is None else indonesian.number(amount, 0)


def _indicators(seen: OfficeQuarter, unit: Unit) -> Context:
    entries = indicator_entries(unit, seen.office.year, seen.quarter)
    rows = [found for found in seen.indicators if found.unit == unit]
    return {
        "id": "baris",
        "caption": f"{len(rows)} indikator s.d. triwulan {seen.roman}",
        "columns": [
            {"label": "Indikator", "kind": "text"},
            {"label": "Target", "kind": "number"},
            {"label": "Realisasi", "kind": "number"},
            {"label": "Capaian", "kind": "number"},
            {"label": "Mencapai target", "kind": "text"},
            {"label": "Diisi oleh", "kind": "text"},
            {"label": "Bukti dukung", "kind": "text"},
        ],
        "rows": [{"cells": _indicator(seen, unit, found, entries)} for found in rows],
    }


def _indicator(
    seen: OfficeQuarter, unit: Unit, found: QuarterIndicator, entries: dict[int, LastEntry]
) -> list[Context]:
    places, pk = found.version.decimals, found.indicator.pk
    return [
        {
            "text": found.version.name,
            "kind": "text",
            "header": True,
            "url": f"{_entry_url(seen, unit)}#m{pk}-value",
        },
        _number(printed_measured(found.target, places)),
        _number(printed_measured(found.realised, places)),
        _number(printed_result(found.achievement, seen.office.policy)),
        {"text": ATTAINMENT[found.has_attained], "kind": "text"},
        *_entry_cells(entries.get(pk), "–"),
    ]


def _number(text: str) -> Context:
    return {"text": text, "kind": "number"}


def _entry_cells(entry: LastEntry | None, otherwise: str) -> list[Context]:
    if entry is None:
        return [{"text": otherwise, "kind": "text"}, {"text": "–", "kind": "text"}]
    when = f", {tanggal(entry.at)}" if entry.at else ""
    return [
        {"text": entry.by, "kind": "text", "note": f"TW {ROMAN[entry.quarter - 1]}{when}, {entry.state}"},
        {"text": ", ".join(entry.evidence) or "belum ada", "kind": "text"},
    ]


def _entry_url(seen: OfficeQuarter, unit: Unit) -> str:
    """Where the unit's quarter is filled in and read."""
    return reverse("entry", args=[seen.office.agency.slug, seen.office.year, unit.slug, seen.quarter])
