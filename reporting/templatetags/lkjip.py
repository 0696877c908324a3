"""Filters of the report's templates."""

from django import template
from django.utils.safestring import SafeString

from reporting.lkjip.blocks import inline_html
from reporting.lkjip.table_view import TableView, view_of
from reporting.tables.base import Table

register = template.Library()


@register.filter
def inline(text: str) -> SafeString:
    """{{ text|inline }}: escaped, with its bold and italic words."""
    return inline_html(text)


@register.filter
def table_view(table: Table) -> TableView:
    """{{ table|table_view }}: its heading rows, widths, rows and notes as the template walks through them."""
    return view_of(table)
