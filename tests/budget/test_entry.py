"""Entering a quarter: what is read from a form, what is written, and what two people do to each other."""

import json
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budget.actions.entry import save_entries
from budget.models import BudgetLine, FundingSource, QuarterlyRealisation
from sakip.actions.measurement import Edit
from sakip.models import HistoryEntry, Measurement, RowState, UnitQuarter, ValueState
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured
from sakip.workflow.policies import QuarterClosed
from tests.world import YEAR, Office, make_office


@pytest.fixture
def office(db) -> Office:
    return make_office()


def million(count: str) -> Measured:
    return Measured.of(Decimal(count) * 1_000_000)


def save(office: Office, line: BudgetLine, by: str = "operator", **edits: Edit):
    return save_entries(
        unit_quarter=office.quarter(line.unit),
        realisations={line: edits},
        measurements={},
        by=office.people[by],
        at=timezone.now(),
    )


# ---------------------------------------------------------------- the action
def test_a_cell_is_written_with_author_version_and_history(office):
    line = office.line(office.village)
    outcome = save(office, line, amount=Edit(MISSING, million("0.5")))
    row = QuarterlyRealisation.objects.get(line=line, unit_quarter__quarter=4)
    assert (row.amount, row.physical, row.version) == (million("0.5"), MISSING, 1)
    assert row.updated_by == office.people["operator"]
    assert row.updated_at is not None
    entry = HistoryEntry.objects.get(unit=office.village)
    assert (entry.field, entry.old, entry.new, entry.by) == (
        "amount_rp",
        "belum ada",
        "500000",
        row.updated_by,
    )
    assert outcome.changed == 1


def test_sending_twice_writes_once(office):
    line = office.line(office.village)
    edit = Edit(MISSING, million("0.5"))
    save(office, line, amount=edit)
    assert save(office, line, amount=edit).changed == 0
    assert QuarterlyRealisation.objects.get(line=line, unit_quarter__quarter=4).version == 1
    assert HistoryEntry.objects.filter(unit=office.village).count() == 1


def test_the_second_writer_of_a_cell_chooses(office):
    line = office.line(office.village)
    save(office, line, amount=Edit(MISSING, million("0.5")))
    outcome = save(office, line, by="planner", amount=Edit(MISSING, million("0.7")))
    (conflict,) = outcome.realisations[line].conflicts
    assert (conflict.theirs, conflict.mine) == (million("0.5"), million("0.7"))
    assert QuarterlyRealisation.objects.get(line=line, unit_quarter__quarter=4).amount == million("0.5")
    save(office, line, by="planner", amount=Edit(conflict.theirs, million("0.7")))
    row = QuarterlyRealisation.objects.get(line=line, unit_quarter__quarter=4)
    assert (row.amount, row.version, row.updated_by) == (million("0.7"), 2, office.people["planner"])


def test_two_cells_of_one_row_do_not_disturb_each_other(office):
    line = office.line(office.village)
    save(office, line, amount=Edit(MISSING, million("0.5")))
    outcome = save(office, line, by="planner", physical=Edit(MISSING, Measured.of(80)))
    assert not outcome.has_conflict
    row = QuarterlyRealisation.objects.get(line=line, unit_quarter__quarter=4)
    assert (row.amount, row.physical) == (million("0.5"), Measured.of(80))


@pytest.mark.parametrize("value", [Measured.of(0), NIHIL, NOT_APPLICABLE, MISSING, Measured.of(3)])
def test_each_kind_of_value_is_kept_apart(office, value):
    indicator = office.indicator("k-kelurahan-1")
    seen = NIHIL if value == MISSING else MISSING
    quarter, by = office.quarter(office.village), office.people["operator"]
    if seen == NIHIL:
        save_entries(
            unit_quarter=quarter,
            realisations={},
            measurements={indicator: {"value": Edit(MISSING, NIHIL)}},
            by=by,
            at=timezone.now(),
        )
    save_entries(
        unit_quarter=quarter,
        realisations={},
        measurements={indicator: {"value": Edit(seen, value)}},
        by=by,
        at=timezone.now(),
    )
    assert Measurement.objects.get(indicator=indicator, unit_quarter=quarter).measured == value


