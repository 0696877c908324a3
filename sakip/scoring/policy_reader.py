"""Reads the JSON of a scoring policy and says, in Indonesian, which key is wrong and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NoReturn

from sakip.scoring.scales import Band, Scale

_LONGEST_NUMBER = 40


class PolicyReader:
    """Typed access to one JSON object; every failure is a ValueError that names the key."""

    def __init__(self, data: Mapping[str, Any], path: str = "") -> None:
        if not isinstance(data, Mapping):
            raise ValueError(f"Kebijakan penilaian: '{path or 'isi'}' harus berupa objek.")
        self._data = data
        self._path = path
        self._read: set[str] = set()

    def text(self, key: str) -> str:
        """A non-empty string."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(key, "harus berupa teks yang tidak kosong")
        return value

    def choice[E: StrEnum](self, key: str, choices: type[E]) -> E:
        """One of the values of an enum."""
        value = self._value(key)
        try:
            return choices(value)
        except ValueError:
            self._fail(key, "harus salah satu dari " + ", ".join(choices))

    def places(self, key: str) -> int:
        """A number of decimals, 0 to 6."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 6:
            self._fail(key, "harus bilangan bulat 0 sampai 6")
        return value

    def count(self, key: str, default: int) -> int:
        """How many, 1 to 100; `default` where the policy does not say."""
        if key not in self._data:
            return default
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 100:
            self._fail(key, "harus bilangan bulat 1 sampai 100")
        return value

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """A decimal written as a string with a point, e.g. "110" or "88.31"; `default`, where there is one,
        if the policy does not say."""
        if default is not None and key not in self._data:
            return default
        return self._to_decimal(key, self._value(key))

    def optional_decimal(self, key: str) -> Decimal | None:
        """As `decimal`, or None for null."""
        value = self._value(key)
        return None if value is None else self._to_decimal(key, value)

    def decimals(self, key: str) -> dict[str, Decimal]:
        """An object of decimals."""
        return {name: self._to_decimal(key, value) for name, value in self._object(key).items()}

    def named_decimals(self, key: str, *names: str) -> list[Decimal]:
        """Those members of an object of decimals, in their order; it has no others."""
        inner = PolicyReader(self._object(key), self._name(key))
        found = [inner.decimal(name) for name in names]
        inner.refuse_unknown()
        return found

    def texts(self, key: str) -> dict[str, str]:
        """An object of non-empty strings."""
        inner = PolicyReader(self._object(key), self._name(key))
        return {name: inner.text(name) for name in self._object(key)}

    def weights(self, key: str) -> list[tuple[str, str, Decimal]]:
        """A list of objects with key, name and weight."""
        parts = []
        for reader in self._objects(key):
            parts.append((reader.text("key"), reader.text("name"), reader.decimal("weight")))
            reader.refuse_unknown()
        return parts

    def scale(self, key: str) -> Scale:
        """A scale with its bands, highest first."""
        reader = PolicyReader(self._object(key), self._name(key))
        scale = Scale(
            key=reader.text("key"),
            name=reader.text("name"),
            bands=tuple(_band(band) for band in reader._objects("bands")),
            source=reader._string("source"),
            confidence=reader.text("confidence"),
            minimum=reader.optional_decimal("minimum"),
            maximum=reader.optional_decimal("maximum"),
        )
        reader.refuse_unknown()
        return scale

    def refuse_unknown(self) -> None:
        """ValueError for a key that nothing has read: most often a slip of the pen."""
        unknown = sorted(str(key) for key in self._data if key not in self._read)
        if unknown:
            self._fail(unknown[0], "tidak dikenal")

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._value(key)
        if not isinstance(value, bool):
            self._fail(key, "harus true atau false")
        return value

    def _value(self, key: str) -> Any:
        if key not in self._data:
            self._fail(key, "belum ada")
        self._read.add(key)
        return self._data[key]

    def _string(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str):
            self._fail(key, "harus berupa teks")
        return value

    def _object(self, key: str) -> Mapping[str, Any]:
        value = self._value(key)
        if not isinstance(value, Mapping):
            self._fail(key, "harus berupa objek")
        return value

    def _objects(self, key: str) -> list[PolicyReader]:
        value = self._value(key)
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            self._fail(key, "harus berupa daftar yang tidak kosong")
        return [PolicyReader(item, f"{self._name(key)}[{index}]") for index, item in enumerate(value)]

    def _to_decimal(self, key: str, value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, str | int):
            self._fail(key, 'harus berupa angka dalam tanda kutip, misalnya "88.31"')
        text = str(value)
        try:
            number = Decimal(text) if text.isascii() and len(text) <= _LONGEST_NUMBER else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or "e" in text.lower() or "_" in text:
            self._fail(key, 'harus berupa angka dalam tanda kutip, misalnya "88.31"')
        return number

    def _name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _fail(self, key: str, problem: str) -> NoReturn:
        raise ValueError(f"Kebijakan penilaian: '{self._name(key)}' {problem}.")


def _band(reader: PolicyReader) -> Band:
    band = Band(
        label=reader.text("label"),
        name=reader.text("name"),
        bound=reader.optional_decimal("bound"),
        includes_bound=reader.flag("includes_bound"),
    )
    reader.refuse_unknown()
    return band
