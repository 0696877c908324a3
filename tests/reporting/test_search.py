"""The search of an agency's year: what is found, that every result leads to its row, and who finds what."""

import re
from datetime import timedelta
from itertools import groupby

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reporting.models import Narrative
from reporting.search import index
from sakip.actions.agreements import start_draft
from sakip.models import (
    Agency,
    CriterionAnswer,
    Evidence,
    EvidenceKind,
    LkeCriterion,
    LkeSubComponent,
    Measurement,
    Membership,
    Official,
    Role,
    Unit,
    User,
)
from sakip.queries.search import Kind
from tests.world import YEAR, make_office


@pytest.fixture
def find(client):
    """find(username, typed): what the dialog shows of 2026, as (kind, title, place, address)."""

    def find(username: str, typed: str, year: int = 2026, agency: str = "palaran", **more: str):
        client.force_login(User.objects.get(username=username))
        address = reverse("search", kwargs={"agency": agency, "year": year})
        answer = client.get(address, {"q": typed, **more}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return [
            (
                group["kind"],
                "".join(piece for piece, _ in found.title),
                "".join(piece for piece, _ in found.place),
                found.url,
            )
            for group in answer.context.get("groups", ())
            for found in group["results"]
        ]

    return find


@pytest.mark.parametrize(
    ("typed", "kind", "title", "place", "address"),
    [
        ("rekonsiliasi", Kind.PAGE, "Rekonsiliasi", "Realisasi resmi", "rekonsiliasi/"),
        ("unduh laporan", Kind.PAGE, "Unduhan saya", "Berkas laporan", "unduhan/"),
        ("tahun 2025", Kind.PAGE, "Tahun 2025", "Keadaan", ""),
        ("bukuan", Kind.UNIT, "Kelurahan Bukuan", "Keadaan", "unit/bukuan/"),
        (
            "bukuan tw 3",
            Kind.UNIT,
            "Isian triwulan III, Kelurahan Bukuan",
            "Dikunci",
            "realisasi/bukuan/",
        ),
        ("iku pelayanan", Kind.INDICATOR, "Indeks Pelayanan Publik", "Capaian 58,15%", "angka/iku.ipp."),
        (
            "7.01.01.2.06",
            Kind.PROGRAMME,
            "Administrasi Umum",
            "Kegiatan, Kantor",
            "realisasi/kantor-kecamatan/",
        ),
        ("serapan anggaran", Kind.FIGURE, "Serapan seluruh anggaran", "65,60%", "angka/budget.absorption/"),
        ("budget absorption", Kind.FIGURE, "Serapan seluruh anggaran", "65,60%", "angka/budget.absorption/"),
        ("PK 2026", Kind.AGREEMENT, "Perjanjian Kinerja Tahun 2026", "Berlaku", "perjanjian/#dokumen-"),
        ("rencana kinerja tahunan", Kind.AGREEMENT, "Rencana Kinerja", "Ditandatangani", "perjanjian/#dok"),
        ("anggaran perubahannya", Kind.PAGE, "Perjanjian Kinerja", "Target", "perjanjian/"),
        ("tabel 3.7", Kind.REPORT, "Tabel 3.7", "", "lkjip/#tabel-3-7"),
        ("bab iii", Kind.REPORT, "BAB III", "Laporan Kinerja", "lkjip/#bagian-iii"),
        ("tanda terima", Kind.EVIDENCE, "Tanda terima dokumen", "tindak lanjut", "rapat/tindak-lanjut/"),
        (
            "tergenang",
            Kind.OBSTACLE,
            "Pembangunan Sarana",
            "Simpang Pasir, TW",
            "realisasi/simpang-pasir/tw-",
        ),
        ("rapat tw ii", Kind.MEETING, "Rapat evaluasi kinerja TW II 2026", "final", "rapat/tw-2/"),
        ("jadwal tertulis", Kind.MEETING, "Menyampaikan jadwal", "Tindak lanjut", "rapat/tindak-lanjut/"),
        (
            "kriteria smart",
            Kind.RECOMMENDATION,
            "Memenuhi kriteria SMART",
            "evaluasi 2024",
            "lkjip/#tabel-1-9",
        ),
        ("1.b.8", Kind.CRITERION, "", "Perencanaan Kinerja", "evaluasi/1.b.8/"),
        ("lurah bukuan", Kind.POSITION, "Lurah Bukuan", "Kelurahan Bukuan", "unit/bukuan/"),
    ],
)
def test_everything_is_found(find, db, typed, kind, title, place, address):
    found = [row for row in find("camat", typed) if row[0] is kind]
    assert found
    assert found[0][1].startswith(title)
    assert place in found[0][2]
    assert found[0][3].startswith(f"/palaran/2026/{address}" if address else "/palaran/2025/")


def test_a_printed_number_finds_its_figures(find, db):
    found = find("camat", "41,92", 2025)
    assert found[0][0] is Kind.FIGURE
    assert {row[2] for row in found if row[0] is Kind.FIGURE} == {"41,92%"}
    assert "/palaran/2025/angka/nko.score/" in {row[3] for row in found}


def test_the_guide_of_the_reader_comes_first(find, db):
    (found,) = [row for row in find("operator.bukuan", "melampirkan bukti") if row[0] is Kind.GUIDE]
    assert found[3] == "/panduan/operator/#melampirkan-bukti"
    (found,) = [row for row in find("operator.bukuan", "memberi peran") if row[0] is Kind.GUIDE]
    assert found[3] == "/panduan/admin-instansi/#memberi-peran"


def test_rows_of_the_own_unit_come_first(find, db):
    places = [row[2] for row in find("operator.bantuas", "sarana prasarana") if row[0] is Kind.PROGRAMME]
    assert "Bantuas" in places[0]
    assert "Bukuan" in " ".join(places)


def test_a_draft_is_no_document_yet(find, db):
    agency, planner = Agency.objects.get(slug="palaran"), User.objects.get(username="perencana")
    start_draft(agency=agency, year=2026, by=planner, at=timezone.now())
    found = [row for row in find("camat", "perjanjian kinerja") if row[0] is Kind.AGREEMENT]
    assert [row[2].partition(",")[0] for row in found] == ["Berlaku"]


def test_one_kind_alone_shows_all_of_it(find, db):
    short = [row for row in find("camat", "tw") if row[0] is Kind.UNIT]
    assert len(short) == 6
    alone = find("camat", "tw", jenis="unit")
    assert {row[0] for row in alone} == {Kind.UNIT}
    assert len(alone) == 24
    assert find("camat", "tw", jenis="lain") == find("camat", "tw")


def test_every_result_leads_to_what_it_names(client, db):
    """The page is there, and so is the row: the first and the last of each kind on each sort of page."""
    agency = Agency.objects.select_related("government").get(slug="palaran")
    client.force_login(User.objects.get(username="camat"))
    pages: dict[str, str] = {}
    for year in (2025, 2026):
        records = [entry.record for entry in index.kept_index(agency, year)]
        assert len(records) > 300
        records.sort(key=lambda record: (record.kind, re.sub(r"\d+", "", record.url)))
        for _, rows in groupby(records, lambda record: (record.kind, record.url.split("/")[3])):
            some = list(rows)
            for record in (some[0], some[-1]):
                address, _, anchor = record.url.partition("#")
                if address not in pages:
                    answer = client.get(address)
                    assert answer.status_code == 200, record
                    pages[address] = answer.content.decode()
                assert not anchor or f'id="{anchor}"' in pages[address], record


def test_an_answer_to_a_criterion_and_its_proof_are_found(find, db):
    agency, planner = Agency.objects.get(slug="palaran"), User.objects.get(username="perencana")
    criterion = LkeCriterion.objects.filter(sub_component__in=LkeSubComponent.objects.in_year(2026)).first()
    answer = CriterionAnswer.objects.create(
        agency=agency,
        year=2026,
        criterion=criterion,
        statement="Renstra telah diunggah ke simuara.",
        updated_at=timezone.now(),
        updated_by=planner,
    )
    (found,) = [row for row in find("camat", "renstra diunggah simuara") if row[0] is Kind.CRITERION]
    assert found[3] == f"/palaran/2026/evaluasi/{criterion.code}/"
    answer.evidence.create(
        agency=agency,
        kind=EvidenceKind.LINK,
        name="Renstra sah.pdf",
        link="https://contoh.go.id",
        added_at=timezone.now(),
    )
    ((kind, _, place, _),) = find("camat", "renstra sah pdf")
    assert (kind, place) == (Kind.EVIDENCE, f"Kriteria {criterion.code} evaluasi AKIP")


def test_evidence_of_a_row_is_found_and_leads_to_its_piece(find, client, db):
    row = Measurement.objects.filter(unit_quarter__unit__slug="bukuan", unit_quarter__year=2026).first()
    agency = Agency.objects.get(slug="palaran")
    piece = Evidence.objects.create(
        agency=agency,
        unit_quarter=row.unit_quarter,
        kind=EvidenceKind.LINK,
        name="Undangan penyuluhan 2026.pdf",
        link="https://contoh.go.id/undangan",
        added_at=timezone.now(),
    )
    assert find("camat", "undangan penyuluhan") == []
    row.evidence.add(piece)
    ((kind, title, _, address),) = find("camat", "undangan penyuluhan")
    assert (kind, title) == (Kind.EVIDENCE, piece.name)
    page, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()
    row.evidence.remove(piece)
    assert find("camat", "undangan penyuluhan") == []


# ---------------------------------------------------------------- who finds what
def test_nothing_of_another_agency_is_found(find, db):
    """Not its units, its figures or its name, by whoever has no role there."""
    here, there = make_office("sini"), make_office("wxyz")
    assert {row[1] for row in find("operator.sini", "kelurahan", YEAR, "sini") if row[0] is Kind.UNIT}
    for persona in here.people:
        assert find(f"{persona}.sini", "wxyz", YEAR, "sini") == []
    assert "wxyz" in str(find("operator.wxyz", "wxyz", YEAR, "wxyz"))
    assert Unit.objects.filter(agency=there.agency, name__contains="wxyz").exists()


def test_other_agencies_are_found_by_those_who_may_read_them(find, db):
    here = make_office("sini")
    make_office("wxyz", government=here.agency.government)

    def agencies(username: str) -> list[str]:
        return [row[1] for row in find(username, "kecamatan", YEAR, "sini") if row[0] is Kind.AGENCY]

    assert agencies("city.sini") == ["Kecamatan Wxyz"]
    assert agencies("planner.sini") == []
    user = User.objects.get(username="planner.sini")
    Membership.objects.create(user=user, role=Role.EVALUATOR, agency=Agency.objects.get(slug="wxyz"))
    assert agencies("planner.sini") == ["Kecamatan Wxyz"]


def test_only_rooms_open_to_the_reader_are_found(find, db):
    make_office("sini")

    def pages(username: str) -> set[str]:
        typed = "jadwal"
        return {row[1] for row in find(username, typed, YEAR, "sini") if row[0] is Kind.PAGE}

    assert "Jadwal" in pages("planner.sini")
    assert "Jadwal" not in pages("operator.sini")


def test_no_number_of_a_person_is_searched(find, db):
    official = Official.objects.filter(agency__slug="palaran").first()
    official.nip, official.person_name = "197001011990031001", "Sulaiman Rahasia"
    official.save()
    assert find("camat", "197001011990031001") == []
    assert find("camat", "sulaiman") == []


def test_what_is_not_found_is_offered_in_the_other_years(client, db):
    client.force_login(User.objects.get(username="camat"))
    address = {year: reverse("search", kwargs={"agency": "palaran", "year": year}) for year in (2025, 2026)}
    html = client.get(address[2026], {"q": "41,92 zzz"}).content.decode()
    assert f'href="{address[2025]}?q=41%2C92%20zzz">2025</a>' in html
    assert "pada tahun lain" not in client.get(address[2025], {"q": "41,92"}).content.decode()


# ---------------------------------------------------------------- what is asked of the database
def test_the_page_takes_at_most_twelve_queries_and_a_key_press_five(client, db):
    client.force_login(User.objects.get(username="camat"))
    address = reverse("search", kwargs={"agency": "palaran", "year": 2026})
    client.get(address, {"q": "bukuan"})
    with CaptureQueriesContext(connection) as page:
        client.get(address, {"q": "bukuan"})
    with CaptureQueriesContext(connection) as dialog:
        client.get(address, {"q": "bukuan"}, headers={"HX-Request": "true"})
    assert len(page) <= 12
    assert len(dialog) <= 5


def test_within_seconds_the_index_is_not_made_anew(find, db, monkeypatch):
    make_office("sini")
    monkeypatch.setattr(index, "FRESH", timedelta(seconds=15))
    cache.clear()
    assert len(find("operator.sini", "kelurahan sini", YEAR, "sini", jenis="unit")) == 6
    Unit.objects.filter(slug="kelurahan", agency__slug="sini").update(name="Kelurahan Lain")
    assert len(find("operator.sini", "kelurahan sini", YEAR, "sini", jenis="unit")) == 6
    monkeypatch.setattr(index, "FRESH", timedelta(0))
    assert find("operator.sini", "kelurahan sini", YEAR, "sini", jenis="unit") == []
    assert len(find("operator.sini", "kelurahan lain", YEAR, "sini", jenis="unit")) == 6


@pytest.mark.parametrize(
    "typed", ["", " ", "\0", "x" * 5000, "(a+)+$", "%00", "\u202eabc", "😀", "<script>", "' OR 1=1 --"]
)
def test_bad_input_is_harmless(client, db, typed):
    make_office("sini")
    client.force_login(User.objects.get(username="operator.sini"))
    address = reverse("search", kwargs={"agency": "sini", "year": YEAR})
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(address, {"q": typed}, headers=headers)
        assert answer.status_code == 200
        assert b"<script>" not in answer.content.split(b"</head>")[-1]


def test_an_unreadable_narrative_does_not_stop_the_search(find, db):
    """The report's own page says what is wrong with it."""
    agency = Agency.objects.get(slug="palaran")
    Narrative.objects.create(agency=agency, year=2026, section="I.A", text="{{ tidak.ada }}")
    assert [row[1] for row in find("camat", "bukuan") if row[0] is Kind.UNIT]
    assert find("camat", "tabel 3.7") == []
