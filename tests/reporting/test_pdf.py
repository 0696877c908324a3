"""The PDF: tagged and valid, the same bytes each time, fetching nothing, with right page numbers."""

import builtins
import gc
import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest
from django.conf import settings

from reporting import pdf
from reporting.lkjip.document import Paper, build_document
from reporting.lkjip.export import render_pdf
from reporting.pdf import BASE, ForeignAddressError, PdfUnavailableError, make_pdf, static_file
from tests.verapdf import validate

PAGE = '<html lang="id"><head><title>Uji</title></head><body><h1>Uji</h1><p>Isi{}</p></body></html>'


# ---------------------------------------------------------------- nothing foreign
@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/a.png",
        "https://example.com/a.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "../../../etc/passwd",
        "ftp://example.com/a.png",
        f"{BASE}../manage.py",
        f"{BASE}%2e%2e/manage.py",
        f"{BASE}tidak/ada.png",
    ],
)
def test_only_our_static_files_are_fetched(address):
    with pytest.raises(ForeignAddressError, match="di luar berkas portal"):
        make_pdf(PAGE.format(f'<img alt="x" src="{address}">'))


def test_static_files_are_found_and_stay_in_their_folder():
    assert static_file(f"{BASE}img/emblem.svg").name == "emblem.svg"
    assert static_file(f"{BASE}img/../img/emblem.svg").name == "emblem.svg"
    assert static_file(f"{BASE}../manage.py") is None
    assert static_file("https://example.com/img/emblem.svg") is None


def test_static_files_and_data_may_be_shown():
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="
    assert make_pdf(PAGE.format(f'<img alt="x" src="/img/emblem.svg"><img alt="y" src="{dot}">')).startswith(
        b"%PDF"
    )


# ---------------------------------------------------------------- missing libraries
def test_missing_libraries_are_named_with_the_command(monkeypatch):
    """WeasyPrint raises OSError at import where Pango is missing; the site must still start."""
    real = builtins.__import__

    def without_pango(name, *args, **kwargs):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(PdfUnavailableError, match=r"sudo apt-get install .*libpango-1\.0-0"):
        make_pdf(PAGE.format(""))


