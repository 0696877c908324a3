"""An office's portal in real processes: gunicorn and the worker on an SQLite file, which a test may kill, and
staff who reach it over HTTP."""

import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180
BOUNDARY = "batas-berkas-uji"
UNLIMITED = resource.RLIM_INFINITY
HIDDEN = re.compile(r'name="([lm]\d+-(?:amount|physical|value))-lihat" value="([^"]*)"')


def until[T](what: str, is_so: Callable[[], T], pause: float = 0.02) -> T:
    """What `is_so` gives as soon as it gives something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := is_so():
            return found
        time.sleep(pause)
    raise AssertionError(f"{what}: waited {PATIENCE} s in vain")


@dataclass
class Portal:
    """Processes that share a folder. `kill` ends them as a power cut would: at once, children and all."""

    folder: Path
    settings: str = "tests.faults.settings"
    running: list[subprocess.Popen] = field(default_factory=list)
    address: str = ""

    @property
    def database(self) -> Path:
        return self.folder / "sakip.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAKIP_")}
        kept.pop("DATABASE_URL", None)
        return kept | {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "SAKIP_VAR": str(self.folder),
            "SAKIP_SECRET_KEY": "only-for-tests",
        }

    def begin(self, *command: str | Path, largest_file: int = UNLIMITED) -> subprocess.Popen:
        """Start a process of its own group; what it says goes to the folder's log. `largest_file`, in bytes,
        is where its disk is full."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *map(str, command)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, UNLIMITED)),
            )
        self.running.append(process)
        return process

    def manage(self, *arguments: str | Path, **limits: int) -> subprocess.Popen:
        return self.begin(ROOT / "manage.py", *arguments, **limits)

    def serve(self) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.begin("-m", "gunicorn", "sakip.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2")
        until("the portal answers", lambda: answers(port))

    def kill(self, *processes: subprocess.Popen) -> None:
        """The processes given, or all."""
        for process in processes or tuple(self.running):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.running.remove(process)

    def rows(self, sql: str, values: Mapping | Sequence = ()) -> list[tuple]:
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            return connection.execute(sql, values).fetchall()

    def check(self, *arguments: str) -> str:
        """Run a command to its end; it must succeed."""
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        """The answer itself is what a test looks at."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        return self.body.decode()


class Staff:
    """Somebody with a browser."""

    def __init__(self, portal: Portal, username: str, password: str) -> None:
        self.portal = portal
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), NoRedirect)
        self.get("/masuk/")
        answer = self.post("/masuk/", {"username": username, "password": password})
        assert answer.status == 302, f"{username} cannot log in"

    def get(self, path: str) -> Answer:
        return self._send(Request(self.portal.address + path))

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._post(Request(self.portal.address + path, urlencode(fields).encode()))

    def upload(self, path: str, name: str, filename: str, content: bytes) -> Answer:
        """A form with one file."""
        part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
        body = part.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self._post(Request(self.portal.address + path, body, kind))

    def _post(self, request: Request) -> Answer:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        request.add_header("X-CSRFToken", token or "")
        return self._send(request)

    def _send(self, request: Request) -> Answer:
        """Raises OSError (or http.client.HTTPException) when the server dies before it has answered."""
        try:
            with self.opener.open(request, timeout=PATIENCE) as response:
                return Answer(response.status, response.read())
        except HTTPError as response:
            with response:
                return Answer(response.code, response.read(), response.headers.get("Location", ""))


def cells_of(page: str) -> dict[str, str]:
    """The boxes of an entry page and what stands in them."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def saving(cells: dict[str, str], wanted: str) -> dict[str, str]:
    """The form's fields that put `wanted` in every box, having seen `cells`."""
    return dict.fromkeys(cells, wanted) | {f"{name}-lihat": seen for name, seen in cells.items()}
