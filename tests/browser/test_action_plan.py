"""The action plan in a real browser: keys as in a spreadsheet, a block pasted, a mistake mended."""

import pytest
from playwright.sync_api import expect

from sakip.models import Target, TargetKind, User
from tests.browser.sound import arrive, faults_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/palaran/2026/rencana-aksi/bukuan/"
PASTE = """(box, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])
def test_the_planner_sets_targets(open_page, sign_in, page_errors, width, height):
    page = open_page(width, height)
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(PAGE)
    boxes = page.locator(".en-box input")
    first, second = boxes.nth(0), boxes.nth(1)
    first.focus()
    page.keyboard.type("dua")
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    second.evaluate(PASTE, "5\n6")
    expect(boxes.nth(2)).to_have_value("6")
    arrive(page.get_by_role("button", name="Simpan").first)
    notice = page.get_by_role("alert").filter(has_text="yang berikut belum")
    expect(notice).to_be_focused()
    expect(first).to_have_value("dua")
    assert faults_on(page) == []

    first.fill("2")
    arrive(page.get_by_role("button", name="Simpan").first)
    expect(page.get_by_text("1 target tersimpan.")).to_be_visible()
    expect(first).to_have_value("2")
    planned = Target.objects.filter(
        kind=TargetKind.ACTION_PLAN, year=2026, quarter=4, indicator__unit__slug="bukuan"
    )
    assert sorted(planned.values_list("value", flat=True))[:3] == [2, 5, 6]
    page_errors[:] = [error for error in page_errors if "422" not in error]


def test_what_was_typed_is_not_left_unasked(page, sign_in):
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(PAGE)
    page.locator(".en-box input").first.fill("3")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
