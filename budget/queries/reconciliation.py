"""The two kinds of money side by side, per budget line: official realisation and quarterly entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.absorption import absorption
from budget.findings import Finding
from budget.queries.budget_year import BudgetYear, LineYear, budget_year, entered_rp
from budget.queries.e81 import E81Form, E81Node, e81
from sakip import indonesian
from sakip.models import Agency, Unit
from sakip.scoring.aggregation import Combine, combine
from sakip.scoring.arithmetic import difference, total
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import ROMAN
from sakip.scoring.result import Result
from sakip.scoring.values import Measured

FINDING_LABELS = {
    "above_ceiling": "Melebihi pagu",
    "repeated": "Tercetak berulang",
    "ceiling_differs": "Pagu berbeda",
    "quarters_differ": "Jumlah triwulan berbeda",
    "derived": "Total turunan",
    "entry_missing": "Isian belum ada",
    "entry_partial": "Isian belum lengkap",
    "official_missing": "Realisasi resmi belum ada",
}


@dataclass(frozen=True, slots=True)
class LineReconciliation:
    """A budget line: ceiling, official realisation, entries (rupiah; None is *belum ada*, or *tidak berlaku*
    where `is_not_applicable`) and their difference, entries minus official. `entered_pct` is entries against
    the ceiling, unrounded; `quarter` is the first that is not filled in, else the last."""

    pk: int
    quarter: int
    unit: Unit
    programme: str
    activity: str
    name: str
    ceiling_rp: Decimal | None
    official_rp: Decimal | None
    entered_rp: Decimal | None
    is_not_applicable: bool
    entered_pct: Result
    findings: tuple[Finding, ...]

    @property
    def difference_rp(self) -> Decimal | None:
        if self.official_rp is None or self.entered_rp is None:
            return None
        return difference(self.entered_rp, self.official_rp)

    @property
    def is_missing(self) -> bool:
        """Nobody has said anything of it."""
        return self.entered_rp is None and not self.is_not_applicable

    @property
    def agrees(self) -> bool:
        """Both figures are there and are the same."""
        return self.difference_rp == 0

    def has(self, key: str) -> bool:
        return any(finding.key == key for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Sums:
    """Lines together, each figure over the lines that have it; `missing` lines have no entries, `partial`
    ones not those of all quarters. The difference is over the `compared` lines, which have both."""

    ceiling_rp: Decimal | None
    official_rp: Decimal
    entered_rp: Decimal
    difference_rp: Decimal
    missing: int
    partial: int
    compared: int
    agreeing: int
    lines: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A year's lines, and what the form says of itself. `has_official`: official figures were loaded.

    `form_total_rp` is the office's own total in the form (None: it prints none, or there are only entries);
    `unseen_rp` is the part of it that no readable line shows. `form_findings` are about parents' rows.
    """

    year: int
    is_imported: bool
    has_official: bool
    lines: tuple[LineReconciliation, ...]
    form_total_rp: Decimal | None
    unseen_rp: Decimal | None
    form_findings: tuple[Finding, ...]

    @property
    def entries_name(self) -> str:
        return "Formulir E.81" if self.is_imported else "Isian triwulan"

    @property
    def entries_word(self) -> str:
        """The same within a sentence."""
        return self.entries_name[:1].lower() + self.entries_name[1:]

    @property
    def sums(self) -> Sums:
        return sums_of(self.lines)

    @property
    def units(self) -> list[Unit]:
        return list(dict.fromkeys(line.unit for line in self.lines))

    @property
    def provisional(self) -> bool:
        """A line still waits for one of its two figures."""
        return any(line.difference_rp is None and not line.is_not_applicable for line in self.lines)

    def chosen(self, unit: Unit | None = None, *, only_differences: bool = False) -> list[LineReconciliation]:
        """The lines of one unit, of those that differ or lack a figure, or both."""
        return [
            line
            for line in self.lines
            if (unit is None or line.unit == unit) and not (only_differences and line.agrees)
        ]

    def counts(self) -> dict[str, int]:
        """How many lines have each finding, in the order of the labels, without zeros."""
        counted = {key: sum(line.has(key) for line in self.lines) for key in FINDING_LABELS}
        return {key: count for key, count in counted.items() if count}


