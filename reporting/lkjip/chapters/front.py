"""The parts before chapter I: the preface with its signature, and the executive summary."""

from reporting.lkjip.blocks import Section, SignatureBlock
from reporting.lkjip.chapters import results
from reporting.lkjip.facts import Facts, ReportFacts
from reporting.lkjip.parts import Part
from reporting.lkjip.signing import head_signature
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import FactorKind

PREFACE = Part("pengantar", "", "", "Kata Pengantar", 0, "reporting/lkjip/naskah/pengantar.txt")
SUMMARY = Part("ringkasan", "", "", "Ringkasan Eksekutif", 0, "reporting/lkjip/naskah/ringkasan.txt")


def more(office: OfficeYear) -> Facts:
    plan = office.agreements.in_force
    outcomes = {indicator.outcome_text for indicator in plan.indicators} if plan else set()
    return results.common(office) | {
        "outcome_count": indonesian.count_words(len(outcomes)),
        "improvements": results.texts(office, "IV.C", FactorKind.SOLUTION),
    }


def sections(facts: ReportFacts) -> tuple[Section, ...]:
    preface, summary = facts.sections((PREFACE, SUMMARY), more)
    signed = SignatureBlock((head_signature(facts.office, facts.office.report_date),))
    return facts.with_blocks(preface, signed), summary
