"""The page Evaluasi AKIP: a year's worksheet, the evaluator's judgement, and the workbook to take along."""

from dataclasses import dataclass
from operator import itemgetter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.dashboards.tones import tone_of
from reporting.figures import printed_result
from reporting.lke.proofs import Proof, Standing
from reporting.lke.workbook import to_xlsx
from reporting.lke.worksheet import ComponentLine, CriterionLine, SubComponentLine, Worksheet, so_far
from reporting.views.office import enter_office, no_data
from sakip import indonesian
from sakip.actions import lke as actions
from sakip.actions.lke import WorksheetChangedError
from sakip.forms.lke import JudgementForm
from sakip.queries.lke import JudgedSubComponent
from sakip.scoring.policy import ScoringPolicy
from sakip.tabular import XLSX_TYPE
from sakip.views.place import PortalRequest
from sakip.workflow import lke as policies
from sakip.workflow import permissions

UNPROCESSABLE = 422
OPEN_ONLY = "belum"
SIGNS = {
    Standing.MET: ("success", "circle-check"),
    Standing.PARTLY: ("warning", "circle-dot"),
    Standing.NOT_YET: ("neutral", "circle-dashed"),
}
CHANGED = "Bagian ini diubah orang lain sejak halaman dibuka. Periksa isinya sekarang, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Refused:
    """A judgement that was not taken: of which sub-component, and the form with its errors."""

    code: str
    form: JudgementForm


@require_safe
def page(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    office = enter_office(request, agency, year)
    if office is None:
        return no_data(request)
    return _page(request, Worksheet(office))


@require_POST
def judge(request: PortalRequest, agency: str, year: int, code: str) -> HttpResponse:
    """The evaluator's judgement of one sub-component."""
    worksheet = enter_worksheet(request, agency, year)
    permissions.require_judge(request.user, worksheet.office.agency)
    found = worksheet.sub_component(code)
    if found is None:
        raise Http404
    policies.require_write(worksheet.declared)
    form = judgement_form(worksheet.office.policy, found, request.POST)
    if not form.is_valid():
        return _page(request, worksheet, Refused(code, form))
    try:
        actions.judge(
            agency=worksheet.office.agency,
            year=year,
            sub_component=found.sub_component,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except WorksheetChangedError:
        form.add_error(None, CHANGED)
        return _page(request, worksheet, Refused(code, form))
    messages.success(request, f"Penilaian sub komponen {code} tersimpan.")
    place = reverse("evaluation", args=[agency, year])
    return redirect(f"{place}?buka={code}#{anchor(code)}")


@require_safe
def as_xlsx(request: PortalRequest, agency: str, year: int) -> HttpResponse:
    content = to_xlsx(enter_worksheet(request, agency, year))
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="lke-{agency}-{year}.xlsx"'
    return response


# ---------------------------------------------------------------- finding
def enter_worksheet(request: PortalRequest, agency: str, year: int) -> Worksheet:
    """The worksheet of a year that has data; 404 where it has none."""
    office = enter_office(request, agency, year)
    if office is None:
        raise Http404
    return Worksheet(office)


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


def anchor(code: str) -> str:
    """The place of a criterion or sub-component on the page: 1.a.3 is 'lke-1-a-3'."""
    return f"lke-{code.replace('.', '-')}"


# ---------------------------------------------------------------- showing
@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the worksheet, and for what: only what is open, or with one sub-component unfolded."""

    worksheet: Worksheet
    may_answer: bool
    may_judge: bool
    only_open: bool
    opened: str
    refused: Refused | None

    @property
    def place(self) -> list:
        return [self.worksheet.office.agency.slug, self.worksheet.office.year]

    @property
    def policy(self) -> ScoringPolicy:
        return self.worksheet.office.policy


def _page(request: PortalRequest, worksheet: Worksheet, refused: Refused | None = None) -> HttpResponse:
    office, is_open = worksheet.office, not worksheet.closed
    reader = Reader(
        worksheet,
        may_answer=is_open and permissions.may_answer_criteria(request.user, office.agency),
        may_judge=is_open and permissions.may_judge(request.user, office.agency),
        only_open=request.GET.get("tampil") == OPEN_ONLY,
        opened=refused.code if refused else request.GET.get("buka", ""),
        refused=refused,
    )
    context = {
        "stats": _stats(worksheet),
        "components": [_component(reader, component) for component in worksheet.components],
        "tabs": _tabs(reader),
        "nothing_left": reader.only_open and not worksheet.answered.left,
        "closed": worksheet.closed,
        "may_answer": reader.may_answer,
        "may_judge": reader.may_judge,
        "heading": f"Evaluasi AKIP {office.year}",
        "lead": "Lembar kerja evaluasi (LKE) menurut Peraturan Menteri PANRB Nomor 88 Tahun 2021: setiap "
        "kriteria dengan jawaban portal, jawaban kantor, dan buktinya.",
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "reporting/evaluation/page.html", context, status=status)


def _tabs(reader: Reader) -> list[dict[str, object]]:
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


def _stats(worksheet: Worksheet) -> list[dict[str, object]]:
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


def _component(reader: Reader, component: ComponentLine) -> dict[str, object]:
    together = component.sum
    return {
        "name": component.component.label,
        "anchor": f"komponen-{component.component.value.replace('_', '-')}",
        "answered": component.answered,
        "judged": f"{together.judged} dari {together.parts}",
        "weight": together.weight,
        "points": together.points if together.judged else None,
        "is_provisional": bool(together.judged and together.unjudged),
        "sub_components": [
            _sub_component(reader, sub)
            for sub in component.sub_components
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
    }


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
