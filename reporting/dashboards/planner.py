"""The page of the planner: what is missing, which checks are open, where the agreement leaves the plans."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse

from budget.queries.agreed_budget import AgreedBudget, agreed_budgets
from budget.queries.completeness import Part
from budget.queries.submission import Check
from budget.queries.year_checks import QuarterChecks, year_checks
from reporting.dashboards import home
from reporting.dashboards.office import ROMAN, OfficeQuarter
from reporting.dashboards.roles import quarter_cell
from reporting.figures import part, printed_measured
from sakip import indonesian
from sakip.models import AgreementKind, Unit
from sakip.queries.agreement_targets import REMARKS, AgreedTarget, agreed_targets
from sakip.queries.agreements import AgreementDocument
from sakip.scoring.agreement import BudgetCheck, Remark, check_budget
from sakip.scoring.values import Measured

Context = dict[str, object]
FITS = "Sesuai"
NOTHING_OPEN = "Tidak ada temuan pada isian yang menunggu perbaikan atau penjelasan"


def page(seen: OfficeQuarter) -> Context:
    rows = [
        {
            "name": row.unit.name,
            "cells": [quarter_cell(seen, cell) if cell is not None else None for cell in row.quarters],
        }
        for row in seen.completeness
    ]
    checks = _checks(seen)
    targets, budgets = _targets(seen), _budgets(seen)
    return {
        "answers": [_missing(seen), _open(checks), _differing(targets, budgets)],
        "rows": rows,
        "printed": seen.is_printed,
        "romans": ROMAN,
        "totals": [_total(seen, index) for index in range(4)],
        "check_counts": _count_table(seen, checks),
        "check_groups": _groups(seen, checks),
        "agreement": seen.office.agreements.in_force,
        "targets": _target_table(seen, targets),
        "budgets": _budget_table(seen, budgets),
        "agency": seen.office.agency,
        "year": seen.office.year,
    }


# ---------------------------------------------------------------- what is missing
def _total(seen: OfficeQuarter, index: int) -> Context:
    cells = [cell for row in seen.completeness if (cell := row.quarters[index]) is not None]
    return {
        name: sum((part_of(cell) for cell in cells), start=Part())
        for name, part_of in (
            ("lines", lambda cell: cell.lines),
            ("indicators", lambda cell: cell.indicators),
            ("evidence", lambda cell: cell.evidence),
        )
    }


def _missing(seen: OfficeQuarter) -> Context:
    cells = [cell for row in seen.completeness for cell in row.quarters if cell is not None]
    missing, expected = sum(cell.missing for cell in cells), sum(cell.expected for cell in cells)
    return {
        "label": "Baris belum terisi",
        "value": indonesian.number(missing, 0) if missing else "Tidak ada",
        "hint": f"Dari {indonesian.number(expected, 0)} baris pada triwulan yang sudah dibuka",
        "link": "#matriks",
    }


# ---------------------------------------------------------------- the checks
def _checks(seen: OfficeQuarter) -> tuple[QuarterChecks, ...]:
    quarters = [cell.unit_quarter for row in seen.completeness for cell in row.quarters if cell is not None]
    return year_checks(seen.office.agency, seen.office.year, seen.office.policy, quarters)


def _open(checks: Sequence[QuarterChecks]) -> Context:
    hard, soft = sum(found.hard for found in checks), sum(found.soft for found in checks)
    return {
        "label": "Pemeriksaan terbuka",
        "value": indonesian.number(hard + soft, 0) if hard or soft else "Tidak ada",
        "hint": _told(hard, soft) if hard or soft else NOTHING_OPEN,
        "link": "#pemeriksaan",
    }


def _told(hard: int, soft: int) -> str:
    parts = ((hard, "wajib diperbaiki"), (soft, "perlu penjelasan"))
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def _by_unit(seen: OfficeQuarter, checks: Sequence[QuarterChecks]) -> list[tuple[Unit, list[QuarterChecks]]]:
    return [
        (row.unit, [found for found in checks if found.unit_quarter.unit_id == row.unit.pk])
        for row in seen.completeness
    ]


def _count_table(seen: OfficeQuarter, checks: Sequence[QuarterChecks]) -> Context:
    rows: list[Context] = []
    for unit, own in _by_unit(seen, checks):
        by_quarter = {found.unit_quarter.quarter: found for found in own}
        rows.append(
            {
                "cells": [
                    {"text": unit.name, "kind": "text", "header": True},
                    *(_count(unit, by_quarter.get(quarter)) for quarter in range(1, 5)),
                ]
            }
        )
    return {
        "id": "jumlah-pemeriksaan",
        "caption": "Pemeriksaan terbuka per unit dan triwulan",
        "columns": [
            {"label": "Unit kerja", "kind": "text"},
            *({"label": f"Triwulan {roman}", "kind": "text"} for roman in ROMAN),
        ],
        "rows": rows,
    }


def _count(unit: Unit, found: QuarterChecks | None) -> Context:
    if found is None:
        return {"text": "belum dibuka", "kind": "text"}
    if not found.checks:
        return {"text": "tidak ada", "kind": "text"}
    return {"text": _told(found.hard, found.soft), "kind": "text", "url": f"#periksa-{unit.slug}"}


def _groups(seen: OfficeQuarter, checks: Sequence[QuarterChecks]) -> list[Context]:
    """One table a unit with something open; what must be mended is unfolded."""
    return [
        _group(seen, unit, own) for unit, own in _by_unit(seen, checks) if any(found.checks for found in own)
    ]


def _group(seen: OfficeQuarter, unit: Unit, own: Sequence[QuarterChecks]) -> Context:
    hard = sum(found.hard for found in own)
    told = _told(hard, sum(found.soft for found in own))
    return {
        "is_open": bool(hard),
        "id": f"periksa-{unit.slug}",
        "caption": f"{unit.name}: {told}",
        "columns": [
            {"label": "Triwulan", "kind": "text"},
            {"label": "Baris", "kind": "text"},
            {"label": "Temuan", "kind": "text"},
            {"label": "Cara memperbaiki", "kind": "text"},
        ],
        "rows": [
            _check(seen, unit, found, check)
            for found in sorted(own, key=lambda found: -found.unit_quarter.quarter)
            for check in found.checks
        ],
    }


def _check(seen: OfficeQuarter, unit: Unit, found: QuarterChecks, check: Check) -> Context:
    quarter, hard = found.unit_quarter, check.finding.is_hard
    place = reverse("entry", args=[seen.office.agency.slug, seen.office.year, unit.slug, quarter.quarter])
    return {
        "tone": "danger" if hard else "warning",
        "cells": [
            {"text": f"TW {quarter.roman}", "kind": "text", "note": quarter.get_state_display()},
            {"text": check.name, "kind": "text", "header": True, "url": f"{place}#{check.anchor}"},
            {
                "text": check.finding.message,
                "kind": "text",
                "note": "Wajib diperbaiki" if hard else "Perlu penjelasan",
            },
            {"text": check.finding.mend, "kind": "text"},
        ],
    }


# ---------------------------------------------------------------- the agreement
def _targets(seen: OfficeQuarter) -> tuple[AgreedTarget, ...]:
    office = seen.office
    return agreed_targets(office.agency, office.year, office.indicators, office.plan)


def _budgets(seen: OfficeQuarter) -> tuple[AgreedBudget, ...]:
    document = seen.office.agreements.in_force
    return agreed_budgets(document, seen.office.budget) if document else ()


def _differing(targets: Sequence[AgreedTarget], budgets: Sequence[AgreedBudget]) -> Context:
    remarks = [*(row.check.remarks for row in targets), *(row.check.remarks for row in budgets)]
    count = sum(bool(found) for found in remarks)
    return {
        "label": "Perjanjian tidak sesuai rencana",
        "value": str(count) if count else "Tidak ada",
        "unit": "baris" if count else "",
        "hint": "Target dan anggaran perjanjian yang berlaku terhadap Renstra, rencana aksi, dan pagu",
        "link": "#perjanjian",
    }


def _target_table(seen: OfficeQuarter, targets: Sequence[AgreedTarget]) -> Context:
    return {
        "id": "target-perjanjian",
        "caption": "Target indikator",
        "columns": [
            {"label": "Indikator", "kind": "text"},
            {"label": "Perjanjian", "kind": "number"},
            {"label": "Renstra", "kind": "number"},
            {"label": "Akhir rencana aksi", "kind": "number"},
            {"label": "Realisasi tahun lalu", "kind": "number"},
            {"label": "Keterangan", "kind": "text"},
        ],
        "rows": [_target(seen, row) for row in targets],
    }


def _target(seen: OfficeQuarter, row: AgreedTarget) -> Context:
    check, base = row.check, f"iku.{part(row.key)}"

    def figure(value: Measured, key: str = "") -> Context:
        text = printed_measured(value, row.decimals)
        url = home.link(seen.office, f"{base}.{key}") if key and row.is_agreed else ""
        return {"text": text, "kind": "number", "url": url}

    return {
        "tone": "warning" if check.remarks else "",
        "cells": [
            {"text": row.name, "kind": "text", "header": True, "note": row.unit_of_measure},
            figure(check.target, "target"),
            figure(check.plan),
            figure(check.action),
            figure(check.before, "previous"),
            _reasons(seen, [REMARKS[remark] for remark in check.remarks], "2.2", "2.3"),
        ],
    }


def _budget_table(seen: OfficeQuarter, budgets: Sequence[AgreedBudget]) -> Context:
    document = seen.office.agreements.in_force
    return {
        "id": "anggaran-perjanjian",
        "caption": "Anggaran program",
        "columns": [
            {"label": "Program", "kind": "text"},
            {"label": "Perjanjian", "kind": "number", "unit": "Rp"},
            {"label": "Pagu yang berlaku", "kind": "number", "unit": "Rp"},
            {"label": "Keterangan", "kind": "text"},
        ],
        "rows": [_budget(seen, row.name, row.check, _ceiling_url(seen, row)) for row in budgets],
        "footer_rows": [_budget_total(seen, document)] if document and document.programmes else [],
    }


def _ceiling_url(seen: OfficeQuarter, row: AgreedBudget) -> str:
    return home.link(seen.office, f"budget.nodes.{part(row.node.key)}.ceiling")


def _budget_total(seen: OfficeQuarter, document: AgreementDocument) -> Context:
    check = check_budget(document.programmes_total_rp, seen.office.budget.total.ceiling_rp)
    key = "revised" if document.kind == AgreementKind.REVISED else "original"
    agreed_url = home.link(seen.office, f"agreement.{key}.budget")
    return _budget(seen, "Jumlah", check, home.link(seen.office, "budget.ceiling"), agreed_url)


def _budget(
    seen: OfficeQuarter, name: str, check: BudgetCheck, ceiling_url: str, agreed_url: str = ""
) -> Context:
    gap = [_gap(check.gap)] if check.gap else []
    reasons = [REMARKS[remark] for remark in check.remarks if remark is not Remark.BUDGET_DIFFERS]
    return {
        "tone": "warning" if check.remarks else "",
        "cells": [
            {"text": name, "kind": "text", "header": True},
            _money(check.agreed_rp, agreed_url),
            _money(check.ceiling_rp, ceiling_url),
            _reasons(seen, [*gap, *reasons], "2.2a", "2.3a"),
        ],
    }


def _gap(gap: Decimal) -> str:
    word = "lebih besar" if gap > 0 else "lebih kecil"
    return f"Pagu {word} {indonesian.rupiah(abs(gap))} daripada perjanjian."


def _money(amount: Decimal | None, url: str) -> Context:
    if amount is None:
        return {"text": "belum ada", "kind": "number"}
    return {"text": indonesian.number(amount, 0), "kind": "number", "url": url}


def _reasons(seen: OfficeQuarter, reasons: Sequence[str], original: str, revised: str) -> Context:
    """What is marked, with the way to the agreement's own table in the report."""
    if not reasons:
        return {"text": FITS, "kind": "text"}
    number = revised if seen.office.agreements.revised else original
    place = reverse("report", args=[seen.office.agency.slug, seen.office.year])
    url = f"{place}#tabel-{number.replace('.', '-')}"
    return {"text": " ".join(reasons), "kind": "text", "url": url}
