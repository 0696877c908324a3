"""A unit's quarter on its way: who moves it, what stops it, what is left behind, and two people at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from budget.actions.entry import save_entries
from budget.actions.workflow import NotReadyError, SupersededError, give_back_rows, lock_ended, take_step
from budget.models import QuarterlyRealisation
from budget.queries.quarter_grid import RowRef
from sakip.actions.measurement import Edit
from sakip.models import (
    HistoryAction,
    HistoryEntry,
    Measurement,
    RowKind,
    RowNote,
    RowState,
    Transition,
    UnitQuarter,
)
from sakip.queries.history import broken_links
from sakip.scoring.values import MISSING, Measured
from sakip.workflow.policies import NoSuchStep, QuarterClosed
from sakip.workflow.transitions import Action
from tests.world import Office, days_from_today, make_office

WAY = (
    (Action.SUBMIT, "operator"),
    (Action.VERIFY, "planner"),
    (Action.APPROVE, "head"),
    (Action.LOCK, "planner"),
)


@pytest.fixture
def office(db) -> Office:
    return make_office()


def fill(office: Office, amount: int = 100_000, physical: int = 90) -> None:
    """Every row of the village's fourth quarter."""
    lines = (office.line(office.village), office.line(office.village, "P1.K1.S2"))
    indicators = (office.indicator("k-kelurahan-1"), office.indicator("k-kelurahan-2"))
    save_entries(
        unit_quarter=office.quarter(office.village),
        realisations={
            line: {
                "amount": Edit(MISSING, Measured.of(Decimal(amount))),
                "physical": Edit(MISSING, Measured.of(physical)),
            }
            for line in lines
        },
        measurements={indicator: {"value": Edit(MISSING, Measured.of(1))} for indicator in indicators},
        by=office.people["operator"],
        at=timezone.now(),
    )


def step(office: Office, action: Action, by: str, version: int | None = None, **changes):
    quarter = office.quarter(office.village)
    return take_step(
        unit_quarter=quarter,
        action=action,
        version=quarter.version if version is None else version,
        by=office.people[by],
        at=timezone.now(),
        **changes,
    )


def go(office: Office, count: int) -> None:
    """The first steps of the way."""
    fill(office)
    for action, persona in WAY[:count]:
        step(office, action, persona)


def row(office: Office, key: str = "P1.K1.S1") -> QuarterlyRealisation:
    return QuarterlyRealisation.objects.get(
        line=office.line(office.village, key), unit_quarter=office.quarter(office.village)
    )


def give_back(office: Office, by: str = "planner", key: str = "P1.K1.S1", reason: str = "Kurang", **changes):
    quarter = office.quarter(office.village)
    return give_back_rows(
        unit_quarter=quarter,
        rows=[RowRef(RowKind.REALISATION, row(office, key).pk)],
        version=changes.pop("version", quarter.version),
        by=office.people[by],
        at=timezone.now(),
        reason=reason,
        **changes,
    )


def states(office: Office) -> list[str]:
    """The quarter's, then its rows'."""
    quarter = office.quarter(office.village)
    rows = (
        *QuarterlyRealisation.objects.filter(unit_quarter=quarter).order_by("pk"),
        *Measurement.objects.filter(unit_quarter=quarter).order_by("pk"),
    )
    return [quarter.state, *(found.state for found in rows)]


# ---------------------------------------------------------------- the way
def test_the_whole_way_with_its_log_and_history(office):
    go(office, 4)
    assert states(office) == ["locked"] * 5
    quarter = office.quarter(office.village)
    assert (quarter.version, quarter.lock_reason) == (4, "Pemeriksaan triwulan telah selesai")
    own = Transition.objects.filter(unit_quarter=quarter, row_kind=RowKind.QUARTER).order_by("pk")
    assert [(each.from_state, each.to_state) for each in own] == [
        ("draft", "submitted"),
        ("submitted", "verified"),
        ("verified", "approved"),
        ("approved", "locked"),
    ]
    assert [each.by for each in own] == [office.people[persona] for _, persona in WAY]
    assert Transition.objects.filter(unit_quarter=quarter).count() == 4 * 5
    moves = HistoryEntry.objects.filter(unit=office.village, action=HistoryAction.TRANSITION)
    assert moves.count() == 4 * 5
    assert {(move.old, move.new) for move in moves.filter(by=office.people["head"])} == {
        ("Diverifikasi", "Disahkan")
    }
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("done", "action", "persona"),
    [
        (0, Action.SUBMIT, "planner"),
        (0, Action.SUBMIT, "colleague"),
        (0, Action.SUBMIT, "evaluator"),
        (1, Action.VERIFY, "operator"),
        (1, Action.VERIFY, "head"),
        (2, Action.APPROVE, "planner"),
        (3, Action.LOCK, "head"),
        (3, Action.REOPEN, "operator"),
        (4, Action.REOPEN, "admin"),
    ],
)  # fmt: skip
def test_the_wrong_person_is_refused_and_nothing_changes(office, done, action, persona):
    go(office, done)
    before = states(office), HistoryEntry.objects.count()
    with pytest.raises(PermissionDenied, match="hanya dapat dilakukan oleh"):
        step(office, action, persona, reason="Alasan")
    assert (states(office), HistoryEntry.objects.count()) == before


