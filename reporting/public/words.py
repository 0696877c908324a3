"""The plain sentences of the public page, for somebody who has never read a performance report."""

from dataclasses import dataclass

from reporting.public.report import KeyIndicator, PublicReport
from reporting.tables.t3_01 import interval

TONES = {"melampaui": "success", "mencapai": "success", "belum mencapai": "warning"}
BADGES = {
    "melampaui": "Melampaui target",
    "mencapai": "Mencapai target",
    "belum mencapai": "Belum mencapai target",
}
NOT_JUDGED = "Belum dapat dinilai"
# How the report writes the bounds of a scale, and how they are said.
SPOKEN = {" dan ≤": " sampai", " dan <": " sampai sebelum", "≥": "mulai", ">": "di atas"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an indicator's result says: a badge of few words and a sentence."""

    badge: str
    tone: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Step:
    """One predicate of the scale, from the best to the worst."""

    name: str
    interval: str
    is_reached: bool


def who(report: PublicReport) -> str:
    """The office in one sentence."""
    people, wards = report.figure("population.total"), report.figure("units.kelurahan")
    serves = ""
    if people.whole and wards.whole:
        serves = f", melayani {people.printed} penduduk di {wards.printed} kelurahan"
    return f"{report.agency} adalah perangkat daerah {report.government}{serves}."


def gist(report: PublicReport) -> str:
    """The report in one sentence: targets, money, and the score."""
    parts = [_targets(report)]
    if report.spending.absorption.is_number:
        parts.append(f"membelanjakan {report.spending.absorption.said} dari anggarannya")
    score = report.figure("nko.score")
    if score.is_number:
        predicate = report.figure("nko.predicate").printed
        parts.append(f"memperoleh Nilai Kinerja Organisasi {score.said} dengan predikat {predicate}")
    return f"Pada tahun {report.year} {report.agency} {_joined(parts)}."


def _targets(report: PublicReport) -> str:
    count = report.figure("iku.count")
    met = report.figure("iku.reached").whole + report.figure("iku.exceeded").whole
    if not count.whole:
        return "belum memiliki indikator kinerja dalam perjanjian kinerjanya"
    if report.figure("iku.not_judged").whole == count.whole:
        return f"memiliki {count.printed} indikator kinerja yang belum dapat dinilai"
    if count.whole == 1:
        return f"{'mencapai' if met else 'belum mencapai'} target indikator kinerjanya"
    if met == 0:
        return f"belum mencapai target pada satu pun dari {count.printed} indikator kinerjanya"
    if met == count.whole:
        return f"mencapai target pada semua ({count.printed}) indikator kinerjanya"
    return f"mencapai target pada {met} dari {count.printed} indikator kinerjanya"


def _joined(parts: list[str]) -> str:
    """'a', 'a dan b', 'a, b, dan c'."""
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def meaning(indicator: KeyIndicator) -> Meaning:
    if indicator.attainment not in BADGES:
        return Meaning(NOT_JUDGED, "neutral", f"{NOT_JUDGED}: {indicator.achievement.printed}.")
    sentence = f"{BADGES[indicator.attainment]}, dengan capaian {indicator.achievement.said}."
    if not indicator.meaning.is_missing:
        sentence += (
            f" Menurut skala penilaiannya hasil ini masuk kategori {indicator.category.printed}, yaitu"
            f" {indicator.meaning.printed}."
        )
    return Meaning(BADGES[indicator.attainment], TONES[indicator.attainment], sentence)


def score_meaning(report: PublicReport) -> str:
    """What the organisation's score is made of."""
    correction = report.figure("nko.correction")
    text = "Nilai ini merangkum capaian semua indikator perjanjian kinerja menjadi satu angka."
    if correction.value == 0:
        return f"{text} Hasil evaluasi akuntabilitas (AKIP) tidak menguranginya."
    if correction.is_number:
        return f"{text} Hasil evaluasi akuntabilitas (AKIP) menguranginya sebesar {correction.printed}."
    return text


def scale(report: PublicReport) -> list[Step]:
    """The predicates from the best to the worst, with the one that was reached."""
    found = report.scale
    reached = report.figure("nko.predicate").printed
    above = (None, *found.bands[:-1])
    return [
        Step(band.name, _spoken(interval(found, upper, band)), band.name == reached)
        for upper, band in zip(above, found.bands, strict=True)
    ]


def _spoken(bounds: str) -> str:
    for sign, words in SPOKEN.items():
        bounds = bounds.replace(sign, words)
    return bounds
