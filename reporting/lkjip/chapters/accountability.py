"""Chapter III: what was achieved and why, what it cost, how it was controlled, the score and the awards."""

from collections import Counter
from decimal import Decimal

from budget.queries.budget_year import LineYear, NodeBudget, UnitBudget
from budget.queries.e81 import E81Form, E81Node
from reporting.efficiency import YearEfficiency
from reporting.figures import printed_measured, printed_result
from reporting.lkjip.blocks import Section
from reporting.lkjip.chapters import results
from reporting.lkjip.facts import Facts, ReportFacts
from reporting.lkjip.parts import Part
from reporting.lkjip.photos import award_photos
from reporting.lkjip.wording import enumerated, uncapitalised
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import FactorKind
from sakip.queries.evaluation import IKM, IPP
from sakip.queries.performance import IndicatorHistory
from sakip.scoring.achievement import Polarity
from sakip.scoring.arithmetic import difference
from sakip.scoring.comparison import attainment_word, trend_word
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.scales import Band
from sakip.scoring.values import MISSING, Measured

YEAR = "{{ year.current }}"
PARTS = (
    Part("III", "III", "BAB III", "Akuntabilitas Kinerja", 1, "reporting/lkjip/naskah/iii.txt"),
    Part("III.A", "III.A", "A.", "Capaian Kinerja Organisasi", 2, "reporting/lkjip/naskah/iii_a.txt"),
    Part(
        "III.A.1",
        "III.A.1",
        "1.",
        f"Perbandingan Target dan Realisasi Kinerja Tahun {YEAR}",
        3,
        "reporting/lkjip/naskah/iii_a_1.txt",
    ),
    Part(
        "III.A.2",
        "III.A.2",
        "2.",
        f"Perbandingan Realisasi Tahun {YEAR} dengan Tahun-Tahun Sebelumnya",
        3,
        "reporting/lkjip/naskah/iii_a_2.txt",
    ),
    Part(
        "III.A.3",
        "III.A.3",
        "3.",
        f"Perbandingan Realisasi Tahun {YEAR} dengan Target Jangka Menengah Renstra",
        3,
        "reporting/lkjip/naskah/iii_a_3.txt",
    ),
    Part(
        "III.A.4",
        "III.A.4",
        "4.",
        f"Perbandingan Realisasi Tahun {YEAR} dengan Standar Nasional",
        3,
        "reporting/lkjip/naskah/iii_a_4.txt",
    ),
    Part(
        "III.A.5",
        "III.A.5",
        "5.",
        "Analisis Penyebab Keberhasilan atau Kegagalan serta Alternatif Solusi",
        3,
        "reporting/lkjip/naskah/iii_a_5.txt",
    ),
    Part(
        "III.A.6",
        "III.A.6",
        "6.",
        "Analisis Efisiensi Penggunaan Sumber Daya",
        3,
        "reporting/lkjip/naskah/iii_a_6.txt",
    ),
    Part(
        "III.A.7",
        "III.A.7",
        "7.",
        "Analisis Program dan Kegiatan yang Menunjang Pencapaian Kinerja",
        3,
        "reporting/lkjip/naskah/iii_a_7.txt",
    ),
    Part("III.B", "III.B", "B.", "Realisasi Anggaran", 2, "reporting/lkjip/naskah/iii_b.txt"),
    Part("III.C", "III.C", "C.", "Pengendalian dan Evaluasi", 2, "reporting/lkjip/naskah/iii_c.txt"),
    Part("III.D", "III.D", "D.", "Penilaian Kinerja Organisasi", 2, "reporting/lkjip/naskah/iii_d.txt"),
    Part("III.E", "III.E", "E.", "Prestasi dan Penghargaan", 2, "reporting/lkjip/naskah/iii_e.txt"),
)
CONTROL = "Tata Cara Perencanaan, Pengendalian, dan Evaluasi Pembangunan Daerah"


def sections(facts: ReportFacts) -> tuple[Section, ...]:
    found = facts.sections(PARTS, more)
    return *found[:-1], facts.with_blocks(found[-1], *award_photos(facts.office))


def more(office: OfficeYear) -> Facts:
    return (
        results.common(office)
        | {"noted": _noted(office), "past": _past(office), "first_year": _first_year(office)}
        | _assessment(office)
        | _survey(office)
        | _efficiency(office)
        | _budget(office)
        | _control(office)
        | _score(office)
        | _awards(office)
    )


