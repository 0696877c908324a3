"""One valid row of every model, as the keyword arguments that make it. Parents are made on the way."""

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from budget import models as b
from reporting import models as r
from sakip import models as s

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
_counter = itertools.count(1)
_RECIPES: dict[type[models.Model], Callable[[], dict[str, Any]]] = {}


def recipe(model: type[models.Model]):
    def register(function: Callable[[], dict[str, Any]]):
        _RECIPES[model] = function
        return function

    return register


def models_with_recipes() -> set[type[models.Model]]:
    return set(_RECIPES)


def valid(model: type[models.Model], **changes: Any) -> dict[str, Any]:
    """Keyword arguments of a valid row, with some of them changed."""
    return {**_RECIPES[model](), **changes}


def make(model: type[models.Model], **changes: Any) -> Any:
    """A stored row."""
    return model._default_manager.create(**valid(model, **changes))


def number() -> int:
    return next(_counter)


def simple(model: type[models.Model], /, **builders: Any) -> None:
    """A recipe whose values are constants or functions without arguments."""
    _RECIPES[model] = lambda: {key: value() if callable(value) else value for key, value in builders.items()}


def a(model: type[models.Model], **changes: Any) -> Callable[[], Any]:
    return lambda: make(model, **changes)


def named(prefix: str) -> Callable[[], str]:
    return lambda: f"{prefix} {number()}"


