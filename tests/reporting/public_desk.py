"""Issued editions and opened years without the making of a PDF, for tests of the public page."""

import hashlib
from datetime import datetime

from django.utils import timezone

from reporting.actions import jobs
from reporting.actions.public_pages import open_to_everybody
from reporting.lkjip.document import document_of
from reporting.lkjip.export import to_json
from reporting.models import Edition, PublicPage
from reporting.year import OfficeYear
from sakip.models import Agency, ScoringPolicy, User
from tests.world import YEAR, Office


def edition_of(agency: Agency, year: int, by: User, number: int = 1, **changes: object) -> Edition:
    """An edition of the data as they stand, with a file that says which it is."""
    content = f"%PDF-1.7 {agency.slug} {year} {number}".encode()
    policy = ScoringPolicy.objects.for_year(agency.government, year)
    values: dict[str, object] = {
        "snapshot": to_json(document_of(OfficeYear(agency, year))),
        "policy": {"rules": policy.rules},
        "issued_at": timezone.now(),
        "unsettled": 0,
    }
    return Edition.objects.create(
        agency=agency,
        year=year,
        number=number,
        issued_by=by,
        file=jobs.store(content, f"edisi/{year}/{agency.slug}-{number}.pdf"),
        sha256=hashlib.sha256(content).hexdigest(),
        **(values | changes),
    )


def open_year(office: Office, at: datetime | None = None, **changes: object) -> PublicPage:
    head = office.people["head"]
    edition_of(office.agency, YEAR, head, **changes)
    return open_to_everybody(agency=office.agency, year=YEAR, by=head, at=at or timezone.now())
