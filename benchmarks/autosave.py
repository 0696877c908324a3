"""How long one cell takes to save while many people save at once, beside a bare Django view behind the same
middleware and log-in that does one select and one update; and whether any write was lost or doubled.

    python -m benchmarks.autosave [postgresql|sqlite] [saves a user and round]

Without a database: 50 users on PostgreSQL, then 10 on SQLite. Every user has a cell of their own in the
demo's open quarter of 2026 and sends the next value as soon as the one before was answered. The server is
gunicorn with two processes on 127.0.0.1. Bar: p95 at most 4 times the bare view's; nothing lost or doubled.
"""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from benchmarks.measuring import ROOT, line, office

USERS = {"postgresql": 50, "sqlite": 10}
RATIO_BAR = 4.0
# The two views take turns, so that what else the machine does falls on both; the bare one is quicker and is
# asked more often, so that both turns last about as long.
ROUNDS, BARE_SAVES = 4, 3
YEAR, QUARTER = 2026, 4
TOKEN = "b" * 32
PATIENCE = 60


@dataclass
class Writer:
    """A user with a session and a cell; `seconds` are the times of the saves that were acknowledged."""

    session: str
    address: str
    bare_address: str
    cell: str
    line: int
    column: str
    saved: str = ""
    acknowledged: int = 0
    seconds: list[float] = field(default_factory=list)
    bare_seconds: list[float] = field(default_factory=list)

    def send(self, port: int, address: str, data: dict[str, str]) -> tuple[float, int]:
        body = urlencode(data)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
        }
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("POST", address, body, headers)
        answer = connection.getresponse()
        answer.read()
        seconds = time.perf_counter() - start
        connection.close()
        return seconds, answer.status

    def save_all(self, port: int, saves: int) -> None:
        for number in range(self.acknowledged + 1, self.acknowledged + saves + 1):
            data = {self.cell: str(number), f"{self.cell}-lihat": self.saved}
            seconds, status = self.send(port, self.address, data)
            if status != http.client.OK:
                raise RuntimeError(f"{self.address} answered {status}")
            self.seconds.append(seconds)
            self.saved, self.acknowledged = str(number), number

    def save_bare(self, port: int, saves: int) -> None:
        for _ in range(saves):
            seconds, status = self.send(port, self.bare_address, {self.cell: "1"})
            if status != http.client.OK:
                raise RuntimeError(f"{self.bare_address} answered {status}")
            self.bare_seconds.append(seconds)


def main(arguments: list[str]) -> int:
    if not arguments:
        commands = [[sys.executable, "-m", "benchmarks.autosave", name] for name in USERS]
        return max(subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands)
    database, saves = arguments[0], int(arguments[1]) if len(arguments) > 1 else 10
    with office(database) as (_, environment):
        os.environ |= {**environment, "DJANGO_SETTINGS_MODULE": "benchmarks.autosave_settings"}
        import django

        django.setup()
        writers = make_writers(USERS[database])
        with server() as port:
            for writer in writers[:4]:
                writer.send(port, writer.bare_address, {})
                writer.send(port, writer.address, {})
            for _ in range(ROUNDS):
                together(writers, lambda writer: writer.save_bare(port, BARE_SAVES * saves))
                together(writers, lambda writer: writer.save_all(port, saves))
        return report(database, writers, saves)


def make_writers(count: int) -> list[Writer]:
    """Operators over all units in turn, each with a session and a cell that nobody else writes."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from budget.models import BudgetLine, QuarterlyRealisation
    from sakip.models import Agency, Membership, Role, Unit, UnitQuarter, User

    agency = Agency.objects.get(slug="palaran")
    units = list(Unit.objects.filter(agency=agency, quarters__year=YEAR, quarters__quarter=QUARTER))
    cells = {
        unit: [
            (found, column)
            for column in ("amount", "physical")
            for found in BudgetLine.objects.filter(unit=unit, year=YEAR).order_by("pk")
        ]
        for unit in units
    }
    QuarterlyRealisation.objects.filter(unit_quarter__year=YEAR, unit_quarter__quarter=QUARTER).delete()
    writers = []
    for number in range(count):
        having = [unit for unit in units if cells[unit]]
        unit = having[number % len(having)]
        found, column = cells[unit].pop(0)
        user = User.objects.create_user(f"penguji-{number}")
        Membership.objects.create(user=user, role=Role.OPERATOR, agency=agency, unit=unit)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "sakip.backends.PortalBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        quarter = UnitQuarter.objects.get(unit=unit, year=YEAR, quarter=1)
        address = f"/palaran/{YEAR}/realisasi/{unit.slug}/tw-{QUARTER}/s{found.node_id}/"
        writers.append(
            Writer(
                session.session_key,
                address,
                f"/banding/{quarter.pk}/",
                f"l{found.pk}-{column}",
                found.pk,
                column,
            )
        )
    return writers


@contextmanager
def server() -> Iterator[int]:
    """gunicorn on a free port of this machine alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--backlog", "256"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "sakip.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def together(writers: list[Writer], work: Callable[[Writer], None]) -> None:
    """Every writer in a thread; the first failure is raised when all have stopped."""
    failures: list[Exception] = []

    def run(writer: Writer) -> None:
        try:
            work(writer)
        except (OSError, RuntimeError, http.client.HTTPException) as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def report(database: str, writers: list[Writer], saves: int) -> int:
    from budget.models import QuarterlyRealisation
    from sakip.models import HistoryEntry

    wrong = 0
    for writer in writers:
        row = QuarterlyRealisation.objects.get(
            line=writer.line, unit_quarter__year=YEAR, unit_quarter__quarter=QUARTER
        )
        field_name = {"amount": "amount_rp", "physical": "physical_pct"}[writer.column]
        lines = HistoryEntry.objects.filter(
            model="budget.quarterlyrealisation", object_id=row.pk, field=field_name
        )
        wrong += getattr(row, field_name) != Decimal(writer.saved)
        wrong += abs(lines.count() - writer.acknowledged)
    mine = p95([second for writer in writers for second in writer.seconds])
    bare = p95([second for writer in writers for second in writer.bare_seconds])
    ratio = mine / bare
    print(f"{database}: {len(writers)} users, {ROUNDS * saves} saves each")
    print(f"p95 of a save {mine * 1000:.0f} ms, of the bare view {bare * 1000:.0f} ms")
    print(line("p95, save / bare view", f"{ratio:.2f}", f"<= {RATIO_BAR}", ratio <= RATIO_BAR))
    print(line("writes lost or doubled", str(wrong), "0", wrong == 0))
    return 0 if ratio <= RATIO_BAR and wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
