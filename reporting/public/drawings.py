"""The charts of the public page, with the table behind each: drawn from the edition's figures."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from reporting import charts
from reporting.charts import PHONE_WIDTH, Mark
from reporting.office_charts import short_rupiah
from reporting.public.report import PublicReport, Shown
from reporting.svg import draw

WIDTH = 700


@dataclass(frozen=True, slots=True)
class PublicChart:
    """`narrow` is the same picture for a phone; `table` is for the component of that name."""

    caption: str
    svg: SafeString
    narrow: SafeString
    note: str
    table: dict[str, Any]


def indicators(report: PublicReport) -> PublicChart | None:
    """Each indicator against its target."""
    marks = [
        Mark(
            row.name,
            row.achievement.value,
            f"{row.achievement.said} ({row.realised.printed} dari target {row.target.printed})",
        )
        for row in report.indicators
    ]
    if not marks:
        return None
    caption = "Capaian indikator kinerja terhadap target"
    columns = (("Indikator", "text"), ("Satuan", "text"), *_numbers("Target", "Tercapai", "Capaian"))
    rows = [
        [row.name, row.unit_of_measure, row.target.printed, row.realised.printed, row.achievement.said]
        for row in report.indicators
    ]
    wide, narrow = (draw(charts.targets_met(marks, width=width), caption) for width in (WIDTH, PHONE_WIDTH))
    note = "Garis tegak menandai target (100%)."
    return PublicChart(caption, wide, narrow, note, _table("angka-capaian", caption, columns, rows))


def programmes(report: PublicReport) -> PublicChart | None:
    """What each programme might spend, and what it spent."""
    marks = [
        Mark(row.name, amount.value, _short(amount), series)
        for row in report.programmes
        for series, amount in (("Anggaran", row.ceiling), ("Belanja", row.realised))
    ]
    if not marks:
        return None
    caption = "Anggaran dan belanja per program"
    columns = (("Program", "text"), *_numbers("Anggaran", "Belanja", "Sisa", "Terserap"))
    rows = [
        [row.name, *(figure.said for figure in (row.ceiling, row.realised, row.unspent, row.absorption))]
        for row in (*report.programmes, report.spending)
    ]
    wide, narrow = (draw(charts.paired_bars(marks, width=width), caption) for width in (WIDTH, PHONE_WIDTH))
    return PublicChart(caption, wide, narrow, "", _table("angka-belanja", caption, columns, rows))


def _short(amount: Shown) -> str:
    return amount.printed if amount.value is None else short_rupiah(amount.value)


def _numbers(*labels: str) -> tuple[tuple[str, str], ...]:
    return tuple((label, "number") for label in labels)


def _table(
    key: str, caption: str, columns: tuple[tuple[str, str], ...], rows: list[list[str]]
) -> dict[str, Any]:
    kinds = [kind for _, kind in columns]
    return {
        "id": key,
        "caption": caption,
        "columns": [{"label": label, "kind": kind} for label, kind in columns],
        "rows": [
            {
                "cells": [
                    {"text": text, "kind": kind, "header": place == 0}
                    for place, (text, kind) in enumerate(zip(row, kinds, strict=True))
                ]
            }
            for row in rows
        ],
    }
