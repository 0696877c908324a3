"""The pages of the workflow: buttons, refusals in words, the submission's checks, and undo."""

from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budget.actions.entry import save_entries
from budget.models import QuarterlyRealisation
from sakip.actions.measurement import Edit
from sakip.models import Evidence, HistoryEntry, Measurement, RowNote, RowState, Transition
from sakip.queries.history import broken_links
from sakip.scoring.values import MISSING, NIHIL, Measured
from tests.budget.test_workflow import fill, go, row, states
from tests.recipes import make
from tests.world import YEAR, Office, make_office

VILLAGE = {"agency": "contoh", "year": YEAR, "unit": "kelurahan", "quarter": 4}
YEARLY = {"agency": "contoh", "year": YEAR}


@pytest.fixture
def office(db) -> Office:
    return make_office()


def as_(office: Office, persona: str) -> Client:
    client = Client()
    client.force_login(office.people[persona])
    return client


def get(office: Office, persona: str, name: str = "entry", place=VILLAGE) -> str:
    response = as_(office, persona).get(reverse(name, kwargs=place))
    assert response.status_code == 200
    return response.content.decode()


def send(office: Office, persona: str, name: str, place=VILLAGE, **data):
    """The answer of the page on which it ends."""
    data.setdefault("version", office.quarter(office.village).version)
    return as_(office, persona).post(reverse(name, kwargs=place), data, follow=True)


# ---------------------------------------------------------------- buttons
@pytest.mark.parametrize(
    ("done", "persona", "shown", "hidden"),
    [
        (0, "operator", ["ajukan/"], ["langkah-"]),
        (0, "planner", [], ["ajukan/", "langkah-"]),
        (1, "operator", [], ["ajukan/", "langkah-", 'name="row"']),
        (1, "planner", ["langkah-verifikasi", "langkah-kembalikan", 'name="row"'], ["ajukan/"]),
        (1, "head", [], ["langkah-", 'name="row"']),
        (2, "head", ["langkah-sahkan", "langkah-kembalikan", 'name="row"'], []),
        (3, "planner", ["langkah-kunci", "langkah-buka_kembali", 'name="until"'], []),
        (4, "planner", ["langkah-buka_kembali"], ["langkah-kunci"]),
        (4, "evaluator", [], ["langkah-", 'name="row"', "ajukan/"]),
    ],
)  # fmt: skip
def test_the_page_offers_what_may_be_done(office, done, persona, shown, hidden):
    go(office, done)
    html = get(office, persona)
    assert [part for part in shown if part not in html] == []
    assert [part for part in hidden if part in html] == []


def test_the_page_says_where_it_stands_with_whom_and_since_when(office):
    go(office, 1)
    html = get(office, "evaluator")
    assert "Menunggu verifikasi oleh perencana" in html
    assert "Pemeriksaan sampai" in html
    assert "40 hari lagi" in html
    assert "<strong>Diajukan</strong>" in html


def test_an_agencys_head_has_the_title_of_the_agency(office):
    office.agency.head_title = "Kepala Dinas"
    office.agency.save()
    go(office, 2)
    assert "Menunggu pengesahan oleh Kepala Dinas" in get(office, "operator")


# ---------------------------------------------------------------- steps from the page
def test_the_whole_way_by_hand(office):
    fill(office)
    assert "telah diajukan" in send(office, "operator", "submission").content.decode()
    assert (
        "telah diverifikasi" in send(office, "planner", "quarter_step", action="verifikasi").content.decode()
    )
    assert "telah disahkan" in send(office, "head", "quarter_step", action="sahkan").content.decode()
    answer = send(office, "planner", "quarter_step", action="kunci", reason="LKjIP selesai").content.decode()
    assert "telah dikunci" in answer
    assert "Alasan kunci: LKjIP selesai" in answer
    assert states(office) == ["locked"] * 5


def test_a_second_click_answers_like_the_first(office):
    fill(office)
    answers = [send(office, "operator", "submission", version=0).content.decode() for _ in range(2)]
    assert all("telah diajukan" in answer for answer in answers)
    assert Transition.objects.filter(row_kind="quarter", unit_quarter__unit=office.village).count() == 1


