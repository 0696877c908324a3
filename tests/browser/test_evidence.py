"""Evidence in a real browser: dropped on a desk, photographed with a phone, seen in the page, removed."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from sakip.models import EvidenceRequirement, Measurement
from tests.sakip import evidence_files as made
from tests.world import YEAR, Office, make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a browser does when files are dropped on a page, made in the page itself.
DROP = """([place, files]) => {
  const carried = new DataTransfer();
  for (const [name, type, text] of files) carried.items.add(new File([text], name, {type}));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.querySelector(place).dispatchEvent(
      new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def office(transactional_db, settings, tmp_path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    return make_office()


@pytest.fixture
def address(office) -> str:
    indicator = office.indicator("k-kelurahan-1")
    EvidenceRequirement.objects.create(
        indicator=indicator, kind="foto", minimum=2, description="Sebelum, sesudah"
    )
    return reverse("evidence", args=["contoh", YEAR, "kelurahan", 4, "indikator", indicator.pk])


def photo(name: str = "Gotong royong.jpg") -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.noisy_jpeg()}


def attach(page: Page, *files: dict) -> None:
    page.locator("#id_uploads").set_input_files(list(files))
    page.get_by_role("button", name="Lampirkan").click()


def names(office: Office) -> set[str]:
    row = Measurement.objects.get(indicator=office.indicator("k-kelurahan-1"), unit_quarter__quarter=4)
    return set(row.evidence.values_list("name", flat=True))


def test_from_the_grid_to_the_proof_and_back(page, office, address, sign_in):
    sign_in(page, office.people["operator"])
    page.goto(reverse("entry", args=["contoh", YEAR, "kelurahan", 4]))
    link = page.get_by_role("link", name="Bukti dukung Jumlah dokumen 1: 0 kurang 2")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jumlah dokumen 1")
    expect(page.get_by_text("Foto: 0 dari 2, kurang 2")).to_be_visible()
    pdf = {"name": "Laporan.pdf", "mimeType": "application/pdf", "buffer": made.pdf()}
    attach(page, photo(), pdf)
    expect(page.get_by_text("Terlampir: 2 bukti.")).to_be_visible()
    expect(page.get_by_text("Foto: 1 dari 2, kurang 1")).to_be_visible()
    expect(page.locator("[data-chosen]")).to_be_empty()
    page.get_by_role("link", name="Kembali ke isian").click()
    expect(page.get_by_role("link", name="Bukti dukung Jumlah dokumen 1: 2 kurang 1")).to_be_visible()
    assert names(office) == {"Gotong royong.jpg", "Laporan.pdf"}


def test_files_are_dropped_anywhere_on_the_page(page, office, address, sign_in):
    sign_in(page, office.people["operator"])
    page.goto(address)
    page.evaluate(DROP, ["h1", [["rekap.csv", "text/csv", "a;b"], ["catatan.txt", "text/plain", "Rapat"]]])
    page.evaluate(DROP, ["[data-drop]", [["hadir.txt", "text/plain", "Hadir"]]])
    expect(page.locator("[data-chosen] li")).to_have_text(
        ["rekap.csv (3 bita)", "catatan.txt (5 bita)", "hadir.txt (5 bita)"]
    )
    page.get_by_label("Keterangan").fill("Rapat RT")
    page.get_by_role("button", name="Lampirkan").click()
    expect(page.locator(".ev-item")).to_have_count(3)
    assert names(office) == {"rekap.csv", "catatan.txt", "hadir.txt"}


def test_a_disguised_file_is_refused_in_words_and_the_good_one_stays(
    page, office, address, sign_in, page_errors
):
    sign_in(page, office.people["operator"])
    page.goto(address)
    program = {"name": "Laporan.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(300)}
    attach(page, program, photo())
    notice = page.get_by_role("alert").filter(has_text="1 berkas tidak dapat dilampirkan")
    expect(notice).to_contain_text("Laporan.pdf: Isinya program Windows.")
    expect(notice).to_be_focused()
    expect(page.locator(".ev-item")).to_have_count(1)
    assert names(office) == {"Gotong royong.jpg"}
    assert all("422" in error for error in page_errors), page_errors
    page_errors.clear()


def test_a_file_over_the_limit_is_not_even_sent(page, office, address, sign_in, settings):
    settings.UPLOAD_LIMIT = made.MEGABYTE
    sign_in(page, office.people["operator"])
    page.goto(address)
    large = {"name": "rapat.mp4", "mimeType": "video/mp4", "buffer": bytes(made.MEGABYTE + 1)}
    attach(page, large, photo())
    expect(page.locator(".ev-item")).to_have_count(1)
    page.locator("#id_uploads").set_input_files([large])
    expect(page.locator("[data-chosen]")).to_contain_text(
        "rapat.mp4 (1 MB): lebih besar dari 1 MB, tidak dikirim."
    )
    assert page.evaluate("document.getElementById('id_uploads').files.length") == 0


def test_pictures_and_pdfs_are_seen_in_the_page_when_asked_for(page, office, address, sign_in):
    sign_in(page, office.people["operator"])
    page.goto(address)
    pdf = {"name": "Laporan.pdf", "mimeType": "application/pdf", "buffer": made.pdf()}
    attach(page, photo(), pdf)
    expect(page.locator(".ev-item")).to_have_count(2)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert not any("/tampil/" in url for url in asked)  # nothing large before somebody looks
    small = page.locator(".ev-thumbnail img")
    small.scroll_into_view_if_needed()
    expect(small).to_have_js_property("naturalWidth", 400)
    of_photo = page.locator(".ev-item", has_text="Gotong royong.jpg")
    of_photo.get_by_text("Pratinjau").click()
    expect(of_photo.locator(".ev-preview img")).to_have_js_property("naturalWidth", 400)
    page.locator(".ev-item", has_text="Laporan.pdf").get_by_text("Pratinjau").click()
    with page.expect_response(lambda answer: "/tampil/" in answer.url) as shown:
        page.locator(".ev-preview iframe").scroll_into_view_if_needed()
    assert shown.value.headers["content-type"] == "application/pdf"
    for _ in range(50):
        if any(frame.url.startswith("chrome-extension:") for frame in page.frames):
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail("the browser's viewer did not open the PDF")


def test_its_author_takes_a_piece_away(page, office, address, sign_in):
    sign_in(page, office.people["operator"])
    page.goto(address)
    attach(page, photo())
    item = page.locator(".ev-item")
    item.get_by_text("Hapus", exact=False).first.click()
    page.get_by_role("button", name="Ya, hapus").click()
    expect(page.get_by_text("telah dihapus dari baris ini")).to_be_visible()
    assert names(office) == set()


def test_a_phone_photographs_and_attaches(phone_page, office, address, sign_in):
    sign_in(phone_page, office.people["operator"])
    phone_page.goto(address)
    assert phone_page.evaluate("document.documentElement.scrollWidth") == 360
    camera = phone_page.get_by_text("Ambil foto")
    expect(camera).to_be_visible()
    with phone_page.expect_file_chooser() as chosen:
        camera.tap()
    chosen.value.set_files([photo("IMG_0001.jpg")])
    expect(phone_page.locator("[data-chosen] li")).to_contain_text(["IMG_0001.jpg"])
    with phone_page.expect_file_chooser() as again:
        camera.tap()
    again.value.set_files([photo("IMG_0002.jpg") | {"buffer": made.picture("PNG")}])
    phone_page.get_by_role("button", name="Lampirkan").tap()
    expect(phone_page.locator(".ev-item")).to_have_count(2)
    expect(phone_page.get_by_text("Foto: 2 dari 2")).to_be_visible()
    assert phone_page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_plain_form_does_the_same_work(open_page, office, address, sign_in):
    page = open_page(java_script_enabled=False)
    sign_in(page, office.people["operator"])
    page.goto(address)
    page.locator("#id_uploads").set_input_files([photo(), photo("Lagi.jpg") | {"buffer": made.picture()}])
    page.get_by_label("Tautan").fill("https://contoh.go.id/laporan")
    page.get_by_role("button", name="Lampirkan").click()
    expect(page.get_by_text("Terlampir: 3 bukti.")).to_be_visible()
    page.locator(".ev-item").first.get_by_text("Hapus").first.click()
    page.get_by_role("button", name="Ya, hapus").first.click()
    expect(page.locator(".ev-item")).to_have_count(2)


def test_whoever_only_reads_sees_and_saves(page, office, address, sign_in, tmp_path):
    sign_in(page, office.people["operator"])
    page.goto(address)
    attach(page, photo())
    expect(page.locator(".ev-item")).to_have_count(1)
    page.context.clear_cookies()
    sign_in(page, office.people["evaluator"])
    page.goto(address)
    expect(page.get_by_role("button", name="Lampirkan")).to_have_count(0)
    expect(page.get_by_text("hanya dapat diisi oleh operator")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Gotong royong.jpg").click()
    assert download.value.suggested_filename == "Gotong royong.jpg"
    assert Path(download.value.path()).read_bytes()[:3] == b"\xff\xd8\xff"
