"""What the portal answers about the internal evaluation and what became of it."""

from reporting.lke.facts import LkeFacts
from reporting.lke.proofs import Count, Proof, Standing, Where, counted, either, report
from sakip import indonesian
from sakip.models import FollowUpStatus

EVALUATIONS = report("I.F")
HERE = Where("evaluation", "Evaluasi AKIP")


def evaluation_held(facts: LkeFacts) -> Proof:
    latest = facts.office.latest_akip
    if latest is None:
        return Proof(Standing.NOT_YET, "Belum ada hasil evaluasi AKIP yang dicatat.", EVALUATIONS)
    score = f"{indonesian.number(latest.score)} ({latest.predicate.label})"
    text = f"Evaluasi AKIP terakhir: tahun {latest.year}, nilai {score}."
    is_met = latest.year == facts.year - 1
    return Proof(Standing.MET if is_met else Standing.NOT_YET, text, EVALUATIONS)


def judged_in_portal(facts: LkeFacts) -> Proof:
    return either(
        bool(facts.judged),
        f"{facts.judged} sub komponen dinilai melalui portal.",
        HERE,
        "Belum ada sub komponen yang dinilai melalui portal.",
    )


def recommendations_done(facts: LkeFacts) -> Proof:
    """Those that cannot be followed up are not waited for; the office says so beside each."""
    found = facts.office.recommendations
    impossible = found.counts[FollowUpStatus.NOT_POSSIBLE]
    running = found.counts[FollowUpStatus.IN_PROGRESS]
    more = f", {running} dalam proses" if running else ""
    more += f", {impossible} tidak dapat ditindaklanjuti" if impossible else ""
    return counted(
        Count(found.counts[FollowUpStatus.DONE], len(found.items) - impossible),
        f"rekomendasi LHE {found.year} selesai ditindaklanjuti{more}",
        EVALUATIONS,
        "Belum ada rekomendasi LHE yang dicatat.",
    )


def score_risen(facts: LkeFacts) -> Proof:
    latest = facts.office.latest_akip
    if latest is None or latest.trend.change is None:
        return Proof(Standing.NOT_YET, "Belum ada dua nilai AKIP berurutan untuk dibandingkan.", EVALUATIONS)
    before = indonesian.number(facts.office.akip[-2].score)
    return Proof(
        Standing.MET if latest.trend.judgement == "membaik" else Standing.NOT_YET,
        f"Nilai AKIP {latest.trend.word}: {before} menjadi {indonesian.number(latest.score)} "
        f"({latest.year - 1} ke {latest.year}).",
        EVALUATIONS,
    )
