"""The cascade of the plan as a drawing: vision, mission, objective, outcome and indicator in turn."""

import textwrap
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from reporting.office_charts import Drawing
from reporting.year import OfficeYear

LINE, PADDING, GAP, LABEL = 14, 8, 16, 120
LETTER = 5.9


@dataclass(frozen=True, slots=True)
class Level:
    """One box of the drawing: what it is, and its lines of text, from `y` down."""

    label: str
    lines: tuple[str, ...]
    y: int

    @property
    def height(self) -> int:
        return len(self.lines) * LINE + 2 * PADDING

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def label_y(self) -> int:
        return self.y + self.height // 2 + 4

    @property
    def rows(self) -> list[tuple[int, str]]:
        """Each line with the height of its base line."""
        first = self.y + PADDING - 4
        return [(first + LINE * place, line) for place, line in enumerate(self.lines, start=1)]


def cascade(year: OfficeYear, width: int) -> Drawing | None:
    """The plan in force at year end; None without one."""
    stated = _levels(year)
    if not stated or year.plan is None:
        return None
    letters = int((width - LABEL - 4 * PADDING) / LETTER)
    boxes: list[Level] = []
    for label, texts in stated:
        lines = tuple(line for text in texts for line in textwrap.wrap(text, letters))
        boxes.append(Level(label, lines, boxes[-1].bottom + GAP if boxes else 1))
    title = f"Kaskade Kinerja {year.agency.name} Menurut Renstra {year.plan.period}"
    context = {
        "title": title,
        "width": width,
        "height": boxes[-1].bottom + 1,
        "label_width": LABEL,
        "text_x": LABEL + 2 * PADDING,
        "box_width": width - 2,
        "middle": (width + LABEL) // 2,
        "boxes": boxes,
        "arrows": [(box.bottom, box.bottom + GAP) for box in boxes[:-1]],
    }
    svg = render_to_string("reporting/lkjip/cascade.svg", context).strip()
    return Drawing(title, mark_safe(svg))  # noqa: S308 - our own template


def _levels(year: OfficeYear) -> list[tuple[str, list[str]]]:
    """The levels that the plan states; one that it does not state is left out."""
    plan = year.plan
    if plan is None:
        return []
    outcomes = [outcome for objective in plan.objectives for outcome in objective.outcomes]
    levels = [
        ("Visi", [plan.plan.vision]),
        ("Misi", [f"{mission.number}. {mission.text}" for mission in plan.carried_missions]),
        ("Program unggulan", [f"{item.number}. {item.text}" for item in plan.carried_programmes]),
        ("Tujuan", [objective.text for objective in plan.objectives]),
        ("Sasaran", [outcome.text for outcome in outcomes]),
        ("Indikator", [indicator.name for outcome in outcomes for indicator in outcome.indicators]),
    ]
    stated = [(label, [text for text in texts if text]) for label, texts in levels]
    return [(label, texts) for label, texts in stated if texts]