def sums_of(lines: Sequence[LineReconciliation]) -> Sums:
    ceilings = [line.ceiling_rp for line in lines if line.ceiling_rp is not None]
    return Sums(
        ceiling_rp=total(ceilings) if ceilings else None,
        official_rp=_sum(line.official_rp for line in lines),
        entered_rp=_sum(line.entered_rp for line in lines),
        difference_rp=_sum(line.difference_rp for line in lines),
        missing=sum(line.is_missing for line in lines),
        partial=sum(line.has("entry_partial") for line in lines),
        compared=sum(line.difference_rp is not None for line in lines),
        agreeing=sum(line.agrees for line in lines),
        lines=len(lines),
    )


type Entered = tuple[Decimal | None, Sequence[Finding]]


def reconciliation(agency: Agency, year: int, policy: ScoringPolicy) -> Reconciliation:
    """The year's reconciliation, in a fixed number of queries."""
    budget = budget_year(agency, year)
    return reconcile(e81(agency, year, policy, budget), budget, policy)


def reconcile(form: E81Form, budget: BudgetYear, policy: ScoringPolicy) -> Reconciliation:
    """The budget's lines against the form's: every line of the budget once, repeats of the form together."""
    printed: dict[int, list[E81Node]] = defaultdict(list)
    for leaf in form.leaves if form.is_imported else ():
        for line_id in leaf.line_ids:
            printed[line_id].append(leaf)
    has_official = any(line.official_rp is not None for line in budget.lines)

    def entered(line: LineYear) -> Entered:
        if form.is_imported:
            return _printed_line(line, printed[line.line.pk], policy)
        return _entered_line(line, policy)

    lines = tuple(_line(line, *entered(line), has_official) for line in budget.lines)
    own_total = form.office.own.money.spent
    seen = total([leaf.money.spent or Decimal(0) for leaf in form.leaves])
    return Reconciliation(
        year=form.year,
        is_imported=form.is_imported,
        has_official=has_official,
        lines=lines,
        form_total_rp=own_total,
        unseen_rp=None if own_total is None else difference(own_total, seen),
        form_findings=tuple(_form_findings(form)) if form.is_imported else (),
    )


def _printed_line(line: LineYear, rows: Sequence[E81Node], policy: ScoringPolicy) -> Entered:
    known = [row.money.spent for row in rows if row.money.spent is not None]
    entered = total(known) if known else None
    shown = any(not row.is_hidden for row in rows)
    absent = "Realisasi tidak terbaca pada formulir." if shown else "Baris tidak tampak dalam formulir."
    return entered, [*_entered_findings(line, entered, absent, policy), *_printed_findings(line, rows)]


def _entered_line(line: LineYear, policy: ScoringPolicy) -> Entered:
    year = combine(line.quarters, Combine.SUM)
    entered = entered_rp(year.value)
    if line.is_not_applicable:
        return None, []
    empty = [quarter for quarter, value in enumerate(line.quarters, 1) if value.is_missing]
    waiting = []
    if empty and entered is not None:
        names = ", ".join(ROMAN[quarter - 1] for quarter in empty)
        waiting.append(Finding("entry_partial", f"Triwulan {names} belum diisi.", "Lengkapi isiannya."))
    return entered, [*_entered_findings(line, entered, "Belum ada isian triwulan.", policy), *waiting]


def _line(
    line: LineYear, entered: Decimal | None, findings: Sequence[Finding], has_official: bool
) -> LineReconciliation:
    found = list(findings)
    # Before the year's figures are loaded, no line stands out for lacking one.
    if line.official_rp is None and has_official:
        found.append(Finding("official_missing", "Realisasi resmi (LRA) belum ada.", "Muat data LRA."))
    empty = [quarter for quarter, value in enumerate(line.quarters, 1) if value.is_missing]
    return LineReconciliation(
        pk=line.line.pk,
        quarter=empty[0] if empty else len(ROMAN),
        unit=line.unit,
        programme=line.programme.name if line.programme else "",
        activity=line.activity.name if line.activity else "",
        name=line.sub_activity.name,
        ceiling_rp=line.ceiling_rp,
        official_rp=line.official_rp,
        entered_rp=entered,
        is_not_applicable=entered is None and line.is_not_applicable,
        entered_pct=absorption(line.ceiling_rp, entered),
        findings=tuple(found),
    )


