"""What the portal knows of a year that can answer a criterion: each topic read once, when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Count as CountRows
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reporting.lke.proofs import Count
from reporting.models import Edition
from reporting.public.pages import open_page
from reporting.year import OfficeYear
from sakip.models import (
    ActionState,
    AgreedAction,
    Indicator,
    Measurement,
    Meeting,
    RowKind,
    RowState,
    SubComponentJudgement,
    Target,
    TargetKind,
    Transition,
    UnitQuarter,
    ValueState,
)
from sakip.scoring.quarters import QUARTERS


class LkeFacts:
    """The year as its worksheet asks about it. One object serves one request."""

    def __init__(self, office: OfficeYear) -> None:
        self.office = office
        self.agency, self.year = office.agency, office.year

    # -- quarters
    @cached_property
    def _units(self) -> frozenset[int]:
        return frozenset(self.agency.units.filter(is_active=True).values_list("pk", flat=True))

    def of_quarters(self, done: Iterable[object]) -> Count:
        """So many of the quarters that the active units have in a year, opened or not."""
        return Count(len(set(done)), len(self._units) * len(QUARTERS))

    @cached_property
    def quarters(self) -> tuple[UnitQuarter, ...]:
        found = UnitQuarter.objects.for_agency(self.agency).in_year(self.year)
        return tuple(found.filter(unit__in=self._units))

    @cached_property
    def _steps(self) -> dict[str, set[int]]:
        """By the state that a whole quarter was brought to by somebody: the quarters' keys."""
        steps = Transition.objects.filter(
            unit_quarter__in=self.quarters, row_kind=RowKind.QUARTER, by__isnull=False
        ).values_list("to_state", "unit_quarter_id")
        found: dict[str, set[int]] = {}
        for state, quarter in steps:
            found.setdefault(state, set()).add(quarter)
        return found

    def brought_to(self, state: RowState) -> set[int]:
        return self._steps.get(state, set())

    @cached_property
    def measured(self) -> tuple[Measurement, ...]:
        """Realisations of indicators that hold a value; `is_proved` where evidence is attached."""
        proof = Measurement.evidence.through.objects.filter(measurement=OuterRef("pk"))
        rows = Measurement.objects.filter(unit_quarter__in=self.quarters)
        return tuple(rows.exclude(value_state=ValueState.MISSING).annotate(is_proved=Exists(proof)))

    # -- indicators
    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those of the year: with a target of the year or of one of its quarters, or in its agreement."""
        agreed = [row.indicator.pk for row in self.office.indicators]
        wanted = Q(pk__in=agreed) | Q(pk__in={target.indicator_id for target in self.targets})
        found = Indicator.objects.filter(wanted, agency=self.agency)
        return tuple(found.prefetch_related("versions").order_by("pk"))

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Of the year and of its quarters, as far as they hold a value."""
        found = Target.objects.filter(indicator__agency=self.agency, year=self.year)
        kinds = (TargetKind.ANNUAL, TargetKind.ACTION_PLAN)
        return tuple(found.filter(kind__in=kinds).exclude(value_state=ValueState.MISSING))

    def defined(self, *fields: str) -> Count:
        """Indicators whose definition in force has all of the fields."""
        versions = [indicator.version_in(self.year) for indicator in self.indicators]
        complete = [v for v in versions if v is not None and all(getattr(v, field) for field in fields)]
        return Count(len(complete), len(versions))

    @cached_property
    def with_quarterly_target(self) -> Count:
        planned = {t.indicator_id for t in self.targets if t.kind == TargetKind.ACTION_PLAN}
        return Count(sum(indicator.pk in planned for indicator in self.indicators), len(self.indicators))

    @cached_property
    def units_with_targets(self) -> Count:
        aimed = {target.indicator_id for target in self.targets}
        units = {indicator.unit_id for indicator in self.indicators if indicator.pk in aimed}
        return Count(len(units & self._units), len(self._units))

    @cached_property
    def _nodes_with_indicator(self) -> frozenset[int]:
        return frozenset(i.node_id for i in self.indicators if i.node_id is not None)

    @cached_property
    def funded_nodes(self) -> Count:
        """Sub-activities with a budget that an indicator of the year measures."""
        funded = {line.sub_activity.pk for line in self.office.budget.lines if line.ceiling_rp}
        return Count(len(funded & self._nodes_with_indicator), len(funded))

    @cached_property
    def cascade(self) -> tuple[tuple[str, Count], ...]:
        """From the objectives of the plan in force down to the sub-activities of the budget."""
        plan = self.office.plan
        objectives = plan.objectives if plan else ()
        outcomes = plan.outcomes if plan else ()
        lines = self.office.budget.lines
        levels = (
            ("program", {line.programme.pk for line in lines if line.programme}),
            ("kegiatan", {line.activity.pk for line in lines if line.activity}),
            ("sub kegiatan", {line.sub_activity.pk for line in lines}),
        )
        return (
            ("tujuan bersasaran", Count(sum(bool(o.outcomes) for o in objectives), len(objectives))),
            ("sasaran berindikator", Count(sum(bool(o.indicators) for o in outcomes), len(outcomes))),
            *(
                (f"{name} berindikator", Count(len(nodes & self._nodes_with_indicator), len(nodes)))
                for name, nodes in levels
            ),
        )

    # -- meetings and the report
    @cached_property
    def final_meetings(self) -> Count:
        """Quarters whose meeting has final minutes."""
        found = Meeting.objects.filter(agency=self.agency, year=self.year)
        return Count(sum(meeting.is_final for meeting in found), len(QUARTERS))

    @cached_property
    def agreed_actions(self) -> Count:
        """What meetings of the year asked for and did not cancel, and how much of it is done."""
        asked = AgreedAction.objects.of_agency(self.agency).filter(meeting__year=self.year)
        asked = asked.exclude(state=ActionState.CANCELLED)
        found = asked.aggregate(done=CountRows("pk", filter=Q(state=ActionState.DONE)), asked=CountRows("pk"))
        return Count(found["done"], found["asked"])

    @cached_property
    def first_edition(self) -> Edition | None:
        found = Edition.objects.filter(agency=self.agency, year=self.year).order_by("number")
        return found.defer("snapshot", "policy").first()

    @cached_property
    def first_issued(self) -> date | None:
        return timezone.localdate(self.first_edition.issued_at) if self.first_edition else None

    @cached_property
    def public_since(self) -> date | None:
        """Since when everybody may read the year's report; None while nobody else may."""
        page = open_page(self.agency.slug, self.year)
        return timezone.localdate(page.changed_at) if page else None

    @cached_property
    def judged(self) -> int:
        """How many sub-components the evaluator has judged here."""
        return SubComponentJudgement.objects.filter(agency=self.agency, year=self.year).count()
