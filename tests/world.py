"""A small office for tests of the portal: two units, a little budget, 2026 with its fourth quarter open."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from budget.models import BudgetKind, BudgetLine, BudgetVersion, Ceiling, QuarterlyRealisation
from sakip.models import (
    Agency,
    AgencyKind,
    Agreement,
    AgreementIndicator,
    AgreementKind,
    Combine,
    Government,
    Indicator,
    IndicatorVersion,
    Measurement,
    Membership,
    NodeLevel,
    ProgrammeNode,
    ReportingYear,
    Role,
    RowState,
    ScoringPolicy,
    Target,
    TargetKind,
    Unit,
    UnitKind,
    UnitQuarter,
    User,
    ValueState,
)

YEAR = 2026
PASSWORD = "kata-sandi-uji-2026"


@dataclass
class Office:
    """An agency with its units `office` and `village`, and one user a persona."""

    agency: Agency
    office: Unit
    village: Unit
    people: dict[str, User]

    def quarter(self, unit: Unit, quarter: int = 4) -> UnitQuarter:
        return UnitQuarter.objects.select_related("unit__agency__government").get(
            unit=unit, year=YEAR, quarter=quarter
        )

    def line(self, unit: Unit, key: str = "P1.K1.S1") -> BudgetLine:
        return BudgetLine.objects.get(unit=unit, node__key=key, year=YEAR)

    def indicator(self, key: str) -> Indicator:
        return Indicator.objects.get(agency=self.agency, key=key)


def make_office(slug: str = "contoh", government: Government | None = None) -> Office:
    government = government or _government(slug)
    agency = Agency.objects.create(
        government=government,
        slug=slug,
        name=f"Kecamatan {slug.title()}",
        kind=AgencyKind.KECAMATAN,
        head_title="Camat",
    )
    office = Unit.objects.create(
        agency=agency, slug="kantor", name=f"Kantor {slug}", kind=UnitKind.OFFICE, sort_order=1
    )
    village = Unit.objects.create(
        agency=agency, slug="kelurahan", name=f"Kelurahan {slug}", kind=UnitKind.KELURAHAN, sort_order=2
    )
    ReportingYear.objects.create(agency=agency, year=YEAR)
    _plan(agency, (office, village))
    _quarters((office, village))
    return Office(agency, office, village, _people(slug, government, agency, office, village))


def _government(slug: str) -> Government:
    """With a policy of its own: half of the money for almost all of the work is usual here, and not asked
    about."""
    government = Government.objects.create(
        name=f"Kota {slug}", place=slug.title(), province="Provinsi", head_title="Walikota"
    )
    common = ScoringPolicy.objects.for_year(None, YEAR)
    rules = common.rules | {"entry_checks": common.rules["entry_checks"] | {"physical_gap": "100"}}
    ScoringPolicy.objects.create(
        government=government, name=f"Kebijakan {slug}", valid_from=YEAR, rules=rules
    )
    return government


def _plan(agency: Agency, units: tuple[Unit, Unit]) -> None:
    """One programme with one activity of two sub-activities, each in both units, with an indicator each."""
    programme = _node(agency, None, "P1", NodeLevel.PROGRAMME, "Program satu", 1)
    activity = _node(agency, programme, "P1.K1", NodeLevel.ACTIVITY, "Kegiatan satu", 2)
    subs = [
        _node(agency, activity, f"P1.K1.S{n}", NodeLevel.SUB_ACTIVITY, f"Sub kegiatan {n}", 2 + n)
        for n in (1, 2)
    ]
    version = BudgetVersion.objects.create(agency=agency, year=YEAR, number=1, kind=BudgetKind.ORIGINAL)
    for unit in units:
        for number, sub in enumerate(subs, 1):
            line = BudgetLine.objects.create(unit=unit, node=sub, year=YEAR, sort_order=number)
            Ceiling.objects.create(version=version, line=line, amount_rp=Decimal(1_000_000 * number))
            _indicator(agency, f"k-{unit.slug}-{number}", f"Jumlah dokumen {number}", unit=unit, node=sub)
    key = _indicator(agency, "ipp", "Indeks Pelayanan Publik", combine=Combine.LAST, is_key=True)
    agreement = Agreement.objects.create(
        agency=agency,
        year=YEAR,
        kind=AgreementKind.ORIGINAL,
        title="Perjanjian Kinerja",
        first_party_title="Camat",
    )
    AgreementIndicator.objects.create(
        agreement=agreement,
        indicator=key,
        number=1,
        outcome_text="Pelayanan publik meningkat",
        target_state=ValueState.NUMBER,
        target=Decimal("3.68"),
    )


def _node(
    agency: Agency, parent: ProgrammeNode | None, key: str, level: str, name: str, order: int
) -> ProgrammeNode:
    return ProgrammeNode.objects.create(
        agency=agency,
        parent=parent,
        key=key,
        level=level,
        nomenclature_year=2023,
        name=name,
        sort_order=order,
    )


def _indicator(agency: Agency, key: str, name: str, combine: str = Combine.SUM, **owner) -> Indicator:
    indicator = Indicator.objects.create(agency=agency, key=key, **owner)
    IndicatorVersion.objects.create(
        indicator=indicator, valid_from_year=2025, name=name, unit_of_measure="dokumen", combine=combine
    )
    Target.objects.create(
        indicator=indicator,
        kind=TargetKind.ANNUAL,
        year=YEAR,
        value_state=ValueState.NUMBER,
        value=Decimal(4),
    )
    return indicator


def _quarters(units: tuple[Unit, Unit]) -> None:
    """Quarters I to III are locked and filled in; the fourth is open for a month around today."""
    today = timezone.localdate()
    for unit in units:
        for quarter in (1, 2, 3):
            done = UnitQuarter.objects.create(unit=unit, year=YEAR, quarter=quarter, state=RowState.LOCKED)
            for line in BudgetLine.objects.filter(unit=unit, year=YEAR):
                QuarterlyRealisation.objects.create(
                    unit_quarter=done,
                    line=line,
                    amount_state=ValueState.NUMBER,
                    amount_rp=Decimal(200_000),
                    physical_state=ValueState.NUMBER,
                    physical_pct=Decimal(20 * quarter),
                )
            for indicator in Indicator.objects.filter(unit=unit):
                Measurement.objects.create(
                    unit_quarter=done,
                    indicator=indicator,
                    value_state=ValueState.NUMBER,
                    value=Decimal(1),
                )
        UnitQuarter.objects.create(
            unit=unit,
            year=YEAR,
            quarter=4,
            entry_opens=today - timedelta(days=10),
            entry_closes=today + timedelta(days=20),
            review_closes=today + timedelta(days=40),
        )


def _people(
    slug: str, government: Government, agency: Agency, office: Unit, village: Unit
) -> dict[str, User]:
    """Everybody with a role; `colleague` is the operator of the other unit."""
    roles: dict[str, dict] = {
        "operator": {"role": Role.OPERATOR, "agency": agency, "unit": village},
        "colleague": {"role": Role.OPERATOR, "agency": agency, "unit": office},
        "unit_head": {"role": Role.UNIT_HEAD, "agency": agency, "unit": village},
        "planner": {"role": Role.PLANNER, "agency": agency},
        "head": {"role": Role.HEAD, "agency": agency},
        "evaluator": {"role": Role.EVALUATOR, "agency": agency},
        "admin": {"role": Role.ADMIN, "agency": agency},
        "city": {"role": Role.CITY, "government": government},
    }
    people = {}
    for persona, membership in roles.items():
        people[persona] = User.objects.create_user(f"{persona}.{slug}", password=PASSWORD)
        Membership.objects.create(user=people[persona], **membership)
    return people


def days_from_today(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
