"""The worksheet of an agency's year: its criteria with what the office answered, and what was judged."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from sakip.models import (
    Agency,
    AkipEvaluation,
    CriterionAnswer,
    Evidence,
    LkeCriterion,
    LkeSubComponent,
    Recommendation,
    SubComponentJudgement,
)


@dataclass(frozen=True, slots=True)
class AnsweredCriterion:
    """A criterion and the office's answer, None where there is none yet."""

    criterion: LkeCriterion
    answer: CriterionAnswer | None
    evidence: tuple[Evidence, ...]

    @property
    def code(self) -> str:
        return self.criterion.code


@dataclass(frozen=True, slots=True)
class JudgedSubComponent:
    sub_component: LkeSubComponent
    criteria: tuple[AnsweredCriterion, ...]
    judgement: SubComponentJudgement | None

    @property
    def code(self) -> str:
        return self.sub_component.code

    @property
    def taken_over(self) -> Recommendation | None:
        """The recommendation of the LHE that the judgement's became."""
        return getattr(self.judgement, "taken_over", None)


def worksheet(agency: Agency, year: int) -> tuple[JudgedSubComponent, ...]:
    """By the worksheet's own numbering. Six queries whatever is answered."""
    pieces = Evidence.objects.select_related("stored_file", "added_by").order_by("added_at", "pk")
    answers = CriterionAnswer.objects.filter(agency=agency, year=year).select_related("updated_by")
    answered = {
        answer.criterion_id: answer for answer in answers.prefetch_related(Prefetch("evidence", pieces))
    }
    judgements = SubComponentJudgement.objects.filter(agency=agency, year=year)
    judgements = judgements.select_related("updated_by", "taken_over")
    judged = {judgement.sub_component_id: judgement for judgement in judgements}
    subs = LkeSubComponent.objects.in_year(year).prefetch_related(
        Prefetch("criteria", LkeCriterion.objects.select_related("sub_component").order_by("number"))
    )
    return tuple(
        JudgedSubComponent(
            sub, tuple(_answered(criterion, answered) for criterion in sub.criteria.all()), judged.get(sub.pk)
        )
        for sub in sorted(subs, key=lambda sub: sub.code)
    )


def _answered(criterion: LkeCriterion, answers: dict[int, CriterionAnswer]) -> AnsweredCriterion:
    answer = answers.get(criterion.pk)
    return AnsweredCriterion(criterion, answer, tuple(answer.evidence.all()) if answer else ())


def declared_evaluation(agency: Agency, year: int) -> AkipEvaluation | None:
    """The declared result of the year itself with its components, which closes its worksheet once it is
    issued; two queries."""
    found = AkipEvaluation.objects.filter(agency=agency, year=year)
    return found.prefetch_related("components").first()
