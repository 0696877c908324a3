"""Charts as Vega specifications: the same picture for a page and for the PDF.

A builder takes labelled figures whose text is already printed (`Mark`), and gives a specification: plain
data that a test can read and `svg.draw` draws. Every figure stands as text beside its mark; no reading hangs
on a colour alone.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from math import ceil
from typing import Any

from django.conf import settings
from PIL.ImageFont import FreeTypeFont, truetype

Spec = dict[str, Any]

# The light values of the data series in tokens.css; dark, middle and pale, to differ in grey as well.
DARK, MIDDLE, PALE = "#0b5a7a", "#84929f", "#dde3e8"
ACCENT, INK = "#c26a1c", "#17232d"
FONT = "Source Sans 3"
# The text width of the A4 report page (155 mm) in CSS pixels.
PAGE_WIDTH = 586
ROW, BAND = 34, 0.55
FONT_FILE = settings.BASE_DIR / "static" / "fonts" / "SourceSans3-Semibold.ttf"
FONT_SIZE = 12
# What a letter of a name takes, on the wide side.
LETTER = 6.6
# A name longer than this goes on in a second line; in a picture for a phone, which is this wide, sooner.
NAME_LETTERS, NAME_LINE = 30, 15
PHONE_WIDTH, PHONE_LETTERS = 340, 16
EDGE, GAP, LEGEND = 2, 8, 32


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
    return _lying(
        _rows(marks, _letters(width)),
        [
            _drawn("rect", **LAID, x=ZERO, x2=REACHED, fill=_is(DARK)),
            _text("text", **BESIDE, x=REACHED, dx=_is(6)),
        ],
        longest=_longest(marks, width),
        width=width,
        height=_row_height(marks, width) * len(marks),
    )


def columns(marks: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 190) -> Spec:
    """Upright columns from zero with the text above each."""
    shown = [
        _drawn("rect", **STOOD, y=ZERO, y2=REACHED, fill=_is(DARK)),
        _text("text", **ABOVE, y=REACHED, dy=_is(-4)),
    ]
    return _upright(
        _rows(marks, _letters_under(marks, width)), shown, padding=0.55, width=width, height=height
    )


def paired_bars(marks: Sequence[Mark], *, width: int = PAGE_WIDTH) -> Spec:
    """Horizontal bars of two series side by side under each name, each with its text."""
    series = list(dict.fromkeys(mark.series for mark in marks))
    names = len({mark.label for mark in marks})
    row, padding = max(41, _row_height(marks, width)), 0.28
    place = {"scale": "place", "field": "label"}
    own = {**place, "offset": {"scale": "series", "field": "series"}}
    middle = {**place, "offset": {"scale": "series", "field": "series", "band": 0.5}}
    shown = [
        _drawn(
            "rect",
            y=own,
            height={"scale": "series", "band": 1},
            x=ZERO,
            x2=REACHED,
            fill={"scale": "colour", "field": "series"},
        ),
        _text("text", y=middle, baseline=_is("middle"), x=REACHED, dx=_is(6)),
    ]
    spec = _lying(
        _rows(marks, _letters(width)),
        shown,
        longest=_longest(marks, width),
        padding=padding,
        top=LEGEND,
        width=width,
        height=row * names + LEGEND + EDGE,
    )
    two = {"type": "band", "domain": series, "range": [0, row * (1 - padding)], "paddingInner": 0.12}
    colour = {"type": "ordinal", "domain": series, "range": [DARK, MIDDLE]}
    spec["scales"] += [{"name": "series", **two}, {"name": "colour", **colour}]
    looks = {"labelFont": FONT, "labelFontSize": FONT_SIZE, "labelColor": INK, "symbolType": "square"}
    spec["legends"] = [{"fill": "colour", "orient": "top", "direction": "horizontal", **looks}]
    return spec


def line(marks: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 200) -> Spec:
    """Points in order of time, joined, with the text above each; the scale need not start at zero."""
    shown = [
        _drawn("line", **CENTRED, y=REACHED, stroke=_is(DARK), strokeWidth=_is(2)),
        _drawn("symbol", **CENTRED, y=REACHED, size=_is(70), fill=_is(DARK)),
        _text("text", **ABOVE, y=REACHED, dy=_is(-9)),
    ]
    known = _known(marks)
    scale = {"zero": False, "domain": _around([mark.value for mark in known if mark.value is not None])}
    rows = _rows(known, _letters_under(known, width))
    return _upright(rows, shown, scale=scale, width=width, height=height)


def path(
    targets: Sequence[Mark], results: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 210
) -> Spec:
    """The planned path as a dashed line and the results as columns on the same scale from zero."""
    targets, results = _known(targets), _known(results)
    letters = _letters_under([*targets, *results], width)
    plan, done = _rows(targets, letters), _rows(results, letters)
    dashes: Spec = {"stroke": _is(ACCENT), "strokeWidth": _is(2), "strokeDash": _is([6, 4])}
    shown = [
        _drawn("rect", "done", **STOOD, y=ZERO, y2=REACHED, fill=_is(DARK)),
        _text("text", "done", **ABOVE, y=REACHED, dy=_is(-4)),
        _drawn("line", "plan", **CENTRED, y=REACHED, **dashes),
        _drawn("symbol", "plan", **CENTRED, y=REACHED, size=_is(50), fill=_is(ACCENT)),
        _text("text", "plan", **ABOVE, y=REACHED, dy=_is(-8)),
    ]
    spec = _upright([*plan, *done], shown, padding=0.55, width=width, height=height)
    spec["data"] += [{"name": "plan", "values": plan}, {"name": "done", "values": done}]
    return spec


def targets_met(marks: Sequence[Mark], *, width: int = PAGE_WIDTH) -> Spec:
    """Achievement in percent of the target: a bar a row, and a rule at 100 where the target stands. On a
    phone there is room for the percentage alone; what stands in brackets behind it is in the table."""
    if width <= PHONE_WIDTH:
        marks = [replace(mark, text=mark.text.partition(" (")[0]) for mark in marks]
    rows = _rows(marks, _letters(width))
    for row in rows:
        row["place"] = max(row["value"], 100.0)
    target, end = {"scale": "figure", "value": 100}, {"scale": "figure", "field": "place"}
    slim: Spec = {
        "y": {"scale": "place", "field": "label", "band": 0.275},
        "height": {"scale": "place", "band": 0.45},
    }
    shown = [
        _drawn("rect", **LAID, x=ZERO, x2=target, fill=_is(PALE)),
        _drawn("rect", **slim, x=ZERO, x2=REACHED, fill=_is(DARK)),
        _drawn("rect", **LAID, xc=target, width=_is(2.5), fill=_is(INK)),
        _text("text", **BESIDE, x=end, dx=_is(8), fontWeight=_is(600)),
    ]
    return _lying(
        rows,
        shown,
        longest=_longest(marks, width, Decimal(100)),
        padding=0.3,
        width=width,
        height=max(46, _row_height(marks, width)) * len(marks),
    )


def accumulation(marks: Sequence[Mark], *, width: int = PAGE_WIDTH, height: int = 220) -> Spec:
    """Quarters piled up: what the earlier ones brought in pale, the quarter's own on top, the text above.

    A mark's value is the quarter's own; its text says what has been reached by then, its series how far
    that is.
    """
    rows, before = _rows(marks, _letters_under(marks, width)), Decimal(0)
    for row, mark in zip(rows, marks, strict=True):
        after = before + (mark.value or 0)
        row |= {"before": _float(before), "value": _float(after)}
        before = after
    since = {"scale": "figure", "field": "before"}
    shown = [
        _drawn("rect", **STOOD, y=ZERO, y2=since, fill=_is(PALE)),
        _drawn("rect", **STOOD, y=since, y2=REACHED, fill=_is(DARK)),
        _text("text", **ABOVE, y=REACHED, dy=_is(-18), fontWeight=_is(600)),
        _text("series", **ABOVE, y=REACHED, dy=_is(-4)),
    ]
    top = 2 * NAME_LINE + EDGE
    return _upright(rows, shown, padding=0.4, top=top, width=width, height=height)


# ---------------------------------------------------------------- parts of a specification
def _is(value: object) -> Spec:
    return {"value": value}


# Where marks stand: in the band of their name, lying or upright, or at its middle; at their figure, at zero.
LAID: Spec = {"y": {"scale": "place", "field": "label"}, "height": {"scale": "place", "band": 1}}
STOOD: Spec = {"x": {"scale": "place", "field": "label"}, "width": {"scale": "place", "band": 1}}
CENTRED: Spec = {"x": {"scale": "place", "field": "label", "band": 0.5}}
BESIDE: Spec = {"y": {"scale": "place", "field": "label", "band": 0.5}, "baseline": _is("middle")}
ABOVE: Spec = {**CENTRED, "align": _is("center"), "baseline": _is("bottom")}
REACHED: Spec = {"scale": "figure", "field": "value"}
ZERO: Spec = {"scale": "figure", "value": 0}


def _drawn(kind: str, data: str = "rows", **encoding: Spec) -> Spec:
    return {"type": kind, "from": {"data": data}, "encode": {"enter": encoding}}


def _text(field: str, data: str = "rows", **encoding: Spec) -> Spec:
    looks = {"font": _is(FONT), "fontSize": _is(FONT_SIZE), "fill": _is(INK), "lineHeight": _is(NAME_LINE)}
    return _drawn("text", data, text={"field": field}, **looks, **encoding)


def _rule(**encoding: Spec) -> Spec:
    return {"type": "rule", "encode": {"enter": {"stroke": _is(MIDDLE), **encoding}}}


def _lying(
    rows: list[Spec],
    marks: list[Spec],
    *,
    longest: float,
    width: int,
    height: int,
    padding: float = 1 - BAND,
    top: int = EDGE,
) -> Spec:
    """Names at the left of their bars; one of several lines is lifted, so that its middle is the bar's. The
    figure `longest` is at the right edge."""
    room = {"left": _left(rows), "top": top, "right": EDGE, "bottom": EDGE}
    names = _text("lines", "names", **BESIDE, x=_is(-GAP), align=_is("right"), dy={"field": "lift"})
    zero = _rule(x=_is(0), y=_is(0), y2=_is(height - top - EDGE))
    figure = {"type": "linear", "domain": [0, longest], "range": "width"}
    place = {"type": "band", "range": "height"}
    return _spec(rows, [zero, names, *marks], (place, padding), figure, room, width=width, height=height)


def _upright(
    rows: list[Spec],
    marks: list[Spec],
    *,
    width: int,
    height: int,
    scale: Spec | None = None,
    padding: float = 1 - BAND,
    top: int = NAME_LINE + GAP,
) -> Spec:
    """Names under their columns; figures from zero unless the scale says otherwise."""
    bottom = GAP + max((len(row["lines"]) for row in rows), default=1) * NAME_LINE
    side = _beyond(rows, width)
    room = {"left": side, "top": top, "right": side, "bottom": bottom}
    below, across = _is(height - top - bottom), _is(width - 2 * side)
    names = _text("lines", "names", **{**ABOVE, "baseline": _is("top")}, y=below, dy=_is(GAP))
    zero = _rule(y=below, x=_is(0), x2=across)
    from_zero = {"domain": [0, max((row["value"] for row in rows), default=0) or 1], "nice": True}
    figure = {"type": "linear", "range": "height", **(scale or from_zero)}
    place = {"type": "band", "range": "width"}
    return _spec(rows, [zero, names, *marks], (place, padding), figure, room, width=width, height=height)


def _spec(
    rows: list[Spec],
    marks: list[Spec],
    places: tuple[Spec, float],
    figure: Spec,
    room: dict[str, int],
    *,
    width: int,
    height: int,
) -> Spec:
    """`width` and `height` are the picture's, `room` what is left around the marks. Names and the line at
    zero are marks like the others: axes that the library fits in itself take it thrice the time."""
    place, padding = places
    names = {row["label"]: row["lines"] for row in rows}
    lifted = [
        {"label": label, "lines": lines, "lift": -NAME_LINE / 2 * (len(lines) - 1)}
        for label, lines in names.items()
    ]
    bands = {"domain": list(names), "paddingInner": padding, "paddingOuter": padding / 2}
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": width - room["left"] - room["right"],
        "height": height - room["top"] - room["bottom"],
        "padding": room,
        "autosize": "none",
        "config": {"aria": False},
        "data": [{"name": "rows", "values": rows}, {"name": "names", "values": lifted}],
        "scales": [{"name": "place", **place, **bands}, {"name": "figure", **figure}],
        "marks": marks,
    }


def _letters(width: int) -> int:
    """Letters on a line of a name beside a bar."""
    return PHONE_LETTERS if width <= PHONE_WIDTH else NAME_LETTERS


def _letters_under(marks: Sequence[Mark], width: int) -> int:
    """Letters on a line of a name under a column."""
    places = len({mark.label for mark in marks}) or 1
    return max(int(width / places / LETTER), 4)


def _row_height(marks: Sequence[Mark], width: int) -> int:
    """Room for the name that takes the most lines."""
    lines = max((len(textwrap.wrap(mark.label, _letters(width))) for mark in marks), default=1)
    return max(ROW, lines * NAME_LINE + 12)


@cache
def _font() -> FreeTypeFont:
    """The heavier weight, so that there is always room enough."""
    return truetype(FONT_FILE, FONT_SIZE)


def _length(text: str) -> float:
    """Pixels that a text takes at most."""
    return _font().getlength(text)


def _left(rows: list[Spec]) -> int:
    """Room for the names at the left."""
    return ceil(max((_length(name) for row in rows for name in row["lines"]), default=0)) + GAP + EDGE


def _beyond(rows: list[Spec], width: int) -> int:
    """Room at either side for half of the longest text, where it is wider than a column's place."""
    longest = max((_length(row["text"]) for row in rows), default=0)
    places = len({row["label"] for row in rows}) or 1
    return max(EDGE, ceil((longest - width / places) / 2))


