"""Agencies side by side: the figures of their own pages, whom to call, and what it costs."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from budget.models import QuarterlyRealisation
from reporting.city import lines
from reporting.city.columns import HEADINGS, Sorting
from reporting.city.contacts import contacts
from reporting.city.page import distribution, headlines
from reporting.dashboards import attention
from reporting.dashboards.office import OfficeQuarter
from reporting.fingerprint import data_fingerprint, data_fingerprints
from reporting.year import OfficeYear
from sakip.models import (
    Agency,
    AkipEvaluation,
    Membership,
    QuarterException,
    ReportingYear,
    RowState,
    ScoringPolicy,
    Target,
    TargetKind,
    UnitQuarter,
)
from tests.many import copy_agencies
from tests.palaran import SLUG
from tests.recipes import make
from tests.reporting.cities import TODAY, beside, due, issue, page, read
from tests.world import YEAR, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def office():
    return make_office("contoh")


# ---------------------------------------------------------------- the same figures
def test_a_line_says_what_the_agencys_own_year_says(palaran):
    for year in (2025, 2026):
        line = read(year=year, slug=SLUG).lines[0]
        own = OfficeYear(palaran, year)
        seen = OfficeQuarter(own, None, TODAY)
        met = seen.met(seen.quarter)
        assert line.summary.nko.result == own.nko.nko
        assert line.summary.absorption.result == own.budget.total.absorption
        assert (line.summary.met, line.summary.judged) == (met.met, met.judged)
        assert line.summary.concerns == len(attention.concerns(seen, {}))
        assert line.summary.recommendations == len(own.recommendations.items)
        assert own.latest_akip is not None
        assert line.summary.akip.score == own.latest_akip.score
    line = read(year=2025, slug=SLUG).lines[0]
    assert line.summary.nko.printed == "41,92"
    assert line.summary.nko.predicate == "Kurang"
    assert line.summary.absorption.printed == "97,10"


def test_the_pages_agree(client, office):
    make(AkipEvaluation, agency=office.agency, year=YEAR - 1, score=Decimal("80.25"))
    make(
        Target,
        indicator=office.indicator("k-kelurahan-1"),
        kind=TargetKind.ACTION_PLAN,
        year=YEAR,
        quarter=3,
        value=Decimal(1),
    )
    html = page(client, office.people["city"])
    own = client.get(reverse("dashboard", args=["contoh", YEAR])).content.decode()
    summary = read().known[0]
    assert summary.judged
    for printed in (summary.absorption.printed, "80,25"):
        assert f">{printed}<" in html
        assert printed in own
    assert f"{summary.met} dari {summary.judged}" in html
    assert f"{summary.met} dari {summary.judged}" in own


def test_units_are_counted_where_they_stand(office):
    quarters = UnitQuarter.objects.filter(unit__agency=office.agency, quarter=4)
    quarters.filter(unit=office.village).update(state=RowState.SUBMITTED)
    quarters.filter(unit=office.office).update(state=RowState.RETURNED)
    found = read().known[0].quarters
    assert [count for count, *_ in found[0].stages] == [2]
    assert [word for _, _, word, _ in found[0].stages] == ["dikunci"]
    assert [word for _, _, word, _ in found[3].stages] == ["belum", "diajukan"]
    quarters.delete()
    assert read().known[0].quarters[3].units == 0


# ---------------------------------------------------------------- kept, and what it costs
def test_a_known_page_asks_as_much_at_two_agencies_as_at_twelve(client, office):
    def queries() -> int:
        while read(timezone.localdate()).pending:
            pass
        page(client, office.people["city"])
        with CaptureQueriesContext(connection) as seen:
            page(client, office.people["city"])
        return len(seen)

    beside(office, 1)
    at_two = queries()
    for number in range(10):
        make_office(f"jauh-{number}", government=office.agency.government)
    assert queries() == at_two
    assert at_two <= 20


def test_a_request_works_out_a_few_agencies_and_the_next_one_the_others(client, office, monkeypatch):
    monkeypatch.setattr(lines, "AT_ONCE", 2)
    beside(office, 4)
    html = page(client, office.people["city"], urut="-nko")
    assert "2 dari 5 perangkat daerah sudah dihitung" in html
    assert html.count("dihitung…") == 3
    assert 'hx-trigger="load"' in html
    assert f"{reverse('city', args=[YEAR])}?urut=-nko" in html
    assert reverse("city_csv", args=[YEAR]) not in html
    for name in ("city_csv", "city_xlsx"):
        waiting = client.get(reverse(name, args=[YEAR]))
        assert waiting.status_code in (200, 302)
    html = page(client, office.people["city"])
    assert "sudah dihitung" not in html
    assert reverse("city_csv", args=[YEAR]) in html


def test_a_file_waits_for_the_agencies_that_are_not_known(client, office, monkeypatch):
    monkeypatch.setattr(lines, "AT_ONCE", 0)
    client.force_login(office.people["city"])
    for name in ("city_csv", "city_xlsx"):
        assert client.get(reverse(name, args=[YEAR])).url == reverse("city", args=[YEAR])


def test_only_what_changed_is_worked_out_again(office, monkeypatch):
    others = beside(office, 2)
    assert read().pending == 0
    asked = []
    real = lines.summarise
    monkeypatch.setattr(lines, "summarise", lambda year, on: asked.append(year.agency) or real(year, on))
    read()
    assert asked == []
    before = {line.agency: line.summary for line in read().lines}
    row = QuarterlyRealisation.objects.filter(line__unit__agency=others[0].agency).first()
    QuarterlyRealisation.objects.filter(pk=row.pk).update(amount_rp=Decimal(999))
    after = {line.agency: line.summary for line in read().lines}
    assert asked == [others[0].agency]
    assert {agency for agency in after if after[agency] != before[agency]} == {others[0].agency}
    make(QuarterException, unit_quarter=office.quarter(office.village))
    read()
    assert asked == [others[0].agency, office.agency]
    read(TODAY + timedelta(days=1))
    assert len(asked) == 5


def test_stamps_read_together_are_those_read_alone(office):
    make_office("kota-lain")
    beside(office, 1)
    agencies = list(Agency.objects.exclude(slug=SLUG))
    with CaptureQueriesContext(connection) as seen:
        together = data_fingerprints(agencies, YEAR)
    assert len(seen) == 1
    assert together == {agency.pk: data_fingerprint(agency, YEAR) for agency in agencies}
    assert len(set(together.values())) == 3
    ScoringPolicy.objects.filter(government=office.agency.government).update(name="Lain")
    changed = data_fingerprints(agencies, YEAR)
    same = {agency.slug for agency in agencies if changed[agency.pk] == together[agency.pk]}
    assert same == {"kota-lain"}
    assert data_fingerprints([], YEAR) == {}


# ---------------------------------------------------------------- the table
def names(city, asked: str) -> list[str]:
    return [line.agency.slug for line in Sorting.read(asked).apply(city.lines)]


def test_it_is_sorted_by_every_column_and_what_is_unknown_comes_last(office):
    one, two = beside(office, 2)
    make(AkipEvaluation, agency=one.agency, year=YEAR - 1, score=Decimal(60))
    make(AkipEvaluation, agency=two.agency, year=YEAR - 1, score=Decimal(80))
    city = read()
    assert names(city, "akip") == ["lain-0", "lain-1", "contoh"]
    assert names(city, "-akip") == ["lain-1", "lain-0", "contoh"]
    assert names(city, "-nama") == ["lain-1", "lain-0", "contoh"]
    assert names(city, "tidak-ada") == names(city, "nama") == ["contoh", "lain-0", "lain-1"]
    issue(one.agency, 1, TODAY)
    ReportingYear.objects.filter(agency=two.agency).delete()
    city = read()
    assert names(city, "laporan") == ["contoh", "lain-0", "lain-1"]
    assert names(city, "-laporan") == ["lain-0", "contoh", "lain-1"]


def test_a_heading_asks_for_the_other_way(client, office):
    beside(office, 1)
    html = page(client, office.people["city"])
    assert 'href="?urut=-nama"' in html
    assert 'href="?urut=nko"' in html
    assert 'href="?urut=-perhatian"' in html
    assert 'aria-sort="ascending"' in html
    html = page(client, office.people["city"], urut="-perhatian")
    assert 'href="?urut=perhatian"' in html
    assert 'aria-sort="descending"' in html


def test_the_file_holds_numbers(client, office):
    make(AkipEvaluation, agency=office.agency, year=YEAR - 1, score=Decimal("80.25"))
    ReportingYear.objects.filter(agency=beside(office, 1)[0].agency).delete()
    due(date(2026, 2, 28), office.agency)
    client.force_login(office.people["city"])
    answer = client.get(reverse("city_csv", args=[YEAR]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text), delimiter=";")
    assert tuple(head) == HEADINGS
    row = dict(zip(head, first, strict=True))
    assert row["Nilai AKIP"] == "80,25"
    assert row["Predikat AKIP"] == "A"
    assert row["Serapan (%)"] == read().known[0].absorption.printed
    assert row["Keterangan serapan"] == "Sementara"
    assert row["Keterangan NKO"] == "realisasi belum ada"
    assert row["TW I"] == "2 dikunci"
    assert row["Edisi LKjIP"] == ""
    assert row["Batas LKjIP"] == "2026-02-28"
    assert row["Hari terlambat"] == str((timezone.localdate() - date(2026, 2, 28)).days)
    assert second[0] == "Kecamatan Lain-0"
    assert set(second[2:]) == {""}
    book = load_workbook(io.BytesIO(client.get(reverse("city_xlsx", args=[YEAR])).content))
    cells = dict(zip(HEADINGS, [cell.value for cell in book.active[2]], strict=True))
    assert cells["Nilai AKIP"] == 80.25
    assert isinstance(cells["Perlu perhatian"], int)


# ---------------------------------------------------------------- above and below it
def test_the_headlines_count_reports_and_say_over_how_many_the_mean_is(office):
    one, two, free = beside(office, 3)
    due(date(2027, 2, 28), office.agency, one.agency, two.agency)
    issue(one.agency, 1, date(2027, 2, 28))
    issue(one.agency, 2, date(2027, 5, 1))
    issue(two.agency, 1, date(2027, 3, 2))
    issue(free.agency, 1, date(2027, 5, 2))
    city = read(date(2027, 6, 1))
    reported, late, mean, calls = headlines(city, 1)
    assert reported["value"] == "3 dari 4"
    assert reported["hint"] == "1 tepat waktu; 1 belum menetapkan batas"
    assert late["value"] == "2"
    assert late["hint"] == "1 belum terbit, 1 terbit setelah batas"
    assert mean["missing"] == "Belum ada NKO yang dapat dihitung."
    assert calls["value"] == "1"
    by_slug = {line.agency.slug: line.report for line in city.lines}
    assert by_slug["contoh"].overdue == 93
    assert (by_slug["lain-0"].number, by_slug["lain-0"].is_in_time) == (2, True)
    assert by_slug["lain-1"].deadline.issued_late == 2


def test_no_mean_over_governments_with_policies_of_their_own(office):
    make_office("kota-lain")
    assert [stat["label"] for stat in headlines(read(), 0)] == [
        f"LKjIP {YEAR} terbit",
        "Terlambat",
        "Perlu dihubungi",
    ]


def test_the_mean_and_the_distribution_of_scores(palaran, tmp_path):
    assert distribution(read(year=2025, slug=SLUG)) == {}
    copy_agencies(tmp_path, 2)
    city = read(year=2025, government=palaran.government)
    mean = next(stat for stat in headlines(city, 0) if stat["label"] == "Rata-rata NKO")
    assert (mean["value"], mean["provisional"]) == ("41,92", False)
    assert mean["hint"] == "Rata-rata sederhana 3 dari 3 perangkat daerah"
    drawn = distribution(city)
    assert "<svg" in drawn["svg"]
    rows = [[cell["text"] for cell in row["cells"]] for row in drawn["table"]["rows"]]
    assert [row for row in rows if row[1] != "0"] == [["Kurang", "3"]]


def test_who_is_called_first_and_whom_to_ask(office):
    late, quiet, closed = beside(office, 3)
    UnitQuarter.objects.filter(unit__agency=late.agency, quarter=4).update(
        entry_opens=TODAY - timedelta(days=40), entry_closes=TODAY - timedelta(days=10)
    )
    UnitQuarter.objects.filter(unit=quiet.village, quarter=4).update(
        state=RowState.VERIFIED,
        entry_opens=TODAY - timedelta(days=40),
        entry_closes=TODAY - timedelta(days=2),
        review_closes=TODAY - timedelta(days=1),
    )
    ReportingYear.objects.filter(agency=closed.agency).delete()
    Membership.objects.filter(user=closed.people["admin"]).delete()
    found = contacts(read().lines, YEAR)
    assert [call.agency.slug for call in found] == ["lain-2", "lain-0", "lain-1"]
    unopened, overdue, review = (call.points[0] for call in found)
    assert (unopened.kind, unopened.who) == ("Belum ada data", "Admin instansi")
    assert overdue.kind == "Isian tertinggal"
    assert overdue.who == str(late.people["planner"])
    assert overdue.text.startswith("2 triwulan unit lewat batas dan belum diajukan: Kantor lain-0 TW IV")
    assert review.kind == "Pemeriksaan terlambat"
    assert "menunggu pengesahan" in review.text
    assert review.who == str(quiet.people["head"])
    due(date(2027, 2, 28), quiet.agency)
    found = contacts(read(date(2027, 3, 1)).lines, YEAR)
    assert found[0].agency == quiet.agency
    assert found[0].points[0].kind == "LKjIP terlambat"
    assert "terlambat 1 hari" in found[0].points[0].text
    make(QuarterException, unit_quarter=late.quarter(late.office), valid_until=TODAY)
    text = contacts(read().lines, YEAR)[1].points[0].text
    assert text == "1 triwulan unit lewat batas dan belum diajukan: Kelurahan lain-0 TW IV."
