"""What a page shows of an office, kept as long as nothing has changed: its figures for everybody who may read
them, and the whole page for one reader."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reporting.dashboards.office import OfficeQuarter
from reporting.fingerprint import data_fingerprint
from reporting.models import Edition
from reporting.year import OfficeYear
from sakip.models import AgreedAction, Meeting, QuarterException
from sakip.queries.people import people_of, unit_heads
from sakip.views.place import PortalRequest
from sakip.workflow import permissions
from sakip.workflow.roles import roles_of

# What these pages show and no report does. The log of a quarter's steps needs no place here: a line is only
# ever added together with a change of the quarter.
ALSO = {
    Meeting: "agency",
    AgreedAction: "meeting__agency",
    Edition: "agency",
    QuarterException: "unit_quarter__unit__agency",
}
TOKEN = re.compile(r'<meta name="csrf-token" content="(\w+)">')
type Kept = dict
type People = dict[int, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency's data and people of a year as they are on a day; the same `name`, the same page. `people`
    are the names of those who answer for each unit."""

    name: str
    day: date
    people: People


def standing(request: PortalRequest, agency: str, year: int) -> Standing:
    """Checks who asks: 404 for an agency that the user does not know. Three queries."""
    found = permissions.get_agency(request.user, agency)
    today = timezone.localdate()
    people = people_of(found, today)
    data = data_fingerprint(found, year, ALSO)
    return Standing(_hash([data, str(today), people]), today, unit_heads(people))


def kept(
    office: OfficeYear, now: Standing, page: str, asked: object, make: Callable[[OfficeYear, People], Kept]
) -> Kept:
    """Made once of the same standing and request, whoever asks: nothing of a person may go into it."""
    key = f"home:{office.agency.pk}:{_hash([now.name, page, asked])}"
    found: Kept | None = cache.get(key)
    if found is None:
        found = make(office, now.people)
        cache.set(key, found)
    return found


def for_reader(
    request: PortalRequest, now: Standing, asked: object, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The whole page as it was made for this reader of the same standing. One with a message to its reader is
    neither kept nor handed out again; each answer gets a CSRF token of its own."""
    if len(get_messages(request)):
        return make()
    user = request.user
    reader = [user.pk, str(user), user.is_staff, user.is_superuser, user.has_seen_tour]
    roles = [(held.role, held.government, held.agency, held.unit) for held in roles_of(user)]
    key = f"page:{user.pk}:{_hash([now.name, request.path, 'tur' in request.GET, asked, reader, roles])}"
    html: str | None = cache.get(key)
    if html is not None:
        return HttpResponse(html.replace(_placeholder(), get_token(request)))
    answer = make()
    html = answer.text
    token = TOKEN.search(html)
    if token is not None:
        cache.set(key, html.replace(token[1], _placeholder()))
    return answer


def _placeholder() -> str:
    """Stands in a kept page for the token; nobody can write it into a text of the page without the key."""
    return salted_hmac(__name__, "csrf", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def seen_at(office: OfficeYear, quarter: int | None) -> OfficeQuarter:
    """The office at a quarter, by default the latest settled one, today."""
    return OfficeQuarter(office, quarter, timezone.localdate())
