"""Table 3.8 against the printed form: every mean with its rows, every percentage, every total."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from budget.models import ImportedMean
from budget.queries.e81 import E81Form, E81Node, e81
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.scoring.arithmetic import mean
from sakip.scoring.policy import EmptyRowRule
from sakip.scoring.result import Result
from tests.golden.fidelity import Comparison, Section, Verdict
from tests.golden.reasons import ZERO_CEILING

pytestmark = pytest.mark.django_db

# Key of the node: K and its predicate, Rp and its predicate, as the portal prints them; (S) is Sementara.
EXPECTED = {
    "": ("98,27% (S)", "ST", "93,17%", "ST"),
    "P1": ("98,13% (S)", "ST", "93,73%", "ST"),
    "P1.K1": ("100,00%", "ST", "70,75%", "S"),
    "P1.K2": ("100,00%", "ST", "94,86%", "ST"),
    "P1.K3": ("100,00%", "ST", "99,01%", "ST"),
    "P1.K4": ("86,90%", "T", "74,51%", "S"),
    "P1.K5": ("100,00%", "ST", "96,72%", "ST"),
    "P1.K6": ("100,00%", "ST", "78,52%", "T"),
    "P1.K7": ("100,00% (S)", "ST", "88,86%", "T"),
    "P2": ("100,00% (S)", "ST", "36,47%", "SR"),
    "P2.K1": ("100,00% (S)", "ST", "36,47%", "SR"),
    "P3": ("96,67% (S)", "ST", "102,87%", "ST"),
    "P3.K1": ("93,33% (S)", "ST", "103,13%", "ST"),
    "P3.K2": ("100,00% (S)", "ST", "85,75%", "T"),
}


@pytest.fixture
def year(palaran) -> OfficeYear:
    return OfficeYear(palaran, 2025)


@pytest.fixture
def form(year) -> E81Form:
    return year.e81


def printed(value: Decimal | None) -> str:
    return "" if value is None else indonesian.percent(value)


def ours(result: Result) -> str:
    if result.value is None:
        return result.reason.text if result.reason else ""
    return indonesian.percent(result.value) + (" (S)" if result.provisional else "")


def by_key(form: E81Form) -> dict[str, E81Node]:
    return {node.key: node for node in form.parents}


# ---------------------------------------------------------------- our figures
def test_every_mean_and_predicate(form):
    found = {
        node.key: (ours(node.k), node.k_band.label, ours(node.absorption), node.absorption_band.label)
        for node in form.parents
    }
    assert found == EXPECTED


def test_the_form_is_complete(form):
    """70 printed lines: one is the second indicator of programme 1; three sub-activities are not shown."""
    assert len(form.programmes) == 3
    assert len([node for node in form.parents if node.level == "kegiatan"]) == 10
    assert len({leaf.key for leaf in form.leaves}) == 38
    assert len([leaf for leaf in form.leaves if not leaf.is_hidden]) == 70 - 1 - len(form.parents)
    assert [leaf.name for leaf in form.leaves if leaf.is_hidden] == [
        "Pemeliharaan Mebel",
        "Pemeliharaan Peralatan dan Mesin Lainnya",
        "Evaluasi Kelurahan",
    ]
    assert form.unplaced == ()


def test_ceilings_come_from_table_3_7_once(form, year):
    assert form.office.ceiling_rp == year.budget.total.ceiling_rp == 37_203_277_426
    bukuan = next(leaf for leaf in form.leaves if leaf.own.printed_ceiling_rp == 2_037_850_841)
    assert bukuan.ceiling_rp == 2_037_450_841
    repeated = [(leaf.label, leaf.ceiling_rp) for leaf in form.leaves if leaf.is_repeat]
    assert repeated == [
        ("Pembangunan Sarana dan Prasarana Kelurahan (Kelurahan Bantuas, baris kedua)", 1_049_600_000),
        ("Pemberdayaan Masyarakat di Kelurahan (Kelurahan Bantuas, baris kedua)", 635_772_591),
    ]


def test_the_curve_is_the_office_s_as_printed(form):
    assert [point.number for point in form.curve] == [
        2_541_190_055,
        7_275_599_883,
        12_972_124_126,
        11_872_911_292,
    ]
    assert form.office.money.total.number == 34_661_825_356


def test_derived_totals_close_the_printed_parents(form):
    """What a parent's total holds beyond its rows is exactly what the hidden rows can hold."""
    nodes = by_key(form)
    assert nodes["P1.K1"].unseen_rp == nodes["P1.K2"].unseen_rp == nodes["P1.K4"].unseen_rp == 0
    assert nodes["P1.K5"].unseen_rp == 20_000_000
    assert nodes["P3.K1"].unseen_rp == 29_712_000
    assert nodes["P1"].unseen_rp == nodes["P2"].unseen_rp == nodes["P3"].unseen_rp == 0


