"""How long the server takes to hand out the 2025 report again while nothing changed: over HTTP, from gunicorn
with the settings of an installation, log-in and permission check included.

    python -m benchmarks.report_again [runs]

Bar: under 0.2 s for each form of the report (median). For the PDF and the workbook that is asking for it,
which finds the file made before, and taking the file.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from benchmarks.measuring import DEMO_PASSWORD, line, median, office
from tests.faults.office import Portal, Staff, until

BAR = 0.2
OK = 200
PAGE, ASK = "/palaran/2025/lkjip/", "/palaran/2025/lkjip/unduh/"


def main(runs: int = 20) -> int:
    with serving() as (portal, staff):
        for form in ("pdf", "xlsx"):
            first = time.perf_counter()
            path = f"{ask(staff, form)}berkas/"
            until("the report", partial(is_there, staff, path))
            print(f"{form} made for the first time, by the worker: {time.perf_counter() - first:.1f} s")
        ways: dict[str, Callable[[], None]] = {
            "PDF again (ask and take)": lambda: take(staff, f"{ask(staff, 'pdf')}berkas/", b"%PDF"),
            "page again": lambda: take(staff, PAGE, b"<!doctype"),
            "JSON again": lambda: take(staff, "/palaran/2025/lkjip.json", b"{"),
            "XLSX again (ask and take)": lambda: take(staff, f"{ask(staff, 'xlsx')}berkas/", b"PK"),
        }
        medians = {name: median(times(way, runs)) for name, way in ways.items()}
        portal.kill()
    for name, seconds in medians.items():
        print(line(name, f"{seconds:.3f} s", f"< {BAR} s", seconds < BAR))
    return 0 if all(seconds < BAR for seconds in medians.values()) else 1


@contextmanager
def serving() -> Iterator[tuple[Portal, Staff]]:
    """The demo's portal with its worker, and the planner, logged in."""
    with office() as (folder, _):
        portal = Portal(folder, settings="sakip.settings")
        try:
            portal.serve()
            portal.manage("db_worker", "--no-startup-delay", "--interval", "0.1")
            yield portal, Staff(portal, "perencana", DEMO_PASSWORD)
        finally:
            portal.kill()


def ask(staff: Staff, form: str) -> str:
    return staff.post(ASK, {"format": form}).location


def is_there(staff: Staff, path: str) -> bool:
    return staff.get(path).status == OK


def take(staff: Staff, path: str, start: bytes) -> None:
    """What is taken must be the report: a quick refusal is no quick answer."""
    answer = staff.get(path)
    if answer.status != OK or not answer.body.lstrip().startswith(start):
        raise SystemExit(f"{path}: answer {answer.status}, {answer.body[:60]!r}")


def times(way: Callable[[], None], runs: int) -> list[float]:
    """Seconds a run. The first ones, which warm up each of the server's processes, do not count."""
    for _ in range(4):
        way()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        way()
        seconds.append(time.perf_counter() - start)
    return seconds


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
