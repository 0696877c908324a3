"""Which figures there are, topic by topic, in the order of the report."""

from collections.abc import Iterator

from budget.queries.budget_year import BudgetSum
from reporting.figures import (
    Figure,
    Group,
    count,
    difference,
    measured,
    money,
    number,
    part,
    printed_measured,
    printed_result,
    result,
    word,
    working,
)
from reporting.tables.t3_07 import source_of
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import AgreementKind, AssetCondition, FollowUpStatus, StaffDimension, UnitKind
from sakip.queries.performance import IndicatorYear
from sakip.scoring.quarters import ROMAN
from sakip.scoring.result import Result
from sakip.scoring.values import MISSING

PHYSICAL_FORMULA = "jumlah (pagu × fisik) / jumlah pagu"
FOLLOW_UP_KEYS = {
    FollowUpStatus.DONE: "done",
    FollowUpStatus.IN_PROGRESS: "in_progress",
    FollowUpStatus.NOT_STARTED: "not_started",
    FollowUpStatus.NOT_POSSIBLE: "not_possible",
}
ATTAINMENTS = {
    "melampaui": "exceeded",
    "mencapai": "reached",
    "belum mencapai": "not_reached",
    "belum dapat dinilai": "not_judged",
}


def office(year: OfficeYear) -> Iterator[Figure]:
    agency = year.agency
    yield word("agency.name", "Nama perangkat daerah", agency.name)
    yield word("agency.head", "Pimpinan", agency.head_title)
    yield word("government.name", "Pemerintah daerah", agency.government.name)
    yield word("year.current", "Tahun laporan", str(year.year))
    yield word("year.previous", "Tahun sebelumnya", str(year.year - 1))
    yield word("year.next", "Tahun berikutnya", str(year.year + 1))
    yield word("report.number", "Nomor laporan", year.report_number)
    dated = indonesian.date_long(year.report_date) if year.report_date else ""
    yield word("report.date", "Tanggal laporan", dated)


def territory(year: OfficeYear) -> Iterator[Figure]:
    profile = year.profile
    source = "Profil wilayah"
    yield number("area.km2", "Luas wilayah (km²)", profile.area_km2 if profile else None, 2, source)
    yield count("area.siblings", "Jumlah kecamatan", profile.sibling_count if profile else None, source)
    households = profile.clean_water_households if profile else None
    yield count("area.water_households", "Rumah tangga pengguna air bersih", households, source)
    kelurahan = sum(1 for unit in year.units if unit.kind == UnitKind.KELURAHAN)
    yield count("units.total", "Jumlah unit kerja", len(year.units))
    yield count("units.kelurahan", "Jumlah kelurahan", kelurahan)


def population(year: OfficeYear) -> Iterator[Figure]:
    found, source = year.population, "Tabel 1.1"
    total = found.total
    yield count("population.total", "Jumlah penduduk", total.total if total else None, source)
    yield count("population.male", "Penduduk laki-laki", total.male if total else None, source)
    yield count("population.female", "Penduduk perempuan", total.female if total else None, source)
    yield count("population.rt", "Jumlah RT", total.rt_count if total else None, source)
    for row in found.rows:
        assert row.unit is not None
        key = f"population.units.{part(row.unit.slug)}"
        yield count(f"{key}.total", f"Penduduk {row.name}", row.total, source)
        yield result(f"{key}.share", f"Bagian penduduk {row.name}", row.share, year.policy, source=source)


def staff(year: OfficeYear) -> Iterator[Figure]:
    totals = [table.total.total for table in year.staff.values()]
    yield count("staff.total", "Jumlah pegawai", totals[0] if totals else None, "Tabel 1.2")
    for place, dimension in enumerate(StaffDimension, 2):
        table = year.staff.get(dimension)
        if table is None:
            continue
        for category, people in zip(table.categories, table.total.counts, strict=True):
            key = f"staff.{part(dimension.value)}.{part(category)}"
            yield count(key, f"Pegawai {dimension.label.lower()} {category}", people, f"Tabel 1.{place}")


def assets(year: OfficeYear) -> Iterator[Figure]:
    found, source = year.assets, "Tabel 1.7"
    yield count("assets.lines", "Baris daftar aset", len(found.rows), source)
    yield count("assets.quantity", "Jumlah aset", found.quantity, source)
    for condition in AssetCondition:
        key = {"baik": "good", "sedang": "fair", "rusak": "broken"}[condition.value]
        label = f"Aset kondisi {condition.label.lower()}"
        yield count(f"assets.{key}", label, found.by_condition[condition], source)


