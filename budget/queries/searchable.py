"""What can be found where money comes in: rows of the entry grids, what they report, and their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, Subquery

from budget.models import BudgetLine, QuarterlyRealisation
from budget.queries.quarter_plan import path_of
from sakip.models import (
    Agreement,
    AgreementIndicator,
    Indicator,
    Measurement,
    ProgrammeNode,
    Unit,
    UnitKind,
)
from sakip.queries.search import Kind, Record
from sakip.queries.searchable import Places, evidence_of_rows, when


@dataclass(frozen=True)
class Rows:
    """The rows of the year's entry grids: nodes by unit, and indicators with the unit that fills them in.
    Four queries."""

    places: Places

    @cached_property
    def nodes(self) -> Mapping[int, Mapping[int, ProgrammeNode]]:
        """By unit, the nodes of its budget lines and those above them, in the order of the form."""
        lines = BudgetLine.objects.filter(unit__in=self.places.units, year=self.places.year)
        found: dict[int, dict[int, ProgrammeNode]] = defaultdict(dict)
        for line in lines.select_related("node__parent__parent").order_by("node__sort_order", "pk"):
            for node in reversed(path_of(line.node)):
                found[line.unit_id].setdefault(node.pk, node)
        return found

    @cached_property
    def indicators(self) -> Mapping[int, tuple[Indicator, str, Unit]]:
        """By key, with the name in force and the unit; only those that stand in a grid."""
        places = self.places
        office = next((unit for unit in places.units.values() if unit.kind == UnitKind.OFFICE), None)
        binding = Agreement.objects.in_year(places.agency, places.year).binding()
        agreed = AgreementIndicator.objects.filter(
            agreement=Subquery(binding.order_by("-revision").values("pk")[:1])
        )
        found: dict[int, tuple[Indicator, str, Unit]] = {}
        of_grids = Indicator.objects.filter(agency=places.agency).filter(
            Q(node__isnull=False) | Q(pk__in=agreed.values("indicator"))
        )
        for indicator in of_grids.prefetch_related("versions").order_by("sort_order", "pk"):
            unit = places.units.get(indicator.unit_id) if indicator.unit_id else office
            version = indicator.version_in(places.year)
            if unit is None or version is None:
                continue
            if indicator.node_id is None or indicator.node_id in self.nodes.get(unit.pk, {}):
                found[indicator.pk] = (indicator, version.name, unit)
        return found


def row_of_line(node: int) -> str:
    """The anchor of a node's rows on the entry page."""
    return f"s{node}"


def row_of_indicator(indicator: int) -> str:
    return f"baris-m{indicator}"


def node_records(rows: Rows) -> Iterator[Record]:
    """Programmes, activities and sub-activities, a record for each unit that has a budget for them."""
    places = rows.places
    for key, nodes in rows.nodes.items():
        unit, parents = places.units[key], {node.parent_id for node in nodes.values()}
        quarter = places.current.get(key)
        for node in nodes.values():
            anchor = f"jml-s{node.pk}" if node.pk in parents else row_of_line(node.pk)
            yield Record(
                Kind.PROGRAMME,
                node.name,
                # A year without quarters still has its reconciliation.
                places.entry(unit, quarter, anchor)
                if quarter
                else f"{places.page('reconciliation')}?unit={unit.slug}",
                f"{node.get_level_display()}, {when(unit, quarter) if quarter else unit.name}",
                node.parent.name if node.parent else "",
                codes=(node.code,) if node.code else (),
                words=node.key,
                unit=key,
            )


def indicator_records(rows: Rows) -> Iterator[Record]:
    """The indicators that units fill in, where they are filled in."""
    places = rows.places
    for indicator, name, unit in rows.indicators.values():
        quarter = places.current.get(unit.pk)
        if quarter is None:
            continue
        node = rows.nodes[unit.pk][indicator.node_id] if indicator.node_id else None
        yield Record(
            Kind.INDICATOR,
            name,
            places.entry(unit, quarter, row_of_indicator(indicator.pk)),
            f"Isian {when(unit, quarter)}",
            node.name if node else "",
            words=f"{indicator.key} {'IKU' if indicator.is_key else ''}",
            unit=unit.pk,
        )


def obstacle_records(rows: Rows) -> Iterator[Record]:
    """What the rows of the year report, the latest first. Two queries."""
    places = rows.places
    says = Q(unit_quarter__unit__in=places.units, unit_quarter__year=places.year) & (
        ~Q(obstacle="") | ~Q(solution="")
    )
    columns = ("unit_quarter__unit_id", "unit_quarter__quarter", "obstacle", "solution")
    of_lines = QuarterlyRealisation.objects.filter(says).order_by("-unit_quarter__quarter", "pk")
    for unit, quarter, obstacle, solution, node in of_lines.values_list(*columns, "line__node_id"):
        found = rows.nodes.get(unit, {}).get(node)
        if found is not None:
            yield _obstacle(places, (unit, quarter), found.name, row_of_line(node), obstacle, solution)
    measured = Measurement.objects.filter(says).order_by("-unit_quarter__quarter", "pk")
    for unit, quarter, obstacle, solution, key in measured.values_list(*columns, "indicator_id"):
        if key in rows.indicators:
            name, anchor = rows.indicators[key][1], row_of_indicator(key)
            yield _obstacle(places, (unit, quarter), name, anchor, obstacle, solution)


def _obstacle(
    places: Places, at: tuple[int, int], name: str, anchor: str, obstacle: str, solution: str
) -> Record:
    unit, quarter = places.units[at[0]], at[1]
    said = (("Kendala", obstacle.strip()), ("Solusi", solution.strip()))
    text = " ".join(f"{label}: {words}" for label, words in said if words)
    address = places.entry(unit, quarter, anchor)
    return Record(Kind.OBSTACLE, name, address, when(unit, quarter), text, unit=unit.pk)


def line_evidence(places: Places) -> Iterator[Record]:
    yield from evidence_of_rows(places, QuarterlyRealisation, "anggaran", "line_id")
