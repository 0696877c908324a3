"""A form field for a measured value: a number written the Indonesian way, or the word of its state."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from sakip import indonesian
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured, State

WORDS: dict[str, Measured] = {
    "nihil": NIHIL,
    "n": NIHIL,
    "tidak berlaku": NOT_APPLICABLE,
    "tb": NOT_APPLICABLE,
    "belum ada": MISSING,
}
# Printed forms write a dash for any of these.
DASHES = frozenset({"-", "\u2010", "\u2013", "\u2014", "\u2212"})
DASH_MEANINGS = ("belum ada", "nihil", "tidak berlaku", "0")
# What SQLite keeps exactly; the columns themselves would take more.
MOST_DIGITS = 15


class ChosenFirst:
    """A widget whose text gives way to what was chosen beside it: a word of the list (`-pilih`), one of the
    readings of a doubtful number, or the value that somebody else saved (`-arti`)."""

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> str | None:
        text = data.get(f"{name}-arti") or data.get(f"{name}-pilih") or data.get(name)
        return None if text is None else str(text)

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return name not in data


class MeasureInput(ChosenFirst, forms.TextInput):
    """One box for the number or the word."""


class ChosenTextarea(ChosenFirst, forms.Textarea):
    """A text that can give way to somebody else's."""


class DoubtfulNumberError(ValidationError):
    """A number that may have been meant in several ways; `readings` are what a click can choose."""

    def __init__(self, message: str, readings: tuple[str, ...]) -> None:
        super().__init__(message, code="doubtful")
        self.readings = readings


class MeasureField(forms.Field):
    """Cleans to a `Measured`. Nothing typed is *belum ada*, zero is a number, and a dash is asked about."""

    widget = MeasureInput

    def __init__(
        self,
        *,
        is_rupiah: bool = False,
        decimals: int = 6,
        smallest: Decimal | None = Decimal(0),
        largest: Decimal | None = None,
        **kwargs,
    ) -> None:
        self.is_rupiah = is_rupiah
        self.decimals = decimals
        self.smallest, self.largest = smallest, largest
        super().__init__(required=False, **kwargs)

    def to_python(self, value: object) -> Measured:
        if isinstance(value, Measured):
            return value
        text = " ".join(str(value or "").split())
        if text.lower() in WORDS:
            return WORDS[text.lower()]
        if text in DASHES:
            raise DoubtfulNumberError(
                f"Tanda “{text}” dapat berarti belum ada, nihil, tidak berlaku, atau 0. Pilih yang dimaksud.",
                DASH_MEANINGS,
            )
        try:
            return Measured.of(indonesian.parse_number(text, rupiah=self.is_rupiah))
        except indonesian.Blank:
            return MISSING
        except indonesian.AmbiguousNumber as doubt:
            raise DoubtfulNumberError(str(doubt), tuple(map(indonesian.editable, doubt.readings))) from doubt
        except indonesian.NumberProblem as problem:
            raise ValidationError(
                f"{problem} Bila tidak ada angkanya, tulis nihil atau tidak berlaku.", code="not_a_number"
            ) from problem

    def validate(self, value: Measured) -> None:
        number = value.number
        if number is None:
            return
        written = indonesian.plain(number)
        if self.smallest is not None and number < self.smallest:
            raise ValidationError(f"{written} negatif. Isi 0 atau lebih.", code="negative")
        if self.largest is not None and number > self.largest:
            raise ValidationError(
                f"{written} melebihi {indonesian.plain(self.largest)}. "
                f"Isi antara 0 dan {indonesian.plain(self.largest)}.",
                code="too_large",
            )
        if _decimals(number) > self.decimals:
            raise ValidationError(
                f"{written} memiliki terlalu banyak angka di belakang koma; paling banyak {self.decimals}.",
                code="too_fine",
            )
        if abs(number).adjusted() >= MOST_DIGITS - self.decimals:
            largest = indonesian.plain(Decimal(10) ** (MOST_DIGITS - self.decimals))
            raise ValidationError(
                f"{written} terlalu besar; harus kurang dari {largest}. Periksa titik dan komanya.",
                code="too_big",
            )

    def prepare_value(self, value: object) -> str:
        """What the box shows: the number as it can be typed again, or the word of its state."""
        if not isinstance(value, Measured):
            return "" if value is None else str(value)
        if value.number is None:
            return "" if value.state is State.MISSING else value.state.label
        if self.is_rupiah:
            return indonesian.plain(value.number)
        return indonesian.editable(value.number)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
