"""The report as a whole: complete, in order, and every mention of a figure follows the data."""

import json
import re
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from budget.models import BudgetVersion, OfficialRealisation
from reporting.lkjip import drawings
from reporting.lkjip.blocks import SignatureBlock
from reporting.lkjip.document import build_document
from reporting.lkjip.export import render_html, to_json
from sakip.models import (
    Agreement,
    AkipEvaluation,
    AnnualResult,
    Award,
    Factor,
    Measurement,
    NationalStandard,
    ReportingYear,
)
from tests.recipes import make

pytestmark = pytest.mark.django_db
TABLES = [
    *(f"1.{number}" for number in range(1, 10)),
    *("2.1", "2.2", "2.2a", "2.3", "2.3a", "2.3b"),
    *(f"3.{number}" for number in range(1, 12)),
]


@pytest.fixture
def report(palaran):
    return build_document(palaran, 2025)


def section(document, number):
    return next(section for section in document.sections if section.number == number)


def everything(document) -> str:
    """All that a reader can see, as one text without markup."""
    html = re.sub(r"<[^>]+>", " ", render_html(document).partition("<body>")[2])
    return re.sub(r"\s+", " ", html.replace("\u00a0", " ").replace("&nbsp;", " "))


# ---------------------------------------------------------------- complete and in order
def test_all_parts_are_there(report):
    assert [part.title for part in report.front] == ["Kata Pengantar", "Ringkasan Eksekutif"]
    assert [part.number for part in report.chapters] == [
        *("I", "I.A", "I.B", "I.C", "I.D", "I.E", "I.F", "I.G"),
        *("II", "II.A", "II.A.1", "II.A.2", "II.A.3", "II.B"),
        *("III", "III.A", *(f"III.A.{number}" for number in range(1, 8))),
        *("III.B", "III.C", "III.D", "III.E"),
        *("IV", "IV.A", "IV.B", "IV.C"),
    ]
    assert [part.title for part in report.attachments[1:]] == [
        "Rencana Kinerja Tahunan (RKT) Tahun 2025",
        "Perjanjian Kinerja Tahun 2025",
        "Perjanjian Kinerja Perubahan Tahun 2025",
        "Pengukuran Kinerja Tahun 2025",
        "Efisiensi Penggunaan Sumber Daya Tahun 2025",
    ]


def test_every_table_stands_once_and_in_its_place(report):
    chapters = [
        block.table.number for part in report.chapters for block in part.blocks if block.kind == "table"
    ]
    assert sorted(chapters, key=order) == TABLES
    assert chapters == sorted(chapters, key=order)


def order(number: str) -> tuple[int, int, str]:
    chapter, place, letter = re.fullmatch(r"(\d+)\.(\d+)([a-z]?)", number).groups()
    return int(chapter), int(place), letter


def test_every_table_and_drawing_is_named_in_the_text_before_it(report):
    """A reader meets the sentence first, then the table."""
    for part in report.chapters:
        told = ""
        for block in part.blocks:
            if block.kind in {"table", "figure"}:
                assert re.search(rf"{re.escape(block.label)}\b", told), f"{block.label} in {part.number}"
            elif hasattr(block, "text"):
                told += f" {block.text}"
            elif block.kind == "list":
                told += " " + " ".join(item.text for item in block.items)


def test_drawings_are_numbered_in_the_order_in_which_they_stand(report):
    numbers = [block.number for block in report.drawings]
    assert len(numbers) == len(drawings.KEYS) == 12
    assert numbers == sorted(numbers, key=lambda number: tuple(map(int, number.split("."))))
    assert all("<title>" in block.svg for block in report.drawings)


def test_ids_are_unique(report):
    ids = re.findall(r'\bid="([^"]+)"', render_html(report))
    assert sorted(ids) == sorted(set(ids))


def test_every_link_of_the_contents_leads_somewhere(report):
    html = render_html(report)
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert len(targets) > 60
    assert targets <= set(re.findall(r'\bid="([^"]+)"', html))


def test_nothing_is_inline_and_nothing_foreign(report):
    body = render_html(report).partition("<body>")[2]
    assert not re.search(r"\sstyle=|<script|\son\w+=|https?://(?!www\.w3\.org|kec-palaran)", body)


