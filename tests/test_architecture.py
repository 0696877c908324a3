"""The lines that hold over the whole tree: sizes, templates, content security, what may be committed."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400
# Django looks these up itself, by name.
# The kit is laid out before the pages that use it.
KIT = ("_components/", "base")
FOUND_BY_DJANGO = re.compile(r"^(4\d\d|500|403_csrf)\.html$|^(admin|registration|django/forms)/")


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository, other people's code under vendor/ left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = (ROOT / name for name in listed.stdout.split("\0") if name and "/vendor/" not in name)
    return tuple(path for path in paths if path.is_file())


def having(*suffixes: str, under: str = "") -> list[Path]:
    return [path for path in tracked() if path.suffix in suffixes and path.is_relative_to(ROOT / under)]


@cache
def text_of(path: Path) -> str:
    """A file's text; nothing for one that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def findings(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """`file:line: what stands there` for every match of the pattern."""
    found = []
    for path in paths:
        text = text_of(path)
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(ROOT)}:{line}: {match.group(0)[:80].strip()}")
    return found


def test_no_module_is_two_topics():
    modules = [path for path in having(".py") if "migrations" not in path.parts]
    lengths = {str(path.relative_to(ROOT)): text_of(path).count("\n") for path in modules}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_key_is_written_as_a_figure():
    """Templates write 1000 as "1.000", which no address, anchor or form takes back as the same key."""
    key = re.compile(r"\{\{ *[\w.]*(\.pk|_pk|(?<!app_)\bversion) *\}\}")
    assert findings(having(".html", under="templates"), key) == []


def test_the_quarters_and_the_statuses_have_one_home():
    """`sakip.scoring.quarters` and `http.HTTPStatus`."""
    quarters = re.compile(
        r"\(1, 2, 3, 4\)|\(.I., .II., .III., .IV.\)|^[A-Z_, ]+ = 4\d\d\b|\bstatus=\d", re.MULTILINE
    )
    modules = [path for app in ("sakip", "budget", "reporting") for path in having(".py", under=app)]
    others = [path for path in modules if path.name != "quarters.py" and "migrations" not in path.parts]
    assert findings(others, quarters) == []


def test_nothing_is_left_open():
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"\bX" + r"XX\b")))
    assert findings(having(".py", ".html", ".css", ".js", ".md", ".toml", ".sh", ""), marks) == []


# ---------------------------------------------------------------- pure arithmetic
PURE = ("sakip/scoring", "budget/absorption.py", "budget/efficiency.py")


def imported(tree: ast.AST) -> set[str]:
    """The modules that a source imports, wherever the import stands."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_arithmetic_imports_only_the_standard_library():
    """The budget's two files may take the core's arithmetic as well; nothing else of the portal."""
    found = set()
    for path in having(".py"):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(PURE):
            continue
        for module in imported(ast.parse(text_of(path))):
            own = module == "sakip.scoring" or module.startswith("sakip.scoring.")
            if not own and module.split(".")[0] not in sys.stdlib_module_names:
                found.add(f"{name}: {module}")
    assert found == set()


def test_arithmetic_is_decimal():
    """No binary fraction comes near a figure."""
    found = []
    for path in having(".py"):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(PURE):
            constants = (
                node for node in ast.walk(ast.parse(text_of(path))) if isinstance(node, ast.Constant)
            )
            found += [f"{name}:{node.lineno}" for node in constants if isinstance(node.value, float)]
    assert found == []


# ---------------------------------------------------------------- templates
TEMPLATES = having(".html", ".txt", ".svg", under="templates")
COMMENTS = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}|<!--.*?-->", re.DOTALL)


def test_every_template_is_used():
    """A template's name stands in a module or in another template (`name.html#part` counts)."""
    sources = "\n".join(text_of(path) for path in (*having(".py"), *having(".html", ".txt", ".svg")))
    quoted = set(re.findall(r"""["']([\w./-]+\.(?:html|txt|svg))(?:#[\w-]+)?["']""", sources))
    names = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    unused = {name for name in names - quoted if not FOUND_BY_DJANGO.match(name)}
    assert {name for name in unused if not name.startswith(KIT)} == set()


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("an inline style", r"<[a-z][^<>]*\sstyle\s*="),
        ("a style element", r"<style\b"),
        ("an inline script", r"<script\b(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>"),
        ("an event handler", r"<[a-z][^<>]*\son[a-z]+\s*="),
        ("a script in an address", r"=\s*[\"']?\s*javascript:"),
        ("an htmx expression that is evaluated", r"\shx-on[:=-]|\bjs:\{|\bjavascript:\{"),
    ],
)
def test_templates_obey_the_content_security_policy(what, pattern):
    expression = re.compile(pattern, re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)[:80]}"
        for path in TEMPLATES
        for match in expression.finditer(COMMENTS.sub("", text_of(path)))
    ]
    assert found == [], what


# ---------------------------------------------------------------- what may be committed
def test_fixtures_name_no_person():
    """Neither a civil servant's number (18 digits, also as printed: 8 6 1 3) nor a name with its degrees."""
    number = re.compile(r"(?<!\d)(?:19|20)\d{6}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\d)|(?<!\d)\d{18}(?!\d)")
    degrees = re.compile(
        r"[a-z],? (?:S\.(?:Sos|STP|Kom|Pd|[EHTP]\b)|M\.(?:Si|M|AP|Pd|H)\b)|\bDr[sa]?\. [A-Z]"
    )
    files = [path for path in tracked() if path.is_relative_to(ROOT / "fixtures")]
    assert findings(files, number) + findings(files, degrees) == []


def test_no_file_names_a_machine_or_a_registry():
    """Neither a path of somebody's machine nor the host of a package registry."""
    places = "|".join(rf"(?<![\w.}}~)-])/{name}/" for name in ("work", "root", r"home/\w+", r"Users/\w+"))
    registries = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb.debian" + ".org")
    hosts = "|".join(map(re.escape, registries))
    assert findings(list(tracked()), re.compile(f"{places}|{hosts}")) == []
