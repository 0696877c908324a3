"""The bar of the workflow in a real browser: Bukuan's open quarter from the first figure to the lock."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from budget.models import QuarterlyRealisation
from sakip.models import RowState, Transition, UnitQuarter, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRY = "/palaran/2026/realisasi/bukuan/tw-4/"
INBOX = "/palaran/2026/tugas/"
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


def fill_in(page: Page) -> None:
    """Every empty box of the page, from one to the next."""
    page.goto(ENTRY)
    for box in page.locator(".en-box input").all():
        if box.input_value():
            continue
        name = box.get_attribute("name") or ""
        if name.endswith("-physical"):
            box.fill("100")
        else:
            box.fill("1.000.000" if name.endswith("-amount") else "1")
    page.get_by_role("button", name="Simpan").click()
    # By now most cells, or all, have been saved one by one.
    expect(page.locator("#pesan")).to_contain_text(re.compile("Tersimpan|Tidak ada yang berubah"))
    expect(page.locator("#ringkas")).to_contain_text(re.compile(r"8\s*dari 8 baris"))


def submit(page: Page, label: str = "Ajukan") -> None:
    """Through the page of checks; what is unusual is explained."""
    page.get_by_role("link", name=label, exact=True).click()
    for note in page.get_by_role("textbox").all():
        note.fill("Sesuai dokumen pencairan akhir tahun.")
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator("#pesan")).to_contain_text("telah diajukan")


def decide(page: Page, button: str, done: str) -> None:
    """A step from the inbox, with its question answered."""
    page.goto(INBOX)
    page.get_by_role("link", name="Kelurahan Bukuan, triwulan IV", exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#pesan")).to_contain_text(f"telah {done}")


def spent(page: Page) -> str:
    """What the report's table of units says about Bukuan."""
    page.goto("/palaran/2026/")
    return page.locator("#serapan-unit tr", has_text="Bukuan").first.text_content() or ""


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])
def test_a_quarter_goes_its_whole_way(desk_of, width, height):
    operator = desk_of("operator.bukuan", width, height)
    verifier = desk_of("perencana", width, height)
    head = desk_of("camat", width, height)
    quarter = UnitQuarter.objects.get(unit__slug="bukuan", year=2026, quarter=4)
    report_before = spent(head)

    # Not before everything is filled in.
    operator.goto(f"{ENTRY}ajukan/")
    expect(operator.get_by_text("Belum dapat diajukan")).to_be_visible()
    expect(operator.get_by_role("button", name="Ajukan", exact=True)).to_have_count(0)
    fill_in(operator)
    no_sideways_scroll(operator)
    submit(operator)
    expect(operator.locator(".en-box input")).to_have_count(0)
    report_submitted = spent(head)
    assert report_submitted != report_before

    # The verifier gives one row back, not without a reason.
    verifier.goto(INBOX)
    verifier.get_by_role("link", name="Kelurahan Bukuan, triwulan IV", exact=True).click()
    verifier.get_by_role("checkbox").first.check()
    no_sideways_scroll(verifier)
    verifier.get_by_role("button", name="Kembalikan baris bertanda").click()
    dialog = verifier.get_by_role("dialog")
    dialog.get_by_role("button", name="Kembalikan", exact=True).click()
    assert dialog.get_by_label("Alasan").evaluate("box => !box.validity.valid")
    dialog.get_by_label("Alasan").fill(REASON)
    dialog.get_by_role("button", name="Kembalikan", exact=True).click()
    expect(verifier.locator("#pesan")).to_contain_text("telah dikembalikan")
    assert (
        Transition.objects.filter(unit_quarter=quarter, row_id__isnull=False, to_state="returned").count()
        == 1
    )

    # The operator finds the reason, mends that row alone, and submits again.
    operator.goto(INBOX)
    expect(operator.get_by_text(REASON)).to_be_visible()
    no_sideways_scroll(operator)
    operator.get_by_role("link", name="Kelurahan Bukuan, triwulan IV", exact=True).click()
    expect(operator.get_by_text("1 baris perlu diperbaiki")).to_be_visible()
    boxes = operator.locator(".en-box input")
    returned = QuarterlyRealisation.objects.get(unit_quarter=quarter, state=RowState.RETURNED)
    expect(boxes).to_have_count(2)
    operator.locator(f"#l{returned.line_id}-amount").fill("2.500.000")
    operator.keyboard.press("Tab")
    expect(operator.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")
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
    assert spent(head) not in (report_before, report_submitted)
    operator.goto(f"/palaran/2026/riwayat/?data=budget.quarterlyrealisation:{returned.pk}")
    expect(operator.locator(".wf-history")).to_contain_text("2.500.000")
    expect(operator.locator(".wf-history")).to_contain_text(re.compile("Dikunci"))
    no_sideways_scroll(operator)
