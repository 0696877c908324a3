"""The named figures that prose, pages and JSON show: one value, its printed form, and how it came about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count as count_from

from django.utils.text import slugify

from reporting.year import OfficeYear
from sakip import indonesian
from sakip.scoring.policy import ScoringPolicy
from sakip.scoring.result import Result
from sakip.scoring.rounding import rounded
from sakip.scoring.values import MISSING, Measured


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure under a stable dotted key. `value` is unrounded, None for a word or where there is none;
    `printed` is what is shown, rounded once; `formula` and `inputs` tell how the value was worked out."""

    key: str
    label: str
    value: Decimal | None
    printed: str
    formula: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    provisional: bool = False


def figures(year: OfficeYear) -> dict[str, Figure]:
    """Every named figure of the year, by its key. No key is the beginning of another."""
    # Imported here: the groups need Figure and the makers below.
    from reporting.figure_groups import GROUPS

    found: dict[str, Figure] = {}
    for group in GROUPS:
        for figure in group(year):
            key = _free(figure.key, found)
            found[key] = replace(figure, key=key)
    return found


def _free(key: str, taken: Mapping[str, Figure]) -> str:
    """The key itself; two names that give one key ("S1" and "s1") are told apart by a number."""
    numbered = (f"{key}_{place}" for place in count_from(2))
    return key if key not in taken else next(one for one in numbered if one not in taken)


type Group = Callable[[OfficeYear], Iterator[Figure]]


def part(text: str) -> str:
    """A name as one part of a key: 'rawa-makmur', 'P1.K2' and '>50' as rawa_makmur, p1_k2, di_atas_50."""
    return slugify(text.replace(".", "-").replace(">", "di-atas-")).replace("-", "_") or "lain"


def word(key: str, label: str, text: str, source: str = "") -> Figure:
    """A name, a date or a predicate."""
    return Figure(key, label, None, text or MISSING.state.label, source=source)


def count(key: str, label: str, number: int | None, source: str = "") -> Figure:
    if number is None:
        return Figure(key, label, None, MISSING.state.label, source=source)
    return Figure(key, label, Decimal(number), indonesian.number(Decimal(number), 0), source=source)


def number(key: str, label: str, value: Decimal | None, places: int = 2, source: str = "") -> Figure:
    printed = MISSING.state.label if value is None else indonesian.number(value, places)
    return Figure(key, label, value, printed, source=source)


def measured(key: str, label: str, value: Measured, places: int, source: str = "") -> Figure:
    return Figure(key, label, value.number, printed_measured(value, places), source=source)


def printed_measured(value: Measured, places: int) -> str:
    """A measured value as it stands in a sentence; its state's word where it has no number."""
    return value.state.label if value.number is None else indonesian.number(value.number, places)


def money(
    key: str,
    label: str,
    amount: Decimal | Measured | None,
    source: str = "",
    *,
    provisional: bool = False,
    formula: str = "",
) -> Figure:
    value = amount if isinstance(amount, Measured) else Measured.optional(amount)
    printed = value.state.label if value.number is None else indonesian.rupiah(value.number)
    return Figure(key, label, value.number, printed, formula, source=source, provisional=provisional)


def result(
    key: str,
    label: str,
    found: Result,
    policy: ScoringPolicy,
    *,
    suffix: str = "%",
    formula: str = "",
    inputs: Mapping[str, str] | None = None,
    source: str = "",
) -> Figure:
    """A computed figure with its working, or a `formula` for it; the reason where there is no value."""
    return Figure(
        key=key,
        label=label,
        value=found.value,
        printed=printed_result(found, policy, suffix),
        formula=formula or working(found),
        inputs=inputs or {},
        source=source,
        provisional=found.provisional,
    )


def working(found: Result) -> str:
    """The steps of a result on one line."""
    return "; ".join(step.expression for step in found.steps)


def printed_result(found: Result, policy: ScoringPolicy, suffix: str = "%") -> str:
    """A result as it stands in a sentence, rounded here and only here."""
    if found.reason is not None:
        return found.reason.text
    assert found.value is not None
    places = policy.percent_places
    return indonesian.number(rounded(found.value, places, policy.rounding), places) + suffix


def why_not(found: Result) -> str:
    """Why there is no value, as a sentence of its own; empty where there is one."""
    reason = found.reason.text if found.reason else ""
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


def difference(key: str, label: str, change: Decimal | None, places: int, source: str = "") -> Figure:
    """How far a value moved, without its sign: the word for the direction is a figure of its own."""
    if change is None:
        return Figure(key, label, None, MISSING.state.label, source=source)
    return Figure(key, label, change, indonesian.number(abs(change), places), source=source)
