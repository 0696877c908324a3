"""Who signs the report and its forms: letterheads and signatures, with room where nothing is recorded."""

from dataclasses import replace
from datetime import date

from reporting.lkjip.blocks import LetterheadBlock, Signature
from reporting.year import OfficeYear
from sakip.queries.agreements import AgreementDocument


def letterhead(office: OfficeYear) -> LetterheadBlock:
    agency = office.agency
    return LetterheadBlock(
        government=agency.government.name,
        agency=agency.name,
        address=agency.address,
        website=agency.website,
        email=agency.email,
    )


def head_signature(office: OfficeYear, day: date | None, position: str = "") -> Signature:
    """The head of the agency; with `position` an empty block for someone else."""
    if position:
        return Signature("", position, place=office.agency.government.place, day=day)
    return _signature(office, office.agency.head_title, "", day, with_place=True)


def first_party(office: OfficeYear, document: AgreementDocument) -> Signature:
    return _signature(office, document.first_party, "Pihak Pertama,", document.signed_on, with_place=True)


def second_party(office: OfficeYear, document: AgreementDocument) -> Signature:
    """An elected head of government has no NIP, so its line stands only where one is recorded."""
    found = _signature(office, document.second_party, "Pihak Kedua,", document.signed_on, with_place=False)
    return replace(found, has_nip=bool(found.nip))


def _signature(
    office: OfficeYear, title: str, heading: str, day: date | None, *, with_place: bool
) -> Signature:
    holder = office.signatory(title, day)
    return Signature(
        heading=heading,
        position=holder.title,
        acting=holder.acting,
        name=holder.name,
        rank=holder.rank,
        nip=holder.nip,
        place=office.agency.government.place if with_place else "",
        day=day if with_place else None,
    )
