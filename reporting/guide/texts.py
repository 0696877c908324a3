"""The guides of docs/panduan: read from Markdown once, kept as HTML with a list of their tasks.

What stands in a file is text: raw HTML is shown as it is typed. A picture lies in the static folder; the same
file serves the page, the PDF and whoever reads the Markdown itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from sakip.models import Role

FOLDER = Path(settings.BASE_DIR) / "docs" / "panduan"
STATIC_FOLDER = Path(settings.BASE_DIR) / "static"
# How a guide names a picture, so that it is found from the file as well.
PICTURES = "../../static/"

# The address of a role's guide.
SLUGS: dict[Role, str] = {
    Role.OPERATOR: "operator",
    Role.UNIT_HEAD: "penanggung-jawab",
    Role.PLANNER: "perencana",
    Role.HEAD: "camat",
    Role.EVALUATOR: "evaluator",
    Role.ADMIN: "admin-instansi",
    Role.CITY: "pengawas-kota",
}


class GuideError(ValueError):
    """A guide is not written as the portal reads it; the message says where and what is expected."""


@dataclass(frozen=True, slots=True)
class Task:
    """A section of a guide, and where it starts."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One role's guide. `tokens` are its Markdown, parsed, without the title and the opening sentence."""

    slug: str
    title: str
    lead: str
    tasks: tuple[Task, ...]
    tokens: tuple[Token, ...]

    def anchors(self) -> frozenset[str]:
        return frozenset(task.anchor for task in self.tasks)

    def html(self, address: Callable[[str], str]) -> str:
        """The guide's text; `address` turns a picture's path in the static folder into its address."""
        markdown = reader()
        rendered: str = markdown.renderer.render(self.tokens, markdown.options, {"address": address})
        return rendered


@cache
def reader() -> MarkdownIt:
    """CommonMark without raw HTML."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.add_render_rule("image", _image)
    return markdown


def _image(
    _renderer: object, tokens: Sequence[Token], place: int, _options: object, env: dict[str, Any]
) -> str:
    """A picture with its size, so that the text beneath does not jump when it comes."""
    token = tokens[place]
    path = str(token.meta["path"])
    with Image.open(STATIC_FOLDER / path) as picture:
        width, height = picture.size
    mark = '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
    return format_html(mark, env["address"](path), token.content, width, height)


@cache
def guide_of(slug: str) -> Guide:
    """Raises KeyError for a role that has none."""
    if slug not in SLUGS.values():
        raise KeyError(slug)
    return parse(slug, (FOLDER / f"{slug}.md").read_text(encoding="utf-8"))


def all_guides() -> tuple[Guide, ...]:
    return tuple(guide_of(slug) for slug in SLUGS.values())


def parse(slug: str, text: str) -> Guide:
    """A title, an opening paragraph, then a section a task. Raises GuideError."""
    tokens = reader().parse(text)
    start = [token.type for token in tokens[:6]]
    if start != ["heading_open", "inline", "heading_close", "paragraph_open", "inline", "paragraph_close"]:
        raise GuideError(f"{slug}.md harus dimulai dengan satu judul (#) dan satu alinea pembuka.")
    rest = tokens[6:]
    tasks: list[Task] = []
    for token, following in pairwise(rest):
        if token.type == "heading_open" and token.tag == "h2":
            task = Task(slugify(following.content), following.content)
            if task.anchor in {known.anchor for known in tasks}:
                raise GuideError(f"{slug}.md menyebut bagian “{task.title}” dua kali.")
            token.attrs["id"] = task.anchor
            tasks.append(task)
    for token in _inlines(rest):
        if token.type == "image":
            source = str(token.attrs["src"])
            if not source.startswith(PICTURES):
                raise GuideError(f"{slug}.md: gambar {source} harus berada di bawah {PICTURES}img/panduan/.")
            if not token.content:
                raise GuideError(f"{slug}.md: gambar {source} memerlukan teks pengganti.")
            token.meta["path"] = source.removeprefix(PICTURES)
    return Guide(slug, tokens[1].content, tokens[4].content, tuple(tasks), tuple(rest))


def pictures_of(guide: Guide) -> list[str]:
    """The pictures that a guide names, as paths in the static folder."""
    return [str(token.meta["path"]) for token in _inlines(guide.tokens) if token.type == "image"]


def labels_of(guide: Guide) -> dict[str, list[str]]:
    """What each task names in bold: words that must stand on the page it describes."""
    found: dict[str, list[str]] = {task.anchor: [] for task in guide.tasks}
    anchor = ""
    for token in guide.tokens:
        if token.type == "heading_open" and token.tag == "h2":
            anchor = str(token.attrs["id"])
        inside = token.children or []
        for mark, word in pairwise(inside):
            if mark.type == "strong_open" and anchor:
                found[anchor].append(word.content)
    return found


def _inlines(tokens: tuple[Token, ...] | list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]
