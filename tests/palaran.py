"""The office that every database test finds: the reference data, the pack of Kecamatan Palaran, and the demo.

It is loaded once per test database. A test that uses real transactions empties all tables at its end; they
are filled again at once, so that the order of the tests does not matter.
"""

import io
import sqlite3
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from sakip.models import Agency
from tests.packs.building import load, write_dinas

SLUG = "palaran"


def load_office() -> None:
    call_command("load_reference", verbosity=0, stdout=Silent())
    call_command("load_agency", "fixtures/palaran_2025", verbosity=0, stdout=Silent())
    call_command("demo", stdout=Silent())


class Silent:
    """Where the commands' words go."""

    def write(self, text: str) -> None:
        pass


class Pages:
    """SQLite's pages, copied as they are."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self.copy)

    def restore(self) -> None:
        connection.ensure_connection()
        self.copy.backup(connection.connection)

    def close(self) -> None:
        self.copy.close()


class Rows:
    """The rows of every PostgreSQL table, as COPY writes them."""

    def __init__(self) -> None:
        self.tables: dict[str, bytes] = {}
        with connection.cursor() as cursor:
            for name in connection.introspection.django_table_names(only_existing=True, include_views=False):
                rows = io.BytesIO()
                cursor.copy_expert(f"COPY {name} TO STDOUT", rows)
                self.tables[name] = rows.getvalue()

    def restore(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            # The rows fit together, in whatever order the tables come: foreign keys are not checked again.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"TRUNCATE {', '.join(self.tables)}")
            for name, rows in self.tables.items():
                cursor.copy_expert(f"COPY {name} FROM STDIN", io.BytesIO(rows))
            models = apps.get_models(include_auto_created=True)
            for sql in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(sql)

    def close(self) -> None:
        self.tables.clear()


SNAPSHOT = pytest.StashKey[tuple[Pages | Rows, object]]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request) -> Iterator[None]:
    """The test database, with the office in it."""
    with django_db_blocker.unblock():
        load_office()
        snapshot = Pages() if connection.vendor == "sqlite" else Rows()
    request.config.stash[SNAPSHOT] = (snapshot, django_db_blocker)
    yield
    del request.config.stash[SNAPSHOT]
    snapshot.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None):
    """After a test with real transactions the tables are empty; bring the office back for the next one."""
    try:
        return (yield)
    finally:
        if nextitem and SNAPSHOT in item.config.stash and was_transactional(item):
            snapshot, blocker = item.config.stash[SNAPSHOT]
            with blocker.unblock():
                snapshot.restore()


def was_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        return True
    return bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture
def other_agency(db, tmp_path) -> Agency:
    """A small Dinas of another government: somebody else's rows, which nobody of Palaran may see."""
    done = load(write_dinas(tmp_path / "dinas-contoh"))
    assert done.agency is not None
    return done.agency


@pytest.fixture
def palaran(db) -> Agency:
    """The agency of the demo data."""
    return Agency.objects.select_related("government").get(slug=SLUG)
