"""The files of a pack about plans, the programme tree, indicators, targets and agreements."""

from sakip.models import (
    Agreement,
    AgreementIndicator,
    AgreementProgramme,
    AnnualResult,
    FlagshipProgramme,
    Indicator,
    IndicatorVersion,
    Mission,
    NationalStandard,
    Objective,
    Outcome,
    Policy,
    ProgrammeNode,
    StrategicPlan,
    Strategy,
    Target,
)
from sakip.packs.specs import FileSpec, pair, ref


def _own_of_the_lowest(indicator: Indicator) -> None:
    """An outcome is named by its objective's number too; the indicator belongs to the outcome."""
    if indicator.outcome is not None:
        indicator.objective = None


FILES = (
    FileSpec(
        "plans",
        StrategicPlan,
        "Renstra; berkas lain menunjuknya dengan tahun awal.",
        ("first_year", "last_year", "established_on", "effective_from", "effective_until", "vision"),
        key=("first_year",),
    ),
    FileSpec(
        "missions",
        Mission,
        "Misi kepala daerah; `is_carried` ya bila diemban perangkat daerah.",
        (ref("plan", "plans"), "number", "text", "is_carried"),
        key=("plan", "number"),
        scope="plan__agency",
    ),
    FileSpec(
        "flagship_programmes",
        FlagshipProgramme,
        "Program unggulan kepala daerah.",
        (ref("plan", "plans"), "number", "text", "is_carried"),
        key=("plan", "number"),
        scope="plan__agency",
    ),
    FileSpec(
        "objectives",
        Objective,
        "Tujuan.",
        (
            ref("plan", "plans"),
            ref("mission", "missions", "plan", "mission"),
            *("number", "text", "rpjmd_reference"),
        ),
        key=("plan", "number"),
        scope="plan__agency",
    ),
    FileSpec(
        "outcomes",
        Outcome,
        "Sasaran.",
        (ref("objective", "objectives", "plan", "objective"), "number", "text"),
        key=("objective", "number"),
        scope="objective__plan__agency",
    ),
    FileSpec(
        "strategies",
        Strategy,
        "Strategi.",
        (ref("outcome", "outcomes", "plan", "objective", "outcome"), "number", "text"),
        key=("outcome", "number"),
        scope="outcome__objective__plan__agency",
    ),
    FileSpec(
        "policies",
        Policy,
        "Arah kebijakan.",
        (ref("strategy", "strategies", "plan", "objective", "outcome", "strategy"), "number", "text"),
        key=("strategy", "number"),
        scope="strategy__outcome__objective__plan__agency",
    ),
    FileSpec(
        "nodes",
        ProgrammeNode,
        "Program, kegiatan, dan sub kegiatan; `code` kosong bila kode nasionalnya belum terverifikasi.",
        (
            ref("parent", "nodes"),
            ref("responsible_unit", "units"),
            *("key", "level", "nomenclature_year", "code", "name", "sort_order"),
        ),
        key=("key",),
    ),
    FileSpec(
        "indicators",
        Indicator,
        "Indikator: milik satu tujuan, sasaran, atau node (atau perangkat daerah saja); `unit` mengukurnya.",
        (
            "key",
            ref("unit", "units"),
            ref("objective", "objectives", "plan", "objective"),
            ref("outcome", "outcomes", "plan", "objective", "outcome"),
            ref("node", "nodes"),
            *("is_key", "sort_order"),
        ),
        key=("key",),
        unit_path="unit",
        adjust=_own_of_the_lowest,
    ),
    FileSpec(
        "indicator_definitions",
        IndicatorVersion,
        "Definisi indikator sejak suatu tahun; `is_declared_ours` ya bila cara hitung ditetapkan portal.",
        (
            ref("indicator", "indicators"),
            *("valid_from_year", "name", "unit_of_measure", "polarity", "lower_bound", "upper_bound"),
            *("combine", "decimals", "formula_text", "source", "is_declared_ours"),
        ),
        key=("indicator", "valid_from_year"),
        scope="indicator__agency",
    ),
    FileSpec(
        "targets",
        Target,
        "Target Renstra (plan), tahunan (annual), atau rencana aksi (action_plan) per triwulan.",
        (ref("indicator", "indicators"), "kind", "year", "quarter", pair("value")),
        key=("indicator", "kind", "year", "quarter"),
        scope="indicator__agency",
    ),
    FileSpec(
        "annual_results",
        AnnualResult,
        "Target dan realisasi tahun-tahun yang laporannya sudah selesai.",
        (ref("indicator", "indicators"), "year", pair("target"), pair("realised"), "source"),
        key=("indicator", "year"),
        scope="indicator__agency",
    ),
    FileSpec(
        "national_standards",
        NationalStandard,
        "Standar nasional pembanding; tidak_berlaku bila tidak ada.",
        (ref("indicator", "indicators"), "year", pair("value"), "source"),
        key=("indicator", "year"),
        scope="indicator__agency",
    ),
    FileSpec(
        "agreements",
        Agreement,
        "RKT (rkt), Perjanjian Kinerja (murni), dan perubahannya (perubahan ke-1 dst.), tanpa rancangan.",
        (
            ref("plan", "plans"),
            *("year", "kind", "revision", "title", "signed_on", "first_party_title", "second_party_title"),
        ),
        key=("year", "kind", "revision"),
        where={"is_draft": False},
    ),
    FileSpec(
        "agreement_indicators",
        AgreementIndicator,
        "Indikator dan target dalam dokumen itu; sasaran ditulis seperti dalam dokumen.",
        (
            ref("agreement", "agreements", "year", "kind", "revision"),
            ref("indicator", "indicators"),
            *("number", "outcome_text", "unit_of_measure"),
            pair("target"),
        ),
        key=("agreement", "number"),
        scope="agreement__agency",
    ),
    FileSpec(
        "agreement_programmes",
        AgreementProgramme,
        "Program dan anggarannya dalam dokumen itu.",
        (
            ref("agreement", "agreements", "year", "kind", "revision"),
            ref("node", "nodes"),
            *("number", "name", "amount_rp"),
        ),
        key=("agreement", "number"),
        scope="agreement__agency",
    ),
)
