"""The action plan: a unit's targets of the quarters, read by the office and written by the perencana."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from budget.queries.action_plan import action_plan
from sakip.actions.measurement import Edit
from sakip.actions.targets import write_action_plan
from sakip.models import HistoryEntry, Indicator, IndicatorVersion, RowState, Target, TargetKind, UnitQuarter
from sakip.scoring.agreement import Remark
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from sakip.workflow.policies import QuarterClosed
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office("contoh")


def address(unit: str = "kelurahan") -> str:
    return reverse("action_plan", args=["contoh", YEAR, unit])


def box(indicator: Indicator, quarter: int = 4) -> str:
    return f"m{indicator.pk}-tw{quarter}"


def sent(client, office: Office, cells: dict[str, str], unit: str = "kelurahan"):
    """What a browser sends: each cell with what its writer saw, here nothing unless the test says so."""
    client.force_login(office.people["planner"])
    seen = {f"{name}-lihat": "" for name in cells if not name.endswith(("-lihat", "-timpa"))}
    return client.post(address(unit), seen | cells)


def target_of(indicator: Indicator, quarter: int = 4) -> Measured:
    row = Target.objects.filter(indicator=indicator, kind=TargetKind.ACTION_PLAN, year=YEAR, quarter=quarter)
    found = row.first()
    return Measured.optional(found.value) if found and found.value is not None else _word(found)


def _word(row: Target | None) -> Measured:
    words = {"nihil": NIHIL, "not_applicable": NOT_APPLICABLE}
    return words.get(row.value_state, MISSING) if row else MISSING


def plan(indicator: Indicator, *values: int | None) -> None:
    for quarter, value in enumerate(values, 1):
        if value is not None:
            Target.objects.create(
                indicator=indicator,
                kind=TargetKind.ACTION_PLAN,
                year=YEAR,
                quarter=quarter,
                value_state="number",
                value=Decimal(value),
            )


# ---------------------------------------------------------------- what stands in it
def test_it_holds_what_the_unit_measures_in_the_order_of_the_form(office):
    found = action_plan(office.office, YEAR)
    keys = [[row.version.indicator.key for row in group.rows] for group in found.groups]
    assert keys == [["ipp"], ["k-kantor-1"], ["k-kantor-2"]]
    assert [group.node and group.node.key for group in found.groups] == [None, "P1.K1.S1", "P1.K1.S2"]
    assert found.settled == {1, 2, 3}
    assert [row.version.indicator.key for row in action_plan(office.village, YEAR).rows] == [
        "k-kelurahan-1",
        "k-kelurahan-2",
    ]


@pytest.mark.parametrize(
    ("quarters", "ends_at", "remark"),
    [
        ((), MISSING, Remark.ACTION_MISSING),
        ((1, 1, 1, 1), Measured.of(4), None),
        ((1, 1, 1, 2), Measured.of(5), Remark.ACTION_DIFFERS),
        ((1, None, 1, 2), Measured.of(4), Remark.ACTION_INCOMPLETE),
        ((0, 0, 0, 4), Measured.of(4), None),
    ],
)
def test_it_says_where_the_quarters_lead(office, quarters, ends_at, remark):
    """The indicator sums its quarters, and the year's target is 4."""
    plan(office.indicator("k-kelurahan-1"), *quarters)
    row = action_plan(office.village, YEAR).rows[0]
    assert (row.target, row.ends_at, row.remark) == (Measured.of(4), ends_at, remark)


def test_the_agreements_target_counts_before_the_years_own(office):
    row = action_plan(office.office, YEAR).rows[0]
    assert row.target == Measured.of(Decimal("3.68"))


# ---------------------------------------------------------------- writing it
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2", Measured.of(2)),
        ("0", Measured.of(0)),
        ("1.234,56", Measured.of(Decimal("1234.56"))),
        ("nihil", NIHIL),
        ("tidak berlaku", NOT_APPLICABLE),
    ],
)
def test_the_planner_sets_a_target_and_the_history_keeps_it(client, office, typed, kept):
    indicator = office.indicator("k-kelurahan-1")
    assert sent(client, office, {box(indicator): typed}).status_code == 302
    assert target_of(indicator) == kept
    line = HistoryEntry.objects.get(model="sakip.target")
    assert (line.unit, line.by, line.action) == (office.village, office.people["planner"], "create")
    assert line.label == f"k-kelurahan-1 TW IV {YEAR}"
    assert line.old == "belum ada"


def test_sending_twice_writes_once(client, office):
    indicator = office.indicator("k-kelurahan-1")
    for _ in range(2):
        sent(client, office, {box(indicator): "2"})
    assert Target.objects.filter(indicator=indicator, kind=TargetKind.ACTION_PLAN).count() == 1
    assert HistoryEntry.objects.filter(model="sakip.target").count() == 1


