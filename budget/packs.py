"""The files of a pack about money, and with the core's files the whole pack of an agency."""

from budget.models import (
    BudgetLine,
    BudgetVersion,
    Ceiling,
    FundingSource,
    ImportedForm,
    ImportedLine,
    ImportedMean,
    OfficialRealisation,
)
from sakip.models import LegalBasis, LkeCriterion, LkeSubComponent, NomenclatureCode
from sakip.packs import organisation, planning, results
from sakip.packs.specs import FileSpec, ref

LINE = ("year", "unit", "node", "funding_source")

FILES = (
    FileSpec(
        "funding_sources",
        FundingSource,
        "Sumber dana yang dikenal portal.",
        ("code",),
        key=("code",),
        scope=None,
        is_reference=True,
    ),
    FileSpec(
        "budget_versions",
        BudgetVersion,
        "Versi anggaran: murni, pergeseran, perubahan; yang bernomor tertinggi berlaku.",
        ("year", "number", "kind", "document", "effective_on"),
        key=("year", "number"),
    ),
    FileSpec(
        "budget_lines",
        BudgetLine,
        "Baris anggaran: sub kegiatan satu unit pada satu tahun, per sumber dana bila diketahui.",
        (
            ref("unit", "units"),
            ref("node", "nodes"),
            "year",
            ref("funding_source", "funding_sources"),
            "sort_order",
        ),
        key=("year", "unit", "node", "funding_source"),
        scope="unit__agency",
        unit_path="unit",
    ),
    FileSpec(
        "ceilings",
        Ceiling,
        "Pagu (rupiah) setiap baris menurut versi anggaran.",
        (
            ref("version", "budget_versions", "year", "version"),
            ref("line", "budget_lines", *LINE),
            "amount_rp",
        ),
        key=("version", "line"),
        scope="version__agency",
        unit_path="line.unit",
    ),
    FileSpec(
        "official_realisations",
        OfficialRealisation,
        "Realisasi resmi setahun (rupiah) dan fisik (%) dari sistem keuangan.",
        (ref("line", "budget_lines", *LINE), "amount_rp", "physical_pct", "source"),
        key=("line",),
        scope="line__unit__agency",
        unit_path="line.unit",
    ),
    FileSpec(
        "imported_forms",
        ImportedForm,
        "Formulir tercetak yang diambil alih apa adanya, misalnya e81.",
        ("year", "key", "title", "source"),
        key=("year", "key"),
    ),
    FileSpec(
        "e81_lines",
        ImportedLine,
        "Baris formulir tercetak, termasuk yang ganda, tak terbaca, atau meragukan. Sel kosong bukan nol.",
        (
            ref("form", "imported_forms", "year", "form"),
            *("number", "level"),
            ref("unit", "units"),
            ref("node", "nodes"),
            ref("line", "budget_lines", "year", "unit", "node", "line_funding_source"),
            *("name", "indicator_name", "target", "target_unit", "ceiling_rp", "fund_source"),
            *("k_q1", "k_q2", "k_q3", "k_q4", "k_total"),
            *("rp_q1", "rp_q2", "rp_q3", "rp_q4", "rp_total", "derived_total_rp", "plan_to_date_rp"),
            *("printed_k_pct", "declared_k_pct", "printed_rp_pct"),
            *("confidence", "source_lines", "note"),
        ),
        key=("form", "number"),
        scope="form__agency",
    ),
    FileSpec(
        "e81_means",
        ImportedMean,
        "Baris rata-rata formulir tercetak.",
        (
            ref("form", "imported_forms", "year", "form"),
            ref("node", "nodes"),
            *("k_pct", "rp_pct", "k_predicate", "rp_predicate", "note"),
        ),
        key=("form", "node"),
        scope="form__agency",
    ),
)

AGENCY_PACK = (*organisation.FILES, *planning.FILES, *results.FILES, *FILES)

REFERENCE_PACK = (
    FileSpec(
        "nomenclature",
        NomenclatureCode,
        "Kode nasional program, kegiatan, dan sub kegiatan.",
        ("nomenclature_year", "code", "name", "is_verified"),
        key=("nomenclature_year", "code"),
        scope=None,
    ),
    FileSpec("funding_sources", FundingSource, "Sumber dana.", ("code", "name"), key=("code",), scope=None),
    FileSpec(
        "legal_bases",
        LegalBasis,
        "Peraturan nasional yang dipakai setiap LKjIP.",
        ("kind", "number", "year", "enacted_on", "subject", "purpose", "sort_order"),
        key=("kind", "number", "year"),
        scope=None,
        where={"agency__isnull": True},
    ),
    FileSpec(
        "lke_sub_components",
        LkeSubComponent,
        "Sub komponen lembar kerja evaluasi AKIP (LKE) dengan bobotnya.",
        ("valid_from", "component", "aspect", "text", "weight", "valid_until"),
        key=("valid_from", "component", "aspect"),
        scope=None,
    ),
    FileSpec(
        "lke_criteria",
        LkeCriterion,
        "Kriteria LKE; `is_verified` tidak bila salinan yang beredar berbeda kata atau tempatnya.",
        (
            ref("sub_component", "lke_sub_components", "valid_from", "component", "aspect"),
            *("number", "text", "expected_evidence", "proof_key", "is_verified"),
        ),
        key=("sub_component", "number"),
        scope=None,
    ),
)
