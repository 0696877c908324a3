"""The indicators that a performance agreement can hold: those it has, and those it could have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sakip.models import Agency, Indicator
from sakip.queries.agreements import AgreedIndicator, AgreementDocument
from sakip.queries.planning import Plan, PlannedIndicator
from sakip.scoring.values import MISSING, Measured


@dataclass(frozen=True, slots=True)
class AgreeableIndicator:
    """What the draft says of an indicator, or would say if it held it. `before` is the target in the document
    that the draft is compared with; None where that lacks the indicator."""

    indicator: Indicator
    name: str
    decimals: int
    is_included: bool
    outcome_text: str
    unit_of_measure: str
    target: Measured
    before: Measured | None


def agreeable_indicators(
    agency: Agency,
    year: int,
    draft: AgreementDocument | None,
    before: AgreementDocument | None,
    plans: Sequence[Plan],
) -> tuple[AgreeableIndicator, ...]:
    """Those of the draft in its order, then those that it left out, those of the plans of the year, and the
    agency's other key indicators; defined ones only. Two queries."""
    earlier = {row.indicator.pk: row for row in before.indicators} if before else {}
    targets = {pk: row.target for pk, row in earlier.items()}
    own = draft.indicators if draft else ()
    found = {row.indicator.pk: _agreed(row, True, targets) for row in own}
    for pk, row in earlier.items():
        found.setdefault(pk, _agreed(row, False, targets))
    for planned, outcome in _planned(plans):
        if planned.indicator.version_in(year):
            found.setdefault(planned.indicator.pk, _of_plan(planned, outcome, year))
    for indicator in _key_indicators(agency):
        if indicator.version_in(year):
            found.setdefault(indicator.pk, _of_agency(indicator, year))
    return tuple(found.values())


def _agreed(row: AgreedIndicator, is_included: bool, targets: dict[int, Measured]) -> AgreeableIndicator:
    return AgreeableIndicator(
        indicator=row.indicator,
        name=row.name,
        decimals=row.decimals,
        is_included=is_included,
        outcome_text=row.outcome_text,
        unit_of_measure=row.unit_of_measure,
        target=row.target,
        before=targets.get(row.indicator.pk),
    )


def _planned(plans: Sequence[Plan]) -> Iterator[tuple[PlannedIndicator, str]]:
    """Each indicator of the cascades with the objective or outcome that it measures."""
    for plan in plans:
        for objective in plan.objectives:
            yield from ((indicator, objective.text) for indicator in objective.indicators)
            for outcome in objective.outcomes:
                yield from ((indicator, outcome.text) for indicator in outcome.indicators)


def _of_plan(planned: PlannedIndicator, outcome: str, year: int) -> AgreeableIndicator:
    return AgreeableIndicator(
        indicator=planned.indicator,
        name=planned.name,
        decimals=planned.decimals,
        is_included=False,
        outcome_text=outcome,
        unit_of_measure=planned.unit_of_measure,
        target=planned.targets.get(year, MISSING),
        before=None,
    )


def _key_indicators(agency: Agency) -> Iterable[Indicator]:
    found = Indicator.objects.filter(agency=agency, is_key=True).select_related("outcome", "objective")
    return found.prefetch_related("versions").order_by("sort_order", "pk")


def _of_agency(indicator: Indicator, year: int) -> AgreeableIndicator:
    version = indicator.version_in(year)
    assert version is not None
    above = indicator.outcome or indicator.objective
    return AgreeableIndicator(
        indicator=indicator,
        name=version.name,
        decimals=version.decimals,
        is_included=False,
        outcome_text=above.text if above else "",
        unit_of_measure=version.unit_of_measure,
        target=MISSING,
        before=None,
    )
