"""Where a figure comes from: beside its formula, the rows behind it, who entered them, and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from budget.queries.budget_year import LineYear, NodeBudget
from reporting.dashboards import cells, home
from reporting.dashboards.keeping import seen_at
from reporting.figures import Figure, part, printed_measured, printed_result
from reporting.tables import t3_02a
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.queries.evaluation import IKM
from sakip.queries.performance import IndicatorYear, LastEntry
from sakip.scoring.quarters import ROMAN
from sakip.scoring.result import Result
from sakip.scoring.values import Measured, State
from sakip.templatetags.indonesian import tanggal

Context = dict[str, object]

# The first part of a key, and the heading it stands under; in the order of the report.
TOPICS = {
    "nko": "Nilai kinerja organisasi",
    "iku": "Indikator kinerja",
    "survey": "Survei kepuasan masyarakat",
    "budget": "Anggaran",
    "quarters": "Realisasi per triwulan",
    cells.TOPIC: "Unit kerja per triwulan",
    "efficiency": "Efisiensi",
    "akip": "Evaluasi AKIP",
    "recommendations": "Rekomendasi",
    "plan": "Renstra",
    "agreement": "Perjanjian kinerja",
    "awards": "Penghargaan",
    "population": "Penduduk",
    "staff": "Pegawai",
    "assets": "Aset",
    "area": "Wilayah",
    "units": "Unit kerja",
    "agency": "Instansi",
    "government": "Instansi",
    "year": "Instansi",
    "report": "Instansi",
}

# What is fixed before the year: who entered the realisation has no part in it.
SET_BEFOREHAND = frozenset({"target", "plan_target", "plan_year", "national_standard"})


@dataclass(frozen=True, slots=True)
class Origin:
    """`facts` for `description_list.html`, `tables` for `table.html`."""

    facts: tuple[Context, ...] = ()
    tables: tuple[Context, ...] = ()


def topic_of(key: str) -> str:
    return TOPICS.get(key.partition(".")[0], "Lain-lain")


def by_topic(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    """The figures under their headings, in the order of the headings."""
    found: dict[str, list[Figure]] = {heading: [] for heading in TOPICS.values()}
    for figure in figures:
        found.setdefault(topic_of(figure.key), []).append(figure)
    return [(heading, rows) for heading, rows in found.items() if rows]


def origin(year: OfficeYear, figure: Figure) -> Origin:
    """What can be said of a figure beyond its formula; empty for a plain fact."""
    parts = figure.key.split(".")
    match parts:
        case ["iku", key, what]:
            row = next((row for row in year.indicators if part(row.key) == key), None)
            return _of_indicator(year, row, what) if row else Origin()
        case ["nko", *_] | ["iku", "mean_achievement"]:
            return Origin(tables=(_score_table(year),))
        case ["budget", "units", key, _]:
            lines = [line for line in year.budget.lines if part(line.unit.slug) == key]
            return Origin(tables=(_line_table(year, lines),))
        case ["budget", "nodes", key, _]:
            return Origin(tables=(_line_table(year, _lines_below(year.budget.programmes, key)),))
        case ["budget", *_]:
            return Origin(tables=(home.unit_table(year),))
        case ["quarters", quarter, _]:
            return Origin(tables=(home.quarter_table(year), _units_at(year, int(quarter.removeprefix("q")))))
        case [cells.TOPIC, unit, quarter, what]:
            table = cells.rows_behind(seen_at(year, int(quarter.removeprefix("q"))), unit, what)
            return Origin(tables=(table,)) if table else Origin()
        case ["akip", *_]:
            return Origin(tables=(_akip_table(year),))
        case ["survey", *_]:
            return Origin(tables=_survey_tables(year))
    return Origin()


# ---------------------------------------------------------------- an indicator
def _of_indicator(year: OfficeYear, row: IndicatorYear, what: str) -> Origin:
    version = row.version
    facts: list[Context] = [
        {"label": "Indikator", "value": row.name},
        {"label": "Sasaran", "value": row.outcome_text},
        {"label": "Satuan", "value": row.unit_of_measure},
    ]
    if what in SET_BEFOREHAND:
        return Origin((*facts, *_agreement_facts(year, what)))
    facts.append({"label": "Dari mana realisasinya", "value": row.source})
    if version is not None:
        facts += [
            {"label": "Polarisasi", "value": version.get_polarity_display()},
            {"label": "Gabungan triwulan", "value": version.get_combine_display()},
            {"label": "Rumus indikator", "value": version.formula_text},
            {"label": "Sumber data", "value": version.source},
        ]
    if row.last_entry is not None:
        facts += _entry_facts(row.last_entry)
    return Origin(tuple(facts), (_year_table(row), *(_survey_tables(year) if row.key == IKM else ())))


def _agreement_facts(year: OfficeYear, what: str) -> list[Context]:
    """The document that a year's target stands in, and its day."""
    agreement = year.agreements.in_force if what == "target" else None
    if agreement is None:
        return []
    signed = f"ditandatangani {tanggal(agreement.signed_on)}" if agreement.signed_on else ""
    return [{"label": "Ditetapkan dalam", "value": agreement.title, "note": signed}]