def _longest(marks: Sequence[Mark], width: int, least: Decimal = Decimal(0)) -> float:
    """The figure that ends at the right edge, when the longest bar leaves room for the longest text behind
    it."""
    texts = max((_length(mark.text) for mark in marks), default=0) + 12
    plot = max(width - _left(_rows(marks, _letters(width))) - EDGE, 120)
    values = [mark.value for mark in marks if mark.value is not None]
    longest = max([least, *values]) or Decimal(1)
    return _float(longest) * plot / max(plot - texts, 40)


def _around(numbers: Sequence[Decimal]) -> list[float]:
    """From the lowest to the highest with a fifth of the spread left free on either side."""
    low, high = min(numbers, default=Decimal(0)), max(numbers, default=Decimal(1))
    spread = (high - low) or max(abs(high), Decimal(1))
    return [_float(low - spread / 5), _float(high + spread / 5)]


def _known(marks: Sequence[Mark]) -> list[Mark]:
    """A point that is missing is not drawn."""
    return [mark for mark in marks if mark.value is not None]


def _rows(marks: Sequence[Mark], letters: int) -> list[Spec]:
    """`|` breaks a name where it stands, its length where it is too long."""
    return [
        {
            "label": mark.label,
            "lines": [line for part in mark.label.split("|") for line in textwrap.wrap(part, letters)],
            "value": _float(mark.value),
            "text": mark.text,
            "series": mark.series,
        }
        for mark in marks
    ]


def _float(value: Decimal | None) -> float:
    """Where a mark ends is drawn, not calculated with; a missing figure is a mark without length."""
    return float(value or 0)