def test_the_second_reviewer_reads_what_happened(office):
    go(office, 2)
    answer = send(office, "planner", "quarter_step", action="kembalikan", reason="Kurang", version=0)
    assert "sudah diverifikasi oleh planner.contoh" in answer.content.decode()
    assert states(office)[0] == "verified"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"action": "kembalikan"}, "Kembalikan: alasan wajib diisi."),
        ({"action": "kembalikan", "reason": "  "}, "Kembalikan: alasan wajib diisi."),
        ({"action": "menari", "reason": "x"}, "menari"),
        ({"action": "kembalikan", "reason": "x" * 2001}, "2000"),
        ({"action": "verifikasi", "version": "x"}, "bilangan"),
    ],
)
def test_a_step_that_was_sent_wrong_says_so_and_changes_nothing(office, data, said):
    go(office, 1)
    answer = send(office, "planner", "quarter_step", **data)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert states(office)[0] == "submitted"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reason": "Kurang"}, "Tandai dahulu baris yang dikembalikan."),
        ({"reason": "Kurang", "row": ["quarter:1", "realisation:x"]}, "Tandai dahulu"),
        ({"row": ["realisation:ROW"]}, "Alasan wajib diisi."),
    ],
)
def test_rows_that_were_sent_wrong(office, data, said):
    go(office, 1)
    data = {
        key: [each.replace("ROW", str(row(office).pk)) for each in value] if key == "row" else value
        for key, value in data.items()
    }
    assert said in send(office, "planner", "rows_give_back", **data).content.decode()
    assert states(office) == ["submitted"] * 5


def test_only_the_returned_row_has_boxes(office):
    go(office, 1)
    answer = send(
        office, "planner", "rows_give_back", row=[f"realisation:{row(office).pk}"], reason="Cek SP2D"
    )
    assert "telah dikembalikan" in answer.content.decode()
    html = get(office, "operator")
    line, other = office.line(office.village), office.line(office.village, "P1.K1.S2")
    assert f'name="l{line.pk}-amount"' in html
    assert f'name="l{other.pk}-amount"' not in html
    assert f'name="m{office.indicator("k-kelurahan-1").pk}-value"' not in html
    assert "Cek SP2D" in html
    assert "1 baris perlu diperbaiki" in html
    # The other three rows are still on the verifier's desk, and say so.
    assert html.count('<span class="sk-note">Menunggu verifikasi oleh perencana</span>') == 3


# ---------------------------------------------------------------- the submission's page
def test_what_is_missing_leads_to_its_cell(office):
    html = get(office, "operator", "submission")
    line = office.line(office.village)
    assert "6 hal perlu dilengkapi" in html
    assert f"tw-4/#l{line.pk}-amount" in html
    assert 'type="submit" class="btn btn-primary"' not in html


def test_the_page_leads_back_to_the_quarter_once_it_was_handed_in(office):
    go(office, 1)
    response = as_(office, "operator").get(reverse("submission", kwargs=VILLAGE), follow=True)
    assert response.redirect_chain == [(reverse("entry", kwargs=VILLAGE), 302)]
    assert "Triwulan ini tidak dapat diisi" in response.content.decode()


def test_what_has_no_evidence_is_told_and_does_not_stop_it(office):
    fill(office)
    assert "2 indikator belum ada bukti dukungnya" in get(office, "operator", "submission")
    found = Measurement.objects.filter(unit_quarter=office.quarter(office.village))
    for measured in found:
        measured.evidence.add(make(Evidence, agency=office.agency))
    assert "bukti dukungnya" not in get(office, "operator", "submission")


def test_who_may_decide_is_not_told_that_nothing_can_be_filled_in(office):
    go(office, 1)
    assert "Triwulan ini tidak dapat diisi" not in get(office, "planner")
    assert "Triwulan ini tidak dapat diisi" in get(office, "operator")


def test_an_explanation_is_asked_for_and_kept(office):
    fill(office, amount=500_000)
    key = f"catatan-realisation:{row(office).pk}:above_ceiling"
    page = get(office, "operator", "submission")
    assert f'name="{key}"' in page
    refused = as_(office, "operator").post(reverse("submission", kwargs=VILLAGE), {"version": 0, key: "  "})
    assert refused.status_code == 422
    assert "Penjelasan wajib diisi." in refused.content.decode()
    send(office, "operator", "submission", **{key: "Belanja dua unit."})
    assert states(office)[0] == "submitted"
    assert RowNote.objects.get().text == "Belanja dua unit."
    assert "Belanja dua unit." in get(office, "planner")


# ---------------------------------------------------------------- undo
def save(office: Office, by: str = "operator", **edits: Edit) -> None:
    save_entries(
        unit_quarter=office.quarter(office.village),
        realisations={office.line(office.village): edits},
        measurements={},
        by=office.people[by],
        at=timezone.now(),
    )


