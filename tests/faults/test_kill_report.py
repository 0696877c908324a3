"""The report's writer dies: its file is the old one, the new one or none, and nobody waits for ever."""

import random
import time
from pathlib import Path

import pytest

from tests.faults.conftest import PASSWORD
from tests.faults.office import Portal, Staff, until

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
full = pytest.mark.full

OLD = b"The report of yesterday"
LKJIP = ("lkjip", "palaran", "2025", "--format")
ASK = "/palaran/2025/lkjip/unduh/"
JOBS = "SELECT state, percent, file FROM reporting_reportjob ORDER BY id"


def is_whole(content: bytes) -> bool:
    if content.startswith(b"%PDF"):
        return content.rstrip().endswith(b"%%EOF")
    return content.startswith(b"<!doctype html>") and content.rstrip().endswith(b"</html>")


# ---------------------------------------------------------------- the command
@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The file to write, in a folder of its own, with yesterday's report in it."""
    (tmp_path / "reports").mkdir()
    path = tmp_path / "reports" / "lkjip"
    path.write_bytes(OLD)
    return path


def test_killed_while_its_file_grows(portal, target):
    """At the very moment that something new appears beside the target."""
    portal.manage(*LKJIP, "html", "-o", target)
    until("a file being written", lambda: len(list(target.parent.iterdir())) > 1, pause=0)
    portal.kill()
    # Quicker than the kill means quick enough to be whole.
    assert target.read_bytes() == OLD or is_whole(target.read_bytes())
    assert all(path == target or path.name.startswith(".lkjip.") for path in target.parent.iterdir())


@pytest.mark.parametrize(
    ("kind", "kills", "longest"),
    [("html", 2, 4), pytest.param("html", 40, 4, marks=full), pytest.param("pdf", 15, 25, marks=full)],
)
def test_killed_at_any_moment(portal, target, kind, kills, longest):
    for _ in range(kills):
        portal.manage(*LKJIP, kind, "-o", target)
        time.sleep(random.uniform(0, longest))
        portal.kill()
        assert target.read_bytes() == OLD or is_whole(target.read_bytes())


def test_on_a_full_disk_the_old_report_stays_alone(portal, target):
    process = portal.manage(*LKJIP, "html", "-o", target, largest_file=100_000)
    assert process.wait() != 0
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


# ---------------------------------------------------------------- the background worker
def work(portal: Portal):
    return portal.manage("db_worker", "--no-startup-delay", "--interval", "0.1")


def five_minutes_pass(portal: Portal) -> None:
    portal.rows("UPDATE reporting_reportjob SET requested_at = datetime(requested_at, '-301 seconds')")


def give_up_and_ask_again(portal: Portal, planner: Staff, waiting_at: str) -> str:
    """The worker of the job at this address is dead: what a person sees, and the address of the next job."""
    assert planner.get(f"{waiting_at}berkas/").status == 404
    assert planner.post(ASK, {}).location == waiting_at, "asking twice joins the job under way"
    five_minutes_pass(portal)
    assert "terhenti sebelum selesai" in planner.get(waiting_at).text
    assert planner.get(f"{waiting_at}berkas/").status == 404
    again = planner.post(ASK, {}).location
    assert again != waiting_at
    return again


def test_a_dead_workers_job_is_given_up_and_made_anew(portal):
    portal.serve()
    planner = Staff(portal, "perencana", PASSWORD)
    first = planner.post(ASK, {}).location
    worker = work(portal)
    until("the first job", lambda: portal.rows(JOBS)[0][0] == "running")
    portal.kill(worker)
    assert "sedang dibuat" in planner.get(first).text
    give_up_and_ask_again(portal, planner, first)
    work(portal)
    until("the next job", lambda: portal.rows(JOBS)[1][0] == "running")
    assert portal.rows(JOBS)[0][::2] == ("failed", "")


@full
def test_after_many_dead_workers_one_report_is_handed_out(portal):
    portal.serve()
    planner = Staff(portal, "perencana", PASSWORD)
    job = planner.post(ASK, {}).location
    for _ in range(10):
        worker = work(portal)
        percent = random.randrange(5, 98)
        until(f"{percent}%", lambda: portal.rows(JOBS)[-1][1] >= percent)  # noqa: B023
        portal.kill(worker)
        if portal.rows(JOBS)[-1][0] == "done":
            break
        job = give_up_and_ask_again(portal, planner, job)
    work(portal)
    until("the report", lambda: portal.rows(JOBS)[-1][0] == "done")
    assert is_whole(planner.get(f"{job}berkas/").body)
    assert planner.post(ASK, {}).location == job, "an unchanged report is handed out again"
