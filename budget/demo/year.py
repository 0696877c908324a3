"""Opens the demo's year: budget, targets and agreement carried over from last year, marked as sample."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from budget.demo import figures
from budget.models import BudgetKind, BudgetLine, BudgetVersion, CashPlan, Ceiling
from sakip.models import (
    Agency,
    Agreement,
    AgreementIndicator,
    AgreementKind,
    AgreementProgramme,
    Combine,
    Indicator,
    IndicatorVersion,
    NodeLevel,
    ProgrammeNode,
    ReportingYear,
    RowState,
    StrategicPlan,
    Target,
    TargetKind,
    UnitQuarter,
    ValueState,
)

SAMPLE = "data contoh"
# Indicators of the plan that are assessed once a year: they have no target in quarters I to III.
YEARLY = frozenset({"ipp", "p1-ikm", "p1-akip"})


@dataclass(frozen=True, slots=True)
class Window:
    """When a quarter is filled in and checked."""

    opens: date
    closes: date
    review_closes: date


def windows_of(year: int, on: date) -> dict[int, Window]:
    """Ten days after a quarter's end to fill it in, ten more to check it. The last one opens early, and is
    open on the day of the demo whenever that is, for a demo needs a quarter to work in."""
    ends = {
        quarter: Window(date(year, month, 1), date(year, month, 10), date(year, month, 20))
        for quarter, month in ((1, 4), (2, 7), (3, 10))
    }
    closes = max(date(year + 1, 1, 10), on + timedelta(days=30))
    ends[4] = Window(min(date(year, 10, 1), on), closes, closes + timedelta(days=10))
    return ends


@dataclass(frozen=True, slots=True)
class OpenYear:
    """What the sample figures are written for."""

    lines: list[tuple[BudgetLine, Decimal]]
    quarters: dict[tuple[int, int], UnitQuarter]
    measured: list[tuple[Indicator, IndicatorVersion, Decimal | None]]


def open_year(agency: Agency, year: int, on: date) -> OpenYear:
    """Everything of the year but its figures, open on that day. The year before must have a budget."""
    due = date(year + 1, 2, 26)
    ReportingYear.objects.create(agency=agency, year=year, is_sample=True, report_due=due)
    lines = _carry_budget(agency, year)
    measured = _carry_targets(agency, year)
    _sign_agreement(agency, year, lines)
    return OpenYear(lines, _open_quarters(agency, windows_of(year, on), year), measured)


def _carry_budget(agency: Agency, year: int) -> list[tuple[BudgetLine, Decimal]]:
    before = BudgetVersion.objects.latest_of(agency, year - 1)
    old = list(Ceiling.objects.filter(version=before).select_related("line__unit", "line__node"))
    lines = BudgetLine.objects.bulk_create(
        BudgetLine(
            unit=ceiling.line.unit,
            node=ceiling.line.node,
            year=year,
            funding_source_id=ceiling.line.funding_source_id,
            sort_order=ceiling.line.sort_order,
        )
        for ceiling in old
    )
    version = BudgetVersion.objects.create(
        agency=agency, year=year, number=1, kind=BudgetKind.ORIGINAL, document=f"APBD {year} ({SAMPLE})"
    )
    pairs = [(line, ceiling.amount_rp) for line, ceiling in zip(lines, old, strict=True)]
    Ceiling.objects.bulk_create(
        Ceiling(version=version, line=line, amount_rp=amount) for line, amount in pairs
    )
    CashPlan.objects.bulk_create(
        CashPlan(line=line, quarter=quarter, amount_rp=amount)
        for line, ceiling in pairs
        for quarter, amount in enumerate(figures.cash_plan(ceiling), 1)
    )
    return pairs


def _carry_targets(agency: Agency, year: int) -> list[tuple[Indicator, IndicatorVersion, Decimal | None]]:
    """The indicators measured in the year with their targets: those of the plan, else last year's."""
    indicators = Indicator.objects.filter(agency=agency).exclude(node__isnull=True, outcome__isnull=True)
    known = Target.objects.filter(indicator__agency=agency, value_state=ValueState.NUMBER, quarter=0)
    planned = dict(known.filter(kind=TargetKind.PLAN, year=year).values_list("indicator_id", "value"))
    annual = dict(known.filter(kind=TargetKind.ANNUAL, year=year - 1).values_list("indicator_id", "value"))
    measured = []
    targets = []
    for indicator in indicators.select_related("unit").prefetch_related("versions"):
        version = indicator.version_in(year)
        if version is None:
            continue
        value = planned.get(indicator.pk, annual.get(indicator.pk))
        measured.append((indicator, version, value))
        if value is not None:
            targets.append(_target(indicator, TargetKind.ANNUAL, year, 0, value))
            targets += _action_plan(indicator, version, year, value)
    Target.objects.bulk_create(targets)
    return measured


