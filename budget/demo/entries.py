"""Fills the demo's quarters I to III with sample figures and lays out the empty rows of quarter IV."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from budget.demo import figures
from budget.demo.year import YEARLY, OpenYear
from budget.models import BudgetLine, QuarterlyRealisation
from sakip.actions.history import Change, record
from sakip.models import (
    Agency,
    Combine,
    HistoryAction,
    Indicator,
    IndicatorVersion,
    Measurement,
    Role,
    RowKind,
    RowState,
    Transition,
    Unit,
    UnitQuarter,
    User,
)
from sakip.scoring.values import MISSING, NIHIL, NOT_APPLICABLE, Measured

OPEN_QUARTER = 4


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to one row in one quarter, where it differs from the usual."""

    amount: Measured | None = None
    physical: Measured | None = None
    obstacle: str = ""
    solution: str = ""


# By unit, node and quarter: nothing happened, nothing could happen, or money went out and nothing came of it.
STORIES: dict[tuple[str, str, int], Story] = {
    ("kantor-kecamatan", "P1.K4.S7", 1): Story(NIHIL, NIHIL, "Tidak ada kunjungan tamu dari luar daerah."),
    ("kantor-kecamatan", "P1.K4.S7", 3): Story(
        NIHIL, NIHIL, "Tidak ada kunjungan tamu dari luar daerah.", "Anggaran disesuaikan pada perubahan."
    ),
    ("kantor-kecamatan", "P1.K7.S3", 1): Story(Measured.of(0), Measured.of(0)),
    ("kantor-kecamatan", "P1.K7.S3", 2): Story(Measured.of(0), Measured.of(0)),
    ("kantor-kecamatan", "P1.K7.S3", 3): Story(
        Measured.of(0),
        Measured.of(0),
        "Mebel masih layak pakai sehingga belum perlu dipelihara.",
        "Kebutuhan pemeliharaan diperiksa kembali pada triwulan IV.",
    ),
    ("simpang-pasir", "P3.K1.S2", 1): Story(
        obstacle="Lokasi pekerjaan tergenang sehingga survei awal tertunda.",
        solution="Survei diulang setelah lokasi surut.",
    ),
    ("simpang-pasir", "P3.K1.S2", 2): Story(
        None,
        Measured.of(0),
        "Uang muka telah dibayarkan, tetapi pekerjaan fisik belum dimulai karena lokasi tergenang.",
        "Penyedia diminta memulai pekerjaan segera setelah lokasi surut.",
    ),
    ("bantuas", "P3.K1.S3", 3): Story(
        obstacle="Rembuk warga terlambat sehingga kelompok masyarakat baru dibentuk pada akhir triwulan.",
        solution="Pendamping Probebaya mendampingi penyusunan rencana anggaran biaya.",
    ),
}
SLOW = Story(
    obstacle="Dokumen pertanggungjawaban belum lengkap sehingga pembayaran tertunda.",
    solution="Kelengkapan dokumen diperiksa setiap minggu bersama bendahara.",
)
# Indicators that go with these stories, by quarter; and an interim self-assessment of the yearly index, which
# gives the open year a provisional score.
RESULTS: dict[str, dict[int, Measured]] = {
    "ipp": {2: Measured.of(Decimal("1.86")), 3: Measured.of(Decimal("2.14"))},
    "p1-k4-s6": dict.fromkeys(figures.QUARTERS, NOT_APPLICABLE),
    "p1-k4-s7": {1: NIHIL, 3: NIHIL},
    "p1-k5-s4": dict.fromkeys(figures.QUARTERS, NOT_APPLICABLE),
    "p3-k1-s2-simpang-pasir": {2: Measured.of(0)},
}


@dataclass(frozen=True, slots=True)
class People:
    """The accounts that worked on the sample quarters."""

    operators: dict[int, User]
    planner: User
    head: User

    def actor(self, role: Role, unit_id: int) -> User:
        return {Role.PLANNER: self.planner, Role.HEAD: self.head}.get(role) or self.operators[unit_id]


def fill_year(agency: Agency, opened: OpenYear, people: People, at: datetime) -> int:
    """Write the sample rows; how many they are."""
    rows = [row for line, ceiling in opened.lines for row in _line_rows(line, ceiling, opened, people)]
    QuarterlyRealisation.objects.bulk_create(rows)
    results = [row for each in opened.measured for row in _indicator_rows(*each, opened, people)]
    Measurement.objects.bulk_create(results)
    Transition.objects.bulk_create(
        step for quarter in opened.quarters.values() for step in _transitions(quarter, people)
    )
    _write_history(agency, [*rows, *results], at)
    return len(rows) + len(results)


