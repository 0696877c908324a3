"""Writes docs/fidelity.md: our tables against the printed report of 2025, difference by difference."""

from pathlib import Path

import pytest

from reporting.year import OfficeYear
from tests.golden import test_achievement, test_agreements, test_budget, test_e81, test_profile
from tests.golden.fidelity import Section

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fidelity.md"
INTRODUCTION = """# Fidelity to the printed report

Written by `tests/golden/test_fidelity.py`; do not edit. Every derived cell of the printed LKjIP 2025 is
compared with ours; cells that are the same are counted, and every difference has its reason. Figures are
written as they are printed, with dots between thousands; (S) is *Sementara*. "Sumber" says which data a
table of ours uses. The curve of the quarters is the office's row of table 3.8 as printed; absorption and
efficiency rest on the official realisations of table 3.7."""


def sections_of(year: OfficeYear) -> list[Section]:
    """Every section, in the order of the report."""
    return [
        *test_profile.sections(year),
        *test_agreements.sections(year),
        *test_achievement.sections(year),
        *test_budget.sections(year),
        test_e81.section(year),
        *test_achievement.organisation_sections(year),
    ]


@pytest.mark.django_db
def test_the_document_says_what_the_tables_say(palaran):
    sections = sections_of(OfficeYear(palaran, 2025))
    assert [row for section in sections for row in section.unexplained] == []
    text = "\n\n".join([INTRODUCTION, *(section.markdown() for section in sections)]) + "\n"
    before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    if before != text:
        DOCUMENT.write_text(text, encoding="utf-8")
    assert before == text, (
        "docs/fidelity.md was out of date and has been written anew; look at it and commit it"
    )