def test_a_target_is_taken_back(client, office):
    indicator = office.indicator("k-kelurahan-1")
    plan(indicator, None, None, None, 3)
    sent(client, office, {box(indicator): "", f"{box(indicator)}-lihat": "3"})
    assert target_of(indicator).is_missing
    line = HistoryEntry.objects.get(model="sakip.target")
    assert (line.old, line.new, line.action) == ("3", "belum ada", "update")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-", "Tanda “-” dapat berarti"),
        ("1,234.56", "1.234,56"),
        ("1.234", "dapat berarti"),
        ("dua", "nihil"),
        ("-3", "negatif"),
    ],
)
def test_what_cannot_be_understood_stays_typed_beside_its_reason(client, office, typed, told):
    wrong, right = office.indicator("k-kelurahan-1"), office.indicator("k-kelurahan-2")
    answer = sent(client, office, {box(wrong): typed, box(right): "2"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert f'value="{typed}"' in html
    assert "1 target tersimpan; yang berikut belum" in html
    assert (target_of(wrong), target_of(right)) == (MISSING, Measured.of(2))


def test_growth_above_the_programmes_may_be_negative(client, office):
    key = office.indicator("ipp")
    assert sent(client, office, {box(key): "-3"}, "kantor").status_code == 302
    assert target_of(key) == Measured.of(-3)


def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_overwritten(client, office):
    indicator = office.indicator("k-kelurahan-1")
    plan(indicator, None, None, None, 3)
    answer = sent(client, office, {box(indicator): "2"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Sementara itu diisi orang lain: <strong>3</strong>" in html
    assert target_of(indicator) == Measured.of(3)
    sent(client, office, {box(indicator): "2", f"{box(indicator)}-timpa": "3"})
    assert target_of(indicator) == Measured.of(2)


# ---------------------------------------------------------------- what may not be written
@pytest.mark.parametrize("state", [RowState.APPROVED, RowState.LOCKED])
def test_a_quarter_that_was_approved_keeps_its_target(client, office, state):
    indicator = office.indicator("k-kelurahan-1")
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(state=state)
    client.force_login(office.people["planner"])
    assert box(indicator) not in client.get(address()).content.decode()
    sent(client, office, {box(indicator): "2"})
    assert target_of(indicator).is_missing
    with pytest.raises(QuarterClosed, match="TW IV"):
        write(office, indicator, by="planner")


def test_what_was_typed_for_a_quarter_approved_meanwhile_is_named_and_not_dropped_unsaid(client, office):
    first, second = office.indicator("k-kelurahan-1"), office.indicator("k-kelurahan-2")
    UnitQuarter.objects.filter(unit=office.village, quarter__in=(3, 4)).update(state=RowState.DRAFT)
    shown = {box(first): "2", box(second): "", box(second, 3): "1"}
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(state=RowState.APPROVED)
    answer = sent(client, office, shown)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "1 target tersimpan; yang berikut belum" in html
    assert "Jumlah dokumen 1, TW IV: “2” tidak disimpan, karena triwulan itu sudah disahkan." in html
    assert html.count("tidak disimpan, karena") == 1
    assert (target_of(first), target_of(second, 3)) == (MISSING, Measured.of(1))


def test_what_stands_in_an_approved_quarter_already_is_not_named(client, office):
    indicator = office.indicator("k-kelurahan-1")
    plan(indicator, None, None, None, 2)
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(state=RowState.APPROVED)
    assert sent(client, office, {box(indicator): "2"}).status_code == 302


def test_nobody_but_the_planner_writes(office):
    for name in ("operator", "unit_head", "head", "evaluator", "admin", "city"):
        with pytest.raises(PermissionDenied):
            write(office, office.indicator("k-kelurahan-1"), by=name)
    assert not HistoryEntry.objects.filter(model="sakip.target").exists()


def test_an_indicator_of_another_unit_is_refused(office):
    with pytest.raises(QuarterClosed, match="tidak diisi oleh"):
        write(office, office.indicator("k-kantor-1"), by="planner")


def write(office: Office, indicator: Indicator, by: str) -> None:
    write_action_plan(
        unit=office.village,
        year=YEAR,
        edits={indicator: {"tw4": Edit(MISSING, Measured.of(2))}},
        by=office.people[by],
        at=timezone.now(),
    )


# ---------------------------------------------------------------- the page
def test_others_of_the_office_read_it_without_boxes(client, office):
    client.force_login(office.people["operator"])
    html = client.get(address()).content.decode()
    assert "Jumlah dokumen 1" in html
    assert 'name="m' not in html


def test_the_first_address_leads_to_the_first_unit(client, office):
    client.force_login(office.people["operator"])
    answer = client.get(reverse("action_plans", args=["contoh", YEAR]))
    assert answer.url == address("kantor")


def test_a_unit_without_indicators_says_so(client, office):
    IndicatorVersion.objects.all().delete()
    client.force_login(office.people["planner"])
    assert "Belum ada indikator" in client.get(address()).content.decode()


def test_it_takes_a_fixed_number_of_queries(office, django_assert_num_queries):
    with django_assert_num_queries(4):
        action_plan(office.village, YEAR)