# ---------------------------------------------------------------- achievement
def _noted(office: OfficeYear) -> Facts:
    """The office's own points, by the section that lists them."""
    kinds = {
        "supporting": FactorKind.SUPPORTING,
        "inhibiting": FactorKind.INHIBITING,
        "impacts": FactorKind.IMPACT,
        "causes": FactorKind.CAUSE,
        "solutions": FactorKind.SOLUTION,
    }
    sections = {
        "achievement": "III.A.1",
        "causes": "III.A.5",
        "budget": "III.B",
        "control": "III.C",
        "score": "III.D",
    }
    return {
        name: {kind: results.texts(office, section, value) for kind, value in kinds.items()}
        for name, section in sections.items()
    } | {"programmes": _by_context(office, "III.A.6", "III.A.7")}


def _by_context(office: OfficeYear, *sections: str) -> list[Facts]:
    """Points grouped under the heading that the office gave them."""
    found = [factor for section in sections for factor in office.factors_of(section, FactorKind.SUPPORTING)]
    contexts = dict.fromkeys(factor.context for factor in found)
    return [
        {"context": context, "points": [factor.text for factor in found if factor.context == context]}
        for context in contexts
    ]


def _first_year(office: OfficeYear) -> str:
    years = [result.year for row in office.indicator_history for result in row.results]
    return str(min(years, default=office.year))


def _past(office: OfficeYear) -> list[Facts]:
    """Indicators of earlier agreements, with the last year that has a result."""
    current = {row.indicator.pk for row in office.indicators}
    rows = [row for row in office.indicator_history if row.indicator.pk not in current]
    return [_last_known(row, office.policy) for row in rows if any(r.realised.is_number for r in row.results)]


def _last_known(row: IndicatorHistory, policy: ScoringPolicy) -> Facts:
    known = [result for result in row.results if result.realised.is_number]
    last = known[-1]
    before = next((r.realised for r in row.results if r.year == last.year - 1), MISSING)
    version = row.indicator.version_in(last.year)
    moved = trend_word(last.realised, before, Polarity(version.polarity), row.decimals) if version else ""
    return {
        "name": row.name,
        "year": str(last.year),
        "realised": printed_measured(last.realised, row.decimals),
        "target": printed_measured(last.target, row.decimals),
        "achievement": results.printed(last.achievement, policy),
        "verdict": f"{attainment_word(last.achievement)} target",
        "trend": moved if before.is_number else "",
    }


def _assessment(office: OfficeYear) -> Facts:
    """The aspects of the public service index, where the year has an assessment."""
    score = office.ipp
    if score is None or not score.parts:
        return {"aspects": [], "aspect_count": "", "ipp_assessor": "", "ipp_declared": False}
    doubt = "di luar rentang nilai, dicatat sebagaimana tercetak"
    aspects = [
        {
            "name": part.name,
            "weight": f"{indonesian.plain(part.weight)}%",
            "score": part.score.state.label
            if part.score.number is None
            else f"nilai {indonesian.number(part.score.number)}",
            "doubt": doubt if part.name in score.off_scale else "",
        }
        for part in score.parts
    ]
    return {
        "aspects": aspects,
        "aspect_count": indonesian.count_words(len(aspects)),
        "ipp_assessor": next(
            (row.version.source for row in office.indicators if row.key == IPP and row.version), ""
        ),
        "ipp_declared": score.declared and bool(score.note),
        "ipp_unscored": enumerated([*score.missing, *score.off_scale]),
        "ipp_differs": any(
            row.key == IPP and _differs(row.realised, score.value) for row in office.indicators
        ),
    }


def _survey(office: OfficeYear) -> Facts:
    """The satisfaction survey, where the year has its elements."""
    survey = office.survey
    if survey is None or not survey.has_elements:
        return {"has_survey": False}
    band = survey.score.band
    return {
        "has_survey": True,
        "survey_respondents": survey.respondents is not None,
        "survey_quality": f"{band.label} ({band.name})" if band else "",
        "survey_note": survey.score.note,
        "survey_differs": any(
            row.key == IKM and _differs(row.realised, survey.score.value) for row in office.indicators
        ),
    }


def _differs(realised: Measured, assessed: Result) -> bool:
    return realised.number is not None and assessed.value is not None and realised.number != assessed.value


# ---------------------------------------------------------------- money
def _efficiency(office: OfficeYear) -> Facts:
    report = office.efficiency
    unspent = office.budget.total.remaining.value
    reached = report.overall.achievement.value
    return {
        "unspent_not_saving": bool(unspent and unspent > 0 and attainment_word(reached) == results.MISSED),
        "efficiency_before": [
            {"year": str(one.year), "value": _year_before(one, office.policy)}
            for one in office.efficiency_before
        ],
    }


def _year_before(one: YearEfficiency, policy: ScoringPolicy) -> str:
    found = one.efficiency
    if found.result.reason is not None:
        return f"belum dapat dihitung ({found.result.reason.text})"
    return results.printed(found.result, policy, found.definition.suffix)


