"""The checks of an entry, as worked examples: what is said, and what is not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.absorption import absorption
from budget.findings import (
    Finding,
    IndicatorFacts,
    LineFacts,
    indicator_findings,
    line_findings,
)
from sakip.scoring.policy import EntryChecks
from sakip.scoring.result import REALISED_MISSING, Result
from sakip.scoring.rounding import RoundingMode
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from tests.scoring.tables import policy_with

CHECKS = EntryChecks(physical_gap=Decimal(20), history_factor=Decimal(10))
POLICY = replace(policy_with(), entry_checks=CHECKS)


def of(number: int | str) -> Measured:
    return Measured.of(Decimal(number))


def line(ceiling: int | None, spent: Measured, physical: Measured = MISSING, **changes) -> LineFacts:
    facts = LineFacts(
        ceiling_rp=None if ceiling is None else Decimal(ceiling),
        amount=MISSING,
        earlier=(),
        spent=spent,
        absorption=absorption(None if ceiling is None else Decimal(ceiling), spent.number),
        physical=physical,
        physical_before=MISSING,
    )
    return replace(facts, **changes)


def keys(findings: tuple[Finding, ...]) -> dict[str, bool]:
    """By key, whether it stops submission."""
    assert all(finding.message and finding.mend for finding in findings)
    return {finding.key: finding.is_hard for finding in findings}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (line(100, of(50), of(50)), {}),
        (line(100, of(100)), {}),
        (line(100, of("100.01")), {"above_ceiling": False}),
        (line(None, of(1)), {"no_ceiling": True}),
        (line(None, of(0)), {}),
        (line(None, NIHIL), {}),
        (line(100, of(50), of(40), physical_before=of(40)), {}),
        (line(100, of(50), of(39), physical_before=of(40)), {"physical_falls": True}),
        (line(100, of(50), NOT_APPLICABLE, physical_before=of(40)), {}),
        # Twenty points apart is still near; a little more is not, on either side.
        (line(100, of(50), of(70)), {}),
        (line(100, of(50), of("70.01")), {"physical_far": False}),
        (line(100, of(50), of("29.99")), {"physical_far": False}),
        (line(0, of(0), of(100)), {}),
        # Ten times the largest quarter before, and a tenth of the smallest, are the last that pass.
        (line(None, NIHIL, amount=of(500), earlier=(of(30), of(50))), {}),
        (line(None, NIHIL, amount=of(501), earlier=(of(30), of(50))), {"outside_history": False}),
        (line(None, NIHIL, amount=of(3), earlier=(of(30), of(50))), {}),
        (line(None, NIHIL, amount=of("2.9"), earlier=(of(30), of(50))), {"outside_history": False}),
        (line(None, NIHIL, amount=of(0), earlier=(of(30),)), {}),
        (line(None, NIHIL, amount=NIHIL, earlier=(of(30),)), {}),
        (line(None, NIHIL, amount=of(5000), earlier=(of(0), NIHIL, MISSING)), {}),
    ],
)
def test_the_findings_of_a_line(facts, found):
    assert keys(line_findings(facts, POLICY)) == found


def test_the_gap_is_the_policys():
    facts = line(100, of(50), of(56))
    assert line_findings(facts, POLICY) == ()
    (far,) = line_findings(facts, replace(POLICY, entry_checks=EntryChecks(Decimal(5), Decimal(10))))
    assert far.message == "Fisik 56% terpaut 6,00 poin dari serapan 50,00%."


def test_a_percentage_in_a_message_is_rounded_as_the_policy_says():
    facts = line(300, of(2), of(50))
    (near,) = line_findings(facts, POLICY)
    assert near.message == "Fisik 50% terpaut 49,33 poin dari serapan 0,67%."
    (cut,) = line_findings(facts, replace(POLICY, rounding=RoundingMode.TRUNCATE, percent_places=1))
    assert cut.message == "Fisik 50% terpaut 49,3 poin dari serapan 0,6%."


@pytest.mark.parametrize(("earlier", "span"), [((30, 30), "(30)"), ((30, 50), "(30 sampai 50)")])
def test_the_quarters_before_are_one_amount_or_two(earlier, span):
    facts = line(None, NIHIL, amount=of(5000), earlier=tuple(of(amount) for amount in earlier))
    (found,) = line_findings(facts, POLICY)
    assert span in found.message


SUMMED = IndicatorFacts(
    value=of(1),
    earlier=(of(1), of(1)),
    before=of(2),
    to_date=of(3),
    target=of(4),
    achievement=Result.computed(Decimal(75)),
    is_summed=True,
    higher_is_better=True,
    spent_rp=Decimal(50),
    ceiling_rp=Decimal(100),
    note="",
)
# An index of which the last value counts.
INDEX = replace(SUMMED, is_summed=False, value=of(3), earlier=(of(3),), before=of(3))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (SUMMED, {}),
        (replace(SUMMED, value=of(-1), to_date=of(1)), {"k_falls": True}),
        (replace(SUMMED, value=of(0), to_date=of(2)), {}),
        (replace(SUMMED, value=of(11), to_date=of(13)), {"outside_history": False}),
        (INDEX, {}),
        (replace(INDEX, value=of(2), to_date=of(2)), {"worsened": False}),
        (replace(INDEX, value=of(2), to_date=of(2), note="Petugas berkurang."), {}),
        (replace(INDEX, value=of(4), higher_is_better=False), {"worsened": False}),
        (replace(INDEX, value=of(2), to_date=of(2), higher_is_better=False), {}),
        (replace(INDEX, value=of(2), to_date=of(2), higher_is_better=None), {}),
        (replace(INDEX, value=of(2), to_date=of(2), earlier=(of(3), MISSING)), {"worsened": False}),
        (replace(SUMMED, achievement=Result.computed(Decimal(100)), spent_rp=Decimal(0)),
         {"reached_unspent": False}),
        (replace(SUMMED, achievement=Result.computed(Decimal(99)), spent_rp=Decimal(0)), {}),
        (replace(SUMMED, achievement=Result.computed(Decimal(100)), spent_rp=None), {}),
        (replace(SUMMED, achievement=Result.computed(Decimal(100)), spent_rp=Decimal(0),
                 ceiling_rp=Decimal(0)), {}),
        (replace(SUMMED, value=of(0), before=of(0), to_date=of(0)), {"spent_undone": False}),
        (replace(SUMMED, value=NIHIL, before=NIHIL, to_date=NIHIL), {"spent_undone": False}),
        (replace(SUMMED, value=MISSING, to_date=MISSING), {}),
        (replace(SUMMED, value=of(0), before=of(0), to_date=of(0), spent_rp=Decimal(0)), {}),
        (replace(SUMMED, achievement=Result.without(REALISED_MISSING), spent_rp=Decimal(0)), {}),
    ],
)  # fmt: skip
def test_the_findings_of_an_indicator(facts, found):
    assert keys(indicator_findings(facts, POLICY)) == found
