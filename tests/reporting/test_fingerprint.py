"""An unchanged report keeps its name; whatever it can show changes it."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budget import models as budget
from reporting import models as reporting
from reporting.fingerprint import COMMON, OF_AGENCY, SHARED, code_fingerprint, data_fingerprint
from reporting.year import OfficeYear
from sakip import models as sakip
from sakip.actions.agreements import start_draft
from tests.recipes import make

pytestmark = pytest.mark.django_db

# What no report shows: who logs in, how a figure was discussed, what was already made.
NOT_SHOWN = {
    sakip.User,
    sakip.Login,
    sakip.SsoIdentity,
    sakip.Membership,
    sakip.NomenclatureCode,
    sakip.EvidenceRequirement,
    sakip.QuarterException,
    sakip.EvidenceFile,
    sakip.Transition,
    sakip.RowNote,
    sakip.HistoryEntry,
    sakip.OutgoingMail,
    sakip.Meeting,
    sakip.Attendee,
    sakip.AgreedAction,
    sakip.LkeSubComponent,
    sakip.LkeCriterion,
    sakip.CriterionAnswer,
    sakip.SubComponentJudgement,
    budget.CellComment,
    budget.ColumnMapping,
    budget.SheetUpload,
    reporting.Edition,
    reporting.PublicPage,
    reporting.ReportJob,
    reporting.Download,
    reporting.PublicPage,
}


def test_every_model_is_in_the_fingerprint_or_known_not_to_be_shown():
    covered = {*OF_AGENCY, *SHARED, *COMMON, sakip.LegalBasis} | NOT_SHOWN
    ours = {
        model
        for label in ("sakip", "budget", "reporting")
        for model in apps.get_app_config(label).get_models()
    }
    assert ours - covered == set()
    assert not ({*OF_AGENCY, *SHARED, *COMMON} & NOT_SHOWN)


def test_the_same_data_has_the_same_name(palaran):
    first = OfficeYear(palaran, 2025).fingerprint()
    assert first == OfficeYear(palaran, 2025).fingerprint()
    assert len(first) == 64
    assert first != OfficeYear(palaran, 2026).fingerprint()


def test_a_draft_leaves_the_name_until_it_is_put_in_force(palaran):
    def names() -> list[str]:
        return [data_fingerprint(palaran, year) for year in (2025, 2026)]

    before = names()
    draft = start_draft(
        agency=palaran, year=2026, by=sakip.User.objects.get(username="perencana"), at=timezone.now()
    )
    assert draft.indicators.exists()
    assert draft.programmes.exists()
    assert names() == before
    sakip.Agreement.objects.filter(pk=draft.pk).update(is_draft=False)
    assert all(now != was for now, was in zip(names(), before, strict=True))


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (sakip.Measurement, {"obstacle": "Listrik padam"}),
        (sakip.Unit, {"name": "Nama lain"}),
        (sakip.Policy, {"text": "Kebijakan lain"}),
        (sakip.Official, {"rank": "Pembina"}),
        (sakip.ScoringPolicy, {"name": "Kebijakan lain"}),
        (sakip.LegalBasis, {"subject": "Hal lain"}),
        (sakip.Award, {"photo": "penghargaan/2025/a.jpg"}),
    ],
)
def test_a_changed_row_changes_the_name(palaran, model, change):
    before = data_fingerprint(palaran, 2025)
    row = model.objects.order_by("pk").first()
    model.objects.filter(pk=row.pk).update(**change)
    assert data_fingerprint(palaran, 2025) != before


def test_a_new_and_a_deleted_row_change_the_name(palaran):
    names = {data_fingerprint(palaran, 2025)}
    row = make(reporting.Narrative, agency=palaran)
    names.add(data_fingerprint(palaran, 2025))
    assert len(names) == 2
    row.delete()
    assert data_fingerprint(palaran, 2025) in names


def test_every_file_that_a_report_is_written_from_counts(settings, tmp_path):
    """Code, standard texts, drawings, sheets, fonts and the emblem: a change in any makes new reports."""
    settings.BASE_DIR = tmp_path
    names = {code_fingerprint.__wrapped__()}
    files = ("templates/a.html", "templates/naskah/a.txt", "templates/a.svg", "reporting/a.py")
    for number, path in enumerate((*files, "static/css/a.css", "static/fonts/a.ttf", "static/img/a.svg"), 2):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
        names.add(code_fingerprint.__wrapped__())
        assert len(names) == number, path


def test_another_agencys_rows_do_not_change_it(palaran):
    before = data_fingerprint(palaran, 2025)
    make(sakip.Measurement)
    make(sakip.AkipEvaluation)
    assert data_fingerprint(palaran, 2025) == before


def test_it_takes_one_query(palaran):
    with CaptureQueriesContext(connection) as captured:
        data_fingerprint(palaran, 2025)
    assert len(captured) == 1


def test_a_page_may_add_what_no_report_shows():
    also = {sakip.AgreedAction: "meeting__agency"}
    action = make(sakip.AgreedAction)
    agency = action.meeting.agency
    report, page = data_fingerprint(agency, 2025), data_fingerprint(agency, 2025, also)
    sakip.AgreedAction.objects.update(text="Hal lain")
    assert data_fingerprint(agency, 2025) == report
    assert data_fingerprint(agency, 2025, also) != page
