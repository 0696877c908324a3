"""What stood in a cell in other quarters and years: entered here, declared by a finished document, or as
printed. For comparison only; nothing is computed from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q

from budget.models import BudgetLine, CellName, ImportedLine, QuarterlyRealisation
from sakip.models import AnnualResult, IndicatorVersion, Measurement, UnitQuarter
from sakip.models.base import measured
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.quarters import QUARTERS, ROMAN
from sakip.scoring.values import MISSING, Measured

# How far back the years go, and the quarters.
YEARS_BACK = 3
QUARTERS_BACK = 1
OFFICIAL = "realisasi resmi"
PRINTED = "tercetak"
SO_FAR = "sampai triwulan ini"
DECLARED = "dari laporan"


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter or a year of the cell. `note` says where a value comes from that was not entered here."""

    label: str
    value: Measured
    note: str = ""
    is_now: bool = False

    @property
    def bar(self) -> Decimal | None:
        """How long its bar is; below zero there is none."""
        number = self.value.number
        return None if number is None else max(number, Decimal(0))


@dataclass(frozen=True, slots=True)
class Periods:
    """The last quarters and years in the order of time, each on a scale of its own."""

    quarters: tuple[Period, ...]
    years: tuple[Period, ...]

    @property
    def longest_quarter(self) -> Decimal:
        return _longest(self.quarters)

    @property
    def longest_year(self) -> Decimal:
        return _longest(self.years)


def _longest(periods: Iterable[Period]) -> Decimal:
    """A scale must not end at zero."""
    return max([period.bar or Decimal(0) for period in periods], default=Decimal(0)) or Decimal(1)


Entered = dict[tuple[int, int], Measured]


def line_periods(unit_quarter: UnitQuarter, line: BudgetLine, cell: CellName) -> Periods:
    """The same sub-activity, unit and funding source through the years. Three queries."""
    year = unit_quarter.year
    lines = BudgetLine.objects.filter(
        unit=line.unit_id,
        node=line.node_id,
        funding_source=line.funding_source_id,
        year__range=(year - YEARS_BACK, year),
    ).select_related("official_realisation")
    by_year = {found.year: found for found in lines}
    entries = QuarterlyRealisation.objects.filter(line__in=[found.pk for found in by_year.values()])
    entered: Entered = {
        (row.year, row.quarter): getattr(row, cell)
        for row in entries.filter(_until(unit_quarter)).annotate(
            year=F("unit_quarter__year"), quarter=F("unit_quarter__quarter")
        )
    }
    printed = _printed(by_year) if cell == CellName.AMOUNT else {}
    years = [
        _year_of_line(past, by_year[past], entered, printed, cell)
        for past in range(year - YEARS_BACK, year)
        if past in by_year
    ]
    years.append(_this_year(unit_quarter, entered, Combine.SUM if cell == CellName.AMOUNT else Combine.LAST))
    return Periods(_quarters(unit_quarter, entered, printed), _told(years))


def indicator_periods(unit_quarter: UnitQuarter, version: IndicatorVersion) -> Periods:
    """An indicator stays the same through the years. Two queries."""
    year, indicator = unit_quarter.year, version.indicator_id
    method = Combine(version.combine)
    rows = Measurement.objects.filter(indicator=indicator, unit_quarter__unit=unit_quarter.unit_id)
    entered: Entered = {
        (row.year, row.quarter): row.measured
        for row in rows.filter(
            _until(unit_quarter), unit_quarter__year__range=(year - YEARS_BACK, year)
        ).annotate(year=F("unit_quarter__year"), quarter=F("unit_quarter__quarter"))
    }
    declared = {
        row.year: measured(row.realised_state, row.realised)
        for row in AnnualResult.objects.filter(indicator=indicator, year__range=(year - YEARS_BACK, year - 1))
    }
    years = []
    for past in range(year - YEARS_BACK, year):
        quarters = _of_year(entered, past)
        if past in declared:
            years.append(Period(str(past), declared[past], DECLARED))
        elif any(not value.is_missing for value in quarters):
            years.append(Period(str(past), combine(quarters, method).value))
    years.append(_this_year(unit_quarter, entered, method))
    return Periods(_quarters(unit_quarter, entered, {}), _told(years))


def _until(unit_quarter: UnitQuarter) -> Q:
    """Earlier years, and this one up to the quarter."""
    return Q(unit_quarter__year__lt=unit_quarter.year) | Q(
        unit_quarter__year=unit_quarter.year, unit_quarter__quarter__lte=unit_quarter.quarter
    )


def _printed(by_year: dict[int, BudgetLine]) -> Entered:
    """The quarters of an imported form; what is not printed or not readable is *belum ada*."""
    rows = ImportedLine.objects.filter(line__in=[line.pk for line in by_year.values()])
    found: Entered = {}
    for row in rows.annotate(year=F("line__year")).order_by("form", "number"):
        for quarter, amount in enumerate((row.rp_q1, row.rp_q2, row.rp_q3, row.rp_q4), 1):
            found.setdefault((row.year, quarter), Measured.optional(amount))
    return found


def _of_year(entered: Entered, year: int) -> list[Measured]:
    return [entered.get((year, quarter), MISSING) for quarter in QUARTERS]


def _year_of_line(year: int, line: BudgetLine, entered: Entered, printed: Entered, cell: CellName) -> Period:
    """The official figure where there is one, else the entries, else the printed form."""
    official = getattr(line, "official_realisation", None)
    if official is not None:
        number = official.amount_rp if cell == CellName.AMOUNT else official.physical_pct
        if number is not None:
            return Period(str(year), Measured.of(number), OFFICIAL)
    method = Combine.SUM if cell == CellName.AMOUNT else Combine.LAST
    quarters = _of_year(entered, year)
    if any(not value.is_missing for value in quarters):
        return Period(str(year), combine(quarters, method).value)
    return Period(str(year), combine(_of_year(printed, year), method).value, PRINTED)


def _this_year(unit_quarter: UnitQuarter, entered: Entered, method: Combine) -> Period:
    values = _of_year(entered, unit_quarter.year)[: unit_quarter.quarter]
    note = SO_FAR if unit_quarter.quarter < len(QUARTERS) else ""
    return Period(str(unit_quarter.year), combine(values, method, len(values)).value, note, is_now=True)


def _quarters(unit_quarter: UnitQuarter, entered: Entered, printed: Entered) -> tuple[Period, ...]:
    """The year before where anything is known of it, and this year up to the quarter."""
    periods = []
    for year in range(unit_quarter.year - QUARTERS_BACK, unit_quarter.year + 1):
        last = unit_quarter.quarter if year == unit_quarter.year else len(QUARTERS)
        places = [(year, quarter) for quarter in range(1, last + 1)]
        source, note = entered, ""
        if not any(place in entered for place in places):
            source, note = printed, PRINTED
        if year < unit_quarter.year and not any(place in source for place in places):
            continue
        for place in places:
            value = source.get(place, MISSING)
            now = place == (unit_quarter.year, unit_quarter.quarter)
            periods.append(
                Period(
                    f"TW {ROMAN[place[1] - 1]} {year}", value, "" if value.is_missing else note, is_now=now
                )
            )
    return tuple(periods)


def _told(years: Sequence[Period]) -> tuple[Period, ...]:
    """This year alone compares with nothing."""
    return tuple(years) if len(years) > 1 else ()