def _entered_findings(
    line: LineYear, entered: Decimal | None, absent: str, policy: ScoringPolicy
) -> Iterable[Finding]:
    if entered is not None and line.ceiling_rp is not None and entered > line.ceiling_rp:
        excess = indonesian.rupiah_exact(difference(entered, line.ceiling_rp))
        share, above = absorption(line.ceiling_rp, entered).value, ""
        if share is not None:
            above = f"{indonesian.percent(share, policy.percent_places, policy.rounding)} dari pagu, "
        yield Finding(
            "above_ceiling", f"{above}lebih {excess}.", "Periksa apakah baris unit lain ikut terisi di sini."
        )
    if entered is None:
        yield Finding("entry_missing", absent, "Lengkapi dari dokumen asal.")


def _printed_findings(line: LineYear, rows: Sequence[E81Node]) -> Iterable[Finding]:
    if len(rows) > 1:
        amounts = " dan ".join(_amount(row.money.total) for row in rows)
        yield Finding(
            "repeated", f"Tercetak {len(rows)} kali: {amounts}.", "Tetapkan baris yang benar pada e-Dalev."
        )
    for row in rows:
        printed = row.own.printed_ceiling_rp
        if printed is not None and line.ceiling_rp is not None and printed != line.ceiling_rp:
            gap = indonesian.rupiah_exact(difference(printed, line.ceiling_rp))
            yield Finding(
                "ceiling_differs",
                f"Pagu tercetak {indonesian.rupiah_exact(printed)}, selisih {gap} dari pagu anggaran.",
                "Samakan pagu e-Dalev dengan DPA terakhir.",
            )
        if row.money.is_derived:
            yield Finding(
                "derived", "Total tidak terbaca; dihitung dari baris lain.", "Cocokkan dengan e-Dalev."
            )
        yield from _quarter_findings(row, "")


def _form_findings(form: E81Form) -> Iterable[Finding]:
    for node in form.parents:
        yield from _quarter_findings(node, f"{node.name}: ")
        for quarter, value in enumerate(node.own.money.quarters):
            beneath = combine([row.own.money.quarters[quarter] for row in node.rows], Combine.SUM, 0)
            if value.number is None or beneath.provisional or beneath.value.number in (None, value.number):
                continue
            yield Finding(
                "quarters_differ",
                f"{node.name}: triwulan {ROMAN[quarter]} tercetak {_amount(value)}, "
                f"jumlah baris di bawahnya {_amount(beneath.value)}.",
                "Periksa isian triwulan pada e-Dalev.",
            )
        printed = node.own.printed_ceiling_rp
        if printed is not None and node.ceiling_rp is not None and printed != node.ceiling_rp:
            yield Finding(
                "ceiling_differs",
                f"{node.name}: pagu tercetak {indonesian.rupiah_exact(printed)}, "
                f"jumlah pagu anggaran {indonesian.rupiah_exact(node.ceiling_rp)}.",
                "Samakan pagu e-Dalev dengan DPA terakhir.",
            )


def _quarter_findings(row: E81Node, subject: str) -> Iterable[Finding]:
    """Four readable quarters that do not add up to the printed total."""
    year = combine(row.money.quarters, Combine.SUM)
    if year.provisional or row.money.is_derived or year.value.number is None or row.money.spent is None:
        return
    gap = difference(row.money.spent, year.value.number)
    if gap:
        yield Finding(
            "quarters_differ",
            f"{subject}empat triwulan berjumlah {indonesian.rupiah_exact(year.value.number)}, "
            f"total tercetak {indonesian.rupiah_exact(row.money.spent)}.",
            "Periksa pembagian triwulan pada e-Dalev.",
        )


def _amount(value: Measured) -> str:
    return value.state.label if value.number is None else indonesian.rupiah_exact(value.number)


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return total([value for value in values if value is not None])
