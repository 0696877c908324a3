"""What the portal answers about measuring performance."""

from reporting.lke.facts import LkeFacts
from reporting.lke.planning import ENTRIES, MEETINGS
from reporting.lke.proofs import Count, Proof, Standing, counted, report
from sakip.models import RowState

NO_UNIT = "Belum ada unit kerja."


def indicator_definitions(facts: LkeFacts) -> Proof:
    return counted(
        facts.defined("formula_text", "source"),
        "indikator mempunyai rumus dan sumber data",
        report("II.A.2"),
        f"Belum ada indikator dengan target tahun {facts.year}.",
    )


def collection_schedule(facts: LkeFacts) -> Proof:
    timed = [
        quarter.pk
        for quarter in facts.quarters
        if quarter.entry_opens and quarter.entry_closes and quarter.review_closes
    ]
    return counted(
        facts.of_quarters(timed), "triwulan unit mempunyai jadwal pengisian dan pemeriksaan", ENTRIES, NO_UNIT
    )


def head_approval(facts: LkeFacts) -> Proof:
    approved = facts.brought_to(RowState.APPROVED)
    head = facts.agency.head_title.lower()
    return counted(facts.of_quarters(approved), f"triwulan unit telah disahkan {head}", ENTRIES, NO_UNIT)


def tiered_review(facts: LkeFacts) -> Proof:
    """Verified by the planner and approved by the head, each noted in the portal."""
    both = facts.brought_to(RowState.VERIFIED) & facts.brought_to(RowState.APPROVED)
    return counted(
        facts.of_quarters(both), "triwulan unit telah diverifikasi lalu disahkan", ENTRIES, NO_UNIT
    )


def measurement_evidence(facts: LkeFacts) -> Proof:
    proved = sum(row.is_proved for row in facts.measured)  # type: ignore[attr-defined]
    return counted(
        Count(proved, len(facts.measured)),
        "realisasi indikator disertai bukti",
        ENTRIES,
        f"Belum ada realisasi indikator per triwulan tahun {facts.year}.",
    )


def measured_quarterly(facts: LkeFacts) -> Proof:
    return counted(
        facts.of_quarters(row.unit_quarter_id for row in facts.measured),
        "triwulan unit sudah mempunyai realisasi indikator",
        ENTRIES,
        NO_UNIT,
    )


def portal_entries(facts: LkeFacts) -> Proof:
    """Entered here by somebody; what was loaded from a pack is not."""
    entered = {row.unit_quarter_id for row in facts.measured if row.updated_by_id is not None}
    return counted(
        facts.of_quarters(entered), "triwulan unit diisi dan dihitung melalui portal", ENTRIES, NO_UNIT
    )


def agreed_actions(facts: LkeFacts) -> Proof:
    return counted(
        facts.agreed_actions,
        f"tindak lanjut rapat kinerja {facts.year} telah selesai",
        MEETINGS,
        f"Belum ada tindak lanjut yang disepakati dalam rapat kinerja {facts.year}.",
    )


def efficiency(facts: LkeFacts) -> Proof:
    found = facts.office.efficiency.overall.efficiency
    where = report("III.A.6")
    if found.verdict is None:
        reason = found.result.reason.text if found.result.reason else "belum dapat disimpulkan"
        return Proof(Standing.NOT_YET, f"Efisiensi belum dapat dihitung: {reason}.", where)
    is_met = found.verdict == "efisien"
    return Proof(
        Standing.MET if is_met else Standing.NOT_YET,
        f"Tahun {facts.year} {found.verdict} menurut rumus {found.definition.name.lower()}.",
        where,
    )
