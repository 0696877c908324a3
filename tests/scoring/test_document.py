"""The document's tables are all read, and its links to the code are right."""

import re
from pathlib import Path

from tests.scoring.tables import DOCUMENT, tables

HERE = Path(__file__).parent


def test_every_table_is_tested():
    code = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    named = set(re.findall(r'table\("(\w+)"\)', code))
    assert named == set(tables())


def test_no_table_is_empty():
    assert all(rows for rows in tables().values())


def test_no_regulation_is_cited_for_the_organisation_score(policy):
    assert policy.nko_scale.source == ""
    assert "prints no citation for it" in DOCUMENT.read_text(encoding="utf-8")
