"""What several chapters tell of: the indicators' results, the verdicts, and the office's own points."""

from budget.queries.budget_year import BudgetSum
from reporting.figures import part, printed_measured, printed_result
from reporting.lkjip.facts import PROVISIONAL, Facts
from reporting.lkjip.wording import enumerated
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import FactorKind
from sakip.queries.performance import IndicatorYear
from sakip.scoring import comparison
from sakip.scoring.arithmetic import difference
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.values import MISSING, Measured, State

MISSED = "belum mencapai"
MET = frozenset({"mencapai", "melampaui"})


def common(office: OfficeYear) -> Facts:
    """What the summary, the chapters and the conclusion all say, in the same words."""
    rows = office.indicators
    latest, verdict = office.latest_akip, office.efficiency.overall.efficiency.verdict
    missed = [row.name for row in rows if row.attainment == MISSED]
    agreement = office.agreements.in_force
    return {
        "agreement_title": agreement.title if agreement else f"Perjanjian Kinerja Tahun {office.year}",
        "superior": _superior(office),
        "city": office.agency.government.name.removeprefix("Pemerintah "),
        "has_plan": office.plan is not None,
        "indicators": [indicator(row, office.policy) for row in rows],
        "iku_many": len(rows) > 1,
        "any_missed": bool(missed),
        "all_met": bool(rows) and all(row.attainment in MET for row in rows),
        "missed_names": enumerated(missed),
        "has_verdict": verdict is not None,
        "has_efficiency": office.efficiency.overall.efficiency.result.is_computed,
        "efficiency_notice": office.efficiency.overall.efficiency.notice,
        "has_nko": office.nko.predicate is not None,
        "has_akip": latest is not None,
        "akip_compared": bool(latest and latest.trend.change is not None),
        "akip_moved": bool(latest and latest.trend.change),
        "has_awards": bool(office.awards),
    } | _budget(office)


def _budget(office: OfficeYear) -> Facts:
    """What is there of the year's money, and the sentence that stands where it gives no absorption."""
    total = office.budget.total
    ceiling, realised = total.ceiling_rp, total.realised_rp
    return {
        "has_lines": bool(office.budget.counts.lines),
        "has_ceiling": ceiling is not None,
        "has_realisation": realised is not None,
        "has_absorption": total.absorption.is_computed,
        "is_underspent": total.remaining.value is not None and total.remaining.value >= 0,
        "budget_sentence": _without_absorption(total),
    }


def _without_absorption(total: BudgetSum) -> str:
    if total.realised_rp is None:
        if total.ceiling_rp is None:
            return "Pagu dan realisasi anggaran belum ada."
        return f"Pagu anggaran {indonesian.rupiah(total.ceiling_rp)}; realisasinya belum ada."
    spent = f"{indonesian.rupiah(total.realised_rp)}{PROVISIONAL if total.provisional else ''}"
    if total.ceiling_rp is None:
        lacking = "sehingga serapan dan sisanya belum dapat dihitung"
        return f"Realisasi anggaran {spent}; pagunya belum ada, {lacking}."
    return f"Realisasi anggaran {spent} dari pagu {indonesian.rupiah(total.ceiling_rp)}."


def _superior(office: OfficeYear) -> str:
    agreement = office.agreements.in_force
    return (agreement.second_party if agreement else "") or office.agency.government.head_title


def texts(office: OfficeYear, section: str, *kinds: FactorKind, context: str = "") -> list[str]:
    """The office's points of a section, in their order."""
    found = office.factors_of(section, *kinds)
    return [factor.text for factor in found if not context or factor.context == context]


def printed(result: Result, policy: ScoringPolicy, suffix: str = "%") -> str:
    """A result with its mark where it rests on incomplete data."""
    mark = PROVISIONAL if result.provisional and result.is_computed else ""
    return printed_result(result, policy, suffix) + mark


def bracketed(result: Result, policy: ScoringPolicy) -> str:
    """As `printed`, where the text itself has brackets around it."""
    mark = ", sementara" if result.provisional and result.is_computed else ""
    return printed_result(result, policy) + mark


def indicator(row: IndicatorYear, policy: ScoringPolicy) -> Facts:
    """One indicator's figures and the words that go with them; every word is worked out from the figures."""
    value = row.achievement.value
    return {
        "key": part(row.key),
        "name": row.name,
        "unit": "" if row.unit_of_measure in {"Indeks", "%"} else row.unit_of_measure,
        "target": _number(row.target, row),
        "realised": _number(row.realised, row),
        "achievement": printed(row.achievement, policy),
        "is_measured": value is not None,
        "verdict": f"{row.attainment} target" if value is not None else row.attainment,
        "missed": row.attainment == MISSED,
        "has_category": row.category is not None,
        "category": row.category.label if row.category else "",
        "meaning": row.category.name if row.category else "",
        "formula": "; ".join(step.expression for step in row.achievement.steps),
        "source": (row.version.source if row.version else "") or row.source,
        **_gap(row),
        **_movement(row),
        **_plan(row, policy),
        **_standard(row, policy),
    }


def _number(value: Measured, row: IndicatorYear) -> str:
    text = printed_measured(value, row.decimals)
    return f"{text}%" if value.is_number and row.unit_of_measure == "%" else text


def _gap(row: IndicatorYear) -> Facts:
    """How far the realisation lies from its target, and on which side."""
    if row.target.number is None or row.realised.number is None or row.target.number == row.realised.number:
        return {"gap": "", "gap_side": ""}
    distance = abs(difference(row.realised.number, row.target.number))
    side = comparison.benchmark_word(row.realised, row.target)
    return {"gap": indonesian.number(distance, row.decimals), "gap_side": side}


def _movement(row: IndicatorYear) -> Facts:
    trend = row.trend
    before = row.previous.realised if row.previous else MISSING
    return {
        "is_compared": trend.change is not None,
        "is_realised": row.realised.is_number,
        "trend": trend.word,
        "judgement": "" if trend.judgement in {"", "tetap"} else f"kinerja {trend.judgement}",
        "change": indonesian.number(abs(trend.change), row.decimals) if trend.change else "",
        "previous": _number(before, row),
    }


def _plan(row: IndicatorYear, policy: ScoringPolicy) -> Facts:
    """The way still to go to the plan's last year."""
    last_year, final = row.plan_final or (row.year, MISSING)
    if final.number is None:
        return {"has_plan_final": False, "plan_is_reckoned": False}
    left = None if row.realised.number is None else difference(final.number, row.realised.number)
    return {
        "has_plan_final": True,
        "plan_is_reckoned": row.plan_achievement.is_computed,
        "plan_year": str(last_year),
        "plan_target": _number(final, row),
        "plan_achievement": printed(row.plan_achievement, policy),
        "plan_left": indonesian.number(left, row.decimals) if left is not None and left > 0 else "",
        "years_left": indonesian.count_words(max(last_year - row.year, 0)),
    }


def _standard(row: IndicatorYear, policy: ScoringPolicy) -> Facts:
    """That there is none is not that nobody has recorded it."""
    standard = row.national_standard
    if standard is None or not standard.is_number:
        is_none = standard is not None and standard.state is State.NOT_APPLICABLE
        return {"is_compared_nationally": False, "national_standard": "", "has_no_standard": is_none}
    return {
        "is_compared_nationally": row.realised.is_number,
        "standard_side": comparison.benchmark_word(row.realised, standard),
        "national_standard": _number(standard, row),
        "national_achievement": printed(row.national_achievement, policy),
    }
