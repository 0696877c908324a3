"""An agency's indicators in one year: targets, realisations, comparisons with other years and the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from sakip.models import (
    Agency,
    Agreement,
    AgreementIndicator,
    AnnualResult,
    Indicator,
    IndicatorVersion,
    Measurement,
    NationalStandard,
    QuarterRow,
    StrategicPlan,
    Target,
    TargetKind,
)
from sakip.models.base import measured
from sakip.queries.measuring import is_measured_by
from sakip.scoring import comparison
from sakip.scoring.achievement import Polarity, achievement
from sakip.scoring.aggregation import Combine, combine, mean_of
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import TARGET_MISSING, Reason, Result
from sakip.scoring.scales import Band, Scale
from sakip.scoring.values import MISSING, Measured

DEFINITION_MISSING = Reason("definition_missing", "definisi indikator belum ada")
STANDARD_MISSING = Reason("standard_missing", "standar nasional belum dicatat")
STANDARD_NONE = Reason("not_applicable", "standar nasional tidak ada")
# The author of what no person entered.
LOADED = "dimuat dari paket data"


@dataclass(frozen=True, slots=True)
class LastEntry:
    """The last quarter that was filled in: where a realisation came from."""

    quarter: int
    unit: str
    state: str
    by: str
    at: datetime | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearResult:
    """One indicator in one year. `source` says where the realisation was read."""

    year: int
    target: Measured
    realised: Measured
    quarters: tuple[Measured, ...]
    provisional: bool
    achievement: Result
    source: str
    last_entry: LastEntry | None


@dataclass(frozen=True, slots=True)
class IndicatorYear:
    """An indicator of the agreement in force. `history` holds the years before, the oldest first.

    `scale` is the policy's scale that has the indicator's key (ipp, ikm, akip); `category` is the band of
    the realisation on it.
    """

    indicator: Indicator
    version: IndicatorVersion | None
    year: int
    number: int
    outcome_text: str
    name: str
    unit_of_measure: str
    decimals: int
    polarity: Polarity
    target: Measured
    realised: Measured
    quarters: tuple[Measured, ...]
    provisional: bool
    achievement: Result
    source: str
    last_entry: LastEntry | None
    history: tuple[YearResult, ...]
    plan: StrategicPlan | None
    plan_targets: Mapping[int, Measured]
    plan_final: tuple[int, Measured] | None
    plan_achievement: Result
    national_standard: Measured | None
    national_achievement: Result
    scale: Scale | None
    category: Band | None

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def attainment(self) -> str:
        """melampaui, mencapai, belum mencapai or "belum dapat dinilai"."""
        return comparison.attainment_word(self.achievement)

    @property
    def previous(self) -> YearResult | None:
        """The year just before, if anything is known of it."""
        return next((result for result in self.history if result.year == self.year - 1), None)

    @property
    def trend(self) -> comparison.Trend:
        before = self.previous.realised if self.previous else MISSING
        return comparison.trend(self.realised, before, self.polarity, self.decimals)


@dataclass(frozen=True, slots=True)
class IndicatorHistory:
    """A row of the comparison of years: one result a year, the oldest first."""

    indicator: Indicator
    name: str
    unit_of_measure: str
    decimals: int
    results: tuple[YearResult, ...]

    @property
    def current(self) -> YearResult:
        return self.results[-1]


def mean_achievement(results: tuple[YearResult, ...] | tuple[IndicatorYear, ...]) -> Result:
    """The simple mean of the achievements; a single one keeps its own working."""
    return mean_of([result.achievement for result in results])


class PerformanceReader:
    """Reads an agency's indicators up to a year once, in a constant number of queries."""

    def __init__(self, agency: Agency, year: int, policy: ScoringPolicy) -> None:
        self.agency = agency
        self.year = year
        self.policy = policy
        self.agreements = _agreements_in_force(agency, year)
        self.indicators = list(_indicators(agency, year))

    def of_agreement(self) -> tuple[IndicatorYear, ...]:
        """The indicators of the agreement in force at year end, in its order; empty without an agreement."""
        by_pk = {indicator.pk: indicator for indicator in self.indicators}
        return tuple(
            self._indicator_year(by_pk[item.indicator_id], item) for item in self._items_of(self.year)
        )

    def history(self, years: int) -> tuple[IndicatorHistory, ...]:
        """All indicators with a result in the last `years` years, or in the agreement of the year."""
        span = range(self.year - years + 1, self.year + 1)
        in_agreement = {item.indicator_id for item in self._items_of(self.year)}
        found = []
        for indicator in self.indicators:
            results = tuple(self._result(indicator, year) for year in span)
            if indicator.pk in in_agreement or any(r.realised.state != MISSING.state for r in results):
                version = _version_to_show(indicator, self.year)
                found.append(
                    IndicatorHistory(
                        indicator=indicator,
                        name=version.name if version else indicator.key,
                        unit_of_measure=version.unit_of_measure if version else "",
                        decimals=version.decimals if version else 2,
                        results=results,
                    )
                )
        return tuple(found)

    def results_in(self, year: int) -> tuple[YearResult, ...]:
        """What counts as a year's performance: its agreement's indicators, else the key indicators known."""
        items = self._items_of(year)
        chosen = {item.indicator_id for item in items}
        wanted = [i for i in self.indicators if (i.pk in chosen if items else i.is_key)]
        results = tuple(self._result(indicator, year) for indicator in wanted)
        return results if items else tuple(r for r in results if r.realised.is_number)

    def _items_of(self, year: int) -> list[AgreementIndicator]:
        agreement = self.agreements.get(year)
        return list(agreement.indicators.all()) if agreement else []

    def _indicator_year(self, indicator: Indicator, item: AgreementIndicator) -> IndicatorYear:
        result = self._result(indicator, self.year)
        version = indicator.version_in(self.year)
        plan = _plan_of(indicator, self.agreements[self.year])
        targets = {t.year: measured(t.value_state, t.value) for t in indicator.targets.all()}
        final = (plan.last_year, targets.get(plan.last_year, MISSING)) if plan else None
        standard = next(iter(indicator.national_standards.all()), None)
        scale = next((scale for scale in self.policy.scales if scale.key == indicator.key), None)
        shown = version or _version_to_show(indicator, self.year)
        return IndicatorYear(
            indicator=indicator,
            version=version,
            year=self.year,
            number=item.number,
            outcome_text=item.outcome_text,
            name=shown.name if shown else indicator.key,
            unit_of_measure=item.unit_of_measure or (shown.unit_of_measure if shown else ""),
            decimals=shown.decimals if shown else 2,
            polarity=Polarity(shown.polarity) if shown else Polarity.HIGHER,
            target=result.target,
            realised=result.realised,
            quarters=result.quarters,
            provisional=result.provisional,
            achievement=result.achievement,
            source=result.source,
            last_entry=result.last_entry,
            history=tuple(self._result(indicator, year) for year in self._known_years(indicator)),
            plan=plan,
            plan_targets=targets,
            plan_final=final,
            plan_achievement=(
                self._achievement(version, final[1], result.realised, result.provisional)
                if final
                else Result.without(TARGET_MISSING)
            ),
            national_standard=measured(standard.value_state, standard.value) if standard else None,
            national_achievement=self._against_standard(version, standard, result),
            scale=scale,
            category=_category(scale, result.realised),
        )

    def _known_years(self, indicator: Indicator) -> list[int]:
        years = {annual.year for annual in indicator.annual_results.all()}
        years |= {measurement.unit_quarter.year for measurement in indicator.measurements.all()}
        years |= {
            year
            for year in self.agreements
            if any(item.indicator_id == indicator.pk for item in self._items_of(year))
        }
        return sorted(year for year in years if year < self.year)

    def _result(self, indicator: Indicator, year: int) -> YearResult:
        version = indicator.version_in(year)
        annual = next((a for a in indicator.annual_results.all() if a.year == year), None)
        entries = _entries(indicator, year)
        quarters = _quarters(entries)
        source, provisional = "", False
        realised = MISSING
        if version and any(not value.is_missing for value in quarters):
            realised, provisional, _steps = combine(quarters, Combine(version.combine))
            source = "Realisasi triwulan"
        elif annual is not None:
            realised = measured(annual.realised_state, annual.realised)
            source = annual.source or "Hasil tahunan"
        target = self._target(indicator, year, annual)
        return YearResult(
            year=year,
            target=target,
            realised=realised,
            quarters=quarters,
            provisional=provisional,
            achievement=self._achievement(version, target, realised, provisional),
            source=source,
            last_entry=last_entry([entry for entry in entries if not entry.measured.is_missing]),
        )

    def _target(self, indicator: Indicator, year: int, annual: AnnualResult | None) -> Measured:
        for item in self._items_of(year):
            if item.indicator_id == indicator.pk:
                return measured(item.target_state, item.target)
        return measured(annual.target_state, annual.target) if annual else MISSING

    def _achievement(
        self, version: IndicatorVersion | None, target: Measured, realised: Measured, provisional: bool
    ) -> Result:
        if version is None:
            return Result.without(DEFINITION_MISSING)
        found = achievement(
            target,
            realised,
            Polarity(version.polarity),
            self.policy,
            lower=version.lower_bound,
            upper=version.upper_bound,
        )
        return found.as_provisional(provisional)

    def _against_standard(
        self, version: IndicatorVersion | None, standard: NationalStandard | None, result: YearResult
    ) -> Result:
        if standard is None:
            return Result.without(STANDARD_MISSING)
        value = measured(standard.value_state, standard.value)
        if not value.is_number:
            return Result.without(STANDARD_NONE)
        return self._achievement(version, value, result.realised, result.provisional)