def test_agreements_are_signed_by_both_parties(report):
    signed = [block for block in report.attachments[3].blocks if isinstance(block, SignatureBlock)]
    assert len(signed) == 2
    first, second = signed[0].signatures[1], signed[0].signatures[0]
    assert (first.position, second.position) == ("Camat", "Walikota Samarinda")
    assert first.has_nip
    assert not second.has_nip
    assert first.name == ""


def test_a_statement_of_review_stands_only_where_one_was_held(palaran, report):
    assert "Pernyataan Telah Direviu" not in everything(report)
    ReportingYear.objects.filter(agency=palaran, year=2025).update(reviewed_on="2026-01-20")
    reviewed = build_document(palaran, 2025)
    assert reviewed.attachments[-1].title == "Pernyataan Telah Direviu"
    assert "20 Januari 2026" in reviewed.attachments[-1].text


def test_a_year_without_a_revision_says_so_and_prints_no_empty_tables(palaran):
    document = build_document(palaran, 2026)
    numbers = [block.table.number for block in document.tables]
    assert not {"2.3", "2.3a", "L.3", "L.3a"} & set(numbers)
    assert {"2.2", "2.2a", "2.3b", "L.2", "L.4", "L.5"} <= set(numbers)
    said = "Perjanjian Kinerja Tahun 2026 tidak diubah"
    assert f"{said}." in section(document, "II.B").text
    assert section(document, "Lampiran 3").text.startswith(f"{said}, sehingga")
    assert section(document, "Lampiran 4").title == "Pengukuran Kinerja Tahun 2026"


def test_photographs_of_awards_are_shown_from_their_own_bytes(palaran):
    award = Award.objects.filter(agency=palaran).first()
    award.photo.save("piala.png", ContentFile(b"\x89PNG\r\n\x1a\n isi"))
    shown = [
        block for block in section(build_document(palaran, 2025), "III.E").blocks if block.kind == "photo"
    ]
    assert [block.address[:22] for block in shown] == ["data:image/png;base64,"]
    award.photo.save("bukan.png", ContentFile(b"<svg onload=alert(1)>"))
    blocks = section(build_document(palaran, 2025), "III.E").blocks
    assert [block for block in blocks if block.kind == "photo"] == []


# ---------------------------------------------------------------- what it says
def test_the_year_is_told_honestly(report):
    summary = section(report, "").text + section(report, "III.A.6").text + report.front[1].text
    for fact in (
        "capaiannya 41,92% dan belum mencapai target",
        "penggunaan sumber daya tidak efisien",
        "-55,18",
        "Rp 1.080.136.985,00",
        "Rp 37.203.277.426,00",
        "Rp 36.123.140.441,00",
        "97,10%",
        "tidak dapat disebut penghematan",
    ):
        assert fact in summary, fact


def test_two_plans_in_one_year_are_told(report):
    text = section(report, "II.A").text
    assert "Renstra Tahun 2021-2026 berlaku sampai dengan 18 September 2025" in text
    assert "Renstra Tahun 2025-2029 ditetapkan pada 19 September 2025" in text


def test_both_kinds_of_money_are_told_apart(report):
    text = section(report, "III.C").text
    assert "Rp 34.661.825.356,00" in text
    assert "Rp 36.123.140.441,00" in text
    assert "Rp 1.461.315.085,00" in text
    assert "sementara" in text


def test_low_lines_are_named_with_their_figures(report):
    text = section(report, "III.B").text
    assert "Fasilitasi Kunjungan Tamu pada Kantor Kecamatan: pagu Rp 12.000.000,00" in text
    assert "realisasi Rp 1.770.000,00 (14,75%)" in text
    assert "4 (empat) baris anggaran dengan serapan di bawah 50%" in text


def test_missing_standards_and_comparisons_are_said(report):
    assert "tidak terdapat standar nasional" in section(report, "III.A.4").text
    assert "tidak dapat dibandingkan dengan tahun 2024" in section(report, "III.A.2").text


@pytest.mark.parametrize("year", [2025, 2026])
def test_no_brackets_stand_inside_brackets(palaran, year):
    html = render_html(build_document(palaran, year))
    prose = [re.sub(r"<[^>]+>", "", text) for text in re.findall(r"<(?:p|li)\b[^>]*>(.+?)</(?:p|li)>", html)]
    assert len(prose) > 100
    assert [text for text in prose if re.search(r"\([^()]*\(", text)] == []


def test_a_year_of_sample_data_says_so(palaran):
    assert "Data contoh: angka tahun ini" in everything(build_document(palaran, 2026))
    assert "Data contoh" not in everything(build_document(palaran, 2025))


