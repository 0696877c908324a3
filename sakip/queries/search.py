"""Finding things by what somebody types: words in any order, whatever their case and accents. PURE.

Every word must occur in a record. A record whose code begins with what was typed comes first, then one whose
title begins with it, then beginnings of words before insides of words; of equals those with more of the words
whole, else in their order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

LONGEST_QUERY = 100
# So much of a long text is shown around the first word that was found in it.
SNIPPET = 140
# A number or a code stays one word: 41,92 and 7.01.01.2.06.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")


class Kind(StrEnum):
    """What a record is, in the order in which groups are shown."""

    PAGE = "halaman"
    AGENCY = "instansi"
    UNIT = "unit"
    INDICATOR = "indikator"
    PROGRAMME = "program"
    FIGURE = "angka"
    AGREEMENT = "perjanjian"
    REPORT = "laporan"
    EVIDENCE = "bukti"
    OBSTACLE = "kendala"
    MEETING = "rapat"
    CRITERION = "kriteria"
    RECOMMENDATION = "rekomendasi"
    POSITION = "jabatan"
    GUIDE = "panduan"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.PAGE: "Halaman",
    Kind.AGENCY: "Perangkat daerah",
    Kind.UNIT: "Unit kerja",
    Kind.INDICATOR: "Indikator",
    Kind.PROGRAMME: "Program, kegiatan, sub kegiatan",
    Kind.FIGURE: "Angka",
    Kind.AGREEMENT: "Perjanjian kinerja",
    Kind.REPORT: "LKjIP",
    Kind.EVIDENCE: "Bukti dukung",
    Kind.OBSTACLE: "Kendala dan solusi",
    Kind.MEETING: "Rapat dan tindak lanjut",
    Kind.CRITERION: "Kriteria evaluasi AKIP",
    Kind.RECOMMENDATION: "Rekomendasi evaluasi",
    Kind.POSITION: "Jabatan",
    Kind.GUIDE: "Panduan",
}


@dataclass(frozen=True, slots=True)
class Record:
    """Something that can be found. `place` says where it belongs; `text` is searched as well and shown in
    part where a word was found in it; a code or number in `codes` (the first is shown) is found from its
    beginning; `unit` is the key of the unit it belongs to; `words` are searched and never shown."""

    kind: Kind
    title: str
    url: str
    place: str = ""
    text: str = ""
    codes: tuple[str, ...] = ()
    words: str = ""
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A record made ready: its words, folded, each with a space before it; one more ends `all`."""

    record: Record
    title: str
    all: str
    codes: tuple[str, ...]


class Rank(IntEnum):
    """How well a record fits; the lower, the better."""

    CODE = 0
    CODE_BEGINS = 1
    TITLE_BEGINS = 2
    TITLE = 3
    BEGINNINGS = 4
    INSIDE = 5


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, cut to a bearable length, and its words; without a word it finds nothing."""

    text: str
    words: tuple[str, ...]
    code: str

    @classmethod
    def of(cls, typed: str) -> Query:
        text = " ".join(typed.replace("\0", "")[:LONGEST_QUERY].split())
        # Only what holds a digit can be a code: "iku" is no reason to put every key iku.… first.
        code = fold(text).strip(" .,") if any(sign.isdecimal() for sign in text) else ""
        return cls(text, tuple(dict.fromkeys(words_of(text))), code)

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one kind, the best first."""

    kind: Kind
    records: tuple[Record, ...]
    rank: Rank


def fold(text: str) -> str:
    """Without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def prepare(records: Iterable[Record]) -> tuple[Entry, ...]:
    """Done once for records that are searched often."""
    return tuple(
        Entry(
            record,
            title := _spaced(record.title),
            title + _spaced(" ".join((record.place, record.text, record.words, *record.codes))) + " ",
            tuple(fold(code) for code in record.codes if code),
        )
        for record in records
    )


def _spaced(text: str) -> str:
    return "".join(f" {word}" for word in words_of(text))


def rank(entry: Entry, query: Query) -> Rank | None:
    """None where a word is missing."""
    if query.code and any(code.startswith(query.code) for code in entry.codes):
        return Rank.CODE if query.code in entry.codes else Rank.CODE_BEGINS
    if not all(word in entry.all for word in query.words):
        return None
    if entry.title.startswith(" " + " ".join(query.words)):
        return Rank.TITLE_BEGINS
    beginnings = [f" {word}" for word in query.words]
    if all(word in entry.title for word in beginnings):
        return Rank.TITLE
    return Rank.BEGINNINGS if all(word in entry.all for word in beginnings) else Rank.INSIDE


def search(entries: Iterable[Entry], query: Query, own_units: frozenset[int] = frozenset()) -> list[Group]:
    """What was found, by kind: kinds with a fitting code first, then in the order of the kinds. Of equals,
    those of `own_units` come first."""
    if not query:
        return []
    found: dict[Kind, list[tuple[Rank, int, bool, int, Record]]] = {}
    for place, entry in enumerate(entries):
        fits = rank(entry, query)
        if fits is not None:
            record = entry.record
            within = f"{entry.title} " if fits in (Rank.TITLE_BEGINS, Rank.TITLE) else entry.all
            parts = sum(f" {word} " not in within for word in query.words)
            row = (fits, parts, record.unit not in own_units, place, record)
            found.setdefault(record.kind, []).append(row)
    groups = [
        Group(kind, tuple(row[-1] for row in rows), rows[0][0])
        for kind in Kind
        if (rows := sorted(found.get(kind, []), key=lambda row: row[:-1]))
    ]
    return sorted(groups, key=lambda group: min(group.rank, Rank.TITLE_BEGINS))


# ---------------------------------------------------------------- what is shown
Marked = list[tuple[str, bool]]


def marked(text: str, query: Query) -> Marked:
    """The text in pieces, each with whether it is what was typed."""
    folded, places = _folded_with_places(text)
    hits: set[int] = set()
    for word in query.words:
        start = folded.find(word)
        while start >= 0:
            hits.update(places[start : start + len(word)])
            start = folded.find(word, start + len(word))
    pieces: Marked = []
    for number, sign in enumerate(text):
        is_hit = number in hits
        if pieces and pieces[-1][1] == is_hit:
            pieces[-1] = (pieces[-1][0] + sign, is_hit)
        else:
            pieces.append((sign, is_hit))
    return pieces


def snippet(text: str, query: Query) -> str:
    """The part of a text around the first word that occurs in it; empty where none does."""
    folded, places = _folded_with_places(text)
    starts = [start for word in query.words if (start := folded.find(word)) >= 0]
    if not starts:
        return ""
    # Two thirds of it stand behind the word.
    first = max(places[min(starts)] - SNIPPET // 3, 0)
    last = min(first + SNIPPET, len(text))
    first = text.rfind(" ", 0, first) + 1 if first else 0
    if last < len(text):
        last = max(text.rfind(" ", 0, last), first + 1)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its signs the place of the sign it came from."""
    signs, places = [], []
    for place, sign in enumerate(text):
        for part in fold(sign):
            signs.append(part)
            places.append(place)
    return "".join(signs), places
