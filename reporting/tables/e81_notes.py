"""What stands under form E.81: how to read it, its means and predicates, and every row that stands apart."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from budget.queries.e81 import E81Form, E81Node
from sakip import indonesian
from sakip.models import Confidence
from sakip.scoring.organisation_score import Excluded
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.scales import Scale

DECLARED, DERIVED, DOUBTFUL, HIDDEN, PROVISIONAL = "*", "†", "‡", "§", " (S)"
HOW_TO_READ = (
    "Baris bersatuan Rp memuat pagu dan realisasi keuangan, baris di bawahnya memuat indikator (K). "
    "Pagu menurut Tabel 3.7."
)
HOW_COMPUTED = (
    "K kegiatan, program, dan perangkat daerah adalah rata-rata sederhana baris tepat di bawahnya; "
    "tingkat capaian Rp adalah jumlah realisasi dibagi jumlah pagu."
)


def notes(form: E81Form, policy: ScoringPolicy) -> tuple[str, ...]:
    """The footer, most general first. Rows are named with their unit."""
    return (
        HOW_TO_READ,
        HOW_COMPUTED,
        _predicates(policy.realisation_scale),
        f"Rata-rata capaian kinerja {form.agency.name}: {_with_band(form.office, policy)}.",
        *_left_out(form),
        *_waiting(form),
        *_as_full(form),
        *_name_lines(form, policy),
        *_repeats(form),
        *_unseen(form),
        *(f"Tidak termuat dalam pohon program: {name}." for name in form.unplaced),
        *_signs(form),
    )


def _predicates(scale: Scale) -> str:
    """'ST = Sangat Tinggi (≥ 91); …; SR = Sangat Rendah (di bawahnya)'."""
    parts = []
    for band in scale.bands:
        sign = "≥" if band.includes_bound else ">"
        reach = "di bawahnya" if band.bound is None else f"{sign} {indonesian.plain(band.bound)}"
        parts.append(f"{band.label} = {band.name} ({reach})")
    return f"Predikat: {'; '.join(parts)}."


def _with_band(node: E81Node, policy: ScoringPolicy) -> str:
    k = _percent(node.k, policy) + (f", {node.k_band.name}" if node.k_band else "")
    money = _percent(node.absorption, policy)
    money += f", {node.absorption_band.name}" if node.absorption_band else ""
    return f"K {k}; Rp {money}"


def _percent(result: Result, policy: ScoringPolicy) -> str:
    if result.value is None:
        return f"belum dapat dihitung ({result.reason.text})" if result.reason else ""
    return _written(result.value, policy) + (" (Sementara)" if result.provisional else "")


def _written(value: Decimal, policy: ScoringPolicy) -> str:
    return indonesian.percent(value, policy.percent_places, policy.rounding)


def _left_out(form: E81Form) -> Iterable[str]:
    for node in form.parents:
        if node.mean and node.mean.left_out:
            rows = _reasons(node.mean.left_out)
            yield f"Tidak dihitung dalam rata-rata {node.name}: {rows}."


def _waiting(form: E81Form) -> Iterable[str]:
    for node in form.parents:
        if node.mean and node.mean.missing:
            yield f"Rata-rata {node.name} Sementara, karena belum ada: {_reasons(node.mean.missing)}."


def _as_full(form: E81Form) -> Iterable[str]:
    for node in form.parents:
        if node.mean and node.mean.as_full:
            rows = "; ".join(node.mean.as_full)
            yield f"Dihitung 100 dalam rata-rata {node.name}, seperti pada formulir tercetak: {rows}."


def _reasons(rows: Sequence[Excluded]) -> str:
    return "; ".join(f"{row.name} ({row.reason.text})" for row in rows)


def _name_lines(form: E81Form, policy: ScoringPolicy) -> Iterable[str]:
    """A leaf's K is its indicator line; the form prints another percentage on the name line."""
    different = [
        f"{leaf.label} (baris nama {named}, baris indikator {reached})"
        for leaf in form.leaves
        if leaf.own.printed_k_pct is not None
        and leaf.k.value is not None
        and (named := _written(leaf.own.printed_k_pct, policy)) != (reached := _written(leaf.k.value, policy))
    ]
    if different:
        yield f"K yang dipakai adalah K baris indikator, bukan persentase baris nama: {'; '.join(different)}."


def _repeats(form: E81Form) -> Iterable[str]:
    rows = "; ".join(leaf.label for leaf in form.leaves if leaf.is_repeat)
    if rows:
        yield f"Tercetak dua kali dalam formulir dan dibiarkan, pagunya dihitung sekali: {rows}."


def _unseen(form: E81Form) -> Iterable[str]:
    if not form.is_imported:
        return
    for node in form.parents:
        if node.unseen_rp:
            amount = indonesian.rupiah_exact(node.unseen_rp)
            yield f"Realisasi {node.name} memuat {amount} dari baris yang tidak terbaca."


def _signs(form: E81Form) -> Iterable[str]:
    """Only the signs that the table uses."""
    nodes = form.nodes
    lines = [line for node in nodes for line in node.own.indicators]
    used = {
        f"{DECLARED} persentase menurut formulir; target atau realisasinya tidak terbaca": any(
            line.is_declared for line in lines
        ),
        f"{DERIVED} tidak tercetak; dihitung dari baris lain": any(n.money.is_derived for n in nodes),
        f"{DOUBTFUL} sebagian baris sulit dibaca": any(n.own.confidence == Confidence.LOW for n in nodes),
        f"{HIDDEN} baris tidak tampak dalam formulir": any(node.is_hidden for node in nodes),
        f"{PROVISIONAL.strip()} Sementara": any(
            result.provisional
            for result in [*(n.k for n in nodes), *(n.absorption for n in nodes), *(x.k for x in lines)]
        ),
    }
    shown = "; ".join(sign for sign, is_used in used.items() if is_used)
    if shown:
        yield f"Keterangan tanda: {shown}."