def _budget(office: OfficeYear) -> Facts:
    budget, policy = office.budget, office.policy
    spent = [unit for unit in budget.units if unit.sum.absorption.value is not None]
    forms = {node.key: node for node in office.e81.programmes}
    return {
        "highest": _unit(max(spent, key=_absorbed), policy) if len(spent) > 1 else {},
        "lowest": _unit(min(spent, key=_absorbed), policy) if len(spent) > 1 else {},
        "low_limit": f"{indonesian.plain(policy.low_absorption)}%",
        "low_lines": [_line(line, policy) for line in budget.below(policy.low_absorption)],
        "programmes": [_programme(node, forms.get(node.node.key), policy) for node in budget.programmes],
    }


def _absorbed(unit: UnitBudget) -> Decimal:
    return unit.sum.absorption.value or Decimal(0)


def _unit(unit: UnitBudget, policy: ScoringPolicy) -> Facts:
    return {"name": unit.unit.name, "absorption": results.printed(unit.sum.absorption, policy)}


def _line(line: LineYear, policy: ScoringPolicy) -> Facts:
    return {
        "name": line.sub_activity.name,
        "unit": line.unit.name,
        "ceiling": _rupiah(line.ceiling_rp),
        "realised": _rupiah(line.realised_rp),
        "absorption": results.bracketed(line.absorption, policy),
    }


def _programme(node: NodeBudget, form: E81Node | None, policy: ScoringPolicy) -> Facts:
    return {
        "name": uncapitalised(node.node.name),
        "ceiling": _rupiah(node.sum.ceiling_rp),
        "realised": _rupiah(node.sum.realised_rp),
        "absorption": results.bracketed(node.sum.absorption, policy),
        "is_absorbed": node.sum.absorption.is_computed,
        "activities": indonesian.count_words(len(node.children)),
        "k": results.printed(form.k, policy) if form and form.k.is_computed else "",
    }


def _rupiah(amount: Decimal | None) -> str:
    return MISSING.state.label if amount is None else indonesian.rupiah(amount)


# ---------------------------------------------------------------- control
def _control(office: OfficeYear) -> Facts:
    form = office.e81
    control = (basis for basis in office.legal_bases if basis.subject.startswith(CONTROL))
    citation = next((f"{basis.kind} Nomor {basis.number} Tahun {basis.year}" for basis in control), "")
    return {
        "control_rule": citation,
        "is_imported": form.is_imported,
        "form_name": office.reconciliation.entries_name,
        "e81": _form(form, office.policy) if form.office.k.is_computed else {},
        "money": _two_kinds(office),
    }


def _form(form: E81Form, policy: ScoringPolicy) -> Facts:
    return _row(form.office, policy) | {
        "provisional": form.provisional,
        "programmes": [_row(node, policy) for node in form.programmes],
    }


def _row(node: E81Node, policy: ScoringPolicy) -> Facts:
    return {
        "name": uncapitalised(node.name),
        "k": _with_band(node.k, node.k_band, policy),
        "absorption": _with_band(node.absorption, node.absorption_band, policy),
    }


def _with_band(result: Result, band: Band | None, policy: ScoringPolicy) -> str:
    """'98,13% (Sangat Tinggi, sementara)': a percentage with its predicate, or why there is none."""
    if result.reason is not None:
        return f"belum dapat dihitung ({result.reason.text})"
    remarks = [band.name] if band else []
    if result.provisional:
        remarks.append("sementara")
    text = printed_result(result, policy)
    return f"{text} ({', '.join(remarks)})" if remarks else text


def _two_kinds(office: OfficeYear) -> Facts:
    """Why the form and the budget table differ; nothing to say where there are only entries."""
    found, official = office.reconciliation, office.budget.total.realised_rp
    if official is None or office.budget.total.provisional:
        return {}
    gap = None if found.form_total_rp is None else difference(official, found.form_total_rp)
    return {
        "form_total": "" if found.form_total_rp is None else indonesian.rupiah(found.form_total_rp),
        "official": indonesian.rupiah(official),
        "total_gap": "" if gap is None else indonesian.rupiah(abs(gap)),
        "agreeing": indonesian.number(found.sums.agreeing, 0),
        "lines": indonesian.number(found.sums.lines, 0),
        "missing": indonesian.number(found.sums.missing, 0) if found.sums.missing else "",
    }


# ---------------------------------------------------------------- score and awards
def _score(office: OfficeYear) -> Facts:
    names = [band.name for band in office.policy.nko_scale.bands]
    return {
        "cap": f"{indonesian.plain(office.policy.normalisation_cap)}%",
        "nko_scale": ", ".join(names[:-1]) + f", atau {names[-1]}",
    }


def _awards(office: OfficeYear) -> Facts:
    counted = Counter(award.unit for award in office.awards)
    rows = [{"unit": unit, "count": indonesian.count_words(count)} for unit, count in counted.items()]
    return {"award_units": rows}