simple(s.Government, name=named("Kota"), place="Samarinda", head_title="Walikota")
simple(
    s.Agency,
    government=a(s.Government),
    slug=lambda: f"instansi-{number()}",
    name=named("Kecamatan"),
    kind="kecamatan",
    head_title="Camat",
)
simple(s.Unit, agency=a(s.Agency), slug=lambda: f"unit-{number()}", name=named("Kelurahan"), kind="kelurahan")
simple(s.Position, agency=a(s.Agency), key=lambda: f"J{number()}", name="Camat", kind="pimpinan")
simple(s.Official, government=a(s.Government), title="Camat")
simple(
    s.LegalBasis,
    agency=a(s.Agency),
    kind="Undang-Undang",
    number="28",
    year=1999,
    subject="Penyelenggaraan negara",
)
simple(s.AgencyFunction, agency=a(s.Agency), number=1, text="Pelayanan umum")
simple(s.User, username=lambda: f"pengguna{number()}", password="!")
simple(s.AgencyProfile, agency=a(s.Agency), year=2025)
simple(s.PopulationCount, unit=a(s.Unit), year=2025, male=1, female=2)
simple(s.Asset, agency=a(s.Agency), year=2025, number=1, name="Meja", condition="baik")
simple(
    s.Factor,
    agency=a(s.Agency),
    year=2025,
    section="III.A.5",
    context="IPP",
    kind="solusi",
    number=1,
    text="Bimbingan teknis",
)
simple(s.StrategicPlan, agency=a(s.Agency), first_year=2025, last_year=2029)
simple(s.Mission, plan=a(s.StrategicPlan), number=1, text="Tata kelola")
simple(s.FlagshipProgramme, plan=a(s.StrategicPlan), number=1, text="Probebaya")
simple(s.Objective, plan=a(s.StrategicPlan), number=1, text="Pelayanan meningkat")
simple(s.Outcome, objective=a(s.Objective), number=1, text="Pelayanan meningkat")
simple(s.Strategy, outcome=a(s.Outcome), number=1, text="Aparatur")
simple(s.Policy, strategy=a(s.Strategy), number=1, text="Inovasi")
simple(s.NomenclatureCode, nomenclature_year=2023, code=lambda: f"7.01.{number() % 90 + 10}", name="Program")
simple(
    s.ProgrammeNode,
    agency=a(s.Agency),
    key=lambda: f"P{number()}",
    level="program",
    nomenclature_year=2023,
    name="Program",
)
simple(s.Indicator, agency=a(s.Agency), key=lambda: f"indikator-{number()}")
simple(s.IndicatorVersion, indicator=a(s.Indicator), valid_from_year=2025, name="IPP", combine="last")
simple(
    s.Target,
    indicator=a(s.Indicator),
    kind="annual",
    year=2025,
    quarter=0,
    value_state="number",
    value=Decimal("3.65"),
)
simple(s.AnnualResult, indicator=a(s.Indicator), year=2024)
simple(s.NationalStandard, indicator=a(s.Indicator), year=2025)
simple(s.EvidenceRequirement, indicator=a(s.Indicator), kind="dokumen")
simple(s.Agreement, agency=a(s.Agency), year=2025, kind="murni", title="PK 2025", first_party_title="Camat")
simple(
    s.AgreementIndicator,
    agreement=a(s.Agreement),
    indicator=a(s.Indicator),
    number=1,
    outcome_text="Pelayanan",
)
simple(
    s.AgreementProgramme,
    agreement=a(s.Agreement),
    node=a(s.ProgrammeNode),
    number=1,
    name="Program",
    amount_rp=Decimal(1),
)
simple(s.ReportingYear, agency=a(s.Agency), year=2025)
simple(s.UnitQuarter, unit=a(s.Unit), year=2026, quarter=4)
simple(
    s.QuarterException,
    unit_quarter=a(s.UnitQuarter),
    reason="Listrik padam",
    valid_until=date(2027, 1, 15),
    granted_by=a(s.User),
    granted_at=NOW,
)
simple(
    s.EvidenceFile,
    agency=a(s.Agency),
    sha256="0" * 64,
    file="bukti/a.pdf",
    content_type="application/pdf",
    size=1,
)
simple(
    s.Evidence,
    agency=a(s.Agency),
    kind="tautan",
    name="Laporan",
    link="https://contoh.go.id/laporan",
    added_at=NOW,
)
simple(s.Measurement, unit_quarter=a(s.UnitQuarter), indicator=a(s.Indicator))
simple(
    s.Transition,
    unit_quarter=a(s.UnitQuarter),
    row_kind="quarter",
    from_state="draft",
    to_state="submitted",
    by=a(s.User),
    at=NOW,
)
simple(
    s.RowNote,
    unit_quarter=a(s.UnitQuarter),
    row_kind="measurement",
    row_id=1,
    text="Catatan",
    by=a(s.User),
    at=NOW,
)
simple(
    s.Meeting,
    agency=a(s.Agency),
    year=2026,
    quarter=3,
    held_on=date(2026, 10, 22),
    starts_at=time(9),
    place="Ruang rapat",
    agenda="Evaluasi kinerja",
    leader_role="Camat",
)
simple(s.Attendee, meeting=a(s.Meeting), number=1, role="Sekretaris Kecamatan")
simple(
    s.AgreedAction,
    meeting=a(s.Meeting),
    number=1,
    text="Lengkapi dokumen",
    unit=a(s.Unit),
    due_on=date(2026, 12, 1),
)
simple(
    s.OutgoingMail,
    agency=a(s.Agency),
    recipient=a(s.User),
    key=lambda: f"surel:{number()}",
    subject="Perihal",
    body="Isi",
    created_at=NOW,
)
simple(
    s.Login,
    user=a(s.User),
    method="password",
    at=NOW,
    seen_at=NOW,
    expires_at=NOW,
)
simple(
    s.SsoIdentity,
    user=a(s.User),
    issuer="https://sso.contoh.go.id",
    subject=lambda: f"nomor:{number()}",
    linked_at=NOW,
)
simple(s.AkipEvaluation, agency=a(s.Agency), year=2024, score=Decimal("80.25"))
simple(s.AkipComponentScore, evaluation=a(s.AkipEvaluation), component="pelaporan", score=Decimal(80))
simple(s.Recommendation, evaluation=a(s.AkipEvaluation), number=1, text="Lengkapi dokumen")
simple(s.FollowUp, recommendation=a(s.Recommendation))
simple(
    s.LkeSubComponent,
    component="pelaporan",
    aspect="kualitas",
    text="Laporan memenuhi standar",
    weight=Decimal("4.5"),
    valid_from=lambda: 2030 + number() % 70,
    valid_until=2100,
)
simple(
    s.LkeCriterion,
    sub_component=a(s.LkeSubComponent),
    number=1,
    text="Laporan telah disusun",
    expected_evidence="LKjIP",
)
simple(
    s.CriterionAnswer,
    agency=a(s.Agency),
    year=2025,
    criterion=a(s.LkeCriterion),
    statement="Laporan telah disusun.",
    updated_at=NOW,
    updated_by=a(s.User),
)
simple(
    s.SubComponentJudgement,
    agency=a(s.Agency),
    year=2025,
    sub_component=a(s.LkeSubComponent),
    answer="BB",
    note="Sebagian besar telah dipenuhi.",
    updated_at=NOW,
    updated_by=a(s.User),
)
simple(s.IppAssessment, agency=a(s.Agency), year=2025, declared_total=Decimal("1.53"))
simple(s.IppAspect, assessment=a(s.IppAssessment), number=1, name="Kebijakan Pelayanan")
simple(s.IkmAssessment, agency=a(s.Agency), year=2025)
simple(s.IkmElement, assessment=a(s.IkmAssessment), number=1, name="Persyaratan", mean=Decimal("3.5"))
simple(s.ScoringPolicy, government=a(s.Government), name="Kebijakan", valid_from=2025, rules=dict)
simple(
    s.HistoryEntry,
    agency=a(s.Agency),
    chain=lambda: f"agency:{number()}",
    sequence=1,
    at=NOW,
    action="create",
    model="sakip.unit",
    object_id=1,
    label="Unit",
    hash="0" * 64,
)


