"""Template filters over `sakip.indonesian`: figures, or the words that stand where there are none."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.utils import timezone

from sakip import indonesian
from sakip.scoring.result import Result
from sakip.scoring.values import Measured, State

register = template.Library()


def _figure(value: object) -> Decimal | str:
    """The Decimal to print, or the Indonesian words for a value that is not there.

    A float is refused (TypeError): figures are Decimals from the database to the page.
    """
    if isinstance(value, Result):
        if value.value is not None:
            return value.value
        return value.reason.text if value.reason else State.MISSING.label
    if isinstance(value, Measured):
        return value.state.label if value.number is None else value.number
    if value is None or value == "":
        return State.MISSING.label
    if isinstance(value, float):
        raise TypeError("Perlu Decimal, bukan float.")
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return str(value)


@register.filter
def number(value: object, places: int = 2) -> str:
    """{{ value|number }}: '1.234,50'; a Result or Measured without a number gives its words."""
    figure = _figure(value)
    return figure if isinstance(figure, str) else indonesian.number(figure, int(places))


@register.filter
def plain(value: object) -> str:
    """{{ value|plain }}: natural decimals, '3,65'."""
    figure = _figure(value)
    return figure if isinstance(figure, str) else indonesian.plain(figure)


@register.filter
def rupiah(value: object) -> str:
    """{{ value|rupiah }}: 'Rp 1.000', with sen only where there are any."""
    figure = _figure(value)
    return figure if isinstance(figure, str) else indonesian.rupiah_exact(figure)


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """{{ day|tanggal }}: '15 Januari 2026', a moment in the portal's own time zone."""
    if not isinstance(value, date):
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return indonesian.date_long(value)