def test_somebody_of_another_agency_is_refused(office):
    go(office, 1)
    office.people["planner"] = make_office("lain").people["planner"]
    with pytest.raises(PermissionDenied):
        step(office, Action.VERIFY, "planner")


def test_a_step_that_the_table_does_not_have_is_refused(office):
    go(office, 1)
    with pytest.raises(PermissionDenied, match="berstatus Diajukan"):
        step(office, Action.APPROVE, "head")


# ---------------------------------------------------------------- submission
def test_an_unfinished_quarter_is_not_submitted(office):
    with pytest.raises(NotReadyError, match="6 hal perlu dilengkapi") as refused:
        step(office, Action.SUBMIT, "operator")
    assert {check.finding.key for check in refused.value.submission.hard} == {"missing"}
    assert states(office)[0] == "draft"


def test_nihil_and_not_applicable_are_answers(office):
    fill(office)
    QuarterlyRealisation.objects.filter(unit_quarter=office.quarter(office.village)).update(
        amount_state="nihil", amount_rp=None
    )
    step(office, Action.SUBMIT, "operator")
    assert states(office) == ["submitted"] * 5


def test_falling_progress_stops_submission(office):
    fill(office, physical=10)
    with pytest.raises(NotReadyError) as refused:
        step(office, Action.SUBMIT, "operator")
    assert {check.finding.key for check in refused.value.submission.hard} == {"physical_falls"}


def test_a_soft_finding_needs_a_note_which_is_kept(office):
    fill(office, amount=500_000)
    with pytest.raises(NotReadyError) as refused:
        step(office, Action.SUBMIT, "operator")
    (check,) = refused.value.submission.soft
    assert check.finding.key == "above_ceiling"
    step(office, Action.SUBMIT, "operator", notes={check.key: "Belanja unit lain ikut terisi."})
    note = RowNote.objects.get()
    assert (note.row_id, note.check_key, note.text, note.by) == (
        row(office).pk,
        "above_ceiling",
        "Belanja unit lain ikut terisi.",
        office.people["operator"],
    )
    step(office, Action.RETURN, "planner", reason="Lengkapi bukti")
    step(office, Action.SUBMIT, "operator")  # what was explained once need not be explained again
    assert RowNote.objects.count() == 1


def test_after_the_window_nothing_is_submitted(office):
    fill(office)
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(entry_closes=days_from_today(-1))
    with pytest.raises(QuarterClosed, match="memberi perpanjangan"):
        step(office, Action.SUBMIT, "operator")


# ---------------------------------------------------------------- giving back
def test_nothing_goes_back_without_a_reason(office):
    go(office, 1)
    for reason in ("", "   "):
        with pytest.raises(NoSuchStep, match="alasan wajib diisi"):
            step(office, Action.RETURN, "planner", reason=reason)
        with pytest.raises(NoSuchStep, match="alasan wajib diisi"):
            give_back(office, reason=reason)
    assert states(office) == ["submitted"] * 5


def test_one_row_goes_back_alone_and_is_mended_alone(office):
    go(office, 1)
    give_back(office, reason="Rupiah tidak sesuai SP2D")
    assert states(office) == ["returned", "returned", *["submitted"] * 3]
    edit = {"amount": Edit(Measured.of(100_000), Measured.of(120_000))}
    other = office.line(office.village, "P1.K1.S2")
    quarter, by = office.quarter(office.village), office.people["operator"]
    with pytest.raises(QuarterClosed, match="Baris ini berstatus Diajukan"):
        save_entries(
            unit_quarter=quarter, realisations={other: edit}, measurements={}, by=by, at=timezone.now()
        )
    save_entries(
        unit_quarter=quarter,
        realisations={office.line(office.village): edit},
        measurements={},
        by=by,
        at=timezone.now(),
    )
    step(office, Action.SUBMIT, "operator")
    assert states(office) == ["submitted"] * 5
    assert row(office).amount == Measured.of(120_000)


def test_more_rows_can_follow_with_reasons_of_their_own(office):
    go(office, 1)
    give_back(office, reason="Satu")
    give_back(office, key="P1.K1.S2", reason="Dua")
    assert states(office) == ["returned", "returned", "returned", "submitted", "submitted"]
    rows = Transition.objects.filter(row_kind=RowKind.REALISATION, to_state="returned").order_by("pk")
    assert [each.reason for each in rows] == ["Satu", "Dua"]
    assert Transition.objects.filter(row_kind=RowKind.QUARTER, to_state="returned").count() == 1


