"""What the manuscripts may name: every figure by its key, its words, and the lists that a chapter tells of.

All of it is plain data (texts, numbers of items, lists, dictionaries), so a text reaches nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from reporting.figures import Figure
from reporting.lkjip import drawings
from reporting.lkjip.blocks import Block, FigureBlock, Section, TableBlock
from reporting.lkjip.narrative import (
    NarrativeError,
    Place,
    guarded,
    nested,
    own_text,
    places_of,
    read_blocks,
    sentence,
    standard_text,
)
from reporting.lkjip.parts import TABLE_KEYS, Part
from reporting.models import Narrative
from reporting.tables import build_table
from reporting.year import OfficeYear
from sakip import indonesian

PROVISIONAL = " (sementara)"
WORDS = "words"

type Facts = dict[str, Any]


class ReportFacts:
    """One report's data on its way into prose. Tables and drawings are built once, when first asked for."""

    def __init__(self, office: OfficeYear, named: Mapping[str, Figure]) -> None:
        self.office = office
        self.named = named
        self._tables: dict[str, TableBlock] = {}

    @cached_property
    def names(self) -> dict[str, str]:
        """Every name that an office's own text may use, with what it prints."""
        printed = {
            key: figure.printed + (PROVISIONAL if figure.provisional and figure.value is not None else "")
            for key, figure in self.named.items()
        }
        spoken = {f"{WORDS}.{key}": text for key, figure in self.named.items() if (text := in_words(figure))}
        return printed | spoken

    @cached_property
    def drawings(self) -> dict[str, FigureBlock]:
        """The numbered drawings that the year has data for, by key."""
        return drawings.build(self.office)

    @cached_property
    def common(self) -> Facts:
        """What every part may name: the figures, and where tables and drawings stand."""
        tables = {key: f"Tabel {number}" for key, number in TABLE_KEYS.items()}
        figures = {key: block.label for key, block in self.drawings.items()}
        return guarded(nested(self.names)) | {
            "tabel": guarded(tables),
            "gambar": guarded({key: figures.get(key, "") for key in drawings.KEYS}),
            "is_sample": self.office.is_sample,
        }

    @cached_property
    def own(self) -> dict[str, str]:
        """The office's own texts by section."""
        rows = Narrative.objects.filter(agency=self.office.agency, year=self.office.year)
        return {row.section: row.text for row in rows if row.text.strip()}

    def table(self, key: str) -> TableBlock:
        """KeyError for a key that the report does not have."""
        if key not in self._tables:
            self._tables[key] = TableBlock(build_table(self.office, TABLE_KEYS[key]))
        return self._tables[key]

    def own_words(self, text: str) -> str:
        """An office's own text with its figures filled in. NarrativeError for a figure, a table or a drawing
        that the report does not have."""
        if unknown := [place for place in places_of(text) if not _is_known(place)]:
            named = ", ".join(f"[{place.what} {place.key}]" for place in unknown)
            raise NarrativeError(f"Naskah menempatkan {named}, yang tidak ada dalam laporan.")
        return own_text(text, self.names)

    def resolve(self, place: Place) -> Block | None:
        if place.what == "tabel":
            return self.table(place.key)
        return self.drawings.get(place.key)

    def sections(self, parts: tuple[Part, ...], more: Callable[[OfficeYear], Facts]) -> tuple[Section, ...]:
        """The sections of a chapter; `more` gives what only this chapter tells of."""
        facts = self.common | guarded(more(self.office))
        return tuple(self.section(part, facts) for part in parts)

    def section(self, part: Part, facts: Facts) -> Section:
        return Section(
            key=part.key,
            number=part.number,
            label=part.label,
            title=sentence(part.title, facts),
            level=part.level,
            blocks=self.blocks(part, facts) if part.manuscript else (),
        )

    def with_blocks(self, section: Section, *more: Block) -> Section:
        """The section with blocks added at its end."""
        return replace(section, blocks=(*section.blocks, *more))

    def text(self, manuscript: str, more: Facts | None = None) -> tuple[Block, ...]:
        """A manuscript that is no section of its own, such as the words of a statement."""
        filled = standard_text(manuscript, self.common | guarded(more or {}))
        return read_blocks(filled, self.resolve)

    def blocks(self, part: Part, facts: Facts) -> tuple[Block, ...]:
        """The office's own text where there is one, with the section's tables and drawings kept."""
        standard = standard_text(part.manuscript, facts)
        if part.key not in self.own:
            return read_blocks(standard, self.resolve)
        own = self.own_words(self.own[part.key])
        kept = [place for place in places_of(standard) if place not in set(places_of(own))]
        places = "\n\n".join(f"[{place.what} {place.key}]" for place in kept)
        return read_blocks(f"{own}\n\n{places}", self.resolve)


def _is_known(place: Place) -> bool:
    return place.key in (TABLE_KEYS if place.what == "tabel" else drawings.KEYS)


def in_words(figure: Figure) -> str:
    """A count as 'sepuluh', an amount as 'tiga puluh enam miliar rupiah'; empty for anything else."""
    value = figure.value
    if value is None:
        return ""
    if figure.printed.startswith(("Rp", "-Rp")):
        return indonesian.terbilang_rupiah(value).lower()
    is_count = value == value.to_integral_value() and figure.printed == indonesian.number(Decimal(value), 0)
    return indonesian.terbilang(int(value)) if is_count else ""
