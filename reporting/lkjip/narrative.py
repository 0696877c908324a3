"""Prose with bound figures: a manuscript names its figures, and the year's data fills them in.

A section's standard text is a template of ours (templates/reporting/lkjip/naskah/), which may use Django's
conditions and loops over plain data. An office's own text may only name figures, `{{ serapan.total }}`: no
tags, no filters, no code. Both are then read as blocks:

    a blank line          between blocks
    ## Judul              a heading
    > kalimat             a quotation
    - butir / + butir     a list with dots / with numbers; two spaces deeper for an inner list
    [tabel kunci]         the table, and
    [gambar kunci]        the figure, that stand here
    *miring*, **tebal**   inside a text
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template

from reporting.lkjip.blocks import STAR, Block, Heading, Item, ItemList, Paragraph, Quote, plain_text

# Keeps a bound value at the beginning of a line from acting as markup; taken out when blocks are made.
_GUARD = "\ue001"
_LINE_MARKS = tuple("-+>#[")
_SPACES = re.compile(r"\s+")
_NAME = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*\}\}")
_PLACE = re.compile(r"^\[(tabel|gambar) ([a-z0-9_-]+)\]$")
_ITEM = re.compile(r"^(?P<indent>(?:  )?)(?P<mark>[-+]) (?P<text>.+)$")


class NarrativeError(ValueError):
    """A text that cannot be filled in; the message is for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table or a figure stands."""

    what: str
    key: str


class _Missing(str):
    """What a standard text shows for a name that does not exist: an error, never an empty gap."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise NarrativeError(f"Naskah menyebut {name}, yang tidak ada dalam data laporan.")


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(settings.BASE_DIR / "templates")],
        autoescape=False,
        string_if_invalid=_Missing("%s"),
    )


@cache
def _template(name: str) -> Template:
    return _engine().get_template(name)


# ---------------------------------------------------------------- filling in
def standard_text(template: str, facts: Mapping[str, Any]) -> str:
    """A standard text of ours with its figures filled in. `facts` is plain data (see `guarded`)."""
    return _template(template).render(Context(dict(facts), autoescape=False))


def sentence(text: str, facts: Mapping[str, Any]) -> str:
    """A title with bound names, `Perjanjian Kinerja Tahun {{ tahun }}`."""
    filled = _engine().from_string(text).render(Context(dict(facts), autoescape=False))
    return plain_text(_unguarded(filled))


def own_text(text: str, names: Mapping[str, str]) -> str:
    """An office's own text with its figures filled in. NarrativeError with every problem, if there is one."""
    if problems := problems_of(text, names):
        raise NarrativeError(" ".join(problems))
    return _NAME.sub(lambda match: guarded(names[match[1]]), text)


def problems_of(text: str, names: Iterable[str]) -> list[str]:
    """What keeps an own text from being used, a sentence each; empty when nothing does."""
    known, problems = set(names), []
    for number, line in enumerate(text.splitlines(), start=1):
        for name in _NAME.findall(line):
            if name not in known:
                near = difflib.get_close_matches(name, sorted(known), n=1)
                hint = f" Mungkin maksud Anda “{near[0]}”." if near else ""
                problems.append(f"Baris {number}: nama angka “{name}” tidak dikenal.{hint}")
        rest = _NAME.sub("", line)
        if any(mark in rest for mark in ("{{", "}}", "{%", "%}", "{#", "#}")):
            problems.append(
                f"Baris {number}: hanya nama angka seperti {{{{ serapan.total }}}} yang boleh ditulis dalam "
                "kurung kurawal, tanpa perintah atau hitungan."
            )
    return problems


def guarded(value: Any) -> Any:
    """Plain data whose texts cannot act as markup, whatever they contain.

    Only texts, numbers of list items, booleans, lists and dictionaries: no objects, so that a text can reach
    nothing but what it was given. TypeError for anything else.
    """
    if isinstance(value, str):
        flat = _SPACES.sub(" ", value).strip().replace("*", STAR)
        return _GUARD + flat if flat.startswith(_LINE_MARKS) else flat
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {key: guarded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [guarded(item) for item in value]
    raise TypeError(f"Naskah hanya menerima data polos, bukan {type(value).__name__}.")


def nested(names: Mapping[str, str]) -> dict[str, Any]:
    """`{"serapan.total": "97,10%"}` as `{"serapan": {"total": "97,10%"}}`, which a template can walk.

    ValueError where a name is both a figure and the beginning of others.
    """
    tree: dict[str, Any] = {}
    for name, text in names.items():
        *path, last = name.split(".")
        place = tree
        for part in path:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise ValueError(f"Nama angka {name} dimulai dengan nama angka lain.")
        if last in place:
            raise ValueError(f"Nama angka {name} dipakai dua kali.")
        place[last] = text
    return tree


# ---------------------------------------------------------------- reading as blocks
def read_blocks(text: str, resolve: Callable[[Place], Block | None]) -> tuple[Block, ...]:
    """The blocks of a filled-in text. `resolve` gives the table or figure of a place, or None to leave it
    out."""
    found: list[Block] = []
    for group in _groups(text):
        block = _block(group, resolve)
        if block is not None:
            found.append(block)
    return tuple(found)


def places_of(text: str) -> list[Place]:
    """The tables and figures that a text gives a place."""
    return [Place(*match.groups()) for line in text.splitlines() if (match := _PLACE.match(line.strip()))]


def _groups(text: str) -> Iterable[list[str]]:
    """Lines that belong together: separated by blank lines; headings and places stand alone."""
    group: list[str] = []
    for line in text.splitlines():
        stripped = line.strip()
        alone = stripped.startswith("## ") or bool(_PLACE.match(stripped))
        starts_list = bool(_ITEM.match(line)) and bool(group) and not _ITEM.match(group[0])
        if group and (not stripped or alone or starts_list):
            yield group
            group = []
        if alone:
            yield [stripped]
        elif stripped:
            group.append(line.rstrip())
    if group:
        yield group


def _block(lines: list[str], resolve: Callable[[Place], Block | None]) -> Block | None:
    first = lines[0].strip()
    if place := _PLACE.match(first):
        return resolve(Place(*place.groups()))
    if first.startswith("## "):
        return Heading(_unguarded(first[3:]))
    if first.startswith("> "):
        return Quote(_joined(line.strip().removeprefix("> ") for line in lines))
    if _ITEM.match(lines[0]):
        return _list(lines)
    return Paragraph(_joined(lines))


def _list(lines: list[str]) -> ItemList:
    """A list of at most two depths; a line that starts no item continues the one before."""
    entries: list[tuple[int, bool, str]] = []
    for line in lines:
        if match := _ITEM.match(line):
            entries.append((len(match["indent"]) // 2, match["mark"] == "+", match["text"]))
        else:
            depth, ordered, text = entries[-1]
            entries[-1] = (depth, ordered, f"{text} {line.strip()}")
    items: list[Item] = []
    for depth, ordered, text in entries:
        item = Item(_unguarded(text))
        if depth == 0 or not items:
            items.append(item)
            continue
        outer = items[-1]
        inner = outer.inner.items if outer.inner else ()
        items[-1] = Item(outer.text, ItemList(ordered, (*inner, item)))
    return ItemList(entries[0][1], tuple(items))


def _joined(lines: Iterable[str]) -> str:
    return _unguarded(_SPACES.sub(" ", " ".join(lines)).strip())


def _unguarded(text: str) -> str:
    return _SPACES.sub(" ", text.replace(_GUARD, "")).strip()
