"""How years and quarters stand in an address."""

from django.urls import register_converter


class Year:
    """Four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04d}"


class Quarter(Year):
    """tw-1 to tw-4."""

    regex = "[1-4]"

    def to_url(self, value: int | str) -> str:
        return str(int(value))


register_converter(Year, "year")
register_converter(Quarter, "quarter")