# ---------------------------------------------------------------- how the print came about
def test_the_print_follows_from_its_own_treatment(form):
    """The printed means are those of the name lines, Mebel counted as 0, the other hidden row as 100."""
    nodes = by_key(form)

    def name_lines(key: str, *hidden: int) -> str:
        shown = [row.own.printed_k_pct for row in nodes[key].rows if not row.is_hidden]
        return printed(mean([Decimal(100) if k is None else k for k in shown] + [Decimal(h) for h in hidden]))

    assert name_lines("P1.K7", 0, 100) == "85,71%"
    assert name_lines("P3.K1", 100) == "100,00%"
    assert name_lines("P1.K4") == "88,54%"
    assert name_lines("P1") == "96,32%"
    assert name_lines("") == "98,77%"


def test_the_printed_treatment_can_be_chosen(palaran, year):
    policy = replace(year.policy, empty_row_rule=EmptyRowRule.PRINTED)
    nodes = by_key(e81(palaran, 2025, policy))
    assert ours(nodes["P1.K4"].k) == "88,54%"
    assert len(nodes["P1.K4"].mean.as_full) == 1


# ---------------------------------------------------------------- docs/fidelity.md
def section(year: OfficeYear) -> Section:
    """Table 3.8: means and predicates with their rows, indicator lines, money of the rows."""
    form = year.e81
    means = {row.node.key: row for row in ImportedMean.objects.select_related("node")}
    found: list[Comparison] = []
    for node in form.parents:
        found += _mean_cells(node, means.get(node.key))
    for node in form.nodes:
        found += _indicator_cells(node)
    for leaf in form.leaves:
        if leaf.own.printed_rp_pct is not None:
            mine, reason = _money(leaf)
            found.append(
                Comparison("3.8", f"Rp {leaf.label}", printed(leaf.own.printed_rp_pct), mine, reason)
            )
    return Section("Tabel 3.8 (formulir E.81)", form.source, tuple(found))


def _mean_cells(node: E81Node, row: ImportedMean | None) -> Iterator[Comparison]:
    k = row.k_pct if row else node.own.printed_k_pct
    money = row.rp_pct if row and row.rp_pct is not None else node.own.printed_rp_pct
    rows = "; ".join(f"{each.label}: {ours(each.k)}" for each in node.rows)
    why = _why(node)
    differs = printed(k) not in ("", ours(node.k))
    reason = f"{why}. Baris: {rows}." if differs else f"Baris: {rows}."
    yield Comparison("3.8", f"Rata-rata K {node.name}", printed(k), ours(node.k), reason)
    yield Comparison("3.8", f"Rp {node.name}", printed(money), ours(node.absorption))
    if row and row.k_predicate:
        follows = "" if row.k_predicate == node.k_band.label else "mengikuti rata-rata K"
        yield Comparison("3.8", f"Predikat K {node.name}", row.k_predicate, node.k_band.label, follows)
    if row and row.rp_predicate:
        yield Comparison("3.8", f"Predikat Rp {node.name}", row.rp_predicate, node.absorption_band.label)


def _why(node: E81Node) -> str:
    """The reasons of a mean that differs, read off its rows."""
    reasons = [f"baris tanpa pagu tidak dihitung: {row.name}" for row in node.mean.left_out]
    reasons += [f"{row.reason.text}: {row.name}" for row in node.mean.missing]
    for row in node.rows:
        printed_k = row.own.printed_k_pct
        if row.rows and row.k.provisional:
            reasons.append(f"mengikuti rata-rata Sementara {row.name}")
        elif row.k.value is not None and printed_k is not None and printed(printed_k) != printed(row.k.value):
            source = "rata-rata" if row.rows else "persentase baris nama"
            reasons.append(f"cetakan memakai {source} {printed(printed_k)}: {row.name}")
    return "; ".join(dict.fromkeys(reasons))


def _indicator_cells(node: E81Node) -> Iterator[Comparison]:
    for line in node.own.indicators:
        if line.printed_k_pct is None:
            continue
        steps = "; ".join(step.expression for step in line.k.steps)
        same = printed(line.printed_k_pct) == ours(line.k)
        yield Comparison(
            "3.8",
            f"K {line.name or node.label}",
            printed(line.printed_k_pct),
            ours(line.k),
            "" if same else f"target tercetak tidak menghasilkan persentase tercetak: {steps}",
        )


def _money(leaf: E81Node) -> tuple[str, str]:
    """What table 3.8 shows, and why it is not the print's zero where the ceiling is zero."""
    if leaf.absorption.value is None and leaf.absorption.reason is not None:
        return leaf.absorption.reason.text, ZERO_CEILING if leaf.ceiling_rp == 0 else ""
    return ours(leaf.absorption), ""


def test_every_difference_has_its_reason(year):
    found = section(year)
    assert found.unexplained == []
    different = [row.cell for row in found.comparisons if row.verdict is Verdict.DIFFERENT]
    assert [row.reason for row in found.comparisons if row.cell in different and row.cell[:3] == "Rp "] == [
        ZERO_CEILING
    ]
    assert [cell for cell in different if cell.startswith("K ")] == ["K Indeks Kepuasan Masyarakat (IKM)"]
    means = [cell for cell in different if cell.startswith("Rata-rata K ")]
    assert len(means) == 9
