"""One agency's line in the comparison, taken from its own year, so that the two cannot disagree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.dashboards.attention import concerns
from reporting.dashboards.office import OfficeQuarter
from reporting.dashboards.tones import tone_of
from reporting.figures import printed_result
from reporting.year import OfficeYear
from sakip.models import FollowUpStatus, RowState, UnitQuarter
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.quarters import QUARTERS
from sakip.scoring.result import Result
from sakip.scoring.rounding import rounded
from sakip.workflow import policies

# Where a unit's quarter stands, from the first to the last: letter, word, tone, and the states it covers.
STAGES: tuple[tuple[str, str, str, frozenset[RowState]], ...] = (
    ("B", "belum", "orange", policies.EDITABLE),
    ("A", "diajukan", "info", frozenset({RowState.SUBMITTED})),
    ("V", "diverifikasi", "primary", frozenset({RowState.VERIFIED})),
    ("S", "disahkan", "success", frozenset({RowState.APPROVED})),
    ("K", "dikunci", "neutral", frozenset({RowState.LOCKED})),
)
WAITS_FOR_REVIEW = (RowState.SUBMITTED, RowState.VERIFIED)


@dataclass(frozen=True, slots=True)
class Figure:
    """A result as the agency's own page prints it, and the number it prints; `predicate` and its `tone` where
    a scale names it."""

    result: Result
    printed: str
    number: Decimal | None
    predicate: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Akip:
    """The latest evaluation."""

    year: int
    score: Decimal
    label: str
    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """How many units stand at each of STAGES; `overdue` of them let their window pass."""

    counts: tuple[int, ...]
    overdue: int

    @property
    def units(self) -> int:
        return sum(self.counts)

    @property
    def missing(self) -> int:
        return self.counts[0]

    @property
    def stages(self) -> list[tuple[int, str, str, str]]:
        """Count, letter, word and tone of each stage at which a unit stands."""
        named = zip(self.counts, STAGES, strict=True)
        return [(count, letter, word, tone) for count, (letter, word, tone, _) in named if count]


@dataclass(frozen=True, slots=True)
class Summary:
    """`met` of `judged` indicators reached their targets up to the `quarter` that the agency's page shows;
    `followed_up` of the `recommendations` are done; `urgent` of the `concerns` are grave; `overdue`
    names quarters that were not handed in, `unverified` and `unapproved` count late reviews."""

    nko: Figure
    quarter: int
    met: int
    judged: int
    met_share: Decimal | None
    absorption: Figure
    quarters: tuple[Quarter, ...]
    akip: Akip | None
    followed_up: int
    recommendations: int
    concerns: int
    urgent: int
    overdue: tuple[str, ...]
    unverified: int
    unapproved: int

    @property
    def not_followed_up(self) -> int:
        return self.recommendations - self.followed_up


def summarise(office: OfficeYear, on: date) -> Summary:
    """As the agency's home page shows it on that day."""
    seen = OfficeQuarter(office, None, on)
    policy, nko = office.policy, office.nko
    met, counts = seen.met(seen.quarter), office.recommendations.counts
    found = concerns(seen, {})
    late = _late_reviews(seen)
    return Summary(
        nko=_figure(
            nko.nko,
            policy,
            nko.predicate.label if nko.predicate else "",
            tone_of(nko.predicate, policy.nko_scale),
        ),
        quarter=seen.quarter,
        met=met.met,
        judged=met.judged,
        met_share=met.share.value,
        absorption=_figure(office.budget.total.absorption, policy),
        quarters=tuple(_quarter(seen, quarter) for quarter in QUARTERS),
        akip=_akip(office, policy),
        followed_up=counts[FollowUpStatus.DONE],
        recommendations=len(office.recommendations.items),
        concerns=len(found),
        urgent=sum(1 for concern in found if concern.tone == "danger"),
        overdue=tuple(
            f"{cell.unit.printed_name} TW {cell.roman}"
            for cell in _cells(seen, *QUARTERS)
            if policies.is_overdue(cell, on)
        ),
        unverified=late[RowState.SUBMITTED],
        unapproved=late[RowState.VERIFIED],
    )


def _figure(found: Result, policy: ScoringPolicy, predicate: str = "", tone: str = "neutral") -> Figure:
    places, mode = policy.percent_places, policy.rounding
    number = None if found.value is None else rounded(found.value, places, mode)
    return Figure(found, printed_result(found, policy, ""), number, predicate, tone)


def _akip(office: OfficeYear, policy: ScoringPolicy) -> Akip | None:
    latest = office.latest_akip
    if latest is None:
        return None
    predicate = latest.predicate
    tone = tone_of(predicate, policy.akip_scale)
    return Akip(latest.year, latest.score, predicate.label, predicate.name, tone)


def _cells(seen: OfficeQuarter, *quarters: int) -> list[UnitQuarter]:
    rows = seen.completeness
    found = (row.quarters[quarter - 1] for quarter in quarters for row in rows)
    return [cell.unit_quarter for cell in found if cell is not None]


def _quarter(seen: OfficeQuarter, quarter: int) -> Quarter:
    cells = _cells(seen, quarter)
    states = Counter(cell.state for cell in cells)
    return Quarter(
        tuple(sum(states[state] for state in covered) for *_, covered in STAGES),
        sum(1 for cell in cells if policies.is_overdue(cell, seen.on)),
    )


def _late_reviews(seen: OfficeQuarter) -> Counter[str]:
    """By the state in which a quarter waits."""
    return Counter(
        cell.state
        for cell in _cells(seen, *QUARTERS)
        if cell.state in WAITS_FOR_REVIEW and (policies.review_days_left(cell, seen.on) or 0) < 0
    )
