"""veraPDF runs and tells a valid file from an invalid one: else its approval of a report proves nothing."""

import pytest
import weasyprint

from tests.verapdf import validate

PAGE = '<html lang="id"><head><title>Uji</title></head><body><h1>Uji</h1><p>Isi</p></body></html>'


@pytest.fixture
def print_page(tmp_path):
    """print_page(variant): the path of a small PDF of this variant."""

    def print_page(variant):
        path = tmp_path / "uji.pdf"
        weasyprint.HTML(string=PAGE).write_pdf(path, pdf_variant=variant)
        return path

    return print_page


def test_a_valid_file_breaks_no_rule(print_page):
    assert validate(print_page("pdf/a-3a"), "3a") == []


def test_an_ordinary_file_breaks_rules(print_page):
    assert any("MarkInfo" in rule for rule in validate(print_page(None), "3a"))


def test_accessibility_is_a_flavour_of_its_own(print_page):
    assert any("PDF/UA" in rule for rule in validate(print_page("pdf/a-3a"), "ua1"))
    assert validate(print_page("pdf/ua-1"), "ua1") == []


def test_a_file_that_is_no_pdf_is_reported(tmp_path):
    path = tmp_path / "bukan.pdf"
    path.write_text("bukan PDF")
    with pytest.raises(RuntimeError, match="could not read"):
        validate(path, "3a")
