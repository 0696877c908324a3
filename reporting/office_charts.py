"""The charts of an office's year: each gives a drawing with its title, or None without data.

The report and the pages show the same drawings; only the width differs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from reporting import charts
from reporting.charts import PAGE_WIDTH, Mark
from reporting.figures import printed_measured, printed_result
from reporting.organisation_chart import organisation_chart
from reporting.svg import draw
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import FollowUpStatus, StaffDimension, UnitKind
from sakip.scoring.quarters import ROMAN
from sakip.scoring.values import Measured


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing; `note` explains how it is read, or where its figures come from."""

    title: str
    svg: SafeString
    note: str = ""


type Builder = Callable[[OfficeYear, int], Drawing | None]


def organisation(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    title = f"Struktur Organisasi {year.agency.name}"
    svg = organisation_chart(year.positions, title, width)
    kelurahan = sum(1 for unit in year.units if unit.kind == UnitKind.KELURAHAN)
    repeated = any(position.for_each_unit for position in year.positions)
    count = indonesian.count_words(kelurahan)
    note = f"Jabatan kelurahan digambarkan satu kali dan berlaku pada {count} kelurahan." if repeated else ""
    return Drawing(title, svg, note) if svg else None


def population(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    marks = [
        Mark(row.name.removeprefix("Kelurahan "), Decimal(people), indonesian.number(people, 0), sex)
        for row in year.population.rows
        for sex, people in (("Laki-laki", row.male), ("Perempuan", row.female))
    ]
    title = "Jumlah Penduduk per Kelurahan Menurut Jenis Kelamin (jiwa)"
    return _drawing(title, charts.paired_bars(marks, width=width)) if marks else None


def staff_by_age(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    return _staff(year, StaffDimension.AGE, "Aparatur Menurut Kelompok Umur (orang)", width)


def staff_by_education(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    return _staff(year, StaffDimension.EDUCATION, "Aparatur Menurut Tingkat Pendidikan (orang)", width)


def _staff(year: OfficeYear, dimension: StaffDimension, title: str, width: int) -> Drawing | None:
    table = year.staff.get(dimension)
    if table is None:
        return None
    marks = [
        Mark(category, people.number, printed_measured(people, 0))
        for category, people in zip(table.categories, map(Measured.optional, table.total.counts), strict=True)
    ]
    return _drawing(title, charts.columns(marks, width=width, height=160))


def akip_trend(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    marks = [
        Mark(str(row.year), row.score, f"{indonesian.number(row.score)} ({row.predicate.label})")
        for row in year.akip
    ]
    title = "Perkembangan Nilai dan Predikat AKIP"
    return _drawing(title, charts.line(marks, width=width, height=180)) if marks else None


def follow_up(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    counts = year.recommendations.counts
    marks = [
        Mark(str(status.label), Decimal(counts[status]), indonesian.number(counts[status], 0))
        for status in (
            FollowUpStatus.DONE,
            FollowUpStatus.IN_PROGRESS,
            FollowUpStatus.NOT_STARTED,
            FollowUpStatus.NOT_POSSIBLE,
        )
    ]
    if not year.recommendations.items:
        return None
    return _drawing("Status Tindak Lanjut Rekomendasi Evaluasi AKIP", charts.bars(marks, width=width))


def achievement(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    """Every indicator of the agreement against its target; a year before it stands as a row of its own."""
    marks = []
    for row in year.indicators:
        percent = printed_result(row.achievement, year.policy)
        realised = printed_measured(row.realised, row.decimals)
        target = printed_measured(row.target, row.decimals)
        marks.append(Mark(row.name, row.achievement.value, f"{percent} ({realised} dari target {target})"))
        before = row.previous
        if before is not None and before.achievement.value is not None:
            text = f"{printed_result(before.achievement, year.policy)} ({before.year})"
            marks.append(Mark(f"Tahun {before.year}: {row.name}", before.achievement.value, text))
    if not marks:
        return None
    note = "Garis tegak menandai target (100%)."
    return _drawing("Capaian Indikator Kinerja terhadap Target", charts.targets_met(marks, width=width), note)


def plan_path(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    """The first indicator with a path of targets: the plan's line and the results so far."""
    for row in year.indicators:
        targets = {at: value for at, value in row.plan_targets.items() if value.number is not None}
        if len(targets) < 2:
            continue
        done = {result.year: result.realised for result in row.history if result.year in targets}
        done[row.year] = row.realised
        planned = [_mark(at, targets[at], row.decimals) for at in sorted(targets)]
        results = [_mark(at, done[at], row.decimals) for at in sorted(done)]
        title = f"Target Renstra dan Realisasi {row.name}"
        note = "Garis putus-putus: target Renstra. Batang: realisasi."
        return _drawing(title, charts.path(planned, results, width=width), note)
    return None


def _mark(at: int, value: Measured, places: int) -> Mark:
    return Mark(str(at), value.number, printed_measured(value, places))


def absorption_per_unit(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    rows = [(unit.unit.name, unit.sum) for unit in year.budget.units]
    return _absorption(year, "Serapan Anggaran per Unit Kerja", rows, width)


def absorption_per_programme(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    rows = [(node.node.name, node.sum) for node in year.budget.programmes]
    return _absorption(year, "Serapan Anggaran per Program", rows, width)


def _absorption(year: OfficeYear, title: str, rows, width: int) -> Drawing | None:
    marks = [
        Mark(name, found.absorption.value, _spent_text(year, found))
        for name, found in rows
        if found.ceiling_rp
    ]
    return _drawing(title, charts.bars(marks, width=width)) if marks else None


def _spent_text(year: OfficeYear, found) -> str:
    percent = printed_result(found.absorption, year.policy)
    if found.realised_rp is None:
        return percent
    return f"{percent} ({short_rupiah(found.realised_rp)} dari {short_rupiah(found.ceiling_rp)})"


def quarters(year: OfficeYear, width: int = PAGE_WIDTH) -> Drawing | None:
    points = year.curve.points
    if all(point.spent_rp is None for point in points):
        return None
    marks = [
        Mark(
            f"Triwulan {ROMAN[point.quarter - 1]}",
            point.spent_rp,
            _short_money(point.cumulated),
            "" if point.absorption.value is None else printed_result(point.absorption, year.policy),
        )
        for point in points
    ]
    source = year.curve.source.label
    note = (
        "Bagian gelap: realisasi triwulan itu. Bagian terang: triwulan sebelumnya. Angka: kumulatif dan "
        f"persentase terhadap pagu. Sumber: {source}."
    )
    title = "Realisasi Keuangan Kumulatif per Triwulan"
    return _drawing(title, charts.accumulation(marks, width=width), note)


def _short_money(amount: Measured) -> str:
    return amount.state.label if amount.number is None else short_rupiah(amount.number)


def short_rupiah(amount: Decimal) -> str:
    """An amount in a picture: 'Rp 34,66 miliar', 'Rp 47,95 juta', 'Rp 0'; the table has the exact one."""
    if not amount:
        return f"{indonesian.RP}0"
    if abs(amount) >= Decimal(10) ** 9:
        return f"{indonesian.RP}{indonesian.number(amount.scaleb(-9))} miliar"
    return f"{indonesian.RP}{indonesian.number(amount.scaleb(-6))} juta"


def _drawing(title: str, spec: charts.Spec, note: str = "") -> Drawing:
    return Drawing(title, draw(spec, title), note)
