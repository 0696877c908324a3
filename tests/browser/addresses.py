"""Every named address of the portal: as whom and where a browser looks at it, or why it is not looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from budget.actions.entry import save_entries
from budget.actions.undo import has_change
from budget.models import BudgetLine
from reporting.actions.public_pages import open_to_everybody
from reporting.models import Edition
from sakip.actions.agreements import start_draft
from sakip.actions.measurement import Edit
from sakip.models import ActionState, Agency, AgreedAction, MeetingState, UnitQuarter, User
from sakip.scoring.values import MISSING, Measured
from tests.reporting.public_desk import edition_of

VILLAGE = {"agency": "palaran", "year": 2026, "unit": "bukuan", "quarter": 4}
YEARLY = {"agency": "palaran", "year": 2026}
OPERATOR, PLANNER, EVALUATOR = "operator.bukuan", "perencana", "evaluator"
CITY, ADMIN, NOBODY = "pengawas", "admin", ""

type Place = Mapping[str, object]


@dataclass(frozen=True)
class Look:
    """A page to look at. `place` may need the data, and is then asked for while the test runs."""

    name: str
    place: Place | Callable[[], Place] = field(default_factory=dict)
    user: str = OPERATOR

    @property
    def arguments(self) -> Place:
        return self.place() if callable(self.place) else self.place


def line_of_village() -> int:
    lines = BudgetLine.objects.filter(unit__agency__slug="palaran", unit__slug="bukuan", year=2026)
    return lines.earliest("pk").pk


def action_of_a_meeting() -> int:
    """One that is open, of a meeting whose minutes are not final."""
    actions = AgreedAction.objects.filter(meeting__agency__slug="palaran", meeting__year=2026)
    return actions.filter(state=ActionState.OPEN, meeting__state=MeetingState.DRAFT).earliest("pk").pk


def a_change_to_undo() -> Place:
    """The operator has just saved something."""
    line = BudgetLine.objects.get(pk=line_of_village())
    quarter = UnitQuarter.objects.get(unit=line.unit, year=2026, quarter=4)
    operator, edit = User.objects.get(username=OPERATOR), Edit(MISSING, Measured.of(1))
    if not has_change(quarter, operator):
        save_entries(
            unit_quarter=quarter,
            realisations={line: {"amount": edit}},
            measurements={},
            by=operator,
            at=timezone.now(),
        )
    return VILLAGE


def year_with_a_draft() -> Place:
    """The planner has begun a revision of the agreement."""
    agency, planner = Agency.objects.get(slug="palaran"), User.objects.get(username=PLANNER)
    start_draft(agency=agency, year=2026, by=planner, at=timezone.now())
    return YEARLY


def year_open_to_everybody() -> Place:
    agency = Agency.objects.get(slug="palaran")
    camat = User.objects.get(username="camat")
    if not Edition.objects.filter(agency=agency, year=2025).exists():
        edition_of(agency, 2025, camat)
        open_to_everybody(agency=agency, year=2025, by=camat, at=timezone.now())
    return {"agency": "palaran", "year": 2025}


LOOKS = (
    Look("login", user=NOBODY),
    Look("public_page", year_open_to_everybody, NOBODY),
    Look("public_index", user=NOBODY),
    Look("city", {"year": 2025}, CITY),
    Look("city", {"year": 2026}, CITY),
    Look("account"),
    Look("second_factor"),
    Look("password_change"),
    Look("notifications"),
    Look("guides"),
    Look("guide", {"role": "camat"}),
    Look("unit_home", YEARLY | {"unit": "bukuan"}),
    Look("planner_home", YEARLY),
    *(Look("admin_home", YEARLY | {"year": year}, ADMIN) for year in (2026, 2031)),
    *(Look("dashboard", YEARLY | {"year": year}) for year in (2025, 2026, 2031)),
    *(Look("action_plan", YEARLY | {"year": year, "unit": "bukuan"}, PLANNER) for year in (2025, 2026)),
    Look("entry_overview", YEARLY),
    *(Look("entry", VILLAGE | {"quarter": quarter}) for quarter in (3, 4)),
    Look("submission", VILLAGE),
    Look("undo", a_change_to_undo),
    Look("sheets", VILLAGE),
    Look("evidence", lambda: VILLAGE | {"kind": "anggaran", "row": line_of_village()}),
    Look("inbox", YEARLY),
    Look("meetings", YEARLY),
    *(Look("meeting", YEARLY | {"quarter": quarter}) for quarter in (3, 4)),
    Look("meeting_edit", YEARLY | {"quarter": 4}, PLANNER),
    Look("agreed_action", lambda: YEARLY | {"action": action_of_a_meeting()}),
    Look("agreed_action_change", lambda: YEARLY | {"action": action_of_a_meeting()}, PLANNER),
    Look("report", YEARLY | {"year": 2025}),
    Look("downloads", YEARLY),
    Look("narratives", YEARLY, PLANNER),
    Look("narrative", YEARLY | {"section": "IV.B"}, PLANNER),
    Look("editions", YEARLY | {"year": 2025}, PLANNER),
    Look("evaluation", YEARLY | {"year": 2025}),
    Look("evaluation", YEARLY, EVALUATOR),
    Look("criterion", YEARLY | {"code": "1.b.8"}, PLANNER),
    Look("agreements", YEARLY | {"year": 2025}),
    Look("agreements", year_with_a_draft, PLANNER),
    Look("agreement_draft", year_with_a_draft, PLANNER),
    Look("figures", YEARLY),
    Look("figure", YEARLY | {"key": "iku.ipp.achievement"}),
    Look("figure", YEARLY | {"year": 2025, "key": "budget.absorption"}),
    Look("figure", YEARLY | {"key": "unit_quarters.bukuan.q3.attained"}),
    Look("search", YEARLY),
    Look("reconciliation", YEARLY),
    Look("history", YEARLY, PLANNER),
    Look("windows", YEARLY, PLANNER),
)
FILE, WRITE, ELSEWHERE = "a file", "a write", "looked at elsewhere"
OTHERS = {
    "admin_login": "leads to the portal's own door",
    "admin_logout": WRITE,
    "admin_password_change": "leads to the portal's own page",
    "admin_words": "words for the scripts of the admin",
    "agency": "leads to the year",
    "action_plans": "leads to the first unit",
    "home": f"{ELSEWHERE}: test_city.py",
    "login_code": f"{ELSEWHERE}: test_account.py",
    "sso": "leads to the provider",
    "sso_return": "leads to the page that was wanted",
    "report_job": f"{ELSEWHERE}: test_report.py",
    "cell_details": f"{ELSEWHERE}: test_details.py",
    "sheet_columns": f"{ELSEWHERE}: test_sheets.py",
    "sheet_preview": f"{ELSEWHERE}: test_sheets.py",
    "evidence_show": f"{ELSEWHERE}: test_evidence.py",
    **dict.fromkeys(
        (
            "city_csv",
            "city_xlsx",
            "edition_data",
            "edition_file",
            "evidence_file",
            "evidence_thumbnail",
            "agreed_action_proof",
            "criterion_proof",
            "follow_up_proof",
            "evaluation_xlsx",
            "guide_pdf",
            "meeting_docx",
            "meeting_pdf",
            "public_file",
            "history_csv",
            "history_xlsx",
            "report_file",
            "report_json",
            "sheet_download",
            "sheet_problems",
        ),
        FILE,
    ),
    **dict.fromkeys(
        (
            "agreed_action_review",
            "agreement_discard",
            "agreement_put_in_force",
            "agreement_start",
            "criterion_proof_remove",
            "evaluation_judge",
            "evaluation_take_over",
            "download_cancel",
            "download_delete",
            "edition_issue",
            "entry_group",
            "evidence_remove",
            "exception_end",
            "exception_grant",
            "logout",
            "meeting_agree",
            "meeting_finalise",
            "meeting_reopen",
            "public_close",
            "public_open",
            "quarter_step",
            "tour_done",
            "report_due",
            "report_request",
            "rows_give_back",
            "second_factor_off",
            "session_end",
            "sessions_end",
            "sheet_drop",
        ),
        WRITE,
    ),
}
