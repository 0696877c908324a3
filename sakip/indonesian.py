"""Indonesian numbers, rupiah, dates and number words, written and read. Pure: no Django."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from sakip.scoring.notation import fixed, plain
from sakip.scoring.rounding import RoundingMode, rounded

__all__ = [
    "RP",
    "AmbiguousNumber",
    "Blank",
    "NotANumber",
    "NumberProblem",
    "count_words",
    "date_long",
    "editable",
    "number",
    "parse_number",
    "percent",
    "plain",
    "rupiah",
    "rupiah_exact",
    "terbilang",
    "terbilang_rupiah",
    "unbound",
]

RP = "Rp\u00a0"

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_UNITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
_GROUPS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
_WORDS_LIMIT = 10 ** (3 * len(_GROUPS))


def number(value: Decimal | int, places: int = 2, mode: RoundingMode | str = RoundingMode.HALF_UP) -> str:
    """1234567.891 as '1.234.567,89', rounded here and nowhere before."""
    return fixed(rounded(Decimal(value), places, mode))


def percent(value: Decimal | int, places: int = 2, mode: RoundingMode | str = RoundingMode.HALF_UP) -> str:
    """A percentage (97.1 means 97,1%) as '97,10%'."""
    return f"{number(value, places, mode)}%"


def rupiah(value: Decimal | int) -> str:
    """37203277426 as 'Rp 37.203.277.426,00'; a negative amount as '-Rp 5,00'. The space does not break."""
    return _with_sign(number(value))


def rupiah_exact(value: Decimal | int) -> str:
    """The same amount for a message, with sen only where there are any: 'Rp 1.250', 'Rp 1.250,50'."""
    return _with_sign(number(value, 0 if value == int(value) else 2))


def _with_sign(written: str) -> str:
    return f"-{RP}{written[1:]}" if written.startswith("-") else f"{RP}{written}"


def unbound(text: str) -> str:
    """With plain spaces, for files that are searched and read by other programs."""
    return text.replace("\u00a0", " ")


def date_long(day: date) -> str:
    """date(2026, 1, 15) as '15 Januari 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_with_weekday(day: date) -> str:
    """date(2026, 1, 15) as 'Kamis, 15 Januari 2026'."""
    return f"{WEEKDAYS[day.weekday()]}, {date_long(day)}"


def terbilang(count: int) -> str:
    """A whole number in words: 1001000 as 'satu juta seribu'. ValueError beyond 10^18."""
    if abs(count) >= _WORDS_LIMIT:
        raise ValueError("Angka terlalu besar untuk ditulis dengan huruf.")
    if count < 0:
        return f"minus {terbilang(-count)}"
    if count == 0:
        return _UNITS[0]
    return " ".join(_group_words(count))


def terbilang_rupiah(amount: Decimal | int) -> str:
    """'Tiga Puluh Enam Miliar … Rupiah', with sen where there are any. ValueError beyond 10^18."""
    exact = rounded(Decimal(amount), 2)
    if abs(exact) >= _WORDS_LIMIT:
        raise ValueError("Angka terlalu besar untuk ditulis dengan huruf.")
    sign = "minus " if exact < 0 else ""
    whole, sen = divmod(int(abs(exact).scaleb(2)), 100)
    words = f"{sign}{terbilang(whole)} rupiah" + (f" {terbilang(sen)} sen" if sen else "")
    return words.title()


def count_words(count: int) -> str:
    """3 as '3 (tiga)'; the figure is grouped, as in '1.250 (seribu dua ratus lima puluh)'."""
    return f"{number(count, 0)} ({terbilang(count)})"


def _group_words(count: int) -> list[str]:
    words: list[str] = []
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = count // 1000**power % 1000
        if group == 1 and power == 1:
            words.append("seribu")  # also inside "satu juta seribu", never "satu ribu"
        elif group:
            words += _below_thousand(group)
            words += [_GROUPS[power]] if power else []
    return words


def _below_thousand(count: int) -> list[str]:
    hundreds, rest = divmod(count, 100)
    words = _below_hundred(rest) if rest else []
    if hundreds == 0:
        return words
    return ["seratus", *words] if hundreds == 1 else [_UNITS[hundreds], "ratus", *words]


def _below_hundred(count: int) -> list[str]:
    if count < len(_UNITS):
        return [_UNITS[count]]
    if count < 20:
        return [_UNITS[count - 10], "belas"]
    tens, units = divmod(count, 10)
    return [_UNITS[tens], "puluh", *([_UNITS[units]] if units else [])]


class NumberProblem(ValueError):  # noqa: N818 - a question to the writer more than a failure
    """A text that is not simply a number; its message is Indonesian and made for the form."""


class Blank(NumberProblem):
    """Nothing was typed, or a dash: *belum ada*, never zero."""

    def __init__(self) -> None:
        super().__init__("Belum diisi.")


class NotANumber(NumberProblem):
    """No reading makes a number of the text."""


class AmbiguousNumber(NumberProblem):
    """The text is not written the Indonesian way; `readings` are what it may have meant."""

    def __init__(self, text: str, readings: tuple[Decimal, ...]) -> None:
        self.text = text
        self.readings = readings
        meanings = " atau ".join(editable(reading) for reading in readings)
        verb = "dapat berarti" if len(readings) > 1 else "tampaknya berarti"
        super().__init__(
            f"\u201c{text}\u201d {verb} {meanings}. Tulis tanpa titik ribuan, dengan koma untuk desimal."
        )


