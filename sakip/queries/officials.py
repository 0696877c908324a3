"""Who signs: the office holder of a title on a day, with blanks where nothing is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sakip.models import Agency, Official


@dataclass(frozen=True, slots=True)
class Signatory:
    """What a signature block prints. Name, rank and NIP may be empty: the block then leaves room."""

    title: str
    acting: str
    name: str
    rank: str
    nip: str


def officials(agency: Agency) -> tuple[Official, ...]:
    """The agency's office holders and those of its government, whatever their term."""
    own = Q(agency=agency) | Q(agency__isnull=True, government=agency.government_id)
    return tuple(Official.objects.filter(own).order_by("-acting", "pk"))


def signatory(holders: Iterable[Official], title: str, on: date | None) -> Signatory:
    """The holder of a title on a day; an acting one comes before the definitive one. Never fails."""
    wanted = title.casefold()
    for holder in holders:
        if holder.unit_id is None and holder.title.casefold() == wanted and _in_office(holder, on):
            return Signatory(holder.title, holder.acting, holder.person_name, holder.rank, holder.nip)
    return Signatory(title, "", "", "", "")


def _in_office(holder: Official, on: date | None) -> bool:
    if on is None:
        return holder.valid_until is None
    begun = holder.valid_from is None or holder.valid_from <= on
    return begun and (holder.valid_until is None or holder.valid_until >= on)