def akip(year: OfficeYear) -> Iterator[Figure]:
    latest, source = year.latest_akip, "Tabel 1.8"
    before = year.akip[-2] if len(year.akip) > 1 else None
    yield word("akip.year", "Tahun yang dinilai", str(latest.year) if latest else "", source)
    yield number("akip.score", "Nilai AKIP", latest.score if latest else None, 2, source)
    yield word("akip.predicate", "Predikat AKIP", latest.predicate.label if latest else "", source)
    yield word("akip.meaning", "Makna predikat AKIP", latest.predicate.name if latest else "", source)
    yield number("akip.previous_score", "Nilai AKIP sebelumnya", before.score if before else None, 2, source)
    yield word("akip.trend", "Arah nilai AKIP", latest.trend.word if latest else "", source)
    yield difference(
        "akip.change", "Perubahan nilai AKIP", latest.trend.change if latest else None, 2, source
    )


def recommendations(year: OfficeYear) -> Iterator[Figure]:
    found, source = year.recommendations, "Tabel 1.9"
    yield count("recommendations.total", "Jumlah rekomendasi", len(found.items), source)
    for status, people in found.counts.items():
        label = f"Rekomendasi {status.label.lower()}"
        yield count(f"recommendations.{FOLLOW_UP_KEYS[status]}", label, people, source)


def planning(year: OfficeYear) -> Iterator[Figure]:
    plan = year.plan
    yield word("plan.period", "Periode Renstra", plan.period if plan else "")
    yield word("plan.vision", "Visi", plan.plan.vision if plan else "")
    yield count("plan.missions", "Jumlah misi", len(plan.missions) if plan else None)
    yield count("plan.flagships", "Jumlah program unggulan", len(plan.flagship_programmes) if plan else None)
    yield count("plan.objectives", "Jumlah tujuan", len(plan.objectives) if plan else None)
    yield count("plan.outcomes", "Jumlah sasaran", len(plan.outcomes) if plan else None)
    found = year.agreements
    named = (
        ("annual_plan", AgreementKind.ANNUAL_PLAN, found.annual_plan),
        ("original", AgreementKind.ORIGINAL, found.original),
        ("revised", AgreementKind.REVISED, found.revised),
    )
    for key, kind, document in named:
        signed = document.signed_on if document else None
        dated = indonesian.date_long(signed) if signed else ""
        title = document.title if document else kind.label
        yield word(f"agreement.{key}.date", f"Tanggal {title}", dated)
        amount = document.programmes_total_rp if document and document.programmes else None
        yield money(f"agreement.{key}.budget", f"Anggaran {title}", amount)


def indicators(year: OfficeYear) -> Iterator[Figure]:
    rows = year.indicators
    yield count("iku.count", "Jumlah indikator kinerja", len(rows), "Tabel 3.2")
    for attainment, key in ATTAINMENTS.items():
        met = sum(1 for row in rows if row.attainment == attainment)
        against = "" if key == "not_judged" else " target"
        yield count(f"iku.{key}", f"Indikator yang {attainment}{against}", met, "Tabel 3.2")
    yield result(
        "iku.mean_achievement", "Rata-rata capaian", year.mean_achievement, year.policy, source="Tabel 3.2"
    )
    for row in rows:
        yield from _indicator(year, row)