def _action_plan(indicator: Indicator, version: IndicatorVersion, year: int, value: Decimal) -> list[Target]:
    kind = TargetKind.ACTION_PLAN
    if indicator.key in YEARLY:
        early = [
            Target(
                indicator=indicator,
                kind=kind,
                year=year,
                quarter=quarter,
                value_state=ValueState.NOT_APPLICABLE,
            )
            for quarter in figures.QUARTERS
        ]
        return [*early, _target(indicator, kind, year, 4, value)]
    if version.combine == Combine.SUM:
        values = figures.plan_of_counts(value)
    elif version.decimals:
        values = figures.plan_of_level(value, version.decimals)
    else:
        values = (value,) * 4
    return [_target(indicator, kind, year, quarter, each) for quarter, each in enumerate(values, 1)]


def _target(indicator: Indicator, kind: TargetKind, year: int, quarter: int, value: Decimal) -> Target:
    return Target(
        indicator=indicator,
        kind=kind,
        year=year,
        quarter=quarter,
        value_state=ValueState.NUMBER,
        value=value,
    )


def _sign_agreement(agency: Agency, year: int, lines: list[tuple[BudgetLine, Decimal]]) -> None:
    """The RKT and the agreement of the year: the plan's key indicators and the programmes' budgets."""
    plan = StrategicPlan.objects.filter(agency=agency).in_force(date(year, 1, 1)).first()
    documents = [
        (AgreementKind.ANNUAL_PLAN, "Rencana Kinerja Tahunan", date(year, 1, 5), ""),
        (AgreementKind.ORIGINAL, "Perjanjian Kinerja", date(year, 1, 30), agency.government.head_title),
    ]
    for kind, title, signed_on, second_party in documents:
        agreement = Agreement.objects.create(
            agency=agency,
            plan=plan,
            year=year,
            kind=kind,
            title=f"{title} Tahun {year} ({SAMPLE})",
            signed_on=signed_on,
            first_party_title=agency.head_title,
            second_party_title=second_party,
        )
        _list_indicators(agreement, plan)
        if kind == AgreementKind.ORIGINAL:
            _list_programmes(agreement, lines)


def _list_indicators(agreement: Agreement, plan: StrategicPlan | None) -> None:
    of_plan = Indicator.objects.filter(outcome__objective__plan=plan, is_key=True).order_by("sort_order")
    targets = dict(
        Target.objects.filter(
            indicator__in=of_plan, kind=TargetKind.ANNUAL, year=agreement.year, value_state=ValueState.NUMBER
        ).values_list("indicator_id", "value")
    )
    for number, indicator in enumerate(of_plan.select_related("outcome").prefetch_related("versions"), 1):
        version = indicator.version_in(agreement.year)
        target = targets.get(indicator.pk)
        AgreementIndicator.objects.create(
            agreement=agreement,
            indicator=indicator,
            number=number,
            outcome_text=indicator.outcome.text if indicator.outcome else "",
            unit_of_measure=version.unit_of_measure if version else "",
            target_state=ValueState.MISSING if target is None else ValueState.NUMBER,
            target=target,
        )


def _list_programmes(agreement: Agreement, lines: list[tuple[BudgetLine, Decimal]]) -> None:
    nodes = {node.pk: node for node in ProgrammeNode.objects.filter(agency=agreement.agency)}
    sums: dict[int, Decimal] = {}
    for line, amount in lines:
        root = nodes[line.node_id]
        while root.parent_id is not None:
            root = nodes[root.parent_id]
        sums[root.pk] = sums.get(root.pk, Decimal(0)) + amount
    programmes = [node for node in nodes.values() if node.level == NodeLevel.PROGRAMME and node.pk in sums]
    AgreementProgramme.objects.bulk_create(
        AgreementProgramme(
            agreement=agreement, node=node, number=number, name=node.name, amount_rp=sums[node.pk]
        )
        for number, node in enumerate(sorted(programmes, key=lambda node: node.sort_order), 1)
    )


def _open_quarters(
    agency: Agency, windows: dict[int, Window], year: int
) -> dict[tuple[int, int], UnitQuarter]:
    """Quarters I to III are locked, quarter IV is open."""
    quarters = UnitQuarter.objects.bulk_create(
        UnitQuarter(
            unit=unit,
            year=year,
            quarter=quarter,
            entry_opens=window.opens,
            entry_closes=window.closes,
            review_closes=window.review_closes,
            state=RowState.LOCKED if quarter in figures.QUARTERS else RowState.DRAFT,
            lock_reason="Pemeriksaan triwulan telah selesai" if quarter in figures.QUARTERS else "",
        )
        for unit in agency.units.filter(is_active=True)
        for quarter, window in windows.items()
    )
    return {(quarter.unit_id, quarter.quarter): quarter for quarter in quarters}
