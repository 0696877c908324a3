"""The page of an agency's head: five answers, what needs attention, and the pictures behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from reporting import charts, office_charts
from reporting.charts import PHONE_WIDTH, Mark
from reporting.dashboards import answers, attention, deadlines, heat, home
from reporting.dashboards.office import OfficeQuarter
from reporting.figures import printed_measured, printed_result, working
from reporting.svg import draw
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import RowState
from sakip.scoring.quarters import ROMAN
from sakip.scoring.result import Result

Context = dict[str, object]
# So many concerns are shown at once; the rest opens.
FIRST = 5
MOST = 40


def page(seen: OfficeQuarter, people: Mapping[int, str], then: OfficeQuarter | None) -> Context:
    """Everything on the page that is the same for all who may read it."""
    office = seen.office
    found = attention.concerns(seen, people)
    return {
        "seen": seen,
        "answers": answers.answers(seen, people, found),
        "concerns": found[:FIRST],
        "more_concerns": found[FIRST:MOST],
        "unshown": max(len(found) - MOST, 0),
        "counts": Counter(concern.kind for concern in found).most_common(),
        "indicators": home.indicator_table(office),
        "bullets": home.drawn(office, office_charts.achievement),
        "forecast": forecast_rows(seen),
        "curve": curve(seen),
        "heat": heat.rows(seen),
        "heat_note": heat.note(seen),
        "unit_table": home.unit_table(office),
        "calendar": calendar(seen),
        "deadlines": deadlines.rows(seen),
        "comparison": comparison(seen, then) if then else None,
        "stats": home.stats(office),
        "akip": home.drawn(office, office_charts.akip_trend),
        "recommendations": office.recommendations,
        "open_recommendations": home.open_recommendations(office),
        "notice": office.efficiency.overall.efficiency.notice,
        "agency": office.agency,
        "year": office.year,
    }


def forecast_rows(seen: OfficeQuarter) -> list[Context]:
    """Each indicator's forecast with its basis and working, for `#perkiraan`; none for a final score."""
    policy = seen.office.policy
    if answers.is_final(seen.office):
        return []
    return [
        {
            "name": found.row.name,
            "target": printed_measured(found.row.target, found.row.decimals),
            "value": _expected(found.forecast.value, found.row.decimals),
            "is_known": found.forecast.value.is_computed,
            "basis": found.forecast.basis.label,
            "achievement": printed_result(found.achievement, policy),
            "working": "; ".join(filter(None, (working(found.forecast.value), working(found.achievement)))),
        }
        for found in seen.forecast.rows
    ]


def _expected(found: Result, places: int) -> str:
    if found.reason is not None:
        return found.reason.text
    assert found.value is not None
    return indonesian.number(found.value, places)


def curve(seen: OfficeQuarter) -> Context:
    """The planned absorption as a line, what was reached as columns, and the same as a table."""
    office, points = seen.office, seen.office.curve.points
    if all(point.spent_rp is None for point in points):
        return {}
    # What was reached stands under the name of the quarter, so that it never lies on the planned line.
    reached = [
        printed_result(point.absorption, office.policy) if point.quarter <= seen.quarter else ""
        for point in points
    ]
    names = [f"Triwulan {roman}|{text or '–'}" for roman, text in zip(ROMAN, reached, strict=True)]
    planned = [
        Mark(name, found.value, printed_result(found, office.policy))
        for name, found in zip(names, seen.planned_curve, strict=True)
    ]
    done = [
        Mark(name, point.absorption.value, "")
        for name, point in zip(names, points, strict=True)
        if point.quarter <= seen.quarter
    ]
    is_planned = any(mark.value is not None for mark in planned)
    title = "Serapan Kumulatif terhadap Rencana Kas" if is_planned else "Serapan Kumulatif"
    svg = draw(charts.path(planned, done, width=PHONE_WIDTH), title)
    table = home.quarter_table(office)
    table["columns"].append({"label": "Rencana kas", "kind": "number"})  # type: ignore[attr-defined]
    for row, found in zip(table["rows"], seen.planned_curve, strict=True):  # type: ignore[call-overload]
        row["cells"].append(home.PLAIN | {"text": printed_result(found, office.policy), "kind": "number"})
    note = "Batang, dengan angka di bawahnya: serapan kumulatif dalam persen pagu."
    if is_planned:
        note = f"{note} Garis putus-putus: rencana kas, dalam persen pagu pula."
    official = office.budget.total
    if official.realised_rp is not None and not official.provisional:
        reached_pct = printed_result(official.absorption, office.policy)
        note = f"{note} Sumber: {office.curve.source.label}; realisasi resmi (LRA) setahun: {reached_pct}."
    return {"svg": svg, "caption": title, "note": note, "table": table}


def calendar(seen: OfficeQuarter) -> list[Context]:
    """The windows of the quarters, and how far the units are."""
    rows: list[Context] = []
    for index, roman in enumerate(ROMAN):
        cells = [row.quarters[index] for row in seen.completeness]
        found = [cell.unit_quarter for cell in cells if cell is not None]
        if not found:
            continue
        opens = min((q.entry_opens for q in found if q.entry_opens), default=None)
        closes = max((q.entry_closes for q in found if q.entry_closes), default=None)
        review = max((q.review_closes for q in found if q.review_closes), default=None)
        states = Counter(RowState(q.state).label for q in found)
        rows.append(
            {
                "name": f"Triwulan {roman}",
                "opens": opens,
                "closes": closes,
                "review": review,
                "states": ", ".join(f"{count} {label.lower()}" for label, count in states.most_common()),
                "is_now": bool(opens and closes and opens <= seen.on <= (review or closes)),
            }
        )
    return rows


def comparison(seen: OfficeQuarter, then: OfficeQuarter) -> Context:
    """The same figures at two times."""
    rows = [
        ("Indikator mencapai target", _met_text(seen), _met_text(then)),
        ("Serapan kumulatif", _absorbed(seen), _absorbed(then)),
        ("Capaian perjanjian kinerja (setahun)", _mean(seen.office), _mean(then.office)),
        ("NKO (setahun)", _nko(seen.office), _nko(then.office)),
    ]
    return {"now": seen.label, "then": then.label, "rows": rows}


def _met_text(seen: OfficeQuarter) -> str:
    met = seen.met(seen.quarter)
    return f"{met.met} dari {met.judged}" if met.judged else "belum dapat dinilai"


def _absorbed(seen: OfficeQuarter) -> str:
    found = printed_result(seen.absorption, seen.office.policy)
    return f"{found} (LRA)" if seen.official else found


def _mean(office: OfficeYear) -> str:
    return printed_result(office.mean_achievement, office.policy)


def _nko(office: OfficeYear) -> str:
    return printed_result(office.nko.nko, office.policy)