def _indicator(year: OfficeYear, row: IndicatorYear) -> Iterator[Figure]:
    key, name, places, policy = f"iku.{part(row.key)}", row.name, row.decimals, year.policy
    realised = printed_measured(row.realised, places)
    inputs = {"target": printed_measured(row.target, places), "realisasi": realised}
    yield word(f"{key}.name", "Indikator", name)
    yield measured(f"{key}.target", f"Target {name}", row.target, places, "Perjanjian Kinerja")
    yield measured(f"{key}.realised", f"Realisasi {name}", row.realised, places, _origin(row))
    yield result(
        f"{key}.achievement", f"Capaian {name}", row.achievement, policy, inputs=inputs, source="Tabel 3.2"
    )
    yield word(f"{key}.attainment", f"Ketercapaian {name}", row.attainment, "Tabel 3.2")
    yield word(f"{key}.category", f"Kategori {name}", row.category.label if row.category else "", "Tabel 3.1")
    yield word(f"{key}.meaning", f"Makna kategori {name}", row.category.name if row.category else "")
    yield word(f"{key}.trend", f"Arah {name}", row.trend.word, "Tabel 3.3")
    yield difference(f"{key}.change", f"Perubahan {name}", row.trend.change, places, "Tabel 3.3")
    before = row.previous.realised if row.previous else MISSING
    yield measured(f"{key}.previous", f"Realisasi sebelumnya {name}", before, places, "Tabel 3.3")
    final = row.plan_final
    yield word(f"{key}.plan_year", "Tahun akhir Renstra", str(final[0]) if final else "", "Tabel 3.4")
    final_target = final[1] if final else MISSING
    yield measured(f"{key}.plan_target", f"Target akhir {name}", final_target, places, "Tabel 3.4")
    yield result(
        f"{key}.plan_achievement",
        f"Capaian {name} terhadap target akhir",
        row.plan_achievement,
        policy,
        inputs={"target akhir": printed_measured(final_target, places), "realisasi": realised},
        source="Tabel 3.4",
    )
    standard = row.national_standard or MISSING
    yield measured(f"{key}.national_standard", f"Standar nasional {name}", standard, places, "Tabel 3.5")
    yield result(
        f"{key}.national_achievement",
        f"Capaian {name} terhadap standar nasional",
        row.national_achievement,
        policy,
        source="Tabel 3.5",
    )


def _origin(row: IndicatorYear) -> str:
    """Where a realisation came from: which unit's quarter, its state, and what proves it."""
    last = row.last_entry
    if last is None or not row.source:
        return row.source
    proof = f"; bukti: {', '.join(last.evidence)}" if last.evidence else ""
    return f"{row.source}: TW {ROMAN[last.quarter - 1]} {last.unit}, {last.state.lower()}{proof}"


def survey(year: OfficeYear) -> Iterator[Figure]:
    """Only where the year has a satisfaction survey."""
    found = year.survey
    if found is None:
        return
    source = "Survei Kepuasan Masyarakat"
    score, band = found.score, found.score.band
    yield result(
        "survey.index", "Indeks Kepuasan Masyarakat", score.value, year.policy, suffix="", source=source
    )
    yield word("survey.quality", "Mutu pelayanan", band.label if band else "", source)
    yield word("survey.meaning", "Makna mutu pelayanan", band.name if band else "", source)
    yield count("survey.respondents", "Jumlah responden", found.respondents, source)


def budget(year: OfficeYear) -> Iterator[Figure]:
    found = year.budget
    yield from _sum(year, "budget", "seluruh anggaran", found.total)
    yield count("budget.programmes", "Jumlah program", found.counts.programmes, "Tabel 3.7")
    yield count("budget.activities", "Jumlah kegiatan", found.counts.activities, "Tabel 3.7")
    yield count("budget.sub_activities", "Jumlah sub kegiatan", found.counts.sub_activities, "Tabel 3.7")
    yield count("budget.lines", "Jumlah baris anggaran", found.counts.lines, "Tabel 3.7")
    low = found.below(year.policy.low_absorption)
    limit = f"{indonesian.plain(year.policy.low_absorption)}%"
    yield count("budget.low_absorption", f"Baris dengan serapan di bawah {limit}", len(low), "Tabel 3.7")
    for unit in found.units:
        key = f"budget.units.{part(unit.unit.slug)}"
        yield from _sum(year, key, unit.unit.name, unit.sum)
    for programme in found.programmes:
        key = f"budget.nodes.{part(programme.node.key)}"
        yield from _sum(year, key, programme.node.name, programme.sum)


def _sum(year: OfficeYear, key: str, name: str, found: BudgetSum) -> Iterator[Figure]:
    source, provisional, policy = source_of(year), found.provisional, year.policy
    ceiling = money(f"{key}.ceiling", f"Pagu {name}", found.ceiling_rp, "Tabel 3.7")
    realised = money(
        f"{key}.realised", f"Realisasi {name}", found.realised_rp, source, provisional=provisional
    )
    yield ceiling
    yield realised
    yield result(
        f"{key}.absorption",
        f"Serapan {name}",
        found.absorption,
        policy,
        inputs={"pagu": ceiling.printed, "realisasi": realised.printed},
        source=source,
    )
    yield money(
        f"{key}.unspent",
        f"Sisa {name}",
        found.remaining.value,
        source,
        provisional=provisional,
        formula=working(found.remaining),
    )
    yield result(
        f"{key}.physical", f"Fisik {name}", found.physical, policy, formula=PHYSICAL_FORMULA, source=source
    )


