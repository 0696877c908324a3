"""What the portal answers about the report."""

from reporting.lke.facts import LkeFacts
from reporting.lke.proofs import Count, Proof, Standing, Where, counted, either, report
from sakip import indonesian
from sakip.models import FactorKind

EDITIONS = Where("editions", "Edisi LKjIP")
NO_INDICATOR = "Belum ada indikator Perjanjian Kinerja."
CAUSES = (FactorKind.SUPPORTING, FactorKind.INHIBITING, FactorKind.CAUSE)


def report_issued(facts: LkeFacts) -> Proof:
    day = facts.first_issued
    if day is not None:
        return Proof(Standing.MET, f"LKjIP {facts.year} terbit {indonesian.date_long(day)}.", EDITIONS)
    dated = facts.office.report_date
    if dated is not None:
        text = f"LKjIP bertanggal {indonesian.date_long(dated)}; belum diterbitkan sebagai edisi di portal."
        return Proof(Standing.PARTLY, text, EDITIONS)
    return Proof(Standing.NOT_YET, f"LKjIP {facts.year} belum diterbitkan.", EDITIONS)


def report_formal(facts: LkeFacts) -> Proof:
    office = facts.office
    told = [f"bernomor {office.report_number}"] if office.report_number else []
    if office.report_date:
        told.append(f"bertanggal {indonesian.date_long(office.report_date)}")
    text = f"LKjIP {' dan '.join(told)}." if told else "Nomor dan tanggal LKjIP belum dicatat."
    return Proof(Count(len(told), 2).standing, text, EDITIONS)


def report_reviewed(facts: LkeFacts) -> Proof:
    row = facts.office.reporting_year
    day = row.reviewed_on if row else None
    text = f"LKjIP telah direviu pada {indonesian.date_long(day)}." if day else ""
    return either(bool(day), text, EDITIONS, "Tanggal reviu LKjIP belum dicatat.")


def report_public(facts: LkeFacts) -> Proof:
    """Everybody can read it: its public page is open."""
    since = facts.public_since
    text = f"Halaman publik LKjIP {facts.year} terbuka sejak {indonesian.date_long(since)}." if since else ""
    return either(bool(since), text, EDITIONS, f"Halaman publik LKjIP {facts.year} belum dibuka di portal.")


def report_on_time(facts: LkeFacts) -> Proof:
    """By the office's deadline and the day of the first edition; a day that is only written on the report
    says when it was made, not that it was handed in."""
    row = facts.office.reporting_year
    due, issued, dated = row.report_due if row else None, facts.first_issued, facts.office.report_date
    if due is None:
        return Proof(Standing.NOT_YET, "Batas penyampaian LKjIP belum diatur pada Jadwal.", EDITIONS)
    until = f"batas {indonesian.date_long(due)}"
    if issued is not None:
        is_met = issued <= due
        text = f"Terbit {indonesian.date_long(issued)}, {'tidak melewati' if is_met else 'melewati'} {until}."
        return Proof(Standing.MET if is_met else Standing.NOT_YET, text, EDITIONS)
    if dated is not None and dated <= due:
        told = f"Bertanggal {indonesian.date_long(dated)}, tidak melewati {until}"
        return Proof(Standing.PARTLY, f"{told}; penyampaiannya dijawab kantor.", EDITIONS)
    return Proof(Standing.NOT_YET, f"LKjIP belum terbit; {until}.", EDITIONS)


# ---------------------------------------------------------------- what the report discloses
def compared_with_target(facts: LkeFacts) -> Proof:
    rows = facts.office.indicators
    return counted(
        Count(sum(row.achievement.value is not None for row in rows), len(rows)),
        "indikator dibandingkan dengan target tahun ini",
        report("III.A.1"),
        NO_INDICATOR,
    )


def compared_with_plan(facts: LkeFacts) -> Proof:
    rows = facts.office.indicators
    return counted(
        Count(sum(row.plan_achievement.value is not None for row in rows), len(rows)),
        "indikator dibandingkan dengan target akhir Renstra",
        report("III.A.3"),
        NO_INDICATOR,
    )


def compared_with_past(facts: LkeFacts) -> Proof:
    rows = facts.office.indicators
    with_past = [
        row for row in rows if row.realised.is_number and any(past.realised.is_number for past in row.history)
    ]
    return counted(
        Count(len(with_past), len(rows)),
        "indikator dibandingkan dengan realisasi tahun-tahun sebelumnya",
        report("III.A.2"),
        NO_INDICATOR,
    )


def compared_nationally(facts: LkeFacts) -> Proof:
    """A standard that is declared not to exist is disclosed as well; one that nobody looked up is not."""
    rows = facts.office.indicators
    told = [row for row in rows if row.national_standard and not row.national_standard.is_missing]
    return counted(
        Count(len(told), len(rows)),
        "indikator dibandingkan dengan standar nasional, atau dinyatakan tidak ada standarnya",
        report("III.A.4"),
        NO_INDICATOR,
    )


def causes_told(facts: LkeFacts) -> Proof:
    office = facts.office
    causes = len(office.factors_of("III.A.5", *CAUSES))
    solutions = len(office.factors_of("III.A.5", FactorKind.SOLUTION))
    return Proof(
        Count(bool(causes) + bool(solutions), 2).standing,
        f"LKjIP memuat {causes} penyebab keberhasilan atau kegagalan dan {solutions} solusi.",
        report("III.A.5"),
    )


def efficiency_told(facts: LkeFacts) -> Proof:
    """This year's efficiency beside those of the two years before."""
    years = [facts.office.efficiency.overall, *facts.office.efficiency_before]
    known = [one for one in years if one.efficiency.result.value is not None]
    return counted(
        Count(len(known), len(years)),
        "tahun (tahun ini dan dua tahun sebelumnya) mempunyai hitungan efisiensi",
        report("III.A.6"),
        "",
    )


def improvements_told(facts: LkeFacts) -> Proof:
    found = len(facts.office.factors_of("IV.C", FactorKind.SOLUTION))
    return either(
        bool(found),
        f"LKjIP memuat {found} upaya perbaikan.",
        report("IV.C"),
        "Upaya perbaikan belum ditulis pada bab penutup.",
    )