@recipe(s.StaffCount)
def _staff() -> dict[str, Any]:
    unit = make(s.Unit)
    return {
        "agency": unit.agency,
        "unit": unit,
        "year": 2025,
        "dimension": "gender",
        "category": "L",
        "count": 1,
    }


@recipe(s.Membership)
def _membership() -> dict[str, Any]:
    unit = make(s.Unit)
    return {"user": make(s.User), "role": "operator", "agency": unit.agency, "unit": unit}


@recipe(s.Award)
def _award() -> dict[str, Any]:
    unit = make(s.Unit)
    return {
        "agency": unit.agency,
        "unit": unit,
        "year": 2025,
        "number": 1,
        "description": "Lomba",
        "rank": "Juara 1",
    }


simple(b.FundingSource, code=lambda: f"D{number()}", name="Dana")
simple(b.BudgetVersion, agency=a(s.Agency), year=2025, number=1, kind="murni")
simple(b.BudgetLine, unit=a(s.Unit), node=a(s.ProgrammeNode), year=2025, funding_source=a(b.FundingSource))
simple(b.Ceiling, version=a(b.BudgetVersion), line=a(b.BudgetLine), amount_rp=Decimal(1000))
simple(b.CashPlan, line=a(b.BudgetLine), quarter=1, amount_rp=Decimal(250))
simple(b.QuarterlyRealisation, unit_quarter=a(s.UnitQuarter), line=a(b.BudgetLine))
simple(
    b.CellComment,
    unit_quarter=a(s.UnitQuarter),
    line=a(b.BudgetLine),
    cell="amount",
    text="Sudah termasuk SP2D Desember?",
    by=a(s.User),
    at=NOW,
)
simple(b.OfficialRealisation, line=a(b.BudgetLine), amount_rp=Decimal(900))
simple(b.ImportedForm, agency=a(s.Agency), year=2025, key="e81", title="Tabel 3.8")
simple(b.ImportedLine, form=a(b.ImportedForm), number=1, level="program", name="Program")
simple(b.ImportedMean, form=a(b.ImportedForm), node=a(s.ProgrammeNode))
simple(
    b.ColumnMapping,
    agency=a(s.Agency),
    header_key="0" * 64,
    header_row=1,
    updated_at=NOW,
    updated_by=a(s.User),
)
simple(
    b.SheetUpload,
    unit_quarter=a(s.UnitQuarter),
    by=a(s.User),
    at=NOW,
    name="isian.xlsx",
    content=b"PK",
)
simple(r.Narrative, agency=a(s.Agency), year=2025, section="I.A", text="Naskah")
simple(
    r.Edition,
    agency=a(s.Agency),
    year=2025,
    number=1,
    issued_at=NOW,
    issued_by=a(s.User),
    snapshot=dict,
    policy=dict,
    file="edisi/1.pdf",
    sha256="0" * 64,
    unsettled=0,
)
simple(r.PublicPage, agency=a(s.Agency), year=2025, changed_at=NOW, changed_by=a(s.User))
simple(
    r.ReportJob,
    agency=a(s.Agency),
    year=2025,
    format="pdf",
    fingerprint="0" * 64,
    requested_by=a(s.User),
    requested_at=NOW,
)
simple(r.Download, owner=a(s.User), job=a(r.ReportJob), asked_at=NOW)
