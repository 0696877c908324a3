"""What form E.81 is: a tree from the office down to each unit's sub-activity, with performance and money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budget.absorption import Progress, physical_progress
from budget.models import FormLevel
from sakip.models import Agency, Unit
from sakip.scoring.aggregation import Combine, Spent, combine, ratio_of_sums
from sakip.scoring.arithmetic import total
from sakip.scoring.e81 import FormMean, FormRow, mean_of_rows
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import VALUE_MISSING, Reason, Result
from sakip.scoring.scales import Band
from sakip.scoring.values import MISSING, Measured, State

NOTHING = (MISSING, MISSING, MISSING, MISSING)
ZERO = Decimal(0)
UNKNOWN = Result.without(VALUE_MISSING)


@dataclass(frozen=True, slots=True)
class Money:
    """Rupiah per quarter and in the year. `is_derived`: the total is not printed but worked out from other
    lines of the form. `provisional`: something that belongs to the total is still missing."""

    quarters: tuple[Measured, ...] = NOTHING
    total: Measured = MISSING
    is_derived: bool = False
    provisional: bool = False

    @property
    def spent(self) -> Decimal | None:
        """The total that a ratio takes: *nihil* is nothing spent, *belum ada* is None."""
        return ZERO if self.total.state is State.NIHIL else self.total.number


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator under a row. `is_declared`: its percentage stands in the form, but the target or the
    realisation that it came from cannot be read. The plan's columns are empty in an imported form."""

    name: str
    unit_of_measure: str
    target: Measured
    quarters: tuple[Measured, ...]
    total: Measured
    k: Result
    is_declared: bool = False
    printed_k_pct: Decimal | None = None
    plan_target: Measured = MISSING
    before: Measured = MISSING
    to_date: Measured = MISSING


@dataclass(frozen=True, slots=True)
class Own:
    """What a row says itself, before anything is drawn from the rows beneath it."""

    indicators: tuple[IndicatorLine, ...] = ()
    money: Money = Money()
    before_rp: Measured = MISSING
    to_date_rp: Measured = MISSING
    physical_pct: Measured = MISSING
    fund_source: str = ""
    printed_ceiling_rp: Decimal | None = None
    printed_k_pct: Decimal | None = None
    printed_rp_pct: Decimal | None = None
    confidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class E81Node:
    """A row of the form with the rows directly beneath it. Percentages are unrounded.

    `ceiling_rp` is the budget's own (table 3.7), not the one that the form prints. `is_hidden`: the form as
    it was taken over does not show this row. `is_repeat`: the form prints the budget line a second time;
    its ceiling counts once. `absorption` is money spent against the ceiling; `k` of a parent is the mean of
    its rows, of a leaf the achievement of its indicator line.
    """

    level: FormLevel
    number: str
    key: str
    name: str
    unit: Unit | None
    own: Own
    responsible: str = ""
    ceiling_rp: Decimal | None = None
    money: Money = Money()
    k: Result = UNKNOWN
    absorption: Result = UNKNOWN
    k_band: Band | None = None
    absorption_band: Band | None = None
    rows: tuple[E81Node, ...] = ()
    mean: FormMean | None = None
    physical: Result = UNKNOWN
    to_date_rp: Measured = MISSING
    before_rp: Measured = MISSING
    is_hidden: bool = False
    is_repeat: bool = False
    line_ids: tuple[int, ...] = field(default=(), repr=False)

    @property
    def label(self) -> str:
        """The name that tells the row from its siblings, for notes."""
        if self.unit is None:
            return self.name
        repeat = ", baris kedua" if self.is_repeat else ""
        return f"{self.name} ({self.unit.printed_name}{repeat})"

    @property
    def counted_ceiling_rp(self) -> Decimal | None:
        return ZERO if self.is_repeat else self.ceiling_rp

    @property
    def rows_spent_rp(self) -> Decimal:
        """What the rows directly beneath add up to, as far as they can be read."""
        return total([row.money.spent or ZERO for row in self.rows])

    @property
    def unseen_rp(self) -> Decimal:
        """What the row's own total holds beyond the rows beneath it: money of rows that cannot be read."""
        spent = self.money.spent
        return ZERO if spent is None or not self.rows else spent - self.rows_spent_rp

    def walk(self) -> Iterator[E81Node]:
        """This row and all beneath it, in the order of the form."""
        yield self
        for row in self.rows:
            yield from row.walk()

    @property
    def leaves(self) -> list[E81Node]:
        return [node for node in self.walk() if not node.rows]


