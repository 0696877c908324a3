"""The tests run on the database that was asked for, through the driver that was chosen."""

import importlib.util
import os

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_database_is_the_one_asked_for():
    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted


def test_psycopg_3_is_absent():
    """Django silently prefers it to psycopg2, which the locks name."""
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.postgres
def test_postgres_runs_utf8_and_utc():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone() == ("UTF8",)
