"""A small office with one activity and the rows that a test gives it: from entries, or from a form."""

from dataclasses import dataclass, field
from decimal import Decimal

from budget import models as b
from sakip import models as s
from tests.recipes import make

YEAR = 2026


@dataclass
class SmallOffice:
    """Programme P > activity A > a sub-activity per row, all of one unit."""

    year: int = YEAR
    agency: s.Agency = field(init=False)
    unit: s.Unit = field(init=False)

    def __post_init__(self) -> None:
        self.agency = make(s.Agency)
        self.unit = make(s.Unit, agency=self.agency, kind="office")
        self.programme = make(s.ProgrammeNode, agency=self.agency, key="P", sort_order=1)
        self.activity = self.node("A", self.programme, "kegiatan")
        self.version = make(b.BudgetVersion, agency=self.agency, year=self.year, kind="murni")
        self.quarters: dict[int, s.UnitQuarter] = {}

    def node(self, key: str, parent: s.ProgrammeNode, level: str = "sub_kegiatan") -> s.ProgrammeNode:
        order = s.ProgrammeNode.objects.filter(agency=self.agency).count() + 1
        return make(
            s.ProgrammeNode,
            agency=self.agency,
            parent=parent,
            key=key,
            name=key,
            level=level,
            sort_order=order,
        )

    def line(
        self, key: str, ceiling: int | None, unit: s.Unit | None = None, **changes: object
    ) -> b.BudgetLine:
        node = s.ProgrammeNode.objects.filter(agency=self.agency, key=key).first()
        line = make(
            b.BudgetLine,
            unit=unit or self.unit,
            node=node or self.node(key, self.activity),
            year=self.year,
            **{"funding_source": None, **changes},
        )
        if ceiling is not None:
            make(b.Ceiling, version=self.version, line=line, amount_rp=Decimal(ceiling))
        return line

    def quarter(self, number: int) -> s.UnitQuarter:
        if number not in self.quarters:
            self.quarters[number] = make(s.UnitQuarter, unit=self.unit, year=self.year, quarter=number)
        return self.quarters[number]

    def spend(self, line: b.BudgetLine, *amounts: int | None, physical: int | None = None) -> None:
        """Amounts of quarters I, II, ...; None is *belum ada*. `physical` stands at the last of them."""
        for quarter, amount in enumerate(amounts, 1):
            is_last = quarter == len(amounts)
            make(
                b.QuarterlyRealisation,
                unit_quarter=self.quarter(quarter),
                line=line,
                amount_state="missing" if amount is None else "number",
                amount_rp=amount,
                physical_state="number" if is_last and physical is not None else "missing",
                physical_pct=physical if is_last else None,
            )

    def measure(
        self, key: str, target: int | None, *values: int | str | None, combine: str = "sum"
    ) -> s.Indicator:
        """An indicator of the sub-activity (or parent) `key`; a value is a number, "nihil" or None."""
        node = s.ProgrammeNode.objects.get(agency=self.agency, key=key)
        unit = self.unit if node.level == "sub_kegiatan" else None
        indicator = make(s.Indicator, agency=self.agency, node=node, unit=unit)
        make(s.IndicatorVersion, indicator=indicator, valid_from_year=2025, name=f"K {key}", combine=combine)
        if target is not None:
            make(s.Target, indicator=indicator, year=self.year, value=target)
        for quarter, value in enumerate(values, 1):
            state = "missing" if value is None else "nihil" if value == "nihil" else "number"
            make(
                s.Measurement,
                unit_quarter=self.quarter(quarter),
                indicator=indicator,
                value_state=state,
                value=value if state == "number" else None,
            )
        return indicator

    def print_line(self, number: int, level: str, **columns: object) -> b.ImportedLine:
        """A line of the printed form; `line` gives it node and unit."""
        form, _ = b.ImportedForm.objects.get_or_create(
            agency=self.agency, year=self.year, key="e81", defaults={"title": "Formulir"}
        )
        line = columns.get("line")
        if isinstance(line, b.BudgetLine):
            columns = {"node": line.node, "unit": line.unit, "name": line.node.name, **columns}
        return make(b.ImportedLine, form=form, number=number, level=level, **columns)
