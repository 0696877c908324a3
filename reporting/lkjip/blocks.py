"""What a section of the report is made of. HTML, PDF and JSON read the same blocks.

A text inside a block may hold `*miring*` and `**tebal**`; nothing else is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reporting.tables.base import Table

# Stands for an asterisk that belongs to a bound value, so that it cannot act as markup.
STAR = "\ue000"
# An amount is not torn from its sign at the end of a line, nor a number from what it counts.
_BOUND = re.compile(r"\b(Rp|Tabel|Gambar|Nomor|Tahun|tahun) (?=\d)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"\*(.+?)\*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; it stands in no list of contents."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence set apart: a vision, an objective."""

    text: str
    kind: str = "quote"


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    inner: ItemList | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; the inner list of an ordered one counts with letters."""

    ordered: bool
    items: tuple[Item, ...]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A numbered table of the report where it stands; `anchor` is what the list of tables points to."""

    table: Table
    kind: str = "table"

    @property
    def anchor(self) -> str:
        return f"tabel-{self.table.number.replace('.', '-').replace(' ', '-').lower()}"

    @property
    def label(self) -> str:
        return f"Tabel {self.table.number}"


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A numbered drawing; `alt` says in words what it shows."""

    number: str
    title: str
    svg: SafeString
    note: str = ""
    kind: str = "figure"

    @property
    def anchor(self) -> str:
        return f"gambar-{self.number.replace('.', '-')}"

    @property
    def label(self) -> str:
        return f"Gambar {self.number}"


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A photograph: its bytes as a data address, so that no file is fetched while printing."""

    title: str
    address: str
    kind: str = "photo"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: every part may be empty, and the block then leaves room. `place` and `day`
    stand above it."""

    heading: str
    position: str
    acting: str = ""
    name: str = ""
    rank: str = ""
    nip: str = ""
    has_nip: bool = True
    place: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    signatures: tuple[Signature, ...]
    kind: str = "signatures"


@dataclass(frozen=True, slots=True)
class LetterheadBlock:
    """The letterhead of an official form, and the form's title under it."""

    government: str
    agency: str
    address: str
    website: str
    email: str
    kind: str = "letterhead"


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The centred title of a form, a line each."""

    lines: tuple[str, ...]
    kind: str = "title"


@dataclass(frozen=True, slots=True)
class PartyBlock:
    """The name and position of someone who signs, in the body of a statement."""

    name: str
    position: str
    party: str
    kind: str = "party"


@dataclass(frozen=True, slots=True)
class PageBreak:
    kind: str = "break"


Block = (
    Paragraph
    | Heading
    | Quote
    | ItemList
    | TableBlock
    | FigureBlock
    | PhotoBlock
    | SignatureBlock
    | LetterheadBlock
    | TitleBlock
    | PartyBlock
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `number` is the full one ("III.A.1"), `label` the printed one ("1.").

    `level` 0 is a part of the front matter, 1 a chapter, 2 and 3 its sections, 4 an attachment.
    """

    key: str
    number: str
    label: str
    title: str
    level: int
    blocks: tuple[Block, ...] = field(default=())

    @property
    def anchor(self) -> str:
        return f"bagian-{self.key.replace('.', '-').lower()}"

    @property
    def text(self) -> str:
        """The words of the section without markup, a block a line; tables and figures by their names."""
        return "\n".join(line for block in self.blocks for line in _lines(block))


def inline_html(text: str) -> SafeString:
    """The text as HTML: escaped, with its bold and italic words."""
    bound = _BOUND.sub("\\1\u00a0", escape(text))
    marked = _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", bound))
    return mark_safe(marked.replace(STAR, "*"))  # noqa: S308 - escaped first, then two tags of our own


def plain_text(text: str) -> str:
    """The text without its marks."""
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text)).replace(STAR, "*")


def _lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph() | Heading() | Quote():
            yield plain_text(block.text)
        case ItemList():
            yield from _item_lines(block, "")
        case TableBlock():
            yield f"[{block.label} {block.table.title}]"
        case FigureBlock():
            yield f"[{block.label} {block.title}]"
        case TitleBlock():
            yield from block.lines
        case PartyBlock():
            yield f"{block.name or '…'}, {block.position}, {block.party}"


def _item_lines(items: ItemList, indent: str) -> Iterable[str]:
    for number, item in enumerate(items.items, start=1):
        mark = f"{number}." if items.ordered else "-"
        yield f"{indent}{mark} {plain_text(item.text)}"
        if item.inner:
            yield from _item_lines(item.inner, indent + "   ")
