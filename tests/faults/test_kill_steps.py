"""The server dies while a quarter goes its way: it stands where its last acknowledged step left it, or one
further, with all of its rows, its log, its history and its mails."""

import re
from dataclasses import dataclass, field

import pytest

from tests.faults.conftest import PASSWORD
from tests.faults.killing import FEW, MANY, UnexpectedError, Worker, deaths
from tests.faults.office import Portal, Staff, cells_of, saving

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

QUARTER = "/palaran/2026/realisasi/bukuan/tw-4/"
DONE = 302
# The whole way with its detours, over and over: who does what, and where it leads.
ROUND = (
    ("operator.bukuan", "ajukan", "submitted"),
    ("perencana", "kembalikan", "returned"),
    ("operator.bukuan", "ajukan", "submitted"),
    ("perencana", "verifikasi", "verified"),
    ("camat", "kembalikan", "returned"),
    ("operator.bukuan", "ajukan", "submitted"),
    ("perencana", "verifikasi", "verified"),
    ("camat", "sahkan", "approved"),
    ("perencana", "kunci", "locked"),
    ("perencana", "buka_kembali", "returned"),
)
VERSION = re.compile(r'name="version" value="(\d+)"')
NOTES = re.compile(r'name="(catatan-[^"]+)"')

STANDS = """
    SELECT quarter.id, quarter.state, quarter.version FROM sakip_unitquarter quarter
    JOIN sakip_unit unit ON unit.id = quarter.unit_id
    WHERE unit.slug = 'bukuan' AND quarter.year = 2026 AND quarter.quarter = 4
"""
ROWS = """
    SELECT state, count(*) FROM (
        SELECT state FROM budget_quarterlyrealisation WHERE unit_quarter_id = :quarter
        UNION ALL SELECT state FROM sakip_measurement WHERE unit_quarter_id = :quarter
    ) GROUP BY state
"""
LOG = """
    SELECT id, from_state, to_state FROM sakip_transition
    WHERE unit_quarter_id = :quarter AND row_kind = 'quarter' ORDER BY id
"""
LOG_OF_ROWS = """
    SELECT count(*) FROM sakip_transition WHERE unit_quarter_id = :quarter AND row_kind <> 'quarter'
"""
HISTORY = """
    SELECT count(*) FROM sakip_historyentry
    WHERE model = 'sakip.unitquarter' AND object_id = :quarter AND action = 'transition'
"""
MAILS = "SELECT count(*) FROM sakip_outgoingmail WHERE key LIKE ?"


@dataclass
class Reviewers(Worker):
    """The people of a quarter, who take its steps in turn, each from the page that is shown to them; `staff`
    is the one who fills in. `kept` is how many steps were acknowledged, or found taken after a death."""

    portal: Portal = field(kw_only=True)
    others: dict[str, Staff] = field(kw_only=True)

    def begin(self) -> None:
        """The step that was under way was taken, or not."""
        if stands(self.portal)[1] == ROUND[self.kept % len(ROUND)][2]:
            self.kept += 1

    def work(self) -> None:
        who, action, _ = ROUND[self.kept % len(ROUND)]
        staff = self.others.get(who, self.staff)
        address, page = QUARTER + "langkah/", QUARTER
        if action == "ajukan":
            address = page = QUARTER + "ajukan/"
        shown = staff.get(page)
        self.expect(shown.status, 200)
        version = VERSION.search(shown.text)
        if version is None:
            raise UnexpectedError(f"step {self.kept}, {action}, is not offered")
        fields = {"version": version[1], "action": action, "reason": "Lengkapi dokumennya."}
        fields |= dict.fromkeys(NOTES.findall(shown.text), "Sesuai dokumen.")
        self.sent += 1
        self.expect(staff.post(address, fields).status, DONE)
        self.kept += 1


def stands(portal: Portal) -> tuple[int, str, int]:
    return portal.rows(STANDS)[0]


def check(portal: Portal, worker: Reviewers, rows: int) -> None:
    """The quarter has taken the steps that were kept, and perhaps the one under way: with everything that
    belongs to each."""
    quarter, state, version = stands(portal)
    assert version in (worker.kept, worker.kept + 1), f"lost: {version} of {worker.kept} steps"
    assert state == ROUND[(version - 1) % len(ROUND)][2]
    here = {"quarter": quarter}
    assert portal.rows(ROWS, here) == [(state, rows)], "a row stands elsewhere"
    log = portal.rows(LOG, here)
    assert [after for _, _, after in log] == [ROUND[step % len(ROUND)][2] for step in range(version)]
    assert [before for _, before, _ in log[1:]] == [after for _, _, after in log[:-1]]
    assert portal.rows(LOG_OF_ROWS, here) == [(version * rows,)]
    assert portal.rows(HISTORY, here) == [(version,)]
    for step, _, after in log:
        told = portal.rows(MAILS, (f"langkah:{step}:%",))[0][0]
        assert told or after == "locked", f"nobody was told of step {step}"


@pytest.mark.parametrize("kills", [FEW, pytest.param(MANY, marks=pytest.mark.full)])
def test_a_quarter_stands_where_its_last_step_left_it(portal, kills):
    portal.serve()
    operator = Staff(portal, "operator.bukuan", PASSWORD)
    seen = cells_of(operator.get(QUARTER).text)
    assert operator.post(QUARTER, saving(seen, "100")).status == DONE
    worker = Reviewers(
        operator,
        "bukuan",
        portal=portal,
        others={name: Staff(portal, name, PASSWORD) for name in ("perencana", "camat")},
    )
    rows = sum(count for _, count in portal.rows(ROWS, {"quarter": stands(portal)[0]}))
    for _ in deaths(portal, [worker], kills):
        check(portal, worker, rows)
    assert worker.kept >= kills
