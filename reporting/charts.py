"""Charts as Vega-Lite specifications, drawn to SVG here: the same picture for a page and for the PDF.

A builder takes labelled figures whose text is already printed (`Mark`), and gives a specification: plain
data that a test can read. `draw` turns it into SVG with presentation attributes only, so that it works under
a strict content security policy and in the PDF. Every figure stands as text beside its mark; no reading hangs
on a colour alone.
"""

import hashlib
import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Spec = dict[str, Any]

# The light values of the data series in tokens.css; dark, middle and pale, to differ in grey as well.
DARK, MIDDLE, PALE = "#0b5a7a", "#84929f", "#dde3e8"
ACCENT, INK = "#c26a1c", "#17232d"
FONT = "Source Sans 3"
# The text width of the A4 report page (155 mm) in CSS pixels.
PAGE_WIDTH = 586
ROW, BAND = 34, 0.55
# The mean advance of a letter at 12 px, a little on the wide side.
LETTER = 6.1
# A name longer than this goes on in a second line; in a picture for a phone, which is this wide, sooner.
NAME_LETTERS, NAME_LINE = 30, 15
PHONE_WIDTH, PHONE_LETTERS = 340, 16
MOST_LINES = 8
INDONESIAN = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp ", ""]}
# Part of the cache's key: raise it when the drawing itself changes.
DRAWING = "6"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its name, its figure (None: there is none) and the text that is printed beside it."""

    label: str
    value: Decimal | None
    text: str
    series: str = ""


# ---------------------------------------------------------------- builders
def bars(marks: Sequence[Mark], *, width: int = PAGE_WIDTH) -> Spec:
    """Horizontal bars from zero, a row each, in the given order, with the text at the bar's end."""
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": _room_for_texts(marks, width)}
    layers = [
        {"mark": {"type": "bar", "color": DARK}, "encoding": {"x": x}},
        _texts({"align": "left", "dx": 6}, {"x": x}),
    ]
    y, height = _beside("label"), _row_height(marks, width) * len(marks)
    return _spec(_rows(marks, letters=_letters(width)), layers, {"y": y}, width=width, height=height)


def columns(marks: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 190) -> Spec:
    """Upright columns from zero with the text above each."""
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    layers = [
        {"mark": {"type": "bar", "color": DARK}, "encoding": {"y": y}},
        _texts({"baseline": "bottom", "dy": -4}, {"y": y}),
    ]
    return _spec(_rows(marks), layers, {"x": _names("label", 0.55)}, width=width, height=height)


def paired_bars(marks: Sequence[Mark], *, width: int = PAGE_WIDTH) -> Spec:
    """Horizontal bars of two series side by side under each name, each with its text."""
    series = list(dict.fromkeys(mark.series for mark in marks))
    names = len({mark.label for mark in marks})
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": _room_for_texts(marks, width)}
    offset = {"field": "series", "sort": series, "scale": {"paddingInner": 0.12}}
    layers: list[Spec] = [
        {"mark": "bar", "encoding": {"x": x, "yOffset": offset, "color": _colours(series, [DARK, MIDDLE])}},
        _texts({"align": "left", "dx": 6}, {"x": x, "yOffset": offset}),
    ]
    height = max(46, _row_height(marks, width)) * names + 10
    rows = _rows(marks, letters=_letters(width))
    return _spec(rows, layers, {"y": _beside("label", 0.28)}, width=width, height=height)


def line(marks: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 200) -> Spec:
    """Points in order of time, joined, with the text above each; the scale need not start at zero."""
    numbers = [mark.value for mark in marks if mark.value is not None]
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": _room(numbers)}
    layers = [
        {"mark": {"type": "line", "color": DARK, "strokeWidth": 2}, "encoding": {"y": y}},
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": DARK},
            "encoding": {"y": y},
        },
        _texts({"baseline": "bottom", "dy": -9}, {"y": y}),
    ]
    return _spec(_rows(marks, numbers_only=True), layers, {"x": _names("label")}, width=width, height=height)


def path(
    targets: Sequence[Mark], results: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 210
) -> Spec:
    """The planned path as a dashed line and the results as columns on the same scale from zero."""
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    x = _names("label", 0.55)
    planned = {"data": {"values": _rows(targets, numbers_only=True)}}
    done = {"data": {"values": _rows(results, numbers_only=True)}}
    dashed = {"type": "line", "color": ACCENT, "strokeWidth": 2, "strokeDash": [6, 4]}
    layers = [
        {**done, "mark": {"type": "bar", "color": DARK}, "encoding": {"y": y}},
        {**done, **_texts({"baseline": "bottom", "dy": -4}, {"y": y})},
        {**planned, "mark": dashed, "encoding": {"y": y}},
        {
            **planned,
            "mark": {"type": "point", "filled": True, "size": 50, "color": ACCENT},
            "encoding": {"y": y},
        },
        {**planned, **_texts({"baseline": "bottom", "dy": -8}, {"y": y})},
    ]
    return _spec([], layers, {"x": x}, width=width, height=height)


