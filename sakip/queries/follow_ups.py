"""The proof of what was done about the recommendations of an LHE."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import F, QuerySet

from sakip.models import Agency, Evidence


def evidence_of(agency: Agency, year: int) -> Mapping[int, Sequence[Evidence]]:
    """The pieces by the number of their recommendation in the year's LHE; one query."""
    number = F("follow_ups__recommendation__number")
    found = defaultdict(list)
    for piece in _pieces(agency, year).annotate(recommendation=number).order_by("added_at", "pk"):
        found[piece.recommendation].append(piece)
    return found


def pieces_of(agency: Agency, year: int, number: int) -> QuerySet[Evidence]:
    """The pieces of one recommendation."""
    return _pieces(agency, year).filter(follow_ups__recommendation__number=number).distinct()


def _pieces(agency: Agency, year: int) -> QuerySet[Evidence]:
    """Pieces of the agency itself, whatever else a follow-up was linked to."""
    return Evidence.objects.select_related("stored_file").filter(
        agency=agency,
        follow_ups__recommendation__evaluation__agency=agency,
        follow_ups__recommendation__evaluation__year=year,
    )
