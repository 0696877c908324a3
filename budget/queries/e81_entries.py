"""What units entered for form E.81, each table read once: indicators over the plan's years, and money."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q

from budget.models import BudgetLine, OfficialRealisation, QuarterlyRealisation
from budget.queries.e81_form import ZERO, IndicatorLine
from sakip.models import (
    Agency,
    AnnualResult,
    Indicator,
    IndicatorVersion,
    Measurement,
    Target,
    TargetKind,
    UnitKind,
)
from sakip.models.base import measured
from sakip.scoring.achievement import Polarity, achievement
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.values import MISSING, Measured


@dataclass(frozen=True, slots=True)
class Years:
    """The form's year, and the first and last year of the plan in force at its end."""

    this: int
    first: int
    last: int

    @property
    def before(self) -> range:
        return range(self.first, self.this)


class Performance:
    """The indicators of the programme tree with targets and realisations: five queries."""

    def __init__(self, agency: Agency, years: Years, policy: ScoringPolicy) -> None:
        self.years = years
        self.policy = policy
        indicators = Indicator.objects.filter(agency=agency, node__isnull=False)
        self._by_place: dict[tuple[int | None, int | None], list[Indicator]] = defaultdict(list)
        for indicator in indicators.prefetch_related("versions"):
            self._by_place[indicator.node_id, indicator.unit_id].append(indicator)
        self._targets = {
            (target.indicator_id, target.kind, target.year): measured(target.value_state, target.value)
            for target in Target.objects.filter(indicator__in=indicators, quarter=0)
        }
        self._quarters = {
            (row.indicator_id, row.unit_quarter.year, row.unit_quarter.quarter): row.measured
            for row in Measurement.objects.filter(
                # Where no unit is named, the agency's own office measures.
                Q(unit_quarter__unit=F("indicator__unit"))
                | Q(indicator__unit__isnull=True, unit_quarter__unit__kind=UnitKind.OFFICE),
                indicator__in=indicators,
                unit_quarter__year__range=(years.first, years.this),
            ).select_related("unit_quarter")
        }
        self._results = {
            (result.indicator_id, result.year): measured(result.realised_state, result.realised)
            for result in AnnualResult.objects.filter(
                indicator__in=indicators, year__range=(years.first, years.this)
            )
        }

    def of(self, node_id: int, unit_id: int | None = None) -> tuple[IndicatorLine, ...]:
        """A parent's indicators, or those that a unit measures in its sub-activity; where the unit has none
        of its own, those that the office measures for all."""
        found = self._by_place.get((node_id, unit_id)) or self._by_place.get((node_id, None)) or []
        lines = [(indicator, indicator.version_in(self.years.this)) for indicator in found]
        return tuple(self._line(indicator, version) for indicator, version in lines if version)

    def _line(self, indicator: Indicator, version: IndicatorVersion) -> IndicatorLine:
        year = self.years.this
        method = Combine(version.combine)
        quarters = self._quarters_of(indicator, year)
        this_year = combine(quarters, method)
        total = (
            self._results.get((indicator.pk, year), MISSING)
            if this_year.value.is_missing
            else this_year.value
        )
        target = self._targets.get((indicator.pk, TargetKind.ANNUAL, year), MISSING)
        k = achievement(
            target,
            total,
            Polarity(version.polarity),
            self.policy,
            lower=version.lower_bound,
            upper=version.upper_bound,
        )
        past = [self._year_of(indicator, earlier, method) for earlier in self.years.before]
        return IndicatorLine(
            name=version.name,
            unit_of_measure=version.unit_of_measure,
            target=target,
            quarters=quarters,
            total=total,
            k=k.as_provisional(this_year.provisional),
            plan_target=self._targets.get((indicator.pk, TargetKind.PLAN, self.years.last), MISSING),
            before=combine(past, method, len(past)).value if past else MISSING,
            to_date=combine([*past, total], method, len(past) + 1).value,
        )

    def _quarters_of(self, indicator: Indicator, year: int) -> tuple[Measured, ...]:
        return tuple(self._quarters.get((indicator.pk, year, quarter), MISSING) for quarter in QUARTERS)

    def _year_of(self, indicator: Indicator, year: int, method: Combine) -> Measured:
        """An earlier year as its document declares it, else as its quarters give it."""
        declared = self._results.get((indicator.pk, year), MISSING)
        return combine(self._quarters_of(indicator, year), method).value if declared.is_missing else declared


class PastSpending:
    """What each unit's sub-activity spent in the plan's earlier years (rupiah): two queries. The official
    figure of a line replaces what was entered for it."""

    def __init__(self, agency: Agency, years: Years) -> None:
        lines = BudgetLine.objects.filter(unit__agency=agency, year__in=years.before)
        spent: dict[BudgetLine, Decimal] = defaultdict(Decimal)
        entries = QuarterlyRealisation.objects.filter(line__in=lines, amount_rp__isnull=False)
        for entry in entries.select_related("line"):
            spent[entry.line] += entry.amount_rp or ZERO
        for figure in OfficialRealisation.objects.filter(line__in=lines).select_related("line"):
            spent[figure.line] = figure.amount_rp
        self._amounts: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for line, amount in spent.items():
            self._amounts[line.unit_id, line.node_id] += amount
        self._has_past = bool(years.before)

    def of(self, unit_id: int, node_id: int) -> Measured:
        """Up to last year; *belum ada* in the plan's first year."""
        return Measured.of(self._amounts[unit_id, node_id]) if self._has_past else MISSING
