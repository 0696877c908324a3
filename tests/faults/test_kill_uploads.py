"""The server dies while files arrive: evidence that was acknowledged is there with its file, and a workbook
was applied whole or not at all."""

import hashlib
import io
import re
from dataclasses import dataclass, field

import pytest
from openpyxl import load_workbook

from budget.sheets.layout import ENTRY_SHEET, FIRST_ROW, HOLDS, PLACES
from tests.faults.conftest import PASSWORD
from tests.faults.killing import FEW, MANY, UnexpectedError, Worker, deaths
from tests.faults.office import Portal, Staff
from tests.faults.test_kill_saves import check_what_is_there, number_of
from tests.sakip.evidence_files import noisy_jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

QUARTER = "/palaran/2026/realisasi/{unit}/tw-4/"
DONE = 302
SIGN = re.compile(r'name="sidik" value="([^"]+)"')

EVIDENCE = """
    SELECT piece.name, stored.sha256, stored.size, stored.file, link.quarterlyrealisation_id
    FROM sakip_evidence piece
    JOIN sakip_evidencefile stored ON stored.id = piece.stored_file_id
    LEFT JOIN budget_quarterlyrealisation_evidence link ON link.evidence_id = piece.id
    JOIN sakip_unitquarter quarter ON quarter.id = piece.unit_quarter_id
    JOIN sakip_unit unit ON unit.id = quarter.unit_id
    WHERE unit.slug = :unit AND quarter.year = 2026 AND quarter.quarter = 4
"""
TOLD = "SELECT count(*) FROM sakip_historyentry WHERE field = 'evidence' AND new LIKE ?"


@dataclass
class Photographer(Worker):
    """Attaches one photo after the other to a budget line of the unit."""

    line: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)

    def work(self) -> None:
        self.sent += 1
        name, photo = f"foto-{self.sent}.jpg", noisy_jpeg()
        page = f"{QUARTER.format(unit=self.unit)}bukti/anggaran/{self.line}/"
        self.expect(self.staff.upload(page, "uploads", name, photo).status, DONE)
        self.kept = self.sent
        self.acknowledged[name] = hashlib.sha256(photo).hexdigest()


@dataclass
class Typist(Worker):
    """Downloads the quarter, puts one number in all of its cells, sends it back and applies it."""

    sheet: bytes = b""

    def begin(self) -> None:
        answer = self.staff.get(f"{QUARTER.format(unit=self.unit)}excel/unduh/")
        self.expect(answer.status, 200)
        self.sheet = answer.body

    def work(self) -> None:
        self.begin()
        self.sent += 1
        pages = f"{QUARTER.format(unit=self.unit)}excel/"
        number = number_of(self.sent)
        self.expect(self.staff.upload(pages, "file", "isian.xlsx", filled(self.sheet, number)).status, DONE)
        shown = self.staff.get(f"{pages}pratinjau/")
        self.expect(shown.status, 200)
        sign = SIGN.search(shown.text)
        if sign is None:
            raise UnexpectedError("the preview cannot be applied")
        self.expect(self.staff.post(f"{pages}pratinjau/", {"sidik": sign[1]}).status, DONE)
        self.kept = self.sent


def filled(content: bytes, number: int | None) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book[ENTRY_SHEET]
    for row in range(FIRST_ROW, sheet.max_row + 1):
        key = str(sheet.cell(row, PLACES["kunci"]).value or "")
        cells = {"l": ("amount", "physical"), "m": ("value",)}.get(key[:1], ())
        for cell in cells:
            sheet.cell(row, PLACES[HOLDS[cell][0]]).value = number
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def check_photos(portal: Portal, worker: Photographer) -> None:
    """Every acknowledged photo is there once, with its file, its row and its line of history; at most the one
    that was under way is there unacknowledged, and then as whole as the others."""
    found = portal.rows(EVIDENCE, {"unit": worker.unit})
    names = [name for name, *_ in found]
    assert len(names) == len(set(names))
    assert worker.acknowledged.keys() <= set(names), f"lost by {worker.unit}"
    for name, sha256, size, path, row in found:
        content = (portal.folder / "media" / path).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (sha256, size), name
        assert worker.acknowledged.get(name, sha256) == sha256
        assert row is not None, f"{name} proves nothing"
        assert portal.rows(TOLD, (f"%: {name} (SHA-256 {sha256})",)) == [(1,)], (
            f"{name} has no line of history"
        )
    # Those under way when it died: each was begun once and never again.
    assert all(int(name[5:-4]) <= worker.sent for name in names)


@pytest.mark.parametrize("kills", [FEW, pytest.param(MANY, marks=pytest.mark.full)])
def test_an_acknowledged_file_is_there_and_a_workbook_never_by_halves(portal, kills):
    portal.serve()
    line = portal.rows(
        "SELECT line.id FROM budget_budgetline line JOIN sakip_unit unit ON unit.id = line.unit_id "
        "WHERE unit.slug = 'bukuan' AND line.year = 2026 ORDER BY line.id"
    )[0][0]
    photographer = Photographer(Staff(portal, "operator.bukuan", PASSWORD), "bukuan", line=line)
    typist = Typist(Staff(portal, "perencana", PASSWORD), "bantuas")
    for _ in deaths(portal, (photographer, typist), kills):
        check_photos(portal, photographer)
        check_what_is_there(portal, typist)
    portal.check("sweep_evidence")
    check_photos(portal, photographer)
