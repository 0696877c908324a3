"""The five answers at the top of the office's page, one a question of its head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reporting.dashboards import attention, home
from reporting.dashboards.attention import Concern
from reporting.dashboards.office import OfficeQuarter
from reporting.dashboards.tones import tone_of
from reporting.figures import printed_result, why_not
from reporting.office_charts import short_rupiah
from reporting.year import OfficeYear
from sakip.scoring.comparison import has_attained

Context = dict[str, object]
OFFICIAL = "Menurut realisasi resmi (LRA)."


def answers(seen: OfficeQuarter, people: Mapping[int, str], found: Sequence[Concern]) -> list[Context]:
    """On target? Is the money moving? Which unit needs a call? What will the annual score be?"""
    return [_target(seen), _money(seen), _call(people, found), _score(seen)]


def _target(seen: OfficeQuarter) -> Context:
    met = seen.met(seen.quarter)
    if not met.judged and seen.office.mean_achievement.value is not None:
        return _agreed(seen)
    told = [f"Mencapai target rencana aksi s.d. TW {seen.roman}.", "; ".join(_achievements(seen))]
    if seen.unentered:
        told.insert(1, f"{len(seen.unentered)} unit kerja belum mengisi triwulan ini.")
    scale = seen.office.policy.realisation_scale
    band = scale.band_for(met.share.value) if met.share.value is not None else None
    return {
        "label": "Sesuai target?",
        "value": f"{met.met} dari {met.judged}",
        "unit": "indikator",
        "missing": why_not(met.share),
        "provisional": bool(seen.unentered),
        "badge_label": band.name if band else "",
        "badge_tone": tone_of(band, scale),
        "hint": " ".join(filter(None, told)),
        "link": "#indikator-kinerja",
    }


def _agreed(seen: OfficeQuarter) -> Context:
    """By the agreement alone: a year of which the quarters are not measured."""
    office, scale = seen.office, seen.office.policy.realisation_scale
    judged = [has_attained(row.achievement) for row in office.indicators if row.achievement.value is not None]
    mean = office.mean_achievement.value
    band = scale.band_for(mean) if mean is not None and scale.contains(mean) else None
    return {
        "label": "Sesuai target?",
        "value": f"{judged.count(True)} dari {len(judged)}",
        "unit": "indikator perjanjian",
        "provisional": office.mean_achievement.provisional,
        "badge_label": band.name if band else "",
        "badge_tone": tone_of(band, scale),
        "hint": "Setahun. " + "; ".join(_achievements(seen)),
        "link": "#indikator-kinerja",
    }


def _achievements(seen: OfficeQuarter) -> list[str]:
    policy = seen.office.policy
    return [f"{row.name}: {printed_result(row.achievement, policy)}" for row in seen.office.indicators[:2]]


def _money(seen: OfficeQuarter) -> Context:
    office, found = seen.office, seen.absorption
    planned = seen.planned_curve[seen.quarter - 1]
    told = [] if seen.spent_rp is None else [f"{short_rupiah(seen.spent_rp)} terpakai."]
    if seen.official:
        told.append(OFFICIAL)
    if planned.reason is None or not seen.official:
        known = printed_result(planned, office.policy) if planned.reason is None else "belum ada"
        told.append(f"Rencana kas s.d. TW {seen.roman}: {known}")
    scale, reached = office.policy.realisation_scale, seen.pace.value
    band = scale.band_for(reached) if reached is not None and scale.contains(reached) else None
    return {
        "label": "Uang bergerak?",
        "value": printed_result(found, office.policy, ""),
        "unit": "% terserap",
        "missing": why_not(found),
        "provisional": found.provisional,
        "progress": found.value,
        "badge_label": f"{printed_result(seen.pace, office.policy)} rencana" if band else "",
        "badge_tone": tone_of(band, scale),
        "hint": " ".join(told),
        "link": home.link(
            office, "budget.absorption" if seen.official else f"quarters.q{seen.quarter}.absorption"
        ),
    }


def _call(people: Mapping[int, str], found: Sequence[Concern]) -> Context:
    worst = attention.most_concerning(list(found))
    if not worst:
        return {
            "label": "Unit yang perlu dihubungi",
            "value": "Tidak ada",
            "hint": "Tidak ada hal yang perlu perhatian.",
            "link": "#perhatian",
        }
    unit, own = worst[0]
    kinds = Counter(concern.kind.lower() for concern in own)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(3))
    return {
        "label": "Unit yang perlu dihubungi",
        "value": unit.name.removeprefix("Kelurahan "),
        "badge_label": f"{len(own)} hal",
        "badge_tone": "warning",
        "hint": f"{attention.responsible(unit, people)}: {told}",
        "link": "#perhatian",
    }


def _score(seen: OfficeQuarter) -> Context:
    office, score = seen.office, seen.forecast.score
    if is_final(office):
        return {
            "label": f"NKO tahun {office.year}",
            "value": printed_result(office.nko.nko, office.policy, ""),
            "unit": "%",
            "badge_label": office.nko.predicate.label if office.nko.predicate else "",
            "badge_tone": tone_of(office.nko.predicate, office.policy.nko_scale),
            "hint": "Angka setahun, bukan perkiraan.",
            "link": home.link(office, "nko.score"),
        }
    return {
        "label": "Perkiraan NKO akhir tahun",
        "value": printed_result(score.nko, office.policy, ""),
        "unit": "%",
        "missing": why_not(score.nko),
        "badge_label": score.predicate.label if score.predicate else "",
        "badge_tone": tone_of(score.predicate, office.policy.nko_scale),
        "hint": f"NKO sekarang {printed_result(office.nko.nko, office.policy)}",
        "link": "#perkiraan",
    }


def is_final(office: OfficeYear) -> bool:
    """Whether the year's score rests on all it needs, so that there is nothing left to forecast."""
    return office.nko.nko.value is not None and not office.nko.nko.provisional
