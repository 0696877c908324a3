"""What the page of the city shows above and below its table. Figures come computed; here they are named."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from reporting import charts
from reporting.charts import PHONE_WIDTH, Mark
from reporting.city.lines import CityYear
from reporting.figures import printed_result
from reporting.svg import draw
from sakip import indonesian
from sakip.scoring.aggregation import mean_of

WIDTH = 640
# A distribution of fewer scores says less than the table.
ENOUGH = 3

Context = dict[str, object]


def headlines(city: CityYear, calls: int) -> list[Context]:
    """How many reported, in time, too late; the mean score; how many need a call."""
    shown = [_reported(city), _late(city)]
    mean = _mean(city)
    if mean is not None:
        shown.append(mean)
    shown.append(
        {
            "label": "Perlu dihubungi",
            "value": str(calls) if calls else "Tidak ada",
            "unit": "perangkat daerah" if calls else "",
            "hint": "Urutannya di bawah tabel, dengan alasan dan orangnya." if calls else "",
            "link": "#dihubungi" if calls else "",
        }
    )
    return shown


def _reported(city: CityYear) -> Context:
    issued = [report for report in city.reports if report.number]
    in_time = sum(1 for report in issued if report.is_in_time)
    unset = sum(1 for report in city.reports if report.deadline.due is None)
    hint = f"{in_time} tepat waktu"
    return {
        "label": f"LKjIP {city.year} terbit",
        "value": f"{len(issued)} dari {len(city.lines)}",
        "unit": "perangkat daerah",
        "hint": f"{hint}; {unset} belum menetapkan batas" if unset else hint,
    }


def _late(city: CityYear) -> Context:
    overdue = sum(1 for report in city.reports if report.overdue)
    late = sum(1 for report in city.reports if report.deadline.issued_late)
    return {
        "label": "Terlambat",
        "value": str(overdue + late) if overdue + late else "Tidak ada",
        "unit": "perangkat daerah" if overdue + late else "",
        "hint": f"{overdue} belum terbit, {late} terbit setelah batas" if overdue + late else "",
    }


def _mean(city: CityYear) -> Context | None:
    """None where the agencies have no policy in common."""
    if city.policy is None:
        return None
    found = mean_of([summary.nko.result for summary in city.known])
    computed = sum(1 for summary in city.known if summary.nko.result.is_computed)
    return {
        "label": "Rata-rata NKO",
        "value": printed_result(found, city.policy, ""),
        "unit": "%",
        "missing": "" if found.reason is None else "Belum ada NKO yang dapat dihitung.",
        "provisional": found.provisional or bool(found.is_computed and city.pending),
        "hint": f"Rata-rata sederhana {computed} dari {len(city.lines)} perangkat daerah",
    }


def distribution(city: CityYear) -> Context:
    """How many agencies have which predicate, for `figure.html`; empty where it would say too little."""
    labels = [summary.nko.predicate for summary in city.known if summary.nko.predicate]
    if city.policy is None or city.pending or len(labels) < ENOUGH:
        return {}
    count, scale = Counter(labels), city.policy.nko_scale
    shown = [(band.label, indonesian.number(count[band.label], 0)) for band in scale.bands]
    marks = [Mark(label, Decimal(count[label]), printed) for label, printed in shown]
    title = f"Perangkat daerah menurut predikat NKO {city.year}"
    rows = [
        {"cells": [{"text": label, "kind": "text", "header": True}, {"text": printed, "kind": "number"}]}
        for label, printed in shown
    ]
    columns = [{"label": "Predikat", "kind": "text"}, {"label": "Perangkat daerah", "kind": "number"}]
    table = {"id": "sebaran-angka", "caption": title, "columns": columns, "rows": rows}
    return {
        "svg": draw(charts.bars(marks, width=WIDTH), title),
        "narrow": draw(charts.bars(marks, width=PHONE_WIDTH), title),
        "caption": title,
        "note": f"{len(labels)} dari {len(city.lines)} perangkat daerah yang NKO-nya dapat dihitung.",
        "table": table,
    }