def quarters(year: OfficeYear) -> Iterator[Figure]:
    label = year.curve.source.label
    source = label[:1].upper() + label[1:]
    for point in year.curve.points:
        key, name = f"quarters.q{point.quarter}", f"TW {ROMAN[point.quarter - 1]}"
        yield money(f"{key}.spent", f"Realisasi {name}", point.spent, source, provisional=point.provisional)
        label = f"Realisasi s.d. {name}"
        yield money(f"{key}.cumulated", label, point.cumulated, source, provisional=point.provisional)
        yield result(
            f"{key}.absorption", f"Serapan s.d. {name}", point.absorption, year.policy, source=source
        )


def organisation(year: OfficeYear) -> Iterator[Figure]:
    score, source = year.nko, "Tabel 3.10"
    correction = score.correction
    yield result(
        "nko.score",
        "Nilai Kinerja Organisasi",
        score.nko,
        year.policy,
        formula=_score_working(year),
        inputs=_score_inputs(year),
        source=source,
    )
    yield word(
        "nko.predicate", "Predikat kinerja organisasi", score.predicate.name if score.predicate else ""
    )
    yield result("nko.total", "Total capaian perjanjian kinerja", score.total, year.policy, source=source)
    corrected = Result.computed(correction) if correction is not None else score.nko
    yield result("nko.correction", "Koreksi predikat AKIP", corrected, year.policy, source="Tabel 3.9")


def _score_working(year: OfficeYear) -> str:
    """From target and realisation of each indicator to the mean of all."""
    finals = {row.place: row.final for row in year.nko.rows}
    steps = [
        f"{row.name.replace('; ', ', ')}: {step.expression}"
        for place, row in enumerate(year.indicators)
        if place in finals
        for step in (*row.achievement.steps, *finals[place].steps)
    ]
    return "; ".join([*steps, working(year.nko.nko)]) if steps else ""


def _score_inputs(year: OfficeYear) -> dict[str, str]:
    latest = year.latest_akip
    inputs = {f"capaian {row.name}": printed_result(row.achievement, year.policy) for row in year.indicators}
    if latest is not None:
        inputs["predikat AKIP"] = f"{latest.predicate.label} ({indonesian.number(latest.score)})"
    return inputs


def efficiency(year: OfficeYear) -> Iterator[Figure]:
    report, source = year.efficiency, "Tabel 3.6"
    definition = report.definition
    overall = report.overall
    inputs = {
        "capaian": printed_result(overall.achievement, year.policy),
        "serapan": printed_result(overall.budget.total.absorption, year.policy),
    }
    yield result(
        "efficiency.value",
        f"Efisiensi ({definition.name})",
        overall.efficiency.result,
        year.policy,
        suffix=definition.suffix,
        inputs=inputs,
        source=source,
    )
    yield word("efficiency.verdict", "Simpulan efisiensi", overall.efficiency.verdict or "", source)
    yield word("efficiency.definition", "Rumus efisiensi", definition.name, source)
    yield word("efficiency.formula", "Cara hitung efisiensi", definition.formula, source)
    for place, one in enumerate(year.efficiency_before, 1):
        key = f"efficiency.before_{place}"
        yield word(f"{key}.year", "Tahun pembanding", str(one.year), source)
        label = f"Efisiensi {one.year}"
        suffix = one.efficiency.definition.suffix
        yield result(f"{key}.value", label, one.efficiency.result, year.policy, suffix=suffix, source=source)


def awards(year: OfficeYear) -> Iterator[Figure]:
    yield count("awards.count", "Jumlah penghargaan", len(year.awards), "Tabel 3.11")
    units = len({award.unit for award in year.awards})
    yield count("awards.units", "Unit kerja penerima penghargaan", units, "Tabel 3.11")


GROUPS: tuple[Group, ...] = (
    office,
    territory,
    population,
    staff,
    assets,
    akip,
    recommendations,
    planning,
    indicators,
    survey,
    budget,
    quarters,
    organisation,
    efficiency,
    awards,
)