@pytest.mark.parametrize("persona", ["colleague", "head", "evaluator", "admin", "city"])
def test_who_may_not_fill_in_writes_nothing(office, persona):
    line = office.line(office.village)
    with pytest.raises(PermissionDenied, match="hanya dapat diisi"):
        save(office, line, by=persona, amount=Edit(MISSING, million("0.5")))
    assert not QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=4).exists()


@pytest.mark.parametrize("state", [RowState.SUBMITTED, RowState.VERIFIED, RowState.APPROVED, RowState.LOCKED])
def test_a_closed_quarter_takes_nothing(office, state):
    line = office.line(office.village)
    UnitQuarter.objects.filter(unit=office.village, quarter=4).update(state=state)
    with pytest.raises(QuarterClosed):
        save(office, line, amount=Edit(MISSING, million("0.5")))
    assert not QuarterlyRealisation.objects.filter(line=line, unit_quarter__quarter=4).exists()


def test_one_wrong_row_stops_all(office):
    """A row of another unit in the same transaction: nothing is written."""
    own, other = office.line(office.village), office.line(office.office)
    edits = {"amount": Edit(MISSING, million("0.5"))}
    with pytest.raises(QuarterClosed, match="bukan milik"):
        save_entries(
            unit_quarter=office.quarter(office.village),
            realisations={own: edits, other: edits},
            measurements={},
            by=office.people["operator"],
            at=timezone.now(),
        )
    rows = QuarterlyRealisation.objects.filter(unit_quarter__unit__agency=office.agency)
    assert not rows.filter(unit_quarter__quarter=4).exists()
    assert not HistoryEntry.objects.filter(agency=office.agency).exists()


def test_an_indicator_of_another_unit_is_refused(office):
    with pytest.raises(QuarterClosed, match="tidak diisi oleh"):
        save_entries(
            unit_quarter=office.quarter(office.village),
            realisations={},
            measurements={office.indicator("k-kantor-1"): {"value": Edit(MISSING, NIHIL)}},
            by=office.people["operator"],
            at=timezone.now(),
        )


def test_a_row_that_was_verified_stays(office):
    line = office.line(office.village)
    save(office, line, amount=Edit(MISSING, million("0.5")))
    QuarterlyRealisation.objects.filter(line=line).update(state=RowState.VERIFIED)
    with pytest.raises(QuarterClosed, match="Diverifikasi"):
        save(office, line, amount=Edit(million("0.5"), million("0.6")))


# ---------------------------------------------------------------- the page
@dataclass
class Desk:
    """Somebody in front of the entry page of the village's fourth quarter."""

    client: Client
    office: Office

    @property
    def line(self) -> BudgetLine:
        return self.office.line(self.office.village)

    @property
    def cell(self) -> str:
        return f"l{self.line.pk}-amount"

    def address(self, name: str = "entry", quarter: int = 4, unit: str = "kelurahan", **more) -> str:
        place = {"agency": self.office.agency.slug, "year": YEAR, "unit": unit, "quarter": quarter}
        return reverse(name, kwargs=place | more)

    def send_group(self, **cells: str):
        """One group as the page sends it: `amount`, `amount_lihat`, ... of the first line."""
        data = {f"l{self.line.pk}-{name.replace('_', '-')}": value for name, value in cells.items()}
        group = f"s{self.line.node_id}"
        return self.client.post(
            self.address("entry_group", group=group), data, headers={"HX-Request": "true"}
        )

    def stored(self) -> QuarterlyRealisation | None:
        return QuarterlyRealisation.objects.filter(line=self.line, unit_quarter__quarter=4).first()


@pytest.fixture
def desk(office, client) -> Desk:
    client.force_login(office.people["operator"])
    return Desk(client, office)


def test_the_page_shows_ceiling_sums_and_boxes(desk):
    response = desk.client.get(desk.address())
    html = response.content.decode()
    assert response.status_code == 200
    assert f'name="{desk.cell}"' in html
    assert "1.000.000" in html  # the ceiling
    assert "600.000" in html  # three quarters of 200.000
    assert "Sub kegiatan 2" in html


def test_a_saved_cell_answers_with_the_new_sums(desk):
    response = desk.send_group(amount="250.000", amount_lihat="")
    html = response.content.decode()
    assert response.status_code == 200
    assert desk.stored().amount == Measured.of(250_000)
    assert "850.000" in html  # the line's year so far
    assert "85,00%" in html  # its absorption
    assert "1.450.000" in html  # activity and programme
    assert 'hx-swap-oob="true"' in html
    assert f'name="{desk.cell}-lihat" value="250.000"' in html


