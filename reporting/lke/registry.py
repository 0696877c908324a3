"""Which criterion the portal answers by itself: a criterion's `proof_key` is the name of one of these."""

from collections.abc import Callable, Mapping

from reporting.lke import disclosing, evaluating, measuring, planning
from reporting.lke.facts import LkeFacts
from reporting.lke.proofs import Proof

PROOFS: Mapping[str, Callable[[LkeFacts], Proof]] = {
    answer.__name__: answer
    for answer in (
        planning.renstra,
        planning.annual_documents,
        planning.action_plan,
        planning.budget_ceilings,
        planning.documents_formal,
        planning.indicators_smart,
        planning.cascade,
        planning.unit_targets,
        planning.budget_for_performance,
        planning.targets_attained,
        planning.action_plan_monitored,
        measuring.indicator_definitions,
        measuring.collection_schedule,
        measuring.head_approval,
        measuring.tiered_review,
        measuring.measurement_evidence,
        measuring.measured_quarterly,
        measuring.portal_entries,
        measuring.agreed_actions,
        measuring.efficiency,
        disclosing.report_issued,
        disclosing.report_formal,
        disclosing.report_reviewed,
        disclosing.report_public,
        disclosing.report_on_time,
        disclosing.compared_with_target,
        disclosing.compared_with_plan,
        disclosing.compared_with_past,
        disclosing.compared_nationally,
        disclosing.causes_told,
        disclosing.efficiency_told,
        disclosing.improvements_told,
        evaluating.evaluation_held,
        evaluating.judged_in_portal,
        evaluating.recommendations_done,
        evaluating.score_risen,
    )
}


def proof_of(key: str, facts: LkeFacts) -> Proof | None:
    """The portal's answer; None where a criterion has none, or names one that this release does not know."""
    answer = PROOFS.get(key)
    return answer(facts) if answer else None
