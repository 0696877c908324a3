"""Writing the office's own text of a section of the report."""

from datetime import datetime

from django.db import transaction

from reporting.models import Narrative
from sakip.actions import history
from sakip.models import Agency, HistoryAction, User
from sakip.workflow import permissions


class NarrativeMovedError(Exception):
    """Somebody else wrote the same section since its page was opened; nothing was saved."""


@transaction.atomic
def write_narrative(
    *, agency: Agency, year: int, section: str, text: str, version: int, by: User, at: datetime
) -> Narrative:
    """Save the text; an empty one gives the section back to its standard text. `version` is the one its
    writer saw, 0 for none. Raises PermissionDenied for anybody but the perencana, and NarrativeMovedError."""
    permissions.require_write_report(by, agency)
    # One at a time for an agency, so that two clicks make one row.
    Agency.objects.select_for_update().get(pk=agency.pk)
    found = Narrative.objects.filter(agency=agency, year=year, section=section).first() or Narrative(
        agency=agency, year=year, section=section
    )
    before, is_new = found.text, found.pk is None
    if text == before:
        return found
    if found.version != version:
        raise NarrativeMovedError
    found.text, found.version = text, found.version + 1
    found.updated_by, found.updated_at = by, at
    found.save()
    history.record(
        agency=agency,
        unit=None,
        subject=found,
        action=HistoryAction.CREATE if is_new else HistoryAction.UPDATE,
        changes=[history.Change("text", before, text)],
        by=by,
        at=at,
    )
    return found
