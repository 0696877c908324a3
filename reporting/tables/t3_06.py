"""Table 3.6: how efficiently the year used its resources, with the two years before, comparison 6."""

from reporting.efficiency import EfficiencyReport, YearEfficiency
from reporting.tables import base
from reporting.tables.base import Align, Cell, Column, RowKind, Table
from reporting.year import OfficeYear


def columns(report: EfficiencyReport) -> tuple[Column, ...]:
    unit = report.definition.unit
    return (
        Column("number", "No.", Align.CENTER, width=0.5),
        Column("outcome", "Sasaran", width=2.5),
        Column("indicator", "Indikator kinerja", width=2.5),
        Column("achievement", "Capaian", Align.RIGHT),
        Column("ceiling", "Pagu (Rp)", Align.RIGHT, width=2),
        Column("realised", "Penyerapan (Rp)", Align.RIGHT, width=2),
        Column("absorption", "Serapan", Align.RIGHT),
        Column("efficiency", f"Efisiensi ({unit})" if unit else "Efisiensi", Align.RIGHT, width=1.3),
        Column("verdict", "Keterangan", width=1.3),
    )


def build(year: OfficeYear) -> Table:
    report = year.efficiency
    return Table(
        number="3.6",
        title=f"Efisiensi Penggunaan Sumber Daya Tahun {year.year}",
        columns=columns(report),
        rows=(
            *indicator_rows(year),
            *(_year_row(year, one) for one in (report.overall, *year.efficiency_before)),
        ),
        notes=notes(year),
        landscape=True,
        provisional=report.overall.efficiency.result.provisional,
    )


def indicator_rows(year: OfficeYear) -> tuple[base.Row, ...]:
    total = year.budget.total
    return tuple(
        base.row(
            base.integer(row.indicator.number),
            base.text(row.indicator.outcome_text),
            base.text(row.indicator.name),
            base.percentage(row.indicator.achievement, year.policy),
            base.money(total.ceiling_rp),
            base.money(total.realised_rp),
            base.percentage(total.absorption, year.policy),
            base.computed(row.efficiency.result, year.policy),
            base.text(row.efficiency.verdict or ""),
        )
        for row in year.efficiency.rows
    )


def _year_row(year: OfficeYear, one: YearEfficiency) -> base.Row:
    """A whole year. What is not known of an earlier one stays a dash, with its reason below."""
    is_this = one.year == year.year
    return base.row(
        base.blank(),
        base.text(f"Keseluruhan tahun {one.year}"),
        base.blank(),
        base.percentage(one.achievement, year.policy),
        base.money(one.budget.total.ceiling_rp),
        base.money(one.budget.total.realised_rp),
        base.percentage(one.budget.total.absorption, year.policy),
        _efficiency_cell(year, one),
        base.text(one.efficiency.verdict or ""),
        kind=RowKind.TOTAL if is_this else RowKind.SUBTOTAL,
    )


def _efficiency_cell(year: OfficeYear, one: YearEfficiency) -> Cell:
    result = one.efficiency.result
    if result.reason is not None:
        return Cell(base.EMPTY, note=result.reason.text)
    return base.computed(result, year.policy)


def notes(year: OfficeYear) -> tuple[str, ...]:
    """The definition by name and formula, what the figures mean, and what is missing of the years before."""
    report = year.efficiency
    definition = report.definition
    lines = [f"Efisiensi dihitung dengan rumus “{definition.name}”: {definition.formula}."]
    if report.overall.efficiency.notice:
        lines.append(report.overall.efficiency.notice)
    lines += [
        f"Efisiensi tahun {one.year} belum dapat dihitung ({one.efficiency.result.reason.text})."
        for one in year.efficiency_before
        if one.efficiency.result.reason is not None
    ]
    return tuple(lines)