def undo(office: Office, by: str = "operator"):
    page = as_(office, by).get(reverse("undo", kwargs=VILLAGE))
    key = page.context["key"]
    return as_(office, by).post(reverse("undo", kwargs=VILLAGE), {"key": key}, follow=True).content.decode()


@pytest.mark.parametrize("before", [MISSING, NIHIL, Measured.of(0), Measured.of(Decimal("12.5"))])
def test_the_last_change_is_taken_back_by_a_new_line(office, before):
    if before != MISSING:
        save(office, amount=Edit(MISSING, before))
    save(office, amount=Edit(before, Measured.of(70)), physical=Edit(MISSING, Measured.of(80)))
    lines = HistoryEntry.objects.filter(unit=office.village).count()
    assert "Diurungkan: 2 isian" in undo(office)
    assert (row(office).amount, row(office).physical) == (before, MISSING)
    assert HistoryEntry.objects.filter(unit=office.village).count() == lines + 2
    assert (
        HistoryEntry.objects.filter(unit=office.village).first().reason == "Mengurungkan perubahan sendiri."
    )
    assert list(broken_links()) == []


def test_the_text_of_an_obstacle_comes_back(office):
    save(office, obstacle=Edit("", "Hujan\nterus"))
    save(office, obstacle=Edit("Hujan\nterus", ""))
    undo(office)
    assert row(office).obstacle == "Hujan\nterus"


def test_somebody_elses_change_is_not_undone(office):
    save(office, amount=Edit(MISSING, Measured.of(70)))
    save(office, by="planner", amount=Edit(Measured.of(70), Measured.of(90)))
    assert "sudah diubah lagi oleh orang lain" in undo(office)
    assert row(office).amount == Measured.of(90)


@pytest.mark.parametrize(
    ("steps", "why"), [(0, "Anda belum mengubah isian"), (1, "Tidak ada yang dapat diurungkan")]
)
def test_with_nothing_to_undo_the_quarter_says_why(office, steps, why):
    go(office, steps)
    answer = as_(office, "unit_head").get(reverse("undo", kwargs=VILLAGE), follow=True)
    assert answer.redirect_chain == [(reverse("entry", kwargs=VILLAGE), 302)]
    assert why in answer.content.decode()


def test_undoing_is_offered_to_who_changed_something(office):
    offer = reverse("undo", kwargs=VILLAGE)
    assert offer not in get(office, "operator")
    save(office, amount=Edit(MISSING, Measured.of(70)))
    assert offer in get(office, "operator")
    assert offer not in get(office, "unit_head")


def test_what_was_shown_is_what_is_undone(office):
    save(office, amount=Edit(MISSING, Measured.of(70)))
    stale = as_(office, "operator").get(reverse("undo", kwargs=VILLAGE)).context["key"]
    save(office, amount=Edit(Measured.of(70), Measured.of(90)))
    answer = send(office, "operator", "undo", key=stale).content.decode()
    assert "bukan lagi perubahan terakhir Anda" in answer
    assert row(office).amount == Measured.of(90)


def test_nothing_is_undone_once_it_was_submitted(office):
    go(office, 1)
    assert send(office, "operator", "undo", key=1).status_code == 403


def test_the_rows_of_a_page_with_both_kinds_are_told_apart(office):
    """A measurement and a realisation with the same number are two rows."""
    go(office, 1)
    found = row(office)
    send(office, "planner", "rows_give_back", row=[f"realisation:{found.pk}"], reason="Cek")
    returned = QuarterlyRealisation.objects.filter(state=RowState.RETURNED)
    assert list(returned) == [found]
    assert states(office).count("returned") == 2


# ---------------------------------------------------------------- a session that has ended
def test_what_was_sent_without_a_session_leads_back_to_its_page(office):
    """The address of a step only takes: shown after the log-in, it would be an error."""
    page, step = (reverse(name, kwargs=VILLAGE) for name in ("entry", "quarter_step"))
    own = Client().post(step, headers={"referer": f"http://testserver{page}?tab=1#l1"})
    assert own.url == f"/masuk/?{urlencode({'next': f'{page}?tab=1'}, safe='/')}"
    foreign = Client().post(step, headers={"referer": "https://lain.example/masuk/"})
    assert foreign.url == f"/masuk/?{urlencode({'next': step}, safe='/')}"
