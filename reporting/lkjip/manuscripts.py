"""The sections whose text an office may write itself: what stands there, and what is wrong with a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.figures import figures
from reporting.lkjip.document import CHAPTERS, Document
from reporting.lkjip.facts import ReportFacts
from reporting.lkjip.narrative import NarrativeError
from reporting.lkjip.parts import Part
from reporting.models import Narrative
from reporting.year import OfficeYear


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A section with the office's own text (None while the standard text stands); `problem` is why the report
    cannot use it."""

    part: Part
    own: Narrative | None
    problem: str = ""


def parts() -> Sequence[Part]:
    """In the order of the report."""
    return [part for chapter in CHAPTERS for part in chapter.PARTS if part.manuscript]


def part_of(section: str) -> Part | None:
    return next((part for part in parts() if part.key == section), None)


def manuscripts(office: OfficeYear) -> list[Manuscript]:
    """One query for the texts; the year is read only where there are any."""
    rows = Narrative.objects.filter(agency=office.agency, year=office.year).select_related("updated_by")
    own = {row.section: row for row in rows if row.text.strip()}
    facts = ReportFacts(office, figures(office)) if own else None
    return [
        Manuscript(part, row, _problem(facts, row.text) if facts and row else "")
        for part in parts()
        for row in (own.get(part.key),)
    ]


def problem_of(office: OfficeYear, text: str) -> str:
    """Why the report could not use a text, empty where it can."""
    return _problem(ReportFacts(office, figures(office)), text)


def said(document: Document) -> dict[str, tuple[str, list[str]]]:
    """By section its title and what it says, a block a line."""
    return {section.key: (section.title, section.text.splitlines()) for section in document.chapters}


def _problem(facts: ReportFacts, text: str) -> str:
    try:
        facts.own_words(text)
    except NarrativeError as error:
        return str(error)
    return ""