_LONGEST_TEXT = 40
_MOST_DIGITS = 18
_MOST_DECIMALS = 12
_BLANKS = frozenset({"", "-", "\u2010", "\u2013", "\u2014", "\u2212"})
_PREFIX = re.compile(r"^rp\b\.?\s*", re.IGNORECASE)
# Only ASCII digits: a full-width digit is a sign of a paste gone wrong, not of a number.
_SHAPE = re.compile(
    r"(?P<sign>[-+\u2212]?)\s*(?P<rp>rp\.?)?\s*(?P<body>[0-9.,]*?)(?P<dash>,-{1,2})?\s*(?P<pct>%?)",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<decimals>[0-9]+))?")
_BARE = re.compile(r"(?P<whole>[0-9]+)(?:,(?P<decimals>[0-9]+))?")
# Spreadsheets print 97,13 as the time of day 97.13.00; the middle 01 may have been a 1.
_CLOCK = re.compile(r"(?P<whole>[0-9]{1,3})[.,](?P<decimals>[0-9]{2})[.,]0{2,3}")
_ONE_MARK = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})*)(?P=mark)(?P<decimals>[0-9]{2})"
)


def editable(value: Decimal) -> str:
    """The natural decimals without grouping, '1234,5': what a form field shows, read back by
    `parse_number` in every kind of field."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-0"} else text.replace(".", ",")


def parse_number(text: str, *, rupiah: bool = False) -> Decimal:
    """The number that an Indonesian text means; surrounding blanks, 'Rp', ',-' and '%' are fine.

    Accepted: digits with a comma for decimals ('1234567,89'), and dots that group by threes where
    they can mean nothing else ('1.234.567', '1.234,5'). '1.234' alone is 1234 in a `rupiah` field
    and a question elsewhere. A percentage is returned as it stands: '41,91%' is 41.91.

    Raises Blank for nothing or a dash; AmbiguousNumber, with its readings, for what is written in
    another convention ('1234567.89', '1,234,567.89', '97.13.00') even where only one reading is
    possible, since a slip looks the same; NotANumber for all else, exponents, NaN, digits of other
    scripts and more than 18 digits included. A rupiah amount has at most two decimals.
    """
    stripped = text.strip()
    if _PREFIX.sub("", stripped) in _BLANKS:
        raise Blank
    shape = _SHAPE.fullmatch(stripped) if len(stripped) <= _LONGEST_TEXT else None
    if shape is None:
        raise _not_a_number(stripped)
    money = rupiah or bool(shape["rp"])
    body = shape["body"]
    if shape["pct"] and money:
        raise NotANumber(f"\u201c{stripped}\u201d adalah persen. Tulis jumlah rupiahnya, misalnya 1.234.567.")
    if shape["dash"] and not money:
        raise _not_a_number(stripped)
    negative = shape["sign"] in {"-", "\u2212"}
    value = _indonesian(body, money)
    if value is not None:
        return -value if negative and value else value
    readings = tuple(-r if negative else r for r in _readings(body, money))
    raise AmbiguousNumber(stripped, readings) if readings else _beyond(body, money) or _not_a_number(stripped)


def _indonesian(body: str, money: bool) -> Decimal | None:
    """The value of a text that can only be Indonesian, else None."""
    bare = _value(_BARE.fullmatch(body), money)
    if bare is not None:
        return bare
    grouped = _GROUPED.fullmatch(body)
    if grouped is None:
        return None
    lone_group = body.count(".") == 1 and not grouped["decimals"]
    return None if lone_group and not money else _value(grouped, money)


def _readings(body: str, money: bool) -> list[Decimal]:
    """Every value the text may have been meant as, the Indonesian reading first."""
    swapped = body.translate(str.maketrans(".,", ",."))
    shapes = [shape.fullmatch(form) for form in (body, swapped) for shape in (_GROUPED, _BARE)]
    shapes += [_CLOCK.fullmatch(body), _ONE_MARK.fullmatch(body)]
    found = [_value(shape, money) for shape in shapes]
    clock = _CLOCK.fullmatch(body)
    if clock and clock["decimals"].startswith("0") and clock["decimals"] != "00":
        found.append(Decimal(f"{clock['whole']}.{clock['decimals'][1:]}"))
    return list(dict.fromkeys(value for value in found if value is not None))


def _value(shape: re.Match[str] | None, money: bool) -> Decimal | None:
    if shape is None:
        return None
    whole = shape["whole"].replace(".", "").replace(",", "")
    decimals = shape["decimals"] or ""
    if len(whole.lstrip("0")) > _MOST_DIGITS or len(decimals) > _most_decimals(money):
        return None
    return Decimal(f"{whole}.{decimals}" if decimals else whole)


def _beyond(body: str, money: bool) -> NotANumber | None:
    """The refusal of what is written as a number should be, but has more digits than are kept."""
    shape = _BARE.fullmatch(body) or _GROUPED.fullmatch(body)
    if shape is None:
        return None
    most = _most_decimals(money)
    if len(shape["decimals"] or "") > most:
        return NotANumber(
            f"\u201c{body}\u201d terlalu rinci. Tulis paling banyak {most} angka di belakang koma."
        )
    return NotANumber(f"\u201c{body}\u201d terlalu besar. Periksa banyaknya angka.")


def _most_decimals(money: bool) -> int:
    return 2 if money else _MOST_DECIMALS


def _not_a_number(text: str) -> NotANumber:
    shown = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}\u2026"
    return NotANumber(f"\u201c{shown}\u201d bukan angka. Tulis misalnya 1234567,89 atau 1.234.567,89.")
