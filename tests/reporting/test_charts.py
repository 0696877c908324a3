"""Charts: true to their figures, readable without colour, and safe to put into a page and a PDF."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.cache import cache
from PIL import ImageFont

from reporting import charts, office_charts
from reporting.charts import Mark
from reporting.organisation_chart import lay_out, organisation_chart
from reporting.svg import draw
from reporting.year import OfficeYear
from sakip.models import Position, PositionKind, StaffDimension
from sakip.scoring.values import NIHIL

MARKS = [Mark("Bukuan", Decimal("99.88"), "99,88%"), Mark("Bantuas", Decimal("98.59"), "98,59%")]
SVG = "{http://www.w3.org/2000/svg}"
SPECIFICATIONS = {
    "bars": charts.bars(MARKS),
    "columns": charts.columns(MARKS),
    "paired_bars": charts.paired_bars([Mark("A", Decimal(1), "1", "L"), Mark("A", Decimal(2), "2", "P")]),
    "line": charts.line(MARKS),
    "path": charts.path(MARKS, MARKS[:1]),
    "targets_met": charts.targets_met(MARKS),
    "accumulation": charts.accumulation(MARKS),
}


def rows_of(spec):
    return spec["data"][0]["values"]


@pytest.fixture
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(params=SPECIFICATIONS)
def svg(request, fresh_cache):
    return draw(SPECIFICATIONS[request.param], f"Grafik {request.param}")


def test_a_chart_is_one_named_picture_without_styles(svg):
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text.startswith("Grafik ")
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style|javascript:|href=\"http", svg)
    assert "aria-" not in svg


def test_a_chart_uses_the_reports_font_and_no_other(svg):
    assert set(re.findall(r'font-family="([^"]+)"', svg)) == {"Source Sans 3"}


def test_every_figure_stands_as_text():
    for name in ("bars", "columns", "line"):
        texts = [
            text.text for text in ElementTree.fromstring(draw(SPECIFICATIONS[name], name)).iter(f"{SVG}text")
        ]
        assert {"99,88%", "98,59%"} <= set(texts), name


def test_bars_are_as_long_as_their_figures():
    spec = charts.bars([Mark("a", Decimal(50), "50"), Mark("b", Decimal(100), "100")])
    paths = ElementTree.fromstring(draw(spec, "x")).iter(f"{SVG}path")
    shapes = [path.get("d") for path in paths if path.get("fill") == charts.DARK]
    short, long = (float(re.match(r"M0,[\d.]+h([\d.]+)v", shape).group(1)) for shape in shapes)
    assert short * 2 == pytest.approx(long, rel=0.01)


def test_a_missing_figure_is_a_mark_without_length_and_keeps_its_words():
    spec = charts.bars([Mark("a", None, "belum ada"), Mark("b", Decimal(1), "1")])
    assert [row["value"] for row in rows_of(spec)] == [0.0, 1.0]
    assert "belum ada" in draw(spec, "x")


def test_a_missing_point_is_not_drawn_as_zero():
    spec = charts.line([Mark("2023", None, "belum ada"), Mark("2024", Decimal(80), "80,00")])
    assert [row["label"] for row in rows_of(spec)] == ["2024"]


def test_texts_from_the_database_cannot_break_out():
    svg = draw(charts.bars([Mark("<script>x</script>", Decimal(1), '"><b>')]), 'A<b>"&')
    ElementTree.fromstring(svg)
    assert "<script>" not in svg
    assert "<b>" not in svg


def test_a_chart_is_drawn_once(fresh_cache, monkeypatch):
    first = draw(SPECIFICATIONS["bars"], "x")

    def not_again():
        raise AssertionError("drawn a second time")

    monkeypatch.setattr("reporting.svg._converter", not_again)
    assert draw(SPECIFICATIONS["bars"], "x") == first


def test_ids_of_two_charts_differ():
    found = [set(re.findall(r'\bid="([^"]+)"', draw(spec, "x"))) for spec in SPECIFICATIONS.values()]
    together = [name for names in found for name in names]
    assert len(together) == len(set(together))


# ---------------------------------------------------------------- the organisation chart
def post(pk, parent, kind=PositionKind.SECTION, name="Seksi"):
    return Position(pk=pk, parent_id=parent, key=str(pk), name=f"{name} {pk}", kind=kind)


def boxes_of(chart):
    return [(box.x, box.y, box.x + box.width, box.bottom) for box in chart.boxes]


def test_boxes_do_not_overlap_and_stay_on_the_page():
    people = [
        post(1, None, PositionKind.HEAD),
        post(2, 1, PositionKind.FUNCTIONAL),
        post(3, 1, PositionKind.SECRETARIAT),
        *(post(number, 3, PositionKind.SUBDIVISION) for number in (4, 5, 6)),
        *(post(number, 1, name="Seksi Kesejahteraan dan Pemberdayaan Masyarakat") for number in range(7, 13)),
        *(post(number, 12) for number in (13, 14)),
        post(15, 14),
    ]
    chart = lay_out(people, 586)
    boxes = boxes_of(chart)
    assert len(boxes) == 15
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= 586
        assert 0 <= top < bottom <= chart.height
        for other in boxes[place + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (boxes[place], other)


def test_everyone_but_the_head_is_joined_by_a_line():
    people = [post(1, None, PositionKind.HEAD), post(2, 1, PositionKind.SECRETARIAT), post(3, 1), post(4, 3)]
    chart = lay_out(people, 586)
    ends = {point for line in chart.lines for point in line}
    for box in chart.boxes[1:]:
        touching = [
            (x, y)
            for x, y in ends
            if box.x - 1 <= x <= box.x + box.width + 1 and box.y - 1 <= y <= box.bottom
        ]
        assert touching, box


def test_no_head_no_chart():
    assert lay_out([], 586) is None
    assert organisation_chart([], "Struktur") == ""


# ---------------------------------------------------------------- the office's charts
BUILDERS = {
    "organisation": office_charts.organisation,
    "population": office_charts.population,
    "staff_by_age": office_charts.staff_by_age,
    "staff_by_education": office_charts.staff_by_education,
    "akip_trend": office_charts.akip_trend,
    "follow_up": office_charts.follow_up,
    "achievement": office_charts.achievement,
    "plan_path": office_charts.plan_path,
    "absorption_per_unit": office_charts.absorption_per_unit,
    "absorption_per_programme": office_charts.absorption_per_programme,
    "quarters": office_charts.quarters,
}


@pytest.mark.django_db
def test_every_chart_of_the_office_shows_its_figures(palaran):
    office = OfficeYear(palaran, 2025)
    shown = {name: "".join(re.findall(r">([^<]+)<", build(office).svg)) for name, build in BUILDERS.items()}
    for name, figure in {
        "population": "12.310",
        "staff_by_age": "22",
        "staff_by_education": "52",
        "akip_trend": "80,25 (A)",
        "follow_up": "Dalam proses",
        "achievement": "41,92% (1,53 dari target 3,65)",
        "plan_path": "3,80",
        "absorption_per_unit": "94,06%",
        "absorption_per_programme": "99,68%",
        "quarters": "Rp\u00a034,66 miliar",
        "organisation": "Kelompok Jabatan Fungsional",
    }.items():
        assert figure in shown[name], name


@pytest.mark.django_db
def test_an_office_without_data_has_no_charts(other_agency):
    office = OfficeYear(other_agency, 2001)
    office.__dict__["policy"] = OfficeYear(other_agency, 2025).policy
    assert [name for name, build in BUILDERS.items() if name != "organisation" and build(office)] == []


@pytest.mark.django_db
def test_a_declared_nihil_is_not_drawn_as_missing(palaran):
    office = OfficeYear(palaran, 2025)
    row = replace(office.indicators[0], realised=NIHIL)
    office.__dict__["indicators"] = (row,)
    shown = "".join(re.findall(r">([^<]+)<", office_charts.achievement(office).svg))
    assert "nihil dari target" in shown
    assert "belum ada" not in shown


@pytest.mark.django_db
def test_staff_that_nobody_counted_is_not_none(palaran):
    office = OfficeYear(palaran, 2025)
    table = office.staff[StaffDimension.AGE]
    unknown = replace(table.total, counts=(None, *table.total.counts[1:]))
    office.__dict__["staff"] = {StaffDimension.AGE: replace(table, total=unknown)}
    assert ">belum ada<" in office_charts.staff_by_age(office).svg


@pytest.mark.django_db
def test_a_page_may_ask_for_another_width(palaran):
    office = OfficeYear(palaran, 2025)
    wide = office_charts.absorption_per_unit(office, 1200).svg
    assert ElementTree.fromstring(wide).get("width") == "1200"
    assert ElementTree.fromstring(office_charts.organisation(office, 1200).svg).get("width") == "1200"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("34661825356", "Rp\u00a034,66 miliar"),
        ("1000000000", "Rp\u00a01,00 miliar"),
        ("47950000", "Rp\u00a047,95 juta"),
        ("0", "Rp\u00a00"),
    ],
)
def test_short_amounts(amount, text):
    assert office_charts.short_rupiah(Decimal(amount)) == text


# ---------------------------------------------------------------- on a phone
def test_a_picture_for_a_phone_has_short_lines_and_texts():
    marks = [
        Mark("Indeks Pelayanan Publik (IPP) Perangkat Daerah", Decimal(58), "58,15% (2,14 dari target 3,68)")
    ]
    narrow, wide = charts.targets_met(marks, width=charts.PHONE_WIDTH), charts.targets_met(marks)
    (row,) = rows_of(narrow)
    assert row["text"] == "58,15%"
    assert max(map(len, row["lines"])) <= charts.PHONE_LETTERS
    assert narrow["height"] > wide["height"]
    assert rows_of(wide)[0]["text"] == marks[0].text
    svg = draw(narrow, "Capaian")
    assert 'width="340"' in svg
    assert "Perangkat Daerah" in svg


def test_a_name_of_several_lines_stands_with_its_middle_at_its_bar():
    long = "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"
    names = charts.bars([Mark("Satu", Decimal(1), "1"), Mark(long, Decimal(1), "1")])["data"][1]["values"]
    assert [(len(name["lines"]), name["lift"]) for name in names] == [(1, 0), (3, -charts.NAME_LINE)]


LONG = [
    Mark("KECAMATAN SAMARINDA SEBERANG", Decimal("97.2"), "97,20% (A)"),
    Mark("Mmmmmm Wwwwww", Decimal(1), "Rp\u00a034,66 miliar"),
    Mark("2024", Decimal(0), "Rp\u00a00"),
]


@pytest.mark.parametrize("width", [charts.PAGE_WIDTH, charts.PHONE_WIDTH])
@pytest.mark.parametrize("builder", [charts.bars, charts.columns, charts.line, charts.targets_met])
def test_no_text_runs_over_the_pictures_edge(builder, width, fresh_cache):
    """By the widths of the font's own letters."""
    root = ElementTree.fromstring(draw(builder(LONG, width=width), "x"))
    found = list(placed_texts(root))
    assert len(found) >= 2 * len(LONG)
    for text, left, right in found:
        assert left >= 0, text
        assert right <= width, text


def placed_texts(element, x=0.0):
    """Each line of text with its left and right edge in the picture."""
    x += float((re.match(r"translate\((-?[\d.]+)", element.get("transform", "")) or [0, 0])[1])
    if element.tag == f"{SVG}text":
        bold = element.get("font-weight") == "600"
        for text in [line.text for line in element.iter(f"{SVG}tspan")] or [element.text]:
            length = font_length(text, "Semibold" if bold else "Regular")
            part = {"end": 1, "middle": 0.5}.get(element.get("text-anchor"), 0)
            yield text, x - part * length, x + (1 - part) * length
    for child in element:
        yield from placed_texts(child, x)


def font_length(text, weight):
    font = ImageFont.truetype(settings.BASE_DIR / f"static/fonts/SourceSans3-{weight}.ttf", 12)
    return font.getlength(text)
