"""Writing a performance agreement: what a draft begins with, how it is written, and when it counts."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sakip.actions.agreements import (
    AgreementMovedError,
    IndicatorEntry,
    ProgrammeEntry,
    discard_draft,
    put_in_force,
    start_draft,
    write_draft,
)
from sakip.models import Agreement, AgreementKind, HistoryEntry, ProgrammeNode, ValueState
from sakip.queries.history import broken_links
from sakip.queries.history_page import described_all
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from sakip.workflow.agreements import AgreementNotReady
from tests.world import YEAR, Office, make_office

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FACTS = {
    "title": "Perjanjian Kinerja Perubahan Tahun 2026",
    "signed_on": date(2026, 11, 6),
    "first_party_title": "Camat",
    "second_party_title": "Walikota",
}


@pytest.fixture
def office() -> Office:
    return make_office()


def start(office: Office, year: int = YEAR, by: str = "planner") -> Agreement:
    return start_draft(agency=office.agency, year=year, by=office.people[by], at=NOW)


def entry(office: Office, target: Measured, key: str = "ipp") -> IndicatorEntry:
    return IndicatorEntry(office.indicator(key), "Pelayanan publik meningkat", "indeks", target)


def write(office: Office, version: int = 1, **sent) -> Agreement:
    of_draft = {
        "facts": FACTS,
        "indicators": [entry(office, Measured.of(Decimal("3.7")))],
        "programmes": [],
        "by": office.people["planner"],
    }
    return write_draft(agency=office.agency, year=YEAR, version=version, at=NOW, **of_draft | sent)


def enforce(office: Office, version: int = 2, by: str = "planner") -> Agreement:
    return put_in_force(agency=office.agency, year=YEAR, version=version, by=office.people[by], at=NOW)


def in_force(office: Office) -> Agreement | None:
    return Agreement.objects.in_force(office.agency, YEAR)


def lines() -> list[tuple[str, str, str, str]]:
    entries = HistoryEntry.objects.order_by("pk")
    return [(line.label, line.field, line.old, line.new) for line in described_all(list(entries))]


# ---------------------------------------------------------------- starting
def test_a_draft_is_a_copy_of_what_is_in_force_and_its_next_revision(office):
    original = in_force(office)
    draft = start(office)
    assert (draft.kind, draft.revision, draft.is_draft) == (AgreementKind.REVISED, 1, True)
    assert (draft.title, draft.signed_on) == (f"Perjanjian Kinerja Perubahan Tahun {YEAR}", None)
    row = draft.indicators.get()
    assert (row.indicator.key, row.target, row.unit_of_measure) == ("ipp", Decimal("3.68"), "dokumen")
    assert in_force(office) == original


def test_starting_twice_makes_one_draft(office):
    assert start(office) == start(office)
    assert Agreement.objects.drafts().count() == 1


def test_the_next_revision_after_the_first_says_which_it_is(office):
    start(office)
    write(office)
    enforce(office)
    assert start(office).title == f"Perjanjian Kinerja Perubahan ke-2 Tahun {YEAR}"


@pytest.mark.parametrize("has_plan", [True, False], ids=["RKT", "year before"])
def test_a_year_without_an_agreement_begins_with_what_there_is(office, has_plan):
    """2027 begins with its own RKT, else with the agreement of 2026."""
    if has_plan:
        plan = Agreement.objects.create(
            agency=office.agency, year=YEAR + 1, kind=AgreementKind.ANNUAL_PLAN, title="RKT"
        )
        plan.indicators.create(indicator=office.indicator("ipp"), number=1, outcome_text="Dari RKT")
    draft = start(office, YEAR + 1)
    assert (draft.kind, draft.revision) == (AgreementKind.ORIGINAL, 0)
    assert draft.second_party_title == "Walikota"
    expected = "Dari RKT" if has_plan else "Pelayanan publik meningkat"
    assert draft.indicators.get().outcome_text == expected


def test_without_anything_before_the_draft_is_empty(office):
    draft = start(office, YEAR - 3)
    assert (draft.kind, draft.indicators.count(), draft.first_party_title) == ("murni", 0, "Camat")


@pytest.mark.parametrize("persona", ["operator", "unit_head", "head", "evaluator", "admin", "city"])
def test_nobody_but_the_planner_writes(office, persona):
    somebody = office.people[persona]
    with pytest.raises(PermissionDenied):
        start(office, by=persona)
    start(office)
    for step in (
        lambda: write(office, by=somebody),
        lambda: enforce(office, 1, by=persona),
        lambda: discard_draft(agency=office.agency, year=YEAR, version=1, by=somebody, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            step()
    assert Agreement.objects.drafts().get().version == 1


def test_the_planner_of_another_agency_does_not(office):
    stranger = make_office("lain").people["planner"]
    with pytest.raises(PermissionDenied):
        start_draft(agency=office.agency, year=YEAR, by=stranger, at=NOW)


# ---------------------------------------------------------------- writing
@pytest.mark.parametrize(
    ("target", "stored"),
    [
        (Measured.of(0), (ValueState.NUMBER, Decimal(0))),
        (Measured.of(Decimal("1234.56")), (ValueState.NUMBER, Decimal("1234.56"))),
        (NIHIL, (ValueState.NIHIL, None)),
        (NOT_APPLICABLE, (ValueState.NOT_APPLICABLE, None)),
        (MISSING, (ValueState.MISSING, None)),
    ],
)
def test_each_value_stays_what_it_is(office, target, stored):
    start(office)
    row = write(office, indicators=[entry(office, target)]).indicators.get()
    assert (row.target_state, row.target) == stored


def test_rows_keep_their_order_and_new_ones_come_after(office):
    start(office)
    keys = ("k-kantor-1", "ipp", "k-kantor-2")
    write(office, indicators=[entry(office, NIHIL, key) for key in keys])
    draft = write(office, 2, indicators=[entry(office, NIHIL, key) for key in ("k-kantor-2", "ipp")])
    rows = draft.indicators.order_by("number")
    assert [(row.number, row.indicator.key) for row in rows] == [(1, "ipp"), (2, "k-kantor-2")]


def test_programmes_are_written_and_left_out(office):
    start(office)
    node = ProgrammeNode.objects.get(agency=office.agency, key="P1")
    draft = write(office, programmes=[ProgrammeEntry(node, node.name, Decimal("1500.50"))])
    assert draft.programmes.get().amount_rp == Decimal("1500.50")
    assert write(office, 2).programmes.count() == 0


def test_whoever_saw_an_older_draft_writes_nothing(office):
    start(office)
    write(office)
    with pytest.raises(AgreementMovedError):
        write(office, 1, indicators=[])
    assert Agreement.objects.drafts().get().indicators.count() == 1
    assert write(office, 1).version == 2, "the same again is no conflict"


def test_what_is_no_draft_any_more_is_not_written(office):
    with pytest.raises(AgreementMovedError):
        write(office)


# ---------------------------------------------------------------- in force
def test_a_draft_counts_once_it_is_put_in_force(office):
    original = in_force(office)
    start(office)
    write(office)
    assert in_force(office) == original
    assert enforce(office) == in_force(office)
    assert in_force(office).indicators.get().target == Decimal("3.7")
    with pytest.raises(AgreementMovedError):
        enforce(office, 3)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"facts": FACTS | {"signed_on": None}}, "Tanggal penandatanganan belum diisi"),
        ({"indicators": []}, "Belum ada indikator yang dimuat"),
        ({"indicators": "missing"}, "Target Indeks Pelayanan Publik belum ada"),
    ],
)
def test_a_draft_that_lacks_something_does_not_count(office, sent, reason):
    original = in_force(office)
    start(office)
    if sent.get("indicators") == "missing":
        sent = {"indicators": [entry(office, MISSING)]}
    write(office, **sent)
    with pytest.raises(AgreementNotReady, match=reason):
        enforce(office)
    assert in_force(office) == original


@pytest.mark.parametrize("target", [Measured.of(0), NIHIL, NOT_APPLICABLE])
def test_zero_nihil_and_not_applicable_are_targets(office, target):
    start(office)
    write(office, indicators=[entry(office, target)])
    assert enforce(office) == in_force(office)


def test_a_draft_that_was_overtaken_does_not_count(office):
    start(office)
    write(office)
    Agreement.objects.create(
        agency=office.agency, year=YEAR, kind="perubahan", revision=2, title="Perubahan dari paket"
    )
    with pytest.raises(AgreementNotReady, match="Perubahan dari paket sudah berlaku"):
        enforce(office)


def test_only_the_draft_that_was_seen_is_put_in_force_or_deleted(office):
    start(office)
    write(office)
    with pytest.raises(AgreementMovedError):
        enforce(office, 1)
    with pytest.raises(AgreementMovedError):
        discard_draft(agency=office.agency, year=YEAR, version=1, by=office.people["planner"], at=NOW)
    assert Agreement.objects.drafts().get().version == 2


def test_a_page_left_open_on_a_deleted_draft_does_nothing_to_the_next(office):
    start(office)
    seen = write(office).version
    discard_draft(agency=office.agency, year=YEAR, version=seen, by=office.people["planner"], at=NOW)
    write(office, start(office).version, facts=FACTS | {"title": "Tidak pernah dilihat"})
    for step in (lambda: write(office, seen), lambda: enforce(office, seen)):
        with pytest.raises(AgreementMovedError):
            step()
    assert in_force(office).kind == "murni"


def test_a_deleted_draft_leaves_what_is_in_force(office):
    original = in_force(office)
    draft = start(office)
    discard_draft(agency=office.agency, year=YEAR, version=1, by=office.people["planner"], at=NOW)
    assert not Agreement.objects.filter(pk=draft.pk).exists()
    assert in_force(office) == original


# ---------------------------------------------------------------- its history
def test_the_history_says_per_indicator_and_programme_what_changed(office):
    start(office)
    node = ProgrammeNode.objects.get(agency=office.agency, key="P1")
    HistoryEntry.objects.all()._raw_delete("default")
    write(office, programmes=[ProgrammeEntry(node, node.name, Decimal(1500))])
    title = FACTS["title"]
    ipp, programme = f"{title}: Indeks Pelayanan Publik", f"{title}: Program satu"
    assert (ipp, "target", "3,68", "3,7") in lines()
    assert (programme, "anggaran", "", "1.500") in lines()
    assert (title, "ditandatangani", "", "6 November 2026") in lines()
    enforce(office)
    assert lines()[-1] == (title, "status", "rancangan", "berlaku")


def test_the_history_of_a_deleted_draft_stays_readable(office):
    start(office)
    discard_draft(agency=office.agency, year=YEAR, version=1, by=office.people["planner"], at=NOW)
    ipp = f"Perjanjian Kinerja Perubahan Tahun {YEAR}: Indeks Pelayanan Publik"
    assert (ipp, "target", "3,68", "") in lines()
    assert list(broken_links()) == []
