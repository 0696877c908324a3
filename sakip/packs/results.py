"""The files of a pack about years, quarters, measurements and what others say of the office."""

from sakip.models import (
    AkipEvaluation,
    Award,
    FollowUp,
    IppAspect,
    IppAssessment,
    Measurement,
    Recommendation,
    ReportingYear,
    UnitQuarter,
)
from sakip.packs.specs import FileSpec, pair, ref

FILES = (
    FileSpec(
        "years",
        ReportingYear,
        "Tahun pelaporan; `is_sample` ya bila angkanya data contoh.",
        ("year", "is_sample", "report_number", "report_date", "measured_on", "reviewed_on"),
        key=("year",),
    ),
    FileSpec(
        "quarters",
        UnitQuarter,
        "Triwulan setiap unit: masa pengisian dan statusnya.",
        (
            ref("unit", "units"),
            *("year", "quarter", "entry_opens", "entry_closes", "review_closes", "state", "lock_reason"),
        ),
        key=("unit", "year", "quarter"),
        scope="unit__agency",
        unit_path="unit",
    ),
    FileSpec(
        "measurements",
        Measurement,
        "Realisasi indikator per triwulan unit.",
        (
            ref("unit_quarter", "quarters", "unit", "year", "quarter"),
            ref("indicator", "indicators"),
            pair("value"),
            *("state", "obstacle", "solution"),
        ),
        key=("unit_quarter", "indicator"),
        scope="unit_quarter__unit__agency",
        unit_path="unit_quarter.unit",
    ),
    FileSpec(
        "akip",
        AkipEvaluation,
        "Hasil evaluasi AKIP (LHE) per tahun yang dinilai.",
        ("year", "score", "issued_on", "evaluator"),
        key=("year",),
    ),
    FileSpec(
        "recommendations",
        Recommendation,
        "Rekomendasi LHE.",
        (ref("evaluation", "akip", "year"), "number", "component", "text"),
        key=("evaluation", "number"),
        scope="evaluation__agency",
    ),
    FileSpec(
        "follow_ups",
        FollowUp,
        "Tindak lanjut setiap rekomendasi.",
        (
            ref("recommendation", "recommendations", "year", "number"),
            *("text", "date_from", "date_to", "status", "status_confidence"),
            *("evidence_kind", "obstacle", "remark"),
        ),
        key=("recommendation",),
        scope="recommendation__evaluation__agency",
    ),
    FileSpec(
        "ipp",
        IppAssessment,
        "Penilaian Indeks Pelayanan Publik; nilai akhirnya ditetapkan penilai.",
        ("year", "declared_total", "assessor"),
        key=("year",),
    ),
    FileSpec(
        "ipp_aspects",
        IppAspect,
        "Aspek IPP dengan bobot (%) dan nilai seperti diberikan.",
        (ref("assessment", "ipp", "year"), "number", "name", "weight_pct", pair("score"), "scope", "note"),
        key=("assessment", "number"),
        scope="assessment__agency",
    ),
    FileSpec(
        "awards",
        Award,
        "Penghargaan.",
        (ref("unit", "units"), "year", "number", "description", "rank"),
        key=("year", "number"),
        unit_path="unit",
    ),
)
