"""The database's own rules, asked of a row before it is saved: a breach is then a fault with a line number.

Conditions are read as SQL reads them: a comparison with nothing is neither true nor false, and a rule is
broken only where its condition is false.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q

# What a rule asks for, for the rules that a pack can break; the name is the constraint's.
SENTENCES: Mapping[str, str] = {
    "sakip_strategicplan_period_in_order": "tahun awal sebelum tahun akhir",
    "sakip_strategicplan_effect_in_order": "berlaku sejak tidak sesudah berlaku sampai",
    "sakip_official_term_in_order": "sejak tidak sesudah sampai",
    "sakip_official_unit_needs_agency": "unit hanya untuk pejabat perangkat daerah",
    "sakip_programmenode_only_programme_is_root": "program tanpa induk; yang lain dengan induk",
    "sakip_indicator_at_most_one_owner": "paling banyak satu dari tujuan, sasaran, atau node",
    "sakip_indicatorversion_range_has_bounds": (
        "batas bawah dan batas atas, yang bawah tidak melebihi yang atas, bila polarisasi range"
    ),
    "sakip_indicatorversion_decimals_fit": "desimal 0 sampai 6",
    "sakip_target_quarter_fits_kind": "triwulan 1 sampai 4 untuk action_plan, selain itu 0",
    "sakip_agreement_revision_fits_kind": "perubahan ke-1 atau lebih untuk perubahan, selain itu 0",
    "sakip_agreementprogramme_amount_not_negative": "anggaran tidak negatif",
    "sakip_unitquarter_quarter_1_to_4": "triwulan 1 sampai 4",
    "sakip_unitquarter_window_in_order": "pengisian dibuka tidak sesudah ditutup",
    "sakip_unitquarter_review_after_entry": "pemeriksaan ditutup tidak sebelum pengisian ditutup",
    "sakip_akipevaluation_score_0_to_100": "nilai 0 sampai 100",
    "sakip_followup_dates_in_order": "dari tanggal tidak sesudah sampai tanggal",
    "sakip_ippassessment_total_0_to_5": "indeks 0 sampai 5",
    "budget_ceiling_not_negative": "pagu tidak negatif",
    "budget_officialrealisation_not_negative": "realisasi tidak negatif",
}


def broken_rules(instance: models.Model) -> list[models.CheckConstraint]:
    """The check constraints of the model that the instance, saved or not, does not keep."""
    checks = (rule for rule in instance._meta.constraints if isinstance(rule, models.CheckConstraint))
    return [
        rule for rule in checks if isinstance(rule.condition, Q) and holds(rule.condition, instance) is False
    ]


def fields_of(condition: Q) -> list[str]:
    """The fields that a condition speaks of, in order, each once."""
    names: list[str] = []
    for child in condition.children:
        if isinstance(child, Q):
            names += fields_of(child)
            continue
        path, wanted = _comparison(child)
        names += [path.split("__")[0], *([_name_of(wanted)] if isinstance(wanted, F) else [])]
    return list(dict.fromkeys(names))


def holds(condition: Q, instance: models.Model) -> bool | None:
    """Whether the condition is true of the instance; None where SQL would not know."""
    parts = [
        holds(child, instance) if isinstance(child, Q) else _compare(instance, *_comparison(child))
        for child in condition.children
    ]
    if condition.connector == Q.OR:
        whole = _any_of(parts)
    else:
        inverse = _any_of([None if part is None else not part for part in parts])
        whole = None if inverse is None else not inverse
    return whole if not condition.negated or whole is None else not whole


def _comparison(child: object) -> tuple[str, Any]:
    """A condition's leaf: the path of a field with its lookup, and what it is compared with."""
    assert isinstance(child, tuple)
    return child


def _name_of(reference: F) -> str:
    return str(reference.name)  # type: ignore[attr-defined]


def _any_of(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _compare(instance: models.Model, path: str, wanted: Any) -> bool | None:
    name, _, lookup = path.partition("__")
    value = getattr(instance, name)
    if isinstance(wanted, F):
        wanted = getattr(instance, _name_of(wanted))
    if lookup == "isnull":
        return (value is None) == wanted
    if value is None or wanted is None:
        return None
    match lookup:
        case "" | "exact":
            return value == wanted
        case "in":
            return value in wanted
        case "range":
            return wanted[0] <= value <= wanted[1]
        case "gte":
            return value >= wanted
        case "lte":
            return value <= wanted
        case "gt":
            return value > wanted
        case "lt":
            return value < wanted
    return None
