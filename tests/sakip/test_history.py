"""The history: a chain per unit, in order, and a tamper shows."""

from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sakip.actions.history import Change, changes_between, record
from sakip.models import HistoryEntry, Unit
from sakip.queries.history import broken_links
from tests.recipes import NOW, make


def write(unit: Unit, new: str, count: int = 1) -> list[HistoryEntry]:
    changes = [Change("value", "", new)] * count
    return record(
        agency=unit.agency, unit=unit, subject=unit, action="update", changes=changes, by=None, at=NOW
    )


@pytest.fixture
def unit(db) -> Unit:
    return make(Unit)


def test_only_what_changed_is_written() -> None:
    assert changes_between({"a": 1, "b": None}, {"a": 1, "b": 2}) == [Change("b", "", "2")]


def test_lines_follow_one_another(unit) -> None:
    first, second = write(unit, "1"), write(unit, "2", count=2)
    assert [entry.sequence for entry in first + second] == [1, 2, 3]
    assert second[0].previous_hash == first[0].hash
    assert list(broken_links()) == []


def test_each_unit_has_its_own_chain(unit) -> None:
    other = make(Unit, agency=unit.agency)
    write(unit, "1")
    assert write(other, "1")[0].sequence == 1


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (lambda rows: rows.filter(sequence=2).update(new="9"), "isinya diubah"),
        (lambda rows: rows.filter(sequence=2)._raw_delete(rows.db), "baris 2 hilang"),
        (lambda rows: rows.filter(sequence=2).update(previous_hash="0" * 64), "tidak menyambung"),
    ],
)
def test_a_tamper_shows(unit, tamper, reason) -> None:
    for value in "1234":
        write(unit, value)
    tamper(HistoryEntry.objects.filter(unit=unit))
    found = list(broken_links())
    assert len(found) == 1
    assert reason in found[0].reason
    with pytest.raises(CommandError, match="1 rantai"):
        call_command("verify_history")


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_keep_the_chain() -> None:
    unit = make(Unit)
    together = Barrier(4)

    def writer() -> None:
        together.wait()
        for _ in range(5):
            write(unit, "x")
        connection.close()

    threads = [Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = HistoryEntry.objects.filter(unit=unit).order_by("sequence")
    assert list(written.values_list("sequence", flat=True)) == list(range(1, 21))
    assert list(broken_links()) == []