def test_a_year_without_awards_has_no_empty_table_of_them(palaran):
    report = build_document(palaran, 2026)
    assert "tidak tercatat" in section(report, "III.E").text
    assert "Tabel 3.11" not in everything(report)


def test_the_efficiency_of_earlier_years_has_the_unit_of_this_years(palaran):
    assert "Efisiensi tahun 2025: -55,18 poin persen" in everything(build_document(palaran, 2026))


def test_figures_in_prose_and_json_are_the_same(report):
    data = to_json(report)
    text = "\n".join(part["text"] for part in data["sections"])
    shown = {figure["key"]: figure["printed"] for figure in data["figures"]}
    for key in ("iku.ipp.achievement", "budget.absorption", "budget.realised", "nko.score", "akip.score"):
        assert shown[key] in text, key


def test_the_json_has_exactly_the_agreed_shape(report):
    data = json.loads(json.dumps(to_json(report)))
    assert list(data) == ["agency", "year", "is_sample", "figures", "tables", "sections"]
    assert (data["agency"], data["year"]) == ("palaran", 2025)
    keys = ["key", "label", "value", "printed", "formula", "inputs", "source", "provisional"]
    assert all(list(figure) == keys for figure in data["figures"])
    assert all(list(table) == ["number", "title", "columns", "rows"] for table in data["tables"])
    assert all(list(part) == ["number", "title", "text"] for part in data["sections"])
    assert all(isinstance(cell, str) for table in data["tables"] for row in table["rows"] for cell in row)


# ---------------------------------------------------------------- one change, every mention
def set_ipp(value: str) -> None:
    Measurement.objects.filter(indicator__key="ipp", unit_quarter__year=2025, unit_quarter__quarter=4).update(
        value=Decimal(value), value_state="number"
    )


def mentions(text: str, figure: str) -> int:
    """How often the figure stands there, alone and not as part of another."""
    return len(re.findall(rf"(?<![\d.,]){re.escape(figure)}(?![\d%])", text))


OLD_FIGURES = ("1,53", "41,92", "40,26", "-55,18", "2,12", "2,27")


def test_one_changed_realisation_changes_every_mention(palaran, report):
    before = everything(report)
    assert all(figure in before for figure in OLD_FIGURES)
    set_ipp("3.77")
    changed = build_document(palaran, 2025)
    after, data = everything(changed), json.dumps(to_json(changed), ensure_ascii=False)
    for figure in OLD_FIGURES:
        assert figure not in after, figure
        assert figure not in data, figure
    assert mentions(after, "3,77") == mentions(before, "1,53") > 10


def test_the_words_follow_the_figures(palaran, report):
    name = "Indeks Pelayanan Publik (IPP) Perangkat Daerah"
    assert f"realisasi {name} belum mencapai target" in section(report, "III.A.5").text
    assert "Akibatnya bagi pelayanan" in section(report, "III.A.1").text
    assert "Penyebab belum tercapainya target" in section(report, "III.D").text
    set_ipp("3.70")
    changed = build_document(palaran, 2025)
    assert f"realisasi {name} melampaui target" in section(changed, "III.A.5").text
    assert "0,05 di atas target" in section(changed, "III.A.1").text
    assert "Akibatnya bagi pelayanan" not in section(changed, "III.A.1").text
    assert "Penyebab belum tercapainya target" not in section(changed, "III.D").text
    assert "kategori B dengan makna Baik" in section(changed, "III.A.1").text
    # The index that was entered is no longer the assessor's, and only one of them can be the report's.
    assert "memakai indeks yang ditetapkan oleh penilai" in section(report, "III.A.1").text
    assert "memakai indeks yang ditetapkan oleh penilai" not in section(changed, "III.A.1").text
    assert "memakai realisasi yang diisikan" in section(changed, "III.A.1").text
    summary = changed.front[1].text
    assert "tidak efisien" not in summary
    assert "penggunaan sumber daya efisien" in summary
    assert "Seluruh indikator yang diperjanjikan telah memenuhi target" in summary
    assert "predikat Istimewa" in section(changed, "III.D").text
    # An indicator of 2024 that missed its target then still did.
    assert "belum mencapai target" in section(changed, "III.A.2").text


def test_meeting_the_target_exactly_is_neither_more_nor_less(palaran):
    set_ipp("3.65")
    text = section(build_document(palaran, 2025), "III.A.1").text
    assert "realisasi mencapai target tahun 2025" in text
    assert "target tahun 2025. Selisihnya" not in text


