"""The demo: accounts one a role, and 2026 with sample figures and an open quarter IV."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from budget.demo import figures
from budget.demo.year import windows_of
from budget.models import CashPlan, Ceiling, QuarterlyRealisation
from budget.queries.obstacles import chronic_obstacles
from sakip.models import (
    Agreement,
    AgreementProgramme,
    CriterionAnswer,
    HistoryEntry,
    Measurement,
    Meeting,
    Membership,
    ReportingYear,
    Role,
    RowState,
    SubComponentJudgement,
    Target,
    Transition,
    UnitQuarter,
    User,
    ValueState,
)
from sakip.queries.meetings import carried_over

YEAR = 2026


@pytest.fixture
def rows(palaran):
    return QuarterlyRealisation.objects.filter(unit_quarter__unit__agency=palaran, unit_quarter__year=YEAR)


def test_there_is_an_account_a_role_and_an_operator_a_unit(palaran):
    held = Membership.objects.filter(user__username__in=User.objects.values("username"))
    assert set(held.values_list("role", flat=True)) == set(Role)
    assert held.filter(role=Role.OPERATOR).count() == palaran.units.count()
    admin = User.objects.get(username="admin")
    assert (admin.is_staff, admin.is_superuser) == (True, False)
    assert User.objects.filter(is_staff=True).count() == 1
    assert User.objects.get(username="operator.bukuan").check_password("Contoh-2026!")


def test_2026_is_marked_as_sample_and_2025_is_not(palaran):
    years = ReportingYear.objects.filter(agency=palaran)
    assert dict(years.values_list("year", "is_sample")) == {2025: False, 2026: True}
    titles = Agreement.objects.filter(agency=palaran, year=YEAR).values_list("title", flat=True)
    assert titles
    assert all("data contoh" in title for title in titles)


def test_ceilings_and_targets_are_carried_over(palaran):
    def total(year):
        found = Ceiling.objects.filter(version__agency=palaran, version__year=year)
        return found.aggregate(sum=Sum("amount_rp"))["sum"]

    assert total(YEAR) == total(2025)
    agreed = AgreementProgramme.objects.filter(agreement__agency=palaran, agreement__year=YEAR)
    assert agreed.aggregate(sum=Sum("amount_rp"))["sum"] == total(YEAR)
    key = Agreement.objects.in_force(palaran, YEAR).indicators.get()
    assert (key.indicator.key, key.target) == ("ipp", Decimal("3.68"))
    carried = Target.objects.filter(indicator__agency=palaran, kind="annual", quarter=0).exclude(
        indicator__key="ipp"
    )
    by_year = {
        year: dict(carried.filter(year=year).values_list("indicator__key", "value")) for year in (2025, YEAR)
    }
    assert by_year[2025] == by_year[YEAR]


def test_cash_plans_use_up_the_ceiling(palaran):
    ceilings = dict(Ceiling.objects.filter(version__year=YEAR).values_list("line", "amount_rp"))
    planned = CashPlan.objects.filter(line__unit__agency=palaran, line__year=YEAR)
    assert dict(planned.values_list("line").annotate(Sum("amount_rp"))) == ceilings


def test_quarters_i_to_iii_are_locked_and_iv_is_open(palaran, rows):
    states = UnitQuarter.objects.filter(unit__agency=palaran, year=YEAR)
    assert set(states.filter(quarter=4).values_list("state", flat=True)) == {RowState.DRAFT}
    assert set(states.filter(quarter__lt=4).values_list("state", flat=True)) == {RowState.LOCKED}
    open_rows = rows.filter(unit_quarter__quarter=4)
    assert open_rows.count() == 56
    assert set(open_rows.values_list("state", "amount_state", "physical_state")) == {
        (RowState.DRAFT, ValueState.MISSING, ValueState.MISSING)
    }
    waiting = Measurement.objects.filter(unit_quarter__year=YEAR, unit_quarter__quarter=4)
    assert set(waiting.values_list("state", "value_state")) == {(RowState.DRAFT, ValueState.MISSING)}
    way = Transition.objects.filter(unit_quarter__year=YEAR, unit_quarter__quarter=1)
    assert way.count() == 4 * palaran.units.count()


def test_the_money_runs_as_a_year_does(palaran, rows):
    whole = Ceiling.objects.filter(version__agency=palaran, version__year=YEAR).aggregate(s=Sum("amount_rp"))[
        "s"
    ]
    shares = []
    for quarter in figures.QUARTERS:
        spent = rows.filter(unit_quarter__quarter__lte=quarter).aggregate(sum=Sum("amount_rp"))["sum"]
        shares.append(spent / whole * 100)
    assert [abs(share - usual) < 5 for share, usual in zip(shares, figures.USUAL_PACE, strict=True)] == [
        True
    ] * 3
    ceilings = dict(Ceiling.objects.filter(version__year=YEAR).values_list("line", "amount_rp"))
    spent_by_line = rows.filter(amount_rp__isnull=False).values_list("line").annotate(Sum("amount_rp"))
    assert all(spent <= ceilings[line] for line, spent in spent_by_line)


def test_physical_progress_never_falls(rows):
    seen: dict[int, Decimal] = {}
    for row in rows.filter(physical_pct__isnull=False).order_by("unit_quarter__quarter"):
        is_told = bool(row.obstacle)
        assert is_told or row.physical_pct >= seen.get(row.line_id, 0)
        seen[row.line_id] = row.physical_pct


def test_every_state_occurs(rows, palaran):
    filled = rows.filter(unit_quarter__quarter__lt=4)
    assert set(filled.values_list("amount_state", flat=True)) == {"number", "nihil", "not_applicable"}
    assert filled.filter(amount_rp=0).exists()
    assert filled.filter(amount_rp__gt=0, physical_pct=0).exclude(obstacle="").exists()
    measured = Measurement.objects.filter(unit_quarter__unit__agency=palaran, unit_quarter__year=YEAR)
    assert set(measured.values_list("value_state", flat=True)) == set(ValueState)


def test_meetings_were_held_and_a_follow_up_came_back(palaran):
    """Quarter II is signed, III a draft; one follow-up was done, one waits for its review, one is late."""
    meetings = Meeting.objects.filter(agency=palaran, year=YEAR)
    assert list(meetings.values_list("quarter", "state")) == [(2, "final"), (3, "draft")]
    back = carried_over(palaran, YEAR, 3, date(2026, 10, 22))
    assert [(line.action.state, line.days_late) for line in back] == [
        ("done", 0),
        ("open", 22),
        ("reported", 0),
    ]
    assert all(line.action.evidence.count() == 1 for line in back if line.action.report)
    assert [found.unit.slug for found in chronic_obstacles(palaran, YEAR, 3)] == ["simpang-pasir"]


def test_a_second_demo_keeps_what_was_entered(palaran, rows):
    row = rows.filter(unit_quarter__quarter=4).first()
    rows.filter(pk=row.pk).update(amount_state="number", amount_rp=Decimal(5))
    User.objects.filter(username="camat").update(title="Plt. Camat")
    before = [model.objects.count() for model in (User, Membership, Target, Measurement, HistoryEntry)]
    call_command("demo")
    assert rows.get(pk=row.pk).amount_rp == Decimal(5)
    assert User.objects.get(username="camat").title == "Plt. Camat"
    assert [
        model.objects.count() for model in (User, Membership, Target, Measurement, HistoryEntry)
    ] == before


def test_the_accounts_are_printed(palaran, capsys):
    call_command("demo")
    printed = capsys.readouterr().out
    assert "kata sandi: Contoh-2026!" in printed
    assert "operator.bukuan" in printed
    assert "Kelurahan Bukuan" in printed


@pytest.mark.django_db
def test_without_the_year_before_it_says_what_to_do():
    with pytest.raises(CommandError, match="load_agency"):
        call_command("demo", "--agency", "tidak-ada")


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 11, 1), date(2027, 1, 10), date(2031, 7, 1)])
def test_quarter_iv_is_open_on_the_day_of_the_demo(on):
    window = windows_of(YEAR, on)[4]
    assert window.opens <= on <= window.closes <= window.review_closes


# ---------------------------------------------------------------- the generator
def test_the_same_row_always_gets_the_same_figures():
    ceiling = Decimal(1_000_000)
    assert figures.line_quarters("bukuan", "P2.K1.S1", ceiling) == figures.line_quarters(
        "bukuan", "P2.K1.S1", ceiling
    )
    assert figures.line_quarters("bukuan", "P2.K1.S1", ceiling) != figures.line_quarters(
        "bantuas", "P2.K1.S1", ceiling
    )


@pytest.mark.parametrize("ceiling", [Decimal(1), Decimal(17), Decimal(9815357040)])
def test_shares_add_up_to_the_whole(ceiling):
    assert sum(figures.cash_plan(ceiling)) == ceiling
    assert sum(figures.plan_of_counts(ceiling)) == ceiling
    assert figures.plan_of_level(ceiling, 2)[-1] == ceiling
    spent = sum(quarter.amount.number for quarter in figures.line_quarters("bukuan", "P1.K5.S1", ceiling))
    assert 0 <= spent <= ceiling


# ---------------------------------------------------------------- the worksheet
def test_the_worksheet_of_2026_is_partly_filled_in_and_says_that_it_is_made_up(palaran):
    answers = CriterionAnswer.objects.filter(agency=palaran)
    assert set(answers.values_list("year", flat=True)) == {YEAR}
    assert all(answer.statement.startswith("Data contoh: ") for answer in answers)
    names = answers.filter(evidence__isnull=False).values_list("evidence__name", flat=True)
    assert all(name.endswith("(data contoh)") for name in names)
    judgements = SubComponentJudgement.objects.filter(agency=palaran)
    assert {judgement.updated_by.username for judgement in judgements} == {"evaluator"}
    assert all(judgement.note.startswith("Data contoh: ") for judgement in judgements)
