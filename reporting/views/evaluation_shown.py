"""The worksheet of a year as its pages show it: figures and words, ready for the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.urls import reverse

from reporting.dashboards.tones import tone_of
from reporting.figures import printed_result
from reporting.lke.places import anchor
from reporting.lke.proofs import Proof, Standing
from reporting.lke.worksheet import ComponentLine, CriterionLine, SubComponentLine, Worksheet, so_far
from reporting.views.follow_ups import shown_pieces
from sakip import indonesian
from sakip.forms.lke import JudgementForm
from sakip.models import Evidence, Recommendation, SubComponentJudgement
from sakip.queries.lke import JudgedSubComponent
from sakip.scoring.policy import ScoringPolicy

OPEN_ONLY = "belum"
SIGNS = {
    Standing.MET: ("success", "circle-check"),
    Standing.PARTLY: ("warning", "circle-dot"),
    Standing.NOT_YET: ("neutral", "circle-dashed"),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A judgement that was not taken: of which sub-component, and the form with its errors."""

    code: str
    form: JudgementForm


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the worksheet, and for what: only what is open, or with one sub-component unfolded."""

    worksheet: Worksheet
    may_answer: bool
    may_judge: bool
    may_recommend: bool
    may_manage: bool
    only_open: bool
    opened: str
    refused: Refused | None
    proofs: Mapping[int, Sequence[Evidence]]

    @property
    def place(self) -> list:
        return [self.worksheet.office.agency.slug, self.worksheet.office.year]

    @property
    def policy(self) -> ScoringPolicy:
        return self.worksheet.office.policy


def judgement_form(policy: ScoringPolicy, found: JudgedSubComponent, data=None) -> JudgementForm:
    """Its fields have names of their own on a page that holds the forms of all sub-components."""
    row = found.judgement
    initial = (
        {
            "version": row.version,
            "answer": row.answer,
            "note": row.note,
            "recommendation": row.recommendation,
        }
        if row
        else {"version": 0}
    )
    # The best first: a database does not keep the order in which the policy names them.
    scale = sorted(policy.lke_answers.items(), key=itemgetter(1), reverse=True)
    labels = [(label, f"{label} ({indonesian.plain(value)})") for label, value in scale]
    return JudgementForm(data, labels=labels, initial=initial, auto_id=f"nilai-{anchor(found.code)}-%s")


def tabs(reader: Reader) -> list[dict[str, object]]:
    answered, url = reader.worksheet.answered, reverse("evaluation", args=reader.place)
    return [
        {
            "label": "Semua kriteria",
            "url": url,
            "active": not reader.only_open,
            "count": answered.expected,
        },
        {
            "label": "Belum terjawab",
            "url": f"{url}?tampil={OPEN_ONLY}",
            "active": reader.only_open,
            "count": answered.left,
        },
    ]


def stats(worksheet: Worksheet) -> list[dict[str, object]]:
    policy, score = worksheet.office.policy, worksheet.score
    band = score.predicate
    return [
        {
            "label": "Kriteria terjawab dengan bukti",
            "value": str(worksheet.answered),
            "hint": "Berbukti dari kantor, atau terpenuhi menurut data portal.",
        },
        {
            "label": "Sub komponen dinilai",
            "value": f"{score.all.judged} dari {score.all.parts}",
            "hint": "Oleh evaluator.",
        },
        {
            "label": "Nilai kertas kerja",
            "value": printed_result(score.score, policy, ""),
            "missing": "" if score.all.judged else "Belum ada sub komponen yang dinilai.",
            "badge_label": band.label if band else "",
            "badge_tone": tone_of(band, policy.akip_scale),
            "provisional": score.score.provisional,
            "hint": so_far(score.all) if score.score.provisional else "",
        },
        _declared(worksheet, policy),
    ]


def _declared(worksheet: Worksheet, policy: ScoringPolicy) -> dict[str, object]:
    """The official figure, beside the working one."""
    declared, gap = worksheet.declared, worksheet.difference
    label = f"Nilai LHE {worksheet.office.year}"
    if declared is None:
        return {
            "label": label,
            "value": "Belum ada",
            "hint": "Nilai resmi; admin instansi mencatatnya setelah LHE terbit.",
        }
    band = policy.akip_scale.band_for(declared.score)
    return {
        "label": label,
        "value": indonesian.number(declared.score),
        "badge_label": band.label,
        "badge_tone": tone_of(band, policy.akip_scale),
        "hint": "" if gap is None else f"Selisih dengan kertas kerja: {indonesian.number(gap)}.",
    }


def together(worksheet: Worksheet) -> dict[str, object] | None:
    """The last line of the components, where the LHE stands beside them."""
    if not worksheet.declared_components or worksheet.declared is None:
        return None
    return {
        "answered": worksheet.answered,
        "judged": f"{worksheet.score.all.judged} dari {worksheet.score.all.parts}",
        "weight": worksheet.score.all.weight,
        "points": worksheet.score.score,
        "is_provisional": worksheet.score.score.provisional,
        "declared": worksheet.declared.score,
        "difference": worksheet.difference,
    }


def components_note(worksheet: Worksheet) -> str:
    """How to read the columns of the LHE, or what is missing for them; empty without an LHE."""
    if worksheet.declared is None:
        return ""
    if not worksheet.declared_components:
        return (
            f"LHE {worksheet.office.year} dicatat tanpa nilai komponen. Admin instansi menambahkannya di "
            "data dasar, Evaluasi AKIP, agar dapat dibandingkan per komponen."
        )
    return "Selisih: nilai LHE dikurangi hasil lembar kerja, dalam poin."


def component(reader: Reader, found: ComponentLine) -> dict[str, Any]:
    earned = found.sum
    return {
        "name": found.component.label,
        "anchor": f"komponen-{found.component.value.replace('_', '-')}",
        "answered": found.answered,
        "judged": f"{earned.judged} dari {earned.parts}",
        "weight": earned.weight,
        "points": earned.points if earned.judged else None,
        "declared": found.declared,
        "difference": found.difference,
        "is_provisional": bool(earned.judged and earned.unjudged),
        "sub_components": [
            _sub_component(reader, sub)
            for sub in found.sub_components
            if not reader.only_open or sub.answered.left
        ],
    }


def _sub_component(reader: Reader, sub: SubComponentLine) -> dict[str, object]:
    return {
        "code": sub.code,
        "anchor": anchor(sub.code),
        "aspect": sub.sub_component.get_aspect_display(),
        "text": sub.sub_component.text,
        "weight": sub.sub_component.weight,
        "answered": sub.answered,
        "is_open": reader.only_open or reader.opened == sub.code,
        "lines": [
            shown_line(reader.place, line)
            for line in sub.lines
            if not reader.only_open or not line.is_answered
        ],
        "judgement": sub.judgement,
        "points": sub.points,
        "form": _form_of(reader, sub) if reader.may_judge else None,
        "judge_url": reverse("evaluation_judge", args=[*reader.place, sub.code]),
        "recommendation": _recommendation(reader, sub),
    }


def _recommendation(reader: Reader, sub: SubComponentLine) -> dict[str, object] | None:
    """What the evaluator recommends, and its way into the LHE; None where nothing is recommended or taken
    over. `rewritten` is what the LHE says where the two differ."""
    judgement, taken = sub.judgement, sub.taken_over
    if judgement is None or not (judgement.recommendation or taken):
        return None
    can_ask = reader.may_recommend and taken is None
    unrecorded = reader.worksheet.unrecorded
    return {
        "text": judgement.recommendation,
        "number": taken.number if taken else None,
        "evidence": _proof_of(reader, taken) if taken else [],
        "rewritten": taken.text if taken and taken.text != judgement.recommendation else "",
        "wait": unrecorded if can_ask else "",
        "record_url": reverse("admin:sakip_akipevaluation_add") if reader.may_manage else "",
        "question": _question(reader, sub, judgement) if can_ask and not unrecorded else None,
    }


def _proof_of(reader: Reader, taken: Recommendation) -> list[dict[str, object]]:
    """What proves that a recommendation of this very year's LHE was followed up."""
    office = reader.worksheet.office
    return shown_pieces(office, office.year, taken.number, reader.proofs.get(taken.number, ()))


