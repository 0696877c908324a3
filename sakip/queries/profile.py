"""The facts of chapter I: territory, population, staff, equipment, issues, legal basis and positions."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from sakip.models import (
    Agency,
    AgencyProfile,
    Asset,
    AssetCondition,
    Factor,
    LegalBasis,
    PopulationCount,
    Position,
    StaffCount,
    StaffDimension,
    Unit,
)
from sakip.scoring.arithmetic import percentage
from sakip.scoring.notation import plain
from sakip.scoring.result import NOTHING_TO_COUNT, Result, Step

WHOLE = "Jumlah"


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """Residents of a unit; `share` is its percentage of all residents."""

    unit: Unit | None
    name: str
    rt_count: int | None
    male: int
    female: int
    total: int
    share: Result


@dataclass(frozen=True, slots=True)
class Population:
    year: int | None
    rows: tuple[PopulationRow, ...]
    total: PopulationRow | None


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Staff of one unit (None: all units) by the categories of the table; None where not counted."""

    unit: Unit | None
    name: str
    counts: tuple[int | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StaffTable:
    """Staff by one dimension; without rows where it was counted for the agency as a whole.

    `faults` tell in Indonesian where a total differs from the other tables': the same people counted two
    ways must give one number.
    """

    dimension: StaffDimension
    year: int
    categories: tuple[str, ...]
    rows: tuple[StaffRow, ...]
    total: StaffRow
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assets:
    """Equipment; `unknown` lines have no quantity and are in no sum."""

    year: int | None
    rows: tuple[Asset, ...]
    by_condition: Mapping[AssetCondition, int]
    quantity: int
    unknown: int


def profile(agency: Agency, year: int) -> AgencyProfile | None:
    """The territory as recorded for the year, else for the latest year before."""
    return AgencyProfile.objects.filter(agency=agency, year__lte=year).order_by("-year").first()


def population(agency: Agency, year: int) -> Population:
    """Residents per unit with their shares, by the latest count up to the year."""
    counts = list(
        PopulationCount.objects.filter(unit__agency=agency, year__lte=year)
        .select_related("unit")
        .order_by("-year", "unit__sort_order")
    )
    latest = counts[0].year if counts else None
    counts = [count for count in counts if count.year == latest]
    if not counts:
        return Population(None, (), None)
    everyone = sum(count.male + count.female for count in counts)
    rows = tuple(
        _population_row(c.unit, c.unit.printed_name, c.rt_count, c.male, c.female, everyone) for c in counts
    )
    known_rt = [row.rt_count for row in rows if row.rt_count is not None]
    total = _population_row(
        None,
        WHOLE,
        sum(known_rt) if known_rt else None,
        sum(row.male for row in rows),
        sum(row.female for row in rows),
        everyone,
    )
    return Population(latest, rows, total)


def _population_row(
    unit: Unit | None, name: str, rt_count: int | None, male: int, female: int, everyone: int
) -> PopulationRow:
    total = male + female
    return PopulationRow(unit, name, rt_count, male, female, total, share(total, everyone))


def share(part: int, whole: int) -> Result:
    """A count as a percentage of a whole; none where the whole is zero."""
    if not whole:
        return Result.without(NOTHING_TO_COUNT)
    value = percentage(Decimal(part), Decimal(whole))
    return Result.computed(value, Step(f"{plain(Decimal(part))} / {plain(Decimal(whole))} × 100", value))


def staff(agency: Agency, year: int) -> dict[StaffDimension, StaffTable]:
    """Staff by every dimension that was counted, by the latest count up to the year."""
    counts = list(
        StaffCount.objects.filter(agency=agency, year__lte=year)
        .select_related("unit")
        .order_by("-year", "dimension", "sort_order", "pk")
    )
    latest = counts[0].year if counts else None
    by_dimension: dict[StaffDimension, list[StaffCount]] = defaultdict(list)
    for count in counts:
        if count.year == latest:
            by_dimension[StaffDimension(count.dimension)].append(count)
    totals = {dimension: _totals_by_unit(found) for dimension, found in by_dimension.items()}
    return {
        dimension: _staff_table(dimension, by_dimension[dimension], totals)
        for dimension in StaffDimension
        if dimension in by_dimension
    }


def _totals_by_unit(counts: list[StaffCount]) -> dict[Unit | None, int]:
    """Per unit, and for the agency as a whole under None."""
    totals: dict[Unit | None, int] = defaultdict(int)
    for count in counts:
        totals[None] += count.count
        if count.unit is not None:
            totals[count.unit] += count.count
    return totals


def _staff_table(
    dimension: StaffDimension,
    counts: list[StaffCount],
    totals: Mapping[StaffDimension, Mapping[Unit | None, int]],
) -> StaffTable:
    categories = tuple(dict.fromkeys(count.category for count in counts))
    units = sorted({c.unit for c in counts if c.unit}, key=lambda unit: (unit.sort_order, unit.name))
    cells = {(count.unit, count.category): count.count for count in counts}
    own = totals[dimension]
    rows = tuple(
        StaffRow(
            unit=unit,
            name=unit.printed_name,
            counts=tuple(cells.get((unit, category)) for category in categories),
            total=own[unit],
        )
        for unit in units
    )
    sums = tuple(sum(c.count for c in counts if c.category == category) for category in categories)
    total = StaffRow(None, WHOLE, sums, own[None])
    faults = [_fault(dimension, row, totals) for row in (*rows, total)]
    return StaffTable(dimension, counts[0].year, categories, rows, total, tuple(filter(None, faults)))


def _fault(
    dimension: StaffDimension,
    row: StaffRow,
    totals: Mapping[StaffDimension, Mapping[Unit | None, int]],
) -> str:
    """Says where this table's number is not the one that most tables give; both, where it is a tie."""
    seen = Counter(sums[row.unit] for sums in totals.values() if row.unit in sums)
    most = max(seen.values())
    usual = sorted(number for number, times in seen.items() if times == most)
    if usual == [row.total]:
        return ""
    others = " atau ".join(str(number) for number in seen if number != row.total)
    return (
        f"{row.name}: {row.total} orang menurut {dimension.label.lower()}, "
        f"sedangkan tabel pegawai lain mencatat {others} orang."
    )


def assets(agency: Agency, year: int) -> Assets:
    """The equipment by the latest list up to the year."""
    found = list(Asset.objects.filter(agency=agency, year__lte=year).order_by("-year", "number"))
    rows = tuple(asset for asset in found if asset.year == found[0].year)
    by_condition = {
        condition: sum(row.quantity or 0 for row in rows if row.condition == condition)
        for condition in AssetCondition
    }
    unknown = sum(1 for row in rows if row.quantity is None)
    return Assets(found[0].year if found else None, rows, by_condition, sum(by_condition.values()), unknown)


def factors(agency: Agency, year: int) -> tuple[Factor, ...]:
    """The points that sections of the year's report list, in their order."""
    return tuple(Factor.objects.filter(agency=agency, year=year).order_by("section", "pk"))


def legal_bases(agency: Agency) -> tuple[LegalBasis, ...]:
    """National regulations and the agency's own."""
    applying = Q(agency=agency) | Q(agency__isnull=True)
    return tuple(LegalBasis.objects.filter(applying).order_by("sort_order", "year", "pk"))


def functions(agency: Agency) -> tuple[str, ...]:
    return tuple(agency.functions.order_by("number").values_list("text", flat=True))


def positions(agency: Agency) -> tuple[Position, ...]:
    """The boxes of the organisation chart, parents before children as far as their order says so."""
    return tuple(Position.objects.filter(agency=agency).order_by("sort_order", "pk"))


def units(agency: Agency) -> tuple[Unit, ...]:
    return tuple(Unit.objects.filter(agency=agency, is_active=True).order_by("sort_order", "name"))
