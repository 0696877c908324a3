"""What the portal answers about planning."""

from reporting.lke.facts import LkeFacts
from reporting.lke.proofs import Count, Proof, Standing, Where, counted, report
from sakip import indonesian
from sakip.queries.performance import IndicatorYear
from sakip.scoring.comparison import has_attained

ENTRIES = Where("entry_overview", "Realisasi")
MEETINGS = Where("meetings", "Rapat")


def renstra(facts: LkeFacts) -> Proof:
    found = facts.office.plan
    where = report("II.A")
    if found is None:
        return Proof(Standing.NOT_YET, f"Belum ada Renstra yang berlaku pada {facts.year}.", where)
    day = found.plan.established_on
    settled = f", ditetapkan {indonesian.date_long(day)}" if day else ""
    return Proof(Standing.MET, f"Renstra {found.period} berlaku pada {facts.year}{settled}.", where)


def annual_documents(facts: LkeFacts) -> Proof:
    """The annual plan and the agreement: one of them alone is half of it."""
    found = facts.office.agreements
    names = [
        *(["RKT"] if found.annual_plan else []),
        *(["Perjanjian Kinerja"] if found.original else []),
        *(["Perjanjian Kinerja Perubahan"] if found.revisions else []),
    ]
    there = Count(bool(found.annual_plan) + bool(found.in_force), 2)
    text = f"Tersedia: {', '.join(names)} tahun {facts.year}." if names else "RKT dan PK belum ada."
    return Proof(there.standing, text, report("II.B"))


def action_plan(facts: LkeFacts) -> Proof:
    return counted(
        facts.with_quarterly_target,
        "indikator mempunyai target triwulan",
        ENTRIES,
        f"Belum ada indikator dengan target tahun {facts.year}.",
    )


def budget_ceilings(facts: LkeFacts) -> Proof:
    budget = facts.office.budget
    funded = [line for line in budget.lines if line.ceiling_rp is not None]
    ceiling, where = budget.total.ceiling_rp, report("III.B")
    if ceiling is None:
        return Proof(Standing.NOT_YET, f"Pagu anggaran {facts.year} belum ada.", where)
    version = budget.version.get_kind_display().lower() if budget.version else ""
    text = f"Anggaran {version}: pagu {indonesian.rupiah(ceiling)} pada {len(funded)} baris."
    return Proof(Standing.MET, text, where)


def documents_formal(facts: LkeFacts) -> Proof:
    """Each document with the day on which it was established or signed."""
    office = facts.office
    agreements = (office.agreements.annual_plan, office.agreements.original, *office.agreements.revisions)
    days = {found.title: found.signed_on for found in agreements if found}
    if office.plan:
        days[str(office.plan.plan)] = office.plan.plan.established_on
    lacking = [title for title, day in days.items() if day is None]
    more = f"; belum bertanggal: {', '.join(lacking)}" if lacking else ""
    return counted(
        Count(len(days) - len(lacking), len(days)),
        f"dokumen perencanaan sudah bertanggal penetapan{more}",
        report("II.B"),
        "Belum ada dokumen perencanaan.",
    )


def indicators_smart(facts: LkeFacts) -> Proof:
    """What can be told from the data: specific (a formula), measurable (a unit), a target for the year."""
    rows = facts.office.indicators
    return counted(
        Count(sum(_is_complete(row) for row in rows), len(rows)),
        "indikator Perjanjian Kinerja mempunyai satuan, rumus, sumber data, dan target",
        report("II.A.2"),
        "Belum ada indikator Perjanjian Kinerja.",
    )


def _is_complete(row: IndicatorYear) -> bool:
    version = row.version
    defined = version is not None and bool(version.formula_text and version.source)
    return defined and bool(row.unit_of_measure) and row.target.is_number


def cascade(facts: LkeFacts) -> Proof:
    """The portal knows the cascade down to the sub-activities; the criterion asks for every post as well, so
    the most that it can say is *sebagian*."""
    counts = facts.cascade
    if not any(count.done for _, count in counts):
        return Proof(Standing.NOT_YET, "Cascading belum ada.", report("II.A.2"))
    told = "; ".join(f"{name} {count}" for name, count in counts)
    return Proof(
        Standing.PARTLY,
        f"{told[0].upper()}{told[1:]}. Cascading sampai jabatan dijawab kantor.",
        report("II.A.2"),
    )


def unit_targets(facts: LkeFacts) -> Proof:
    return counted(
        facts.units_with_targets,
        f"unit kerja mempunyai indikator dengan target {facts.year}",
        ENTRIES,
        "Belum ada unit kerja.",
    )


def budget_for_performance(facts: LkeFacts) -> Proof:
    return counted(
        facts.funded_nodes,
        f"sub kegiatan beranggaran mempunyai indikator dengan target {facts.year}",
        report("III.C"),
        f"Pagu anggaran {facts.year} belum ada.",
    )


def targets_attained(facts: LkeFacts) -> Proof:
    rows = facts.office.indicators
    judged = [has_attained(row.achievement) for row in rows]
    unknown = judged.count(None)
    more = f"; {unknown} belum dapat dinilai" if unknown else ""
    return counted(
        Count(judged.count(True), len(rows)),
        f"indikator Perjanjian Kinerja mencapai target{more}",
        report("III.A.1"),
        "Belum ada indikator Perjanjian Kinerja.",
    )


def action_plan_monitored(facts: LkeFacts) -> Proof:
    return Proof(
        facts.final_meetings.standing,
        f"Rapat kinerja dengan notulen final: {facts.final_meetings} triwulan.",
        MEETINGS,
    )
