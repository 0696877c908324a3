"""The attachments: annual plan, agreements with their statements, measurement, efficiency, and the review."""

from reporting.lkjip.blocks import (
    Block,
    Item,
    ItemList,
    PageBreak,
    PartyBlock,
    Section,
    SignatureBlock,
    TitleBlock,
)
from reporting.lkjip.facts import ReportFacts
from reporting.lkjip.narrative import sentence
from reporting.lkjip.signing import first_party, head_signature, letterhead, second_party
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.queries.agreements import AgreementDocument

PLEDGE = "reporting/lkjip/naskah/pernyataan.txt"
PROMISE = "reporting/lkjip/naskah/janji.txt"
REVIEW = "reporting/lkjip/naskah/reviu.txt"
NOT_REVISED = "reporting/lkjip/naskah/tidak_diubah.txt"
ANNUAL_PLAN = "Rencana Kinerja Tahunan (RKT) Tahun {{ year.current }}"
ORIGINAL = "Perjanjian Kinerja Tahun {{ year.current }}"
REVISED = "Perjanjian Kinerja Perubahan Tahun {{ year.current }}"
MEASUREMENT = "Pengukuran Kinerja Tahun {{ year.current }}"
EFFICIENCY = "Efisiensi Penggunaan Sumber Daya Tahun {{ year.current }}"
REVIEWED = "Pernyataan Telah Direviu"


def titles(office: OfficeYear) -> list[str]:
    """The titles of the attachments that the report has; the statement of review only where one was held."""
    reviewed = office.reporting_year is not None and office.reporting_year.reviewed_on is not None
    return [ANNUAL_PLAN, ORIGINAL, REVISED, MEASUREMENT, EFFICIENCY, *([REVIEWED] if reviewed else [])]


def sections(facts: ReportFacts) -> tuple[Section, ...]:
    builders = {
        ANNUAL_PLAN: _annual_plan,
        ORIGINAL: _original,
        REVISED: _revised,
        MEASUREMENT: _measurement,
        EFFICIENCY: _efficiency,
        REVIEWED: _review,
    }
    listed = [Item(sentence(title, facts.common)) for title in titles(facts.office)]
    found = [Section("lampiran", "", "", "Lampiran", 1, (ItemList(True, tuple(listed)),))]
    for number, title in enumerate(titles(facts.office), start=1):
        found.append(
            Section(
                key=f"lampiran-{number}",
                number=f"Lampiran {number}",
                label=f"Lampiran {number}",
                title=sentence(title, facts.common),
                level=4,
                blocks=builders[title](facts),
            )
        )
    return tuple(found)


def _annual_plan(facts: ReportFacts) -> tuple[Block, ...]:
    document = facts.office.agreements.annual_plan
    signed = document.signed_on if document else None
    title = _form_title(facts.office, "Rencana Kinerja Tahunan")
    return title, facts.table("rkt"), SignatureBlock((head_signature(facts.office, signed),))


def _original(facts: ReportFacts) -> tuple[Block, ...]:
    return _agreement(facts, facts.office.agreements.original, "Perjanjian Kinerja", "pk_lampiran")


def _revised(facts: ReportFacts) -> tuple[Block, ...]:
    """One sentence where the agreement was not revised; the attachments after it keep their numbers."""
    document = facts.office.agreements.revised
    if document is None:
        return facts.text(NOT_REVISED)
    return _agreement(facts, document, "Perjanjian Kinerja Perubahan", "perubahan_lampiran")


def _agreement(
    facts: ReportFacts, document: AgreementDocument | None, title: str, tables: str
) -> tuple[Block, ...]:
    """The statement of both parties on a page of its own, then indicators, targets and budgets."""
    office = facts.office
    if document is None:
        return (facts.table(tables),)
    pair = SignatureBlock((second_party(office, document), first_party(office, document)))
    return (
        letterhead(office),
        _form_title(office, f"Pernyataan {title}"),
        *facts.text(PLEDGE),
        _party(office, document.first_party, document, "pihak pertama"),
        _party(office, document.second_party, document, "pihak kedua"),
        *facts.text(PROMISE),
        pair,
        PageBreak(),
        letterhead(office),
        _form_title(office, title),
        facts.table(tables),
        facts.table(f"{tables}_program"),
        pair,
    )


def _party(office: OfficeYear, title: str, document: AgreementDocument, party: str) -> PartyBlock:
    holder = office.signatory(title, document.signed_on)
    position = f"{holder.acting} {title}".strip()
    return PartyBlock(holder.name, position, f"selanjutnya disebut {party}")


def _measurement(facts: ReportFacts) -> tuple[Block, ...]:
    return _form(facts, "Pengukuran Kinerja", "pengukuran")


def _efficiency(facts: ReportFacts) -> tuple[Block, ...]:
    return _form(facts, "Efisiensi Penggunaan Sumber Daya", "efisiensi_lampiran")


def _form(facts: ReportFacts, title: str, table: str) -> tuple[Block, ...]:
    year = facts.office.reporting_year
    signed = head_signature(facts.office, year.measured_on if year else None)
    return _form_title(facts.office, title), facts.table(table), SignatureBlock((signed,))


def _review(facts: ReportFacts) -> tuple[Block, ...]:
    year = facts.office.reporting_year
    assert year is not None
    assert year.reviewed_on is not None
    day = indonesian.date_long(year.reviewed_on)
    reviewer = head_signature(facts.office, year.reviewed_on, position="Pejabat yang mereviu")
    title = TitleBlock((REVIEWED, facts.office.agency.name, f"Tahun Anggaran {facts.office.year}"))
    return title, *facts.text(REVIEW, {"reviewed_on": day}), SignatureBlock((reviewer,))


def _form_title(office: OfficeYear, title: str) -> TitleBlock:
    return TitleBlock((f"{title} Tahun {office.year}", office.agency.name))
