"""What can be found of an office's year, whoever may read it: the rows of the core and of the budget, named
figures, and the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from budget.queries import searchable as budget
from reporting.dashboards.origins import topic_of
from reporting.figures import Figure, part, printed_result
from reporting.lkjip.blocks import FigureBlock, TableBlock
from reporting.lkjip.document import Document, document_of
from reporting.lkjip.narrative import NarrativeError
from reporting.year import OfficeYear
from sakip.models import ScoringPolicy
from sakip.queries import searchable as core
from sakip.queries.search import Kind, Record
from sakip.queries.searchable import Places

CHART = "I.C"
RECOMMENDATIONS = "1.9"
_NUMBER = re.compile(r"-?\d[\d.,]*")


def records_of(office: OfficeYear, places: Places) -> Iterator[Record]:
    """Everything, kind after kind. A year that no scoring policy covers has no figures and no report."""
    rows = budget.Rows(places)
    yield from core.unit_records(places)
    yield from _of_report_year(office, places)
    yield from budget.indicator_records(rows)
    yield from budget.node_records(rows)
    yield from core.agreement_records(places)
    yield from core.indicator_evidence(places)
    yield from budget.line_evidence(places)
    yield from core.followup_evidence(places)
    yield from budget.obstacle_records(rows)
    yield from core.meeting_records(places)


def _of_report_year(office: OfficeYear, places: Places) -> Iterator[Record]:
    report = places.page("report")
    document = None
    # The report's own page says what is wrong with it; the rest can be found all the same.
    with suppress(NarrativeError, ScoringPolicy.DoesNotExist):
        document = document_of(office) if office.reporting_year else None
    if document is not None:
        yield from indicator_records(office, places)
        yield from (figure_record(figure, places) for figure in document.figures.values())
        yield from report_records(document, report)
        yield from core.criterion_records(places)
    anchors = dict(_anchors(document)) if document else {}
    yield from core.position_records(places, report + anchors.get(CHART, ""))
    yield from core.recommendation_records(office.recommendations, report + anchors.get(RECOMMENDATIONS, ""))


def indicator_records(office: OfficeYear, places: Places) -> Iterator[Record]:
    """Those of the agreement, which lead to how their achievement was worked out."""
    for row in office.indicators:
        yield Record(
            Kind.INDICATOR,
            row.name,
            places.page("figure", f"iku.{part(row.key)}.achievement"),
            f"Capaian {printed_result(row.achievement, office.policy)}",
            row.outcome_text,
            words=f"IKU {row.key}",
        )


def figure_record(figure: Figure, places: Places) -> Record:
    """Found by its name, its key, and what it prints: 41,92."""
    number = _NUMBER.search(figure.printed) if figure.value is not None else None
    return Record(
        Kind.FIGURE,
        figure.label,
        places.page("figure", figure.key),
        figure.printed,
        codes=(number[0],) if number else (),
        words=f"{topic_of(figure.key)} {figure.key}",
    )


def report_records(document: Document, address: str) -> Iterator[Record]:
    """Chapters and sections, each with its tables and drawings after it."""
    chapter = ""
    for section in document.sections:
        if section.level == 1:
            chapter = f"{section.label} {section.title}".strip()
        yield Record(
            Kind.REPORT,
            section.title if section.level > 1 else f"{section.label} {section.title}".strip(),
            f"{address}#{section.anchor}",
            chapter if section.level in (2, 3) else "Laporan Kinerja",
            words=section.number,
        )
        for block in section.blocks:
            match block:
                case TableBlock():
                    title, number = block.table.title, block.table.number
                case FigureBlock():
                    title, number = block.title, block.number
                case _:
                    continue
            yield Record(
                Kind.REPORT,
                f"{block.label} {title}",
                f"{address}#{block.anchor}",
                section.title,
                codes=(number,),
            )


def _anchors(document: Document) -> Iterator[tuple[str, str]]:
    """Of sections by their key, of tables by their number."""
    yield from ((section.key, f"#{section.anchor}") for section in document.sections)
    yield from ((block.table.number, f"#{block.anchor}") for block in document.tables)