@pytest.mark.parametrize(
    ("cell", "typed", "said"),
    [
        ("amount", "-5", "negatif"),
        ("amount", "banyak", "bukan angka"),
        ("amount", "1,234,567.89", "tampaknya berarti 1234567,89"),
        ("amount", "12.345.678.901.234.567", "terlalu besar"),
        ("amount", "1,234", "tampaknya berarti 1234"),
        ("amount", "-", "dapat berarti belum ada, nihil, tidak berlaku, atau 0"),
        ("physical", "–", "Pilih yang dimaksud"),
        ("physical", "100,5", "melebihi 100"),
        ("physical", "1.234", "dapat berarti 1234 atau 1,234"),
        ("physical", "-1", "negatif"),
        ("physical", "12,3456789", "terlalu banyak angka di belakang koma"),
    ],
)
def test_what_cannot_be_understood_says_why_and_stays(desk, cell, typed, said):
    response = desk.send_group(**{cell: typed, f"{cell}_lihat": ""})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert desk.stored() is None
    whole = desk.client.post(desk.address(), {f"l{desk.line.pk}-{cell}": typed})
    assert whole.status_code == 422
    assert f'value="{typed}"' in whole.content.decode()


def test_a_doubtful_number_offers_its_readings(desk):
    html = desk.send_group(amount="1,234,567.89", amount_lihat="").content.decode()
    assert f'name="{desk.cell}-arti" value="1234567,89"' in html
    desk.send_group(amount="1,234,567.89", amount_lihat="", amount_arti="1234567,89")
    assert desk.stored().amount == Measured.of(Decimal("1234567.89"))


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("0", ValueState.NUMBER),
        ("nihil", ValueState.NIHIL),
        ("Tidak Berlaku", ValueState.NOT_APPLICABLE),
        ("tb", ValueState.NOT_APPLICABLE),
    ],
)
def test_words_are_values_too(desk, typed, state):
    assert desk.send_group(amount=typed, amount_lihat="").status_code == 200
    assert desk.stored().amount_state == state


def test_a_dash_becomes_what_was_chosen(desk):
    desk.send_group(amount="-", amount_lihat="", amount_arti="nihil")
    assert desk.stored().amount == NIHIL


def test_a_line_of_a_minute_ago_is_known(desk):
    """What a save before it has read of the budget is used again, but a row that came since is not lost."""
    desk.send_group(amount="5", amount_lihat="")
    source = FundingSource.objects.create(code="UJI", name="Sumber uji")
    line = BudgetLine.objects.create(
        unit=desk.line.unit, node=desk.line.node, year=YEAR, funding_source=source, sort_order=9
    )
    cell = f"l{line.pk}-amount"
    address = desk.address("entry_group", group=f"s{line.node_id}")
    assert desk.client.post(address, {cell: "7", f"{cell}-lihat": ""}).status_code == 200
    assert QuarterlyRealisation.objects.get(line=line).amount == Measured.of(7)


def test_a_finding_of_an_indicator_is_said(desk):
    """Three documents in three quarters, and now forty."""
    indicator = desk.office.indicator("k-kelurahan-1")
    cell = f"m{indicator.pk}-value"
    address = desk.address("entry_group", group=f"s{desk.line.node_id}")
    html = desk.client.post(address, {cell: "40", f"{cell}-lihat": ""}).content.decode()
    assert "jauh di luar triwulan sebelumnya" in html


def test_a_word_picked_from_the_list_comes_before_the_text(desk):
    desk.send_group(amount="5", amount_lihat="", amount_pilih="nihil")
    assert desk.stored().amount == NIHIL


def test_emptying_a_cell_makes_it_missing_again(desk):
    desk.send_group(amount="5", amount_lihat="")
    desk.send_group(amount="", amount_lihat="5")
    assert desk.stored().amount == MISSING


def test_above_the_ceiling_is_saved_and_said(desk):
    response = desk.send_group(amount="500.000", amount_lihat="")
    assert response.status_code == 200
    assert "melebihi pagu sebesar Rp\u00a0100.000." in response.content.decode()
    assert desk.stored().amount == Measured.of(500_000)


