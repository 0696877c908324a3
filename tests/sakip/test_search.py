"""Finding by what is typed: worked examples, and that nothing typed can do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.queries.search import (
    LONGEST_QUERY,
    SNIPPET,
    Kind,
    Query,
    Rank,
    Record,
    fold,
    marked,
    prepare,
    rank,
    search,
    snippet,
)


def record(title: str, kind: Kind = Kind.FIGURE, **more) -> Record:
    return Record(kind, title, "/", **more)


def titles(found) -> list[str]:
    return [record.title for group in found for record in group.records]


def ranked(typed: str, wanted: Record) -> Rank | None:
    (entry,) = prepare([wanted])
    return rank(entry, Query.of(typed))


ROW = record(
    "Penyediaan Jasa Kantor", place="Kelurahan Bukuan, TW IV", text="Administrasi Umum", words="P1.K4.S6"
)
CODED = record("Administrasi Umum", codes=("7.01.01.2.06",))
SCORE = record("Nilai kinerja", place="41,92%", codes=("41,92",))
MONEY = record("Pagu", place="Rp\N{NO-BREAK SPACE}37.203.277.426,00", codes=("37.203.277.426,00",))


@pytest.mark.parametrize(
    ("typed", "wanted", "expected"),
    [
        ("7.01.01.2.06", CODED, Rank.CODE),
        ("7.01.01", CODED, Rank.CODE_BEGINS),
        ("7.01.01.", CODED, Rank.CODE_BEGINS),
        ("01.01.2", CODED, Rank.INSIDE),
        ("41,92", SCORE, Rank.CODE),
        ("41,9", SCORE, Rank.CODE_BEGINS),
        ("1,92", SCORE, Rank.INSIDE),
        ("41.92", SCORE, None),
        ("37.203", MONEY, Rank.CODE_BEGINS),
        ("penyediaan", ROW, Rank.TITLE_BEGINS),
        ("PENYEDIAAN jasa", ROW, Rank.TITLE_BEGINS),
        ("pényediaan jasa kant", ROW, Rank.TITLE_BEGINS),
        ("jasa penyediaan", ROW, Rank.TITLE),
        ("kantor", ROW, Rank.TITLE),
        ("bukuan jasa", ROW, Rank.BEGINNINGS),
        ("umum", ROW, Rank.BEGINNINGS),
        ("p1 k4 s6", ROW, Rank.BEGINNINGS),
        ("antor", ROW, Rank.INSIDE),
        ("bukuan asa", ROW, Rank.INSIDE),
        ("bukuan listrik", ROW, None),
        ("jasakantor", ROW, None),
    ],
)
def test_how_well_a_record_fits(typed, wanted, expected):
    assert ranked(typed, wanted) is expected


def test_better_fits_come_first_and_equals_stay_in_order():
    entries = prepare(
        [
            record("Serapan Bukuan"),
            record("Realisasi", place="Bukuan"),
            record("Pebukuan"),
            record("Bukuan", place="Kelurahan"),
            record("Pagu Bukuan"),
        ]
    )
    assert titles(search(entries, Query.of("bukuan"))) == [
        "Bukuan",
        "Serapan Bukuan",
        "Pagu Bukuan",
        "Realisasi",
        "Pebukuan",
    ]


def test_a_whole_word_comes_before_its_like():
    entries = prepare([record(f"Rapat TW {roman}", words=f"{roman} rapat") for roman in ("III", "II", "I")])
    assert titles(search(entries, Query.of("tw ii"))) == ["Rapat TW II", "Rapat TW III"]
    assert titles(search(entries, Query.of("i rapat")))[0] == "Rapat TW I"


def test_kinds_keep_their_order_but_a_code_goes_first():
    entries = prepare(
        [
            record("Program 7.01", Kind.PROGRAMME, codes=("7.01",)),
            record("Unit 7.01", Kind.UNIT),
            record("Halaman 7.01", Kind.PAGE),
        ]
    )
    kinds = [group.kind for group in search(entries, Query.of("7.01"))]
    assert kinds == [Kind.PROGRAMME, Kind.PAGE, Kind.UNIT]
    assert [group.kind for group in search(prepare([CODED, ROW]), Query.of("umum"))] == [Kind.FIGURE]


def test_of_equals_those_of_the_readers_unit_come_first():
    entries = prepare([record("Jasa", place=name, unit=key) for key, name in enumerate("abc")])
    (group,) = search(entries, Query.of("jasa"), frozenset({2}))
    assert [found.place for found in group.records] == ["c", "a", "b"]


def test_letters_alone_are_no_code():
    """Else typing "iku" would bring every figure whose key begins so before the indicators."""
    assert ranked("iku", record("Rata-rata", codes=("iku.mean",))) is Rank.BEGINNINGS


def test_what_was_typed_is_marked_as_it_is_written():
    assert marked("Kelurahan Bukuán", Query.of("bukuan")) == [("Kelurahan ", False), ("Bukuán", True)]
    assert marked("Straße", Query.of("strasse")) == [("Straße", True)]
    assert marked("", Query.of("x")) == []


def test_a_snippet_shows_the_place_of_the_first_word():
    text = "Kendala: " + "hujan deras " * 40 + "lokasi tergenang " + "air pasang " * 40
    found = snippet(text, Query.of("tergenang"))
    assert "tergenang" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) <= SNIPPET + 2
    assert snippet("Lokasi tergenang", Query.of("lokasi")) == "Lokasi tergenang"
    assert snippet(text, Query.of("gempa")) == ""


@pytest.mark.parametrize("typed", ["", "   ", "\0", "😀", "!?*()[]\\", "\u202e\u200f", ".,.,", "%00"])
def test_without_a_word_nothing_is_found(typed):
    assert search(prepare([ROW, CODED, SCORE]), Query.of(typed)) == []


def test_a_long_text_is_cut():
    query = Query.of("kata " * 10_000)
    assert len(query.text) <= LONGEST_QUERY
    assert query.words == ("kata",)


ANYTHING = st.text(max_size=300)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_whatever_is_typed_does_no_harm(typed, title, text):
    """What is found holds every word; what is shown is the text itself, whatever is marked in it."""
    query = Query.of(typed)
    found = search(prepare([Record(Kind.UNIT, title, "/", text=text)]), query)
    for group in found:
        assert all(word in fold(f"{title} {text}") for word in query.words)
        assert group.records[0].title == title
    assert "".join(piece for piece, _ in marked(title, query)) == title
    assert snippet(text, query).removeprefix("…").removesuffix("…") in text


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=5), min_size=1, max_size=6))
def test_a_record_is_found_by_its_words_in_any_order(words):
    (entry,) = prepare([record(" ".join(words))])
    assert rank(entry, Query.of(" ".join(reversed(words)))) in (Rank.TITLE_BEGINS, Rank.TITLE)