def _agreements_in_force(agency: Agency, year: int) -> dict[int, Agreement]:
    """By year, the agreement in force at its end (see `AgreementQuerySet.in_force`)."""
    binding = (
        Agreement.objects.filter(agency=agency, year__lte=year)
        .binding()
        .select_related("plan")
        .prefetch_related(Prefetch("indicators", AgreementIndicator.objects.order_by("number")))
    )
    return {agreement.year: agreement for agreement in binding.order_by("year", "revision")}


def _indicators(agency: Agency, year: int):
    """Indicators above the programme tree, and those of it that an agreement or the IKU list names."""
    agreed = Q(agreement_indicators__agreement__is_draft=False)
    wanted = Q(node__isnull=True) | Q(is_key=True) | agreed
    entries = Measurement.objects.filter(unit_quarter__year__lte=year)
    return (
        Indicator.objects.filter(wanted, agency=agency)
        .distinct()
        .select_related("unit", "outcome__objective__plan", "objective__plan")
        .order_by("sort_order", "pk")
        .prefetch_related(
            "versions",
            Prefetch("targets", Target.objects.filter(kind=TargetKind.PLAN)),
            Prefetch("annual_results", AnnualResult.objects.filter(year__lte=year)),
            Prefetch("national_standards", NationalStandard.objects.filter(year=year)),
            Prefetch(
                "measurements",
                entries.select_related("unit_quarter__unit", "updated_by").prefetch_related("evidence"),
            ),
        )
    )


