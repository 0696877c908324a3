"""Files of evidence, handed to those who may read their row and to nobody else."""

import pytest
from django.test import Client

from tests.sakip import evidence_files as made
from tests.sakip.evidence_desk import JPEG, PDF, attached, said, upload
from tests.world import make_office


def test_a_file_comes_back_as_it_was_to_be_saved(desk):
    found = attached(desk, name="Rapat 日本 “A”.jpg")
    response = desk.client.get(desk.address("evidence_file", found.pk))
    assert b"".join(response) == JPEG
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Rapat%20")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_pictures_are_shown_in_a_sandbox_and_pdfs_to_our_own_page_alone(desk):
    response = desk.client.get(desk.address("evidence_show", attached(desk).pk))
    assert response["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    desk.row().evidence.clear()
    response = desk.client.get(desk.address("evidence_show", attached(desk, PDF, "a.pdf").pk))
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; sandbox; frame-ancestors 'self'; object-src 'self'"
    )
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_no_browser_shows_is_only_saved(desk):
    found = attached(desk, b"a;b\n1;2\n", "a.csv")
    assert desk.client.get(desk.address("evidence_show", found.pk)).status_code == 404
    assert desk.client.get(desk.address("evidence_thumbnail", found.pk)).status_code == 404
    assert desk.client.get(desk.address("evidence_file", found.pk))["Content-Type"] == "text/csv"


def test_a_small_copy_is_small(desk):
    found = attached(desk, made.picture("PNG", size=(1500, 1500)), "a.png")
    for _ in range(2):
        response = desk.client.get(desk.address("evidence_thumbnail", found.pk))
        assert response["Content-Type"] == "image/jpeg"
        assert response.content[:3] == b"\xff\xd8\xff"
        assert "sandbox" in response["Content-Security-Policy"]


def test_a_link_has_no_file(desk):
    desk.send(link="https://contoh.go.id/a")
    found = desk.evidence()
    for name in ("evidence_file", "evidence_show", "evidence_thumbnail"):
        assert desk.client.get(desk.address(name, found.pk)).status_code == 404
    page = said(desk.client.get(desk.address()))
    assert 'href="https://contoh.go.id/a" target="_blank" rel="noopener noreferrer nofollow"' in page


def test_a_file_that_is_gone_from_the_disk_is_not_found(desk):
    found = attached(desk)
    for path in desk.stored():
        path.unlink()
    assert desk.client.get(desk.address("evidence_file", found.pk)).status_code == 404
    attached_again = desk.address(row=desk.office.indicator("k-kelurahan-2").pk)
    desk.client.post(attached_again, {"uploads": [upload()]})
    assert desk.client.get(desk.address("evidence_file", found.pk)).status_code == 200


@pytest.mark.parametrize("name", ["evidence_file", "evidence_show", "evidence_thumbnail"])
def test_a_piece_is_found_through_its_own_row_alone(desk, name):
    """Nobody reads a file by its number: not through another row, nor through another agency."""
    found = attached(desk)
    stranger = Client()
    stranger.force_login(make_office("lain").people["planner"])
    assert stranger.get(desk.address(name, found.pk)).status_code == 404
    other_row = desk.address(name, found.pk, row=desk.office.indicator("k-kelurahan-2").pk)
    assert desk.client.get(other_row).status_code == 404
    colleague = Client()
    colleague.force_login(desk.office.people["colleague"])
    assert colleague.get(desk.address(name, found.pk)).status_code == 200


def test_rows_of_another_unit_are_no_rows_of_this_one(desk):
    there = desk.office.indicator("k-kantor-1").pk
    line = desk.office.line(desk.office.office).pk
    assert desk.client.get(desk.address(row=there)).status_code == 404
    assert desk.client.get(desk.address(kind="anggaran", row=line)).status_code == 404
    assert desk.client.get(desk.address(kind="lain")).status_code == 404
