"""Bukuan's open quarter of the demo, filled in and brought as far on its way as a browser test wants it."""

from datetime import date
from decimal import Decimal
from functools import partial

from django.utils import timezone

from budget.actions.entry import save_entries
from budget.actions.workflow import NotReadyError, take_step
from budget.models import BudgetLine, QuarterlyRealisation
from sakip.actions.agreements import start_draft
from sakip.actions.measurement import Edit
from sakip.models import Agency, Agreement, Indicator, Measurement, RowState, UnitQuarter, User
from sakip.scoring.values import MISSING, Measured
from sakip.workflow.transitions import Action

HOME = "/palaran/2026/"
ENTRY = f"{HOME}realisasi/bukuan/tw-4/"
WAY = (
    (RowState.SUBMITTED, Action.SUBMIT, "operator.bukuan"),
    (RowState.VERIFIED, Action.VERIFY, "perencana"),
    (RowState.APPROVED, Action.APPROVE, "camat"),
)


def quarter() -> UnitQuarter:
    return UnitQuarter.objects.select_related("unit__agency").get(unit__slug="bukuan", year=2026, quarter=4)


def fill_in() -> None:
    """Every cell, with figures that go on from the third quarter's."""
    here = quarter()
    lines = BudgetLine.objects.filter(unit=here.unit, year=here.year)
    before = QuarterlyRealisation.objects.filter(line__in=lines, unit_quarter__quarter=3)
    spent = {row.line_id: row.amount_rp for row in before if row.amount_rp is not None}
    indicators = Indicator.objects.filter(
        pk__in=Measurement.objects.filter(unit_quarter=here).values("indicator")
    )
    save_entries(
        unit_quarter=here,
        realisations={
            line: {
                "amount": Edit(MISSING, Measured.of(spent.get(line.pk, Decimal(1_000_000)))),
                "physical": Edit(MISSING, Measured.of(100)),
            }
            for line in lines
        },
        measurements={indicator: {"value": Edit(MISSING, Measured.of(1))} for indicator in indicators},
        by=User.objects.get(username="operator.bukuan"),
        at=timezone.now(),
    )


def revise_agreement() -> None:
    """A signed draft of the next revision, as the planner begins it; the one that is there."""
    agency, planner = Agency.objects.get(slug="palaran"), User.objects.get(username="perencana")
    draft = start_draft(agency=agency, year=2026, by=planner, at=timezone.now())
    Agreement.objects.filter(pk=draft.pk).update(signed_on=date(2026, 11, 6))


def bring_to(state: RowState) -> None:
    """On from where it is, step by step, each by the person whose step it is. A returned quarter was given
    back by the planner."""
    reached = quarter().state
    if reached == state:
        return
    if reached == RowState.DRAFT:
        fill_in()
    aim = RowState.SUBMITTED if state is RowState.RETURNED else state
    done = [found for found, _, _ in WAY]
    for found, action, username in WAY[done.index(RowState(reached)) + 1 if reached in done else 0 :]:
        _step(action, username)
        if found is aim:
            break
    if state is RowState.RETURNED:
        _step(Action.RETURN, "perencana", reason="Realisasi belum sesuai dengan SP2D bulan Desember.")


def _step(action: Action, username: str, reason: str = "") -> None:
    """What a check finds unusual is explained."""
    here = quarter()
    step = partial(
        take_step,
        unit_quarter=here,
        action=action,
        version=here.version,
        by=User.objects.get(username=username),
        at=timezone.now(),
        reason=reason,
    )
    try:
        step()
    except NotReadyError as error:
        step(notes={check.key: "Sesuai dokumen pencairan akhir tahun." for check in error.submission.soft})
