"""SVG of a chart's specification, with presentation attributes only, so that it works under a strict content
security policy and in the PDF."""

import hashlib
import json
import re
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Part of the cache's key: raise it when the drawing itself changes.
DRAWING = "7"


def draw(spec: dict[str, Any], title: str) -> SafeString:
    """The SVG of a specification, `title` inside it for those who cannot see it; cached by content."""
    content = json.dumps([DRAWING, spec, title], sort_keys=True, ensure_ascii=False)
    key = f"chart-{hashlib.sha256(content.encode()).hexdigest()}"
    store = caches["default"]
    svg = store.get(key)
    if svg is None:
        svg = _cleaned(_converter().vega_to_svg(spec), title, key[6:14])
        store.set(key, svg)
    return mark_safe(svg)  # noqa: S308 - made here; texts are escaped by the converter and below


@cache
def _converter() -> Any:
    """The converter with our fonts, loaded when the first chart is drawn: it brings a JavaScript engine."""
    import vl_convert

    vl_convert.register_font_directory(str(settings.BASE_DIR / "static" / "fonts"))
    return vl_convert


_DROPPED = re.compile(r'\s(?:aria-[a-z]+|role|pointer-events|class|xmlns:xlink|version)="[^"]*"')
_EMPTY_PATH = re.compile(r'<path d=""[^>]*/>|<path [^>]*d="M0,0h0v0h0Z"[^>]*/>|<path [^>]*d=""[^>]*/>')
_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
_ROOT = re.compile(r"<svg\b[^>]*>")


def _cleaned(svg: str, title: str, prefix: str) -> str:
    """One picture with one name: no roles inside, no empty paths, ids that no other chart has."""
    svg = _EMPTY_PATH.sub("", _DROPPED.sub("", svg))
    svg = _ID.sub(rf"\1c{prefix}-\2", svg)
    svg = svg.replace("<g></g>", "")
    root = _ROOT.match(svg)
    assert root is not None
    head = root.group().replace("<svg", '<svg role="img"', 1)
    return f"{head}<title>{escape(title)}</title>{svg[root.end() :]}"
