"""Form E.81 from the lines of a printed form: duplicates, gaps and doubts stay as they were printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from budget.models import FormLevel, ImportedForm, ImportedLine
from budget.queries.budget_year import BudgetYear, LineYear
from budget.queries.e81_form import E81Form, E81Node, IndicatorLine, Money, Own, leaf_k
from budget.queries.e81_tree import Tree, grow, tree_of
from sakip.models import Agency, ProgrammeNode
from sakip.scoring.achievement import Polarity, achievement
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import VALUE_MISSING, Reason, Result, Step
from sakip.scoring.values import Measured

DECLARED = "persentase baris indikator menurut formulir (dinyatakan)"
# Both go away once the row can be read, so they make a mean provisional.
NO_INDICATOR = Reason(VALUE_MISSING.key, "baris indikator tidak terbaca")
NOT_SHOWN = Reason(VALUE_MISSING.key, "baris tidak tampak dalam formulir")


def imported_e81(form: ImportedForm, budget: BudgetYear, agency: Agency, policy: ScoringPolicy) -> E81Form:
    """The printed form as a tree: one query more than the year's budget, whatever its length."""
    lines = list(form.lines.select_related("unit", "node__parent__parent").order_by("number"))
    tree = tree_of(budget, [line.node for line in lines if line.node])
    printed = _Printed(lines, tree, policy)
    office = grow(agency, tree, printed.leaves_of, printed.own_of, policy)
    unplaced = [line.name for line in lines if line.level != FormLevel.AGENCY and line.node is None]
    return E81Form(agency, form.year, True, office, form.source, tuple(unplaced))


class _Printed:
    """The form's lines by what they speak of: a parent node, or the rows of a sub-activity."""

    def __init__(self, lines: Sequence[ImportedLine], tree: Tree, policy: ScoringPolicy) -> None:
        self.tree = tree
        self.policy = policy
        self.parents: dict[int | None, list[ImportedLine]] = defaultdict(list)
        self.rows: dict[int | None, list[list[ImportedLine]]] = defaultdict(list)
        for line in lines:
            if line.level == FormLevel.AGENCY:
                self.parents[None].append(line)
            elif line.node is None:
                continue
            elif line.level != FormLevel.SUB_ACTIVITY:
                self.parents[line.node_id].append(line)
            elif not self._continues(line):
                self.rows[line.node_id].append([line])

    def _continues(self, line: ImportedLine) -> bool:
        """A line without money of its own is one more indicator of the row above it."""
        above = self.rows[line.node_id]
        if not above or above[-1][0].line_id != line.line_id or _has_money(line):
            return False
        above[-1].append(line)
        return True

    def own_of(self, node: ProgrammeNode | None) -> Own:
        lines = self.parents.get(node.pk if node else None)
        return _own(lines, self.policy) if lines else Own()

    def leaves_of(self, nodes: Sequence[ProgrammeNode]) -> list[E81Node]:
        """The printed rows in printed order, then the budget lines that the form does not show."""
        groups = [(group, node) for node in nodes for group in self.rows.get(node.pk, ())]
        groups.sort(key=lambda pair: pair[0][0].number)
        budget = {row.line.pk: row for node in nodes for row in self.tree.lines.get(node.pk, ())}
        seen: set[int] = set()
        rows = []
        for group, node in groups:
            line = budget.get(group[0].line_id or 0)
            rows.append(self._row(node, group, line, seen))
            seen |= {line.line.pk} if line else set()
        hidden = [line for pk, line in budget.items() if pk not in seen]
        return rows + [self._hidden(line) for line in hidden]

    def _row(
        self, node: ProgrammeNode, group: list[ImportedLine], line: LineYear | None, seen: set[int]
    ) -> E81Node:
        own = _own(group, self.policy)
        return E81Node(
            level=FormLevel.SUB_ACTIVITY,
            number="",
            key=node.key,
            name=node.name,
            unit=group[0].unit,
            own=own,
            responsible=group[0].unit.printed_name if group[0].unit else "",
            ceiling_rp=line.ceiling_rp if line else None,
            k=leaf_k(own.indicators, NO_INDICATOR, self.policy),
            is_repeat=bool(line and line.line.pk in seen),
            line_ids=(line.line.pk,) if line else (),
        )

    def _hidden(self, line: LineYear) -> E81Node:
        return E81Node(
            level=FormLevel.SUB_ACTIVITY,
            number="",
            key=line.sub_activity.key,
            name=line.sub_activity.name,
            unit=line.unit,
            own=Own(),
            responsible=line.unit.printed_name,
            ceiling_rp=line.ceiling_rp,
            k=Result.without(NOT_SHOWN),
            is_hidden=True,
            line_ids=(line.line.pk,),
        )


def _own(lines: Sequence[ImportedLine], policy: ScoringPolicy) -> Own:
    """What the first line says of the money, and every line of its indicator."""
    first = lines[0]
    return Own(
        indicators=tuple(_indicator(line, policy) for line in lines if _has_indicator(line)),
        money=_money(first),
        to_date_rp=Measured.optional(first.plan_to_date_rp),
        fund_source=first.fund_source,
        printed_ceiling_rp=first.ceiling_rp,
        printed_k_pct=first.printed_k_pct,
        printed_rp_pct=first.printed_rp_pct,
        confidence=first.confidence,
        note=first.note,
    )


def _money(line: ImportedLine) -> Money:
    quarters = tuple(Measured.optional(getattr(line, f"rp_q{quarter}")) for quarter in QUARTERS)
    if line.rp_total is not None:
        return Money(quarters, Measured.of(line.rp_total))
    derived = Measured.optional(line.derived_total_rp)
    return Money(quarters, derived, is_derived=derived.is_number)


def _indicator(line: ImportedLine, policy: ScoringPolicy) -> IndicatorLine:
    """K from target and realisation where both can be read, else the line's percentage as declared."""
    target, realised = Measured.optional(line.target), Measured.optional(line.k_total)
    k = achievement(target, realised, Polarity.HIGHER, policy)
    declared = line.declared_k_pct if k.is_still_to_come else None
    if declared is not None:
        k = Result.computed(declared, Step(DECLARED, declared))
    return IndicatorLine(
        name=line.indicator_name,
        unit_of_measure=line.target_unit,
        target=target,
        quarters=tuple(Measured.optional(getattr(line, f"k_q{quarter}")) for quarter in QUARTERS),
        total=realised,
        k=k,
        is_declared=declared is not None,
        printed_k_pct=line.declared_k_pct,
    )


def _has_indicator(line: ImportedLine) -> bool:
    known = (line.target, line.k_total, line.declared_k_pct)
    return bool(line.indicator_name) or any(value is not None for value in known)


def _has_money(line: ImportedLine) -> bool:
    known = (line.ceiling_rp, line.rp_total, line.derived_total_rp, line.plan_to_date_rp)
    return any(value is not None for value in known)
