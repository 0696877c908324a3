"""Every named constraint of the database refuses the row that it is there to refuse."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from tests.recipes import NOW, make, models_with_recipes, valid

APPS = ("sakip", "budget", "reporting")
EARLY, LATE = date(2026, 1, 1), date(2026, 2, 1)
CLOSED: dict[str, object] = {"closed_at": NOW, "closed_by": "sakip.User"}


def constraints() -> list[tuple[type[models.Model], models.BaseConstraint]]:
    found = []
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            found += [(model, constraint) for constraint in model._meta.constraints]
    return found


# What to change in a valid row so that the check named on the left, and no other, refuses it.
BAD_ROWS: dict[str, dict[str, object]] = {
    "sakip_login_method_known": {"method": "?"},
    "sakip_login_ended_has_time_and_no_key": {"ending": "logout", "ended_at": None},
    "sakip_agency_kind_known": {"kind": "?"},
    "sakip_unit_kind_known": {"kind": "?"},
    "sakip_position_kind_known": {"kind": "?"},
    "sakip_official_term_in_order": {"valid_from": LATE, "valid_until": EARLY},
    "sakip_staffcount_dimension_known": {"dimension": "?"},
    "sakip_asset_condition_known": {"condition": "?"},
    "sakip_factor_kind_known": {"kind": "?"},
    "sakip_strategicplan_period_in_order": {"first_year": 2029, "last_year": 2025},
    "sakip_strategicplan_effect_in_order": {"effective_from": LATE, "effective_until": EARLY},
    "sakip_programmenode_level_known": {"level": "?", "parent": "sakip.ProgrammeNode"},
    "sakip_programmenode_only_programme_is_root": {"level": "kegiatan", "parent": None},
    "sakip_indicator_at_most_one_owner": {"objective": "sakip.Objective", "outcome": "sakip.Outcome"},
    "sakip_indicatorversion_range_has_bounds": {"polarity": "range"},
    "sakip_indicatorversion_decimals_fit": {"decimals": 7},
    "sakip_indicatorversion_polarity_known": {"polarity": "?"},
    "sakip_indicatorversion_combine_known": {"combine": "?"},
    "sakip_target_quarter_fits_kind": {"quarter": 2},
    "sakip_target_value_matches_state": {"value": None},
    "sakip_target_kind_known": {"kind": "?"},
    "sakip_annualresult_target_matches_state": {"target": Decimal(1)},
    "sakip_annualresult_realised_matches_state": {"realised_state": "number"},
    "sakip_nationalstandard_value_matches_state": {"value": Decimal(1), "value_state": "not_applicable"},
    "sakip_evidencerequirement_at_least_one": {"minimum": 0},
    "sakip_evidencerequirement_kind_known": {"kind": "?"},
    "sakip_agreement_revision_fits_kind": {"revision": 1},
    "sakip_agreement_kind_known": {"kind": "?"},
    "sakip_agreement_annual_plan_no_draft": {"kind": "rkt", "is_draft": True},
    "sakip_agreementindicator_target_matches_state": {"target_state": "number"},
    "sakip_agreementprogramme_amount_not_negative": {"amount_rp": Decimal(-1)},
    "sakip_unitquarter_quarter_1_to_4": {"quarter": 5},
    "sakip_unitquarter_window_in_order": {"entry_opens": LATE, "entry_closes": EARLY},
    "sakip_unitquarter_review_after_entry": {"entry_closes": LATE, "review_closes": EARLY},
    "sakip_unitquarter_state_known": {"state": "?"},
    "sakip_quarterexception_needs_reason": {"reason": ""},
    "sakip_evidence_file_or_link": {"link": ""},
    "sakip_evidence_kind_known": {"kind": "?"},
    "sakip_measurement_value_matches_state": {"value_state": "number"},
    "sakip_measurement_state_known": {"state": "?"},
    "sakip_transition_return_needs_reason": {"to_state": "returned"},
    "sakip_transition_row_named": {"row_id": 1},
    "sakip_rownote_not_empty": {"text": ""},
    "sakip_meeting_quarter_1_to_4": {"quarter": 5},
    "sakip_meeting_ends_after_start": {"ends_at": time(8)},
    "sakip_meeting_final_keeps_minutes": {"state": "final"},
    "sakip_meeting_state_known": {"state": "?", "minutes": "Pembahasan", "minutes_document": {"blocks": []}},
    "sakip_attendee_has_role": {"role": ""},
    "sakip_attendee_attendance_known": {"attendance": "?"},
    "sakip_agreedaction_has_text": {"text": ""},
    "sakip_agreedaction_cancel_needs_reason": {"state": "cancelled", **CLOSED},
    "sakip_agreedaction_closed_by_someone": CLOSED,
    "sakip_agreedaction_report_comes_first": {"state": "reported"},
    "sakip_agreedaction_state_known": {"state": "?", **CLOSED},
    "sakip_akipevaluation_score_0_to_100": {"score": Decimal(101)},
    "sakip_akipcomponentscore_score_0_to_100": {"score": Decimal(-1)},
    "sakip_akipcomponentscore_component_known": {"component": "?"},
    "sakip_followup_dates_in_order": {"date_from": LATE, "date_to": EARLY},
    "sakip_followup_status_known": {"status": "?"},
    "sakip_lkesubcomponent_weight_fits": {"weight": Decimal(0)},
    "sakip_lkesubcomponent_period_in_order": {"valid_until": 2020},
    "sakip_lkesubcomponent_component_known": {"component": "?"},
    "sakip_lkesubcomponent_aspect_known": {"aspect": "?"},
    "sakip_criterionanswer_has_statement": {"statement": ""},
    "sakip_subcomponentjudgement_has_answer": {"answer": ""},
    "sakip_subcomponentjudgement_has_note": {"note": ""},
    "sakip_ippassessment_total_0_to_5": {"declared_total": Decimal("5.01")},
    "sakip_ippaspect_score_matches_state": {"score_state": "number"},
    "sakip_ikmassessment_total_25_to_100": {"declared_total": Decimal(24)},
    "sakip_ikmelement_mean_1_to_4": {"mean": Decimal("4.1")},
    "sakip_scoringpolicy_period_in_order": {"valid_until": 2024},
    "sakip_membership_scope_fits_role": {"role": "camat"},
    "sakip_membership_term_in_order": {"valid_from": LATE, "valid_until": EARLY},
    "sakip_historyentry_action_known": {"action": "?"},
    "budget_budgetversion_kind_known": {"kind": "?"},
    "budget_ceiling_not_negative": {"amount_rp": Decimal(-1)},
    "budget_cellcomment_names_one_cell": {"cell": "value"},
    "budget_cellcomment_not_empty": {"text": ""},
    "budget_cashplan_quarter_1_to_4": {"quarter": 0},
    "budget_cashplan_not_negative": {"amount_rp": Decimal(-1)},
    "budget_quarterlyrealisation_amount_matches_state": {"amount_state": "number"},
    "budget_quarterlyrealisation_physical_matches_state": {"physical_state": "number"},
    "budget_quarterlyrealisation_amount_not_negative": {"amount_state": "number", "amount_rp": Decimal(-1)},
    "budget_quarterlyrealisation_physical_0_to_100": {
        "physical_state": "number",
        "physical_pct": Decimal(101),
    },
    "budget_quarterlyrealisation_state_known": {"state": "?"},
    "budget_officialrealisation_not_negative": {"amount_rp": Decimal(-1)},
    "budget_importedline_level_known": {"level": "?"},
    "budget_columnmapping_row_from_1": {"header_row": 0},
    "reporting_edition_number_from_1": {"number": 0},
    "reporting_reportjob_state_known": {"state": "?"},
    "reporting_reportjob_format_known": {"format": "?"},
    "reporting_reportjob_percent_to_100": {"percent": 101},
    "reporting_reportjob_done_has_file": {"state": "done"},
    "sakip_official_unit_needs_agency": {"unit": "sakip.Unit"},
}
# What both rows need so that a conditional uniqueness applies to them.
# What else the second row needs so that it breaks this uniqueness and no other.
DIFFERENT: dict[str, dict[str, object]] = {
    "sakip_agreement_one_draft": {"kind": "perubahan", "revision": 1},
    "sakip_agreementindicator_unique_indicator": {"number": 2},
    "sakip_agreementprogramme_unique_node": {"number": 2},
}
CONDITIONS: dict[str, dict[str, object]] = {
    "sakip_legalbasis_unique_national": {"agency": None, "number": "uji"},
    "sakip_staffcount_unique_agency": {"unit": None},
    "sakip_programmenode_unique_code": {"code": "7.01.01"},
    "sakip_membership_unique_agency": {"role": "camat", "unit": None},
    "sakip_membership_unique_government": {
        "role": "pengawas_kota",
        "agency": None,
        "unit": None,
        "government": "sakip.Government",
    },
    "sakip_scoringpolicy_unique_common_start": {"government": None},
    "budget_budgetline_unique_unsourced": {"funding_source": None},
    "sakip_agreement_one_draft": {"is_draft": True},
}
# Said of a stored row itself, so it cannot be a wrong new row.
OF_STORED_ROWS = {"sakip_unit_not_own_parent"}


def filled(changes: dict[str, object]) -> dict[str, object]:
    """The changes, with a model's label replaced by a stored row of it."""
    return {
        key: make(apps.get_model(value))
        if isinstance(value, str) and "." in value and key != "code"
        else value
        for key, value in changes.items()
    }


