"""Ten tasks as a new user would try them: with real clicks from the home page, counted, none over four.

Typing and Tab are free; every press of the mouse counts, in a list of choices too. The counts are compared
with those that `docs/design.md` prints.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from reporting.actions import jobs
from sakip.models import Evidence, QuarterException, RowState, Transition, UnitQuarter, User
from tests.browser.bukuan import HOME, bring_to
from tests.sakip.evidence_files import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 4
QUARTER = "Kelurahan Bukuan, triwulan IV"


class Hand:
    """Clicks and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def link(self, name: str | re.Pattern[str], exact: bool = True) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=exact).first)

    def button(self, name: str | re.Pattern[str]) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def room(self, name: str) -> None:
        """A room of the menu at the side; how much waits there is part of its name."""
        menu = self.page.get_by_role("navigation", name="Menu utama")
        self.click(menu.get_by_role("link", name=re.compile(f"^{name}")))


Task = Callable[[Hand], None]
TASKS: dict[str, tuple[str, RowState, Task]] = {}


def task(name: str, username: str, state: RowState = RowState.DRAFT) -> Callable[[Task], Task]:
    """A task of somebody, tried while Bukuan's open quarter is in that state."""

    def register(function: Task) -> Task:
        TASKS[name] = (username, state, function)
        return function

    return register


@task("find the weakest unit", "camat")
def find_the_weakest_unit(hand: Hand) -> None:
    hand.click(hand.page.locator(".hm-stats a[href$='/angka/budget.absorption/']").first)
    expect(hand.page.locator("#serapan-unit")).to_be_visible()
    texts = hand.page.locator("#serapan-unit tbody tr").all_inner_texts()
    shares = {text.split("\t")[0]: float(text.split()[-1].rstrip("%").replace(",", ".")) for text in texts}
    assert len(shares) == len(texts) >= 6
    weakest = min(shares, key=lambda name: shares[name])
    expect(hand.page.locator("#serapan-unit").get_by_text(weakest)).to_be_visible()


@task("approve a quarter", "camat", RowState.VERIFIED)
def approve_a_quarter(hand: Hand) -> None:
    hand.button(f"Sahkan {QUARTER}")
    hand.click(hand.page.get_by_role("dialog").get_by_role("button", name="Sahkan", exact=True))
    expect(hand.page.locator("#pesan")).to_contain_text("telah disahkan")


@task("explain the 41,92", "camat")
def explain_a_figure(hand: Hand) -> None:
    hand.click(hand.page.locator("summary", has_text="Tahun"))
    hand.link("2025")
    hand.click(hand.page.locator("main").get_by_role("link", name=re.compile("41,92")).first)
    expect(hand.page.get_by_role("heading", name="Cara menghitung")).to_be_visible()
    expect(hand.page.locator("main")).to_contain_text("1,53 / 3,65 × 100")


@task("export the report", "perencana")
def export_the_report(hand: Hand) -> None:
    hand.link("Baca LKjIP")
    hand.button("Unduh PDF")
    with hand.page.expect_download() as download:
        hand.link(re.compile("^Unduh PDF"))
    assert download.value.suggested_filename == "lkjip-palaran-2026.pdf"


@task("correct a wrong figure", "operator.bukuan")
def correct_a_figure(hand: Hand) -> None:
    hand.link(re.compile("^Isi TW IV"))
    hand.click(hand.page.locator(".en-box input").first)
    hand.page.keyboard.type("12.500.000")
    hand.page.keyboard.press("Tab")
    expect(hand.page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")


@task("see who entered a figure", "evaluator")
def see_who_entered_a_figure(hand: Hand) -> None:
    hand.room("Realisasi")
    row = hand.page.locator("tbody tr", has_text="Kelurahan Bukuan")
    hand.click(row.get_by_role("link").nth(2))
    hand.click(hand.page.locator(".en-details").first)
    expect(hand.page.get_by_role("heading", name="Siapa mengubah apa")).to_be_visible()
    expect(hand.page.locator("#rincian")).to_contain_text("Operator Kelurahan Bukuan")


@task("attach evidence", "operator.bukuan")
def attach_evidence(hand: Hand) -> None:
    hand.link(re.compile("^Isi TW IV"))
    hand.click(hand.page.locator(".en-evidence").first)
    with hand.page.expect_file_chooser() as chooser:
        hand.click(hand.page.get_by_text("Pilih berkas"))
    chooser.value.set_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    hand.button("Lampirkan")
    expect(hand.page.locator(".ev-list")).to_contain_text("foto.jpg")
    assert Evidence.objects.filter(name="foto.jpg").count() == 1


@task("return a row with a reason", "perencana", RowState.SUBMITTED)
def return_a_row(hand: Hand) -> None:
    hand.room("Tugas")
    hand.link(f"Verifikasi {QUARTER}")
    hand.click(hand.page.get_by_role("checkbox").first)
    bar = hand.page.get_by_role("form", name="Kembalikan baris bertanda")
    bar.get_by_label("Alasan").focus()
    hand.page.keyboard.type("Tidak sesuai dengan SP2D.")
    hand.button("Kembalikan baris bertanda")
    expect(hand.page.locator("#pesan")).to_contain_text("telah dikembalikan")
    assert Transition.objects.filter(reason="Tidak sesuai dengan SP2D.", row_id__isnull=False).count() == 1


@task("extend a unit's window", "perencana")
def extend_a_window(hand: Hand) -> None:
    hand.room("Jadwal")
    choice = hand.page.get_by_label("Triwulan unit")
    row = UnitQuarter.objects.get(unit__slug="bukuan", year=2026, quarter=4)
    # The browser draws the list outside the page: one click opens it, one chooses.
    choice.select_option(str(row.pk))
    hand.clicks += 2
    until = timezone.localdate() + timedelta(days=60)
    hand.page.get_by_label("Dapat diisi sampai").fill(until.isoformat())
    hand.page.get_by_label("Alasan").fill("Dokumen pencairan terlambat diterima.")
    hand.button("Beri perpanjangan")
    assert QuarterException.objects.get().valid_until == until


@task("find a recommendation's follow-up", "evaluator")
def find_a_follow_up(hand: Hand) -> None:
    panel = hand.page.locator(".sk-panel", has_text="Rekomendasi evaluasi")
    expect(panel).to_contain_text(re.compile("belum selesai|selesai ditindaklanjuti"))
    expect(panel.locator("li").first).to_contain_text("Tindak lanjut")


# ---------------------------------------------------------------- the count
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \| (\d+) \|$", re.MULTILINE)


def written_down() -> dict[str, int]:
    """The table of `docs/design.md`: task, clicks."""
    text = (Path(settings.BASE_DIR) / "docs" / "design.md").read_text(encoding="utf-8")
    section = text.partition("## Ten tasks")[2].partition("\n## ")[0]
    return {found[1]: int(found[4]) for found in ROW.finditer(section)}


def test_the_tasks_are_those_written_down():
    counts = written_down()
    assert set(counts) == set(TASKS)
    assert len(counts) == 10
    assert max(counts.values()) <= MOST


@pytest.mark.parametrize("name", TASKS)
def test_a_task_takes_few_clicks(page, sign_in, settings, tmp_path, monkeypatch, name):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(jobs, "render_pdf", lambda document, progress: b"%PDF-1.7")
    username, state, attempt = TASKS[name]
    bring_to(state)
    sign_in(page, User.objects.get(username=username))
    page.goto(HOME)
    hand = Hand(page)
    attempt(hand)
    assert hand.clicks <= MOST
    assert hand.clicks == written_down()[name]
