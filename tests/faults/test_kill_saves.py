"""The server dies while two people save: what they were told is kept is there, and nothing is half there."""

from dataclasses import dataclass, field

import pytest

from tests.faults.conftest import PASSWORD
from tests.faults.killing import FEW, MANY, Worker, deaths
from tests.faults.office import Portal, Staff, cells_of, saving

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PAGE = "/palaran/2026/realisasi/{unit}/tw-4/"
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
class Writer(Worker):
    """Saves a unit's page, each time with another number in all of its boxes."""

    seen: dict[str, str] = field(default_factory=dict)

    @property
    def page(self) -> str:
        return PAGE.format(unit=self.unit)

    def begin(self) -> None:
        self.seen = cells_of(self.staff.get(self.page).text)

    def work(self) -> None:
        self.sent += 1
        number = str(number_of(self.sent))
        self.expect(self.staff.post(self.page, saving(self.seen, number)).status, SAVED)
        self.kept = self.sent
        self.seen = dict.fromkeys(self.seen, number)


def number_of(page: int) -> int | None:
    """The number on a page, 1 to 99 (physical progress ends at 100); nothing before the first."""
    return page % 99 + 1 if page else None


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


@pytest.mark.parametrize("kills", [FEW, pytest.param(MANY, marks=pytest.mark.full)])
def test_what_was_kept_is_there_and_nothing_by_halves(portal, kills):
    portal.serve()
    writers = [
        Writer(Staff(portal, "operator.bukuan", PASSWORD), "bukuan"),
        Writer(Staff(portal, "perencana", PASSWORD), "bantuas"),
    ]
    for _ in deaths(portal, writers, kills):
        for writer in writers:
            check_what_is_there(portal, writer)
