"""A quarter's meeting in a real browser: papers saved, a follow-up reported with a photo and accepted."""

import pytest
from playwright.sync_api import expect

from sakip.models import ActionState, AgreedAction, User
from tests.browser.sound import arrive, faults_on
from tests.sakip.evidence_files import noisy_jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RAPAT = "/palaran/2026/rapat/"
SIZES = pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)], ids=["desk", "phone"])


def late_action() -> AgreedAction:
    """What the second quarter's meeting asked of Kelurahan Simpang Pasir."""
    return AgreedAction.objects.get(
        meeting__agency__slug="palaran", meeting__quarter=2, unit__slug="simpang-pasir"
    )


@SIZES
def test_a_follow_up_is_reported_and_accepted(open_page, sign_in, settings, tmp_path, width, height):
    settings.MEDIA_ROOT = tmp_path
    page = open_page(width, height)
    sign_in(page, User.objects.get(username="operator.simpang-pasir"))
    page.goto("/palaran/2026/tugas/")
    assert faults_on(page) == []
    arrive(page.get_by_role("link", name="Menyiapkan lokasi pengganti"))
    assert faults_on(page) == []
    page.get_by_label("Apa yang telah dikerjakan").fill("Lokasi pengganti siap.")
    photo = {"name": "lokasi.jpg", "mimeType": "image/jpeg", "buffer": noisy_jpeg()}
    page.get_by_label("Berkas", exact=False).set_input_files([photo])
    page.get_by_role("button", name="Laporkan selesai").click()
    expect(page.get_by_text("menunggu pemeriksaan perencana")).to_be_visible()
    assert late_action().state == ActionState.REPORTED

    reviewer = open_page(width, height)
    sign_in(reviewer, User.objects.get(username="perencana"))
    reviewer.goto(f"{RAPAT}tw-3/")
    reviewer.get_by_role("link", name="Menyiapkan lokasi pengganti").click()
    with reviewer.expect_download() as proof:
        reviewer.get_by_role("link", name="lokasi.jpg").click()
    assert proof.value.suggested_filename == "lokasi.jpg"
    reviewer.get_by_role("button", name="Kembalikan").click()
    expect(reviewer.get_by_role("dialog")).to_be_visible()
    assert faults_on(reviewer) == []
    reviewer.keyboard.press("Escape")
    reviewer.get_by_role("button", name="Terima").click()
    expect(reviewer.get_by_text("Laporan diterima")).to_be_visible()
    assert late_action().state == ActionState.DONE


@SIZES
def test_the_planner_makes_the_minutes_final(open_page, sign_in, width, height):
    page = open_page(width, height)
    sign_in(page, User.objects.get(username="perencana"))
    page.goto(RAPAT)
    assert faults_on(page) == []
    arrive(page.get_by_role("link", name="Triwulan III", exact=True))
    assert faults_on(page) == []
    for name in ("PDF Undangan", "DOCX Notulen"):
        with page.expect_download() as paper:
            page.get_by_role("link", name=name).click()
        assert paper.value.suggested_filename.endswith(name.partition(" ")[0].lower())

    arrive(page.get_by_role("link", name="Ubah rapat"))
    assert faults_on(page) == []
    page.get_by_label("Nomor undangan").fill("005/311/2026")
    page.get_by_label("Kehadiran peserta 12").select_option("Hadir")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("tersimpan.")).to_be_visible()
    expect(page.get_by_text("13 hadir dari 13 yang diundang")).to_be_visible()

    page.get_by_role("button", name="Jadikan final").click()
    page.get_by_role("dialog").get_by_role("button", name="Jadikan final").click()
    expect(page.get_by_text("Angka di dalamnya tidak berubah lagi")).to_be_visible()
    expect(page.get_by_role("button", name="Buka kembali").first).to_be_visible()
