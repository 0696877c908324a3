"""Two people decide in the same moment: one does it, the other is told, and nothing is half done."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from budget.actions.entry import save_entries
from budget.actions.workflow import SupersededError, take_step
from budget.models import QuarterlyRealisation
from sakip.actions.measurement import Edit
from sakip.actions.targets import write_action_plan
from sakip.models import Membership, OutgoingMail, Role, Target, TargetKind, Transition, User
from sakip.queries.history import broken_links
from sakip.scoring.values import MISSING, Measured
from sakip.workflow.policies import QuarterClosed
from sakip.workflow.transitions import Action
from tests.budget.test_workflow import fill, states
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office() -> Office:
    office = make_office()
    User.objects.update(email="seseorang@contoh.invalid")
    fill(office)
    return office


def together(*acts: Callable[[], object]) -> list[object]:
    """What became of acts that start at once: their answer or their refusal."""
    start, answers = Barrier(len(acts)), {}

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            answers[place] = act()
        except (SupersededError, QuarterClosed) as refused:
            answers[place] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[place] for place in range(len(acts))]


def stepping(
    office: Office, action: Action, by: User, version: int, reason: str = ""
) -> Callable[[], object]:
    quarter = office.quarter(office.village)
    return lambda: take_step(
        unit_quarter=quarter, action=action, version=version, by=by, at=timezone.now(), reason=reason
    )


def second_planner(office: Office) -> User:
    user = User.objects.create_user("perencana-kedua")
    Membership.objects.create(user=user, role=Role.PLANNER, agency=office.agency)
    return user


def test_two_reviewers_decide_at_once(office):
    stepping(office, Action.SUBMIT, office.people["operator"], 0)()
    answers = together(
        stepping(office, Action.VERIFY, office.people["planner"], 1),
        stepping(office, Action.RETURN, second_planner(office), 1, "Kurang"),
    )
    refused = [answer for answer in answers if isinstance(answer, SupersededError)]
    assert len(refused) == 1
    assert len(set(states(office))) == 1
    assert states(office)[0] in ("verified", "returned")
    assert Transition.objects.filter(row_kind="quarter", unit_quarter__unit=office.village).count() == 2
    assert list(broken_links()) == []


def test_two_clicks_at_once_submit_once(office):
    act = stepping(office, Action.SUBMIT, office.people["operator"], 0)
    answers = together(act, act)
    assert sorted(answer.repeated for answer in answers) == [False, True]
    assert Transition.objects.filter(unit_quarter__unit=office.village).count() == 5
    assert OutgoingMail.objects.count() == 1


def test_a_figure_saved_while_submitting_is_either_in_or_refused(office):
    line, operator = office.line(office.village), office.people["operator"]
    quarter = office.quarter(office.village)
    edit = {"amount": Edit(Measured.of(100_000), Measured.of(120_000))}
    _, saved = together(
        stepping(office, Action.SUBMIT, operator, 0),
        lambda: save_entries(
            unit_quarter=quarter, realisations={line: edit}, measurements={}, by=operator, at=timezone.now()
        ),
    )
    row = QuarterlyRealisation.objects.get(unit_quarter=quarter, line=line)
    was_refused = isinstance(saved, QuarterClosed)
    assert row.amount == Measured.of(100_000 if was_refused else 120_000)
    assert states(office) == ["submitted"] * 5
    assert list(broken_links()) == []


def test_a_target_written_while_approving_is_either_in_or_refused(office):
    operator, planner = office.people["operator"], office.people["planner"]
    stepping(office, Action.SUBMIT, operator, 0)()
    stepping(office, Action.VERIFY, planner, 1)()
    indicator = office.indicator("k-kelurahan-1")
    _, written = together(
        stepping(office, Action.APPROVE, office.people["head"], 2),
        lambda: write_action_plan(
            unit=office.village,
            year=YEAR,
            edits={indicator: {"tw4": Edit(MISSING, Measured.of(2))}},
            by=planner,
            at=timezone.now(),
        ),
    )
    was_refused = isinstance(written, QuarterClosed)
    targets = Target.objects.filter(indicator=indicator, kind=TargetKind.ACTION_PLAN)
    assert targets.exists() is not was_refused
    assert states(office) == ["approved"] * 5
    assert list(broken_links()) == []
