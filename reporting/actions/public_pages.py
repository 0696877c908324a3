"""Opening a year's report to everybody, and closing it."""

from datetime import datetime

from django.db import transaction

from reporting.lkjip.editions import editions_of
from reporting.models import PublicPage
from reporting.public.pages import refusal
from sakip.actions import history
from sakip.models import Agency, HistoryAction, User
from sakip.workflow import permissions

WORDS = {True: "ya", False: "tidak"}


class NotPublishableError(Exception):
    """Why a year cannot be opened to everybody, in a reader's words."""


def open_to_everybody(*, agency: Agency, year: int, by: User, at: datetime) -> PublicPage:
    """From now on everybody reads the newest edition of approved figures, without logging in.

    Raises PermissionDenied for anybody but perencana and head; NotPublishableError for a year without such an
    edition.
    """
    permissions.require_publish_report(by, agency)
    if reason := refusal(year, list(editions_of(agency, year).defer("snapshot", "policy"))):
        raise NotPublishableError(reason)
    return _switch(agency, year, True, by, at)


def close(*, agency: Agency, year: int, by: User, at: datetime) -> PublicPage:
    """Raises PermissionDenied for anybody but perencana and head."""
    permissions.require_publish_report(by, agency)
    return _switch(agency, year, False, by, at)


@transaction.atomic
def _switch(agency: Agency, year: int, is_on: bool, by: User, at: datetime) -> PublicPage:
    """What is so already stays as it is, without a line in the history."""
    # One at a time for an agency, so that two clicks make one row.
    Agency.objects.select_for_update().get(pk=agency.pk)
    found = PublicPage.objects.filter(agency=agency, year=year).first()
    before = found is not None and found.is_on
    page = found or PublicPage(agency=agency, year=year)
    if before == is_on:
        return page
    page.is_on, page.changed_by, page.changed_at = is_on, by, at
    page.save()
    history.record(
        agency=agency,
        unit=None,
        subject=page,
        action=HistoryAction.UPDATE,
        changes=[history.Change("is_on", WORDS[before], WORDS[is_on])],
        by=by,
        at=at,
        is_locked=True,
    )
    return page
