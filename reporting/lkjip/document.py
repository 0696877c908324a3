"""The report of one agency and year as data: cover, parts, tables and drawings in their order.

HTML, PDF, JSON and XLSX are made from this and from nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.figures import Figure, figures
from reporting.lkjip.blocks import FigureBlock, Section, TableBlock
from reporting.lkjip.chapters import accountability, attachments, closing, front, introduction, planning
from reporting.lkjip.facts import ReportFacts
from reporting.year import OfficeYear
from sakip.models import Agency

CHAPTERS = (introduction, planning, accountability, closing)


class Paper(StrEnum):
    A4 = "a4"
    F4 = "f4"


@dataclass(frozen=True, slots=True)
class Cover:
    title: str
    year: str
    agency: str
    government: str
    number: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `front` comes before the lists of contents, `chapters` and `attachments` after them."""

    agency: str
    agency_name: str
    year: int
    title: str
    cover: Cover
    front: tuple[Section, ...]
    chapters: tuple[Section, ...]
    attachments: tuple[Section, ...]
    figures: Mapping[str, Figure]
    is_sample: bool
    paper: Paper = Paper.A4

    @property
    def sections(self) -> tuple[Section, ...]:
        return (*self.front, *self.chapters, *self.attachments)

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, TableBlock))

    @property
    def numbered_tables(self) -> tuple[TableBlock, ...]:
        """Those of the list of tables: the attachments are forms and stand in the contents."""
        return tuple(b for s in self.chapters for b in s.blocks if isinstance(b, TableBlock))

    @property
    def contents(self) -> tuple[Section, ...]:
        return (*self.chapters, *self.attachments)

    @property
    def drawings(self) -> tuple[FigureBlock, ...]:
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, FigureBlock))


def build_document(agency: Agency, year: int, paper: Paper = Paper.A4) -> Document:
    """Reads the year and writes the report. Raises ScoringPolicy.DoesNotExist where no policy covers the
    year, and NarrativeError where the office's own text cannot be filled in."""
    return document_of(OfficeYear(agency, year), paper)


def document_of(office: OfficeYear, paper: Paper = Paper.A4) -> Document:
    """The report of a year that is already being read."""
    named = figures(office)
    facts = ReportFacts(office, named)
    title = f"Laporan Kinerja Instansi Pemerintah (LKjIP) {office.agency.name} Tahun {office.year}"
    return Document(
        agency=office.agency.slug,
        agency_name=office.agency.name,
        year=office.year,
        title=title,
        cover=Cover(
            title="Laporan Kinerja Instansi Pemerintah (LKjIP)",
            year=str(office.year),
            agency=office.agency.name,
            government=office.agency.government.name,
            number=office.report_number,
            day=office.report_date,
        ),
        front=front.sections(facts),
        chapters=tuple(section for chapter in CHAPTERS for section in chapter.sections(facts)),
        attachments=attachments.sections(facts),
        figures=named,
        is_sample=office.is_sample,
        paper=paper,
    )
