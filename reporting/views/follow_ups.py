"""What was done about the recommendations of an LHE, with its proof, on the page of the worksheet."""

from collections.abc import Iterable

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from reporting.tables.t1_09 import period
from reporting.views.office import enter_office
from reporting.year import OfficeYear
from sakip.models import Evidence, FollowUpStatus
from sakip.queries.evaluation import FollowedUp
from sakip.queries.follow_ups import evidence_of, pieces_of
from sakip.views.evidence_files import ALONE, saved
from sakip.views.place import PortalRequest

SIGNS = {
    FollowUpStatus.DONE: ("success", "circle-check"),
    FollowUpStatus.IN_PROGRESS: ("warning", "clock"),
    FollowUpStatus.NOT_STARTED: ("warning", "circle-dashed"),
    FollowUpStatus.NOT_POSSIBLE: ("neutral", "ban"),
}


def shown(office: OfficeYear) -> list[dict[str, object]]:
    """The recommendations of the latest LHE before the year, each with its follow-up and proof."""
    found = office.recommendations
    if found.year is None:
        return []
    proofs = evidence_of(office.agency, found.year)
    return [_line(office, found.year, item, proofs.get(item.number, ())) for item in found.items]


def _line(office: OfficeYear, of: int, item: FollowedUp, pieces: Iterable[Evidence]) -> dict[str, object]:
    tone, icon = SIGNS[item.status]
    return {
        "item": item,
        "tone": tone,
        "icon": icon,
        "period": period(item.date_from, item.date_to),
        "evidence": shown_pieces(office, of, item.number, pieces),
    }


def shown_pieces(
    office: OfficeYear, of: int, number: int, pieces: Iterable[Evidence]
) -> list[dict[str, object]]:
    """As the partial `piece` of the page takes them."""
    place = [office.agency.slug, office.year, of, number]
    return [
        {"row": piece, "url": piece.link or reverse("follow_up_proof", args=[*place, piece.pk])}
        for piece in pieces
    ]


@require_safe
@csp_override(ALONE)
def proof(
    request: PortalRequest, agency: str, year: int, of: int, number: int, evidence: int
) -> FileResponse:
    """A file that proves a follow-up, to be saved."""
    office = enter_office(request, agency, year)
    if office is None:
        raise Http404
    return saved(get_object_or_404(pieces_of(office.agency, of, number), pk=evidence))