def targets_met(marks: Sequence[Mark], *, width: int = PAGE_WIDTH) -> Spec:
    """Achievement in percent of the target: a bar a row, and a rule at 100 where the target stands. On a
    phone there is room for the percentage alone; what stands in brackets behind it is in the table."""
    if width <= PHONE_WIDTH:
        marks = [replace(mark, text=mark.text.partition(" (")[0]) for mark in marks]
    rows = _rows(marks, letters=_letters(width))
    for row in rows:
        row["place"] = max(row["value"], 100.0)
    x = {"type": "quantitative", "axis": None, "scale": _room_for_texts(marks, width, Decimal(100))}
    done, target = {"x": {**x, "field": "value"}}, {"x": {**x, "datum": 100}}
    layers = [
        {"mark": {"type": "bar", "color": PALE}, "encoding": target},
        {"mark": {"type": "bar", "color": DARK, "height": {"band": 0.45}}, "encoding": done},
        {"mark": {"type": "tick", "color": INK, "thickness": 2.5, "bandSize": 30}, "encoding": target},
        _texts({"align": "left", "dx": 8, "fontWeight": 600}, {"x": {**x, "field": "place"}}),
    ]
    height = max(46, _row_height(marks, width)) * len(marks)
    return _spec(rows, layers, {"y": _beside("label", 0.3)}, width=width, height=height)


def accumulation(marks: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 220) -> Spec:
    """Quarters piled up: what the earlier ones brought in pale, the quarter's own on top, the text above.

    A mark's value is the quarter's own; its text says what has been reached by then, its series how far
    that is.
    """
    rows, before = [], Decimal(0)
    for mark in marks:
        after = before + (mark.value or 0)
        places = {"before": _float(before), "value": _float(after)}
        rows.append({"label": mark.label, "text": mark.text, "detail": mark.series, **places})
        before = after
    y = {"type": "quantitative", "axis": None, "scale": {"zero": True}}
    until, since = {**y, "field": "value"}, {**y, "field": "before"}
    detail = {"y": until, "text": {"field": "detail"}}
    layers = [
        {"mark": {"type": "bar", "color": PALE}, "encoding": {"y": since}},
        {"mark": {"type": "bar", "color": DARK}, "encoding": {"y": until, "y2": {"field": "before"}}},
        _texts({"baseline": "bottom", "dy": -18, "fontWeight": 600}, {"y": until}),
        {"mark": {"type": "text", "baseline": "bottom", "dy": -4}, "encoding": detail},
    ]
    return _spec(rows, layers, {"x": _names("label", 0.4)}, width=width, height=height)


# ---------------------------------------------------------------- parts of a specification
def _spec(rows: list[Spec], layers: list[Spec], encoding: Spec, *, width: int, height: int) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": None,
        "data": {"values": rows},
        "encoding": encoding,
        "layer": layers,
        "config": _CONFIG,
    }


_CONFIG: Spec = {
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": 12, "color": INK},
    "axis": {
        "labelFont": FONT,
        "labelFontSize": 12,
        "labelColor": INK,
        "labelLimit": 260,
        "domainColor": MIDDLE,
        "ticks": False,
        "labelPadding": 8,
        "grid": False,
        "title": None,
    },
    "legend": {"orient": "top", "title": None, "labelFont": FONT, "labelFontSize": 12, "labelColor": INK},
}


def _names(field: str, padding: float = 1 - BAND) -> Spec:
    scale = {"paddingInner": padding, "paddingOuter": padding / 2}
    axis = {"labelAngle": 0, "labelExpr": "split(datum.label, '|')"}
    return {"field": field, "type": "nominal", "sort": None, "axis": axis, "scale": scale}


def _beside(field: str, padding: float = 1 - BAND) -> Spec:
    """Names at the left of their bars: one of several lines is lifted, so that its middle is the bar's."""
    lifted = [
        {"test": f"length(split(datum.value, '|')) === {lines}", "value": -(lines - 1) * NAME_LINE / 2}
        for lines in range(2, MOST_LINES + 1)
    ]
    names = _names(field, padding)
    return {**names, "axis": {**names["axis"], "labelOffset": {"condition": lifted, "value": 0}}}