def checks() -> list[str]:
    return [
        c.name for _, c in constraints() if isinstance(c, CheckConstraint) and c.name not in OF_STORED_ROWS
    ]


@pytest.mark.parametrize("name", checks())
@pytest.mark.django_db
def test_check_refuses_a_bad_row(name: str) -> None:
    model = next(model for model, constraint in constraints() if constraint.name == name)
    arguments = valid(model, **filled(BAD_ROWS[name]))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.create(**arguments)


@pytest.mark.parametrize("name", [c.name for _, c in constraints() if isinstance(c, UniqueConstraint)])
@pytest.mark.django_db
def test_unique_refuses_a_second_row(name: str) -> None:
    model, constraint = next((m, c) for m, c in constraints() if c.name == name)
    first = make(model, **filled(CONDITIONS.get(name, {})))
    same = {field: getattr(first, field) for field in constraint.fields}
    others = {key: value for key, value in CONDITIONS.get(name, {}).items() if key not in same}
    second = valid(model, **others, **DIFFERENT.get(name, {}), **same)
    fields = [model._meta.get_field(field).column for field in constraint.fields]
    expected = (
        name
        if connection.vendor == "postgresql"
        else ", ".join(f"{model._meta.db_table}.{f}" for f in fields)
    )
    with pytest.raises(IntegrityError, match=expected), transaction.atomic():
        model._default_manager.create(**second)


@pytest.mark.django_db
def test_a_unit_is_not_its_own_parent() -> None:
    from sakip.models import Unit

    unit = make(Unit)
    with pytest.raises(IntegrityError, match="sakip_unit_not_own_parent"), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(parent=unit)


def test_every_check_has_a_bad_row() -> None:
    assert set(BAD_ROWS) == set(checks())


def test_every_model_has_a_recipe() -> None:
    ours = {model for label in APPS for model in apps.get_app_config(label).get_models()}
    assert {model for model in ours if not model._meta.auto_created} == models_with_recipes()
