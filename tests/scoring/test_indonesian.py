"""Indonesian numbers, rupiah, dates and number words, written and read back."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.indonesian import (
    AmbiguousNumber,
    Blank,
    NotANumber,
    NumberProblem,
    count_words,
    date_long,
    editable,
    number,
    parse_number,
    percent,
    rupiah,
    terbilang,
    terbilang_rupiah,
)
from tests.scoring.strategies import decimals
from tests.scoring.tables import label, table


def read(text, *, rupiah):
    """What `parse_number` makes of a text, as a cell of the document."""
    try:
        return editable(parse_number(text, rupiah=rupiah))
    except AmbiguousNumber as question:
        return "? " + "; ".join(editable(reading) for reading in question.readings)
    except Blank:
        return "blank"
    except NotANumber:
        return "not a number"


@pytest.mark.parametrize("row", table("parse"), ids=label)
def test_parse(row):
    assert read(row["text"], rupiah=False) == row["number field"]
    assert read(row["text"], rupiah=True) == row["rupiah field"]


@pytest.mark.parametrize(
    "text", ["  1.234,5 ", "\u00a01.234,5\u00a0", "\t1.234,5\n", "\u202f1.234,5", "Rp\u00a01.234,5"]
)
def test_surrounding_blanks_do_not_matter(text):
    assert parse_number(text) == Decimal("1234.5")


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "-", "–", "—", "Rp", "Rp. -", "Rp —"])
def test_blank_is_not_zero(text):
    with pytest.raises(Blank, match="Belum diisi"):
        parse_number(text)


@pytest.mark.parametrize("text", ["1" * 41, "9" * 4000, "1\u200b2", "\u0661", "1e-5", "abc"])
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(NotANumber, match="bukan angka") as error:
        parse_number(text)
    assert len(str(error.value)) < 150


@pytest.mark.parametrize(
    ("text", "as_rupiah", "why"),
    [
        ("0,005", True, "paling banyak 2 angka di belakang koma"),
        ("0," + "1" * 13, False, "paling banyak 12 angka di belakang koma"),
        ("9" * 19, True, "terlalu besar"),
        ("1.234.567.890.123.456.789", False, "terlalu besar"),
        ("150%", True, "adalah persen"),
    ],
)
def test_a_number_that_is_not_kept_is_refused_for_what_it_is(text, as_rupiah, why):
    with pytest.raises(NotANumber, match=why):
        parse_number(text, rupiah=as_rupiah)


def test_a_question_names_both_meanings():
    with pytest.raises(AmbiguousNumber) as question:
        parse_number("1.234")
    assert question.value.readings == (Decimal(1234), Decimal("1.234"))
    assert str(question.value) == (
        "“1.234” dapat berarti 1234 atau 1,234. Tulis tanpa titik ribuan, dengan koma untuk desimal."
    )


@given(decimals(places=6), st.integers(1, 6), st.booleans())
def test_written_numbers_are_read_back(value, places, as_rupiah):
    places = min(places, 2) if as_rupiah else places
    written = number(value, places)
    assert parse_number(written, rupiah=as_rupiah) == Decimal(written.replace(".", "").replace(",", "."))


@given(st.integers(-(10**15), 10**15))
def test_whole_rupiah_is_read_back(value):
    assert parse_number(number(value, 0), rupiah=True) == value
    assert parse_number(rupiah(value)) == value


@given(decimals(places=6))
def test_editable_is_read_back_in_every_field(value):
    assert parse_number(editable(value)) == value


@given(decimals(places=2))
def test_editable_money_is_read_back(value):
    assert parse_number(editable(value), rupiah=True) == value


@given(st.text() | st.text(alphabet="0123456789.,-+Rp% ", max_size=12), st.booleans())
def test_any_text_is_read_or_questioned(text, as_rupiah):
    with suppress(NumberProblem):
        assert parse_number(text, rupiah=as_rupiah).is_finite()


@given(st.text(alphabet="0123456789.,", max_size=12), st.booleans())
def test_every_reading_offered_can_be_typed(text, as_rupiah):
    try:
        parse_number(text, rupiah=as_rupiah)
    except AmbiguousNumber as question:
        for reading in question.readings:
            assert parse_number(editable(reading), rupiah=as_rupiah) == reading
    except NumberProblem:
        pass


@pytest.mark.parametrize("row", table("terbilang"), ids=label)
def test_terbilang(row):
    assert terbilang(int(row["number"])) == row["words"]


NAMES = {"nol": 0, "seribu": 1000, "seratus": 100, "sepuluh": 10, "sebelas": 11}
NAMES |= {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7}
NAMES |= {"delapan": 8, "sembilan": 9}
GROUPS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def spoken(words):
    """A reader of number words, independent of their writer."""
    whole = group = last = 0
    for word in words.split():
        if word in GROUPS:
            whole, group, last = whole + (group + last) * GROUPS[word], 0, 0
        elif word == "seribu":
            whole += 1000
        elif word == "belas":
            group, last = group + last + 10, 0
        elif word in {"puluh", "ratus"}:
            group, last = group + last * {"puluh": 10, "ratus": 100}[word], 0
        else:
            group, last = group + last, NAMES[word]
    return whole + group + last


@given(st.integers(0, 10**18 - 1) | st.integers(0, 3000))
def test_number_words_are_read_back(count):
    assert spoken(terbilang(count)) == count
    assert "satu ribu" not in f" {terbilang(count % 2000)}"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (
            Decimal(36123140441),
            (
                "Tiga Puluh Enam Miliar Seratus Dua Puluh Tiga Juta Seratus Empat Puluh Ribu "
                "Empat Ratus Empat Puluh Satu Rupiah"
            ),
        ),
        (Decimal("1000.50"), "Seribu Rupiah Lima Puluh Sen"),
        (Decimal(0), "Nol Rupiah"),
        (1001000, "Satu Juta Seribu Rupiah"),
        (Decimal(-5), "Minus Lima Rupiah"),
    ],
)
def test_terbilang_rupiah(amount, words):
    assert terbilang_rupiah(amount) == words


@pytest.mark.parametrize("count", [10**18, -(10**18)])
def test_what_has_no_words_is_refused(count):
    with pytest.raises(ValueError, match="terlalu besar"):
        terbilang(count)
    with pytest.raises(ValueError, match="terlalu besar"):
        terbilang_rupiah(count)


def test_written_forms():
    assert rupiah(37203277426) == "Rp\u00a037.203.277.426,00"
    assert rupiah(Decimal("-5.5")) == "-Rp\u00a05,50"
    assert percent(Decimal("97.1")) == "97,10%"
    assert count_words(3) == "3 (tiga)"
    assert count_words(1250) == "1.250 (seribu dua ratus lima puluh)"
    assert date_long(date(2026, 1, 15)) == "15 Januari 2026"
    assert date_long(date(2025, 12, 3)) == "3 Desember 2025"
