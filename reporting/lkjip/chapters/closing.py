"""Chapter IV: conclusion, suggestions and improvements."""

from reporting.lkjip.blocks import Section
from reporting.lkjip.chapters import results
from reporting.lkjip.facts import Facts, ReportFacts
from reporting.lkjip.parts import Part
from reporting.year import OfficeYear
from sakip.models import FactorKind, FollowUpStatus

PARTS = (
    Part("IV", "IV", "BAB IV", "Penutup", 1),
    Part("IV.A", "IV.A", "A.", "Kesimpulan", 2, "reporting/lkjip/naskah/iv_a.txt"),
    Part("IV.B", "IV.B", "B.", "Saran", 2, "reporting/lkjip/naskah/iv_b.txt"),
    Part("IV.C", "IV.C", "C.", "Upaya Perbaikan", 2, "reporting/lkjip/naskah/iv_c.txt"),
)


def sections(facts: ReportFacts) -> tuple[Section, ...]:
    return facts.sections(PARTS, more)


def more(office: OfficeYear) -> Facts:
    improvements = results.texts(office, "IV.C", FactorKind.SOLUTION)
    waiting = bool(office.recommendations.counts[FollowUpStatus.IN_PROGRESS])
    return results.common(office) | {
        "suggestions": results.texts(office, "IV.B", FactorKind.SUGGESTION),
        "improvements": improvements,
        "open_items": waiting,
        "nothing_planned": not improvements and not waiting,
    }