def _question(reader: Reader, sub: SubComponentLine, judgement: SubComponentJudgement) -> dict[str, object]:
    year = reader.worksheet.office.year
    return {
        "id": f"jadikan-{anchor(sub.code)}",
        "title": f"Jadikan rekomendasi LHE {year}?",
        "text": f"“{judgement.recommendation}” menjadi rekomendasi LHE dan ikut dipantau tindak lanjutnya. "
        "Bunyinya di LHE tidak berubah bila penilaian ini kelak diubah.",
        "action": reverse("evaluation_take_over", args=[*reader.place, sub.code]),
        "hidden": [{"name": "version", "value": judgement.version}],
    }


def questions(components: list[dict[str, Any]]) -> list[dict[str, object]]:
    """The dialogs of the page."""
    found = [sub["recommendation"] for shown in components for sub in shown["sub_components"]]
    return [each["question"] for each in found if each and each["question"]]


def _form_of(reader: Reader, sub: SubComponentLine) -> JudgementForm:
    if reader.refused and reader.refused.code == sub.code:
        return reader.refused.form
    return judgement_form(reader.policy, sub.judged)


def shown_line(place: list, line: CriterionLine) -> dict[str, object]:
    """A criterion as the worksheet and its own page show it."""
    return {
        "code": line.code,
        "anchor": anchor(line.code),
        "criterion": line.office.criterion,
        "answer": line.office.answer,
        "is_answered": line.is_answered,
        "proof": shown_proof(place, line.proof) if line.proof else None,
        "evidence": [
            {
                "row": piece,
                "url": piece.link or reverse("criterion_proof", args=[*place, line.code, piece.pk]),
                "remove_url": reverse("criterion_proof_remove", args=[*place, line.code, piece.pk]),
            }
            for piece in line.office.evidence
        ],
        "url": reverse("criterion", args=[*place, line.code]),
    }


def shown_proof(place: list, proof: Proof) -> dict[str, str]:
    tone, icon = SIGNS[proof.standing]
    url = reverse(proof.where.name, args=place)
    return {
        "label": proof.standing.label,
        "tone": tone,
        "icon": icon,
        "text": proof.text,
        "url": f"{url}#{proof.where.anchor}" if proof.where.anchor else url,
        "where": proof.where.label,
    }
