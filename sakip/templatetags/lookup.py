"""Looking something up by a key that the template holds."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(mapping: Mapping[str, object] | None, key: object) -> object:
    """{{ remarks|of:line.ref }}: the entry under the key's text; None without one."""
    return mapping.get(str(key)) if mapping else None