def test_the_site_starts_without_the_pdf_libraries():
    script = (
        "import django, sys; django.setup(); import reporting.pdf, reporting.lkjip.export; "
        "print('weasyprint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )
    assert done.stdout.strip() == "False"


# ---------------------------------------------------------------- the same bytes
SHEETS = ("css/print/fonts.css", "css/print/lkjip.css")


def digest_in_a_process(seed: str) -> str:
    script = (
        "import django, hashlib; django.setup(); from reporting.pdf import make_pdf; "
        f"print(hashlib.sha256(make_pdf({PAGE.format(' tabel')!r}, *{SHEETS!r})).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    return done.stdout.strip()


def test_two_processes_make_the_same_bytes():
    assert digest_in_a_process("1") == digest_in_a_process("2")


def test_collecting_garbage_goes_on_afterwards():
    assert gc.isenabled()
    with pytest.raises(ForeignAddressError):
        make_pdf(PAGE.format('<img alt="x" src="http://example.com/">'))
    assert gc.isenabled()


def test_progress_only_goes_up():
    told = []
    make_pdf(PAGE.format(""), progress=lambda text, percent: told.append((percent, text)))
    assert told == sorted(told)
    assert told[-1] == (95, "Melengkapi PDF")


# ---------------------------------------------------------------- the report itself
@pytest.fixture(scope="module")
def report(django_db_setup, django_db_blocker, tmp_path_factory):
    """The report of 2025, printed once for all the tests below."""
    from sakip.models import Agency

    with django_db_blocker.unblock():
        document = build_document(Agency.objects.select_related("government").get(slug="palaran"), 2025)
    path = tmp_path_factory.mktemp("lkjip") / "lkjip.pdf"
    path.write_bytes(render_pdf(document))
    return path


@pytest.fixture(scope="module")
def texts(report):
    """The text of each page, as a reader finds it."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(report), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_finds_nothing(report, flavour):
    assert validate(report, flavour) == []


def test_the_file_says_what_it_is(report):
    with pikepdf.open(report) as opened:
        assert opened.Root.Lang == "id"
        assert bool(opened.Root.MarkInfo.Marked)
        with opened.open_metadata() as metadata:
            assert (
                metadata["dc:title"]
                == "Laporan Kinerja Instansi Pemerintah (LKjIP) Kecamatan Palaran Tahun 2025"
            )


def test_bookmarks_follow_the_chapters(report):
    with pikepdf.open(report) as opened, opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
        third = next(item for item in outline.root if item.title.endswith("Akuntabilitas Kinerja"))
        sections = [item.title for item in third.children]
    assert titles[:3] == ["Sampul", "Kata Pengantar", "Ringkasan Eksekutif"]
    assert [title.split()[-1] for title in titles[-5:]] == [
        "Pendahuluan",
        "Kinerja",
        "Kinerja",
        "Penutup",
        "Lampiran",
    ]
    assert len(sections) == 5


def test_only_our_fonts_are_used_and_all_are_embedded(report):
    done = subprocess.run(["pdffonts", str(report)], capture_output=True, text=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    assert rows
    assert all(re.match(r"[A-Z]{6}\+Source-?(Serif|Sans)", row[0].replace("-", "")) for row in rows), rows
    assert all("yes" in row[-6:-3] for row in rows)


def test_page_numbers_of_the_contents_are_right(texts):
    """Each numbered part of the contents stands on the page whose printed number the contents give."""
    contents = next(text for text in texts if "DAFTAR ISI" in text)
    found = dict(re.findall(r"^\s*(Lampiran \d)\s+.*?\.{2,}\s*(\d+)\s*$", contents, re.MULTILINE))
    assert len(found) == 5
    for label, number in found.items():
        page = next(text for text in texts if re.match(rf"\s*LKjIP .*\n+\s*{label} ", text))
        assert page.strip().splitlines()[-1].strip() == number
    chapters = re.findall(r"^\s*BAB (I{1,3}|IV)\s+[A-Z ]+?\.{2,}\s*(\d+)\s*$", contents, re.MULTILINE)
    assert [roman for roman, _ in chapters] == ["I", "II", "III", "IV"]
    for roman, number in chapters:
        page = next(text for text in texts if re.search(rf"^\s*BAB {roman}\s*$", text, re.MULTILINE))
        assert page.strip().splitlines()[-1].strip() == number


def test_front_matter_counts_in_roman_and_chapter_one_begins_at_one(texts):
    numbers = [text.strip().splitlines()[-1].strip() for text in texts]
    first = next(place for place, text in enumerate(texts) if re.search(r"^\s*BAB I\s*$", text, re.MULTILINE))
    assert numbers[1:first] == ["i", "ii", "iii", "iv", "v"][: first - 1]
    assert numbers[first:] == [str(number) for number in range(1, len(texts) - first + 1)]


def test_running_titles_name_the_chapter(texts):
    page = next(
        text for text in texts if "Realisasi Anggaran Program dan Kegiatan" in text and "Tabel 3.7 " in text
    )
    assert page.strip().splitlines()[0].split("  ")[0] == "LKjIP Kecamatan Palaran Tahun 2025"


def test_headings_repeat_on_every_page_of_a_long_table(texts):
    pages = [text for text in texts if "Keuangan (Rp)" in text]
    assert len(pages) >= 4
    assert all("Pagu (Rp)" in text for text in pages)


def test_wide_tables_stand_on_turned_pages_and_nothing_leaves_the_paper(report):
    with pikepdf.open(report) as opened:
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in opened.pages}
    assert sizes == {(595, 842), (842, 595)}


@pytest.mark.django_db
def test_f4_is_selectable(palaran):
    document = build_document(palaran, 2025, Paper.F4)
    shortened = type(document)(
        **{name: getattr(document, name) for name in document.__slots__} | {"chapters": (), "attachments": ()}
    )
    with pikepdf.open(BytesIO(render_pdf(shortened))) as opened:
        assert [round(float(side)) for side in opened.pages[0].mediabox[2:]] == [609, 935]


@pytest.mark.full
def test_the_whole_report_is_the_same_each_time(report, django_db_blocker):
    from sakip.models import Agency

    with django_db_blocker.unblock():
        again = render_pdf(build_document(Agency.objects.get(slug="palaran"), 2025))
    assert hashlib.sha256(again).digest() == hashlib.sha256(report.read_bytes()).digest()


def test_the_declaration_is_well_formed():
    from xml.etree import ElementTree

    wrapped = (
        b'<a xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' + pdf._accessible_metadata() + b"</a>"
    )
    assert len(ElementTree.fromstring(wrapped)) == 2
