"""Sample figures: plausible, and the same on every machine, because each row's numbers grow from its name.

Pure: decimals and whole numbers in, values out. Money is in rupiah of the quarter alone; physical progress
and shares are cumulated over the year, in percent.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from sakip.scoring.values import NOT_APPLICABLE, Measured

SEED = 2026
QUARTERS = (1, 2, 3)
# What a year has usually spent by the end of its first three quarters, in percent of the ceiling.
USUAL_PACE = (12, 38, 68)
# Salaries run evenly; purchases come late; grants to neighbourhoods wait for the first deliberations.
PACES = {"P1.K2.S1": (24, 49, 74), "P1.K5": (0, 22, 61), "P3.K1.S2": (3, 31, 66)}
LAGGING_UNITS = {"simpang-pasir": 72, "bantuas": 84}
CASH_SHARES = (15, 30, 30, 25)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class LineQuarter:
    """One quarter of a budget line."""

    amount: Measured
    physical: Measured


def chance(*names: str) -> Random:
    """The dice of one row, thrown alike everywhere."""
    return Random("/".join((str(SEED), *names)))  # noqa: S311 (sample figures, not secrets)


def pace_of(node: str) -> tuple[int, ...]:
    found = [key for key in PACES if node == key or node.startswith(f"{key}.")]
    return PACES[found[0]] if found else USUAL_PACE


def line_quarters(unit: str, node: str, ceiling_rp: Decimal) -> tuple[LineQuarter, ...]:
    """Quarters I to III of a line. A line without a ceiling has nothing to spend: *tidak berlaku*."""
    if not ceiling_rp:
        return tuple(LineQuarter(NOT_APPLICABLE, NOT_APPLICABLE) for _ in QUARTERS)
    dice = chance("baris", unit, node)
    speed = LAGGING_UNITS.get(unit, 100) + dice.randint(-8, 8)
    quarters = []
    spent, before, physical = Decimal(0), 0, 0
    for pace in pace_of(node):
        share = max(before, min(100, pace * speed // 100))
        cumulated = ceiling_rp * share // HUNDRED
        physical = max(physical, min(100, share + dice.randint(-4, 4))) if share else 0
        quarters.append(LineQuarter(Measured.of(cumulated - spent), Measured.of(physical)))
        spent, before = cumulated, share
    return tuple(quarters)


def cash_plan(ceiling_rp: Decimal) -> tuple[Decimal, ...]:
    """The four quarters' shares of a ceiling in whole rupiah; the last takes the remainder."""
    first = [ceiling_rp * share // HUNDRED for share in CASH_SHARES[:3]]
    return (*first, ceiling_rp - sum(first))


def plan_of_counts(target: Decimal) -> tuple[Decimal, ...]:
    """A year's count spread over the quarters in whole pieces."""
    cumulated = [target * share // HUNDRED for share in (15, 45, 75)] + [target]
    return tuple(now - before for now, before in zip(cumulated, [Decimal(0), *cumulated[:3]], strict=True))


def plan_of_level(target: Decimal, places: int) -> tuple[Decimal, ...]:
    """A level that is reached step by step: the quarters of a percentage."""
    step = Decimal(1).scaleb(-places)
    return (*((target * share / HUNDRED // step * step) for share in (25, 50, 75)), target)


def counted(indicator: str, unit: str, target: Decimal) -> tuple[Measured, ...]:
    """Pieces delivered in quarters I to III, each quarter alone."""
    dice = chance("indikator", indicator)
    speed = LAGGING_UNITS.get(unit, 100) + dice.randint(-6, 6)
    cumulated = [min(target, target * pace * speed // 10_000) for pace in (15, 45, 75)]
    before = [Decimal(0), *cumulated[:2]]
    return tuple(Measured.of(now - then) for now, then in zip(cumulated, before, strict=True))


def levels(indicator: str, target: Decimal, places: int) -> tuple[Measured, ...]:
    """A percentage at the end of quarters I to III."""
    dice = chance("indikator", indicator)
    step = Decimal(1).scaleb(-places)
    shares = (dice.randint(20, 26), dice.randint(44, 52), dice.randint(68, 78))
    return tuple(Measured.of(target * share / HUNDRED // step * step) for share in shares)
