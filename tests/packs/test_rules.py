"""The rules that rows are asked before they are saved are those of the database."""

import pytest
from django.db import models
from django.db.models import Q

from budget.packs import AGENCY_PACK
from sakip.models import Official, StrategicPlan, UnitQuarter
from sakip.packs.rules import SENTENCES, broken_rules, fields_of, holds

MODELS = list(dict.fromkeys(spec.model for spec in AGENCY_PACK))
# The reader itself makes these true: a choice is one of the list, a number goes with its state, a parent is
# an earlier line, and no file holds drafts.
KEPT_BY_READING = ("_known", "_matches_state", "_not_own_parent", "_no_draft")


def check_rules() -> set[str]:
    rules = (rule for model in MODELS for rule in model._meta.constraints)
    return {rule.name for rule in rules if isinstance(rule, models.CheckConstraint)}


def test_every_rule_that_a_pack_can_break_has_a_sentence():
    breakable = {name for name in check_rules() if not name.endswith(KEPT_BY_READING)}
    assert breakable - set(SENTENCES) == set()


def test_every_sentence_belongs_to_a_rule():
    assert set(SENTENCES) - check_rules() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_the_database_took_breaks_no_rule(model):
    assert [broken_rules(row) for row in model._default_manager.all()[:200] if broken_rules(row)] == []


@pytest.mark.parametrize(
    ("first", "last", "broken"), [(2025, 2029, False), (2025, 2025, True), (2029, 2025, True)]
)
def test_a_plan_needs_its_years_in_order(first, last, broken):
    rules = broken_rules(StrategicPlan(first_year=first, last_year=last))
    assert bool(rules) == broken


def test_a_comparison_with_nothing_breaks_no_rule():
    assert broken_rules(UnitQuarter(quarter=1, state="draft", entry_opens=None, entry_closes=None)) == []


@pytest.mark.parametrize(
    ("condition", "known"),
    [
        (Q(title="Camat"), True),
        (~Q(title="Camat"), False),
        (Q(rank="x"), None),
        (~Q(rank="x"), None),
        (Q(rank="x") | Q(title="Camat"), True),
        (Q(rank="x") & Q(title="Lurah"), False),
        (Q(rank="x") & Q(title="Camat"), None),
        (Q(rank__isnull=True, title__in=["Camat", "Lurah"]), True),
        (Q(title__gt="B") & ~Q(title__lt="A"), True),
    ],
)
def test_conditions_are_read_as_sql_reads_them(condition, known):
    assert holds(condition, Official(title="Camat", rank=None)) is known


def test_the_fields_of_a_condition_are_named_once():
    assert fields_of(Q(a=1) & (Q(b__gte=2) | ~Q(a__isnull=True))) == ["a", "b"]
