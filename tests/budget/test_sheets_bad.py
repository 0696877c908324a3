"""Spoilt files: each gets an answer that says why, none an error of the server, and no figure changes."""

import logging
import resource
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from budget.models import ColumnMapping, QuarterlyRealisation, SheetUpload
from sakip.models import HistoryEntry, Measurement, UnitQuarter
from tests.budget.bad_files import MAKERS, bad_file
from tests.budget.sheet_tools import address, client_of, downloaded
from tests.world import Office, make_office

MOST_GROWTH_MB = 400
SHOWN_AS = ("sheets", "sheet_columns", "sheet_preview")


@pytest.fixture
def office(db) -> Office:
    return make_office()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """pytest keeps every line of the log, and Django's hold the request with the file that was sent."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def figures() -> list[object]:
    """All that must stay as it is."""
    return [
        list(QuarterlyRealisation.objects.order_by("pk").values_list()),
        list(Measurement.objects.order_by("pk").values_list()),
        list(UnitQuarter.objects.order_by("pk").values_list()),
        HistoryEntry.objects.count(),
        ColumnMapping.objects.count(),
    ]


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def check(office: Office, seeds: range) -> None:
    client = client_of(office.people["operator"])
    good = downloaded(office, client)
    before, memory = figures(), megabytes()
    for seed in seeds:
        kind, name, content = bad_file(seed, good)
        told = f"seed {seed} ({kind}, {name[:40]})"
        SheetUpload.objects.all().delete()
        answer = client.post(
            address(office, "sheets"), {"file": SimpleUploadedFile(name, content)}, follow=True
        )
        assert answer.status_code in (200, 422), told
        assert answer.resolver_match.url_name in SHOWN_AS, told
        if answer.status_code == 422:
            # Refused whole: a reason, and nothing is kept.
            reason = answer.context.get("refused") or answer.context["form"].errors
            assert str(reason), told
            assert not SheetUpload.objects.exists(), told
        elif answer.resolver_match.url_name == "sheet_preview":
            found = answer.context["preview"]
            told_why = (
                answer.content.decode().count("sk-notice-title") or found.changes or found.sent.unmatched
            )
            assert told_why, told
            if found.problems:
                assert all(problem.message and problem.mend for problem in found.problems), told
                assert client.get(address(office, "sheet_problems")).status_code == 200, told
        else:
            assert "bukan unduhan portal" in answer.content.decode(), told
    assert figures() == before
    assert megabytes() - memory < MOST_GROWTH_MB
    print(f"{len(seeds)} files, {megabytes() - memory:.0f} MB more at most")


def test_a_few_of_each_kind(office):
    check(office, range(5 * len(MAKERS)))


@pytest.mark.full
def test_five_thousand(office):
    check(office, range(1_000, 6_000))
