"""The guides: read from Markdown with all in it escaped, help for each page, the same PDF each time."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.urls import get_resolver, reverse

from reporting.guide.help import TASKS_OF, guides_of, help_for
from reporting.guide.printing import fingerprint, guide_pdf
from reporting.guide.texts import SLUGS, GuideError, all_guides, guide_of, labels_of, parse
from sakip.models import Role, User
from tests.verapdf import validate

START = "# Panduan\n\nPembuka.\n\n"


def test_every_role_has_a_guide():
    assert set(SLUGS) == set(Role)
    assert all(guide.tasks for guide in all_guides())


def test_what_is_written_is_text_and_nothing_else():
    text = START + "## Satu\n\n<script>alert(1)</script> & <b>tebal</b> [x](javascript:alert)\n\n<div>\n"
    html = parse("uji", text).html(lambda path: path)
    assert not {"<script", "<b>", "<div"} & set(re.findall(r"<\w+>?", html))
    assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in html


def test_tasks_have_anchors_and_labels():
    guide = parse("uji", START + "## Mengisi triwulan\n\nPilih **Simpan**, lalu **Ajukan**.\n")
    assert [(task.anchor, task.title) for task in guide.tasks] == [("mengisi-triwulan", "Mengisi triwulan")]
    assert labels_of(guide) == {"mengisi-triwulan": ["Simpan", "Ajukan"]}
    assert '<h2 id="mengisi-triwulan">' in guide.html(lambda path: path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tanpa judul\n", "satu judul"),
        (START + "## A\n\n## A\n", "dua kali"),
        (START + "![x](https://contoh.go.id/a.png)\n", "harus berada di bawah"),
        (START + "![](../../static/img/panduan/isian.png)\n", "teks pengganti"),
    ],
)
def test_a_guide_that_is_written_wrong_says_where(text, said):
    with pytest.raises(GuideError, match=said):
        parse("uji", text)


# ---------------------------------------------------------------- help
def test_help_names_pages_and_tasks_that_exist():
    named = {pattern.name for _, pattern in _patterns(get_resolver())}
    assert set(TASKS_OF) <= named
    anchors = frozenset().union(*(guide.anchors() for guide in all_guides()))
    assert {anchor for tasks in TASKS_OF.values() for anchor in tasks} <= anchors


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern)
        else:
            yield pattern.pattern, pattern


@pytest.mark.parametrize(
    ("username", "page", "expected"),
    [
        ("operator.bukuan", "entry", ("operator", "mengisi-triwulan")),
        ("camat", "entry", ("camat", "mengesahkan")),
        ("perencana", "inbox", ("perencana", "memeriksa-dan-mengembalikan")),
        ("camat", "windows", ("perencana", "mengatur-jadwal")),
        ("camat", "meetings", ("camat", "membaca-rapat-triwulan")),
        ("operator.bukuan", "meetings", ("operator", "menyelesaikan-tindak-lanjut-rapat")),
        ("operator.bukuan", "downloads", ("penanggung-jawab", "mengambil-kembali-unduhan")),
        ("operator.bukuan", "account", ("operator", "mengamankan-akun")),
        ("camat", "tidak-ada", None),
    ],
)
def test_help_is_that_of_ones_own_role_first(palaran, username, page, expected):
    assert help_for(page, guides_of(User.objects.get(username=username))) == expected


def test_the_page_of_all_guides_leads_on_or_lists(palaran, client):
    client.force_login(User.objects.get(username="camat"))
    answer = client.get(reverse("guides"), {"dari": "entry"})
    assert answer.url == "/panduan/camat/#mengesahkan"
    page = client.get(reverse("guides"), {"dari": "<x>"}).content.decode()
    own, others = page.index("Untuk peran Anda"), page.index("Untuk peran lain")
    assert own < page.index("Panduan camat") < others < page.index("Panduan operator")


# ---------------------------------------------------------------- the PDF
def test_the_pdf_is_tagged_the_same_each_time_and_numbers_its_tasks():
    guide = guide_of("operator")
    content = guide_pdf(guide)
    assert guide_pdf(guide) == content
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "id"
        assert len(pdf.pages) > 2
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root[0].children]
    assert titles == [task.title for task in guide.tasks]


@pytest.mark.full
@pytest.mark.parametrize("slug", SLUGS.values())
def test_the_pdfs_are_valid(slug, tmp_path):
    path = tmp_path / f"{slug}.pdf"
    path.write_bytes(guide_pdf(guide_of(slug)))
    assert [validate(path, flavour) for flavour in ("3a", "ua1")] == [[], []]


def test_another_text_is_another_pdf():
    changed = parse("operator", START + "## Satu\n\nIsi.\n")
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(changed))
    assert fingerprint(changed) != fingerprint(guide_of("operator"))


def test_the_pdf_is_handed_over_and_kept(palaran, client, monkeypatch):
    client.force_login(User.objects.get(username="camat"))
    made = []
    monkeypatch.setattr("reporting.guide.printing.guide_pdf", lambda guide: made.append(guide) or b"%PDF-1.7")
    monkeypatch.setattr("reporting.guide.printing.fingerprint", lambda guide: "uji")
    for _ in range(2):
        answer = client.get(reverse("guide_pdf", args=["camat"]))
        assert answer.content == b"%PDF-1.7"
        assert answer["Content-Disposition"] == 'attachment; filename="panduan-camat.pdf"'
    assert len(made) == 1
