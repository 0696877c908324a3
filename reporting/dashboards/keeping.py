"""What a page shows of an office, kept for everybody who may read it as long as nothing has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from django.core.cache import cache
from django.utils import timezone

from reporting.dashboards.office import OfficeQuarter, quarter_to_show
from reporting.fingerprint import data_fingerprint
from reporting.year import OfficeYear
from sakip.models import AgreedAction, Meeting, QuarterException
from sakip.queries.people import unit_heads

# What these pages show and no report does.
ALSO = {
    Meeting: "agency",
    AgreedAction: "meeting__agency",
    QuarterException: "unit_quarter__unit__agency",
}
type Kept = dict
type People = dict[int, str]


def kept(office: OfficeYear, page: str, asked: object, make: Callable[[OfficeYear, People], Kept]) -> Kept:
    """Made once of the same agency, data, people and request on the same day. Two queries when it is there;
    the caller has checked who asks, and nothing of that person may go into it."""
    today = timezone.localdate()
    people = unit_heads(office.agency, today)
    data = data_fingerprint(office.agency, office.year, ALSO)
    content = json.dumps([data, page, str(today), people, asked], sort_keys=True)
    key = f"home:{office.agency.pk}:{hashlib.sha256(content.encode()).hexdigest()}"
    found: Kept | None = cache.get(key)
    if found is None:
        found = make(office, people)
        cache.set(key, found)
    return found


def seen_at(office: OfficeYear, quarter: int | None) -> OfficeQuarter:
    """The office at a quarter, by default the last one of which anything is known, today."""
    return OfficeQuarter(office, quarter or quarter_to_show(office), timezone.localdate())
