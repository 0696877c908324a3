"""The pack of Kecamatan Palaran, loaded on an empty database, and what a second load does."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Sum
from django.utils import timezone

from budget.models import BudgetLine, Ceiling, ImportedLine, ImportedMean, OfficialRealisation
from sakip.actions.agreements import start_draft
from sakip.models import (
    Agency,
    Agreement,
    AgreementProgramme,
    HistoryAction,
    HistoryEntry,
    Measurement,
    Membership,
    NodeLevel,
    NomenclatureCode,
    PopulationCount,
    ProgrammeNode,
    Recommendation,
    Role,
    ScoringPolicy,
    StaffCount,
    Target,
    Unit,
    User,
    ValueState,
)
from sakip.packs.faults import PackFaultsError
from sakip.packs.loading import OnDifference, PackDiffersError
from tests.packs.building import PALARAN, as_another_agency, copy_palaran, load, rows_of, spoil, write_dinas

pytestmark = pytest.mark.django_db


def test_the_budget_is_that_of_the_report(palaran):
    lines = BudgetLine.objects.in_year(palaran, 2025)
    nodes = ProgrammeNode.objects.filter(agency=palaran)
    assert lines.count() == 56
    assert lines.values("node").distinct().count() == 38
    levels = [nodes.filter(level=level).count() for level in NodeLevel]
    assert levels == [3, 10, 38]
    ceilings = Ceiling.objects.filter(version__agency=palaran, version__year=2025)
    assert ceilings.aggregate(sum=Sum("amount_rp"))["sum"] == Decimal(37203277426)
    official = OfficialRealisation.objects.filter(line__in=lines)
    assert official.aggregate(sum=Sum("amount_rp"))["sum"] == Decimal(36123140441)


def test_each_unit_has_the_printed_sum(palaran):
    ceilings = Ceiling.objects.filter(version__agency=palaran, version__year=2025)
    sums = dict(ceilings.values_list("line__unit__slug").annotate(Sum("amount_rp")))
    assert sums == {
        "kantor-kecamatan": 16079187108,
        "bantuas": 1906097591,
        "bukuan": 5656963341,
        "simpang-pasir": 3327277841,
        "rawa-makmur": 6225898409,
        "handil-bakti": 4007853136,
    }


def test_the_revised_agreement_has_the_ceilings_of_its_programmes(palaran):
    agreed = AgreementProgramme.objects.filter(agreement__agency=palaran, agreement__kind="perubahan")
    ceilings = Ceiling.objects.filter(version__agency=palaran, version__year=2025)
    sums = dict(ceilings.values_list("line__node__parent__parent__key").annotate(Sum("amount_rp")))
    assert dict(agreed.values_list("node__key", "amount_rp")) == sums


def test_people_and_staff_are_those_of_the_report(palaran):
    people = PopulationCount.objects.filter(unit__agency=palaran)
    assert people.aggregate(sum=Sum(F("male") + F("female")))["sum"] == 60701
    staff = StaffCount.objects.filter(agency=palaran)
    sums = dict(staff.order_by().values_list("dimension").annotate(Sum("count")))
    assert sums == dict.fromkeys(("age", "grade", "education", "position", "gender"), 100)


def test_values_keep_their_states(palaran):
    measured = Measurement.objects.filter(unit_quarter__unit__agency=palaran, unit_quarter__year=2025)
    by_quarter = measured.order_by("unit_quarter__quarter").values_list("value_state", "value")
    assert list(by_quarter) == [(ValueState.MISSING, None)] * 3 + [(ValueState.NUMBER, Decimal("1.53"))]
    standard = palaran.indicators.get(key="ipp").national_standards.get()
    assert standard.value_state == ValueState.NOT_APPLICABLE


def test_the_printed_form_is_kept_as_it_stands(palaran):
    lines = ImportedLine.objects.filter(form__agency=palaran)
    assert lines.count() == 70
    assert lines.filter(unit__slug="bantuas", node__key="P3.K1.S2").count() == 2
    assert lines.get(number=57).rp_total == 0
    assert lines.get(number=5).rp_total is None
    assert lines.get(number=5).derived_total_rp == Decimal(62484175)
    assert lines.get(number=1).rp_total == Decimal(34661825356)
    assert ImportedMean.objects.filter(form__agency=palaran).count() == 8


def test_only_verified_codes_are_given_out(palaran):
    verified = NomenclatureCode.objects.filter(is_verified=True).values_list("code", flat=True)
    coded = ProgrammeNode.objects.filter(agency=palaran).exclude(code="")
    assert set(coded.values_list("code", flat=True)) <= set(verified)
    assert ProgrammeNode.objects.filter(agency=palaran, code="").count() == 7
    unverified = NomenclatureCode.objects.filter(is_verified=False)
    assert unverified.count() == 5


def test_no_person_is_named(palaran):
    for row in rows_of(PALARAN / "officials.csv"):
        assert (row["person_name"], row["nip"], row["rank"]) == ("", "", "")
    assert palaran.officials.count() == 6


def test_recommendations_come_with_their_follow_ups(palaran):
    found = Recommendation.objects.filter(evaluation__agency=palaran).select_related("follow_up")
    assert len(found) == 13
    assert sum(each.follow_up.status == "proses" for each in found) == 4
    assert sum(each.follow_up.status_confidence == "low" for each in found) == 3


# ---------------------------------------------------------------- loading again
def test_a_second_load_changes_nothing(palaran, capsys):
    before = HistoryEntry.objects.count()
    done = load(PALARAN)
    assert done.is_unchanged
    assert done.same == sum(len(rows_of(path)) for path in PALARAN.glob("*.csv"))
    assert HistoryEntry.objects.count() == before
    call_command("load_agency", PALARAN)
    assert "tidak ada yang berubah" in capsys.readouterr().out


def test_what_a_user_changed_is_not_overwritten_in_silence(palaran):
    Unit.objects.filter(agency=palaran, slug="bukuan").update(name="Kelurahan Bukuan Baru")
    with pytest.raises(PackDiffersError) as refused:
        load(PALARAN)
    assert [str(each) for each in refused.value.differences] == [
        "units.csv, baris 4, kolom name: di portal “Kelurahan Bukuan Baru”, di paket “Kelurahan Bukuan”"
    ]
    with pytest.raises(CommandError, match="1 nilai di portal berbeda"):
        call_command("load_agency", PALARAN)


def test_replace_is_noted_in_the_history_of_the_unit(palaran):
    unit = Unit.objects.get(agency=palaran, slug="bukuan")
    PopulationCount.objects.filter(unit=unit).update(male=1)
    done = load(PALARAN, OnDifference.REPLACE)
    assert (done.replaced, done.created) == (1, {})
    assert PopulationCount.objects.get(unit=unit).male == 7946
    entry = HistoryEntry.objects.filter(unit=unit).order_by("-sequence").first()
    assert (entry.action, entry.field, entry.old, entry.new) == (HistoryAction.UPDATE, "male", "1", "7946")
    assert entry.hash == entry.content_hash()


def test_nothing_is_loaded_when_something_differs(palaran, tmp_path):
    folder = copy_palaran(tmp_path)
    spoil(folder, "functions", 2, number="11")
    Unit.objects.filter(agency=palaran, slug="bukuan").update(name="Kelurahan Bukuan Baru")
    with pytest.raises(PackDiffersError):
        load(folder)
    assert palaran.functions.count() == 10


def test_if_absent_leaves_what_was_entered(palaran, capsys):
    Unit.objects.filter(agency=palaran, slug="bukuan").update(name="Kelurahan Bukuan Baru")
    call_command("load_agency", PALARAN, "--if-absent")
    assert "dilewati" in capsys.readouterr().out
    assert Unit.objects.filter(agency=palaran, name="Kelurahan Bukuan Baru").exists()


def test_if_absent_loads_an_agency_that_is_not_there(tmp_path):
    call_command("load_agency", write_dinas(tmp_path / "dinas"), "--if-absent")
    assert Agency.objects.filter(slug="dinas-contoh").exists()


def test_a_load_is_noted_once_a_file(palaran):
    noted = HistoryEntry.objects.filter(agency=palaran, action=HistoryAction.IMPORT, unit=None)
    files = {path.name for path in PALARAN.glob("*.csv") if rows_of(path)}
    assert set(noted.values_list("field", flat=True)) == files
    assert noted.get(field="budget_lines.csv").new == "diimpor 56 baris"


def test_reference_data_stay_as_the_admin_left_them(palaran, capsys):
    NomenclatureCode.objects.filter(code="7.01.01").update(name="Nama lain")
    call_command("load_reference")
    assert "0 baris baru, 0 diganti, 1 dibiarkan" in capsys.readouterr().out
    assert NomenclatureCode.objects.get(code="7.01.01").name == "Nama lain"
    call_command("load_reference", "--replace")
    assert NomenclatureCode.objects.get(code="7.01.01").name != "Nama lain"


def test_replaced_reference_data_stand_in_the_history(palaran):
    NomenclatureCode.objects.filter(code="7.01.01").update(name="Nama lain")
    ScoringPolicy.objects.filter(government=None).update(name="Aturan lain")
    call_command("load_reference", "--replace")
    entries = HistoryEntry.objects.filter(agency=None, field="name", action=HistoryAction.UPDATE)
    assert dict(entries.values_list("model", "old")) == {
        "sakip.nomenclaturecode": "Nama lain",
        "sakip.scoringpolicy": "Aturan lain",
    }


# ---------------------------------------------------------------- another agency
def test_any_agency_can_be_loaded(tmp_path, palaran):
    before = Target.objects.filter(indicator__agency=palaran).count()
    done = load(write_dinas(tmp_path / "dinas"))
    agency = Agency.objects.get(slug="dinas-contoh")
    assert done.agency == agency
    assert list(agency.units.values_list("slug", "kind", "parent__slug")) == [
        ("sekretariat", "office", None),
        ("bidang-a", "bidang", "sekretariat"),
    ]
    owners = agency.indicators.values_list("key", "objective__number", "outcome__number", "node__key")
    assert set(owners) == {("tujuan", 1, None, None), ("sasaran", None, 1, None), ("sub", None, None, "S")}
    states = Target.objects.filter(indicator__key="sub", indicator__agency=agency).order_by("quarter")
    assert [(target.value_state, target.value) for target in states] == [
        (ValueState.NIHIL, None),
        (ValueState.NOT_APPLICABLE, None),
        (ValueState.NUMBER, 0),
        (ValueState.MISSING, None),
    ]
    assert Target.objects.filter(indicator__agency=palaran).count() == before
    assert load(tmp_path / "dinas").is_unchanged


def test_a_pack_costs_the_same_queries_whatever_its_size(tmp_path, django_assert_max_num_queries):
    """Two a file (what is there, what is new) with its savepoint, and the history."""
    folder = as_another_agency(copy_palaran(tmp_path), "lain")
    with django_assert_max_num_queries(44 * 5 + 20):
        assert sum(load(folder).created.values()) == 908


def draft_of(palaran) -> Agreement:
    planner = User.objects.create_user("perencana-uji")
    Membership.objects.create(user=planner, role=Role.PLANNER, agency=palaran)
    return start_draft(agency=palaran, year=2025, by=planner, at=timezone.now())


def test_a_draft_of_an_agreement_is_none_of_the_packs_business(palaran):
    draft = draft_of(palaran)
    assert load(PALARAN).is_unchanged
    assert Agreement.objects.drafts().get() == draft


def test_a_pack_does_not_put_a_draft_in_force(palaran):
    Agreement.objects.filter(agency=palaran, year=2025, kind="perubahan").delete()
    draft = draft_of(palaran)
    with pytest.raises(PackFaultsError):
        load(PALARAN)
    draft.refresh_from_db()
    assert draft.is_draft