def _texts(mark: Spec, encoding: Spec) -> Spec:
    return {"mark": {"type": "text", **mark}, "encoding": {**encoding, "text": {"field": "text"}}}


def _colours(series: list[str], colours: list[str]) -> Spec:
    return {
        "field": "series",
        "type": "nominal",
        "sort": series,
        "scale": {"domain": series, "range": colours},
    }


def _letters(width: int) -> int:
    """Letters on a line of a name beside a bar."""
    return PHONE_LETTERS if width <= PHONE_WIDTH else NAME_LETTERS


def _row_height(marks: Sequence[Mark], width: int) -> int:
    """Room for the name that takes the most lines."""
    lines = max((len(textwrap.wrap(mark.label, _letters(width))) for mark in marks), default=1)
    return max(ROW, lines * NAME_LINE + 12)


def _room_for_texts(marks: Sequence[Mark], width: int, least: Decimal = Decimal(0)) -> Spec:
    """A scale from zero on which the longest bar leaves room for the longest text at its end."""
    lines = [line for mark in marks for line in textwrap.wrap(mark.label, _letters(width))]
    names = max((len(line) for line in lines), default=0) * LETTER + 12
    texts = max((len(mark.text) for mark in marks), default=0) * LETTER + 12
    plot = max(width - names, 120)
    values = [mark.value for mark in marks if mark.value is not None]
    longest = max([least, *values]) or Decimal(1)
    return {"domain": [0, _float(longest) * plot / max(plot - texts, 40)], "nice": False}


def _room(numbers: Sequence[Decimal]) -> Spec:
    """A scale with a fifth of the spread left free below and above."""
    if not numbers:
        return {}
    low, high = min(numbers), max(numbers)
    spread = (high - low) or max(abs(high), Decimal(1))
    return {"domain": [_float(low - spread / 5), _float(high + spread / 5)], "nice": False}


def _rows(marks: Sequence[Mark], *, numbers_only: bool = False, letters: int = NAME_LETTERS) -> list[Spec]:
    return [
        {
            "label": "|".join(textwrap.wrap(mark.label, letters)),
            "value": _float(mark.value),
            "text": mark.text,
            "series": mark.series,
        }
        for mark in marks
        if mark.value is not None or not numbers_only
    ]


def _float(value: Decimal | None) -> float:
    """Where a mark ends is drawn, not calculated with; a missing figure is a mark without length."""
    return float(value or 0)


# ---------------------------------------------------------------- drawing
def draw(spec: Spec, title: str) -> SafeString:
    """The SVG of a specification, `title` inside it for those who cannot see it; cached by content."""
    content = json.dumps([DRAWING, spec, title], sort_keys=True, ensure_ascii=False)
    key = f"chart-{hashlib.sha256(content.encode()).hexdigest()}"
    store = caches["default"]
    svg = store.get(key)
    if svg is None:
        svg = _cleaned(_converter().vegalite_to_svg(spec, format_locale=INDONESIAN), title, key[6:14])
        store.set(key, svg)
    return mark_safe(svg)  # noqa: S308 - made here; texts are escaped by the converter and below


@cache
def _converter() -> Any:
    """The converter with our fonts, loaded when the first chart is drawn: it brings a JavaScript engine."""
    import vl_convert

    vl_convert.register_font_directory(str(settings.BASE_DIR / "static" / "fonts"))
    return vl_convert


_DROPPED = re.compile(r'\s(?:aria-[a-z]+|role|pointer-events|class|xmlns:xlink|version)="[^"]*"')
_EMPTY_PATH = re.compile(r'<path d=""[^>]*/>|<path [^>]*d="M0,0h0v0h0Z"[^>]*/>|<path [^>]*d=""[^>]*/>')
_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
_ROOT = re.compile(r"<svg\b[^>]*>")


def _cleaned(svg: str, title: str, prefix: str) -> str:
    """One picture with one name: no roles inside, no empty paths, ids that no other chart has."""
    svg = _EMPTY_PATH.sub("", _DROPPED.sub("", svg))
    svg = _ID.sub(rf"\1c{prefix}-\2", svg)
    svg = svg.replace("<g></g>", "")
    root = _ROOT.match(svg)
    assert root is not None
    head = root.group().replace("<svg", '<svg role="img"', 1)
    return f"{head}<title>{escape(title)}</title>{svg[root.end() :]}"
