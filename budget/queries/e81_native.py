"""Form E.81 from what the units entered: measurements, quarterly realisations, targets and ceilings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from budget.absorption import Progress, physical_progress
from budget.models import FormLevel
from budget.queries.budget_year import BudgetYear, LineYear, ceiling_of
from budget.queries.e81_entries import PastSpending, Performance, Years
from budget.queries.e81_form import E81Form, E81Node, Money, Own, leaf_k, summed
from budget.queries.e81_tree import grow, tree_of
from sakip.models import Agency, ProgrammeNode, StrategicPlan
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import VALUE_MISSING, Reason
from sakip.scoring.values import Measured

NO_INDICATOR = Reason(VALUE_MISSING.key, "indikator belum ditetapkan")


def native_e81(budget: BudgetYear, agency: Agency, policy: ScoringPolicy) -> E81Form:
    """The form as the entries give it, in eight queries more than the year's budget."""
    year = budget.year
    tree = tree_of(budget)
    plan = StrategicPlan.objects.filter(agency=agency).in_force(date(year, 12, 31)).first()
    years = Years(year, plan.first_year if plan else year, plan.last_year if plan else year)
    performance = Performance(agency, years, policy)
    past = PastSpending(agency, years)

    def leaves_of(nodes: Sequence[ProgrammeNode]) -> list[E81Node]:
        return [
            _row(node, lines, performance, past)
            for node in nodes
            for lines in _by_unit(tree.lines.get(node.pk, ()))
        ]

    def own_of(node: ProgrammeNode | None) -> Own:
        return Own(indicators=performance.of(node.pk) if node else ())

    return E81Form(agency, year, False, grow(agency, tree, leaves_of, own_of, policy))


def _by_unit(lines: Iterable[LineYear]) -> list[list[LineYear]]:
    """A sub-activity's lines, those of one unit (its funding sources) together."""
    units: dict[int, list[LineYear]] = defaultdict(list)
    for line in lines:
        units[line.unit.pk].append(line)
    return list(units.values())


def _row(
    node: ProgrammeNode, lines: Sequence[LineYear], performance: Performance, past: PastSpending
) -> E81Node:
    unit = lines[0].unit
    indicators = performance.of(node.pk, unit.pk)
    money = summed([_money(line) for line in lines])
    before = past.of(unit.pk, node.pk)
    own = Own(
        indicators=indicators,
        money=money,
        before_rp=before,
        to_date_rp=combine([before, money.total], Combine.SUM, 2).value,
        physical_pct=_physical(lines),
        fund_source=", ".join(dict.fromkeys(line.funding_source for line in lines if line.funding_source)),
    )
    return E81Node(
        level=FormLevel.SUB_ACTIVITY,
        number="",
        key=node.key,
        name=node.name,
        unit=unit,
        own=own,
        responsible=unit.printed_name,
        ceiling_rp=ceiling_of(lines),
        k=leaf_k(indicators, NO_INDICATOR, performance.policy),
        line_ids=tuple(line.line.pk for line in lines),
    )


def _money(line: LineYear) -> Money:
    year = combine(line.quarters, Combine.SUM)
    return Money(line.quarters, year.value, provisional=year.provisional)


def _physical(lines: Sequence[LineYear]) -> Measured:
    """Physical progress of a row, weighted by ceiling where it has several lines."""
    if len(lines) == 1:
        return lines[0].physical
    return Measured.optional(physical_progress([Progress(x.ceiling_rp, x.physical) for x in lines]).value)