def test_one_wrong_cell_does_not_hold_up_the_other(desk):
    response = desk.send_group(amount="250.000", amount_lihat="", physical="200", physical_lihat="")
    assert response.status_code == 422
    assert desk.stored().amount == Measured.of(250_000)
    assert desk.stored().physical == MISSING


def test_the_second_writer_is_shown_the_first_value(desk):
    desk.send_group(amount="100", amount_lihat="")
    response = desk.send_group(amount="300", amount_lihat="")
    html = response.content.decode()
    assert response.status_code == 422
    assert "diisi orang lain: <strong>100</strong>" in html
    assert f'name="{desk.cell}-lihat" value="" ' in html  # still what this writer saw
    assert desk.stored().amount == Measured.of(100)
    desk.send_group(amount="300", amount_lihat="", amount_timpa="100")
    assert desk.stored().amount == Measured.of(300)


def test_the_second_writer_may_take_the_first_value(desk):
    desk.send_group(amount="100", amount_lihat="")
    response = desk.send_group(amount="300", amount_lihat="", amount_arti="100")
    assert response.status_code == 200
    assert f'name="{desk.cell}-lihat" value="100"' in response.content.decode()
    assert desk.stored().amount == Measured.of(100)


def test_the_whole_form_works_without_scripts(desk):
    line, other = desk.line, desk.office.line(desk.office.village, "P1.K1.S2")
    data = {
        f"l{line.pk}-amount": "100.000",
        f"l{line.pk}-obstacle": "Hujan\r\nterus",
        f"l{other.pk}-physical": "90",
        f"m{desk.office.indicator('k-kelurahan-1').pk}-value": "1",
    }
    response = desk.client.post(desk.address(), data, follow=True)
    assert "Tersimpan: 3 baris" in response.content.decode()
    assert desk.stored().obstacle == "Hujan\nterus"
    again = desk.client.post(desk.address(), data, follow=True)
    assert "Tidak ada yang berubah" in again.content.decode()
    assert desk.stored().version == 1


def test_a_page_that_leaves_cells_out_does_not_empty_them(desk):
    desk.send_group(amount="100", amount_lihat="", obstacle="Hujan")
    desk.send_group(physical="50", physical_lihat="")
    assert (desk.stored().amount, desk.stored().obstacle) == (Measured.of(100), "Hujan")


def test_a_locked_quarter_is_shown_but_not_written(desk):
    page = desk.client.get(desk.address(quarter=3))
    html = page.content.decode()
    assert page.status_code == 200
    assert "Perencana dapat membukanya kembali" in html
    assert "<input" not in html.split("<main")[1].split("</main>")[0]
    refused = desk.client.post(desk.address(quarter=3), {desk.cell: "5"})
    assert refused.status_code == 403
    assert "sudah dikunci" in refused.content.decode()


def test_an_open_page_is_told_why_it_is_refused(desk):
    """The quarter was locked, or the session ended, while somebody was filling in."""
    UnitQuarter.objects.filter(unit=desk.office.village, quarter=4).update(state=RowState.LOCKED)
    locked = desk.send_group(amount="5", amount_lihat="")
    assert (locked.status_code, desk.stored()) == (403, None)
    assert "sudah dikunci" in json.loads(locked["HX-Trigger"])["pesan"]["text"]
    desk.client.logout()
    ended = desk.send_group(amount="5", amount_lihat="")
    assert ended.status_code == 403
    assert "Sesi Anda telah berakhir" in json.loads(ended["HX-Trigger"])["pesan"]["text"]


def test_an_unknown_group_is_not_found(desk):
    assert desk.client.post(desk.address("entry_group", group="s999999"), {}).status_code == 404
    assert desk.client.post(desk.address("entry_group", group="x"), {}).status_code == 404


def test_figures_above_the_tree_are_the_offices(desk):
    """Key indicators without a unit are filled in by the agency's own office."""
    indicator = desk.office.indicator("ipp")
    assert f"m{indicator.pk}-value" not in desk.client.get(desk.address()).content.decode()
    desk.client.force_login(desk.office.people["colleague"])
    assert f"m{indicator.pk}-value" in desk.client.get(desk.address(unit="kantor")).content.decode()
