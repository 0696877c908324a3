"""Evidence of a row: attached, refused, removed, and counted against what is asked for."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.actions.entry import save_entries
from budget.actions.undo import last_change, undo_last_change
from budget.models import QuarterlyRealisation
from budget.queries.evidence import quarter_proofs
from sakip.actions.evidence import detach, keep_file
from sakip.actions.measurement import Edit
from sakip.evidence.kinds import Limits
from sakip.models import (
    EvidenceFile,
    EvidenceKind,
    EvidenceRequirement,
    HistoryEntry,
    Measurement,
    RowState,
    UnitQuarter,
    ValueState,
)
from sakip.queries.evidence import Asked, indicator_subject
from sakip.queries.history import broken_links
from sakip.scoring.values import MISSING, Measured
from sakip.workflow.policies import QuarterClosed
from tests.sakip import evidence_files as made
from tests.sakip.evidence_desk import JPEG, PDF, Desk, attached, pieces, remove, said, upload
from tests.world import YEAR, make_office


# ---------------------------------------------------------------- attaching
def test_a_photo_proves_a_row_that_was_not_written_yet(desk):
    response = desk.send(upload(name="Gotong royong.jpg"), dated="2026-11-02", description="Blok C")
    assert response.status_code == 302
    found = desk.evidence()
    assert (found.name, found.kind, found.description) == ("Gotong royong.jpg", EvidenceKind.PHOTO, "Blok C")
    assert (found.dated.isoformat(), found.added_by) == ("2026-11-02", desk.office.people["operator"])
    assert found.agency == desk.office.agency
    assert found.unit_quarter == desk.office.quarter(desk.office.village)
    assert found.stored_file.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert (found.stored_file.content_type, found.stored_file.size) == ("image/jpeg", len(JPEG))
    row = desk.row()
    assert (row.version, row.value_state, row.updated_by) == (1, ValueState.MISSING, found.added_by)


def test_attaching_leaves_the_rows_value_alone_and_writes_history(desk):
    row = Measurement.objects.create(
        unit_quarter=desk.office.quarter(desk.office.village),
        indicator_id=desk.indicator,
        value_state=ValueState.NUMBER,
        value=3,
        version=4,
    )
    desk.send(upload())
    row.refresh_from_db()
    assert (row.value, row.version) == (3, 5)
    entry = HistoryEntry.objects.get(unit=desk.office.village)
    assert (entry.field, entry.old, entry.object_id, entry.by) == (
        "evidence",
        "",
        row.pk,
        desk.office.people["operator"],
    )
    assert entry.new == f"Foto: foto.jpg (SHA-256 {hashlib.sha256(JPEG).hexdigest()})"
    assert list(broken_links()) == []


def test_many_files_and_a_link_at_once(desk):
    desk.send(upload(), upload(PDF, "laporan.pdf"), upload(made.xlsx(), "rekap.xlsx"), link="contoh.go.id/b")
    found = desk.row().evidence.order_by("name").values_list("name", "kind", "link")
    assert list(found) == [
        ("foto.jpg", "foto", ""),
        ("https://contoh.go.id/b", "tautan", "https://contoh.go.id/b"),
        ("laporan.pdf", "dokumen", ""),
        ("rekap.xlsx", "lembar_kerja", ""),
    ]


def test_a_kind_that_is_chosen_counts(desk):
    desk.send(upload(PDF, "notulen.pdf"), kind="notulen")
    assert desk.evidence().kind == EvidenceKind.MINUTES


def test_a_budget_line_is_proved_in_the_same_way(desk):
    line = desk.office.line(desk.office.village)
    address = desk.address(kind="anggaran", row=line.pk)
    assert desk.client.post(address, {"uploads": [upload(PDF, "spj.pdf")]}).status_code == 302
    row = QuarterlyRealisation.objects.get(line=line, unit_quarter__quarter=4)
    assert row.evidence.get().name == "spj.pdf"
    assert "spj.pdf" in said(desk.client.get(address))


def test_the_same_file_is_stored_once_an_agency(desk):
    desk.send(upload(name="a.jpg"))
    other = desk.address(row=desk.office.indicator("k-kelurahan-2").pk)
    desk.client.post(other, {"uploads": [upload(name="b.jpg")]})
    assert EvidenceFile.objects.count() == 1
    assert pieces().count() == 2
    assert len(desk.stored()) == 1
    neighbour = make_office("lain")
    kept = keep_file(neighbour.agency, upload().file, "a.jpg", Limits())
    assert kept.path != EvidenceFile.objects.get().file.name


def test_the_same_file_on_the_same_row_stays_single_and_is_said(desk):
    desk.send(upload(), link="https://contoh.go.id/b")
    response = desk.send(upload(name="lagi.jpg"), link="https://contoh.go.id/b", htmx=True)
    assert desk.row().evidence.count() == 2
    assert desk.row().version == 1
    assert "Sudah terlampir sebelumnya: “lagi.jpg”, “https://contoh.go.id/b”." in said(response)


def test_the_same_file_twice_in_one_sending_is_one(desk):
    desk.send(upload(name="a.jpg"), upload(name="b.jpg"))
    assert desk.evidence().name == "a.jpg"


def test_files_lie_under_their_hash_readable_by_the_portal_alone(desk):
    desk.send(upload(name="../../../jalankan.sh"))
    (path,) = desk.stored()
    assert path.name == hashlib.sha256(JPEG).hexdigest()
    assert path.read_bytes() == JPEG
    assert path.stat().st_mode & 0o177 == 0
    assert desk.evidence().name == "jalankan.jpg"


# ---------------------------------------------------------------- refusing
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00" + bytes(100), "laporan.pdf", "program Windows"),
        (b"<html><script>alert(1)</script>", "foto.jpg", "HTML"),
        (b"<svg onload='alert(1)'/>", "gambar.svg", "SVG"),
        (made.bomb(), "rekap.xlsx", "membengkak"),
        (made.docx(xl__macrosheets__a=b""), "notulen.docx", "makro"),
        (b"", "kosong.pdf", "kosong"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(desk, content, name, words):
    response = desk.send(upload(content, name))
    assert response.status_code == 422
    assert name in said(response)
    assert words in said(response)
    assert (pieces().count(), EvidenceFile.objects.count(), desk.stored()) == (0, 0, [])
    assert not Measurement.objects.filter(indicator=desk.indicator, unit_quarter__quarter=4).exists()


def test_one_bad_file_does_not_hold_up_the_good_ones(desk):
    response = desk.send(upload(b"MZ\x90\x00" + bytes(100), "a.pdf"), upload(), htmx=True)
    assert response.status_code == 422
    assert "Terlampir: 1 bukti." in said(response)
    assert "1 berkas tidak dapat dilampirkan" in said(response)
    assert desk.evidence().name == "foto.jpg"


def test_names_are_shown_as_text(desk):
    response = desk.send(upload(b"MZ\x90\x00" + bytes(100), "<img src=x onerror=alert(1)>.pdf"))
    assert "<img src=x" not in said(response)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Pilih berkas atau tulis tautannya."),
        ({"link": "javascript:alert(1)"}, "https://contoh.go.id"),
        ({"link": "ftp://contoh.go.id/a"}, "https://contoh.go.id"),
        ({"link": "https://contoh.go.id/a", "dated": "2999-01-01"}, "belum tiba"),
        ({"link": "https://contoh.go.id/a", "dated": "1026-01-01"}, "sebelum tahun 2000"),
        ({"link": "https://contoh.go.id/a", "dated": "kemarin"}, "31-12-2026"),
        ({"link": "https://contoh.go.id/a", "description": "x" * 1001}, "paling banyak"),
    ],
)
def test_a_form_that_cannot_be_understood_says_why(desk, fields, words):
    response = desk.send(**fields)
    assert response.status_code == 422
    assert words in said(response)
    assert not pieces().exists()


# ---------------------------------------------------------------- removing


def test_its_author_removes_it_and_the_history_keeps_it(desk):
    found = attached(desk)
    assert remove(desk, found).status_code == 302
    assert not pieces().exists()
    assert desk.row().version == 2
    last = HistoryEntry.objects.filter(unit=desk.office.village).first()
    assert (last.field, last.new) == ("evidence", "")
    assert last.old.startswith("Foto: foto.jpg (SHA-256 ")
    assert len(desk.stored()) == 1  # for a while


@pytest.mark.parametrize(("persona", "status"), [("unit_head", 403), ("planner", 302), ("colleague", 403)])
def test_who_else_may_remove_it(desk, persona, status):
    found = attached(desk)
    desk.log_in(persona)
    assert remove(desk, found).status_code == status
    assert pieces().exists() == (status == 403)
    assert ("Ya, hapus" in said(desk.client.get(desk.address()))) is False


@pytest.mark.parametrize("state", [RowState.SUBMITTED, RowState.VERIFIED, RowState.APPROVED, RowState.LOCKED])
def test_a_closed_quarter_keeps_what_it_has(desk, state):
    found = attached(desk)
    UnitQuarter.objects.filter(unit=desk.office.village, quarter=4).update(state=state)
    assert remove(desk, found).status_code == 403
    assert desk.send(upload(PDF, "a.pdf")).status_code == 403
    assert desk.row().evidence.count() == 1
    assert len(desk.stored()) == 1
    page = said(desk.client.get(desk.address()))
    assert "Lampirkan bukti" not in page
    assert "tidak dapat diisi" in page


def test_a_row_that_was_passed_on_keeps_what_it_has(desk):
    found = attached(desk)
    Measurement.objects.filter(pk=desk.row().pk).update(state=RowState.VERIFIED)
    with pytest.raises(QuarterClosed, match="Diverifikasi"):
        detach(
            subject=indicator_subject(desk.office.quarter(desk.office.village), desk.indicator),
            evidence=found,
            by=desk.office.people["operator"],
            at=timezone.now(),
        )
    assert "Lampirkan bukti" not in said(desk.client.get(desk.address()))


def test_a_piece_that_another_row_shows_stays_for_that_row(desk):
    found = attached(desk)
    other = Measurement.objects.create(
        unit_quarter=desk.office.quarter(desk.office.village),
        indicator=desk.office.indicator("k-kelurahan-2"),
    )
    other.evidence.add(found)
    remove(desk, found)
    assert not desk.row().evidence.exists()
    assert other.evidence.get() == found


# ---------------------------------------------------------------- what is asked for
def ask(desk: Desk, **minimum: int) -> None:
    for kind, count in minimum.items():
        EvidenceRequirement.objects.create(
            indicator_id=desk.indicator, kind=kind, minimum=count, description=f"Satu {kind} sebulan"
        )


def test_the_checklist_says_what_is_missing(desk):
    ask(desk, foto=2, notulen=1)
    desk.send(upload(), upload(PDF, "a.pdf"))
    proof = quarter_proofs(desk.office.quarter(desk.office.village))[("indikator", desk.indicator)]
    assert proof.asked == (
        Asked(EvidenceKind.PHOTO, 2, 1, "Satu foto sebulan"),
        Asked(EvidenceKind.MINUTES, 1, 0, "Satu notulen sebulan"),
    )
    assert (proof.pieces, proof.wanted, proof.missing) == (2, 3, 2)
    page = said(desk.client.get(desk.address()))
    assert "<strong>Foto</strong>: 1 dari 2, kurang 1" in page
    assert "Satu notulen sebulan" in page


def test_the_grid_counts_what_is_there_and_what_is_missing(desk):
    ask(desk, foto=2)
    desk.send(upload())
    page = said(desk.client.get(reverse("entry", args=["contoh", YEAR, "kelurahan", 4])))
    link = page.split(desk.address(), 1)[1].split("</a>")[0]
    assert '<span class="sk-count">1</span>' in link
    assert "kurang 1" in link
    line = desk.office.line(desk.office.village).pk
    assert desk.address(kind="anggaran", row=line) in page


def queries(desk: Desk, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert desk.client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["evidence", "entry"])
def test_the_number_of_queries_does_not_grow(desk, name):
    address = (
        desk.address() if name == "evidence" else reverse("entry", args=["contoh", YEAR, "kelurahan", 4])
    )
    desk.send(upload())
    ask(desk, foto=1)
    few = queries(desk, address)
    desk.send(*(upload(f"catatan {number}".encode(), f"{number}.txt") for number in range(15)))
    ask(desk, notulen=1, surat=1)
    assert queries(desk, address) == few


def test_attaching_takes_few_queries(desk, django_assert_max_num_queries):
    """Reading who asks and what the row is, then one transaction."""
    address = desk.address()
    with django_assert_max_num_queries(28):
        desk.client.post(address, {"uploads": [upload()]})


# ---------------------------------------------------------------- beside the figures
def test_taking_back_ones_last_figure_leaves_the_evidence(desk):
    quarter, by = desk.office.quarter(desk.office.village), desk.office.people["operator"]
    indicator = desk.office.indicator("k-kelurahan-1")
    edits = {indicator: {"value": Edit(MISSING, Measured.of(3))}}
    save_entries(unit_quarter=quarter, realisations={}, measurements=edits, by=by, at=timezone.now())
    desk.send(upload())
    key = last_change(quarter, by).key
    undo_last_change(unit_quarter=quarter, key=key, by=by, at=timezone.now())
    assert desk.row().measured == MISSING
    assert desk.evidence().name == "foto.jpg"