def _entry_facts(entry: LastEntry) -> list[Context]:
    when = tanggal(entry.at) if entry.at else ""
    written = f"TW {ROMAN[entry.quarter - 1]}, {entry.unit}"
    return [
        {"label": "Isian terakhir", "value": written, "note": entry.state},
        {"label": "Diisi oleh", "value": entry.by, "note": when},
        {"label": "Bukti dukung", "value": ", ".join(entry.evidence)},
    ]


def _year_table(row: IndicatorYear) -> Context:
    """The quarters of this year, and the results of the years before."""
    rows: list[Context] = [
        {"cells": [_name(f"Triwulan {ROMAN[index]} {row.year}"), _value(value, row.decimals)]}
        for index, value in enumerate(row.quarters)
    ]
    rows += [
        {"cells": [_name(f"Tahun {past.year}"), _value(past.realised, row.decimals)]} for past in row.history
    ]
    return {
        "id": "nilai",
        "caption": "Nilai yang dipakai",
        "columns": [{"label": "Waktu", "kind": "text"}, {"label": "Realisasi", "kind": "number"}],
        "rows": rows,
    }


def _name(text: str) -> Context:
    return {"text": text, "kind": "text", "header": True}


def _number(text: str, note: str = "") -> Context:
    return {"text": text, "kind": "number", "note": note}


def _value(value: Measured, places: int) -> Context:
    return _number(printed_measured(value, places))


def _survey_tables(year: OfficeYear) -> tuple[Context, ...]:
    """The elements behind the IKM; none where the year has no survey or only its declared total."""
    if year.survey is None or not year.survey.has_elements:
        return ()
    table = t3_02a.build(year)
    rows = [
        {"cells": [_name(name.printed), _number(mean.printed)]}
        for _, name, mean in (r.cells for r in table.rows)
    ]
    elements = len(year.survey.score.parts)
    return (
        {
            "id": "unsur",
            "caption": table.title,
            "columns": [
                {"label": "Unsur pelayanan", "kind": "text"},
                {"label": "Rata-rata", "kind": "number"},
            ],
            "rows": rows[:elements],
            "footer_rows": rows[elements:],
            "note": " ".join(table.notes),
        },
    )


# ---------------------------------------------------------------- the organisation score
def _achievement_url(year: OfficeYear, row: IndicatorYear) -> str:
    return reverse("figure", args=[year.agency.slug, year.year, f"iku.{part(row.key)}.achievement"])


def _score_table(year: OfficeYear) -> Context:
    cap = indonesian.plain(year.policy.normalisation_cap)
    columns = ("Capaian", f"Paling tinggi {cap}", "Koreksi AKIP", "Nilai akhir")
    links = [_achievement_url(year, row) for row in year.indicators]
    rows = [
        {
            "cells": [
                _name(row.name),
                {**_number(_percent(year, row.achievement)), "url": links[row.place]},
                _number(_percent(year, row.normalised)),
                _number(f"{indonesian.plain(row.correction)}%"),
                _number(printed_result(row.final, year.policy)),
            ]
        }
        for row in year.nko.rows
    ]
    rows += [
        {"cells": [_name(left.name), _number("tidak dihitung", left.reason.text), *[_number("–")] * 3]}
        for left in year.nko.excluded
    ]
    return {
        "id": "nko",
        "caption": "Perhitungan nilai kinerja organisasi",
        "columns": [
            {"label": "Indikator", "kind": "text"},
            *({"label": label, "kind": "number"} for label in columns),
        ],
        "rows": rows,
        "note": year.nko.akip_note,
    }


