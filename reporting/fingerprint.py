"""A name for the data that a report shows, so that an unchanged report need not be made again."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, Expression, F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from budget import models as budget
from reporting import models as reporting
from sakip import models as sakip
from sakip.models import Agency

# How each model's rows are found from the agency ("" for the agency itself). Rows of every year belong to
# it, because a report also shows the years before.
OF_AGENCY: dict[type[Model], str] = {
    sakip.Agency: "pk",
    sakip.Unit: "agency",
    sakip.Position: "agency",
    sakip.AgencyFunction: "agency",
    sakip.AgencyProfile: "agency",
    sakip.PopulationCount: "unit__agency",
    sakip.StaffCount: "agency",
    sakip.Asset: "agency",
    sakip.Factor: "agency",
    sakip.StrategicPlan: "agency",
    sakip.Mission: "plan__agency",
    sakip.FlagshipProgramme: "plan__agency",
    sakip.Objective: "plan__agency",
    sakip.Outcome: "objective__plan__agency",
    sakip.Strategy: "outcome__objective__plan__agency",
    sakip.Policy: "strategy__outcome__objective__plan__agency",
    sakip.ProgrammeNode: "agency",
    sakip.Indicator: "agency",
    sakip.IndicatorVersion: "indicator__agency",
    sakip.Target: "indicator__agency",
    sakip.AnnualResult: "indicator__agency",
    sakip.NationalStandard: "indicator__agency",
    sakip.Agreement: "agency",
    sakip.AgreementIndicator: "agreement__agency",
    sakip.AgreementProgramme: "agreement__agency",
    sakip.ReportingYear: "agency",
    sakip.UnitQuarter: "unit__agency",
    sakip.Measurement: "unit_quarter__unit__agency",
    sakip.Measurement.evidence.through: "measurement__unit_quarter__unit__agency",
    sakip.Evidence: "agency",
    sakip.AkipEvaluation: "agency",
    sakip.AkipComponentScore: "evaluation__agency",
    sakip.Recommendation: "evaluation__agency",
    sakip.FollowUp: "recommendation__evaluation__agency",
    sakip.IppAssessment: "agency",
    sakip.IppAspect: "assessment__agency",
    sakip.IkmAssessment: "agency",
    sakip.IkmElement: "assessment__agency",
    sakip.Award: "agency",
    budget.BudgetVersion: "agency",
    budget.BudgetLine: "unit__agency",
    budget.Ceiling: "version__agency",
    budget.CashPlan: "line__unit__agency",
    budget.QuarterlyRealisation: "line__unit__agency",
    budget.OfficialRealisation: "line__unit__agency",
    budget.ImportedForm: "agency",
    budget.ImportedLine: "form__agency",
    budget.ImportedMean: "form__agency",
    reporting.Narrative: "agency",
}
# Rows that an agency shares with others.
SHARED: dict[type[Model], str] = {
    sakip.Government: "pk",
    sakip.Official: "government",
    sakip.ScoringPolicy: "government",
}
COMMON: tuple[type[Model], ...] = (budget.FundingSource,)
# Rows without a trace in any figure or report: a draft counts once it is put in force.
COUNTING: dict[type[Model], Q] = {
    sakip.Agreement: Q(is_draft=False),
    sakip.AgreementIndicator: Q(agreement__is_draft=False),
    sakip.AgreementProgramme: Q(agreement__is_draft=False),
}
# Copies that stay as they are with their row: too large to read each time.
LEFT_OUT: dict[type[Model], frozenset[str]] = {reporting.Edition: frozenset({"snapshot", "policy"})}
CODE = (
    "sakip/scoring",
    "sakip/queries",
    "sakip/workflow",
    "sakip/indonesian.py",
    "budget",
    "reporting",
    "templates",
    "static",
)
SOURCES = frozenset({".py", ".html", ".css", ".js", ".txt", ".svg", ".ttf"})


def data_fingerprint(agency: Agency, year: int, also: Mapping[type[Model], str] | None = None) -> str:
    """SHA-256 over every row that a report of the agency can show, and over the code that writes it; `also`
    names more models in the manner of OF_AGENCY, for a page that shows more. One query.

    It may change without a visible difference; it never stays while there is one.
    """
    return data_fingerprints([agency], year, also)[agency.pk]


def data_fingerprints(
    agencies: Sequence[Agency], year: int, also: Mapping[type[Model], str] | None = None
) -> dict[int, str]:
    """That of each agency, by its key; one query for all of them."""
    if not agencies:
        return {}
    keys = tuple(agency.pk for agency in agencies)
    governments = tuple(sorted({agency.government_id for agency in agencies}))
    sql, parameters = _question(keys, governments, tuple((also or {}).items()), connection.vendor)
    rows: dict[tuple[int, int], list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        # Each row's text holds its key.
        for agency, government, model, _, content in cursor.fetchall():
            rows[agency, government].append(f"{model}{content}")
    return {
        agency.pk: _digest(agency, year, rows[0, 0], rows[0, agency.government_id], rows[agency.pk, 0])
        for agency in agencies
    }


def _digest(agency: Agency, year: int, *content: list[str]) -> str:
    digest = hashlib.sha256(f"{code_fingerprint()} {agency.pk} {year}".encode())
    for rows in content:
        digest.update("\0".join(["", *rows]).encode())
    return digest.hexdigest()


@lru_cache(maxsize=256)
def _question(
    agencies: tuple[int, ...],
    governments: tuple[int, ...],
    also: tuple[tuple[type[Model], str], ...],
    vendor: str,
) -> tuple[str, tuple[Any, ...]]:
    """The query that reads every row, written once a process: writing it takes longer than asking it. A row
    says whose it is: an agency's, a government's, or (both 0) everybody's."""
    nobody = Value(0, output_field=BigIntegerField())
    parts = [
        _rows(model, Q(**{f"{path}__in": agencies}), F(path), nobody)
        for model, path in {**OF_AGENCY, **dict(also)}.items()
    ]
    parts += [
        _rows(
            model,
            Q(**{f"{path}__in": governments}) | Q(**{f"{path}__isnull": True}),
            nobody,
            Coalesce(path, nobody),
        )
        for model, path in SHARED.items()
    ]
    bases = Q(agency__in=agencies) | Q(agency__isnull=True)
    parts.append(_rows(sakip.LegalBasis, bases, Coalesce("agency", nobody), nobody))
    parts += [_rows(model, Q(), nobody, nobody) for model in COMMON]
    first, *others = parts
    joined = first.union(*others, all=True).order_by("fp_agency", "fp_government", "fp_model", "fp_pk")
    sql, parameters = joined.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(parameters)


def _rows(model: type[Model], condition: Q, agency: Expression | F, government: Expression | F) -> QuerySet:
    """Each row as (agency, government, model, key, its fields as one text)."""
    left_out = LEFT_OUT.get(model, frozenset())
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]
    content = {name: F(name) for name in names}
    rows = model._default_manager.filter(COUNTING.get(model, Q()), condition).order_by()
    return rows.annotate(
        fp_agency=agency,
        fp_government=government,
        fp_model=Value(model._meta.label),
        fp_pk=F("pk"),
        fp_row=Cast(JSONObject(**content), TextField()),
    ).values_list("fp_agency", "fp_government", "fp_model", "fp_pk", "fp_row")


@cache
def code_fingerprint() -> str:
    """SHA-256 over the files that turn data into a report: a new release makes new reports."""
    digest = hashlib.sha256()
    for place in CODE:
        start = Path(settings.BASE_DIR) / place
        files = [start] if start.is_file() else sorted(start.rglob("*"))
        for file in files:
            if file.suffix in SOURCES:
                digest.update(f"{file.relative_to(settings.BASE_DIR)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
