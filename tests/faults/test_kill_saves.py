"""The server dies while two people save: what they were told is kept is there, and nothing is half there."""

import random
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException

import pytest

from tests.faults.conftest import PASSWORD
from tests.faults.office import Portal, Staff, cells_of, saving, until

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PAGE = "/palaran/2026/realisasi/{unit}/tw-4/"
SHORT, LONG = 3, 40
SAVED = 302

ROWS_OF_THE_QUARTER = """
    SELECT 'budget.quarterlyrealisation', row.id, row.version, row.amount_rp, row.physical_pct
    FROM budget_quarterlyrealisation row JOIN sakip_unitquarter quarter ON quarter.id = row.unit_quarter_id
    JOIN sakip_unit unit ON unit.id = quarter.unit_id
    WHERE unit.slug = :unit AND quarter.year = 2026 AND quarter.quarter = 4
    UNION ALL
    SELECT 'sakip.measurement', row.id, row.version, row.value, row.value
    FROM sakip_measurement row JOIN sakip_unitquarter quarter ON quarter.id = row.unit_quarter_id
    JOIN sakip_unit unit ON unit.id = quarter.unit_id
    WHERE unit.slug = :unit AND quarter.year = 2026 AND quarter.quarter = 4
"""
HISTORY = "SELECT field, new FROM sakip_historyentry WHERE model = ? AND object_id = ? ORDER BY sequence"


@dataclass
class Writer:
    """Somebody who saves a unit's page over and over, each time with another number in all of its boxes.
    `sent` counts the pages sent, `kept` those that the portal said it kept."""

    staff: Staff
    unit: str
    sent: int = 0
    kept: int = 0
    surprises: list[str] = field(default_factory=list)

    def write_until_it_dies(self) -> None:
        page = PAGE.format(unit=self.unit)
        try:
            seen = cells_of(self.staff.get(page).text)
            while True:
                self.sent += 1
                number = str(number_of(self.sent))
                answer = self.staff.post(page, saving(seen, number))
                if answer.status != SAVED:
                    self.surprises.append(f"page {self.sent} was answered with {answer.status}")
                    return
                self.kept = self.sent
                seen = dict.fromkeys(seen, number)
        except (OSError, HTTPException):
            return


def number_of(page: int) -> int | None:
    """The number on a page, 1 to 99 (physical progress ends at 100); nothing before the first."""
    return page % 99 + 1 if page else None


def have_saved(writers: list[Writer], before: list[int]) -> bool:
    return all(writer.kept > kept for writer, kept in zip(writers, before, strict=True))


def check_what_is_there(portal: Portal, writer: Writer) -> None:
    """All rows of the quarter hold one and the same page: the last that was kept, or the one under way."""
    rows = portal.rows(ROWS_OF_THE_QUARTER, {"unit": writer.unit})
    numbers = {value for row in rows for value in row[3:]}
    assert len(numbers) == 1, f"half a page of {writer}: {rows}"
    assert numbers <= {number_of(writer.kept), number_of(writer.sent)}, f"lost by {writer}: {rows}"
    assert len({version for _, _, version, *_ in rows}) == 1, f"half a page of {writer}: {rows}"
    for model, key, version, *_ in rows:
        changes: dict[str, list[int]] = {}
        for name, new in portal.rows(HISTORY, (model, key)):
            changes.setdefault(name, []).append(int(new))
        assert all(len(values) == version for values in changes.values()), f"{model} {key}: {changes}"
        assert {values[-1] for values in changes.values()} == numbers - {None}, f"{model} {key}: {changes}"


@pytest.mark.parametrize("kills", [SHORT, pytest.param(LONG, marks=pytest.mark.full)])
def test_what_was_kept_is_there_and_nothing_by_halves(portal, kills):
    portal.serve()
    writers = [
        Writer(Staff(portal, "operator.bukuan", PASSWORD), "bukuan"),
        Writer(Staff(portal, "perencana", PASSWORD), "bantuas"),
    ]
    for _ in range(kills):
        before = [writer.kept for writer in writers]
        threads = [threading.Thread(target=writer.write_until_it_dies) for writer in writers]
        for thread in threads:
            thread.start()
        until("both save", partial(have_saved, writers, before))
        time.sleep(random.uniform(0, 0.4))
        portal.kill()
        for thread in threads:
            thread.join()
        assert [writer.surprises for writer in writers] == [[], []]
        for writer in writers:
            check_what_is_there(portal, writer)
        assert portal.rows("PRAGMA integrity_check") == [("ok",)]
        portal.serve()
    portal.check("verify_history")
