"""The manuscripts' language: names in, figures out, and nothing that an office writes can do more."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

from reporting.lkjip.blocks import Heading, ItemList, Paragraph, Quote, inline_html
from reporting.lkjip.narrative import (
    NarrativeError,
    Place,
    guarded,
    nested,
    own_text,
    places_of,
    problems_of,
    read_blocks,
    sentence,
)

BASE = Path(settings.BASE_DIR)
MANUSCRIPTS = sorted((BASE / "templates" / "reporting" / "lkjip" / "naskah").glob("*.txt"))
CHAPTERS = sorted((BASE / "reporting" / "lkjip" / "chapters").glob("*.py"))
NAMES = {"serapan.total": "97,10%", "iku.ipp.capaian": "41,92%"}


def read(text):
    return read_blocks(text, lambda place: None)


# ---------------------------------------------------------------- no figure is typed
@pytest.mark.parametrize("path", MANUSCRIPTS, ids=lambda path: path.stem)
def test_no_digit_is_typed_in_a_manuscript(path):
    """Figures, years, law numbers and table numbers all come from data; only names stand in the text."""
    typed = [
        token.contents
        for token in Lexer(path.read_text(encoding="utf-8")).tokenize()
        if token.token_type is TokenType.TEXT and re.search(r"\d", token.contents)
    ]
    assert typed == []


@pytest.mark.parametrize("path", MANUSCRIPTS, ids=lambda path: path.stem)
def test_no_comparison_is_typed_in_a_manuscript(path):
    """Words of comparison follow the figures: naik, turun and the like are names, never text. "Melampaui" and
    its kind stand only where the text counts indicators of each kind."""
    text = " ".join(
        token.contents
        for token in Lexer(path.read_text(encoding="utf-8")).tokenize()
        if token.token_type is TokenType.TEXT
    ).lower()
    for phrase in ("naik turunnya", "naik atau turun"):
        text = text.replace(phrase, "")
    assert re.findall(r"\b(?:naik|turun|menurun|meningkat|membaik|memburuk|tidak efisien)\b", text) == []


def test_a_digit_in_a_manuscript_would_be_found():
    tokens = Lexer("Capaian {{ a }} dari 3,65.").tokenize()
    assert [t.contents for t in tokens if t.token_type is TokenType.TEXT and re.search(r"\d", t.contents)]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_figure_is_typed_in_a_chapter(path):
    """Words in the chapters' code hold no digit either, save a heading's own number and template paths."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = [
        ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)
    ]
    sentences = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ]
    assert [text for text in sentences if re.search(r"\d", text) and text not in documented] == []


DOCUMENTED = (ast.Module, ast.FunctionDef, ast.ClassDef)


# ---------------------------------------------------------------- the office's own text
def test_own_text_names_figures():
    assert own_text("Terserap {{ serapan.total }}.", NAMES) == "Terserap 97,10%."
    assert own_text("{{serapan.total}} dan {{ iku.ipp.capaian }}", NAMES) == "97,10% dan 41,92%"


def test_an_unknown_name_is_refused_with_a_hint():
    with pytest.raises(NarrativeError) as caught:
        own_text("Satu.\nTerserap {{ serapan.totl }}.", NAMES)
    assert str(caught.value) == (
        "Baris 2: nama angka “serapan.totl” tidak dikenal. Mungkin maksud Anda “serapan.total”."
    )


@pytest.mark.parametrize(
    "text",
    [
        "{% load static %}",
        "{% include '/etc/passwd' %}",
        "{% for a in b %}x{% endfor %}",
        "{{ serapan.total|safe }}",
        "{{ serapan.total.__class__ }}",
        "{{ 7 * 7 }}",
        "{{ }}",
        "{# catatan #}",
        "{{ serapan.total",
        "serapan.total }}",
        "{{ SERAPAN.TOTAL }}",
        "{{ settings.SECRET_KEY }}",
        "{{ request.user.password }}",
    ],
)
def test_own_text_is_no_code(text):
    assert problems_of(text, NAMES)
    with pytest.raises(NarrativeError):
        own_text(text, NAMES)


