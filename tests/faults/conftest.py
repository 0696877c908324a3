"""A portal with the demo's data for each test: the test database's own content, copied to a file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from tests.faults.office import Portal

PASSWORD = "kata-sandi-uji-2026"


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory) -> Path:
    """A database file with the office of Palaran, whose accounts share one password."""
    path = tmp_path_factory.mktemp("faults") / "sakip.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        with django_db_blocker.unblock():
            connection.ensure_connection()
            connection.connection.backup(copy)
        # As the portal's own settings hash it, with the fewest rounds.
        password = PBKDF2PasswordHasher().encode(PASSWORD, "garam", iterations=1)
        copy.execute("UPDATE sakip_user SET password = ?", [password])
        copy.commit()
    return path


@pytest.fixture
def portal(loaded, tmp_path) -> Iterator[Portal]:
    portal = Portal(tmp_path)
    portal.database.write_bytes(loaded.read_bytes())
    yield portal
    portal.kill()
