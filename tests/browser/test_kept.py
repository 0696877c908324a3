"""What was written is not lost with the session: it stands in its form again after the log-in."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reporting.actions.narratives import write_narrative
from reporting.models import Narrative
from sakip.models import Agency, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECTION = "/palaran/2025/lkjip/naskah/IV.B/"
WORDS = "Kalimat panjang yang tidak boleh hilang."


@pytest.fixture
def lost(page: Page, sign_in) -> Page:
    """The planner sent a text after the session had ended, and stands before the log-in."""
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(SECTION)
    page.get_by_label("Naskah").fill(WORDS)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    page.wait_for_load_state()
    return page


def test_what_was_sent_after_the_session_ended_is_there_after_the_log_in(lost: Page, sign_in):
    sign_in(lost, User.objects.get(username="perencana"))
    lost.goto(SECTION)
    expect(lost.get_by_label("Naskah")).to_have_value(WORDS)
    expect(lost.get_by_text("Belum tersimpan.")).to_be_visible()
    lost.get_by_role("button", name="Simpan").click()
    expect(lost.get_by_text("Naskah bagian IV.B tersimpan.")).to_be_visible()
    lost.goto(SECTION)
    expect(lost.get_by_text("Belum tersimpan.")).to_have_count(0)


def test_nobody_else_reads_it(lost: Page, sign_in):
    planner = User.objects.get(username="perencana")
    planner.first_name = "Orang Lain"
    planner.save()
    sign_in(lost, planner)
    lost.goto(SECTION)
    expect(lost.get_by_label("Naskah")).to_have_value("")


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten(lost: Page, sign_in, page_errors):
    planner = User.objects.get(username="perencana")
    agency, at = Agency.objects.get(slug="palaran"), timezone.now()
    write_narrative(
        agency=agency, year=2025, section="IV.B", text="Dari rekan.", version=0, by=planner, at=at
    )
    sign_in(lost, planner)
    lost.goto(SECTION)
    expect(lost.get_by_label("Naskah")).to_have_value(WORDS)
    lost.get_by_role("button", name="Simpan").click()
    expect(lost.get_by_text("sementara itu ditulis orang lain").first).to_be_visible()
    assert Narrative.objects.get(agency=agency, year=2025, section="IV.B").text == "Dari rekan."
    assert all("422" in error for error in page_errors)
    page_errors.clear()
