"""Filling in a quarter by workbook in a real browser: down, changed, up, looked at, applied."""

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from budget.actions.entry import save_entries
from budget.models import BudgetLine, QuarterlyRealisation
from budget.sheets.layout import ENTRY_SHEET, FIRST_ROW, PLACES
from sakip.actions.measurement import Edit
from sakip.models import UnitQuarter, User
from sakip.scoring.values import Measured
from tests.browser.sound import faults_on
from tests.budget.sheet_tools import fill, opened, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRY = "/palaran/2026/realisasi/bukuan/tw-4/"
EXCEL = f"{ENTRY}excel/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def operator() -> User:
    return User.objects.get(username="operator.bukuan")


def open_lines() -> list[BudgetLine]:
    return list(BudgetLine.objects.filter(unit__slug="bukuan", year=2026).order_by("node__sort_order"))


def download(page: Page) -> bytes:
    page.goto(ENTRY)
    page.get_by_role("link", name="Excel", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh Excel").click()
    assert waiting.value.suggested_filename == "isian-palaran-bukuan-2026-tw-4.xlsx"
    return Path(waiting.value.path()).read_bytes()


def upload(page: Page, content: bytes, name: str = "isian.xlsx") -> None:
    page.goto(EXCEL)
    page.get_by_label("Berkas Excel").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="Periksa berkas").click()


def office_sheet() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "e-Dalev"
    sheet.append(["Laporan triwulan"])
    sheet.append(["Kode", "Uraian", "Realisasi (Rp)", "Fisik (%)"])
    for number, line in enumerate(open_lines()[:3]):
        sheet.append([line.node.code, line.node.name, 1_000_000 + number, 50 + number])
    sheet.append(["7.99.99.2.99.9999", "Sub kegiatan yang tidak ada", 5, 5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("width", [1440, 360])
def test_a_workbook_goes_down_and_comes_back(open_page, sign_in, operator, page_errors, width):
    page = open_page(width, 900)
    sign_in(page, operator)
    book = opened(download(page))
    assert faults_on(page) == []
    sheet = book[ENTRY_SHEET]
    first, second = open_lines()[:2]
    fill(sheet, f"l{first.pk}", "amount", 1_234_567.5, "angka")
    fill(sheet, f"l{first.pk}", "obstacle", "Hujan deras")
    fill(sheet, f"l{second.pk}", "physical", "=10*5")
    upload(page, saved(book))
    expect(page.get_by_text("1 sel perlu diperbaiki")).to_be_visible()
    expect(page.get_by_role("button", name="Terapkan")).to_have_count(0)
    assert faults_on(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh berkas bertanda").click()
    book = opened(Path(waiting.value.path()).read_bytes())
    fill(book[ENTRY_SHEET], f"l{second.pk}", "physical", 61, "angka")
    save_entries(
        unit_quarter=UnitQuarter.objects.get(unit__slug="bukuan", year=2026, quarter=4),
        realisations={second: {"physical": Edit(_now(second).physical, Measured.of(40))}},
        measurements={},
        by=User.objects.get(username="perencana"),
        at=timezone.now(),
    )
    upload(page, saved(book))
    expect(page.get_by_text("Sel ini sudah diubah di portal setelah berkas diunduh")).to_be_visible()
    expect(page.get_by_role("table", name=re.compile("2 sel akan berubah"))).to_contain_text("1.234.567,5")
    assert faults_on(page) == []
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_text("1 sel belum dipilih")).to_be_visible()
    assert all("422" in error for error in page_errors)
    page_errors.clear()
    page.get_by_label("Pakai dari berkas").check()
    page.get_by_role("button", name="Terapkan").click()
    expect(page).to_have_url(re.compile(f"{ENTRY}$"))
    expect(page.get_by_text("2 baris berubah")).to_be_visible()
    assert (_now(first).amount, _now(first).obstacle, _now(second).physical) == (
        Measured.of(Decimal("1234567.5")),
        "Hujan deras",
        Measured.of(61),
    )


def _now(line: BudgetLine) -> QuarterlyRealisation:
    quarter = UnitQuarter.objects.get(unit=line.unit, year=2026, quarter=4)
    found = QuarterlyRealisation.objects.filter(unit_quarter=quarter, line=line).first()
    return found or QuarterlyRealisation(unit_quarter=quarter, line=line)


@pytest.mark.parametrize("width", [1440, 360])
def test_an_offices_own_sheet_is_shown_once(open_page, sign_in, operator, width):
    page = open_page(width, 900)
    sign_in(page, operator)
    upload(page, office_sheet(), "edalev.xlsx")
    expect(page.get_by_role("heading", name="Tunjukkan kolomnya")).to_be_visible()
    expect(page.get_by_label("Realisasi Rp triwulan ini saja")).to_have_value("2")
    assert faults_on(page) == []
    page.get_by_role("button", name="Pratinjau").click()
    expect(page.get_by_text("1 baris berkas tidak cocok dan dilewati")).to_be_visible()
    expect(page.get_by_text("7.99.99.2.99.9999")).to_be_visible()
    assert faults_on(page) == []
    upload(page, office_sheet(), "edalev-lagi.xlsx")
    expect(page.get_by_role("heading", name="Pratinjau perubahan")).to_be_visible()
    page.get_by_role("button", name="Batalkan berkas").click()
    expect(page.get_by_text("Berkas dibatalkan; tidak ada yang berubah.")).to_be_visible()


def test_a_file_of_another_kind_is_refused_in_words(page, sign_in, operator, page_errors):
    sign_in(page, operator)
    upload(page, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "lama.xls")
    expect(page.get_by_text("Berkas lama.xls tidak dapat dipakai")).to_be_visible()
    expect(page.get_by_text("format Excel lama (.xls)")).to_be_visible()
    assert faults_on(page) == []
    assert all("422" in error for error in page_errors)
    page_errors.clear()


def test_the_workbook_of_the_real_office_holds_every_row(page, sign_in, operator):
    sign_in(page, operator)
    sheet = opened(download(page))[ENTRY_SHEET]
    keys = [sheet.cell(row, PLACES["kunci"]).value for row in range(FIRST_ROW, sheet.max_row + 1)]
    assert {key for key in keys if key and key.startswith("l")} == {f"l{line.pk}" for line in open_lines()}
    assert sheet["A5"].value.startswith("DATA CONTOH")
