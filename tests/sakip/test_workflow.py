"""Who may, what the state allows, and the one table of transitions."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from sakip.models import Membership, QuarterException, Role, RowState, User
from sakip.workflow import permissions, policies
from sakip.workflow.roles import roles_of
from sakip.workflow.transitions import TRANSITIONS, Action, step_for, steps_from
from tests.world import YEAR, Office, make_office

DAY = timedelta(days=1)


@pytest.fixture
def office(db) -> Office:
    return make_office()


# ---------------------------------------------------------------- the table
# From the domain reference: Draf -> Diajukan -> Diverifikasi -> Disahkan -> Dikunci; Dikembalikan.
EXPECTED = {
    (RowState.DRAFT, Action.SUBMIT): (RowState.SUBMITTED, {Role.OPERATOR, Role.UNIT_HEAD}),
    (RowState.RETURNED, Action.SUBMIT): (RowState.SUBMITTED, {Role.OPERATOR, Role.UNIT_HEAD}),
    (RowState.SUBMITTED, Action.VERIFY): (RowState.VERIFIED, {Role.PLANNER}),
    (RowState.SUBMITTED, Action.RETURN): (RowState.RETURNED, {Role.PLANNER}),
    (RowState.VERIFIED, Action.APPROVE): (RowState.APPROVED, {Role.HEAD}),
    (RowState.VERIFIED, Action.RETURN): (RowState.RETURNED, {Role.HEAD}),
    (RowState.APPROVED, Action.LOCK): (RowState.LOCKED, {Role.PLANNER}),
    (RowState.APPROVED, Action.REOPEN): (RowState.RETURNED, {Role.PLANNER}),
    (RowState.LOCKED, Action.REOPEN): (RowState.RETURNED, {Role.PLANNER}),
}


@pytest.mark.parametrize("state", RowState)
@pytest.mark.parametrize("action", Action)
def test_each_state_allows_exactly_its_actions(state, action):
    step = step_for(state, action)
    expected = EXPECTED.get((state, action))
    assert (None if step is None else (step.target, set(step.roles))) == expected


def test_every_state_is_reached_and_left():
    assert {step.source for step in TRANSITIONS} == set(RowState)
    assert {step.target for step in TRANSITIONS} == set(RowState) - {RowState.DRAFT}


def test_whatever_leads_back_needs_a_reason():
    assert all(step.needs_reason == (step.target is RowState.RETURNED) for step in TRANSITIONS)
    assert {step.action for step in steps_from(RowState.SUBMITTED)} == {Action.VERIFY, Action.RETURN}


# ---------------------------------------------------------------- who may
FILL_IN = {
    "operator": {"village"},
    "colleague": {"office"},
    "unit_head": {"village"},
    "planner": {"village", "office"},
    "head": set(),
    "evaluator": set(),
    "admin": set(),
    "city": set(),
}


@pytest.mark.parametrize("persona", FILL_IN)
def test_who_may_fill_in_which_unit(office, persona):
    user = office.people[persona]
    units = {"village": office.village, "office": office.office}
    assert {name for name, unit in units.items() if permissions.may_fill_in(user, unit)} == FILL_IN[persona]
    for name, unit in units.items():
        if name not in FILL_IN[persona]:
            with pytest.raises(PermissionDenied, match="hanya dapat diisi oleh operator"):
                permissions.require_fill_in(user, unit)


def test_another_agency_does_not_exist(office):
    stranger = make_office("lain").people["planner"]
    assert not permissions.may_read_agency(stranger, office.agency)
    assert office.agency not in permissions.agencies_of(stranger)
    assert not permissions.may_fill_in(stranger, office.village)
    with pytest.raises(Http404):
        permissions.get_agency(stranger, office.agency.slug)
    with pytest.raises(Http404):
        permissions.get_unit_quarter(stranger, office.agency, YEAR, office.village.slug, 4)
    with pytest.raises(PermissionDenied, match="tidak memiliki peran"):
        permissions.require_read_agency(stranger, office.agency)


def test_the_city_reads_its_own_agencies_only(office):
    same_city = make_office("sebelah", government=office.agency.government)
    other_city = make_office("jauh")
    seen = permissions.agencies_of(office.people["city"])
    assert {office.agency, same_city.agency} <= set(seen)
    assert other_city.agency not in seen


def test_the_superuser_reads_all_and_fills_in_nothing(office):
    root = User.objects.create_superuser("root")
    assert permissions.get_agency(root, office.agency.slug) == office.agency
    assert not permissions.may_fill_in(root, office.village)
    assert office.agency in permissions.managed_agencies(root)


@pytest.mark.parametrize(
    ("end", "away"), [("valid_until", -DAY), ("valid_from", DAY)], ids=["ended", "not begun"]
)
def test_a_role_counts_only_in_its_term(office, end, away):
    day = timezone.localdate() + away
    Membership.objects.filter(user=office.people["planner"]).update(**{end: day})
    planner = User.objects.get(pk=office.people["planner"].pk)
    assert not permissions.may_read_agency(planner, office.agency)
    assert not permissions.may_fill_in(planner, office.village)


def test_somebody_who_left_has_no_role(office):
    planner = office.people["planner"]
    planner.is_active = False
    assert roles_of(planner) == ()


def test_only_admin_instansi_manages(office):
    may = {name: list(permissions.managed_agencies(user)) for name, user in office.people.items()}
    assert {name: found for name, found in may.items() if found} == {"admin": [office.agency]}


@pytest.mark.parametrize(("state", "action"), EXPECTED)
def test_who_may_take_a_step(office, state, action):
    quarter = office.quarter(office.village)
    quarter.state = state
    wanted = {
        Role.OPERATOR: {"operator"},
        Role.UNIT_HEAD: {"unit_head"},
        Role.PLANNER: {"planner"},
        Role.HEAD: {"head"},
    }
    allowed = set().union(*(wanted[role] for role in EXPECTED[state, action][1]))
    may = {persona for persona, user in office.people.items() if permissions.may_do(user, quarter, action)}
    assert may == allowed
    with pytest.raises(PermissionDenied, match="hanya dapat dilakukan oleh"):
        permissions.require_do(office.people["evaluator"], quarter, action)


def test_a_step_that_the_state_does_not_have_says_so(office):
    quarter = office.quarter(office.village)
    with pytest.raises(PermissionDenied, match="berstatus Draf"):
        permissions.require_do(office.people["head"], quarter, Action.APPROVE)


# ---------------------------------------------------------------- what the state and the window allow
def test_the_window_is_open_on_its_first_and_last_day(office):
    quarter = office.quarter(office.village)
    assert not policies.may_enter(quarter, quarter.entry_opens - DAY)
    assert policies.may_enter(quarter, quarter.entry_opens)
    assert policies.standing(quarter, quarter.entry_closes).days_left == 0
    assert policies.may_enter(quarter, quarter.entry_closes)
    assert not policies.may_enter(quarter, quarter.entry_closes + DAY)


def test_a_closed_window_says_when_and_who_opens_it(office):
    quarter = office.quarter(office.village)
    quarter.entry_opens, quarter.entry_closes = date(2027, 1, 4), date(2027, 1, 15)
    with pytest.raises(policies.QuarterClosed, match="dibuka mulai 4 Januari 2027"):
        policies.require_enter(quarter, date(2026, 12, 31))
    with pytest.raises(policies.QuarterClosed, match=r"ditutup pada 15 Januari 2027.*memberi perpanjangan"):
        policies.require_enter(quarter, date(2027, 1, 16))


def test_an_exception_lengthens_the_window(office):
    quarter = office.quarter(office.village)
    later = quarter.entry_closes + 5 * DAY
    QuarterException.objects.create(
        unit_quarter=quarter,
        reason="Bencana banjir",
        valid_until=later,
        granted_by=office.people["planner"],
        granted_at=timezone.now(),
    )
    assert policies.standing(quarter, later).closes == later
    assert not policies.may_enter(quarter, later + DAY)


@pytest.mark.parametrize("state", RowState)
def test_only_draft_and_returned_take_entries(office, state):
    quarter = office.quarter(office.village)
    quarter.state = state
    assert policies.may_enter(quarter, timezone.localdate()) == (state in (RowState.DRAFT, RowState.RETURNED))


def test_a_lock_says_why_and_who_can_open_it(office):
    quarter = office.quarter(office.village)
    quarter.state, quarter.lock_reason = RowState.LOCKED, "LKjIP sudah terbit"
    found = policies.standing(quarter, timezone.localdate())
    assert "LKjIP sudah terbit" in found.reason
    assert "Perencana dapat membukanya kembali" in found.reason


def test_a_step_back_without_a_reason_is_refused(office):
    quarter = office.quarter(office.village)
    quarter.state = RowState.SUBMITTED
    assert not policies.may_step(quarter, Action.RETURN, "  ")
    with pytest.raises(policies.NoSuchStep, match="alasan wajib diisi"):
        policies.require_step(quarter, Action.RETURN)
    assert policies.require_step(quarter, Action.RETURN, "Bukti kurang").target is RowState.RETURNED
    with pytest.raises(policies.NoSuchStep, match="berstatus Diajukan"):
        policies.require_step(quarter, Action.LOCK)
