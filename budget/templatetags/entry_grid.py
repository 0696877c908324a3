"""Values of the entry grid as HTML. Filters, for every save renders dozens of them."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sakip import indonesian
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.values import Measured, State

register = template.Library()

CLASSES = {State.NIHIL: "nil", State.NOT_APPLICABLE: "na"}


@register.filter
def measured(value: Measured) -> str:
    """{{ line.spent|measured }}: the number, or the word of its state told apart from one."""
    if value.number is not None:
        return indonesian.plain(value.number)
    kind = CLASSES.get(value.state, "missing")
    return format_html('<span class="sk-value sk-value-{}">{}</span>', kind, value.state.label)


@register.filter
def percentage(result: Result, policy: ScoringPolicy) -> str:
    """{{ found|percentage:policy }}: '97,10%', rounded as the policy says, or the reason for none."""
    if result.value is None:
        return result.reason.text if result.reason else ""
    return indonesian.percent(result.value, policy.percent_places, policy.rounding)


@register.filter
def ratio(result: Result, policy: ScoringPolicy) -> str:
    """The same for a cell: marked where it is provisional, and a reason told apart from a figure."""
    printed = percentage(result, policy)
    if result.value is None:
        return format_html('<span class="en-reason">{}</span>', printed)
    return format_html("{} {}", printed, _provisional_mark()) if result.provisional else printed


@cache
def _provisional_mark() -> SafeString:
    icon = {"name": "clock-exclamation", "small": True, "label": "Sementara: data belum lengkap"}
    return render_to_string("_components/icon.html", icon)
