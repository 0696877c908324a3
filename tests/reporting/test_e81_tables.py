"""Table 3.8 and the reconciliation as they are printed."""

from dataclasses import replace

import pytest

from budget.queries.e81 import e81
from reporting.lkjip.table_view import widths_of
from reporting.tables import reconciliation, t3_08_e81
from reporting.tables.base import RowKind
from reporting.year import OfficeYear
from sakip.scoring.policy import EmptyRowRule
from tests.budget.small_office import SmallOffice

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(palaran) -> OfficeYear:
    return OfficeYear(palaran, 2025)


def row(table, *, starts: str, unit: str = "") -> dict[str, str]:
    """The first printed row whose name starts so (and whose unit is this)."""
    rows = [dict(zip(table.keys, printed, strict=True)) for printed in table.printed_rows]
    return next(
        found for found in rows if found["name"].startswith(starts) and unit in found.get("responsible", "")
    )


# ---------------------------------------------------------------- table 3.8
def test_every_row_of_the_form_is_printed(year):
    table = t3_08_e81.build(year)
    numbered = [printed for printed in table.printed_rows if printed[0]]
    assert len(numbered) == 3 + 10 + 58
    assert len([found for found in table.rows if found.kind is RowKind.MEAN]) == 14
    assert table.landscape
    assert table.provisional


def test_the_title_says_until_which_quarter(year):
    assert t3_08_e81.build(year).title.endswith("Kecamatan Palaran Triwulan IV Tahun 2025")
    office = SmallOffice()
    title = f"{office.agency.name} Tahun 2026"
    assert t3_08_e81.table(e81(office.agency, 2026, year.policy), year.policy).title.endswith(title)
    office.spend(office.line("S1", 1000), 100, 200)
    title = f"{office.agency.name} Triwulan II Tahun 2026"
    assert t3_08_e81.table(e81(office.agency, 2026, year.policy), year.policy).title.endswith(title)


def test_the_columns_are_those_of_the_printed_form(year):
    keys = t3_08_e81.build(year).keys
    assert keys == (
        *("no", "name", "unit", "target", "q_i", "q_ii", "q_iii", "q_iv"),
        *("total", "to_date", "pct", "band", "responsible"),
    )


def test_a_row_has_its_money_and_beneath_it_its_indicator(year):
    table = t3_08_e81.build(year)
    money = row(table, starts="Pemberdayaan Masyarakat di Kelurahan", unit="Bantuas")
    assert (money["target"], money["total"], money["pct"]) == ("635.772.591", "1.429.051.636", "224,77%")
    place = table.printed_rows.index(list(money.values()))
    indicator = dict(zip(table.keys, table.printed_rows[place + 1], strict=True))
    assert (indicator["target"], indicator["total"], indicator["pct"]) == ("3", "1", "33,33%")


def test_declared_derived_doubtful_and_hidden_are_marked(year):
    table = t3_08_e81.build(year)
    assert row(table, starts="Penyediaan Gaji")["total"] == "9.379.104.834†"
    assert row(table, starts="Jumlah Orang yang Menerima Gaji")["pct"] == "100,00%*"
    assert row(table, starts="Pemeliharaan Mebel")["name"] == "Pemeliharaan Mebel§"
    assert row(table, starts="Administrasi Umum")["name"].endswith("‡")
    signs = table.notes[-1]
    assert all(sign in signs for sign in ("* ", "† ", "‡ ", "§ ", "(S) "))


def test_the_notes_name_the_rows_that_stand_apart(year):
    notes = "\n".join(t3_08_e81.build(year).notes)
    for part in (
        "Rata-rata capaian kinerja Kecamatan Palaran: K 98,27% (Sementara), Sangat Tinggi; Rp 93,17%",
        "ST = Sangat Tinggi (≥ 91)",
        "Tidak dihitung dalam rata-rata Administrasi Umum Perangkat Daerah: Penyediaan Bahan Bacaan",
        "Pemeliharaan Mebel (Kecamatan Palaran) (baris tidak tampak dalam formulir)",
        "(baris nama 100,00%, baris indikator 33,33%)",
        "Rp\u00a0226.323.000 dari baris yang tidak terbaca",
        "Pembangunan Sarana dan Prasarana Kelurahan (Kelurahan Bantuas, baris kedua)",
    ):
        assert part in notes


def test_the_notes_round_as_the_policy_says(palaran, year):
    policy = replace(year.policy, percent_places=3)
    notes = "\n".join(t3_08_e81.table(e81(palaran, 2025, policy), policy).notes)
    assert "(baris nama 100,000%, baris indikator 33,333%)" in notes


def test_the_printed_treatment_is_named_where_it_is_chosen(palaran, year):
    policy = replace(year.policy, empty_row_rule=EmptyRowRule.PRINTED)
    table = t3_08_e81.table(e81(palaran, 2025, policy), policy)
    assert any(note.startswith("Dihitung 100 dalam rata-rata Administrasi Umum") for note in table.notes)


def test_a_form_of_entries_has_the_plan_s_columns_and_no_signs_it_does_not_use(year):
    office = SmallOffice()
    line = office.line("S1", 1000)
    office.spend(line, 100, 200, 300, 200)
    office.measure("S1", 10, 2, 2, "nihil", 4)
    table = t3_08_e81.table(e81(office.agency, office.year, year.policy), year.policy)
    assert table.keys[3:5] == ("plan_target", "before")
    assert row(table, starts="K S1")["q_iii"] == "nihil"
    assert not any(note.startswith("Keterangan tanda") for note in table.notes)
    assert not table.provisional


def test_every_column_of_money_has_the_same_room_on_paper(year):
    office = SmallOffice()
    columns = t3_08_e81.table(e81(office.agency, office.year, year.policy), year.policy).columns
    widths = dict(zip((column.key for column in columns), widths_of(columns), strict=True))
    money = ("before", "target", "q_i", "q_ii", "q_iii", "q_iv", "total", "to_date")
    assert [widths[key] for key in money] == [7] * 8


# ---------------------------------------------------------------- the reconciliation
def test_the_reconciliation_adds_up(year):
    table = reconciliation.build(year)
    assert len(table.rows) == 56 + 6 + 1
    total = row(table, starts="Jumlah")
    assert (total["ceiling"], total["official"], total["entered"], total["difference"]) == (
        "37.203.277.426,00",
        "36.123.140.441,00",
        "34.385.790.356,00",
        "-1.461.355.085,00",
    )
    assert "Total menurut formulir Rp\u00a034.661.825.356,00" in "\n".join(table.notes)


def test_a_line_shows_what_is_missing_and_what_stands_out(year):
    table = reconciliation.build(year)
    hidden = row(table, starts="Evaluasi Kelurahan")
    assert (hidden["entered"], hidden["difference"]) == ("-", "-")
    assert hidden["findings"] == "Baris tidak tampak dalam formulir."
    assert any("218,45% dari pagu" in printed[-1] for printed in table.printed_rows)
