"""What the benchmarks share: a loaded office in a folder of its own, and honest times of whole processes."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]
# Of the accounts that `manage.py demo` opens and prints.
DEMO_PASSWORD = "Contoh-2026!"
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Run:
    """Wall seconds and the largest resident size (MB) of one finished process."""

    seconds: float
    megabytes: float


def timed(command: Sequence[str | Path], environment: dict[str, str]) -> Run:
    """Run a command to its end. Raises RuntimeError with its last words when it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen([*map(str, command)], cwd=ROOT, env=environment, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace")[-2000:])
    return Run(seconds, usage.ru_maxrss / 1024)


def manage(*arguments: str | Path) -> list[str | Path]:
    return [sys.executable, ROOT / "manage.py", *arguments]


@contextmanager
def office(database: str = "sqlite") -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with a database of its own ("sqlite", or a server of its own for "postgresql") that holds the
    demo, and the environment that uses it."""
    with tempfile.TemporaryDirectory(prefix="sakip-benchmark-") as name:
        folder = Path(name)
        # The server of PostgreSQL may run as another user, who must reach its folder.
        folder.chmod(0o755)
        environment = {**os.environ, "SAKIP_VAR": str(folder), "SAKIP_SECRET_KEY": "only-for-benchmarks"}
        environment.pop("DATABASE_URL", None)
        if database == "postgresql":
            environment["DATABASE_URL"] = postgres.start(folder / "postgres")
        try:
            for arguments in (
                ["migrate", "-v0"],
                ["load_reference"],
                ["load_agency", "fixtures/palaran_2025"],
                ["demo"],
                ["collectstatic", "--noinput", "-v0"],
            ):
                timed(manage(*arguments), environment)
            yield folder, environment
        finally:
            if database == "postgresql":
                postgres.stop(folder / "postgres")


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit("No Chromium on PATH: it is the reference of this benchmark.")
    return found


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def line(name: str, value: str, bar: str, holds: bool) -> str:
    return f"{name:<52} {value:>14}   bar {bar:<12} {'holds' if holds else 'MISSED'}"