def _version_to_show(indicator: Indicator, year: int) -> IndicatorVersion | None:
    """The definition of the year; for an indicator no longer or not yet defined then, the nearest one."""
    versions = sorted(indicator.versions.all(), key=lambda version: version.valid_from_year)
    return indicator.version_in(year) or (versions[0] if versions else None)


def _category(scale: Scale | None, realised: Measured) -> Band | None:
    number = realised.number
    return scale.band_for(number) if scale and number is not None and scale.contains(number) else None


def _plan_of(indicator: Indicator, agreement: Agreement) -> StrategicPlan | None:
    if indicator.outcome is not None:
        return indicator.outcome.objective.plan
    if indicator.objective is not None:
        return indicator.objective.plan
    return agreement.plan


def _entries(indicator: Indicator, year: int) -> list[Measurement]:
    """The year's measurements by the unit that measures the indicator, in the order of the quarters."""
    found = [
        measurement
        for measurement in indicator.measurements.all()
        if measurement.unit_quarter.year == year and is_measured_by(indicator, measurement.unit_quarter.unit)
    ]
    return sorted(found, key=lambda measurement: measurement.unit_quarter.quarter)


def _quarters(entries: list[Measurement]) -> tuple[Measured, ...]:
    by_quarter = {entry.unit_quarter.quarter: entry.measured for entry in entries}
    return tuple(by_quarter.get(quarter, MISSING) for quarter in QUARTERS)


def last_entry(filled: Sequence[QuarterRow]) -> LastEntry | None:
    """Of rows that hold a value, in the order of the quarters."""
    if not filled:
        return None
    last = filled[-1]
    return LastEntry(
        quarter=last.unit_quarter.quarter,
        unit=last.unit_quarter.unit.name,
        state=last.get_state_display(),
        by=str(last.updated_by) if last.updated_by else LOADED,
        at=last.updated_at,
        evidence=tuple(evidence.name for evidence in last.evidence.all()),
    )