def test_every_problem_is_told_at_once():
    assert len(problems_of("{{ a.b }}\n{% if x %}\n{{ c }}", NAMES)) == 3


def test_own_text_is_escaped_in_the_page():
    block = read(own_text("<script>alert(1)</script> *miring* **tebal**", NAMES))[0]
    assert inline_html(block.text) == (
        "&lt;script&gt;alert(1)&lt;/script&gt; <em>miring</em> <strong>tebal</strong>"
    )


# ---------------------------------------------------------------- the standard texts
def test_a_missing_name_is_an_error_and_not_a_gap():
    with pytest.raises(NarrativeError, match=r"tidak_ada"):
        sentence("Tahun {{ tidak_ada }}", {"tahun": "2025"})


def test_a_title_names_figures():
    assert sentence("Tahun {{ tahun }}", {"tahun": "2025"}) == "Tahun 2025"


def test_standard_texts_reach_plain_data_only():
    with pytest.raises(TypeError):
        guarded({"a": object()})
    with pytest.raises(TypeError):
        guarded([1.5])


def test_names_nest():
    assert nested({"a.b": "1", "a.c.d": "2", "e": "3"}) == {"a": {"b": "1", "c": {"d": "2"}}, "e": "3"}


@pytest.mark.parametrize("names", [{"a": "1", "a.b": "2"}, {"a.b": "2", "a": "1"}])
def test_a_name_cannot_begin_another(names):
    with pytest.raises(ValueError, match="Nama angka"):
        nested(names)


# ---------------------------------------------------------------- blocks
def test_blocks_are_separated_by_blank_lines():
    found = read("Satu\nbaris.\n\n## Judul\n\n> Visi kota\n\n- a\n- b\n  lanjutan\n\nDua.")
    assert [type(block) for block in found] == [Paragraph, Heading, Quote, ItemList, Paragraph]
    assert found[0].text == "Satu baris."
    assert [item.text for item in found[3].items] == ["a", "b lanjutan"]


def test_lists_nest_once():
    (found,) = read("+ satu\n  + a\n  + b\n+ dua")
    assert found.ordered
    assert [item.text for item in found.items] == ["satu", "dua"]
    assert [item.text for item in found.items[0].inner.items] == ["a", "b"]
    assert found.items[1].inner is None


def test_a_paragraph_may_run_into_its_list():
    assert [type(block) for block in read("Yaitu:\n- a\n- b")] == [Paragraph, ItemList]


def test_places_are_found_and_resolved():
    text = "Teks.\n\n[tabel capaian]\n\n[gambar serapan_unit]"
    assert places_of(text) == [Place("tabel", "capaian"), Place("gambar", "serapan_unit")]
    found = read_blocks(text, lambda place: Paragraph(place.key) if place.what == "tabel" else None)
    assert [block.text for block in found] == ["Teks.", "capaian"]


@pytest.mark.parametrize(
    "value", ["- bukan butir", "## bukan judul", "> bukan kutipan", "+ x", "[tabel akip]"]
)
def test_a_bound_value_is_never_markup(value):
    (found,) = read(standard_value(value))
    assert isinstance(found, Paragraph)
    assert found.text == value


def test_a_bound_value_keeps_its_asterisks_and_loses_its_lines():
    (found,) = read(standard_value("a *b* c\n\n- d"))
    assert inline_html(found.text) == "a *b* c - d"


def standard_value(value: str) -> str:
    """What a manuscript that is only a name gives for a value."""
    return own_text("{{ nilai }}", {"nilai": value})


def test_an_amount_is_not_torn_from_its_sign():
    assert inline_html("sebesar Rp 5,00.") == "sebesar Rp\u00a05,00."
