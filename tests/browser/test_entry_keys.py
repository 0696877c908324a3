"""The entry grid by keyboard, by paste and without a connection: the demo's operator of Bukuan."""

import re

import pytest
from playwright.sync_api import Page, expect

from budget.models import QuarterlyRealisation
from sakip.models import Measurement, User
from sakip.scoring.values import NIHIL, NOT_APPLICABLE, Measured

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRY = "/palaran/2026/realisasi/bukuan/tw-4/"
# Puts a block on the clipboard's event, as a spreadsheet does.
PASTE = """(box, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def desk(page: Page, sign_in) -> Page:
    page.set_default_timeout(40_000)
    sign_in(page, User.objects.get(username="operator.bukuan"))
    page.goto(ENTRY)
    return page


def names(page: Page) -> list[str]:
    return page.locator(".en-box input").evaluate_all("boxes => boxes.map(box => box.name)")


def lines(page: Page) -> list[int]:
    """The keys of the budget lines, from the top."""
    return [int(found[1]) for name in names(page) if (found := re.fullmatch(r"l(\d+)-amount", name))]


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")


def stored(line: int) -> QuarterlyRealisation:
    return QuarterlyRealisation.objects.get(line_id=line, unit_quarter__quarter=4)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name")


def test_a_whole_quarter_by_keyboard(desk):
    """Tab from cell to cell fills every one of them; nothing is clicked."""
    every = names(desk)
    desk.locator(f"#{every[0]}").focus()
    for name in every:
        assert focused(desk) == name
        if name.endswith("-physical"):
            desk.keyboard.type("100")
        else:
            desk.keyboard.type("2500000" if name.endswith("-amount") else "1")
        desk.keyboard.press("Tab")
    assert focused(desk) not in every
    saved(desk)
    rows = QuarterlyRealisation.objects.filter(
        unit_quarter__unit__slug="bukuan", unit_quarter__year=2026, unit_quarter__quarter=4
    )
    assert {(row.amount, row.physical) for row in rows} == {(Measured.of(2_500_000), Measured.of(100))}
    assert rows.count() == sum(name.endswith("-amount") for name in every)
    measured = Measurement.objects.filter(
        unit_quarter__unit__slug="bukuan", unit_quarter__year=2026, unit_quarter__quarter=4
    )
    assert {row.measured for row in measured} == {Measured.of(1)}
    assert measured.count() == sum(name.endswith("-value") for name in every)


def test_keys_move_and_esc_gives_back(desk):
    first, second = lines(desk)[:2]
    desk.locator(f"#l{first}-amount").focus()
    desk.keyboard.type("123")
    desk.keyboard.press("Escape")
    expect(desk.locator(f"#l{first}-amount")).to_have_value("")
    desk.keyboard.press("ArrowRight")
    assert focused(desk) == f"l{first}-physical"
    desk.keyboard.press("ArrowDown")
    assert focused(desk) == f"l{second}-physical"
    desk.keyboard.press("ArrowLeft")
    below = focused(desk)
    assert below != f"l{second}-physical"
    desk.locator(f"#l{second}-physical").focus()
    desk.keyboard.press("Shift+Enter")
    assert focused(desk) == f"l{first}-physical"
    desk.keyboard.type("25")
    # While a cell is edited, the arrows move its caret first.
    desk.keyboard.press("ArrowLeft")
    assert focused(desk) == f"l{first}-physical"
    desk.keyboard.press("Enter")
    assert focused(desk) == f"l{second}-physical"
    saved(desk)
    assert stored(first).physical == Measured.of(25)
    assert stored(first).amount.is_missing


def test_a_block_from_a_spreadsheet_fills_cells(desk, page_errors):
    """Words and numbers are kept apart, and a doubtful cell is asked about while its neighbours are saved."""
    every = names(desk)
    first = lines(desk)[0]
    below = every[every.index(f"l{first}-physical") + 1]
    box = desk.locator(f"#l{first}-amount")
    box.focus()
    box.evaluate(PASTE, "1.250.000\t60\ntb\t\n")
    expect(box).to_have_value("1.250.000")
    saved(desk)
    assert (stored(first).amount, stored(first).physical) == (Measured.of(1_250_000), Measured.of(60))
    if below.startswith("m"):
        row = Measurement.objects.get(indicator_id=int(below[1:].partition("-")[0]), unit_quarter__quarter=4,
                                      unit_quarter__unit__slug="bukuan", unit_quarter__year=2026)  # fmt: skip
        assert row.measured == NOT_APPLICABLE
    else:
        assert stored(int(below[1:].partition("-")[0])).amount == NOT_APPLICABLE

    box.evaluate(PASTE, "1,234,567.89\t-")
    wrong = desk.locator(f"#l{first}-amount-salah")
    expect(wrong).to_contain_text("dapat berarti" if wrong.count() > 1 else "berarti")
    asked = desk.locator(f"#l{first}-physical-salah")
    expect(asked).to_contain_text("Pilih yang dimaksud")
    asked.get_by_role("button", name="nihil", exact=True).click()
    expect(asked).to_be_empty()
    assert stored(first).physical == NIHIL
    assert stored(first).amount == Measured.of(1_250_000)
    assert page_errors
    assert all("422" in error for error in page_errors)
    page_errors.clear()


def test_the_keyboard_jumps_to_the_first_empty_cell_and_answers_a_question(desk, page_errors):
    """Without a mouse: past the menu at once, and to what a foreign number may have meant."""
    first = lines(desk)[0]
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Langsung ke sel kosong pertama")).to_be_focused()
    desk.keyboard.press("Enter")
    assert focused(desk) == f"l{first}-amount"
    desk.keyboard.type("1,234,567.89")
    desk.keyboard.press("Tab")
    wrong = desk.locator(f"#l{first}-amount-salah")
    expect(wrong).to_contain_text("tampaknya berarti 1234567,89")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Tab")
    expect(wrong.get_by_role("button", name="1234567,89")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(wrong).to_be_empty()
    expect(desk.locator(f"#l{first}-amount")).to_be_focused()
    saved(desk)
    assert str(stored(first).amount.number) == "1234567.89"
    desk.reload()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    assert focused(desk) == f"l{first}-physical"
    assert all("422" in error for error in page_errors)
    page_errors.clear()


def test_what_was_typed_without_a_connection_is_sent_later(desk, page_errors):
    first = lines(desk)[0]
    desk.context.set_offline(True)
    desk.locator(f"#l{first}-amount").fill("4.000.000")
    desk.locator(f"#l{first}-amount").press("Tab")
    note = desk.locator(f"[data-cell-note='l{first}-amount']")
    expect(note).to_have_text("menunggu koneksi")
    expect(desk.locator("[data-save-state]")).to_have_attribute("data-save-state", "offline")
    desk.keyboard.type("75")
    desk.keyboard.press("Tab")
    desk.context.set_offline(False)
    saved(desk)
    assert (stored(first).amount, stored(first).physical) == (Measured.of(4_000_000), Measured.of(75))
    assert page_errors
    assert all("ERR_INTERNET_DISCONNECTED" in error for error in page_errors)
    page_errors.clear()


def test_a_page_closed_without_a_connection_loses_nothing_and_overwrites_nobody(desk, page_errors):
    """The first cell was left before the page went, the second was still being typed; somebody else filled in
    the first meanwhile."""
    first = lines(desk)[0]
    desk.context.set_offline(True)
    desk.locator(f"#l{first}-amount").fill("4.000.000")
    desk.locator(f"#l{first}-amount").press("Tab")
    expect(desk.locator(f"[data-cell-note='l{first}-amount']")).to_have_text("menunggu koneksi")
    desk.keyboard.type("75")
    desk.close()
    quarter = stored(first).unit_quarter if QuarterlyRealisation.objects.filter(
        line_id=first, unit_quarter__quarter=4).exists() else None  # fmt: skip
    assert quarter is None or stored(first).amount.is_missing
    page_errors.clear()

    from django.utils import timezone

    from budget.actions.entry import save_entries
    from budget.models import BudgetLine
    from sakip.actions.measurement import Edit
    from sakip.models import UnitQuarter
    from sakip.scoring.values import MISSING

    save_entries(
        unit_quarter=UnitQuarter.objects.get(unit__slug="bukuan", year=2026, quarter=4),
        realisations={BudgetLine.objects.get(pk=first): {"amount": Edit(MISSING, Measured.of(9))}},
        measurements={},
        by=User.objects.get(username="perencana"),
        at=timezone.now(),
    )
    again = desk.context.new_page()
    desk.context.set_offline(False)
    again.goto(ENTRY)
    said = again.locator(f"#l{first}-amount-salah")
    expect(said).to_contain_text("diisi orang lain: 9")
    assert stored(first).amount == Measured.of(9)
    expect(again.locator(f"#l{first}-physical")).to_have_value("75")
    again.locator(f"[data-cell-note='l{first}-physical']").click()
    expect(again.locator(f"[data-cell-note='l{first}-physical']")).to_have_text("tersimpan")
    said.get_by_role("button", name="Pakai isian saya").click()
    saved(again)
    assert (stored(first).amount, stored(first).physical) == (Measured.of(4_000_000), Measured.of(75))
    assert page_errors
    assert all("422" in error for error in page_errors)
    page_errors.clear()
