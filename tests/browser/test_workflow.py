"""The bar of the workflow in a real browser: Bukuan's open quarter from the first figure to the lock."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from budget.models import QuarterlyRealisation
from reporting.management.commands.demo import PASSWORD
from sakip.models import RowState, Transition, UnitQuarter, User
from tests.browser.keyboard import follow, reach, write
from tests.sakip.evidence_files import noisy_jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRY = "/palaran/2026/realisasi/bukuan/tw-4/"
INBOX = "/palaran/2026/tugas/"
SUB = "Peningkatan Efektifitas Kegiatan Pemerintahan di Tingkat Kecamatan"
AMOUNT = "1.234.567"
REASON = "Realisasi tidak sesuai dengan SP2D bulan Desember."


@pytest.fixture
def desk_of(open_page, live_server) -> Callable[..., Page]:
    """A page of somebody's own, on a desk or in a hand; each with a session that outlives the others'."""

    def desk_of(username: str, width: int, height: int) -> Page:
        page = open_page(width, height)
        client = Client()
        client.force_login(User.objects.get(username=username))
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return desk_of


def log_in(page: Page, username: str) -> None:
    page.goto("/masuk/")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    # Each role has a page of its own to start from.
    start = re.compile("Kecamatan Palaran|Kelurahan Bukuan|Kelengkapan isian")
    expect(page.get_by_role("heading", level=1, name=start)).to_be_visible()


def fill_in(page: Page) -> None:
    """From the home page into every cell, one after the other."""
    follow(page, page.get_by_role("link", name="Isi TW IV Kelurahan Bukuan"))
    expect(page).to_have_url(re.compile(ENTRY))
    cells = page.locator(".en-box input")
    names = [name or "" for name in cells.evaluate_all("boxes => boxes.map(box => box.name)")]
    reach(page, cells.first)
    for name in names:
        assert page.evaluate("document.activeElement.name") == name
        page.keyboard.type(AMOUNT if name.endswith("-amount") else "100" if "physical" in name else "1")
        page.keyboard.press("Tab")
    all_saved(page)
    expect(page.locator("#ringkas")).to_contain_text(re.compile(r"8\s*dari 8 baris"))


def all_saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")


def prove(page: Page) -> None:
    """A photo to the first row, and back to the grid."""
    photo: FilePayload = {"name": "Kuitansi.jpg", "mimeType": "image/jpeg", "buffer": noisy_jpeg()}
    # Before the key is pressed the browser must know that its own window for files stays shut.
    page.on("filechooser", lambda chooser: chooser.set_files(photo))
    follow(page, page.get_by_role("link", name="Bukti dukung").first, "Shift+Tab")
    reach(page, page.locator("#id_uploads"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen]")).to_contain_text("Kuitansi.jpg")
    follow(page, page.get_by_role("button", name="Lampirkan", exact=True))
    expect(page.get_by_text("Terlampir: 1 bukti.")).to_be_visible()
    no_sideways_scroll(page)
    follow(page, page.get_by_role("link", name="Kembali ke isian"))
    expect(page.get_by_role("link", name=re.compile("^Bukti dukung .*: 1")).first).to_be_visible()


def submit(page: Page, label: str = "Ajukan") -> None:
    """Through the page of checks; what is unusual is explained."""
    follow(page, page.get_by_role("link", name=label, exact=True))
    button = page.get_by_role("button", name=label, exact=True)
    expect(button).to_be_visible()
    for note in page.get_by_role("textbox").all():
        reach(page, note)
        write(page, "Sesuai dokumen pencairan akhir tahun.")
    follow(page, button)
    expect(page.locator("#pesan")).to_contain_text("telah diajukan")


def decide(page: Page, button: str, done: str) -> None:
    """A step from the inbox, with its question answered."""
    page.goto(INBOX)
    page.get_by_role("link", name="Kelurahan Bukuan, triwulan IV", exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#pesan")).to_contain_text(f"telah {done}")


def in_report(page: Page) -> list[str]:
    """The row of the report's table 3.8 of Bukuan's first sub-activity, cell by cell."""
    page.goto("/palaran/2026/lkjip/")
    row = page.locator("tr", has_text=SUB).filter(has_text="Kelurahan Bukuan").filter(has_text="Rp")
    return [" ".join(text.split()) for text in row.first.locator("td").all_text_contents()]


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])
def test_a_quarter_goes_its_whole_way(open_page, desk_of, settings, tmp_path, width, height):
    """The operator touches nothing but the keyboard."""
    settings.MEDIA_ROOT = tmp_path
    operator = open_page(width, height)
    log_in(operator, "operator.bukuan")
    verifier = desk_of("perencana", width, height)
    head = desk_of("camat", width, height)
    quarter = UnitQuarter.objects.get(unit__slug="bukuan", year=2026, quarter=4)
    assert AMOUNT not in in_report(head)

    # Not before everything is filled in.
    operator.goto(f"{ENTRY}ajukan/")
    expect(operator.get_by_text("Belum dapat diajukan")).to_be_visible()
    expect(operator.get_by_role("button", name="Ajukan", exact=True)).to_have_count(0)
    operator.goto("/palaran/2026/")
    fill_in(operator)
    no_sideways_scroll(operator)
    prove(operator)
    submit(operator)
    expect(operator.locator(".en-box input")).to_have_count(0)
    assert AMOUNT in in_report(head)

    # The verifier gives one row back, not without a reason.
    verifier.goto(INBOX)
    verifier.get_by_role("link", name="Kelurahan Bukuan, triwulan IV", exact=True).click()
    verifier.get_by_role("checkbox").first.check()
    no_sideways_scroll(verifier)
    bar = verifier.get_by_role("form", name="Kembalikan baris bertanda")
    bar.get_by_role("button", name="Kembalikan baris bertanda").click()
    assert bar.get_by_label("Alasan").evaluate("box => !box.validity.valid")
    bar.get_by_label("Alasan").fill(REASON)
    bar.get_by_role("button", name="Kembalikan baris bertanda").click()
    expect(verifier.locator("#pesan")).to_contain_text("telah dikembalikan")
    assert (
        Transition.objects.filter(unit_quarter=quarter, row_id__isnull=False, to_state="returned").count()
        == 1
    )

    # The operator finds the reason, mends that row alone, and submits again.
    operator.goto(INBOX)
    expect(operator.get_by_text(REASON)).to_be_visible()
    no_sideways_scroll(operator)
    follow(operator, operator.get_by_role("link", name="Kelurahan Bukuan, triwulan IV", exact=True))
    expect(operator.get_by_text("1 baris perlu diperbaiki")).to_be_visible()
    boxes = operator.locator(".en-box input")
    returned = QuarterlyRealisation.objects.get(unit_quarter=quarter, state=RowState.RETURNED)
    expect(boxes).to_have_count(2)
    reach(operator, operator.locator(f"#l{returned.line_id}-amount"))
    operator.keyboard.type("2.500.000")
    operator.keyboard.press("Enter")
    all_saved(operator)
    # Esc lets the next Shift+Tab leave the grid.
    operator.keyboard.press("Escape")
    reach(operator, operator.get_by_role("link", name="Ajukan kembali", exact=True), "Shift+Tab")
    submit(operator, "Ajukan kembali")
    returned.refresh_from_db()
    assert returned.amount.number == 2_500_000

    decide(verifier, "Verifikasi", "diverifikasi")
    decide(head, "Sahkan", "disahkan")
    decide(verifier, "Kunci", "dikunci")
    no_sideways_scroll(verifier)
    quarter.refresh_from_db()
    assert quarter.state == RowState.LOCKED

    # The lock says why and who can open it; the figures of the office have followed.
    operator.goto(ENTRY)
    expect(operator.get_by_text("Perencana dapat membukanya kembali dengan alasan")).to_be_visible()
    expect(operator.locator(".sk-timeline")).to_contain_text(REASON)
    assert "2.500.000" in in_report(head)
    assert AMOUNT not in in_report(head)
    operator.goto(f"/palaran/2026/riwayat/?data=budget.quarterlyrealisation:{returned.pk}")
    expect(operator.locator(".wf-history")).to_contain_text("2.500.000")
    expect(operator.locator(".wf-history")).to_contain_text(re.compile("Dikunci"))
    no_sideways_scroll(operator)