def _line_rows(
    line: BudgetLine, ceiling: Decimal, opened: OpenYear, people: People
) -> list[QuarterlyRealisation]:
    unit, node = line.unit.slug, line.node.key
    rows = []
    for quarter, usual in enumerate(figures.line_quarters(unit, node, ceiling), 1):
        story = STORIES.get((unit, node, quarter)) or _usual_story(unit, usual, quarter)
        amount, physical = story.amount or usual.amount, story.physical or usual.physical
        row = QuarterlyRealisation(
            line=line,
            amount_state=amount.state.value,
            amount_rp=amount.number,
            physical_state=physical.state.value,
            physical_pct=physical.number,
            obstacle=story.obstacle,
            solution=story.solution,
        )
        rows.append(_locked(row, opened.quarters[line.unit_id, quarter], people))
    return [*rows, QuarterlyRealisation(line=line, unit_quarter=opened.quarters[line.unit_id, OPEN_QUARTER])]


def _usual_story(unit: str, usual: figures.LineQuarter, quarter: int) -> Story:
    """Units that lag say why in quarter III, where there is money to speak of."""
    is_late = unit in figures.LAGGING_UNITS and quarter == max(figures.QUARTERS)
    return SLOW if is_late and usual.amount.is_number else Story()


def _indicator_rows(
    indicator: Indicator,
    version: IndicatorVersion,
    target: Decimal | None,
    opened: OpenYear,
    people: People,
) -> list[Measurement]:
    if indicator.unit is None:
        return []
    values = _results(indicator, version, target, indicator.unit)
    rows = []
    for quarter, usual in enumerate(values, 1):
        value = RESULTS.get(indicator.key, {}).get(quarter, usual)
        row = Measurement(indicator=indicator, value_state=value.state.value, value=value.number)
        rows.append(_locked(row, opened.quarters[indicator.unit.pk, quarter], people))
    return [*rows, Measurement(indicator=indicator, unit_quarter=opened.quarters[indicator.unit.pk, 4])]


def _results(
    indicator: Indicator, version: IndicatorVersion, target: Decimal | None, unit: Unit
) -> tuple[Measured, ...]:
    """Quarters I to III of an indicator; without a target nothing is known of it."""
    if indicator.key in YEARLY:
        return (NOT_APPLICABLE,) * len(figures.QUARTERS)
    if target is None:
        return (MISSING,) * len(figures.QUARTERS)
    if version.combine == Combine.SUM:
        return figures.counted(indicator.key, unit.slug, target)
    if version.decimals:
        return figures.levels(indicator.key, target, version.decimals)
    return (Measured.of(target),) * len(figures.QUARTERS)


def _locked[Row: (QuarterlyRealisation, Measurement)](row: Row, quarter: UnitQuarter, people: People) -> Row:
    row.unit_quarter = quarter
    row.state = RowState.LOCKED
    row.version = 1
    row.updated_at = _moment(quarter, 0)
    row.updated_by = people.operators[quarter.unit_id]
    return row


def _transitions(quarter: UnitQuarter, people: People) -> list[Transition]:
    """The way of a locked quarter through the workflow."""
    if quarter.state != RowState.LOCKED:
        return []
    way = [
        (RowState.DRAFT, RowState.SUBMITTED, Role.OPERATOR),
        (RowState.SUBMITTED, RowState.VERIFIED, Role.PLANNER),
        (RowState.VERIFIED, RowState.APPROVED, Role.HEAD),
        (RowState.APPROVED, RowState.LOCKED, Role.PLANNER),
    ]
    return [
        Transition(
            unit_quarter=quarter,
            row_kind=RowKind.QUARTER,
            from_state=start,
            to_state=end,
            by=people.actor(role, quarter.unit_id),
            at=_moment(quarter, 1 + 3 * step),
        )
        for step, (start, end, role) in enumerate(way)
    ]


def _moment(quarter: UnitQuarter, days: int) -> datetime:
    """A working hour some days before the window closes or after it."""
    assert quarter.entry_closes is not None
    return timezone.make_aware(datetime.combine(quarter.entry_closes - timedelta(days=2 - days), time(10)))


def _write_history(agency: Agency, rows: list[QuarterlyRealisation | Measurement], at: datetime) -> None:
    counts: dict[UnitQuarter, int] = defaultdict(int)
    for row in rows:
        if row.state == RowState.LOCKED:
            counts[row.unit_quarter] += 1
    for quarter, count in counts.items():
        record(
            agency=agency,
            unit=quarter.unit,
            subject=quarter,
            action=HistoryAction.IMPORT,
            changes=[Change("", "", f"data contoh: {count} baris")],
            by=None,
            at=at,
            reason="Data contoh untuk mencoba portal.",
        )
