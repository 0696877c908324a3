"""Table 2.1: how objective, outcome, strategy and policy of the plan hang together."""

from collections.abc import Iterator

from reporting.tables import base
from reporting.tables.base import Column, Table
from reporting.year import OfficeYear
from sakip.queries.planning import PlannedObjective, PlannedStrategy

COLUMNS = (
    Column("objective", "Tujuan", width=2),
    Column("outcome", "Sasaran", width=2),
    Column("strategy", "Strategi", width=3),
    Column("policy", "Arah kebijakan", width=3),
)


def build(year: OfficeYear) -> Table:
    plan = year.plan
    period = f" Renstra {plan.period}" if plan else ""
    return Table(
        number="2.1",
        title=f"Keterkaitan Tujuan, Sasaran, Strategi, dan Arah Kebijakan{period}",
        columns=COLUMNS,
        rows=tuple(row for objective in plan.objectives for row in _rows(objective)) if plan else (),
    )


def _rows(objective: PlannedObjective) -> Iterator[base.Row]:
    """An objective and an outcome stand only on their first row."""
    reference = f" ({objective.rpjmd_reference})" if objective.rpjmd_reference else ""
    first = base.text(objective.text + reference)
    for outcome in objective.outcomes:
        second = base.text(outcome.text)
        for strategy in outcome.strategies or (PlannedStrategy("", ()),):
            policies = base.text("; ".join(strategy.policies))
            yield base.row(first, second, base.text(strategy.text), policies)
            first = second = base.blank()
