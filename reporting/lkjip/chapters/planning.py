"""Chapter II: the strategic plans in force and the year's performance agreements."""

from decimal import Decimal

from reporting.lkjip.blocks import Section
from reporting.lkjip.chapters import results
from reporting.lkjip.facts import Facts, ReportFacts
from reporting.lkjip.parts import Part
from reporting.lkjip.wording import enumerated
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.queries.agreements import AgreementDocument
from sakip.queries.planning import Plan, PlannedIndicator
from sakip.scoring.achievement import Polarity
from sakip.scoring.comparison import trend
from sakip.scoring.values import Measured

PARTS = (
    Part("II", "II", "BAB II", "Perencanaan Kinerja", 1, "reporting/lkjip/naskah/ii.txt"),
    Part("II.A", "II.A", "A.", "Rencana Strategis", 2, "reporting/lkjip/naskah/ii_a.txt"),
    Part("II.A.1", "II.A.1", "1.", "Visi dan Misi", 3, "reporting/lkjip/naskah/ii_a_1.txt"),
    Part(
        "II.A.2",
        "II.A.2",
        "2.",
        "Tujuan, Sasaran, dan Indikator Kinerja",
        3,
        "reporting/lkjip/naskah/ii_a_2.txt",
    ),
    Part("II.A.3", "II.A.3", "3.", "Strategi dan Arah Kebijakan", 3, "reporting/lkjip/naskah/ii_a_3.txt"),
    Part(
        "II.B",
        "II.B",
        "B.",
        "Perjanjian Kinerja Tahun {{ year.current }}",
        2,
        "reporting/lkjip/naskah/ii_b.txt",
    ),
)


def sections(facts: ReportFacts) -> tuple[Section, ...]:
    return facts.sections(PARTS, more)


def more(office: OfficeYear) -> Facts:
    return results.common(office) | _plans(office.plans) | _cascade(office.plan) | _agreements(office)


def _plans(plans: tuple[Plan, ...]) -> Facts:
    """`plans` has the newest first; the prose tells of the older ones before it."""
    newest = plans[0].plan if plans else None
    return {
        "plan_count": indonesian.count_words(len(plans)),
        "older": [{"period": p.period, "until": _day(p.plan.effective_until)} for p in reversed(plans[1:])],
        "newest": {
            "established": _day(newest.established_on) if newest else "",
            "since": _day(newest.effective_from) if newest else "",
        },
        "visions": [
            {"period": plan.period, "vision": plan.plan.vision}
            for plan in reversed(plans)
            if plan.plan.vision
        ],
    }


def _day(day) -> str:
    return indonesian.date_long(day) if day else ""


def _cascade(plan: Plan | None) -> Facts:
    if plan is None:
        names = ("missions", "flagships", "carried_missions", "carried_flagships", "objectives")
        return {name: [] for name in names}
    return {
        "missions": [mission.text for mission in plan.missions],
        "flagships": [programme.text for programme in plan.flagship_programmes],
        "carried_missions": [{"number": m.number, "text": m.text} for m in plan.carried_missions],
        "carried_flagships": [{"number": p.number, "text": p.text} for p in plan.carried_programmes],
        "objectives": [
            {
                "text": objective.text,
                "reference": objective.rpjmd_reference,
                "outcomes": [
                    {
                        "text": outcome.text,
                        "indicators": [
                            {"name": indicator.name, "path": _path(indicator)}
                            for indicator in outcome.indicators
                        ],
                    }
                    for outcome in objective.outcomes
                ],
            }
            for objective in plan.objectives
        ],
    }


def _path(indicator: PlannedIndicator) -> str:
    """'3,65 (2025), 3,68 (2026), dan …': the targets year by year."""
    known = [(year, target.number) for year, target in sorted(indicator.targets.items())]
    return enumerated(
        [
            f"{indonesian.number(value, indicator.decimals)} ({year})"
            for year, value in known
            if value is not None
        ]
    )


def _agreements(office: OfficeYear) -> Facts:
    found = office.agreements
    before, after = _amount(found.original), _amount(found.revised)
    move = trend(Measured.optional(after), Measured.optional(before), Polarity.HIGHER, 2)
    return {
        "has_original": found.original is not None,
        "has_revised": found.revised is not None,
        "original_is_dated": _is_dated(found.original),
        "original_has_budget": before is not None,
        "revised_is_dated": _is_dated(found.revised),
        "revised_has_budget": after is not None,
        "original_plan": _plan_of(found.original),
        "revised_plan": _plan_of(found.revised),
        "budget_move": move.word,
        "budget_moved": bool(move.change),
        "budget_change": indonesian.rupiah(abs(move.change)) if move.change else "",
    }


def _amount(document: AgreementDocument | None) -> Decimal | None:
    return document.programmes_total_rp if document and document.programmes else None


def _is_dated(document: AgreementDocument | None) -> bool:
    return document is not None and document.signed_on is not None


def _plan_of(document: AgreementDocument | None) -> str:
    plan = document.agreement.plan if document else None
    return plan.period if plan else ""