def test_a_missing_realisation_is_said_and_nothing_is_made_up(palaran):
    Measurement.objects.filter(indicator__key="ipp", unit_quarter__year=2025).update(
        value=None, value_state="missing"
    )
    document = build_document(palaran, 2025)
    text = document.front[1].text + section(document, "III.A.1").text + section(document, "IV.A").text
    assert "belum dapat dinilai" in text
    assert "1,53" not in text
    assert "41,92" not in text


def test_a_missing_realisation_is_the_reason_of_every_comparison_that_lacks_it(palaran):
    """And not the year before, the plan, or a standard that there is."""
    ipp = Measurement.objects.filter(indicator__key="ipp")
    ipp.filter(unit_quarter__year=2025).update(value=None, value_state="nihil")
    indicator = ipp.get(unit_quarter__year=2025, unit_quarter__quarter=4).indicator
    before = AnnualResult.objects.filter(indicator=indicator, year=2024)
    assert before.update(realised_state="number", realised=Decimal(3))
    NationalStandard.objects.filter(indicator=indicator).update(value_state="number", value=Decimal(4))
    document = build_document(palaran, 2025)
    assert "dengan tahun 2024, karena realisasi tahun 2025 nihil." in section(document, "III.A.2").text
    plan = section(document, "III.A.3").text
    assert "adalah 3,80. Kemajuan terhadap target itu belum dapat dihitung: realisasi nihil." in plan
    assert "tidak ditetapkan" not in plan
    assert "adalah 4,00, tetapi belum dapat dibandingkan" in section(document, "III.A.4").text
    assert "kemajuannya" not in section(document, "IV.A").text


def test_a_standard_that_nobody_recorded_is_not_one_that_does_not_exist(palaran):
    NationalStandard.objects.filter(indicator__agency=palaran).delete()
    text = section(build_document(palaran, 2025), "III.A.4").text
    assert "belum dicatat" in text
    assert "tidak terdapat" not in text


def test_a_changed_budget_line_changes_the_prose(palaran):
    line = OfficialRealisation.objects.get(
        line__unit__agency=palaran, line__node__name="Fasilitasi Kunjungan Tamu", line__year=2025
    )
    line.amount_rp = Decimal("9000000")
    line.save()
    text = section(build_document(palaran, 2025), "III.B").text
    assert "3 (tiga) baris anggaran dengan serapan di bawah 50%" in text
    assert "Fasilitasi Kunjungan Tamu pada" not in text
    assert "Rp 36.130.370.441,00" in text


def test_a_falling_akip_score_is_called_falling(palaran):
    AkipEvaluation.objects.filter(agency=palaran, year=2024).update(score=Decimal("70.25"))
    text = section(build_document(palaran, 2025), "I.F").text
    assert "Nilai itu turun 6,25 poin" in text
    assert "predikat BB" in text


# ---------------------------------------------------------------- other offices, other years
def test_an_office_with_little_data_gets_a_report(other_agency):
    year = ReportingYear.objects.filter(agency=other_agency).order_by("-year").first()
    document = build_document(other_agency, year.year)
    assert [part.number for part in document.chapters if "." not in part.number] == ["I", "II", "III", "IV"]
    assert "Palaran" not in everything(document)


def test_an_office_whose_ceilings_were_all_dropped_gets_a_report(palaran):
    make(BudgetVersion, agency=palaran, year=2025, number=9, kind="perubahan")
    text = section(build_document(palaran, 2025), "III.B").text
    assert "Pagu anggaran belanja Kecamatan Palaran tahun 2025 belum ada. Belanjanya" in text
    assert "(tiga puluh enam miliar" in text
    assert "serapan dan sisanya belum dapat dihitung" in text


def test_an_office_without_anything_gets_a_report(palaran):
    for model in (Factor, Award, AkipEvaluation):
        model.objects.filter(agency=palaran).delete()
    Agreement.objects.filter(agency=palaran, year=2025).delete()
    document = build_document(palaran, 2025)
    text = everything(document)
    assert "belum diisi" in text
    assert "Jumlah penduduk" in text or "Penduduk" in text


def test_the_number_of_queries_does_not_grow_with_the_rows(palaran, django_assert_max_num_queries):
    with django_assert_max_num_queries(61):
        build_document(palaran, 2025)
