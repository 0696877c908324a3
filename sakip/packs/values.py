"""How the text of a cell becomes a value. Each kind says in Indonesian what it expects.

Cells are plain: a point for decimals, no thousands separators, dates as 2025-01-31, ya or tidak.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured

WHOLE = re.compile(r"[0-9]{1,18}")
NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnexpectedValueError(ValueError):
    """The cell does not hold what its column expects; the message says what that is."""


class Kind(ABC):
    """A kind of value. `expects` completes the sentence "seharusnya …"; `brief` is for the documentation."""

    @property
    @abstractmethod
    def expects(self) -> str: ...

    @property
    def brief(self) -> str:
        return self.expects.partition(", misalnya")[0]

    @abstractmethod
    def read(self, text: str) -> object:
        """The value of a non-empty, stripped cell. Raises UnexpectedValueError."""

    def refuse(self) -> UnexpectedValueError:
        return UnexpectedValueError(self.expects)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    max_length: int | None = None

    @property
    def expects(self) -> str:
        return "teks" if self.max_length is None else f"teks paling panjang {self.max_length} huruf"

    def read(self, text: str) -> str:
        if self.max_length is not None and len(text) > self.max_length:
            raise self.refuse()
        if any(ord(char) < 32 and char not in "\n\t" for char in text) or "\x7f" in text:
            raise UnexpectedValueError("teks tanpa karakter kendali")
        return text


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    largest: int

    @property
    def expects(self) -> str:
        return "bilangan bulat tanpa pemisah ribuan, misalnya 1234"

    def read(self, text: str) -> int:
        if not WHOLE.fullmatch(text):
            raise self.refuse()
        if int(text) > self.largest:
            raise UnexpectedValueError(f"bilangan bulat paling besar {self.largest}")
        return int(text)


@dataclass(frozen=True, slots=True)
class Number(Kind):
    max_digits: int
    places: int

    @property
    def expects(self) -> str:
        return (
            "angka dengan titik desimal dan tanpa pemisah ribuan, misalnya 1234.5 (paling banyak "
            f"{self.max_digits - self.places} angka di depan dan {self.places} di belakang titik)"
        )

    def read(self, text: str) -> Decimal:
        if not NUMBER.fullmatch(text):
            raise self.refuse()
        whole, _, fraction = text.lstrip("-").partition(".")
        if len(whole.lstrip("0")) > self.max_digits - self.places or len(fraction.rstrip("0")) > self.places:
            raise self.refuse()
        return Decimal(text)


@dataclass(frozen=True, slots=True)
class MeasuredNumber(Kind):
    """A number, `nihil` or `tidak_berlaku`; an empty cell is *belum ada*. Zero is a number."""

    number: Number

    @property
    def expects(self) -> str:
        return f"{self.number.expects}, atau nihil, tidak_berlaku, atau sel kosong bila belum ada"

    @property
    def brief(self) -> str:
        return "angka, nihil, tidak_berlaku, atau sel kosong"

    def read(self, text: str) -> Measured:
        match text:
            case "nihil":
                return NIHIL
            case "tidak_berlaku":
                return NOT_APPLICABLE
        try:
            return Measured.of(self.number.read(text))
        except ValueError as error:
            raise self.refuse() from error

    @property
    def when_empty(self) -> Measured:
        return MISSING


@dataclass(frozen=True, slots=True)
class Date(Kind):
    @property
    def expects(self) -> str:
        return "tanggal tahun-bulan-hari, misalnya 2025-01-31"

    def read(self, text: str) -> date:
        if not ISO_DATE.fullmatch(text):
            raise self.refuse()
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.refuse() from error


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    @property
    def expects(self) -> str:
        return "ya atau tidak"

    def read(self, text: str) -> bool:
        if text not in ("ya", "tidak"):
            raise self.refuse()
        return text == "ya"


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of the words of a list; `values` says what each stands for in the database."""

    values: Mapping[str, object]

    @property
    def expects(self) -> str:
        return "salah satu dari: " + ", ".join(self.values)

    def read(self, text: str) -> object:
        if text not in self.values:
            raise self.refuse()
        return self.values[text]