@dataclass(frozen=True, slots=True)
class E81Form:
    """The form of a year. `is_imported`: taken over from a printed form, not drawn from entries.
    `unplaced` names printed lines that belong to no node of the programme tree."""

    agency: Agency
    year: int
    is_imported: bool
    office: E81Node
    source: str = ""
    unplaced: tuple[str, ...] = ()

    @property
    def programmes(self) -> tuple[E81Node, ...]:
        return self.office.rows

    @property
    def nodes(self) -> list[E81Node]:
        return list(self.office.walk())

    @property
    def parents(self) -> list[E81Node]:
        return [node for node in self.nodes if node.rows]

    @property
    def leaves(self) -> list[E81Node]:
        return [leaf for leaf in self.office.leaves if leaf is not self.office]

    @property
    def curve(self) -> tuple[Measured, ...]:
        """The office's money per quarter (rupiah, that quarter alone): of an imported form as printed."""
        return self.office.money.quarters

    @property
    def provisional(self) -> bool:
        return self.office.k.provisional or self.office.absorption.provisional


def leaf_k(indicators: Sequence[IndicatorLine], without: Reason, policy: ScoringPolicy) -> Result:
    """The K of a leaf: its indicator line, or the mean of several; `without` where it has none."""
    if not indicators:
        return Result.without(without)
    if len(indicators) == 1:
        return indicators[0].k
    return mean_of_rows([FormRow(line.name, line.k, None, None) for line in indicators], policy).k


def leaf(node: E81Node, policy: ScoringPolicy) -> E81Node:
    """A leaf with its K, absorption, bands and physical progress worked out from what it says itself."""
    money = node.own.money
    absorption = ratio_of_sums([Spent(node.ceiling_rp, money.spent)]).as_provisional(money.provisional)
    k = node.k
    return replace(
        node,
        money=money,
        absorption=absorption,
        k_band=band(k, policy),
        absorption_band=band(absorption, policy),
        physical=Result.from_measured(node.own.physical_pct),
        before_rp=node.own.before_rp,
        to_date_rp=node.own.to_date_rp,
    )


def parent(node: E81Node, rows: Sequence[E81Node], policy: ScoringPolicy) -> E81Node:
    """A parent over its rows: K their mean, money its own printed total or else their sum.

    An own total is what the form adds up itself, unreadable rows included; `unseen_rp` then says how much
    of it no row shows.
    """
    mean = mean_of_rows([FormRow(r.label, r.k, r.ceiling_rp, r.money.spent) for r in rows], policy)
    own = node.own.money
    money = summed([row.money for row in rows]) if own.total.is_missing else own
    ceilings = [row.counted_ceiling_rp for row in rows]
    ceiling = total([c for c in ceilings if c is not None]) if any(c is not None for c in ceilings) else None
    if own.total.is_missing:
        parts = [Spent(row.counted_ceiling_rp, row.money.spent) for row in rows]
        absorption = ratio_of_sums(parts).as_provisional(money.provisional)
    else:
        absorption = ratio_of_sums([Spent(ceiling, money.spent)])
    filled = replace(
        node,
        rows=tuple(rows),
        ceiling_rp=ceiling,
        money=money,
        mean=replace(mean, money=absorption, money_band=band(absorption, policy)),
        k=mean.k,
        k_band=mean.k_band,
        absorption=absorption,
        absorption_band=band(absorption, policy),
        before_rp=_given_or_sum(node.own.before_rp, [row.before_rp for row in rows]),
        to_date_rp=_given_or_sum(node.own.to_date_rp, [row.to_date_rp for row in rows]),
    )
    weighed = [Progress(leaf.counted_ceiling_rp, leaf.own.physical_pct) for leaf in filled.leaves]
    return replace(filled, physical=physical_progress(weighed))


def summed(parts: Sequence[Money]) -> Money:
    """Several rows' money as one: each quarter and the year added up, provisional where a row is missing."""
    quarters = tuple(
        combine([part.quarters[i] for part in parts], Combine.SUM, len(parts)).value
        for i in range(len(QUARTERS))
    )
    year = combine([part.total for part in parts], Combine.SUM, len(parts))
    provisional = year.provisional or any(part.provisional for part in parts)
    return Money(quarters, year.value, any(part.is_derived for part in parts), provisional)


def _given_or_sum(given: Measured, parts: Sequence[Measured]) -> Measured:
    """The form's own figure, or a sum that nothing is missing from: half a sum would read as a whole one."""
    if not given.is_missing or any(part.is_missing for part in parts):
        return given
    return combine(parts, Combine.SUM, len(parts)).value


def band(result: Result, policy: ScoringPolicy) -> Band | None:
    """The predicate of a percentage on the scale of the form."""
    return None if result.value is None else policy.realisation_scale.band_for(result.value)
