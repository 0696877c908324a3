"""Planners who begin or write the agreement's draft in the same moment."""

import pytest
from django.utils import timezone

from sakip.actions.agreements import AgreementMovedError, put_in_force, start_draft
from sakip.models import Agreement, HistoryEntry
from sakip.queries.history import broken_links
from tests.budget.test_workflow_races import together
from tests.sakip.test_agreement_actions import NOW, write
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_make_one_draft():
    office = make_office()
    by = office.people["planner"]

    def start() -> int:
        return start_draft(agency=office.agency, year=YEAR, by=by, at=timezone.now()).pk

    assert len(set(together(start, start, start))) == 1
    assert Agreement.objects.drafts().count() == 1
    assert list(broken_links()) == []


def test_a_draft_is_put_in_force_once():
    office = make_office()
    by = office.people["planner"]
    start_draft(agency=office.agency, year=YEAR, by=by, at=NOW)
    version = write(office).version

    def enforce() -> str:
        try:
            put_in_force(agency=office.agency, year=YEAR, version=version, by=by, at=timezone.now())
        except AgreementMovedError:
            return "moved"
        return "done"

    assert sorted(together(enforce, enforce)) == ["done", "moved"]
    assert HistoryEntry.objects.filter(field="status", new="berlaku").count() == 1
