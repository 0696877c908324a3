"""The plain sentences of the public page."""

import pytest

from reporting.models import Edition
from reporting.public import words
from reporting.public.report import PublicReport
from sakip.models import ScoringPolicy


def report_of(**figures: tuple[str | None, str]) -> PublicReport:
    """A report of these figures ("iku__count" for "iku.count"): each its value and its printed text."""
    named = {"agency.name": (None, "Kantor"), "government.name": (None, "Kota")}
    named |= {key.replace("__", "."): figure for key, figure in figures.items()}
    snapshot = {
        "figures": [
            {"key": key, "label": key, "value": value, "printed": printed}
            for key, (value, printed) in named.items()
        ]
    }
    return PublicReport(Edition(year=2026, snapshot=snapshot))


@pytest.mark.parametrize(
    ("count", "reached", "exceeded", "not_judged", "said"),
    [
        ("0", "0", "0", "0", "belum memiliki indikator kinerja dalam perjanjian kinerjanya"),
        ("1", "0", "0", "0", "belum mencapai target indikator kinerjanya"),
        ("1", "0", "1", "0", "mencapai target indikator kinerjanya"),
        ("3", "1", "1", "0", "mencapai target pada 2 dari 3 indikator kinerjanya"),
        ("3", "2", "1", "0", "mencapai target pada semua (3) indikator kinerjanya"),
        ("3", "0", "0", "1", "belum mencapai target pada satu pun dari 3 indikator kinerjanya"),
        ("3", "0", "0", "3", "memiliki 3 indikator kinerja yang belum dapat dinilai"),
    ],
)
def test_the_report_in_one_sentence(count, reached, exceeded, not_judged, said):
    report = report_of(
        iku__count=(count, count),
        iku__reached=(reached, reached),
        iku__exceeded=(exceeded, exceeded),
        iku__not_judged=(not_judged, not_judged),
        nko__score=("90", "90,00%"),
        nko__predicate=(None, "Baik"),
    )
    score = "memperoleh Nilai Kinerja Organisasi 90,00% dengan predikat Baik"
    assert words.gist(report) == f"Pada tahun 2026 Kantor {said} dan {score}."


def test_a_score_that_there_is_not_is_not_said():
    report = report_of(iku__count=("0", "0"), nko__score=(None, "belum ada"))
    assert "Nilai Kinerja" not in words.gist(report)
    assert "AKIP" not in words.score_meaning(report)


def test_a_correction_is_said():
    assert "tidak menguranginya" in words.score_meaning(report_of(nko__correction=("0", "0,00%")))
    assert "menguranginya sebesar 10,00%" in words.score_meaning(report_of(nko__correction=("10", "10,00%")))


def test_the_scale_is_said_in_words(db):
    rules = ScoringPolicy.objects.for_year(None, 2025).rules
    report = PublicReport(Edition(year=2025, policy={"rules": rules}, snapshot=report_of().edition.snapshot))
    assert [(step.name, step.interval) for step in words.scale(report)] == [
        ("Istimewa", "di atas 100,00"),
        ("Baik", "di atas 80,00 sampai 100,00"),
        ("Butuh Perbaikan", "di atas 60,00 sampai 80,00"),
        ("Kurang", "di atas 20,00 sampai 60,00"),
        ("Sangat Kurang", "mulai 0,00 sampai 20,00"),
    ]
