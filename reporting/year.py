"""One agency in one year: each topic read once, every figure computed once, whatever shows it."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from budget.queries.budget_year import BudgetYear, budget_year
from budget.queries.e81 import E81Form, e81
from budget.queries.quarter_curve import Curve, quarter_curve
from budget.queries.reconciliation import Reconciliation, reconcile
from reporting.efficiency import EfficiencyReport, YearEfficiency, efficiency_before, efficiency_report
from reporting.fingerprint import data_fingerprint
from sakip.models import (
    Agency,
    AgencyProfile,
    Factor,
    FactorKind,
    LegalBasis,
    Official,
    Position,
    ReportingYear,
    StaffDimension,
    Unit,
)
from sakip.models import ScoringPolicy as ScoringPolicyRow
from sakip.queries import evaluation
from sakip.queries import profile as facts
from sakip.queries.agreements import Agreements, agreements_of_year
from sakip.queries.officials import Signatory, officials, signatory
from sakip.queries.performance import IndicatorHistory, IndicatorYear, PerformanceReader, mean_achievement
from sakip.queries.planning import Plan, plans_of_year
from sakip.scoring.index_score import IndexScore
from sakip.scoring.organisation_score import IndicatorAchievement, OrganisationScore, organisation_score
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import REALISED_MISSING, Result

HISTORY_YEARS = 4


class OfficeYear:
    """Everything that the report, the pages and the charts show of an agency's year.

    A topic is read when it is first asked for and then kept, so one object serves one request or one
    document; make a new one to see later changes. Raises ScoringPolicy.DoesNotExist where no scoring policy
    covers the year.
    """

    def __init__(self, agency: Agency, year: int) -> None:
        self.agency = agency
        self.year = year

    def __repr__(self) -> str:
        return f"OfficeYear({self.agency.slug}, {self.year})"

    # -- the year itself
    @cached_property
    def reporting_years(self) -> tuple[ReportingYear, ...]:
        """Every year of the agency up to this one, the oldest first."""
        found = ReportingYear.objects.filter(agency=self.agency, year__lte=self.year)
        return tuple(found.order_by("year"))

    @cached_property
    def reporting_year(self) -> ReportingYear | None:
        return next((row for row in self.reporting_years if row.year == self.year), None)

    @property
    def is_sample(self) -> bool:
        """Whether the year's figures are made up, which every page and print must say."""
        return bool(self.reporting_year and self.reporting_year.is_sample)

    @property
    def report_date(self) -> date | None:
        return self.reporting_year.report_date if self.reporting_year else None

    @property
    def report_number(self) -> str:
        return self.reporting_year.report_number if self.reporting_year else ""

    @cached_property
    def policy(self) -> ScoringPolicy:
        return ScoringPolicyRow.objects.for_year(self.agency.government_id, self.year).as_policy()

    # -- chapter I
    @cached_property
    def profile(self) -> AgencyProfile | None:
        return facts.profile(self.agency, self.year)

    @cached_property
    def population(self) -> facts.Population:
        return facts.population(self.agency, self.year)

    @cached_property
    def staff(self) -> Mapping[StaffDimension, facts.StaffTable]:
        return facts.staff(self.agency, self.year)

    @cached_property
    def assets(self) -> facts.Assets:
        return facts.assets(self.agency, self.year)

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        return facts.factors(self.agency, self.year)

    def factors_of(self, section: str, *kinds: FactorKind) -> tuple[Factor, ...]:
        """The points of one section, of the given kinds (all, without any)."""
        return tuple(f for f in self.factors if f.section == section and (not kinds or f.kind in kinds))

    @property
    def issues(self) -> tuple[Factor, ...]:
        return tuple(factor for factor in self.factors if factor.kind == FactorKind.ISSUE)

    @cached_property
    def legal_bases(self) -> tuple[LegalBasis, ...]:
        return facts.legal_bases(self.agency)

    @cached_property
    def functions(self) -> tuple[str, ...]:
        return facts.functions(self.agency)

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        return facts.positions(self.agency)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return facts.units(self.agency)

    @cached_property
    def akip(self) -> tuple[evaluation.AkipYear, ...]:
        """The evaluations of the years before that were issued before the report, the oldest first."""
        return evaluation.akip_series(self.agency, self.year, self.policy, self.report_date)

    @property
    def latest_akip(self) -> evaluation.AkipYear | None:
        return self.akip[-1] if self.akip else None

    @cached_property
    def recommendations(self) -> evaluation.Recommendations:
        return evaluation.recommendations(self.agency, self.year, self.report_date)

    # -- chapter II
    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        return plans_of_year(self.agency, self.year)

    @property
    def plan(self) -> Plan | None:
        """The strategic plan in force at year end."""
        return self.plans[0] if self.plans else None

    @cached_property
    def agreements(self) -> Agreements:
        return agreements_of_year(self.agency, self.year)

    # -- chapter III
    @cached_property
    def _performance(self) -> PerformanceReader:
        return PerformanceReader(self.agency, self.year, self.policy)

    @cached_property
    def indicators(self) -> tuple[IndicatorYear, ...]:
        """The indicators of the agreement in force at year end."""
        return self._performance.of_agreement()

    @cached_property
    def indicator_history(self) -> tuple[IndicatorHistory, ...]:
        return self._performance.history(HISTORY_YEARS)

    @cached_property
    def mean_achievement(self) -> Result:
        return mean_achievement(self.indicators) if self.indicators else Result.without(REALISED_MISSING)

    @cached_property
    def ipp(self) -> IndexScore | None:
        return evaluation.ipp_score(self.agency, self.year, self.policy)

    @cached_property
    def survey(self) -> evaluation.Survey | None:
        """The year's satisfaction survey, which gives the IKM."""
        return evaluation.survey(self.agency, self.year, self.policy)

    @cached_property
    def budget(self) -> BudgetYear:
        return budget_year(self.agency, self.year)

    @cached_property
    def curve(self) -> Curve:
        return quarter_curve(self.agency, self.budget)

    @cached_property
    def e81(self) -> E81Form:
        return e81(self.agency, self.year, self.policy, self.budget)

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """The official realisations against the form's entries, per budget line."""
        return reconcile(self.e81, self.budget, self.policy)

    @cached_property
    def efficiency(self) -> EfficiencyReport:
        return efficiency_report(self.indicators, self.budget, self.policy)

    @cached_property
    def efficiency_before(self) -> tuple[YearEfficiency, ...]:
        """Of the two years before, the latest first."""
        return efficiency_before(self._performance, self.policy)

    @cached_property
    def nko(self) -> OrganisationScore:
        """The organisation score by the predicate of the latest evaluation issued before the report."""
        achievements = [IndicatorAchievement(row.name, row.achievement) for row in self.indicators]
        latest = self.latest_akip
        return organisation_score(achievements, self.policy, akip_score=latest.score if latest else None)

    @cached_property
    def awards(self) -> tuple[evaluation.AwardRow, ...]:
        return evaluation.awards(self.agency, self.year)

    # -- who signs
    @cached_property
    def officials(self) -> tuple[Official, ...]:
        return officials(self.agency)

    def signatory(self, title: str, on: date | None = None) -> Signatory:
        """Who holds a title ("Camat", "Walikota Samarinda") on a day, by default the report's; with blanks
        where nothing is recorded."""
        return signatory(self.officials, title, on or self.report_date)

    def fingerprint(self) -> str:
        """Changes whenever anything that the report can show has changed; does not build the report."""
        return data_fingerprint(self.agency, self.year)
