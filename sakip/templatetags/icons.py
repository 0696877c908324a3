"""Where the icons are: one file for all of them, asked for dozens of times a page."""

from functools import cache

from django import template
from django.templatetags.static import static

register = template.Library()


@register.simple_tag
@cache
def sprite() -> str:
    return static("vendor/tabler-icons/sprite.svg")