def test_a_row_that_the_head_gives_back_goes_the_whole_way_again(office):
    go(office, 2)
    give_back(office, by="head")
    assert states(office) == ["returned", "returned", *["verified"] * 3]
    step(office, Action.SUBMIT, "operator")
    assert states(office) == ["submitted", "submitted", *["verified"] * 3]
    step(office, Action.VERIFY, "planner")
    assert states(office) == ["verified"] * 5


def test_rows_of_another_unit_are_not_given_back(office):
    go(office, 1)
    other = QuarterlyRealisation.objects.create(
        line=office.line(office.office), unit_quarter=office.quarter(office.office), state=RowState.SUBMITTED
    )
    quarter = office.quarter(office.village)
    with pytest.raises(NoSuchStep, match="Tandai dahulu"):
        give_back_rows(
            unit_quarter=quarter,
            rows=[RowRef(RowKind.REALISATION, other.pk)],
            version=quarter.version,
            by=office.people["planner"],
            at=timezone.now(),
            reason="Salah",
        )
    other.refresh_from_db()
    assert other.state == RowState.SUBMITTED


@pytest.mark.parametrize("persona", ["operator", "head", "evaluator"])
def test_only_the_reviewer_whose_turn_it_is_gives_rows_back(office, persona):
    go(office, 1)
    with pytest.raises(PermissionDenied, match="hanya dapat dilakukan oleh"):
        give_back(office, by=persona)


def test_what_was_given_back_can_be_mended_while_the_review_lasts(office):
    go(office, 1)
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(
        entry_closes=days_from_today(-1), review_closes=days_from_today(5)
    )
    give_back(office)
    step(office, Action.SUBMIT, "operator")
    assert states(office)[0] == "submitted"


# ---------------------------------------------------------------- reopening and locking
def test_reopening_needs_a_reason_and_opens_the_window(office):
    go(office, 4)
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(
        entry_closes=days_from_today(-9), review_closes=days_from_today(-2)
    )
    with pytest.raises(NoSuchStep, match="alasan wajib diisi"):
        step(office, Action.REOPEN, "planner")
    step(office, Action.REOPEN, "planner", reason="Koreksi SP2D", until=days_from_today(3))
    assert states(office) == ["returned"] * 5
    assert office.quarter(office.village).lock_reason == ""
    step(office, Action.SUBMIT, "operator")
    assert states(office) == ["submitted"] * 5


def test_one_row_can_be_reopened_alone(office):
    go(office, 3)
    give_back(office, reason="Koreksi")
    assert states(office) == ["returned", "returned", *["approved"] * 3]
    for action, persona in WAY[:3]:
        step(office, action, persona)
    assert states(office) == ["approved"] * 5


def test_the_end_of_the_review_locks_what_was_approved(office):
    go(office, 3)
    now = timezone.now()
    assert lock_ended(at=now) == []
    closes = office.quarter(office.village).review_closes
    last_day = now + (closes - timezone.localdate(now))
    assert lock_ended(at=last_day) == []
    (moved,) = lock_ended(at=last_day + timedelta(days=1))
    assert states(office) == ["locked"] * 5
    assert moved.transition.by is None
    assert "Jendela pemeriksaan berakhir" in office.quarter(office.village).lock_reason
    assert lock_ended(at=last_day + timedelta(days=1)) == []


@pytest.mark.parametrize("done", [0, 1, 2])
def test_the_clock_locks_nothing_that_was_not_approved(office, done):
    go(office, done)
    assert lock_ended(at=timezone.now() + timedelta(days=400)) == []


# ---------------------------------------------------------------- two at once
def test_a_second_click_changes_nothing(office):
    fill(office)
    first = step(office, Action.SUBMIT, "operator", version=0)
    again = step(office, Action.SUBMIT, "operator", version=0)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.transition == first.transition
    assert office.quarter(office.village).version == 1
    assert Transition.objects.filter(unit_quarter__unit=office.village).count() == 5


def test_a_second_click_on_giving_rows_back_changes_nothing(office):
    go(office, 1)
    assert not give_back(office, version=1).repeated
    assert give_back(office, version=1).repeated
    assert office.quarter(office.village).version == 2


def test_the_second_reviewer_is_told_what_the_first_did(office):
    go(office, 1)
    step(office, Action.VERIFY, "planner", version=1)
    with pytest.raises(SupersededError, match=r"sudah diverifikasi oleh planner\.contoh pada"):
        step(office, Action.RETURN, "head", version=1, reason="Kurang")
    with pytest.raises(SupersededError, match="sudah diverifikasi"):
        step(office, Action.RETURN, "planner", version=1, reason="Kurang")
    assert states(office) == ["verified"] * 5


def test_a_page_from_before_a_round_is_stale(office):
    go(office, 1)
    step(office, Action.RETURN, "planner", reason="Kurang")
    step(office, Action.SUBMIT, "operator")
    with pytest.raises(SupersededError):
        step(office, Action.VERIFY, "planner", version=1)
