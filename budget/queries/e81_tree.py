"""The year's budget as the tree of form E.81: nodes from the programme down, budget lines under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from budget.models import FormLevel
from budget.queries.budget_year import BudgetYear, LineYear
from budget.queries.e81_form import E81Node, Own, leaf, parent
from sakip.models import Agency, NodeLevel, ProgrammeNode, Unit
from sakip.scoring.policy import ScoringPolicy


@dataclass(frozen=True, slots=True)
class Tree:
    """Budget lines of a year, in the order of the tree, by the sub-activity they belong to. `children` is
    keyed by the parent's id, None for programmes."""

    lines: Mapping[int, Sequence[LineYear]]
    children: Mapping[int | None, Sequence[ProgrammeNode]]
    units: Mapping[int, Unit]

    def responsible(self, node: ProgrammeNode) -> str:
        unit = self.units.get(node.responsible_unit_id or 0)
        return unit.printed_name if unit else ""


def tree_of(budget: BudgetYear, extra: Sequence[ProgrammeNode] = ()) -> Tree:
    """The tree of a year's budget; `extra` nodes (with their parents loaded) belong to it too."""
    lines: dict[int, list[LineYear]] = defaultdict(list)
    for row in budget.lines:
        lines[row.line.node_id].append(row)
    nodes: dict[int, ProgrammeNode] = {}
    for bottom in (*(row.sub_activity for row in budget.lines), *extra):
        node: ProgrammeNode | None = bottom
        while node is not None:
            nodes.setdefault(node.pk, node)
            node = node.parent
    children: dict[int | None, list[ProgrammeNode]] = defaultdict(list)
    for node in sorted(nodes.values(), key=lambda node: (node.sort_order, node.pk)):
        children[node.parent_id].append(node)
    return Tree(lines, children, {row.unit.pk: row.unit for row in budget.lines})


type LeavesOf = Callable[[Sequence[ProgrammeNode]], Sequence[E81Node]]
type OwnOf = Callable[[ProgrammeNode | None], Own]


def grow(agency: Agency, tree: Tree, leaves_of: LeavesOf, own_of: OwnOf, policy: ScoringPolicy) -> E81Node:
    """The office's row over its programmes. `leaves_of` gives the rows of sibling sub-activities in the
    form's order, `own_of` what a parent (None: the office) says itself."""

    def branch(node: ProgrammeNode | None, number: str) -> E81Node:
        prefix = f"{number}." if number else ""
        children = tree.children.get(node.pk if node else None, ())
        inner = [child for child in children if child.level != NodeLevel.SUB_ACTIVITY]
        bottoms = [child for child in children if child.level == NodeLevel.SUB_ACTIVITY]
        rows = [branch(child, f"{prefix}{place}") for place, child in enumerate(inner, 1)]
        for place, row in enumerate(leaves_of(bottoms), len(rows) + 1):
            rows.append(leaf(replace(row, number=f"{prefix}{place}"), policy))
        base = E81Node(
            level=FormLevel(node.level) if node else FormLevel.AGENCY,
            number=number,
            key=node.key if node else "",
            name=node.name if node else agency.name,
            unit=None,
            responsible=tree.responsible(node) if node else "",
            own=own_of(node),
        )
        return parent(base, rows, policy) if rows else leaf(base, policy)

    return branch(None, "")
