"""The documentation and the empty pack are in step with what is read."""

from pathlib import Path

import pytest

from budget.packs import AGENCY_PACK
from sakip.packs.describing import BEGIN, END, README, described, files_of, with_files, write_empty_pack
from tests.packs.building import PALARAN, faults_of

EMPTY = Path("fixtures/empty_pack")


def test_the_documentation_shows_every_file_and_column():
    """`manage.py data_pack document` brings it up to date."""
    document = Path("docs/data-pack.md").read_text(encoding="utf-8")
    assert with_files(document, described(AGENCY_PACK, PALARAN)) == document
    for spec in files_of(AGENCY_PACK):
        assert f"### `{spec.filename}`" in document
        assert all(f"| `{heading}` |" in document for heading in spec.headings)


def test_the_part_between_the_marks_is_replaced():
    assert with_files(f"a{BEGIN}alt{END}b", "neu") == f"a{BEGIN}\n\nneu\n\n{END}b"


def test_the_empty_pack_has_every_file(tmp_path):
    write_empty_pack(tmp_path, AGENCY_PACK)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in EMPTY.iterdir()}
    assert made == kept
    assert kept["README.md"] == README


def test_a_filled_file_is_not_emptied_again(tmp_path):
    (tmp_path / "units.csv").write_text("sudah diisi")
    write_empty_pack(tmp_path, AGENCY_PACK)
    assert (tmp_path / "units.csv").read_text() == "sudah diisi"


def test_the_real_pack_has_every_column_of_the_empty_one():
    for path in EMPTY.glob("*.csv"):
        heading = (PALARAN / path.name).read_text(encoding="utf-8").partition("\n")[0]
        assert set(heading.split(",")) == set(path.read_text(encoding="utf-8").strip().split(","))


@pytest.mark.django_db
def test_the_empty_pack_says_what_it_lacks():
    assert {fault.file for fault in faults_of(EMPTY)} == {"agency.csv", "government.csv"}
