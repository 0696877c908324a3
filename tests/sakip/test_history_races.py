"""Lines of the history that belong to no agency, written in the same moment, follow each other."""

import pytest
from django.db import transaction
from django.utils import timezone

from sakip.actions import history
from sakip.models import HistoryAction, HistoryEntry, User
from sakip.queries.history import broken_links
from tests.budget.test_workflow_races import together

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6


def test_people_who_change_their_accounts_at_once_wait_for_each_other():
    people = [User.objects.create_user(f"orang-{number}") for number in range(WRITERS + 1)]

    @transaction.atomic
    def note(user: User) -> int:
        change = history.Change("kode autentikator", "", "terpasang")
        [entry] = history.record(
            agency=None,
            unit=None,
            subject=user,
            action=HistoryAction.UPDATE,
            changes=[change],
            by=user,
            at=timezone.now(),
        )
        return entry.sequence

    first = note(people.pop())
    written = together(*(lambda user=user: note(user) for user in people))
    assert sorted(written) == list(range(first + 1, first + 1 + WRITERS))
    lines = HistoryEntry.objects.filter(chain="reference", sequence__gte=first)
    assert lines.count() == WRITERS + 1
    assert list(broken_links()) == []
