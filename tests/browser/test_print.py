"""The home pages on paper: few sheets, nothing cut or folded away, and nothing that is clicked."""

import re
from io import BytesIO

import pypdf
import pytest

from sakip.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The text of an A4 sheet between the margins of css/print.css, in CSS pixels.
SHEET = 661
PAGES = (
    ("camat", "/palaran/2026/", 4),
    ("camat", "/palaran/2025/", 4),
    ("perencana", "/palaran/2026/kelengkapan/", 4),
    ("perencana", "/palaran/2025/kelengkapan/", 2),
    ("camat", "/palaran/2026/unit/simpang-pasir/", 2),
)
CUT = """width => [...document.querySelectorAll("table, svg, .sk-stat, .hm-item")]
  .filter(node => node.getClientRects().length && node.getBoundingClientRect().right > width + 1)
  .map(node => node.id || node.className.toString())"""
ON_PAPER = "() => getComputedStyle(document.querySelector('.sk-bar')).display === 'none'"
FOLDED = """() => [...document.querySelectorAll(".hm-list .hm-title, .hm-checks td, .hm-checks summary")]
  .map(node => node.textContent.replace(/\\s+/g, ""))"""


@pytest.mark.parametrize(("user", "address", "sheets"), PAGES, ids=lambda value: str(value).strip("/"))
def test_a_home_page_prints(open_page, sign_in, user, address, sheets):
    page = open_page(SHEET)
    sign_in(page, User.objects.get(username=user))
    page.goto(address)
    page.emulate_media(media="print")
    page.wait_for_function(ON_PAPER)
    assert page.evaluate(CUT, SHEET) == []
    printed = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(printed) <= sheets
    text = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in printed))
    assert [told for told in page.evaluate(FOLDED) if told not in text] == []
    for clicked in ("Bandingkan", "Tampilkan", "Tekanangka", "Lihatangkanya", "Unitlain"):
        assert clicked not in text