def _percent(year: OfficeYear, value: Decimal) -> str:
    return printed_result(Result.computed(value), year.policy)


def _akip_table(year: OfficeYear) -> Context:
    return {
        "id": "akip",
        "caption": "Hasil evaluasi AKIP",
        "columns": [
            {"label": "Tahun", "kind": "text"},
            {"label": "Nilai", "kind": "number"},
            {"label": "Predikat", "kind": "text"},
            {"label": "Evaluator", "kind": "text"},
        ],
        "rows": [
            {
                "cells": [
                    _name(str(row.year)),
                    _number(indonesian.number(row.score)),
                    {
                        "text": row.predicate.name,
                        "predicate": row.predicate.label,
                        "tone": home.tone_of(row.predicate, year.policy.akip_scale),
                        "kind": "text",
                    },
                    {"text": row.evaluator or "–", "kind": "text"},
                ]
            }
            for row in year.akip
        ],
    }


# ---------------------------------------------------------------- money
def _lines_below(nodes: Sequence[NodeBudget], key: str) -> list[LineYear]:
    """The lines of the node with this key, wherever it stands."""
    for node in nodes:
        if part(node.node.key) == key:
            return _all_lines(node)
        if found := _lines_below(node.children, key):
            return found
    return []


def _all_lines(node: NodeBudget) -> list[LineYear]:
    return [*node.lines, *(line for child in node.children for line in _all_lines(child))]


def _units_at(year: OfficeYear, quarter: int) -> Context:
    """Each unit's part of a quarter; its absorption leads to the rows, who entered them and the proof."""
    rows = [(each.unit, each.points[quarter - 1]) for each in year.curve.units]
    return {
        "id": "unit",
        "caption": f"Menurut unit kerja, triwulan {ROMAN[quarter - 1]}",
        "columns": [
            {"label": "Unit kerja", "kind": "text"},
            {"label": "Realisasi", "kind": "number", "unit": "Rp"},
            {"label": "Kumulatif", "kind": "number", "unit": "Rp"},
            {"label": "Serapan", "kind": "number"},
        ],
        "rows": [
            {
                "cells": [
                    _name(unit.name),
                    _value(point.spent, 0),
                    _value(point.cumulated, 0),
                    {
                        **_number(printed_result(point.absorption, year.policy)),
                        "url": home.link(year, cells.key(unit, quarter, cells.ABSORPTION)),
                    },
                ]
            }
            for unit, point in rows
        ],
        "note": "Serapan unit membuka baris anggarannya, siapa yang mengisi, dan buktinya.",
    }


def _line_table(year: OfficeYear, lines: Sequence[LineYear]) -> Context:
    return {
        "id": "baris",
        "caption": f"{len(lines)} baris anggaran",
        "columns": [
            {"label": "Sub kegiatan", "kind": "text"},
            {"label": "Unit kerja", "kind": "text"},
            {"label": "Pagu", "kind": "number", "unit": "Rp"},
            {"label": "Realisasi", "kind": "number", "unit": "Rp"},
            {"label": "Serapan", "kind": "number"},
            {"label": "Sumber", "kind": "text"},
        ],
        "rows": [{"cells": _line_cells(year, line)} for line in lines],
    }


def _line_cells(year: OfficeYear, line: LineYear) -> list[Context]:
    official = line.official_rp is not None
    source: Context = {"text": "Realisasi resmi (LRA)" if official else "Isian triwulan", "kind": "text"}
    if not official:
        source["url"] = reverse("entry", args=[year.agency.slug, year.year, line.unit.slug, _last(line)])
    return [
        _name(line.sub_activity.name),
        {"text": line.unit.name, "kind": "text"},
        _number("pagu belum ada" if line.ceiling_rp is None else indonesian.number(line.ceiling_rp, 0)),
        _number(_realised(line)),
        _number(printed_result(line.absorption, year.policy), "Sementara" if line.provisional else ""),
        source,
    ]


def _realised(line: LineYear) -> str:
    if line.realised_rp is not None:
        return indonesian.number(line.realised_rp, 0)
    return (State.NOT_APPLICABLE if line.is_not_applicable else State.MISSING).label


def _last(line: LineYear) -> int:
    """The last quarter with an entry, else the first."""
    filled = [place for place, value in enumerate(line.quarters, 1) if not value.is_missing]
    return filled[-1] if filled else 1
