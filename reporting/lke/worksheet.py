"""The worksheet of a year as its page and its workbook show it: answers, proofs, judgements and the score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reporting.lke.facts import LkeFacts
from reporting.lke.proofs import Count, Proof, Standing
from reporting.lke.registry import proof_of
from reporting.year import OfficeYear
from sakip import indonesian
from sakip.models import (
    AkipComponent,
    AkipEvaluation,
    LkeSubComponent,
    Recommendation,
    SubComponentJudgement,
)
from sakip.queries.lke import AnsweredCriterion, JudgedSubComponent, declared_evaluation, worksheet
from sakip.scoring.lke import (
    LkePart,
    LkeScore,
    LkeSum,
    against_declared,
    component_against_declared,
    lke,
)
from sakip.scoring.result import Result
from sakip.workflow.lke import closing_reason, missing_result_reason


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion with both answers. It is answered where either of them is proved: by evidence that the
    office attached, or by the data themselves."""

    office: AnsweredCriterion
    proof: Proof | None

    @property
    def code(self) -> str:
        return self.office.code

    @property
    def is_answered(self) -> bool:
        is_proved = self.proof is not None and self.proof.standing is Standing.MET
        return is_proved or bool(self.office.answer and self.office.evidence)


@dataclass(frozen=True, slots=True)
class SubComponentLine:
    """A sub-component with its criteria, and what its judgement earned (None: not judged)."""

    judged: JudgedSubComponent
    lines: tuple[CriterionLine, ...]
    points: Decimal | None

    @property
    def code(self) -> str:
        return self.judged.code

    @property
    def sub_component(self) -> LkeSubComponent:
        return self.judged.sub_component

    @property
    def judgement(self) -> SubComponentJudgement | None:
        return self.judged.judgement

    @property
    def taken_over(self) -> Recommendation | None:
        return self.judged.taken_over

    @property
    def answered(self) -> Count:
        return answered(self.lines)


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """`declared` is what the LHE gives the component, in points."""

    component: AkipComponent
    sub_components: tuple[SubComponentLine, ...]
    sum: LkeSum
    declared: Decimal | None

    @property
    def difference(self) -> Result:
        """How far the LHE's points lie above the worksheet's."""
        return component_against_declared(self.declared, self.sum)

    @property
    def answered(self) -> Count:
        return answered(line for sub in self.sub_components for line in sub.lines)


class Worksheet:
    """One object serves one request; the proofs are computed when they are first asked for."""

    def __init__(self, office: OfficeYear) -> None:
        self.office = office
        self.facts = LkeFacts(office)

    @cached_property
    def _judged(self) -> tuple[JudgedSubComponent, ...]:
        return worksheet(self.office.agency, self.office.year)

    @cached_property
    def declared(self) -> AkipEvaluation | None:
        return declared_evaluation(self.office.agency, self.office.year)

    @property
    def closed(self) -> str:
        """Why nothing can be written any more; empty while it can."""
        return closing_reason(self.declared)

    @property
    def unrecorded(self) -> str:
        """Why no recommendation can become one of the LHE; empty once the LHE is recorded."""
        return missing_result_reason(self.declared, self.office.year)

    @cached_property
    def declared_components(self) -> dict[str, Decimal]:
        """What the LHE gives each component; empty where that was not recorded."""
        found = self.declared.components.all() if self.declared else ()
        return {part.component: part.score for part in found}

    @cached_property
    def score(self) -> LkeScore:
        parts = [
            LkePart(
                judged.sub_component.component,
                judged.sub_component.weight,
                judged.judgement.answer if judged.judgement else None,
            )
            for judged in self._judged
        ]
        return lke(parts, self.office.policy)

    @property
    def difference(self) -> Decimal | None:
        """How far the declared score lies above the worksheet's."""
        return against_declared(self.declared.score, self.score.score) if self.declared else None

    @cached_property
    def components(self) -> tuple[ComponentLine, ...]:
        lines = [
            SubComponentLine(judged, tuple(self._line(found) for found in judged.criteria), points)
            for judged, points in zip(self._judged, self.score.points, strict=True)
        ]
        return tuple(
            ComponentLine(
                AkipComponent(key),
                tuple(line for line in lines if line.sub_component.component == key),
                together,
                self.declared_components.get(key),
            )
            for key, together in self.score.components.items()
        )

    @property
    def lines(self) -> tuple[CriterionLine, ...]:
        return tuple(
            line for component in self.components for sub in component.sub_components for line in sub.lines
        )

    @property
    def answered(self) -> Count:
        return answered(self.lines)

    def line(self, code: str) -> CriterionLine | None:
        """One criterion by its number, with only its own proof computed."""
        found = next((c for judged in self._judged for c in judged.criteria if c.code == code), None)
        return self._line(found) if found else None

    def neighbours(self, code: str) -> tuple[str, str]:
        """The criteria before and after one, by their numbers; empty at either end."""
        codes = ["", *(c.code for judged in self._judged for c in judged.criteria), ""]
        place = codes.index(code)
        return codes[place - 1], codes[place + 1]

    def sub_component(self, code: str) -> JudgedSubComponent | None:
        return next((judged for judged in self._judged if judged.code == code), None)

    def _line(self, found: AnsweredCriterion) -> CriterionLine:
        return CriterionLine(found, proof_of(found.criterion.proof_key, self.facts))


def answered(lines: Iterable[CriterionLine]) -> Count:
    listed = list(lines)
    return Count(sum(line.is_answered for line in listed), len(listed))


def so_far(earned: LkeSum) -> str:
    """What a score that is not whole yet rests on."""
    weight = indonesian.number(earned.judged_weight)
    return f"Dari bobot {weight} yang sudah dinilai; {earned.unjudged} sub komponen belum dinilai."
