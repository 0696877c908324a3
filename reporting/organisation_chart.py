"""The organisation chart as a drawing: boxes measured and placed here, drawn as SVG by a template.

The head stands on top; functional posts hang to the left of the trunk, the secretariat to the right; sections
stand in a row below, each with its own people stacked beneath it.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from sakip.models import Position, PositionKind

WIDTH = 586
GAP, LINE, PADDING = 10, 12, 6
LETTER = 5.1
STEP = 26
SIDE_WIDTH, HEAD_WIDTH = 150, 170
LEADER_SHARE = 1.5


@dataclass(frozen=True, slots=True)
class Box:
    """A box at (x, y) from the top left, its text already broken into lines."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    is_head: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 2 * PADDING

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def rows(self) -> Iterator[tuple[float, str]]:
        """Each line of text with the height of its base line."""
        for place, line in enumerate(self.lines):
            yield self.y + PADDING + LINE * (place + 0.78), line


@dataclass(frozen=True, slots=True)
class Chart:
    boxes: tuple[Box, ...]
    lines: tuple[tuple[tuple[float, float], ...], ...]
    height: float


def organisation_chart(positions: Sequence[Position], title: str, width: int = WIDTH) -> SafeString:
    """The SVG of the chart; empty where no head is recorded."""
    chart = lay_out(positions, width)
    if chart is None:
        return mark_safe("")
    context = {
        "title": title,
        "width": str(width),
        "height": f"{chart.height:.0f}",
        "boxes": [
            {
                "x": _px(box.x),
                "y": _px(box.y),
                "width": _px(box.width),
                "height": _px(box.height),
                "middle": _px(box.middle),
                "is_head": box.is_head,
                "rows": [(_px(y), text) for y, text in box.rows],
            }
            for box in chart.boxes
        ],
        "lines": [" ".join(f"{_px(x)},{_px(y)}" for x, y in line) for line in chart.lines],
    }
    return mark_safe(render_to_string("reporting/lkjip/organisation_chart.svg", context).strip())  # noqa: S308


def _px(value: float) -> str:
    """A coordinate with one decimal, the same whatever the locale."""
    return f"{value:.1f}"


class _Layout:
    """Places boxes and lines; every method returns how far down it came."""

    def __init__(self, positions: Sequence[Position], width: int) -> None:
        self.width = width
        self.boxes: list[Box] = []
        self.lines: list[tuple[tuple[float, float], ...]] = []
        self.children: dict[int | None, list[Position]] = {}
        for position in positions:
            self.children.setdefault(position.parent_id, []).append(position)

    def box(self, position: Position, x: float, y: float, width: float, *, is_head: bool = False) -> Box:
        letters = max(int((width - 2 * PADDING) / LETTER), 6)
        name = position.name
        found = Box(x, y, width, tuple(textwrap.wrap(name, letters, break_long_words=False)), is_head)
        self.boxes.append(found)
        return found

    def stack(self, parent: Box, people: Sequence[Position], width: float) -> float:
        """People below a box, each joined to a rail at its left edge."""
        y, rail = parent.bottom, parent.x + 5
        for person in people:
            child = self.box(person, parent.x + 14, y + GAP, width - 14)
            middle = child.y + child.height / 2
            self.lines.append(((rail, parent.bottom), (rail, middle), (child.x, middle)))
            y = self.stack(child, self.children.get(person.pk, ()), width - 14)
        return y

    def sides(self, head: Box, people: Sequence[Position], x: float) -> float:
        """Posts beside the trunk, one below the other, joined to it by level lines."""
        y = head.bottom
        for person in people:
            side = self.box(person, x, y + GAP, SIDE_WIDTH)
            level = side.y + side.height / 2
            edge = side.x if side.x > head.middle else side.x + side.width
            self.lines.append(((head.middle, level), (edge, level)))
            y = self.stack(side, self.children.get(person.pk, ()), SIDE_WIDTH)
        return y

    def row(self, head: Box, people: Sequence[Position], y: float) -> float:
        """The row below under one common line; who has people stacked beneath gets more of the width."""
        bus, top = y + STEP / 2, y + STEP
        weights = [LEADER_SHARE if person.pk in self.children else 1 for person in people]
        share = (self.width - 2 - GAP * (len(people) - 1)) / sum(weights)
        placed, x = [], 1.0
        for person, weight in zip(people, weights, strict=True):
            placed.append(self.box(person, x, top, share * weight))
            x += share * weight + GAP
        self.lines.append(((head.middle, head.bottom), (head.middle, bus)))
        self.lines.append(((placed[0].middle, bus), (placed[-1].middle, bus)))
        self.lines += [((box.middle, bus), (box.middle, top)) for box in placed]
        deepest = [
            self.stack(box, self.children.get(person.pk, ()), box.width)
            for box, person in zip(placed, people, strict=True)
        ]
        return max(deepest)


def lay_out(positions: Sequence[Position], width: int = WIDTH) -> Chart | None:
    """Where each box and line goes; None without a head."""
    layout = _Layout(positions, width)
    heads = layout.children.get(None, [])
    if not heads:
        return None
    head = layout.box(heads[0], (width - HEAD_WIDTH) / 2, 1, HEAD_WIDTH, is_head=True)
    below = layout.children.get(heads[0].pk, [])
    left = [person for person in below if person.kind == PositionKind.FUNCTIONAL]
    right = [person for person in below if person.kind == PositionKind.SECRETARIAT]
    row = [person for person in below if person not in left and person not in right]
    bottom = max(layout.sides(head, left, 40), layout.sides(head, right, width - SIDE_WIDTH - 40))
    if row:
        bottom = layout.row(head, row, bottom)
    elif left or right:
        layout.lines.append(((head.middle, head.bottom), (head.middle, bottom)))
    return Chart(tuple(layout.boxes), tuple(layout.lines), bottom + 2)
